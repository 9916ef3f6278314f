"""The box-9 reward "three days at the office and three days at home in turn", in its three readings.

Six days do not fit a five-day week, so BKD decides which reading applies (Rules.box9):

ROLLING      O O O H H H over the working days of the perangkat daerah: exactly half of every six, and
             every weekday equally often after six weeks. Six phases.
ALTERNATING  a week of three home days, then a week of two. Ten phases: parity of the week and the
             weekday on which the home days begin. Runs never exceed three in full weeks.
FIXED        two home days on fixed weekdays. Five phases: Thursday-Friday, Friday-Monday, ...

Holidays do not move the rolling cycle, for they are not among `days`; the person's own absences do,
or everybody would drift apart. The other two readings hang on the calendar and need no state.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .model import Box9Mode

PHASES = {Box9Mode.NONE: 1, Box9Mode.ROLLING: 6, Box9Mode.ALTERNATING: 10, Box9Mode.FIXED: 5}


def is_home_day(mode: Box9Mode, phase: int, index: int, day: date) -> bool:
    """Whether the pattern sends the person home on `day`, the `index`-th working day of the period."""
    if mode is Box9Mode.ROLLING:
        return (phase + index) % 6 >= 3
    if mode is Box9Mode.ALTERNATING:
        start, parity = divmod(phase % 10, 2)
        home_days = 3 if (_week_number(day) + parity) % 2 == 0 else 2
        return (day.weekday() - start) % 5 < home_days and day.weekday() < 5
    if mode is Box9Mode.FIXED:
        return (day.weekday() - 3 - phase) % 5 < 2 and day.weekday() < 5
    return False


def _week_number(day: date) -> int:
    """Weeks since year 1, Monday to Sunday; its parity is unbroken across years."""
    return (day.toordinal() - 1) // 7


def home_days(mode: Box9Mode, phase: int, days: Sequence[date]) -> frozenset[date]:
    """The home days of the pattern among the working days of a period."""
    return frozenset(day for index, day in enumerate(days) if is_home_day(mode, phase, index, day))


def next_phase(mode: Box9Mode, phase: int, worked_days: int) -> int:
    """The phase on the first day after a period of `worked_days` working days."""
    if mode is Box9Mode.ROLLING:
        return (phase + worked_days) % 6
    return phase % PHASES[mode]


def longest_run(mode: Box9Mode) -> int:
    """The longest run of home days the pattern holds in full weeks."""
    return {Box9Mode.NONE: 0, Box9Mode.ROLLING: 3, Box9Mode.ALTERNATING: 3, Box9Mode.FIXED: 2}[mode]


def most_per_week(mode: Box9Mode) -> int:
    """The most home days the pattern puts into one five-day week."""
    return {Box9Mode.NONE: 0, Box9Mode.ROLLING: 3, Box9Mode.ALTERNATING: 3, Box9Mode.FIXED: 2}[mode]


def spread_phases(people: Sequence[tuple[int, int, int | None]], mode: Box9Mode) -> dict[int, int]:
    """Phase per person: the given one, else the one least used so far in the unit.

    `people` holds (person, unit, given phase) in canonical order. Counting starts with the given
    phases, and ties go to the phase furthest from those in use (0, 3, 1, 4, 2, 5 for six).
    """
    count = PHASES[mode]
    half = (count + 1) // 2
    order = sorted(range(count), key=lambda phase: (phase % half, phase // half))
    used: dict[int, list[int]] = {}
    phases: dict[int, int] = {}
    for person, unit, given in people:
        used.setdefault(unit, [0] * count)
        if given is not None:
            phases[person] = given % count
            used[unit][given % count] += 1
    for person, unit, given in people:
        if given is None:
            phase = min(order, key=lambda candidate: (used[unit][candidate], order.index(candidate)))
            phases[person] = phase
            used[unit][phase] += 1
    return phases
