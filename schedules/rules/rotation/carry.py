"""What one period hands to the next: balances against the peers, and runs and weeks that are under way.

The balance is measured against the *peer class* (same unit, same groups), not the whole perangkat daerah:
a service unit can never reach the common rate, and its people would all drift to one end and lose their
order (rotation.md §3). It is written when a period is closed, from what really happened, in thousandths.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from . import box9
from .board import Board
from .layers import fair_days, lay
from .model import HomeCell, PersonKind, Problem, from_thousandths


def close_period(problem: Problem, actual: Iterable[HomeCell]) -> dict[int, Decimal]:
    """New carried balance of every regular person, from the home days that really were.

    new = old + home days - open days x (home days of the peers / open days of the peers), where days of
    leave, mandatory days, days locked at the office and days closed to everybody count on neither side.
    The balances of a class keep their sum, up to rounding.
    """
    board = lay(problem.canonical())
    home = [0] * len(board.ids)
    for person, day in actual:
        if person in board.index_of and day in board.day_index:
            home[board.index_of[person]] |= 1 << board.day_index[day]
    carried: dict[int, Decimal] = {}
    for members in _classes(board):
        had = {p: (home[p] & fair_days(board, p)).bit_count() for p in members}
        able = {p: fair_days(board, p).bit_count() for p in members}
        total, places = sum(had.values()), max(1, sum(able.values()))
        for person in members:
            share = (2000 * total * able[person] + places) // (2 * places)
            carried[board.ids[person]] = from_thousandths(board.carry[person] + 1000 * had[person] - share)
    return dict(sorted(carried.items()))


def _classes(board: Board) -> list[list[int]]:
    classes: dict[tuple[int, ...], list[int]] = {}
    for person in board.people:
        if board.kind(person) is PersonKind.REGULAR:
            classes.setdefault(board.chains[person], []).append(person)
    return list(classes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """What `Person` of the next period needs to know about the days before it."""

    run_before: int
    office_before: int
    home_before: int
    box9_phase: int | None


def run_state(problem: Problem, rows: Iterable[HomeCell], next_day: date) -> dict[int, RunState]:
    """The state of every person on `next_day`, the first working day of the period that follows."""
    problem = problem.canonical()
    board = lay(problem)
    home: dict[int, set[date]] = {number: set() for number in board.ids}
    for number, date_at_home in rows:
        home[number].add(date_at_home)
    monday = next_day - timedelta(days=next_day.weekday())
    states = {}
    for person in problem.people:
        there = [day for day in problem.days if day not in person.absent]
        run = 0
        for day in reversed(there):
            if day not in home[person.id]:
                break
            run += 1
        if run == len(there):
            run += person.run_before
        week = [day for day in there if day >= monday]
        at_home = sum(day in home[person.id] for day in week)
        office = len(week) - at_home
        if problem.days[0] > monday:
            at_home += person.home_before
            office += person.office_before
        phase = board.phases.get(person.id)
        states[person.id] = RunState(
            run_before=run,
            office_before=office,
            home_before=at_home,
            box9_phase=None if phase is None else box9.next_phase(problem.rules.box9, phase, len(problem.days)),
        )
    return states


__all__ = ["RunState", "close_period", "run_state"]
