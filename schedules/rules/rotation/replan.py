"""Plan the days that are left with as few changes as possible.

The days before `replan_from` are taken over from `previous` and not judged again, but they count for
runs, weeks and balances. What can stay of the previous plan stays: a flow over its own cells keeps the
most. Then only people who lost a day and lie behind their peers get another one, by a free cell if there
is one, else by moving one colleague, and never so that all changes exceed three times the forced ones.
People the previous plan did not know get their share of what is still free.
"""

from __future__ import annotations

from dataclasses import replace

from .board import Board, bits
from .findings import Plan
from .flow import FlowFailed, fair_flow, forest_of, question
from .greedy import base_balances, estimated_rate
from .layers import lay, makes_long_run
from .model import Budget, Problem, ProblemError, ReplanMode
from .polish import peer_classes
from .repair import Exchange
from .solve import OnStep, assemble, solve
from .state import State
from .validate import require_readable

CHANGES_PER_FORCED = 3


def replan(problem: Problem, *, budget: Budget | None = None, on_step: OnStep | None = None) -> Plan:
    """The plan in force, mended; `changes` and `forced_changes` say how much it differs from `previous`.

    Raises ProblemError without `replan_from`, or if `validate` finds anything that blocks.
    """
    if problem.replan_from is None:
        raise ProblemError("replan_from: a re-plan needs the first day that may change.")
    require_readable(problem)
    problem = problem.canonical()
    board = lay(problem)
    before = _before(board)
    kept = _most_kept(board, before)
    forced = _forced(board, before, kept)
    if problem.rules.replan is ReplanMode.FRESH:
        plan = solve(problem, budget=budget, on_step=on_step)
        return _counted(board, plan, before, forced)
    state = State(board, base_balances(board, *estimated_rate(board)))
    state.load(kept)
    spare = CHANGES_PER_FORCED * forced - _changes(board, before, state.home)
    expansions = (budget or Budget()).expansions
    _make_good(board, state, before, spare, expansions)
    _welcome(board, state, expansions)
    rate = _rate(board, state)
    base = base_balances(board, *rate)
    plan = assemble(board, state.home, base, rate, None, "replan")
    return _counted(board, plan, before, forced)


def _rate(board: Board, state: State) -> tuple[int, int]:
    return sum(state.days_of) + sum(board.given), max(1, sum(board.shares))


def _before(board: Board) -> list[int]:
    """The previous home cells from the re-plan on, of whatever layer."""
    masks = [0] * len(board.ids)
    for person, day in board.problem.previous:
        if person in board.index_of:
            masks[board.index_of[person]] |= 1 << board.day_index[day]
    return [mask & ~board.past for mask in masks]


def _most_kept(board: Board, before: list[int]) -> list[int]:
    """The largest part of the previous free cells that rows, weeks and periods still take."""
    ask = question(board)
    ask.open = [mask & cells for mask, cells in zip(board.open, before, strict=True)]
    ask.needs = [0] * len(board.ids)
    ask.base = base_balances(board, *estimated_rate(board))
    try:
        return fair_flow(board, forest_of(board), ask)
    except FlowFailed:
        return ask.open


def _forced(board: Board, before: list[int], kept: list[int]) -> int:
    """A lower bound of the changes: cells that cannot stay, and cells that are fixed at home and were not.

    What cannot stay is the larger of two counts: by rows, weeks and closed cells (the flow), and by each
    person's own days and runs; new leave can join two runs into one that is too long.
    """
    by_rows = by_person = added = 0
    for person in board.people:
        fixed = board.fixed[person] & ~board.past
        added += (fixed & ~before[person]).bit_count()
        by_rows += (before[person] & ~fixed & ~kept[person]).bit_count()
        stays = _without_long_runs(board, person, before[person] & board.open[person])
        by_person += (before[person] & ~fixed & ~stays).bit_count()
    return max(by_rows, by_person) + added


def _without_long_runs(board: Board, person: int, mask: int) -> int:
    """The cells that stay when each run too long loses its fewest days: always the last day that fits no more."""
    limit, run_mask, stays = board.run_limit[person], board.run_mask[person], 0
    for day in bits(mask):
        place = board.places[person][day]
        if not makes_long_run(run_mask | 1 << place, place, limit):
            run_mask |= 1 << place
            stays |= 1 << day
    return stays


def _changes(board: Board, before: list[int], home: list[int]) -> int:
    return sum(
        (before[person] ^ (home[person] | board.fixed[person] & ~board.past)).bit_count() for person in board.people
    )


def _make_good(board: Board, state: State, before: list[int], spare: int, expansions: int) -> None:
    """Give days back to those who lost some and lie behind their peers, within `spare` changes."""
    middle = _middles(board, state)
    least = board.problem.rules.guaranteed_min
    exchange = Exchange(board, state, expansions)
    lost = [p for p in board.people if board.open[p] and before[p] & ~board.fixed[p] & ~state.home[p]]
    for person in sorted(lost, key=lambda p: (state.balance(p) - middle[p], p)):
        missing = (before[person] & ~board.fixed[person] & ~state.home[person]).bit_count()
        for _ in range(missing):
            owed = (state.home[person] | board.fixed[person]).bit_count() < least
            if not owed and state.balance(person) + 500 > middle[person]:
                break
            was = state.snapshot()
            if spare < 1 or not exchange.give_day(person):
                break
            used = sum((one ^ two).bit_count() for one, two in zip(was, state.home, strict=True))
            if used > spare:
                state.restore(was)
                break
            spare -= used


def _welcome(board: Board, state: State, expansions: int) -> None:
    """People the previous plan did not know get their share of what is free, without disturbing anybody."""
    middle = _middles(board, state)
    exchange = Exchange(board, state, expansions)
    known = {person for person, _ in board.problem.previous}
    for person in board.people:
        if board.open[person] and board.ids[person] not in known:
            while state.balance(person) + 500 <= middle[person] and exchange.add_direct(person):
                pass


def _middles(board: Board, state: State) -> list[int]:
    """Mean balance of each person's peers, in thousandths."""
    middle = [0] * len(board.ids)
    for members in peer_classes(board):
        mean = sum(state.balance(p) for p in members) // len(members)
        for person in members:
            middle[person] = mean
    return middle


def _counted(board: Board, plan: Plan, before: list[int], forced: int) -> Plan:
    now = [0] * len(board.ids)
    for person, day in plan.rows:
        now[board.index_of[person]] |= 1 << board.day_index[day]
    changes = sum(((now[p] & ~board.past) ^ before[p]).bit_count() for p in board.people)
    return replace(plan, changes=changes, forced_changes=forced)
