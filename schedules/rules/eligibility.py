"""Who may, must or may not work from home on a day, with the rule that decided and every other that spoke.

Each rule looks at the facts and either says nothing or speaks: an answer, a sentence and the document it
rests on. Rules stand in the order in which they outrank each other; the first that speaks decides, the
rest are kept, because the person refused wants to know all that stands in the way, not only the first.

The order, and why: what does not exist cannot be ruled (no policy, no service); then a dated exception by
a named person; then protection of health; then discipline; then what the unit or the post forbids; closed
days; posts that are permanent; then personal conditions; then the reward; last the general ratio.
Priority and weighing never decide, they only speak.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .findings import Sentence, gettext_noop, say
from .person_facts import Answer, CategoryFact, PersonFacts
from .policy import (
    Box9After,
    Box9Mode,
    Category,
    CategoryRule,
    DisciplineBar,
    Policy,
    Predikat,
    Treatment,
    WfhRules,
)
from .verdicts import Rule, Verdict, Voice

HEALTH = frozenset({Category.PREGNANT, Category.BREASTFEEDING, Category.HEALTH_WATCH})
"""Categories that are health data (UU 27/2022 Pasal 4(2)a): their sentence is for the purpose only."""

PREDIKAT_ORDER = tuple(Predikat)


@dataclass(frozen=True, slots=True)
class Case:
    """One person, one policy, one day: what every rule is asked about."""

    facts: PersonFacts
    policy: Policy
    day: date

    @property
    def rules(self) -> WfhRules:
        return self.policy.rules

    def speak(self, rule: Rule, answer: Answer, field_name: str, sentence: Sentence, **more: bool) -> Voice:
        """A voice that rests on the document which set `field_name`."""
        return Voice(rule=rule, answer=answer, sentence=sentence, basis=self.policy.basis(field_name), **more)


def verdict(facts: PersonFacts, policy: Policy | None, day: date) -> Verdict:
    """The answer for one person on one day, never without a deciding rule.

    `policy` is what `policy.merge` gives for the person's unit and that day; None means that no document
    holds, and nobody works from home by silence.
    """
    if policy is None:
        silence = Voice(
            rule=Rule.NO_POLICY,
            answer=Answer.MAY_NOT,
            sentence=say(gettext_noop("No WFH policy is in force on this day.")),
        )
        return Verdict(person_id=facts.person_id, day=day, deciding=silence)
    case = Case(facts, policy, day)
    voices = [voice for ask in ORDER if (voice := ask(case)) is not None]
    return Verdict(person_id=facts.person_id, day=day, deciding=voices[0], others=tuple(voices[1:]))


def verdicts(
    facts: Sequence[PersonFacts], policies: Mapping[int, Policy | None], days: Sequence[date]
) -> dict[tuple[int, date], Verdict]:
    """The answers for many people and days; `policies` is keyed by the person's own unit, one day's worth each.

    A person without an appointment is asked under no policy. For a policy that changes within `days`, call
    once per stretch.
    """
    found = {}
    for person in facts:
        policy = policies.get(person.units[0].unit_id) if person.units else None
        for day in days:
            found[person.person_id, day] = verdict(person, policy, day)
    return found


# --- the rules, each asked about one case -------------------------------------------------------------


def not_in_service(case: Case) -> Voice | None:
    if case.facts.units and case.facts.employment is not None:
        return None
    sentence = say(gettext_noop("There is no appointment or employment on this day."))
    return Voice(rule=Rule.NOT_IN_SERVICE, answer=Answer.MAY_NOT, sentence=sentence)


def exception(case: Case) -> Voice | None:
    held = [e for e in case.facts.exceptions if e.holds_on(case.day)]
    if not held:
        return None
    last = max(held, key=lambda e: (e.granted_on, e.starts_on))
    sentence = say(
        gettext_noop("An exception granted by %(name)s on %(day)s applies."), name=last.granted_by, day=last.granted_on
    )
    return Voice(rule=Rule.EXCEPTION, answer=last.answer, sentence=sentence, basis=last.basis)


def mandatory_category(case: Case) -> Voice | None:
    """A category that makes home a duty, where protection outranks the exclusions."""
    return mandatory(case, Rule.CATEGORY_MANDATORY) if case.rules.mandatory_before_exclusions else None


def mandatory_category_late(case: Case) -> Voice | None:
    """The same category where the decree lets exclusions of units and posts win."""
    return None if case.rules.mandatory_before_exclusions else mandatory(case, Rule.CATEGORY_LATE)


def mandatory(case: Case, rule: Rule) -> Voice | None:
    held = categories_held(case, Treatment.MANDATORY)
    if not held:
        return None
    chosen = min(held, key=lambda entry: entry.category in HEALTH)
    sentence = category_sentence(case, chosen, Treatment.MANDATORY)
    return case.speak(rule, Answer.MUST, "categories", sentence, sensitive=chosen.category in HEALTH)


def priority_category(case: Case) -> Voice | None:
    """Never decides: it says who comes first where the ratio already allows."""
    return softer(case, Rule.CATEGORY_PRIORITY, Treatment.PRIORITY)


def considered_category(case: Case) -> Voice | None:
    """Never decides: the head of the unit weighs it."""
    return softer(case, Rule.CATEGORY_CONSIDER, Treatment.CONSIDER)


def softer(case: Case, rule: Rule, treatment: Treatment) -> Voice | None:
    held = categories_held(case, treatment)
    if not held:
        return None
    chosen = min(held, key=lambda entry: entry.category in HEALTH)
    sentence = category_sentence(case, chosen, treatment)
    return case.speak(rule, Answer.MAY, "categories", sentence, sensitive=chosen.category in HEALTH)


def categories_held(case: Case, treatment: Treatment) -> list[CategoryRule]:
    """The policy's categories with this treatment that the person falls under on the day."""
    return [rule for rule in case.rules.categories if rule.treatment == treatment and falls_under(case, rule.category)]


def falls_under(case: Case, category: Category) -> bool:
    if category == Category.AGE:
        return is_over(case.facts.born_on, case.rules.age_over, case.day)
    recorded = (c for c in case.facts.categories if c.category == category)
    if category == Category.TRAVEL_ABROAD:
        return any(back_within(c, case.rules.travel_days, case.day) for c in recorded)
    return any(c.holds_on(case.day) for c in recorded)


def is_over(born_on: date | None, age: int, day: date) -> bool:
    """True from the day after the birthday of `age`: whoever has lived 50 years and a day is over 50.

    The decrees say "over 50" without a table; the reading that protects sooner is taken.
    """
    return born_on is not None and completed_years(born_on, day - timedelta(days=1)) >= age


def completed_years(since: date, day: date) -> int:
    """Whole years from `since` to `day`; someone born on 29 February completes a year on 1 March."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def completed_months(since: date, day: date) -> int:
    """Whole months from `since` to `day`; the month is full on the same day of the month."""
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)


def back_within(journey: CategoryFact, days: int, day: date) -> bool:
    """True on the `days` days after the return; the record's last day is the day of return."""
    back_on = journey.ends_on or journey.starts_on
    return back_on < day <= back_on + timedelta(days=days)


def category_sentence(case: Case, rule: CategoryRule, treatment: Treatment) -> Sentence:
    if rule.category == Category.AGE:
        return say(AGE_SENTENCES[treatment], age=case.rules.age_over)
    if rule.category == Category.TRAVEL_ABROAD:
        return say(TRAVEL_SENTENCES[treatment], days=case.rules.travel_days)
    return say(HEALTH_SENTENCES[treatment])


AGE_SENTENCES = {
    Treatment.MANDATORY: gettext_noop("Aged over %(age)s: works from home."),
    Treatment.PRIORITY: gettext_noop("Aged over %(age)s: comes first when home days are short."),
    Treatment.CONSIDER: gettext_noop("Aged over %(age)s: the head of the unit weighs it."),
}
TRAVEL_SENTENCES = {
    Treatment.MANDATORY: gettext_noop("Back from travel abroad within the last %(days)s days: works from home."),
    Treatment.PRIORITY: gettext_noop(
        "Back from travel abroad within the last %(days)s days: comes first when home days are short."
    ),
    Treatment.CONSIDER: gettext_noop(
        "Back from travel abroad within the last %(days)s days: the head of the unit weighs it."
    ),
}
HEALTH_SENTENCES = {
    Treatment.MANDATORY: gettext_noop("A recorded health category: works from home."),
    Treatment.PRIORITY: gettext_noop("A recorded health category: comes first when home days are short."),
    Treatment.CONSIDER: gettext_noop("A recorded health category: the head of the unit weighs it."),
}


def discipline(case: Case) -> Voice | None:
    bar = case.rules.discipline
    if bar == DisciplineBar.NONE:
        return None
    held = [d for d in case.facts.discipline if d.holds_on(case.day)]
    if any(not d.in_process for d in held):
        sentence = say(gettext_noop("A disciplinary sanction (hukdis) is in force."))
    elif held and bar == DisciplineBar.IN_FORCE_OR_PROCESS:
        sentence = say(gettext_noop("A disciplinary case is under way."))
    else:
        return None
    return case.speak(Rule.DISCIPLINE, Answer.MAY_NOT, "discipline", sentence)


def excluded_unit(case: Case) -> Voice | None:
    named = set(case.rules.excluded_units)
    if not any(unit.unit_id in named for unit in case.facts.units):
        return None
    sentence = say(gettext_noop("The unit is excluded from WFH by name."))
    return case.speak(Rule.UNIT_EXCLUDED, Answer.MAY_NOT, "excluded_units", sentence)


def direct_service(case: Case) -> Voice | None:
    if not (case.rules.exclude_direct_service and case.facts.units and case.facts.units[0].direct_service):
        return None
    sentence = say(gettext_noop("The unit serves the public directly, so its people stay at the office."))
    return case.speak(Rule.DIRECT_SERVICE, Answer.MAY_NOT, "exclude_direct_service", sentence)


def shift_work(case: Case) -> Voice | None:
    if not (case.rules.exclude_shift_work and case.facts.units and case.facts.units[0].shift_work):
        return None
    sentence = say(gettext_noop("The unit works in shifts, so its people stay at the office."))
    return case.speak(Rule.SHIFT_WORK, Answer.MAY_NOT, "exclude_shift_work", sentence)


def unit_kind(case: Case) -> Voice | None:
    kinds = set(case.rules.excluded_unit_kinds)
    found = next((unit.kind for unit in case.facts.units if unit.kind in kinds), None)
    if found is None:
        return None
    sentence = say(gettext_noop("Units of the kind %(kind)s are excluded from WFH."), kind=found)
    return case.speak(Rule.UNIT_KIND, Answer.MAY_NOT, "excluded_unit_kinds", sentence)


def unit_head(case: Case) -> Voice | None:
    if not (case.rules.exclude_unit_heads and case.facts.is_unit_head):
        return None
    sentence = say(gettext_noop("Heads of units stay at the office."))
    return case.speak(Rule.UNIT_HEAD, Answer.MAY_NOT, "exclude_unit_heads", sentence)


def echelon(case: Case) -> Voice | None:
    """Echelons are compared by their roman level: II covers II.a and II.b."""
    level = case.facts.echelon.split(".")[0].strip().upper()
    if not level or level not in case.rules.excluded_echelons:
        return None
    sentence = say(gettext_noop("Officials of echelon %(level)s are excluded from WFH."), level=level)
    return case.speak(Rule.ECHELON, Answer.MAY_NOT, "excluded_echelons", sentence)


def position_kind(case: Case) -> Voice | None:
    if not case.facts.position_kind or case.facts.position_kind not in case.rules.excluded_position_kinds:
        return None
    sentence = say(gettext_noop("Positions of the kind %(kind)s are excluded from WFH."), kind=case.facts.position_kind)
    return case.speak(Rule.POSITION_KIND, Answer.MAY_NOT, "excluded_position_kinds", sentence)


def employment(case: Case) -> Voice | None:
    if case.facts.employment is None or case.facts.employment in case.rules.employment_kinds:
        return None
    sentence = say(gettext_noop("WFH is not open to %(kind)s."), kind=case.facts.employment)
    return case.speak(Rule.EMPLOYMENT, Answer.MAY_NOT, "employment_kinds", sentence)


def closed_day(case: Case) -> Voice | None:
    """Days for everybody at the office. Permanent work from anywhere and home as a duty go on."""
    dates = {blocked.day: blocked.label for blocked in case.rules.blocked_dates}
    if is_permanent(case):
        return None
    if case.day in dates:
        sentence = say(gettext_noop("Everybody comes to the office: %(label)s."), label=dates[case.day])
        return case.speak(Rule.CLOSED_DAY, Answer.MAY_NOT, "blocked_dates", sentence)
    if case.day.isoweekday() in case.rules.blocked_weekdays:
        sentence = say(gettext_noop("On this weekday everybody comes to the office."))
        return case.speak(Rule.CLOSED_DAY, Answer.MAY_NOT, "blocked_weekdays", sentence)
    return None


def is_permanent(case: Case) -> bool:
    return case.rules.permanent_wfa and any(span.holds_on(case.day) for span in case.facts.workable_anywhere)


def permanent_position(case: Case) -> Voice | None:
    if not is_permanent(case):
        return None
    sentence = say(gettext_noop("The position has been analysed as workable from anywhere."))
    basis = case.facts.workable_basis or case.policy.basis("permanent_wfa")
    return Voice(rule=Rule.PERMANENT_POSITION, answer=Answer.PERMANENT, sentence=sentence, basis=basis)


def tenure(case: Case) -> Voice | None:
    since, wanted = case.facts.serving_since, case.rules.min_tenure_months
    if since is None or completed_months(since, case.day) >= wanted:
        return None
    sentence = say(
        gettext_noop("In service for %(months)s months; %(wanted)s are needed."),
        months=max(0, completed_months(since, case.day)),
        wanted=wanted,
    )
    return case.speak(Rule.TENURE, Answer.MAY_NOT, "min_tenure_months", sentence)


def predikat(case: Case) -> Voice | None:
    wanted, held = case.rules.min_predikat, case.facts.predikat
    if wanted is None:
        return None
    if held is None:
        if not case.rules.predikat_required:
            return None
        sentence = say(gettext_noop("No performance predikat is on record, and one is required."))
    elif PREDIKAT_ORDER.index(held) <= PREDIKAT_ORDER.index(wanted):
        return None
    else:
        sentence = say(
            gettext_noop("The performance predikat is %(held)s; at least %(wanted)s is needed."),
            held=held,
            wanted=wanted,
        )
    return case.speak(Rule.PREDIKAT, Answer.MAY_NOT, "min_predikat", sentence)


def reward(case: Case) -> Voice | None:
    """Box 9 opens the pattern to whoever has asked for it; asking is a choice, never a duty."""
    if case.rules.box9_mode == Box9Mode.NONE or not entitled_to_reward(case):
        return None
    if not any(choice.holds_on(case.day) for choice in case.facts.box_choices):
        return None
    sentence = say(gettext_noop("Placed in a rewarded box and asked for the reward: home days follow its pattern."))
    return case.speak(Rule.REWARD, Answer.MAY, "box9_mode", sentence)


def entitled_to_reward(case: Case) -> bool:
    """Whether a placement carries the reward on the day, by the rule for newer talent periods.

    ENDS: every period has to be asked for anew, so a choice from before the newest publication is void.
    KEPT_WHILE_IN_BOX: the newest placement counts, the choice lives on.
    KEPT_UNTIL_MONTH_END: as before, and one who has left the box keeps it to the end of that month.
    """
    known = [box for box in case.facts.boxes if box.published_on <= case.day]
    if not known:
        return False
    newest = max(known, key=lambda box: box.published_on)
    rewarded = newest.box in case.rules.box9_boxes
    after = case.rules.box9_after
    if after == Box9After.ENDS:
        return rewarded and any(
            c.starts_on >= newest.published_on for c in case.facts.box_choices if c.holds_on(case.day)
        )
    if rewarded or after == Box9After.KEPT_WHILE_IN_BOX:
        return rewarded
    before = [box for box in known if box.published_on < newest.published_on]
    same_month = (newest.published_on.year, newest.published_on.month) == (case.day.year, case.day.month)
    return same_month and bool(before) and max(before, key=lambda b: b.published_on).box in case.rules.box9_boxes


def reward_only(case: Case) -> Voice | None:
    if not case.rules.only_reward:
        return None
    sentence = say(gettext_noop("WFH is open only to those who have earned the reward and asked for it."))
    return case.speak(Rule.REWARD_ONLY, Answer.MAY_NOT, "only_reward", sentence)


def other_weekday(case: Case) -> Voice | None:
    if not case.rules.fixed_weekdays or case.day.isoweekday() in case.rules.fixed_weekdays:
        return None
    sentence = say(gettext_noop("WFH has fixed weekdays and this is not one of them."))
    return case.speak(Rule.OTHER_WEEKDAY, Answer.MAY_NOT, "fixed_weekdays", sentence)


def fixed_day(case: Case) -> Voice | None:
    rules = case.rules
    if not rules.fixed_days_for_everyone or case.day.isoweekday() not in rules.fixed_weekdays:
        return None
    sentence = say(gettext_noop("On this weekday everybody who is not excluded works from home."))
    return case.speak(Rule.FIXED_DAY, Answer.MUST, "fixed_days_for_everyone", sentence)


def ratio(case: Case) -> Voice:
    """The last deciding word: always speaks, so a verdict always has a deciding rule."""
    percent = case.rules.ratio_percent
    if percent == 0 or case.rules.max_days_per_week == 0:
        sentence = say(gettext_noop("The policy leaves no home days besides those granted by other rules."))
        return case.speak(Rule.RATIO_ZERO, Answer.MAY_NOT, "ratio_percent", sentence)
    sentence = say(
        gettext_noop("The rotation may give a home day, within %(percent)s percent at a time."), percent=percent
    )
    return case.speak(Rule.RATIO, Answer.MAY, "ratio_percent", sentence)


ORDER: tuple[Callable[[Case], Voice | None], ...] = (
    not_in_service,
    exception,
    mandatory_category,
    discipline,
    excluded_unit,
    direct_service,
    shift_work,
    unit_kind,
    unit_head,
    echelon,
    position_kind,
    employment,
    mandatory_category_late,
    closed_day,
    permanent_position,
    tenure,
    predikat,
    reward,
    reward_only,
    other_weekday,
    fixed_day,
    ratio,
    priority_category,
    considered_category,
)
