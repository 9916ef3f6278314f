"""From the tables to the rotation engine: what one month of one perangkat daerah is made from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from attendance.queries import working_days
from personnel.models import Unit
from schedules.models import GroupMember, PlanVersion, VersionState
from schedules.queries.facts import Placed, absent_days, facts_of, placed_in
from schedules.queries.policies import PolicyBook, policy_book
from schedules.rules import cells
from schedules.rules import rotation as engine
from schedules.rules.conflicts import box9_stands
from schedules.rules.eligibility import verdict
from schedules.rules.person_facts import Answer, PersonFacts
from schedules.rules.policy import Base, Box9Mode, Policy, Scope, WfhRules
from schedules.rules.verdicts import Rule, Verdict

BOX9_MODES = {
    Box9Mode.NONE: engine.Box9Mode.NONE,
    Box9Mode.ROLLING_3_3: engine.Box9Mode.ROLLING,
    Box9Mode.WEEKS_IN_TURN: engine.Box9Mode.ALTERNATING,
    Box9Mode.FIXED_3_2: engine.Box9Mode.FIXED,
}
OUTSIDE_ROTATION = frozenset({engine.PersonKind.PERMANENT})


@dataclass(frozen=True, slots=True)
class Ground:
    """The facts of one perangkat daerah over one month, and the answers drawn from them.

    `policy` is that of the perangkat daerah itself on the first day it has one; limits per person and
    week are taken from it, while eligibility and ratio follow each unit's own documents.
    """

    unit: Unit
    starts_on: date
    ends_on: date
    working: tuple[date, ...]
    policy: Policy | None
    book: PolicyBook
    placed: Mapping[int, Placed]
    facts: Mapping[int, PersonFacts]
    absent: Mapping[int, Mapping[date, str]]
    verdicts: Mapping[tuple[int, date], Verdict]

    def is_here(self, person_id: int, day: date) -> bool:
        """Whether the appointment holds and no absence covers the day."""
        place = self.placed[person_id]
        return place.starts_on <= day <= place.ends_on and day not in self.absent.get(person_id, {})

    def days_here(self, person_id: int) -> list[date]:
        return [day for day in self.working if self.is_here(person_id, day)]


def ground_of(unit: Unit, starts_on: date, ends_on: date) -> Ground:
    """Read everything about one perangkat daerah and month; the count of queries is fixed."""
    placed = {
        who: place
        for who, place in placed_in(unit.path, starts_on, ends_on).items()
        if place.appointment.unit.perangkat_daerah_id == unit.pk
    }
    book = policy_book(starts_on, ends_on)
    working = tuple(working_days(unit, starts_on, ends_on))
    facts = facts_of(list(placed.values()), starts_on, ends_on)
    policies = (book.policy_for(unit.ancestor_ids, day) for day in working)
    return Ground(
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        working=working,
        policy=next((p for p in policies if p is not None), None),
        book=book,
        placed=placed,
        facts=facts,
        absent=absent_days(list(placed), starts_on, ends_on),
        verdicts=judged(placed, facts, book, working),
    )


def judged(
    placed: Mapping[int, Placed], facts: Mapping[int, PersonFacts], book: PolicyBook, working: Iterable[date]
) -> dict[tuple[int, date], Verdict]:
    """The answer for everybody on every working day."""
    days = list(working)
    policies: dict[int, list[Policy | None]] = {}
    found = {}
    for who, person in facts.items():
        unit = placed[who].appointment.unit
        if unit.pk not in policies:
            policies[unit.pk] = [book.policy_for(unit.ancestor_ids, day) for day in days]
        for day, policy in zip(days, policies[unit.pk], strict=True):
            found[who, day] = verdict(person, policy, day)
    return found


# ---- the engine's problem -----------------------------------------------------------------------


def problem_of(ground: Ground, *, seed: int, locked: Iterable[engine.Lock] = ()) -> engine.Problem:
    """The engine's problem; `locked` are the cells an officer has fixed by hand."""
    rules = ground.policy.rules if ground.policy else WfhRules(ratio_percent=0)
    before = earlier_version(ground.unit, ground.starts_on)
    carried = carried_over(before, ground)
    weekdays = common_weekdays(ground)
    people, fixed = [], []
    for who in ground.placed:
        person, closed = person_of(ground, who, weekdays, carried.get(who))
        people.append(person)
        fixed.extend(closed)
    return engine.Problem(
        days=ground.working,
        rules=engine_rules(rules, weekdays),
        units=units_of(ground),
        groups=groups_of(ground),
        people=tuple(people),
        blocked=blocked_of(ground),
        locked=merged_locks(fixed, locked),
        days_after=days_after(ground),
        seed=seed,
    )


def merged_locks(fixed: Iterable[engine.Lock], chosen: Iterable[engine.Lock]) -> tuple[engine.Lock, ...]:
    """One lock per cell; what eligibility forbids outranks what an officer has chosen."""
    found = {(lock.person, lock.day): lock for lock in chosen}
    found.update({(lock.person, lock.day): lock for lock in fixed})
    return tuple(found.values())


def engine_rules(rules: WfhRules, weekdays: frozenset[int] | None) -> engine.Rules:
    """The policy's limits in the engine's words. Permanent and mandatory days break no personal limit."""
    weekly = OUTSIDE_ROTATION | ({engine.PersonKind.BOX9} if box9_stands(rules) else frozenset())
    runs = OUTSIDE_ROTATION | ({engine.PersonKind.BOX9} if rules.box9_exempt_from_limits else frozenset())
    return engine.Rules(
        max_consecutive=rules.max_consecutive,
        min_office_per_week=rules.min_office_days_per_week,
        max_home_per_week=rules.max_days_per_week,
        cap_base=engine.CapBase.ROSTER if rules.ratio_base == Base.ROSTER else engine.CapBase.PRESENT,
        exempt=frozenset() if rules.permanent_counts_in_ratio else OUTSIDE_ROTATION,
        exempt_consecutive=runs,
        exempt_weekly=weekly,
        weekdays=weekdays,
        guaranteed_min=rules.guaranteed_days_per_month,
        box9=BOX9_MODES[rules.box9_mode],
    )


def common_weekdays(ground: Ground) -> frozenset[int] | None:
    """The fixed weekdays (0 = Monday) if all units share them all month, else None (cells are then locked)."""
    units = {place.appointment.unit.path: place.appointment.unit for place in ground.placed.values()}
    seen = {
        policy.rules.fixed_weekdays
        for unit in units.values()
        for day in ground.working
        if (policy := ground.book.policy_for(unit.ancestor_ids, day)) is not None
    }
    only = seen.pop() if len(seen) == 1 else ()
    return frozenset(number - 1 for number in only) or None


def person_of(
    ground: Ground, who: int, weekdays: frozenset[int] | None, carried: "Carried | None"
) -> tuple[engine.Person, list[engine.Lock]]:
    """One person for the engine, with the cells that eligibility closes for them alone."""
    here = ground.days_here(who)
    answers = {day: ground.verdicts[who, day] for day in here}
    kind = kind_of(answers.values())
    mandatory: list[tuple[date, str]] = []
    locks: list[engine.Lock] = []
    if kind in (engine.PersonKind.REGULAR, engine.PersonKind.BOX9):
        mandatory = [(day, "DUTY") for day, found in answers.items() if is_duty(found)]
        locks = [
            engine.Lock(person=who, day=day, home=False)
            for day, found in answers.items()
            if found.answer == Answer.MAY_NOT and not closed_anyway(found, day, weekdays)
        ]
    state = carried or Carried()
    person = engine.Person(
        id=who,
        unit=ground.placed[who].appointment.unit_id,
        kind=kind,
        absent=frozenset(day for day in ground.working if day not in answers),
        mandatory=tuple(mandatory),
        carry=state.carry,
        run_before=state.run_before,
        office_before=state.office_before,
        home_before=state.home_before,
        box9_phase=state.box9_phase if kind == engine.PersonKind.BOX9 else None,
    )
    return person, locks


def kind_of(found: Iterable[Verdict]) -> engine.PersonKind:
    """How the engine treats somebody with these answers over the month."""
    answers = list(found)
    if any(v.is_reward for v in answers):
        return engine.PersonKind.BOX9
    distinct = {v.answer for v in answers}
    if distinct == {Answer.PERMANENT}:
        return engine.PersonKind.PERMANENT
    if distinct <= {Answer.MAY_NOT}:
        return engine.PersonKind.EXCLUDED
    return engine.PersonKind.REGULAR


def is_duty(found: Verdict) -> bool:
    """Home on this day whatever the ratio. The common home day is not: counters stay staffed on it."""
    if found.answer == Answer.PERMANENT:
        return True
    return found.answer == Answer.MUST and found.deciding.rule != Rule.FIXED_DAY


def closed_anyway(found: Verdict, day: date, weekdays: frozenset[int] | None) -> bool:
    """Whether the whole unit is closed that day, so that the cell needs no lock of its own."""
    by_weekday = found.deciding.rule == Rule.OTHER_WEEKDAY and weekdays is not None and day.weekday() not in weekdays
    return by_weekday or found.deciding.rule == Rule.CLOSED_DAY


def blocked_of(ground: Ground) -> tuple[engine.Blocked, ...]:
    """Days on which a unit comes in: those its documents close for everybody."""
    found = set()
    units = {place.appointment.unit.path: place.appointment.unit for place in ground.placed.values()}
    for unit in units.values():
        for day in ground.working:
            policy = ground.book.policy_for(unit.ancestor_ids, day)
            if policy is not None and is_closed(policy.rules, day):
                found.add((day, unit.pk))
    return tuple(engine.Blocked(day=day, unit=unit_id) for day, unit_id in sorted(found))


def is_closed(rules: WfhRules, day: date) -> bool:
    return day.isoweekday() in rules.blocked_weekdays or any(b.day == day for b in rules.blocked_dates)


def units_of(ground: Ground) -> tuple[engine.Unit, ...]:
    """The tree of units that have people, with ratio and coverage where the policy counts them."""
    tree = tree_of(ground)
    parents = {unit.parent_id for unit in tree.values()}
    heads: dict[int, int] = defaultdict(int)
    for place in ground.placed.values():
        heads[place.appointment.unit_id] += 1
    return tuple(
        limited(ground, unit, is_top=unit.pk == ground.unit.pk, is_leaf=unit.pk not in parents, heads=heads[unit.pk])
        for unit in tree.values()
    )


def tree_of(ground: Ground) -> dict[int, Unit]:
    """Units with people and all between them and the perangkat daerah."""
    wanted = {ground.unit.pk}
    for place in ground.placed.values():
        chain = place.appointment.unit.ancestor_ids
        wanted.update(chain[chain.index(ground.unit.pk) :])
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted).order_by("path")}


def limited(ground: Ground, unit: Unit, *, is_top: bool, is_leaf: bool, heads: int) -> engine.Unit:
    """One unit with the limits that its own documents put on it.

    The ratio of the whole always holds; below it only where the policy counts every unit or the unit's
    own document names a ratio. A minimum never asks for more heads than the unit has.
    """
    policy = ground.book.policy_for(unit.ancestor_ids, ground.working[0]) if ground.working else None
    policy = policy or ground.policy
    plain = engine.Unit(id=unit.pk, parent=None if is_top else unit.parent_id, name=unit.name)
    if policy is None:
        return plain
    rules = policy.rules
    own_ratio = policy.origin("ratio_percent").unit_id == unit.pk
    counted = is_top or own_ratio or (rules.ratio_scope == Scope.EVERY_UNIT and is_leaf)
    covered = is_leaf or heads > 0
    return engine.Unit(
        id=unit.pk,
        parent=plain.parent,
        name=unit.name,
        cap_pct=rules.ratio_percent if counted and rules.ratio_percent < 100 else None,
        min_office=min(rules.min_office_heads, heads) if covered else 0,
        min_office_pct=rules.min_office_percent or None if covered else None,
    )


def groups_of(ground: Ground) -> tuple[engine.Group, ...]:
    """Counter groups in force on the first day, with those members who belong to this perangkat daerah."""
    rows = (
        GroupMember.objects.on(ground.starts_on)
        .filter(group__unit__path__startswith=ground.unit.path, person_id__in=list(ground.placed))
        .select_related("group")
        .order_by("group_id", "person_id")
    )
    members: dict[int, set[int]] = defaultdict(set)
    named = {}
    for row in rows:
        group = row.group
        if group.starts_on <= ground.starts_on and (group.ends_on is None or group.ends_on >= ground.starts_on):
            members[group.pk].add(row.person_id)
            named[group.pk] = group
    return tuple(
        engine.Group(
            id=key,
            unit=ground.unit.pk,
            members=frozenset(members[key]),
            min_office=min(group.min_office, len(members[key])),
            name=group.name,
        )
        for key, group in named.items()
    )


def days_after(ground: Ground) -> int:
    """Working days of the last ISO week that lie after the month."""
    sunday = ground.ends_on + timedelta(days=7 - ground.ends_on.isoweekday())
    if sunday == ground.ends_on:
        return 0
    return len(list(working_days(ground.unit, ground.ends_on + timedelta(days=1), sunday)))


# ---- what the month before hands over -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Carried:
    """Balance and run state of one person at the border of two months."""

    carry: Decimal = Decimal(0)
    run_before: int = 0
    office_before: int = 0
    home_before: int = 0
    box9_phase: int | None = None


def earlier_version(unit: Unit, starts_on: date) -> PlanVersion | None:
    """The ratified version of the month that ends the day before."""
    return (
        PlanVersion.objects.filter(
            plan__unit=unit, plan__ends_on=starts_on - timedelta(days=1), state=VersionState.RATIFIED
        )
        .select_related("plan")
        .first()
    )


def carried_over(before: PlanVersion | None, ground: Ground) -> dict[int, Carried]:
    """Balance and runs from the month before, measured on the schedule that was ratified for it.

    Who had no ratified schedule was at the office on the days of the first week that lie in that month.
    """
    found = at_the_office(ground)
    if before is None or not ground.working:
        return found
    problem = engine.Problem.from_dict(before.problem)
    known = {person.id for person in problem.people}
    rows = before.rows.values_list("person_id", "cells")
    home = cells.home_cells(((who, letters) for who, letters in rows if who in known), before.plan.starts_on)
    balance = engine.close_period(problem, home)
    for who, state in engine.run_state(problem, home, ground.working[0]).items():
        found[who] = Carried(
            carry=balance.get(who, Decimal(0)),
            run_before=state.run_before,
            office_before=state.office_before,
            home_before=state.home_before,
            box9_phase=state.box9_phase,
        )
    return found


def at_the_office(ground: Ground) -> dict[int, Carried]:
    """Office days of the first ISO week before the month for everybody who was not absent."""
    monday = ground.starts_on - timedelta(days=ground.starts_on.weekday())
    if monday == ground.starts_on:
        return {}
    eve = ground.starts_on - timedelta(days=1)
    days = working_days(ground.unit, monday, eve)
    absent = absent_days(list(ground.placed), monday, eve)
    return {who: Carried(office_before=sum(day not in absent.get(who, {}) for day in days)) for who in ground.placed}


# ---- letters ------------------------------------------------------------------------------------


def letters_of(ground: Ground, holidays: Iterable[date], home: Mapping[int, Mapping[date, str]]) -> dict[int, str]:
    """The month of each person as letters; `home` says which letter stands on which home day."""
    calendar = cells.days_of(ground.starts_on, ground.ends_on)
    working, off = set(ground.working), set(holidays)
    return {
        who: "".join(home.get(who, {}).get(day) or plain_letter(ground, who, day, working, off) for day in calendar)
        for who in ground.placed
    }


def plain_letter(ground: Ground, who: int, day: date, working: set[date], holidays: set[date]) -> str:
    """The letter of a day that is not at home."""
    place = ground.placed[who]
    if not place.starts_on <= day <= place.ends_on:
        return cells.AWAY
    if day not in working:
        return cells.HOLIDAY if day in holidays else cells.WEEKEND
    if letter := ground.absent.get(who, {}).get(day):
        return letter
    return cells.CLOSED if ground.verdicts[who, day].answer == Answer.MAY_NOT else cells.OFFICE
