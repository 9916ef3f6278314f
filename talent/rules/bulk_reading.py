"""Reading one indicator or gate for many people: a value is read once for each way its days stand to the windows."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from talent.rules.evidence import compact, records_of
from talent.rules.facts import Record, in_window
from talent.rules.gates import check_gate
from talent.rules.mapping import band_of
from talent.rules.numbers import ZERO
from talent.rules.profile import Bands, Gate, Indicator, Ratio, Source
from talent.rules.reading import NOTHING, Reading, read
from talent.rules.scoring import GATE, MANDATORY_MISSING, Reason
from talent.rules.stored import gate_head, reason_text

# (contribution over the pattern's denominator, text before the raw value, text after it)
Cell = tuple[int, str, str]


@dataclass(slots=True)
class Seen:
    """One value of one indicator, read. `raw` is JSON text; `cells` hold its contribution by pattern.

    `lack` is the reason's text where a mandatory indicator is missing by this.
    """

    reading: Reading
    index: int
    bit: int
    raw: str
    takes_all: bool
    lack: str
    cells: dict[int, Cell] = field(default_factory=dict)


def standing(source: Source, days: str, day: date) -> tuple:
    """How the days of some records stand to `day`: all that reading may learn from them.

    Two lists of days that stand alike give the same reading for the same values.
    """
    records = records_of("", json.dumps([[None]] * (days.count(";") + 1)), days, [""] * (days.count(";") + 1))
    return tuple(_standing(source, record, day) for record in records)


def _standing(source: Source, record: Record, day: date) -> tuple[bool, bool, bool, bool, bool]:
    checked = Record(key="", on=record.on, is_empty=True)
    return (
        record.on <= day,
        record.valid_until is None or record.valid_until >= day,
        in_window(source.window, record, day),
        in_window(source.window, checked, day),
        record.runs_on(day),
    )


class LeafReader:
    """One indicator on one day of reckoning."""

    def __init__(self, leaf: Indicator, axis: str, index: int, day: date):
        self.leaf, self.index, self.day = leaf, index, day
        self.axis = axis
        self.absent = Seen(NOTHING, index, 0, '""', True, self._lack(NOTHING))
        self.shelves: dict[str, dict[str, Seen]] = {}
        self.by_standing: dict[tuple, dict[str, Seen]] = {}
        self.steps = IntegerSteps(leaf) if IntegerSteps.fits(leaf) else None

    def see(self, said: str, days: str) -> Seen:
        """The reading of these values on these days."""
        shelf = self.shelves.get(days)
        if shelf is None:
            shelf = self.by_standing.setdefault(standing(self.leaf.source, days, self.day), {})
            self.shelves[days] = shelf
        return shelf.get(said) or self._read(shelf, said, days)

    def _lack(self, reading: Reading) -> str:
        if reading.mapped is not None or not self.leaf.mandatory:
            return ""
        return reason_text(Reason(code=MANDATORY_MISSING, axis=self.axis, key=self.leaf.key, detail=reading.missing))

    def _read(self, shelf: dict[str, Seen], said: str, days: str) -> Seen:
        if self.steps is not None:
            model = self.steps.model_of(shelf, said)
            if model is not None:
                number = said[2 : said.index(",")]
                return Seen(model.reading, self.index, model.bit, f'"{number}"', model.takes_all, "", model.cells)
        count = days.count(";") + 1
        records = records_of(self.leaf.source.fact, said, days, [str(number) for number in range(count)])
        reading = read(self.leaf, records, self.day)
        shelf[said] = Seen(
            reading=reading,
            index=self.index,
            bit=0 if reading.mapped is None else 1 << self.index,
            raw=compact(reading.raw),
            takes_all=len(reading.record_ids) == count,
            lack=self._lack(reading),
        )
        if self.steps is not None:
            self.steps.keep(shelf, said, shelf[said])
        return shelf[said]


class IntegerSteps:
    """Whole minutes against whole minutes, mapped by bands: nearly everyone has a value of one's own.

    Values of one band and one standard differ only in how they are written, so one of them stands for all.
    """

    def __init__(self, leaf: Indicator):
        assert isinstance(leaf.mapping, Ratio)
        assert isinstance(leaf.mapping.then, Bands)
        self.mapping, self.bands = leaf.mapping, leaf.mapping.then
        self.edges: dict[str, list[int]] = {}
        self.models: dict[tuple[int, str, int], Seen] = {}

    @staticmethod
    def fits(leaf: Indicator) -> bool:
        mapping = leaf.mapping
        if not isinstance(mapping, Ratio) or not isinstance(mapping.then, Bands) or leaf.source.pick != "LATEST":
            return False
        first, last = mapping.then.bands[0], mapping.then.bands[-1]
        return mapping.then.closed == "LOW" and (first.low is None or first.low <= 0) and last.high is None

    def _key(self, shelf: dict, said: str) -> tuple[int, str, int] | None:
        """Shelf, standard and band of `[[worked,required]]`; None for anything else."""
        worked, comma, required = said[2:-2].partition(",")
        if not comma or not worked.isdigit() or not required.isdigit() or len(required) > 9 or required == "0":
            return None
        edges = self.edges.get(required)
        if edges is None:
            edges = self.edges[required] = self._edges(int(required))
        return id(shelf), required, bisect_right(edges, int(worked))

    def _edges(self, required: int) -> list[int]:
        """The least whole value of each band but the first, for one standard."""
        edges = []
        for band in self.bands.bands[1:]:
            least = (band.low or ZERO) / self.mapping.times * required
            edges.append(-(-least.numerator // least.denominator))
        return edges

    def model_of(self, shelf: dict, said: str) -> Seen | None:
        key = self._key(shelf, said)
        return None if key is None else self.models.get(key)

    def keep(self, shelf: dict, said: str, seen: Seen) -> None:
        key = self._key(shelf, said)
        if key is not None and seen.reading.mapped == self._points(said):
            self.models[key] = seen

    def _points(self, said: str) -> Fraction | None:
        worked, _comma, required = said[2:-2].partition(",")
        value = Fraction(int(worked), int(required)) * self.mapping.times
        band = band_of(self.bands, value if self.mapping.cap is None else min(value, self.mapping.cap))
        return None if band is None else band.value


@dataclass(frozen=True, slots=True)
class Failed:
    """A gate that did not open: its text up to the record ids, its reason's text, the records by place."""

    head: str
    reason: str
    record_ids: tuple[str, ...]


class QuickGate:
    """One gate with its answers per value and standing of the days."""

    def __init__(self, gate: Gate, day: date):
        self.gate, self.day = gate, day
        self.fact = gate.source.fact
        self.shuts = gate.effect == "UNMAPPED"
        self.absent = self._answer([])
        self.shelves: dict[str, dict[str, Failed | None]] = {}
        self.by_standing: dict[tuple, dict[str, Failed | None]] = {}

    def ask(self, position: int, said: list[str], days: list[str]) -> Failed | None:
        """None when passed."""
        if position < 0:
            return self.absent
        when, what = days[position], said[position]
        shelf = self.shelves.get(when)
        if shelf is None:
            shelf = self.by_standing.setdefault(standing(self.gate.source, when, self.day), {})
            self.shelves[when] = shelf
        if what not in shelf:
            count = when.count(";") + 1
            shelf[what] = self._answer(records_of(self.fact, what, when, [str(number) for number in range(count)]))
        return shelf[what]

    def _answer(self, records: list[Record]) -> Failed | None:
        result = check_gate(self.gate, records, self.day)
        if result.passed:
            return None
        reason = Reason(code=GATE, key=result.key, detail=result.raw or result.missing)
        return Failed(gate_head(result), reason_text(reason), result.record_ids)
