"""From late minutes to absent days to the ladder of sanctions; a finding for the superior, never a decision.

Sources: PP 94/2021 Pasal 8-11 (PNS, days without valid reason, cumulative per calendar year; Pasal 11(2) d: 28 days, or
10 working days on end); explanation of Pasal 3 angka 11 PP 53/2010 (7.5 hours = 1 day); PP 49/2018 Pasal 51 (PPPK: each
PPK decides, so that ladder is only a default).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.kinds import DayResult, DayStatus, Step
from attendance.rules.lateness import bracket_for
from attendance.rules.policy import HoursPolicy


@dataclass(frozen=True, slots=True)
class LadderStep:
    """Days without reason in `[from_days, to_days]`, both inclusive, None = no upper end, and the sanction they call
    for. `consecutive`: so many working days on end, whatever the year's count."""

    from_days: int
    to_days: int | None
    level: str
    code: str
    cut_percent: int = 0
    months: int = 0
    consecutive: bool = False


LADDER_PNS = (
    LadderStep(3, 3, "LIGHT", "VERBAL_REPRIMAND"),
    LadderStep(4, 6, "LIGHT", "WRITTEN_REPRIMAND"),
    LadderStep(7, 10, "LIGHT", "WRITTEN_DISSATISFACTION"),
    LadderStep(11, 13, "MEDIUM", "ALLOWANCE_CUT", 25, 6),
    LadderStep(14, 16, "MEDIUM", "ALLOWANCE_CUT", 25, 9),
    LadderStep(17, 20, "MEDIUM", "ALLOWANCE_CUT", 25, 12),
    LadderStep(21, 24, "HEAVY", "LOWER_POSITION", 0, 12),
    LadderStep(25, 27, "HEAVY", "RELEASE_TO_PELAKSANA", 0, 12),
    LadderStep(28, None, "HEAVY", "DISMISSAL"),
    LadderStep(10, None, "HEAVY", "DISMISSAL", consecutive=True),
)
LADDER_PPPK = (
    LadderStep(3, 3, "LIGHT", "VERBAL_REPRIMAND"),
    LadderStep(4, 6, "LIGHT", "WRITTEN_REPRIMAND"),
    LadderStep(7, 10, "LIGHT", "WRITTEN_DISSATISFACTION"),
    LadderStep(11, 20, "MEDIUM", "ALLOWANCE_CUT", 25, 6),
    LadderStep(21, 27, "HEAVY", "CONTRACT_NOT_EXTENDED"),
    LadderStep(28, None, "HEAVY", "CONTRACT_ENDED"),
    LadderStep(10, None, "HEAVY", "CONTRACT_ENDED", consecutive=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """The counter of one person in one calendar year.

    total_days = absent_days + converted_days; `rest_minutes` have not filled a day yet. Runs count working days on end
    without reason; free days neither add nor break, a day of leave or presence breaks.
    """

    year: int
    absent_days: int
    unexcused_minutes: int
    converted_days: int
    rest_minutes: int
    late_days: int
    longest_run: int
    current_run: int
    steps: tuple[Step, ...] = ()

    @property
    def total_days(self) -> int:
        return self.absent_days + self.converted_days


def converted_days(policy: HoursPolicy, minutes: int) -> tuple[int, int]:
    """Whole days that so many minutes make, and the rest: (days, rest). With CEIL a begun block is a day."""
    days, rest = divmod(minutes, policy.minutes_per_absent_day)
    if rest and policy.rest_rounding == "CEIL":
        return days + 1, 0
    return days, rest


def accumulate(policy: HoursPolicy, year: int, results: Iterable[DayResult], *, carried_run: int = 0) -> YearCount:
    """Count one calendar year; days of other years are left out, because the counter starts again on 1 January.

    `carried_run`: working days without reason on end up to 31 December; a run does not end with the year.
    """
    days = sorted((r for r in results if r.day.year == year), key=lambda r: r.day)
    minutes = sum(r.unexcused_minutes for r in days)
    absent = sum(r.absent_days for r in days)
    whole, rest = converted_days(policy, minutes)
    longest, current = _runs(days, carried_run)
    return YearCount(
        year=year,
        absent_days=absent,
        unexcused_minutes=minutes,
        converted_days=whole,
        rest_minutes=rest,
        late_days=sum(1 for r in days if r.late_code),
        longest_run=longest,
        current_run=current,
        steps=(
            Step("absent_days", {"days": absent}),
            Step("unexcused", {"minutes": minutes, "per_day": policy.minutes_per_absent_day}),
            Step("converted", {"days": whole, "rest": rest}),
            Step("total_days", {"days": absent + whole}),
            Step("longest_run", {"days": longest}),
        ),
    )


def _runs(days: Sequence[DayResult], carried: int) -> tuple[int, int]:
    longest = current = carried
    for day in days:
        if day.absent_days:
            current += 1
            longest = max(longest, current)
        elif day.scheduled_minutes and day.status is not DayStatus.UPCOMING:
            current = 0
    return longest, current


def ladder_step(ladder: Sequence[LadderStep], days: int, longest_run: int = 0) -> LadderStep | None:
    """The step reached by so many days in the year, or by a run; of both the later in the table.

    None below the first.
    """
    reached = None
    for step in ladder:
        count = longest_run if step.consecutive else days
        if step.from_days <= count and (step.to_days is None or count <= step.to_days):
            reached = step
    return reached


def next_step(ladder: Sequence[LadderStep], days: int) -> LadderStep | None:
    """The first step that has not been reached by the year's count; None at the top."""
    ahead = [step for step in ladder if not step.consecutive and step.from_days > days]
    return min(ahead, key=lambda step: step.from_days, default=None)


def month_points(policy: HoursPolicy, results: Iterable[DayResult]) -> int:
    """Hundredths of a per cent cut for one month; lateness is free for the first days the policy names.

    The days come in date order whatever the order given. Only the cut for lateness is spared, never that for leaving
    early, for a missing press or for absence.
    """
    points = free = 0
    for day in sorted(results, key=_date_of):
        points += day.cut_points
        row = bracket_for(policy.late_brackets, day.late_minutes)
        if row is None or day.missing_in or free >= policy.free_late_days_per_month:
            continue
        free += 1
        points -= row.points
    return points


def _date_of(result: DayResult) -> date:
    return result.day
