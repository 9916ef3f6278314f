"""Late arrival (TL) and early leave (PSW): minutes by the clock, tolerance, brackets.

Sources: local bracket tables after Permentan 68/2012; tolerance with replacement after Permen PANRB 6/2018.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.rules.kinds import Bracket, ExpectedDay, HoursMode
from attendance.rules.policy import HoursPolicy
from attendance.rules.spans import Span, clipped, joined, overlap


@dataclass(frozen=True, slots=True)
class Delay:
    """Minutes late and early after tolerance, and what tolerance forgave."""

    late: int = 0
    early: int = 0
    late_forgiven: int = 0
    early_forgiven: int = 0


NO_DELAY = Delay()


def required_window(expected: ExpectedDay) -> Span | None:
    """The seconds of the day somebody must be there: the schedule, for flexible hours the core, or none at all."""
    if expected.mode is HoursMode.FLEXIBLE:
        return None if expected.core is None else (expected.core[0] * 60, expected.core[1] * 60)
    if expected.starts is None or expected.ends is None:
        return None
    return expected.starts * 60, expected.ends * 60


def delay_of(
    policy: HoursPolicy,
    expected: ExpectedDay,
    presence: Sequence[Span],
    duty: Sequence[Span] = (),
    *,
    judges_start: bool = True,
    judges_end: bool = True,
) -> Delay:
    """How late presence begins and how early it ends, after the parts that duty stands in for.

    By the clock: from the start to the first covered moment, breaks included, unless `late_basis` is WORK. Whole
    minutes, so 07:30:59 is not late. Tolerance forgives but does not subtract: with 15, 16 late counts 16. Duty at the
    start or the end of the day moves that start or end. Early and late together never exceed the scheduled minutes
    where the policy caps them. Neither presence nor duty gives no delay; that is absence, or a missing press.
    """
    window = required_window(expected)
    if window is None or not (presence or duty):
        return NO_DELAY
    start, end = _narrowed(window, duty, [(a * 60, b * 60) for a, b in expected.breaks])
    if start >= end:
        return NO_DELAY
    cover = joined([*presence, *duty]) if duty else presence
    inside = clipped(cover, start, end)
    # Nothing inside at all is one delay of the whole window, not a late start and an early end.
    first = inside[0][0] if inside else end
    last = inside[-1][1] if inside else end
    late = _minutes(policy, expected, start, first) if judges_start else 0
    early = _minutes(policy, expected, last, end) if judges_end else 0
    return _after_tolerance(policy, expected, late, early, cover[-1][1] - window[1])


def _narrowed(window: Span, duty: Sequence[Span], breaks: Sequence[Span]) -> Span:
    """The window without the duty at its ends, and without a break that then lies at an end."""
    start, end = window
    for low, high in duty:
        if low <= start < high:
            start = _past_break(high, breaks)
    for low, high in reversed(duty):
        if low < end <= high:
            end = -_past_break(-low, [(-b, -a) for a, b in breaks])
    return start, end


def _past_break(at: int, breaks: Sequence[Span]) -> int:
    return next((high for low, high in breaks if low <= at < high), at)


def _after_tolerance(
    policy: HoursPolicy, expected: ExpectedDay, late: int, early: int, seconds_after_end: int
) -> Delay:
    late_is_forgiven = _is_forgiven(policy, late, seconds_after_end)
    early_is_forgiven = early <= policy.early_tolerance_minutes
    kept_late = 0 if late_is_forgiven else late
    kept_early = 0 if early_is_forgiven else early
    if policy.caps_at_scheduled:
        kept_late = min(kept_late, expected.scheduled_minutes)
        kept_early = min(kept_early, expected.scheduled_minutes - kept_late)
    return Delay(
        late=kept_late,
        early=kept_early,
        late_forgiven=late if late_is_forgiven else 0,
        early_forgiven=early if early_is_forgiven else 0,
    )


def _minutes(policy: HoursPolicy, expected: ExpectedDay, start: int, end: int) -> int:
    """Minutes between two seconds of the day, counted and rounded as the policy says."""
    seconds = end - start
    if seconds and policy.late_basis == "WORK":
        seconds -= overlap([(start, end)], [(a * 60, b * 60) for a, b in expected.breaks])
    return -(-seconds // 60) if policy.rounding == "CEIL" else seconds // 60


def _is_forgiven(policy: HoursPolicy, late: int, seconds_after_end: int) -> bool:
    if late > policy.tolerance_minutes:
        return False
    return not policy.tolerance_needs_replacement or seconds_after_end >= late * 60


def bracket_for(brackets: Sequence[Bracket], minutes: int) -> Bracket | None:
    """The row whose [from, to) holds these minutes; None for none, so for 0 minutes as a rule."""
    for row in brackets:
        if row.from_minutes <= minutes and (row.to_minutes is None or minutes < row.to_minutes):
            return row
    return None


def top_bracket(brackets: Sequence[Bracket]) -> Bracket | None:
    """The row that a missing press takes."""
    return brackets[-1] if brackets else None
