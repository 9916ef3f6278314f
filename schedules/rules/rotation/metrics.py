"""The figures of a plan, as rotation.md §5 asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .board import Board
from .findings import Metrics, Standing
from .greedy import base_balances
from .layers import lay
from .model import HomeCell, Person, PersonKind, Problem
from .polish import peer_classes
from .repair import identical_classes


@dataclass(frozen=True, slots=True)
class Bound:
    """The flow relaxation: the most free days, and the days per person of its fairest distribution."""

    days: int
    counts: list[int]


def measure(board: Board, base: list[int], home: list[int], rate: tuple[int, int], bound: Bound | None) -> Metrics:
    """All figures of free home days `home`; `base` are the balances without them, in thousandths."""
    who = [person for person in board.people if board.open[person]]
    counts = [mask.bit_count() for mask in home]
    free = sum(counts)
    balances = [(base[p] + 1000 * counts[p]) / 1000 for p in who]
    square = sum(value * value for value in balances)
    lowest = min(balances, default=0.0)
    ideal = None if bound is None else [(base[p] + 1000 * bound.counts[p]) / 1000 for p in who]
    square_bound = None if ideal is None else sum(value * value for value in ideal)
    low_bound = None if ideal is None else min(ideal, default=0.0)
    identical = _identical_spreads(board, counts)
    weekdays = _weekday_spreads(board, home)
    return Metrics(
        free_days=free,
        open_days=sum(mask.bit_count() for mask in board.open),
        rate=rate[0] / rate[1],
        bound_days=None if bound is None else bound.days,
        utilisation=None if bound is None else (free / bound.days if bound.days else 1.0),
        square_sum=square,
        square_bound=square_bound,
        square_ratio=None if square_bound is None else _ratio(square, square_bound),
        min_balance=lowest,
        min_bound=low_bound,
        min_gap=None if low_bound is None else max(0.0, low_bound - lowest),
        identical_spread=max(identical, default=0),
        identical_over=sum(spread > 1 for spread in identical),
        identical_classes=len(identical),
        peer_spread=_peer_spread(board, base, counts),
        peer_bound=None if bound is None else _peer_spread(board, base, bound.counts),
        weekday_mean=sum(weekdays) / len(weekdays) if weekdays else 0.0,
        weekday_max=max(weekdays, default=0),
        preferred=_preferred(board, home),
    )


def metrics_of(problem: Problem, rows: Iterable[HomeCell]) -> Metrics:
    """The figures of any set of home cells, also one changed by hand; without a bound to compare with."""
    board = lay(problem.canonical())
    home, base, rate = _read(board, rows)
    return measure(board, base, home, rate, None)


def standings(problem: Problem, rows: Iterable[HomeCell]) -> dict[int, Standing]:
    """Where every regular person stands, by id."""
    board = lay(problem.canonical())
    home, base, _ = _read(board, rows)
    found: dict[int, Standing] = {}
    classes: dict[tuple[int, ...], list[int]] = {}
    for person in board.people:
        if board.kind(person) is PersonKind.REGULAR:
            classes.setdefault(board.chains[person], []).append(person)
    for members in classes.values():
        balances = {p: base[p] + 1000 * home[p].bit_count() for p in members}
        mean = sum(balances.values()) / len(members)
        for person in members:
            found[board.ids[person]] = Standing(
                person=board.ids[person],
                home_days=home[person].bit_count() + board.given[person],
                fair_days=board.shares[person],
                carry=board.carry[person] / 1000,
                balance=balances[person] / 1000,
                against_peers=round(balances[person] - mean) / 1000,
            )
    return dict(sorted(found.items()))


def _read(board: Board, rows: Iterable[HomeCell]) -> tuple[list[int], list[int], tuple[int, int]]:
    """Free home days, balances without them, and the rate that these rows reach."""
    home = [0] * len(board.ids)
    for person, day in rows:
        if person in board.index_of and day in board.day_index:
            home[board.index_of[person]] |= 1 << board.day_index[day]
    home = [mask & cells for mask, cells in zip(home, board.open, strict=True)]
    rate = sum(mask.bit_count() for mask in home) + sum(board.given), max(1, sum(board.shares))
    return home, base_balances(board, *rate), rate


def _ratio(value: float, bound: float) -> float:
    if bound > 0:
        return value / bound
    return 1.0 if value == 0 else float("inf")


def _identical_spreads(board: Board, counts: list[int]) -> list[int]:
    return [max(counts[p] for p in members) - min(counts[p] for p in members) for members in identical_classes(board)]


def _peer_spread(board: Board, base: list[int], counts: list[int]) -> float:
    spreads = []
    for members in peer_classes(board):
        if len(members) > 1:
            values = [base[p] + 1000 * counts[p] for p in members]
            spreads.append((max(values) - min(values)) / 1000)
    return sum(spreads) / len(spreads) if spreads else 0.0


def _weekday_spreads(board: Board, home: list[int]) -> list[int]:
    """Per peer class and weekday, among those with equally many open days on it: most minus fewest."""
    masks = [0] * 7
    for day, weekday in enumerate(board.weekday):
        masks[weekday] |= 1 << day
    spreads: list[int] = []
    for members in peer_classes(board):
        for mask in masks:
            by_open: dict[int, list[int]] = {}
            for person in members:
                able = (board.open[person] & mask).bit_count()
                if able:
                    by_open.setdefault(able, []).append((home[person] & mask).bit_count())
            spreads.extend(max(values) - min(values) for values in by_open.values() if len(values) > 1)
    return spreads


def _preferred(board: Board, home: list[int]) -> float:
    """Home days on preferred days over those that could have been, of people who named some."""
    met = possible = 0
    for person in board.people:
        who: Person = board.problem.people[person]
        liked = sum(1 << board.day_index[day] for day in who.prefer if day in board.day_index) & board.open[person]
        if liked:
            met += (home[person] & liked).bit_count()
            possible += min(home[person].bit_count(), liked.bit_count())
    return met / possible if possible else 1.0
