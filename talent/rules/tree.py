"""Combining readings into one axis: values upwards, contributions downwards, all exact.

Every node stands as a share of its own scale: `part` is what its present leaves give, `cover` the share
of its weight they carry. Missing weight is never counted as zero: the value of a node is part / cover.
A leaf's contribution is axis scale / cover of the axis, times its factors on the way down, times its own share,
so contributions add up to the axis exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from talent.rules.numbers import ONE, ZERO
from talent.rules.profile import BEST, MEAN, SUM, Group, Indicator, Node
from talent.rules.reading import NOTHING, Reading


@dataclass(slots=True)
class Weighed:
    """One node after combining. `share` nominal share of the parent; `factor` what it counts there now."""

    node: Node
    reading: Reading | None
    part: Fraction
    cover: Fraction
    known: Fraction
    children: tuple[Weighed, ...] = ()
    shares: tuple[Fraction, ...] = ()
    factors: tuple[Fraction, ...] = field(default=())


def shares_of(group: Group) -> tuple[Fraction, ...]:
    """The nominal share of each child: of the group's full value it can give that much (a sum group may exceed 1)."""
    count = len(group.children)
    if group.combine == MEAN:
        return (Fraction(1, count),) * count
    if group.combine == BEST:
        return (ONE,) * count
    if group.combine == SUM:
        return tuple(child.scale / group.scale for child in group.children)
    return tuple((child.weight or ZERO) / group.total for child in group.children)


def weigh(node: Node, readings: Mapping[str, Reading], stretch: str) -> Weighed:
    """Combine the readings below `node`. A group scored by its source is taken as it is."""
    reading = readings.get(node.key)
    if isinstance(node, Indicator):
        reading = reading or NOTHING
        if reading.mapped is None:
            return Weighed(node, reading, ZERO, ZERO, ZERO)
        return Weighed(node, reading, reading.mapped / node.scale, ONE, ONE)
    if reading is not None and reading.mapped is not None:
        return Weighed(node, reading, reading.mapped / node.scale, ONE, ONE)
    children = tuple(weigh(child, readings, stretch) for child in node.children)
    if node.combine == BEST:
        return _best_of(node, children)
    return _sum_of(node, children, stretch)


def _best_of(group: Group, children: tuple[Weighed, ...]) -> Weighed:
    shares = shares_of(group)
    present = [child for child in children if child.cover]
    if not present:
        return Weighed(group, None, ZERO, ZERO, ZERO, children, shares, (ZERO,) * len(children))
    best = max(present, key=lambda child: child.part / child.cover)
    factors = tuple(ONE / child.cover if child is best else ZERO for child in children)
    return Weighed(group, None, best.part / best.cover, ONE, ONE, children, shares, factors)


def _sum_of(group: Group, children: tuple[Weighed, ...], stretch: str) -> Weighed:
    shares = shares_of(group)
    whole = sum(shares, ZERO)
    part = sum((share * child.part for share, child in zip(shares, children, strict=True)), ZERO)
    cover = sum((share * child.cover for share, child in zip(shares, children, strict=True)), ZERO) / whole
    known = sum((share * child.known for share, child in zip(shares, children, strict=True)), ZERO) / whole
    scale = ONE
    if stretch == "GROUP" and cover:
        scale, cover = ONE / cover, ONE
    if group.combine == SUM and part * scale > cover:
        scale = cover / part
    factors = tuple(share * scale for share in shares)
    return Weighed(group, None, part * scale, cover, known, children, shares, factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """One node as it counted.

    `weight` is what it can give on the axis by the profile, `applied` what it can give after missing weight
    was spread, `contribution` what it gave. `value` is the node's own value on its scale.
    """

    key: str
    depth: int
    is_group: bool
    reading: Reading
    value: Fraction | None
    weight: Fraction
    applied: Fraction
    contribution: Fraction


def lay_out(root: Weighed, axis_scale: Fraction) -> list[NodeResult]:
    """Every node with its weight and contribution, parents before children, in the profile's order."""
    rows: list[NodeResult] = []
    start = axis_scale / root.cover if root.cover else ZERO
    _lay_out(root, 0, axis_scale, start, rows)
    return rows


def _lay_out(weighed: Weighed, depth: int, weight: Fraction, applied: Fraction, rows: list[NodeResult]) -> None:
    node = weighed.node
    rows.append(
        NodeResult(
            key=node.key,
            depth=depth,
            is_group=isinstance(node, Group),
            reading=weighed.reading or Reading(),
            value=weighed.part / weighed.cover * node.scale if weighed.cover else None,
            weight=weight,
            applied=applied * weighed.cover,
            contribution=applied * weighed.part,
        )
    )
    for child, share, factor in zip(weighed.children, weighed.shares, weighed.factors, strict=True):
        _lay_out(child, depth + 1, weight * share, applied * factor, rows)
