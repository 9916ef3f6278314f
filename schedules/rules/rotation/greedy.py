"""The greedy plan: day by day, whoever lags most goes home first. Always answers, feasible by construction.

It is the template the flow stays near, the fallback when there is no time for the flow, and the floor
every other method is measured against: O(people x days x (log people + depth of the tree)).
"""

from __future__ import annotations

from .board import Board
from .state import State, ranks

WEEKDAY_WEIGHT = 400  # thousandths of a day per earlier home day on the same weekday
WISH_WEIGHT = 150


def estimated_rate(board: Board) -> tuple[int, int]:
    """An upper bound on home days per open day as a fraction, from the rooms of the rows alone."""
    total = 0
    order = board.bottom_up()
    parent_of = _unit_parents(board)
    for day in range(len(board.days)):
        reach = [0] * len(board.rows)
        for person in board.people:
            if board.open[person] >> day & 1:
                reach[board.chains[person][0]] += 1
        for row in order:
            if board.rows[row].unit is None:
                continue
            reach[row] = min(reach[row], board.room[row][day])
            if parent_of[row] >= 0:
                reach[parent_of[row]] += reach[row]
            else:
                total += reach[row]
    by_people = sum(min(sum(rooms), mask.bit_count()) for rooms, mask in zip(board.week_room, board.open, strict=True))
    return min(total, by_people) + sum(board.given), max(1, sum(board.shares))


def _unit_parents(board: Board) -> list[int]:
    parents = [-1] * len(board.rows)
    for unit in board.problem.units:
        if unit.parent is not None:
            parents[board.unit_row[unit.id]] = board.unit_row[unit.parent]
    return parents


def base_balances(board: Board, days: int, shares: int) -> list[int]:
    """Balance of everybody before the first free day, at the rate `days` / `shares`; thousandths."""
    return [
        board.carry[person] + 1000 * board.given[person] - (1000 * days * board.shares[person] + shares // 2) // shares
        for person in board.people
    ]


def greedy(board: Board, state: State, rate: tuple[int, int]) -> None:
    """Fill an empty state. Order of a day: lag, weekdays already had, wishes, then a turning tie-break."""
    per_day = 1000 * rate[0] // rate[1]
    count = len(board.ids)
    rank = ranks(board)
    lag = [
        board.carry[p] + 1000 * board.given[p] - per_day * (board.shares[p] - board.open[p].bit_count())
        for p in board.people
    ]
    had = [[0] * 7 for _ in board.people]
    wish = _wishes(board)
    for day in range(len(board.days)):
        weekday, bit = board.weekday[day], 1 << day
        turn = day * 7919
        line = []
        for person in board.people:
            if board.open[person] & bit:
                lag[person] -= per_day
                key = lag[person] + WEEKDAY_WEIGHT * had[person][weekday] - wish[person].get(day, 0)
                line.append((key, (rank[person] + turn) % count, person))
        line.sort()
        for _, _, person in line:
            if state.has_room(person, day) and state.suits(person, day):
                state.add(person, day)
                lag[person] += 1000
                had[person][weekday] += 1


def _wishes(board: Board) -> list[dict[int, int]]:
    """Day -> weight of the wish, positive for preferred days."""
    wishes = []
    for person in board.problem.people:
        weights = {board.day_index[day]: -WISH_WEIGHT for day in person.avoid if day in board.day_index}
        weights |= {board.day_index[day]: WISH_WEIGHT for day in person.prefer if day in board.day_index}
        wishes.append(weights)
    return wishes
