"""From a profile and one person's facts to a box, with every point traced to its record.

The same facts always give the same result: no clock, no order of records, no binary fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from talent.rules.facts import Facts, Record
from talent.rules.gates import GateResult, check_gates
from talent.rules.grid import LEVELS, box_of
from talent.rules.numbers import ONE, ZERO, round_half_up
from talent.rules.profile import Axis, ByTable, Cuts, Group, Profile, Quota, indicators, walk
from talent.rules.reading import Reading, read, read_scored
from talent.rules.tree import NodeResult, lay_out, weigh

MANDATORY_MISSING = "MANDATORY_MISSING"
LOW_COVERAGE = "LOW_COVERAGE"
NOTHING_KNOWN = "NOTHING_KNOWN"
NO_CATEGORY = "NO_CATEGORY"
GATE = "GATE"
AWAITS_PEERS = "AWAITS_PEERS"

Readings = dict[str, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason why a person has no box. `key` names the indicator or gate, `detail` what was found."""

    code: str
    axis: str = ""
    key: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisResult:
    """One axis. `exact` is the unrounded value, `value` the one that is compared with the cuts."""

    name: str
    exact: Fraction | None
    value: Decimal | None
    category: str
    coverage: Fraction
    nodes: tuple[NodeResult, ...]
    reasons: tuple[Reason, ...] = ()

    def node(self, key: str) -> NodeResult:
        return next(node for node in self.nodes if node.key == key)

    def leaves(self) -> list[NodeResult]:
        """The nodes that stand for records: indicators, and groups that the source scored as a whole."""
        return [node for node in self.nodes if not node.is_group or node.reading.how]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A person's placement. `box` is None with at least one reason, or a number from 1 to 9 with none.

    `rewarded` is False where a gate of effect NO_REWARD failed: the box stands but earns nothing.
    """

    y: AxisResult
    x: AxisResult
    talent_exact: Fraction | None
    talent: Decimal | None
    box: int | None
    unmapped: tuple[Reason, ...]
    gates: tuple[GateResult, ...]
    rewarded: bool

    def axis(self, name: str) -> AxisResult:
        return self.y if name == "y" else self.x


def score(profile: Profile, facts: Facts) -> Result:
    """Score one person. An axis whose category is a quota stays open (AWAITS_PEERS): use `ranking.score_all`."""
    return scorer_of(profile).score(facts)


@lru_cache(maxsize=16)
def scorer_of(profile: Profile) -> Scorer:
    """The profile prepared for scoring; kept for the next person."""
    return Scorer(profile)


class Scorer:
    """A profile unfolded once: which facts feed which indicators, in which order."""

    def __init__(self, profile: Profile):
        self.profile = profile
        self.leaves = {name: indicators(profile.axis(name).tree) for name in ("y", "x")}
        self.groups = {
            name: [node.key for node, _ in walk(profile.axis(name).tree) if isinstance(node, Group)]
            for name in ("y", "x")
        }

    def score(self, facts: Facts) -> Result:
        by_key = facts.by_key()
        gates = check_gates(self.profile.gates, by_key, facts.reckoning_on)
        y = self.axis_result("y", self.readings("y", by_key, facts))
        x = self.axis_result("x", self.readings("x", by_key, facts))
        return assemble(self.profile, y, x, gates)

    def readings(self, name: str, by_key: Mapping[str, Sequence[Record]], facts: Facts) -> Readings:
        """What every indicator of one axis says, and what its source scored as a whole group."""
        found: Readings = {
            leaf.key: read(leaf, by_key.get(leaf.source.fact, ()), facts.reckoning_on) for leaf in self.leaves[name]
        }
        for key in self.groups[name]:
            scored = [r for r in by_key.get(key, ()) if r.scored is not None and r.on <= facts.reckoning_on]
            if scored:
                found[key] = read_scored(scored[-1])
        return found

    def axis_result(self, name: str, readings: Readings) -> AxisResult:
        """One axis from its readings: value, category, nodes, and what keeps it from counting."""
        axis = self.profile.axis(name)
        root = weigh(axis.tree, readings, axis.stretch)
        nodes = tuple(lay_out(root, axis.scale))
        reasons = self._gaps(name, readings, root.known)
        value = round_half_up(root.part / root.cover * axis.scale, self.profile.rounding) if root.cover else None
        category = "" if value is None else category_of(axis, name, value, readings)
        if value is not None and not category and not reasons:
            code = AWAITS_PEERS if isinstance(axis.category, Quota) else NO_CATEGORY
            reasons = (Reason(code=code, axis=name),)
        return AxisResult(
            name=name,
            exact=root.part / root.cover * axis.scale if root.cover else None,
            value=value,
            category=category,
            coverage=root.known,
            nodes=nodes,
            reasons=reasons,
        )

    def _gaps(self, name: str, readings: Readings, coverage: Fraction) -> tuple[Reason, ...]:
        axis = self.profile.axis(name)
        covered = _scored_below(axis.tree, readings)
        found = [
            Reason(code=MANDATORY_MISSING, axis=name, key=leaf.key, detail=readings[leaf.key].missing)
            for leaf in self.leaves[name]
            if leaf.mandatory and readings[leaf.key].mapped is None and leaf.key not in covered
        ]
        if coverage == ZERO:
            found.append(Reason(code=NOTHING_KNOWN, axis=name))
        elif coverage < axis.min_coverage:
            found.append(Reason(code=LOW_COVERAGE, axis=name, detail=str(round_half_up(coverage * 100, 0))))
        return tuple(found)


def _scored_below(tree: Group, readings: Readings) -> set[str]:
    """Indicators that stand below a group which its source scored as a whole."""
    groups = [node for node, _ in walk(tree) if isinstance(node, Group)]
    scored = [group for group in groups if group.key in readings and readings[group.key].mapped is not None]
    return {leaf.key for group in scored for leaf in indicators(group)}


def category_of(axis: Axis, name: str, value: Decimal, readings: Readings) -> str:
    """The category of a rounded value; "" where it hangs on peers or on an unknown predikat."""
    if isinstance(axis.category, Cuts):
        return cut(axis.category, name, value)
    if isinstance(axis.category, ByTable):
        reading = readings.get(axis.category.indicator)
        return dict(axis.category.entries).get(reading.raw, "") if reading else ""
    return ""


def cut(cuts: Cuts, name: str, value: Decimal | None) -> str:
    """The category of `value`: an edge belongs to the higher category, or with `strict` to the lower; "" of nothing."""
    if value is None:
        return ""
    number = Fraction(value)
    above = (lambda edge: number > edge) if cuts.strict else (lambda edge: number >= edge)
    low, middle, high = LEVELS[name]
    return high if above(cuts.high) else middle if above(cuts.middle) else low


def assemble(profile: Profile, y: AxisResult, x: AxisResult, gates: Iterable[GateResult]) -> Result:
    """Two axes and the gates become a placement."""
    gates = tuple(gates)
    shut = tuple(
        Reason(code=GATE, key=gate.key, detail=gate.raw or gate.missing)
        for gate in gates
        if not gate.passed and gate.effect == "UNMAPPED"
    )
    reasons = shut + y.reasons + x.reasons
    talent = talent_of(profile, y.exact, x.exact)
    return Result(
        y=y,
        x=x,
        talent_exact=talent,
        talent=None if talent is None else round_half_up(talent, profile.rounding),
        box=None if reasons else box_of(y.category, x.category),
        unmapped=reasons,
        gates=gates,
        rewarded=not reasons and all(gate.passed for gate in gates),
    )


def talent_of(profile: Profile, y: Fraction | None, x: Fraction | None) -> Fraction | None:
    """The talent value from the unrounded axes; of 100 where the axes have different scales."""
    if y is None or x is None:
        return None
    times = ONE if profile.y.scale == profile.x.scale else Fraction(100)
    parts = (y, x) if times == ONE else (y / profile.y.scale * times, x / profile.x.scale * times)
    return profile.talent_y * parts[0] + profile.talent_x * parts[1]


def with_category(profile: Profile, result: Result, name: str, category: str) -> Result:
    """`result` with one axis category settled later, by rank among peers."""
    axis = result.axis(name)
    reasons = tuple(reason for reason in axis.reasons if reason.code != AWAITS_PEERS)
    settled = replace(axis, category=category, reasons=reasons)
    y, x = (settled, result.x) if name == "y" else (result.y, settled)
    return assemble(profile, y, x, result.gates)
