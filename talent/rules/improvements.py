"""What would move a person: the smallest better values, found by scoring again with the same engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from talent.rules.facts import Facts
from talent.rules.grid import LEVELS, box_of
from talent.rules.mapping import raw_for, reachable
from talent.rules.numbers import ZERO
from talent.rules.profile import Cuts, Indicator, Profile, Quota
from talent.rules.reading import MAPPED, Reading
from talent.rules.scoring import AxisResult, Readings, Scorer, scorer_of

MOST_PAIRS_FROM = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One better value of one indicator: the raw value to reach, its points and its gain on the axis (exact)."""

    key: str
    raw: str
    mapped: Fraction
    gain: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step, or two together, that lift an axis into another category."""

    axis: str
    steps: tuple[Step, ...]
    value: Decimal | None
    category: str
    box: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """`next_steps`: the next better value of each indicator.

    `moves`: single steps that change the category, smallest gain first. `pairs`: two steps that do it together
    where neither does alone, smallest gain first.
    """

    next_steps: dict[str, Step]
    moves: tuple[Move, ...] = ()
    pairs: tuple[Move, ...] = ()


def outlook(profile: Profile, facts: Facts) -> dict[str, Outlook]:
    """What would move the person, per axis. A quota depends on others, so nothing is promised there."""
    scorer = scorer_of(profile)
    by_key = facts.by_key()
    readings = {name: scorer.readings(name, by_key, facts) for name in ("y", "x")}
    results = {name: scorer.axis_result(name, readings[name]) for name in ("y", "x")}
    return {
        "y": _outlook_of(scorer, "y", readings["y"], results["y"], results["x"].category),
        "x": _outlook_of(scorer, "x", readings["x"], results["x"], results["y"].category),
    }


def _outlook_of(scorer: Scorer, name: str, readings: Readings, result: AxisResult, other: str) -> Outlook:
    axis = scorer.profile.axis(name)
    if result.exact is None:
        return Outlook(next_steps={})
    ladders = {leaf.key: _ladder(scorer, name, readings, result, leaf) for leaf in scorer.leaves[name] if leaf.is_goal}
    ladders = {key: steps for key, steps in ladders.items() if steps}
    firsts = {key: steps[0] for key, steps in ladders.items()}
    if isinstance(axis.category, Quota) or not result.category or result.category == LEVELS[name][-1]:
        return Outlook(next_steps=firsts)
    trial = _Trial(scorer, name, readings, result, other)
    moves = [move for steps in ladders.values() if (move := trial.first_that_moves(steps))]
    return Outlook(
        next_steps=firsts, moves=tuple(sorted(moves, key=_cost)), pairs=tuple(sorted(trial.pairs(ladders), key=_cost))
    )


def _cost(move: Move) -> tuple:
    return sum((step.gain for step in move.steps), ZERO), [step.key for step in move.steps]


@dataclass(frozen=True, slots=True)
class _Trial:
    """One axis tried with other values."""

    scorer: Scorer
    name: str
    readings: Readings
    result: AxisResult
    other: str

    def with_steps(self, steps: Iterable[Step]) -> Move | None:
        steps = tuple(steps)
        tried = self.scorer.axis_result(self.name, _replaced(self.readings, steps))
        levels = LEVELS[self.name]
        if tried.category not in levels or levels.index(tried.category) <= levels.index(self.result.category):
            return None
        pair = (tried.category, self.other) if self.name == "y" else (self.other, tried.category)
        box = box_of(*pair) if self.other else None
        return Move(axis=self.name, steps=steps, value=tried.value, category=tried.category, box=box)

    def first_that_moves(self, steps: list[Step]) -> Move | None:
        return next((move for step in steps if (move := self.with_steps([step]))), None)

    def pairs(self, ladders: dict[str, list[Step]]) -> list[Move]:
        """The cheapest pair for each two indicators that lift the axis together though neither does alone."""
        small = {key: [step for step in steps if not self.with_steps([step])] for key, steps in ladders.items()}
        keys = sorted((key for key in small if small[key]), key=lambda key: -small[key][-1].gain)[:MOST_PAIRS_FROM]
        keys = [key for key in ladders if key in keys]
        found = (self._cheapest(small[one], small[two]) for one, two in combinations(keys, 2))
        return [move for move in found if move]

    def _cheapest(self, ones: list[Step], twos: list[Step]) -> Move | None:
        if self.with_steps([ones[-1], twos[-1]]) is None:
            return None
        tries = sorted(((one, two) for one in ones for two in twos), key=lambda pair: pair[0].gain + pair[1].gain)
        return next(move for pair in tries if (move := self.with_steps(pair)))


def _replaced(readings: Readings, steps: Iterable[Step]) -> Readings:
    changed = dict(readings)
    for step in steps:
        old = changed[step.key]
        changed[step.key] = replace(old, raw=step.raw, mapped=step.mapped, missing="", how=old.how or MAPPED)
    return changed


def _ladder(scorer: Scorer, name: str, readings: Readings, result: AxisResult, leaf: Indicator) -> list[Step]:
    """Better values of one indicator that raise the axis, smallest first."""
    reading = readings[leaf.key]
    if not any(node.key == leaf.key for node in result.nodes):
        return []
    floor = reading.mapped
    steps, top = reachable(leaf.mapping)
    targets = [points for points in steps if floor is None or points > floor]
    if top is not None and (floor is None or top > floor):
        targets = _targets_on_line(scorer, name, readings, leaf, top)
    made = [_step(scorer, name, readings, result, leaf, reading, points) for points in targets]
    return [step for step in made if step.gain > 0]


def _step(
    scorer: Scorer,
    name: str,
    readings: Readings,
    result: AxisResult,
    leaf: Indicator,
    reading: Reading,
    points: Fraction,
) -> Step:
    bare = Step(key=leaf.key, raw="", mapped=points, gain=ZERO)
    tried = scorer.axis_result(name, _replaced(readings, [bare]))
    raw = raw_for(leaf.mapping, points, reading.standard or None)
    return Step(key=leaf.key, raw=raw, mapped=points, gain=(tried.exact or ZERO) - (result.exact or ZERO))


def _targets_on_line(scorer: Scorer, name: str, readings: Readings, leaf: Indicator, top: Fraction) -> list[Fraction]:
    """On a continuous mapping: the least value (two decimals) that reaches each higher cut, then the top."""
    category = scorer.profile.axis(name).category
    if not isinstance(category, Cuts):
        return [top]
    low, high = (_value_at(scorer, name, readings, leaf, points) for points in (ZERO, top))
    found = []
    if high > low:
        half = Fraction(1, 2 * 10**scorer.profile.rounding)
        for edge in (category.middle, category.high):
            wanted = edge + half if category.strict else edge - half
            points = -(-((wanted - low) / (high - low) * top * 100) // 1) / Fraction(100)
            if (readings[leaf.key].mapped or ZERO) < points < top:
                found.append(points)
    return [*found, top]


def _value_at(scorer: Scorer, name: str, readings: Readings, leaf: Indicator, points: Fraction) -> Fraction:
    step = Step(key=leaf.key, raw="", mapped=points, gain=ZERO)
    return scorer.axis_result(name, _replaced(readings, [step])).exact or ZERO
