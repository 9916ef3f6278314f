"""What the next press of the clock means, read from the person's schedule and not from the last row in a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from attendance.rules.kinds import Direction, ExpectedDay, HoursMode, Press, Punch
from attendance.rules.pairs import derive_pairs, duty_window
from attendance.rules.policy import HoursPolicy


def duty_day_at(
    policy: HoursPolicy, days: tuple[ExpectedDay, ExpectedDay, ExpectedDay], at: datetime
) -> tuple[ExpectedDay, datetime, datetime]:
    """The duty day an instant belongs to, with its window; `days` are yesterday, today and tomorrow by the local date.

    A press at 02:00 belongs to the night shift of yesterday; one at 20:40 before a midnight shift to tomorrow.
    """
    yesterday, today, tomorrow = days
    low, high = duty_window(policy, yesterday, today, tomorrow)
    if at < low:
        return yesterday, duty_window(policy, None, yesterday, today)[0], low
    if at >= high:
        return tomorrow, high, duty_window(policy, today, tomorrow, None)[1]
    return today, low, high


def press_direction(
    policy: HoursPolicy,
    days: tuple[ExpectedDay, ExpectedDay, ExpectedDay],
    punches: Sequence[Punch],
    at: datetime,
) -> Press:
    """In or out, and for which duty day.

    `punches` may hold yesterday's and today's presses; only those of the duty day count, so an out forgotten yesterday
    never turns this morning's in into an out. Reasons: REPEAT, INSIDE, FIRST, AFTER_END, BACK, AGAIN_AFTER_END.
    """
    day, low, high = duty_day_at(policy, days, at)
    mine = [p for p in punches if low <= p.at < high and p.at <= at]
    direction, reason = _direction(policy, day, mine, at)
    return Press(direction=direction, day=day.day, reason=reason, is_repeat=reason == "REPEAT")


def _direction(policy: HoursPolicy, day: ExpectedDay, mine: Sequence[Punch], at: datetime) -> tuple[Direction, str]:
    has_ended = day.mode is not HoursMode.FLEXIBLE and day.ends_at is not None and at >= day.ends_at
    if not mine:
        return (Direction.OUT, "AFTER_END") if has_ended else (Direction.IN, "FIRST")
    presence = derive_pairs(policy, day, mine, is_over=False)
    is_inside = presence.open_since is not None
    if at - max(p.at for p in mine) <= timedelta(seconds=policy.debounce_seconds):
        return (Direction.IN if is_inside else Direction.OUT), "REPEAT"
    if is_inside:
        return Direction.OUT, "INSIDE"
    return (Direction.OUT, "AGAIN_AFTER_END") if has_ended else (Direction.IN, "BACK")
