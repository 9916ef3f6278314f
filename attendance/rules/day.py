"""The sums of one duty day, from presses and absences, with the steps of their derivation.

Order: pairs -> presence -> what of it counts -> breaks out -> floor to minutes -> leave and duty credited -> late and
early -> what it costs. Minutes are floored once, here; every larger sum adds whole minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.rules.kinds import (
    Absence,
    AbsenceEffect,
    DayKind,
    DayResult,
    DayStatus,
    ExpectedDay,
    HoursMode,
    Pair,
    Presence,
    Punch,
    Step,
)
from attendance.rules.lateness import NO_DELAY, Delay, bracket_for, delay_of, top_bracket
from attendance.rules.pairs import closes_at, derive_pairs
from attendance.rules.policy import HoursPolicy
from attendance.rules.spans import Span, clipped, joined, length, midnight_seconds, overlap, second_of

_NO_PRESENCE = Presence()


@dataclass(slots=True)
class _Sums:
    """Seconds of one day on their way to minutes."""

    spans: list[Span]
    counted: list[Span]
    duty: list[Span]
    breaks: list[Span]
    worked: int = 0
    credited: int = 0
    break_minutes: int = 0


@dataclass(frozen=True, slots=True)
class _Cost:
    """What lateness, missing presses and absence cost on this day."""

    late_code: str = ""
    early_code: str = ""
    points: int = 0
    unexcused: int = 0
    absent: int = 0


_NO_COST = _Cost()


def day_result(
    policy: HoursPolicy,
    expected: ExpectedDay,
    punches: Sequence[Punch] = (),
    absences: Sequence[Absence] = (),
    *,
    as_of: datetime | None = None,
    explain: bool = True,
) -> DayResult:
    """Everything attendance says about one person on one duty day.

    `punches` are those of this duty day (see `assign_punches`). `as_of` None: the day is over; otherwise an open pair
    stays open, and absence and missing presses are not judged, until nothing can be added to the day any more. An early
    leave is judged from the scheduled end on. The same facts give the same result in any zone.
    """
    is_over = as_of is None or as_of >= closes_at(policy, expected)
    presence = derive_pairs(policy, expected, punches, is_over=is_over) if punches else _NO_PRESENCE
    has_ended = is_over or (expected.ends_at is not None and as_of is not None and as_of >= expected.ends_at)
    return result_of_presence(
        policy, expected, presence, absences, is_over=is_over, has_ended=has_ended, explain=explain
    )


def day_result_of_pairs(
    policy: HoursPolicy, expected: ExpectedDay, pairs: Sequence[Pair], absences: Sequence[Absence] = ()
) -> DayResult:
    """The same for presence that is already known as pairs, on a day that is over."""
    presence = Presence(
        pairs=tuple(pairs),
        first_in_at=min((p.starts_at for p in pairs), default=None),
        last_out_at=max((p.ends_at for p in pairs), default=None),
    )
    return result_of_presence(policy, expected, presence, absences)


def result_of_presence(
    policy: HoursPolicy,
    expected: ExpectedDay,
    presence: Presence,
    absences: Sequence[Absence] = (),
    *,
    is_over: bool = True,
    has_ended: bool = True,
    explain: bool = True,
) -> DayResult:
    """Sum up presence and absences; see `day_result`."""
    scheduled = expected.scheduled_minutes
    absences = sorted(absences, key=_rank) if len(absences) > 1 else absences
    whole = next((a for a in absences if not a.is_partial), None)
    sums = _sums(policy, expected, presence, absences)
    target = scheduled
    if whole is not None and whole.effect is AbsenceEffect.CREDIT:
        sums.credited = max(0, scheduled - sums.worked)
    elif whole is not None and whole.effect is AbsenceEffect.CUT_TARGET:
        target, sums.credited = 0, 0
    elif sums.credited and _cuts(absences):
        target, sums.credited = scheduled - sums.credited, 0
    is_excused = whole is not None and whole.effect is not AbsenceEffect.UNEXCUSED
    delay, cost = NO_DELAY, _NO_COST
    if scheduled and not is_excused:
        is_absent = is_over and not sums.spans and not sums.duty and not (presence.missing_in or presence.missing_out)
        delay = _delay(policy, expected, presence, sums, has_ended=has_ended)
        cost = _absent_cost(policy) if is_absent else _cost(policy, expected, presence, delay, sums)
    return DayResult(
        day=expected.day,
        status=_status(expected, presence, delay, cost, is_over=is_over, is_excused=is_excused),
        kind=expected.kind,
        scheduled_minutes=scheduled,
        target_minutes=target,
        presence_minutes=length(sums.spans) // 60,
        break_minutes=sums.break_minutes,
        worked_minutes=sums.worked,
        credited_minutes=sums.credited,
        late_minutes=delay.late,
        early_minutes=delay.early,
        unexcused_minutes=cost.unexcused,
        late_code=cost.late_code,
        early_code=cost.early_code,
        cut_points=cost.points,
        absent_days=cost.absent,
        first_in_at=presence.first_in_at,
        last_out_at=presence.last_out_at,
        open_since=presence.open_since,
        missing_in=presence.missing_in,
        missing_out=presence.missing_out,
        auto_closed=presence.auto_closed,
        absence_code=absences[0].code if absences else "",
        steps=_steps(expected, presence, absences, sums, delay, cost, target) if explain else (),
    )


def _rank(absence: Absence) -> tuple[bool, int, str]:
    """Whole days first, then by time; the order in which documents were found says nothing."""
    return absence.is_partial, absence.starts or 0, absence.code


# -- minutes -----------------------------------------------------------------------------------------------------


def _sums(policy: HoursPolicy, expected: ExpectedDay, presence: Presence, absences: Sequence[Absence]) -> _Sums:
    midnight = midnight_seconds(expected)
    spans = joined((second_of(p.starts_at, midnight), second_of(p.ends_at, midnight)) for p in presence.pairs)
    breaks = [(a * 60, b * 60) for a, b in expected.breaks]
    sums = _Sums(spans, _counted(policy, expected, spans), _duty(expected, absences), breaks)
    present = length(sums.counted)
    net = present - overlap(sums.counted, breaks)
    sums.worked = net // 60
    sums.break_minutes = (present - net) // 60
    if sums.duty:
        together = joined(sums.counted + sums.duty)
        filled = (length(together) - overlap(together, breaks)) // 60
        # Duty fills the day up to its quota; longer presence is worked time and stays so.
        sums.credited = max(0, min(filled, max(expected.scheduled_minutes, sums.worked)) - sums.worked)
    return sums


def _counted(policy: HoursPolicy, expected: ExpectedDay, spans: list[Span]) -> list[Span]:
    """The part of presence that may count as work, breaks still inside."""
    if not spans:
        return spans
    if expected.mode is HoursMode.FLEXIBLE:
        if expected.scheduled_minutes == 0 and policy.flexible_day_off_presence == "IGNORE":
            return []
        return clipped(spans, policy.flexible_from * 60, policy.flexible_until * 60)
    if expected.starts is None or expected.ends is None:
        return spans if policy.day_off_presence == "COUNT" else []
    low = None if policy.counts_before_start else expected.starts * 60
    high = None if policy.counts_after_end else expected.ends * 60
    if high is None and policy.latest_minute is not None and expected.mode is HoursMode.FIXED:
        high = policy.latest_minute * 60
    return clipped(spans, low, high)


def _duty(expected: ExpectedDay, absences: Sequence[Absence]) -> list[Span]:
    """Parts of the scheduled day that duty, leave by the hour or a dispensation stands in for."""
    if expected.starts is None or expected.ends is None:
        return []
    parts = [
        (a.starts * 60, a.ends * 60)
        for a in absences
        if a.starts is not None and a.ends is not None and a.effect is not AbsenceEffect.UNEXCUSED
    ]
    return clipped(joined(parts), expected.starts * 60, expected.ends * 60) if parts else []


def _cuts(absences: Sequence[Absence]) -> bool:
    """Whether the partial absences take their minutes out of the target; mixed ones credit."""
    partial = [a for a in absences if a.is_partial]
    return bool(partial) and all(a.effect is AbsenceEffect.CUT_TARGET for a in partial)


# -- delay and cost ----------------------------------------------------------------------------------------------


def _delay(policy: HoursPolicy, expected: ExpectedDay, presence: Presence, sums: _Sums, *, has_ended: bool) -> Delay:
    """Late and early from real presses only: an end that a rule supplied is judged by its own price, not by minutes."""
    cover = sums.spans
    if presence.unpaired_in_at is not None:
        # Somebody who has not gone is there until the end, as far as lateness is concerned.
        since = second_of(presence.unpaired_in_at, midnight_seconds(expected))
        cover = joined([*cover, (since, max(since, (expected.ends or 0) * 60) + 1)])
    return delay_of(
        policy,
        expected,
        cover,
        sums.duty,
        judges_start=not presence.missing_in,
        judges_end=has_ended and presence.unpaired_in_at is None,
    )


def _absent_cost(policy: HoursPolicy) -> _Cost:
    return _Cost(points=policy.absent_points, absent=1)


def _cost(policy: HoursPolicy, expected: ExpectedDay, presence: Presence, delay: Delay, sums: _Sums) -> _Cost:
    late_row = bracket_for(policy.late_brackets, delay.late)
    early_row = bracket_for(policy.early_brackets, delay.early)
    minutes = delay.late + delay.early
    if presence.missing_in:
        minutes += policy.missing_in_minutes
        if policy.missing_in_takes_top_bracket:
            late_row = top_bracket(policy.late_brackets)
    if presence.missing_out:
        minutes += policy.missing_out_minutes
        if policy.missing_out_takes_top_bracket:
            early_row = top_bracket(policy.early_brackets)
    if policy.counts_gaps:
        minutes += _gap_minutes(expected, sums)
    return _Cost(
        late_code=late_row.code if late_row else "",
        early_code=early_row.code if early_row else "",
        points=(late_row.points if late_row else 0) + (early_row.points if early_row else 0),
        unexcused=min(minutes, expected.scheduled_minutes) if policy.caps_at_scheduled else minutes,
    )


def _gap_minutes(expected: ExpectedDay, sums: _Sums) -> int:
    """Scheduled minutes missed between the first and the last covered moment, breaks left out."""
    if expected.starts is None or expected.ends is None or expected.mode is HoursMode.FLEXIBLE:
        return 0
    cover = clipped(joined(sums.spans + sums.duty), expected.starts * 60, expected.ends * 60)
    if not cover:
        return 0
    whole = [(cover[0][0], cover[-1][1])]
    missed = length(whole) - length(cover) - (overlap(whole, sums.breaks) - overlap(cover, sums.breaks))
    return missed // 60


# -- status and steps --------------------------------------------------------------------------------------------


def _status(
    expected: ExpectedDay, presence: Presence, delay: Delay, cost: _Cost, *, is_over: bool, is_excused: bool
) -> DayStatus:
    if presence.open_since is not None:
        return DayStatus.OPEN
    if expected.scheduled_minutes == 0:
        return DayStatus.OFF if expected.kind in (DayKind.DAY_OFF, DayKind.WORKDAY) else DayStatus.HOLIDAY
    if is_excused:
        return DayStatus.EXCUSED
    if cost.absent:
        return DayStatus.ABSENT
    if presence.missing_in or presence.missing_out:
        return DayStatus.INCOMPLETE
    if not is_over and not presence.pairs:
        return DayStatus.UPCOMING
    return _delay_status(delay)


def _delay_status(delay: Delay) -> DayStatus:
    if delay.late and delay.early:
        return DayStatus.LATE_AND_EARLY
    if delay.late:
        return DayStatus.LATE
    return DayStatus.EARLY if delay.early else DayStatus.PRESENT


def _steps(
    expected: ExpectedDay,
    presence: Presence,
    absences: Sequence[Absence],
    sums: _Sums,
    delay: Delay,
    cost: _Cost,
    target: int,
) -> tuple[Step, ...]:
    steps = [_scheduled_step(expected), *presence.steps]
    if sums.spans:
        present = length(sums.spans) // 60
        steps.append(Step("presence", {"minutes": present, "pairs": len(sums.spans)}))
        outside = present - length(sums.counted) // 60
        if outside:
            steps.append(Step("outside_window", {"minutes": outside}))
        if sums.break_minutes:
            steps.append(Step("break", {"minutes": sums.break_minutes}))
        steps.append(Step("worked", {"minutes": sums.worked}))
    steps += [Step("absence", {"code": a.code, "effect": str(a.effect)}) for a in absences]
    if sums.credited:
        steps.append(Step("credited", {"minutes": sums.credited}))
    if target != expected.scheduled_minutes:
        steps.append(Step("target_cut", {"from": expected.scheduled_minutes, "to": target}))
    steps += _delay_steps(delay, cost)
    steps.append(Step("total", {"minutes": sums.worked + sums.credited, "target": target}))
    return tuple(steps)


def _scheduled_step(expected: ExpectedDay) -> Step:
    values: dict[str, int | str] = {"kind": str(expected.kind), "minutes": expected.scheduled_minutes}
    if expected.starts is not None and expected.ends is not None:
        values |= {"starts": expected.starts, "ends": expected.ends, "ramadan": int(expected.is_ramadan)}
    return Step("scheduled", values)


def _delay_steps(delay: Delay, cost: _Cost) -> list[Step]:
    steps = []
    if delay.late_forgiven:
        steps.append(Step("late_forgiven", {"minutes": delay.late_forgiven}))
    if delay.early_forgiven:
        steps.append(Step("early_forgiven", {"minutes": delay.early_forgiven}))
    if delay.late or cost.late_code:
        steps.append(Step("late", {"minutes": delay.late, "bracket": cost.late_code}))
    if delay.early or cost.early_code:
        steps.append(Step("early", {"minutes": delay.early, "bracket": cost.early_code}))
    if cost.absent:
        steps.append(Step("absent", {"days": 1}))
    if cost.points:
        steps.append(Step("cut", {"points": cost.points}))
    return steps
