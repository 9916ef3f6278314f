"""One truth per day: plan × clock × log × leave of one person, and the named places where they disagree.

A discrepancy is a name for a reader, not a verdict: each says what stands against what.
Distances are whole metres, durations whole minutes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from worklogs.rules.findings import Finding, Severity, gettext_noop
from worklogs.rules.policy import LogPolicy


class Plan(StrEnum):
    """The expected place, with the same words as attendance uses."""

    OFFICE = "OFFICE"
    HOME = "HOME"
    ANYWHERE = "ANYWHERE"
    TRAVEL = "TRAVEL"
    LEAVE = "LEAVE"
    TRAINING = "TRAINING"
    OFF = "OFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDay:
    """Everything known of one person's day.

    `clocked_in` says whether there is any clock; `worked_minutes` are the attendance minutes (None
    while the day is open); `is_open` means in without out on a day that is over;
    `clocked_at_office` is None when the clock says nothing of the place; `metres_from_plan` is the distance from
    the nearest allowed place. `sent_minutes` counts submitted and approved entries, `logged_minutes`
    every entry that is not rejected. `log_is_due` means that the deadline to send has passed.
    """

    person_id: int
    day: date
    plan: Plan
    is_working: bool
    away: Fraction = Fraction(0)
    clocked_in: bool = False
    is_open: bool = False
    is_over: bool = True
    worked_minutes: int | None = None
    clocked_at_office: bool | None = None
    metres_from_plan: int | None = None
    logged_minutes: int = 0
    sent_minutes: int = 0
    office_only_minutes: int = 0
    log_is_due: bool = False


FAR_METRES = 1_000


def discrepancies(facts: PersonDay, policy: LogPolicy) -> list[Finding]:
    """All disagreements of the day in a fixed order: leave, plan against clock, clock against log.

    An empty list is the good day: what was planned was clocked, what was clocked is described.
    """
    found: list[Finding] = []
    for look in (_leave, _clock_against_plan, _log_against_clock, _log_against_plan):
        found += look(facts, policy)
    return found


def _named(facts: PersonDay, code: str, severity: Severity, message: str, **params: object) -> Finding:
    return Finding(
        code=code, severity=severity, message=message, params=params, day=facts.day, person_id=facts.person_id
    )


def _on_leave(facts: PersonDay) -> bool:
    return facts.plan is Plan.LEAVE or facts.away >= 1


def _leave(facts: PersonDay, policy: LogPolicy) -> Iterator[Finding]:
    if not _on_leave(facts):
        return
    if facts.clocked_in:
        yield _named(facts, "clock_on_leave", Severity.WARNS, gettext_noop("clocked in on a day of leave"))
    if facts.logged_minutes:
        message = gettext_noop("%(logged_minutes)s logged on a day of leave")
        yield _named(facts, "log_on_leave", Severity.WARNS, message, logged_minutes=facts.logged_minutes)


def _clock_against_plan(facts: PersonDay, policy: LogPolicy) -> Iterator[Finding]:
    if _on_leave(facts):
        return
    expected = facts.is_working and facts.plan in (Plan.OFFICE, Plan.HOME, Plan.ANYWHERE) and facts.away == 0
    if not facts.clocked_in:
        if expected and facts.is_over:
            yield _named(facts, "no_clock", Severity.WARNS, gettext_noop("expected at work, no clock-in"))
        return
    if facts.is_open:
        yield _named(facts, "no_clock_out", Severity.WARNS, gettext_noop("clocked in, never out"))
    if not facts.is_working or facts.plan is Plan.OFF:
        yield _named(facts, "clock_on_day_off", Severity.SIGNALS, gettext_noop("clocked in on a day off"))
    elif facts.plan is Plan.OFFICE and facts.clocked_at_office is False:
        yield _away_from_office(facts)
    elif facts.plan is Plan.HOME and facts.clocked_at_office is True:
        message = gettext_noop("planned at home, clocked at the office")
        yield _named(facts, "home_but_office", Severity.SIGNALS, message)


def _away_from_office(facts: PersonDay) -> Finding:
    if facts.metres_from_plan is None:
        message = gettext_noop("planned at the office, clocked elsewhere")
        return _named(facts, "office_but_elsewhere", Severity.WARNS, message)
    if facts.metres_from_plan >= FAR_METRES:
        message = gettext_noop("planned at the office, clocked %(kilometres)s km away")
        kilometres = (facts.metres_from_plan + 500) // 1_000
        return _named(facts, "office_but_elsewhere", Severity.WARNS, message, kilometres=kilometres)
    message = gettext_noop("planned at the office, clocked %(metres)s m away")
    return _named(facts, "office_but_elsewhere", Severity.WARNS, message, metres=facts.metres_from_plan)


def _log_against_clock(facts: PersonDay, policy: LogPolicy) -> Iterator[Finding]:
    if _on_leave(facts):
        return
    worked, logged = facts.worked_minutes, facts.logged_minutes
    if logged and not facts.clocked_in and facts.plan not in (Plan.TRAVEL, Plan.TRAINING):
        message = gettext_noop("%(logged_minutes)s logged without any clock-in")
        yield _named(facts, "log_without_clock", Severity.WARNS, message, logged_minutes=logged)
    elif worked is not None and logged > worked + policy.presence_tolerance_minutes:
        message = gettext_noop("%(logged_minutes)s logged, %(worked_minutes)s present")
        yield _named(
            facts, "log_exceeds_presence", Severity.WARNS, message, logged_minutes=logged, worked_minutes=worked
        )
    elif worked and logged and logged * 100 < worked * policy.little_logged_share_percent:
        message = gettext_noop("%(worked_minutes)s present, %(logged_minutes)s logged")
        yield _named(facts, "little_logged", Severity.SIGNALS, message, logged_minutes=logged, worked_minutes=worked)
    if facts.log_is_due and facts.clocked_in and not facts.sent_minutes:
        code, message = (
            ("log_not_sent", gettext_noop("log written but not sent in time"))
            if logged
            else ("no_log", gettext_noop("present, nothing logged"))
        )
        yield _named(facts, code, Severity.WARNS, message)


def _log_against_plan(facts: PersonDay, policy: LogPolicy) -> Iterator[Finding]:
    if facts.plan is Plan.HOME and facts.office_only_minutes and not _on_leave(facts):
        message = gettext_noop("%(office_only_minutes)s of work that needs the office, on a day at home")
        yield _named(
            facts, "office_work_at_home", Severity.SIGNALS, message, office_only_minutes=facts.office_only_minutes
        )
