"""Scoring everyone: the same engine, with what many people share worked out once.

Each value of a fact is read once for each way its days stand to the windows, each pattern of missing indicators
is weighed once; a person then costs a few look-ups per indicator and a sum of whole numbers over a common
denominator. Whatever does not fit (groups scored by their source, best-of and sum groups, quotas, an axis of
which nothing is known) goes through `scoring`. Both ways give the same text to the last digit; a test compares them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from talent.rules.bulk_reading import LeafReader, QuickGate, Seen
from talent.rules.evidence import cells_of, compact, decode
from talent.rules.grid import BOX_OF, LEVELS
from talent.rules.numbers import ZERO
from talent.rules.profile import BEST, SUM, Axis, Cuts, Group, Profile, walk
from talent.rules.reading import NOTHING, Reading
from talent.rules.scoring import GATE, LOW_COVERAGE, Result, Scorer, scorer_of
from talent.rules.stored import leaf_parts, reason_text, text_of, to_text

# Contributions of values with up to eight decimals are whole numbers over their pattern's denominator.
SPARE = 10**8


@dataclass(slots=True)
class Placed:
    """A placement ready to be stored; values are text with the profile's decimals, "" for none."""

    y_value: str
    x_value: str
    talent: str
    y_category: str
    x_category: str
    box: int | None
    unmapped: str
    is_rewarded: bool
    result: str


class NeedsCare(Exception):
    """This person does not fit the quick way."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the cells of each indicator and gate stand under one line of keys; -1: not there."""

    y: tuple[int, ...]
    x: tuple[int, ...]
    gates: tuple[int, ...]


class BulkScorer:
    """A profile and a day, ready for many evidence texts."""

    def __init__(self, profile: Profile, reckoning_on: date):
        self.profile = profile
        self.scorer = scorer_of(profile)
        self.unit = 10**profile.rounding
        self.y, self.x = (QuickAxis(self.scorer, name, reckoning_on) for name in ("y", "x"))
        self.gates = [QuickGate(gate, reckoning_on) for gate in profile.gates]
        self.layouts: dict[str, Layout | None] = {}
        self.is_plain = self.y.is_plain and self.x.is_plain
        self.shares = (profile.talent_y, profile.talent_x)
        if profile.y.scale != profile.x.scale:
            self.shares = (profile.talent_y * 100 / profile.y.scale, profile.talent_x * 100 / profile.x.scale)

    def place(self, text: str) -> Placed:
        """The placement of the person whose evidence is `text`."""
        if self.is_plain:
            try:
                return self.place_quickly(text)
            except NeedsCare:
                pass
        return placed(self.scorer.score(decode(text)))

    def place_quickly(self, text: str) -> Placed:
        """Raises NeedsCare for a person who does not fit the quick way."""
        keys, said, days, ids = cells_of(text)
        layout = self._layout(keys)
        y = self.y.weigh(layout.y, said, days, ids)
        x = self.x.weigh(layout.x, said, days, ids)
        failed: list[str] = []
        reasons: list[str] = []
        for gate, position in zip(self.gates, layout.gates, strict=True):
            answer = gate.ask(position, said, days)
            if answer is not None:
                failed.append(f"{answer.head}{_some(ids[position], answer.record_ids) if position >= 0 else '[]'}]")
                if gate.shuts:
                    reasons.append(answer.reason)
        code = GATE if reasons else y.pattern.first_code or x.pattern.first_code
        reasons += y.reasons
        reasons += x.reasons
        return Placed(
            self._text(y.shown),
            self._text(x.shown),
            self._text(self._talent(y, x)),
            y.category,
            x.category,
            None if reasons else BOX_OF[(y.category, x.category)],
            code,
            not failed and not reasons,
            text_of(y.leaves, x.leaves, failed, reasons),
        )

    def _layout(self, keys: str) -> Layout:
        if keys not in self.layouts:
            names = {name: index for index, name in enumerate(keys.split("\t"))}
            is_grouped = not (self.y.groups | self.x.groups).isdisjoint(names)
            self.layouts[keys] = None if is_grouped else self._new_layout(names)
        layout = self.layouts[keys]
        if layout is None:
            raise NeedsCare
        return layout

    def _new_layout(self, names: dict[str, int]) -> Layout:
        def positions(facts: Sequence[str]) -> tuple[int, ...]:
            return tuple(names.get(fact, -1) for fact in facts)

        return Layout(positions(self.y.facts), positions(self.x.facts), positions([gate.fact for gate in self.gates]))

    def _talent(self, y: Weighed, x: Weighed) -> int:
        a, b = self.shares
        top = a.numerator * b.denominator * y.number * x.pattern.denominator
        top += b.numerator * a.denominator * x.number * y.pattern.denominator
        return _rounded(top, a.denominator * b.denominator * y.pattern.denominator * x.pattern.denominator, self.unit)

    def _text(self, shown: int) -> str:
        return f"{shown // self.unit}.{shown % self.unit:0{self.profile.rounding}d}" if self.unit > 1 else str(shown)


@dataclass(slots=True)
class Pattern:
    """One set of present indicators: what each can give, and what the set itself says."""

    denominator: int
    applied: list[Fraction]
    reasons: list[str]
    first_code: str
    lacks_mandatory: bool


@dataclass(slots=True)
class Weighed:
    """One axis of one person: the sum over the pattern's denominator, and the value in units of its last decimal."""

    pattern: Pattern
    number: int
    shown: int
    category: str
    leaves: list[str]
    reasons: list[str]


class QuickAxis:
    """One axis: readings per value, contributions per pattern and value."""

    def __init__(self, scorer: Scorer, name: str, reckoning_on: date):
        self.scorer = scorer
        self.name = name
        self.axis: Axis = scorer.profile.axis(name)
        self.unit = 10**scorer.profile.rounding
        self.leaves = scorer.leaves[name]
        self.facts = [leaf.source.fact for leaf in self.leaves]
        self.readers = [LeafReader(leaf, name, index, reckoning_on) for index, leaf in enumerate(self.leaves)]
        self.patterns: dict[int, Pattern] = {}
        self.whole = (1 << len(self.leaves)) - 1
        self.levels = LEVELS[name]
        self.groups = frozenset(scorer.groups[name])
        kinds = {node.combine for node, _ in walk(self.axis.tree) if isinstance(node, Group)}
        self.is_plain = isinstance(self.axis.category, Cuts) and not kinds & {BEST, SUM}
        self.edges = _edges(self.axis.category, self.unit) if isinstance(self.axis.category, Cuts) else (0, 0)

    def weigh(self, positions: Sequence[int], said: Sequence[str], days: Sequence[str], ids: Sequence[str]) -> Weighed:
        """One axis of one person, in one pass where nothing is missing, as with most people."""
        whole = self.whole
        number = 0
        leaves = []
        for reader, position in zip(self.readers, positions, strict=True):
            shelf = reader.shelves.get(days[position]) if position >= 0 else None
            seen = shelf.get(said[position]) if shelf is not None else None
            if seen is None:
                seen = reader.see(said[position], days[position]) if position >= 0 else reader.absent
            cell = seen.cells.get(whole)
            if cell is None:
                if not seen.bit:
                    return self._weigh_with_gaps(positions, said, days, ids)
                cell = self._cell(whole, seen)
            number += cell[0]
            own = ids[position] if seen.takes_all else _some(ids[position], seen.reading.record_ids)
            leaves.append(f"{cell[1]}{seen.raw}{cell[2]}{own}]")
        pattern = self._pattern(whole)
        return self._weighed(pattern, number, leaves, pattern.reasons)

    def _weigh_with_gaps(
        self, positions: Sequence[int], said: Sequence[str], days: Sequence[str], ids: Sequence[str]
    ) -> Weighed:
        found: list[tuple[Seen, str]] = []
        for reader, position in zip(self.readers, positions, strict=True):
            seen = reader.see(said[position], days[position]) if position >= 0 else reader.absent
            own = "[]" if position < 0 else ids[position]
            found.append((seen, own if seen.takes_all else _some(own, seen.reading.record_ids)))
        mask = sum(seen.bit for seen, _own in found)
        pattern = self._pattern(mask)
        number = 0
        leaves = []
        for seen, own in found:
            cell = seen.cells.get(mask) or self._cell(mask, seen)
            number += cell[0]
            leaves.append(f"{cell[1]}{seen.raw}{cell[2]}{own}]")
        reasons = pattern.reasons
        if pattern.lacks_mandatory:
            reasons = [seen.lack for seen, _own in found if seen.lack] + reasons
        return self._weighed(pattern, number, leaves, reasons)

    def _weighed(self, pattern: Pattern, number: int, leaves: list[str], reasons: list[str]) -> Weighed:
        shown = _rounded(number, pattern.denominator, self.unit)
        low, middle, high = self.levels
        category = high if shown >= self.edges[1] else middle if shown >= self.edges[0] else low
        return Weighed(pattern, number, shown, category, leaves, reasons)

    def _pattern(self, mask: int) -> Pattern:
        return self.patterns.get(mask) or self._new_pattern(mask)

    def _new_pattern(self, mask: int) -> Pattern:
        """Weigh one pattern by the engine itself, with ones for what is present."""
        present = Reading(mapped=Fraction(1), how="MAPPED")
        readings = {leaf.key: present if mask >> i & 1 else NOTHING for i, leaf in enumerate(self.leaves)}
        result = self.scorer.axis_result(self.name, readings)
        if result.exact is None:
            raise NeedsCare
        applied = {node.key: node.applied for node in result.nodes}
        gives = [applied[leaf.key] for leaf in self.leaves]
        denominators = [(share / leaf.scale).denominator for share, leaf in zip(gives, self.leaves, strict=True)]
        reasons = [reason for reason in result.reasons if reason.code == LOW_COVERAGE]
        self.patterns[mask] = Pattern(
            denominator=math.lcm(*denominators) * SPARE,
            applied=gives,
            reasons=[reason_text(reason) for reason in reasons],
            first_code=result.reasons[0].code if result.reasons else "",
            lacks_mandatory=len(reasons) < len(result.reasons),
        )
        return self.patterns[mask]

    def _cell(self, mask: int, seen: Seen) -> tuple[int, str, str]:
        pattern = self._pattern(mask)
        leaf, applied = self.leaves[seen.index], pattern.applied[seen.index]
        mapped = seen.reading.mapped
        gives = ZERO if mapped is None else applied * mapped / leaf.scale
        number = gives * pattern.denominator
        if number.denominator != 1 or number < 0:
            raise NeedsCare
        head, _raw, tail = leaf_parts(leaf.key, seen.reading, gives, applied)
        seen.cells[mask] = (number.numerator, head, tail)
        return seen.cells[mask]


def _some(ids: str, chosen: tuple[str, ...]) -> str:
    known = json.loads(ids)
    return compact([known[int(index)] for index in chosen])


def _edges(cuts: Cuts, unit: int) -> tuple[int, int]:
    """The least shown value, in units of the last decimal, of the middle and of the high category."""
    middle, high = (
        math.floor(edge * unit) + 1 if cuts.strict else math.ceil(edge * unit) for edge in (cuts.middle, cuts.high)
    )
    return middle, high


def _rounded(number: int, denominator: int, unit: int) -> int:
    """Half up, in units of the last decimal; never negative here."""
    return (2 * number * unit + denominator) // (2 * denominator)


def placed(result: Result) -> Placed:
    """A carefully scored result in the shape that is stored."""
    return Placed(
        "" if result.y.value is None else str(result.y.value),
        "" if result.x.value is None else str(result.x.value),
        "" if result.talent is None else str(result.talent),
        result.y.category,
        result.x.category,
        result.box,
        result.unmapped[0].code if result.unmapped else "",
        result.rewarded,
        to_text(result),
    )
