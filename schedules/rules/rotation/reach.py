"""How many free days one person can have at most, by the own run and week rules alone.

The flow knows no runs. These two upper limits, one per week and one per period, fit into its network and
are valid for every plan, so they make its bound truer and its answer closer to a plan, most of all when
only one or two home days in a row are allowed.
"""

from __future__ import annotations

from collections.abc import Iterable

from .board import PLENTY, Board

Key = tuple[int, int, int, int, tuple[int, ...]]


def tighten(board: Board) -> None:
    """Lower `week_room` and `period_room` to what the run rule leaves."""
    known: dict[Key, tuple[list[int], int]] = {}
    for person in board.people:
        if not board.open[person] or not _may_bind(board, person):
            continue
        first = board.problem.people[person].run_before
        rooms = tuple(board.week_room[person])
        key = (board.open[person], board.present[person], board.fixed[person], first, rooms)
        if key not in known:
            known[key] = _limits(board, person, first, rooms)
        board.week_room[person] = list(known[key][0])
        board.period_room[person] = min(board.period_room[person], known[key][1])


def _may_bind(board: Board, person: int) -> bool:
    """Whether the run rule can lower a limit: not if weeks already hold less than the runs would."""
    limit = board.run_limit[person]
    if not limit:
        return False
    days = (board.present[person] & ~board.past).bit_count()
    if sum(board.week_room[person]) > days - days // (limit + 1):
        return True
    return any(room > limit for room in board.week_room[person])


def _limits(board: Board, person: int, before: int, rooms: tuple[int, ...]) -> tuple[list[int], int]:
    weeks = [
        min(room, _most(board, person, mask, 0, (PLENTY,) * len(rooms))) if room else 0
        for room, mask in zip(rooms, board.week_masks, strict=True)
    ]
    whole = (1 << len(board.days)) - 1
    return weeks, _most(board, person, whole, before, tuple(weeks))


def _most(board: Board, person: int, days: int, before: int, rooms: tuple[int, ...]) -> int:
    """The most free days among `days` by dynamic programming.

    A state is (home days in a row so far, whether a chosen one is among them, chosen in this week). A row
    of home days may only be longer than the limit if nobody chose any of it.
    """
    limit, week_at = board.run_limit[person], -1
    states = {(min(before, limit + 1), False, 0): 0}
    for day in range(len(board.days)):
        bit = 1 << day
        if not days & board.present[person] & bit:
            continue
        if board.week[day] != week_at:
            week_at = board.week[day]
            states = _best((run, chosen, 0, value) for (run, chosen, _), value in states.items())
        if board.fixed[person] & bit:
            states = _best(
                (min(run + 1, limit + 1), chosen, used, value)
                for (run, chosen, used), value in states.items()
                if not (chosen and run >= limit)
            )
            continue
        steps = [(0, False, used, value) for (_, _, used), value in states.items()]
        if board.open[person] & bit:
            steps += [
                (run + 1, True, used + 1, value + 1)
                for (run, _, used), value in states.items()
                if run < limit and used < rooms[week_at]
            ]
        states = _best(steps)
    return max(states.values(), default=0)


def _best(steps: Iterable[tuple[int, bool, int, int]]) -> dict[tuple[int, bool, int], int]:
    """The best value of each state."""
    states: dict[tuple[int, bool, int], int] = {}
    for run, chosen, used, value in steps:
        key = (run, chosen, used)
        if states.get(key, -1) < value:
            states[key] = value
    return states
