"""From presses to pairs: which duty day a press belongs to, and whether it was an in or an out.

Nothing here knows about leave, targets or lateness. Where a device says nothing, the schedule speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attendance.rules.kinds import DAY_MINUTES, Direction, ExpectedDay, HoursMode, Pair, Presence, Punch, Step
from attendance.rules.policy import HoursPolicy

_INSIDE = {Direction.IN: Direction.IN, Direction.BREAK_IN: Direction.IN}
_OUTSIDE = {Direction.OUT: Direction.OUT, Direction.BREAK_OUT: Direction.OUT}
_MEANING = {**_INSIDE, **_OUTSIDE, Direction.NONE: Direction.NONE}


# -- the duty day ------------------------------------------------------------------------------------------------


def duty_boundary(policy: HoursPolicy, today: ExpectedDay, tomorrow: ExpectedDay | None) -> int:
    """The minute, from today's midnight, at which today's duty ends and tomorrow's begins.

    Usually the policy's cut (04:00 next morning). A shift that ends past midnight is waited for some hours longer, but
    never beyond the middle of the pause before the next one; a shift that begins before the cut pulls it forward in
    the same way.
    """
    cut = DAY_MINUTES + policy.day_cut_minute
    ends = today.ends
    begins = None if tomorrow is None or tomorrow.starts is None else DAY_MINUTES + tomorrow.starts
    middle = None if ends is None or begins is None else (ends + begins) // 2
    if ends is not None and ends > DAY_MINUTES:
        waited = ends + policy.shift_slack_minutes
        return waited if middle is None else min(waited, max(middle, ends))
    if begins is not None and begins <= cut:
        waited = begins - policy.shift_slack_minutes
        return waited if middle is None else max(waited, min(middle, begins))
    return cut


def duty_window(
    policy: HoursPolicy, before: ExpectedDay | None, day: ExpectedDay, after: ExpectedDay | None
) -> tuple[datetime, datetime]:
    """From when (inclusive) until when (exclusive) a press belongs to `day`, in the zone of its unit."""
    start = policy.day_cut_minute if before is None else duty_boundary(policy, before, day) - DAY_MINUTES
    if before is None and day.starts is not None and day.starts <= policy.day_cut_minute:
        start = day.starts - policy.shift_slack_minutes
    return day.at(start), day.at(duty_boundary(policy, day, after))


def closes_at(policy: HoursPolicy, expected: ExpectedDay) -> datetime:
    """The instant after which nothing can be added to this duty day, whatever the next day holds."""
    return expected.at(duty_boundary(policy, expected, None))


def assign_punches(
    policy: HoursPolicy, days: Sequence[ExpectedDay], punches: Iterable[Punch]
) -> dict[date, list[Punch]]:
    """Give every press to its duty day.

    `days` are consecutive calendar days of one person in order; give one more day on each side than is wanted, because
    a neighbour moves the boundary. Presses outside all windows are left out; days without presses have no key.
    """
    ordered = sorted(punches, key=_instant)
    result: dict[date, list[Punch]] = {}
    position = 0
    for number, day in enumerate(days):
        before = days[number - 1] if number else None
        after = days[number + 1] if number + 1 < len(days) else None
        low, high = duty_window(policy, before, day, after)
        while position < len(ordered) and ordered[position].at < low:
            position += 1
        first = position
        while position < len(ordered) and ordered[position].at < high:
            position += 1
        if position > first:
            result[day.day] = ordered[first:position]
    return result


def _instant(punch: Punch) -> datetime:
    return punch.at


# -- presses -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Press:
    """Punches that are one press: the same finger read again within seconds."""

    first: datetime
    last: datetime
    direction: Direction
    certain: bool
    reads: int = 1


def _believes_states(policy: HoursPolicy, punches: Sequence[Punch]) -> bool:
    if policy.terminal_states != "AUTO":
        return policy.terminal_states == "TRUSTED"
    said = {p.direction for p in punches if not p.certain}
    return bool(said & _INSIDE.keys()) and bool(said & _OUTSIDE.keys())


def _presses(policy: HoursPolicy, punches: Sequence[Punch]) -> list[_Press]:
    believed = _believes_states(policy, punches)
    repeat = timedelta(seconds=policy.debounce_seconds)
    result: list[_Press] = []
    for punch in sorted(punches, key=_instant):
        if policy.break_presses == "IGNORE" and punch.direction in (Direction.BREAK_OUT, Direction.BREAK_IN):
            continue
        direction = _MEANING[punch.direction] if believed or punch.certain else Direction.NONE
        last = result[-1] if result else None
        if last is not None and punch.at - last.last <= repeat and _agree(last.direction, direction):
            last.last = punch.at
            last.reads += 1
            last.certain = last.certain or punch.certain
            last.direction = direction if last.direction is Direction.NONE else last.direction
        else:
            result.append(_Press(punch.at, punch.at, direction, punch.certain))
    return result


def _agree(one: Direction, other: Direction) -> bool:
    return one is other or Direction.NONE in (one, other)


def _settled(policy: HoursPolicy, expected: ExpectedDay, presses: list[_Press]) -> list[tuple[Direction, _Press]]:
    """Give a direction to every press that has none, or leave it out."""
    if all(p.direction is not Direction.NONE for p in presses):
        return [(p.direction, p) for p in presses]
    if policy.unstated_pairs == "ALTERNATE":
        return _alternated(presses)
    if _on_one_side(policy, expected, presses):
        stated: list[tuple[Direction, _Press]] = [
            (p.direction, p) for p in presses if p.direction is not Direction.NONE
        ]
        return stated or [(_lone_direction(policy, expected, presses), _merged(presses))]
    return _first_and_last(presses)


def _alternated(presses: list[_Press]) -> list[tuple[Direction, _Press]]:
    result: list[tuple[Direction, _Press]] = []
    inside = False
    for press in presses:
        direction = press.direction
        if direction is Direction.NONE:
            direction = Direction.OUT if inside else Direction.IN
        inside = direction is Direction.IN
        result.append((direction, press))
    return result


def _first_and_last(presses: list[_Press]) -> list[tuple[Direction, _Press]]:
    result: list[tuple[Direction, _Press]] = []
    for number, press in enumerate(presses):
        if press.direction is not Direction.NONE:
            result.append((press.direction, press))
        elif number == 0:
            result.append((Direction.IN, press))
        elif number == len(presses) - 1:
            result.append((Direction.OUT, press))
    return result


def _middle_at(expected: ExpectedDay) -> datetime | None:
    if expected.starts is None or expected.ends is None or expected.mode is HoursMode.FLEXIBLE:
        return None
    return expected.at((expected.starts + expected.ends) // 2)


def _on_one_side(policy: HoursPolicy, expected: ExpectedDay, presses: list[_Press]) -> bool:
    """A single press, or presses so close together that nobody can have worked between them."""
    if len(presses) == 1:
        return True
    middle = _middle_at(expected)
    if middle is None:
        return False
    first, last = presses[0].first, presses[-1].last
    close = last - first < timedelta(minutes=policy.same_side_minutes)
    return close and (last < middle or first >= middle)


def _merged(presses: list[_Press]) -> _Press:
    return _Press(presses[0].first, presses[-1].last, Direction.NONE, False, sum(p.reads for p in presses))


def _lone_direction(policy: HoursPolicy, expected: ExpectedDay, presses: list[_Press]) -> Direction:
    if policy.lone_punch != "NEAREST":
        return Direction(policy.lone_punch)
    middle = _middle_at(expected)
    return Direction.IN if middle is None or presses[0].first < middle else Direction.OUT


# -- pairs -------------------------------------------------------------------------------------------------------


class _Walk:
    """Walks over settled presses and keeps what is open."""

    def __init__(self, policy: HoursPolicy, expected: ExpectedDay) -> None:
        self.policy = policy
        self.expected = expected
        self.pairs: list[Pair] = []
        self.open_at: datetime | None = None
        self.missing_in = False
        self.first_in: datetime | None = None
        self.last_out: datetime | None = None

    def come(self, press: _Press) -> None:
        self.first_in = self.first_in or press.first
        if self.open_at is None or self.policy.double_in == "KEEP_LAST":
            self.open_at = press.first

    def go(self, press: _Press) -> None:
        if self.open_at is not None:
            self.pairs.append(Pair(self.open_at, press.last))
            self.open_at = None
        elif self.last_out is None:
            self.missing_in = True
            self._go_without_coming(press.last)
        elif self.policy.double_out == "KEEP_LAST":
            self._go_again(press.last)
        else:
            return
        self.last_out = press.last

    def _go_again(self, at: datetime) -> None:
        if not self.pairs:
            self._go_without_coming(at)
            return
        held = self.pairs.pop()
        self.pairs.append(Pair(held.starts_at, at, opened=held.opened))

    def _go_without_coming(self, at: datetime) -> None:
        starts_at = self.expected.starts_at
        if self.policy.missing_in_opens != "START" or self.expected.mode is HoursMode.FLEXIBLE:
            return
        if starts_at is not None and starts_at < at:
            self.pairs.append(Pair(starts_at, at, opened=True))


def _closing_time(policy: HoursPolicy, expected: ExpectedDay, open_at: datetime) -> datetime:
    """When a forgotten clock-out is taken to have happened; `open_at` itself when nothing is credited.

    Flexible hours and free days have no end of the day to go by: they close some hours after the clock-in.
    """
    if policy.missing_out_closes == "NONE":
        return open_at
    after = open_at + timedelta(minutes=policy.closes_after_minutes)
    ends_at = expected.ends_at
    if ends_at is None or expected.mode is HoursMode.FLEXIBLE:
        return after if ends_at is None else max(open_at, min(after, ends_at))
    if policy.missing_out_closes == "AFTER":
        return max(open_at, min(after, ends_at))
    if policy.missing_out_closes == "AT":
        return max(open_at, expected.at(policy.closes_at_minute))
    return max(open_at, ends_at)


def derive_pairs(
    policy: HoursPolicy, expected: ExpectedDay, punches: Sequence[Punch], *, is_over: bool = True
) -> Presence:
    """Read the presses of one duty day as presence.

    While the day is not over an in-press without an out-press stays open and is worth nothing yet; afterwards it is
    closed at the time the policy names and marked. A repeated in while inside, or out while outside, makes no minute.
    """
    if not punches:
        return Presence()
    presses = _presses(policy, punches)
    walk = _Walk(policy, expected)
    for direction, press in _settled(policy, expected, presses):
        if direction is Direction.IN:
            walk.come(press)
        else:
            walk.go(press)
    closed = False
    if walk.open_at is not None and is_over:
        until = _closing_time(policy, expected, walk.open_at)
        closed = until > walk.open_at
        if closed:
            walk.pairs.append(Pair(walk.open_at, until, closed=True))
    repeats = sum(p.reads - 1 for p in presses)
    return Presence(
        pairs=tuple(walk.pairs),
        first_in_at=walk.first_in,
        last_out_at=walk.last_out,
        unpaired_in_at=walk.open_at,
        open_since=None if is_over else walk.open_at,
        missing_in=walk.missing_in,
        missing_out=is_over and walk.open_at is not None,
        auto_closed=closed,
        repeats=repeats,
        steps=_steps(policy, punches, repeats, walk, closed),
    )


def _steps(policy: HoursPolicy, punches: Sequence[Punch], repeats: int, walk: _Walk, closed: bool) -> tuple[Step, ...]:
    steps = [Step("presses", {"count": len(punches)})]
    if repeats:
        steps.append(Step("debounced", {"count": repeats, "seconds": policy.debounce_seconds}))
    if walk.missing_in:
        steps.append(Step("missing_in", {"rule": policy.missing_in_opens}))
    if closed:
        steps.append(Step("auto_closed", {"at": walk.pairs[-1].ends_at.isoformat(), "rule": policy.missing_out_closes}))
    return tuple(steps)
