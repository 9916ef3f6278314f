"""The week: a sum of days, and the coach who says what is left of it.

Source: Perpres 21/2023 Pasal 4 and 9: weekly hours without breaks, owed by flexible workers too. The target of a week
is the sum of its days' targets, so holidays, leave that cuts the target and 1 Ramadan in mid-week need no rule of
their own, and a light week of a roster is no shortfall.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from attendance.rules.calendar import monday_of
from attendance.rules.day import day_result_of_pairs
from attendance.rules.kinds import Coach, DayResult, DayStatus, ExpectedDay, HoursMode, Pair, Step, WeekResult
from attendance.rules.policy import HoursPolicy
from attendance.rules.schedule import end_of_work
from attendance.rules.spans import midnight_seconds, second_of

_UNFINISHED = (DayStatus.OPEN, DayStatus.UPCOMING)


def week_result(days: Iterable[DayResult], *, monday: date | None = None) -> WeekResult:
    """Add up the days of one week; a day that was not computed adds nothing.

    `is_final` says that no day of those given is still open or to come. Raises ValueError for a day of another week.
    """
    listed = sorted(days, key=lambda d: d.day)
    if monday is None:
        if not listed:
            raise ValueError("a week without days needs its monday")
        monday = monday_of(listed[0].day)
    for day in listed:
        if monday_of(day.day) != monday:
            raise ValueError(f"{day.day} is not in the week of {monday}")
    return WeekResult(
        monday=monday,
        target_minutes=sum(d.target_minutes for d in listed),
        worked_minutes=sum(d.worked_minutes for d in listed),
        credited_minutes=sum(d.credited_minutes for d in listed),
        late_minutes=sum(d.late_minutes for d in listed),
        early_minutes=sum(d.early_minutes for d in listed),
        unexcused_minutes=sum(d.unexcused_minutes for d in listed),
        absent_days=sum(d.absent_days for d in listed),
        days=len(listed),
        is_final=not any(d.status in _UNFINISHED for d in listed),
        steps=tuple(_day_step(d) for d in listed),
    )


def weeks_of(days: Iterable[DayResult]) -> list[WeekResult]:
    """One result per week that has a day, in order."""
    by_monday: dict[date, list[DayResult]] = {}
    for day in days:
        by_monday.setdefault(monday_of(day.day), []).append(day)
    return [week_result(by_monday[monday], monday=monday) for monday in sorted(by_monday)]


def _day_step(day: DayResult) -> Step:
    return Step(
        "day",
        {
            "day": day.day.isoformat(),
            "target": day.target_minutes,
            "worked": day.worked_minutes,
            "credited": day.credited_minutes,
        },
    )


# -- the coach ---------------------------------------------------------------------------------------------------


def running_minutes(policy: HoursPolicy, expected: ExpectedDay, open_since: datetime | None, now: datetime) -> int:
    """What the open pair would be worth if it were closed now; 0 without one."""
    if open_since is None or now <= open_since:
        return 0
    return day_result_of_pairs(policy, expected, [Pair(open_since, now)]).worked_minutes


def coach(
    policy: HoursPolicy, expected_days: Sequence[ExpectedDay], results: Sequence[DayResult], *, now: datetime
) -> Coach:
    """Where somebody stands in the week, and when its last working day may end.

    `expected_days` and `results` are the seven days, computed with `as_of=now` and with the approved absences of the
    days to come. Agency hours and shifts never let the day end before its scheduled end, flexible hours may.
    """
    target = sum(r.target_minutes for r in results)
    done = sum(r.total_minutes for r in results)
    open_day = next((p for p in zip(expected_days, results, strict=True) if p[1].open_since is not None), None)
    running = running_minutes(policy, open_day[0], open_day[1].open_since, now) if open_day else 0
    left = target - done - running
    ahead = [(e, _ahead(e, r, now)) for e, r in zip(expected_days, results, strict=True)]
    to_come = [(e, minutes) for e, minutes in ahead if minutes > 0]
    total_ahead = sum(minutes for _, minutes in to_come)
    last = to_come[-1][0] if to_come else None
    leave_at = None
    if left > 0 and last is not None:
        leave_at = _leave_at(policy, last, left - (total_ahead - to_come[-1][1]), now)
    weekday = now.astimezone(expected_days[0].zone).weekday() if expected_days else 0
    return Coach(
        target_minutes=target,
        done_minutes=done,
        running_minutes=running,
        left_minutes=max(0, left),
        ahead_minutes=total_ahead,
        last_day=last.day if last else None,
        leave_at=leave_at,
        is_reached=left <= 0,
        is_reachable=left <= 0 or leave_at is not None,
        warns=left > total_ahead and weekday >= policy.warns_from_weekday,
        steps=(
            Step("target", {"minutes": target}),
            Step("done", {"minutes": done}),
            Step("running", {"minutes": running}),
            Step("ahead", {"minutes": total_ahead}),
        ),
    )


def _ahead(expected: ExpectedDay, result: DayResult, now: datetime) -> int:
    """Minutes this day can still bring if its schedule is kept from now on; 0 when excused, free or over."""
    if expected.starts is None or expected.ends is None or result.status is DayStatus.EXCUSED:
        return 0
    from_minute = max(expected.starts, (second_of(now, midnight_seconds(expected)) + 59) // 60)
    if from_minute >= expected.ends:
        return 0
    if expected.mode is HoursMode.FLEXIBLE:
        return max(0, min(expected.scheduled_minutes - result.total_minutes, expected.ends - from_minute))
    in_breaks = sum(max(0, min(b, expected.ends) - max(a, from_minute)) for a, b in expected.breaks)
    return max(0, expected.ends - from_minute - in_breaks)


def _leave_at(policy: HoursPolicy, last: ExpectedDay, needed: int, now: datetime) -> datetime | None:
    """When so many minutes of the last day are done; None when that is later than the policy lets anyone stay."""
    if last.starts is None or last.ends is None:
        return None
    from_minute = max(last.starts, (second_of(now, midnight_seconds(last)) + 59) // 60)
    minute = end_of_work(from_minute, max(0, needed), last.breaks)
    if last.mode is HoursMode.FLEXIBLE:
        return last.at(minute) if minute <= policy.flexible_until else None
    minute = max(minute, last.ends)
    if minute > last.ends and (not policy.counts_after_end or minute > max(policy.leave_by_minute, last.ends)):
        return None
    return last.at(minute)
