"""Make a plan: lay what is fixed, then greedy template, fair flow, repair, exchanges, polish.

The method and what it must reach are in rotation.md; the steps are counted, never timed, so that the
same problem and seed give the same rows in every process.
"""

from __future__ import annotations

from collections.abc import Callable

from .board import Board, bits
from .explain import conflicts_of
from .findings import Code, Conflict, Plan
from .flow import FlowFailed, Forest, Question, fair_flow, forest_of, most_days, question
from .greedy import base_balances, estimated_rate, greedy
from .layers import lay, makes_long_run
from .metrics import Bound, measure
from .model import Budget, HomeCell, Layer, PersonKind, Problem
from .polish import polish
from .repair import even_identical, fill, level
from .state import State
from .validate import require_readable

OnStep = Callable[[str, int, int], None]
STAGES = ("layers", "template", "flow", "repair", "exchange", "polish", "report")


def solve(problem: Problem, *, budget: Budget | None = None, on_step: OnStep | None = None) -> Plan:
    """The plan of a problem; with conflicts, the best there is, flagged by them.

    `on_step(stage, done, total)` is told before each stage and may raise to give up. Raises ProblemError
    if `validate` finds anything that blocks.
    """
    require_readable(problem)
    return _Run(lay(problem.canonical()), budget or Budget(), on_step).plan()


class _Run:
    """One run over one board."""

    def __init__(self, board: Board, budget: Budget, on_step: OnStep | None) -> None:
        self.board, self.budget, self.on_step = board, budget, on_step
        self.rate = (0, 1)
        self.base: list[int] = []
        self.bound: Bound | None = None
        self.method = "greedy"

    def _tell(self, stage: str) -> None:
        if self.on_step is not None:
            self.on_step(stage, STAGES.index(stage), len(STAGES))

    def plan(self) -> Plan:
        self._tell("template")
        state = self._template()
        if self.budget.flow_rounds or self.budget.with_bound:
            try:
                state = self._with_flow(state)
            except FlowFailed:
                self.method = "greedy"
        self._tell("exchange")
        self._improve(state)
        self._tell("report")
        return assemble(self.board, state.home, self.base, self.rate, self.bound, self.method)

    def _template(self) -> State:
        board = self.board
        self.rate = estimated_rate(board)
        self.base = base_balances(board, *self.rate)
        state = State(board, self.base)
        greedy(board, state, self.rate)
        return state

    def _with_flow(self, template: State) -> State:
        """The exact rate and bound; the flow near the template unless the budget only asks for the bound."""
        board = self.board
        self._tell("flow")
        forest = forest_of(board)
        keep = _previous(board) if board.problem.replan_from is not None else template.home
        ask = question(board, keep)
        reach = most_days(board, forest, ask)
        self.rate = (reach + sum(board.given), max(1, sum(board.shares)))
        self.base = base_balances(board, *self.rate)
        template.base = self.base
        ask.base = self.base
        masks = fair_flow(board, forest, ask)
        self.bound = Bound(days=reach, counts=[mask.bit_count() for mask in masks])
        if not self.budget.flow_rounds:
            return template
        self.method = "hybrid"
        masks = self._close_runs(forest, ask, masks, keep)
        self._tell("repair")
        state = State(board, self.base)
        _load_without_runs(state, masks, keep)
        return state

    def _close_runs(self, forest: Forest, ask: Question, masks: list[int], keep: list[int]) -> list[int]:
        """Close one cell of each broken run and solve again, as often as the budget allows."""
        for _ in range(self.budget.flow_rounds - 1):
            closing = cells_to_close(self.board, masks, keep)
            if not closing:
                break
            for person, day in closing:
                ask.open[person] &= ~(1 << day)
            ask.keep = masks
            masks = fair_flow(self.board, forest, ask)
        return masks

    def _improve(self, state: State) -> None:
        board, budget = self.board, self.budget
        targets = None if self.bound is None or self.method != "hybrid" else self.bound.counts
        fill(board, state)
        if budget.exchange_passes:
            level(board, state, passes=budget.exchange_passes, expansions=budget.expansions, targets=targets)
            even_identical(board, state)
        self._tell("polish")
        if budget.polish_passes:
            polish(board, state, passes=budget.polish_passes)


def _previous(board: Board) -> list[int]:
    """The open cells of the plan in force: planning the rest anew still stays as near to it as fairness allows."""
    masks = [0] * len(board.ids)
    for person, day in board.problem.previous:
        if person in board.index_of:
            masks[board.index_of[person]] |= 1 << board.day_index[day]
    return [mask & cells for mask, cells in zip(masks, board.open, strict=True)]


def cells_to_close(board: Board, masks: list[int], template: list[int]) -> list[tuple[int, int]]:
    """One free cell per home run that is too long: outside the template if possible, else its middle."""
    closing = []
    for person, mask in enumerate(masks):
        limit = board.run_limit[person]
        if not limit or not mask:
            continue
        places = board.places[person]
        run_mask = board.run_mask[person]
        for day in bits(mask):
            run_mask |= 1 << places[day]
        bad = [day for day in bits(mask) if makes_long_run(run_mask, places[day], limit)]
        while bad:
            day = _worst(bad, template[person])
            closing.append((person, day))
            run_mask &= ~(1 << places[day])
            bad = [other for other in bad if other != day and makes_long_run(run_mask, places[other], limit)]
    return closing


def _worst(bad: list[int], keep: int) -> int:
    middle = bad[len(bad) // 2]
    return min(bad, key=lambda day: (keep >> day & 1, abs(day - middle), day))


def _load_without_runs(state: State, masks: list[int], template: list[int]) -> None:
    """Load what the flow chose, template cells first, leaving out what breaks runs or crossing groups."""
    both = [mask & template[person] for person, mask in enumerate(masks)]
    state.load(both)
    state.load([mask & ~template[person] for person, mask in enumerate(masks)])


def assemble(
    board: Board,
    home: list[int],
    base: list[int],
    rate: tuple[int, int],
    bound: Bound | None,
    method: str,
    conflicts: list[Conflict] | None = None,
) -> Plan:
    """The plan of free home days on a board."""
    found = conflicts_of(board) if conflicts is None else conflicts
    found = found + _missed_guarantees(board, home, {conflict.person for conflict in found})
    rows, layers = home_rows(board, home)
    return Plan(
        rows=rows,
        layers=layers,
        overruns=tuple(board.overruns),
        revocations=tuple(board.revocations),
        conflicts=tuple(found),
        relaxed=tuple(conflict.key for conflict in found if conflict.unit is not None or conflict.group is not None),
        metrics=measure(board, base, home, rate, bound),
        box9_phases=tuple(sorted(board.phases.items())),
        fingerprint=board.problem.fingerprint(),
        method=method,
    )


def home_rows(board: Board, home: list[int]) -> tuple[tuple[HomeCell, ...], tuple[Layer, ...]]:
    """All home cells in order, with the layer of each."""
    rows: list[HomeCell] = []
    layers: list[Layer] = []
    for person in board.people:
        for day in bits(home[person] | board.fixed[person]):
            rows.append((board.ids[person], board.days[day]))
            layers.append(board.layer.get((person, day), Layer.FREE))
    return tuple(rows), tuple(layers)


def _missed_guarantees(board: Board, home: list[int], known: set[int | None]) -> list[Conflict]:
    """People below the guarantee although the flow had room: the run rule or crossing groups stood in the way."""
    least = board.problem.rules.guaranteed_min
    missed = []
    for person in board.people if least else ():
        days = (home[person] | board.fixed[person]).bit_count()
        number = board.ids[person]
        if board.kind(person) is PersonKind.REGULAR and days < least and number not in known:
            missed.append(
                Conflict(
                    code=Code.GUARANTEE,
                    message=f"Person {number}: {least} home days are guaranteed, {days} were found.",
                    need=least,
                    possible=days,
                    person=number,
                )
            )
    return missed


__all__ = ["OnStep", "assemble", "cells_to_close", "home_rows", "solve"]
