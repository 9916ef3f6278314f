"""Where the parts of a WFH policy contradict each other or a document above them.

Two kinds come out. BLOCKS cannot hold together at all (a duty to be home on a day that is closed) and must
be mended before the policy applies. DECIDE is a contradiction between decrees that only a person may
settle; once a decision with its code is recorded it is shown as DECIDED and no longer stops anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from .findings import Finding, Severity, gettext_noop, say
from .policy import Box9Mode, Decision, Policy, WfhRules

NATIONAL_DAYS_PER_WEEK = 2
"""Location flexibility: at most two working days a week (PermenPANRB 4/2025)."""

NATIONAL_BASIS = "PermenPANRB 4/2025"

WORKING_WEEKDAYS = 5

BOX9_HOME_DAYS = {
    Box9Mode.NONE: 0,
    Box9Mode.ROLLING_3_3: 3,
    Box9Mode.WEEKS_IN_TURN: 3,
    Box9Mode.FIXED_3_2: 2,
}
"""Most home days that a pattern can put into one week of five working days."""

BOX9_HOME_RUN = {
    Box9Mode.NONE: 0,
    Box9Mode.ROLLING_3_3: 3,
    Box9Mode.WEEKS_IN_TURN: 3,
    Box9Mode.FIXED_3_2: 2,
}
"""Longest run of home days inside a pattern."""


def conflicts(policy: Policy) -> list[Finding]:
    """Every contradiction, blocking ones first, then in the order of the checks."""
    found = [finding for check in CHECKS for finding in check(policy)]
    decided = {decision.code: decision for decision in policy.rules.decisions}
    settled = [settle(finding, decided.get(finding.code)) for finding in found]
    return sorted(settled, key=lambda finding: finding.severity != Severity.BLOCKS)


def blocking(findings: list[Finding]) -> list[Finding]:
    """Those findings that forbid applying the policy: mend or decide them first."""
    return [f for f in findings if f.severity in (Severity.BLOCKS, Severity.DECIDE)]


def box9_stands(rules: WfhRules) -> bool:
    """Whether the box 9 pattern outranks the limits per week: by the policy's own word, or by a recorded decision."""
    return rules.box9_exempt_from_limits or any(d.code in BOX9_DECISIONS for d in rules.decisions)


def settle(finding: Finding, decision: Decision | None) -> Finding:
    """The finding as DECIDED where a person has decided it; nothing settles a BLOCKS."""
    if decision is None or finding.severity != Severity.DECIDE:
        return finding
    return replace(finding, severity=Severity.DECIDED)


def above_national_cap(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    if rules.max_days_per_week > NATIONAL_DAYS_PER_WEEK:
        yield undecided(
            "weekly_cap_national",
            "max_days_per_week",
            gettext_noop("%(number)s allows %(value)s home days a week; %(national)s allows at most %(limit)s."),
            number=policy.basis("max_days_per_week"),
            value=rules.max_days_per_week,
            national=NATIONAL_BASIS,
            limit=NATIONAL_DAYS_PER_WEEK,
        )


def box9_against_weekly_cap(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    days = BOX9_HOME_DAYS[rules.box9_mode]
    if days > rules.max_days_per_week and not rules.box9_exempt_from_limits:
        yield undecided(
            "box9_weekly_cap",
            "box9_mode",
            gettext_noop(
                "The box 9 pattern of %(reward)s puts up to %(value)s home days into a week; "
                "%(number)s allows at most %(limit)s."
            ),
            reward=policy.basis("box9_mode"),
            value=days,
            number=policy.basis("max_days_per_week"),
            limit=rules.max_days_per_week,
        )


def box9_against_office_days(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    left = WORKING_WEEKDAYS - BOX9_HOME_DAYS[rules.box9_mode]
    if rules.box9_mode != Box9Mode.NONE and rules.min_office_days_per_week > left and not rules.box9_exempt_from_limits:
        yield undecided(
            "box9_office_days",
            "box9_mode",
            gettext_noop(
                "The box 9 pattern of %(reward)s leaves %(left)s office days in a week; "
                "%(number)s asks for at least %(limit)s."
            ),
            reward=policy.basis("box9_mode"),
            left=left,
            number=policy.basis("min_office_days_per_week"),
            limit=rules.min_office_days_per_week,
        )


def box9_against_run(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    run = BOX9_HOME_RUN[rules.box9_mode]
    if rules.max_consecutive is not None and run > rules.max_consecutive and not rules.box9_exempt_from_limits:
        yield refused(
            "box9_consecutive",
            "max_consecutive",
            gettext_noop(
                "The box 9 pattern needs %(value)s home days in a row, but at most %(limit)s are allowed. "
                "Raise the limit to %(value)s or exempt the pattern from the limits."
            ),
            value=run,
            limit=rules.max_consecutive,
        )


def fixed_days_above_cap(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    days = len(rules.fixed_weekdays)
    if rules.fixed_days_for_everyone and days > rules.max_days_per_week:
        yield refused(
            "fixed_days_weekly_cap",
            "fixed_weekdays",
            gettext_noop(
                "Everybody is to be home on %(value)s weekdays, but at most %(limit)s home days a week are allowed."
            ),
            value=days,
            limit=rules.max_days_per_week,
        )


def fixed_days_against_ratio(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    if rules.fixed_days_for_everyone and rules.fixed_weekdays and rules.ratio_percent < 100:
        yield undecided(
            "fixed_days_ratio",
            "ratio_percent",
            gettext_noop(
                "%(fixed)s sends everybody home on fixed weekdays; %(number)s allows at most %(value)s percent."
            ),
            fixed=policy.basis("fixed_days_for_everyone"),
            number=policy.basis("ratio_percent"),
            value=rules.ratio_percent,
        )


def everyone_without_day(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    if rules.fixed_days_for_everyone and not rules.fixed_weekdays:
        yield refused(
            "fixed_days_missing",
            "fixed_weekdays",
            gettext_noop("Everybody is to be home on the fixed weekdays, but no weekday is named."),
        )


def fixed_days_closed(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    closed = sorted(set(rules.fixed_weekdays) & set(rules.blocked_weekdays))
    if closed and (rules.fixed_days_for_everyone or set(rules.fixed_weekdays) <= set(rules.blocked_weekdays)):
        yield refused(
            "fixed_days_blocked",
            "blocked_weekdays",
            gettext_noop("Weekday %(value)s is a home day and a day on which everybody comes to the office."),
            value=", ".join(map(str, closed)),
        )


def week_too_short(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    both = rules.max_days_per_week + rules.min_office_days_per_week
    if both > WORKING_WEEKDAYS:
        yield Finding(
            code="week_too_short",
            severity=Severity.WARNS,
            field="min_office_days_per_week",
            message=say(
                gettext_noop(
                    "%(home)s home days and %(office)s office days do not fit a week of %(limit)s working days; "
                    "%(left)s home days remain."
                ),
                home=rules.max_days_per_week,
                office=rules.min_office_days_per_week,
                limit=WORKING_WEEKDAYS,
                left=max(0, WORKING_WEEKDAYS - rules.min_office_days_per_week),
            ),
        )


def coverage_above_ratio(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    left = 100 - rules.min_office_percent
    if rules.min_office_percent and left < rules.ratio_percent:
        yield Finding(
            code="coverage_above_ratio",
            severity=Severity.WARNS,
            field="min_office_percent",
            message=say(
                gettext_noop(
                    "%(office)s percent must stay at the office, so at most %(left)s percent can be home, "
                    "not %(value)s."
                ),
                office=rules.min_office_percent,
                left=left,
                value=rules.ratio_percent,
            ),
        )


def guarantee_out_of_reach(policy: Policy) -> Iterator[Finding]:
    """A guarantee above what ratio and weekly limit leave in a month of 4 weeks cannot be kept."""
    rules = policy.rules
    weekly = min(rules.max_days_per_week, WORKING_WEEKDAYS * rules.ratio_percent // 100)
    if rules.guaranteed_days_per_month > weekly * 4:
        yield refused(
            "guarantee_out_of_reach",
            "guaranteed_days_per_month",
            gettext_noop("%(value)s guaranteed home days a month; ratio and weekly limit leave at most %(limit)s."),
            value=rules.guaranteed_days_per_month,
            limit=weekly * 4,
        )


def reward_without_mode(policy: Policy) -> Iterator[Finding]:
    rules = policy.rules
    if rules.only_reward and rules.box9_mode == Box9Mode.NONE:
        yield refused(
            "reward_missing",
            "box9_mode",
            gettext_noop("Only the box 9 reward opens WFH, but no box 9 pattern is chosen."),
        )


def looser_below(policy: Policy) -> Iterator[Finding]:
    """A unit's document that allows more than the document above it: the decrees disagree."""
    for name in ("ratio_percent", "max_days_per_week"):
        yield from looser_field(policy, name)


def looser_field(policy: Policy, name: str) -> Iterator[Finding]:
    limit, owner = None, None
    for layer in policy.layers:
        value = layer.values.get(name)
        if value is None:
            continue
        if limit is not None and owner is not None and layer.depth > owner.depth and value > limit:
            yield undecided(
                f"looser_{name}",
                name,
                gettext_noop("%(below)s allows %(value)s where %(above)s allows %(limit)s."),
                below=layer.basis,
                value=value,
                above=owner.basis,
                limit=limit,
            )
        limit, owner = value, layer


def refused(code: str, name: str, template: str, **values: Any) -> Finding:
    return Finding(code=code, severity=Severity.BLOCKS, field=name, message=say(template, **values))


def undecided(code: str, name: str, template: str, **values: Any) -> Finding:
    return Finding(code=code, severity=Severity.DECIDE, field=name, message=say(template, **values))


CHECKS: tuple[Callable[[Policy], Iterator[Finding]], ...] = (
    everyone_without_day,
    fixed_days_closed,
    fixed_days_above_cap,
    fixed_days_against_ratio,
    box9_against_run,
    box9_against_weekly_cap,
    box9_against_office_days,
    reward_without_mode,
    guarantee_out_of_reach,
    above_national_cap,
    looser_below,
    week_too_short,
    coverage_above_ratio,
)

BOX9_DECISIONS = frozenset({"box9_weekly_cap", "box9_office_days"})
"""Decisions that let the pattern stand against the weekly limits."""

DECIDABLE = frozenset(
    {
        "weekly_cap_national",
        "box9_weekly_cap",
        "box9_office_days",
        "fixed_days_ratio",
        "looser_ratio_percent",
        "looser_max_days_per_week",
    }
)
"""Codes that a recorded decision may settle."""

__all__ = ["DECIDABLE", "NATIONAL_DAYS_PER_WEEK", "blocking", "box9_stands", "conflicts"]
