"""From the records of one node to one value: which count, how they become one, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from talent.rules.facts import NOT_ASSESSED, Record, select
from talent.rules.mapping import NOT_A_NUMBER, map_value
from talent.rules.numbers import ZERO, as_text, exact
from talent.rules.profile import Indicator, Source

EMPTY_NOT_SCORED = "EMPTY_NOT_SCORED"

MAPPED, VERIFIED_EMPTY, SCORED_BY_SOURCE = "MAPPED", "VERIFIED_EMPTY", "SCORED_BY_SOURCE"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one indicator says: `mapped` points, or `missing` with the reason; never both, never neither.

    `raw` is the value as the source wrote it, kept even where the mapping cut it; `standard` the yardstick beside it.
    """

    raw: str = ""
    standard: str = ""
    sample: int | None = None
    record_ids: tuple[str, ...] = ()
    mapped: Fraction | None = None
    missing: str = ""
    how: str = ""

    @property
    def points(self) -> Fraction:
        """The mapped value of a reading that has one."""
        return self.mapped if self.mapped is not None else ZERO


NOTHING = Reading(missing=NOT_ASSESSED)


def read(indicator: Indicator, records: Sequence[Record], reckoning_on: date) -> Reading:
    """The reading of one indicator. Records must stand in `facts.record_order`."""
    if not records:
        return NOTHING
    chosen = select(indicator.source, records, reckoning_on)
    if chosen.missing:
        return Reading(missing=chosen.missing, record_ids=_ids(records))
    if chosen.is_empty:
        return _read_empty(indicator, chosen.records)
    scored = [record for record in chosen.records if record.scored is not None]
    if scored:
        return read_scored(scored[-1])
    return _PICKS[indicator.source.pick](indicator, chosen.records, reckoning_on)


def read_scored(record: Record) -> Reading:
    """A score that the source itself gave."""
    points = exact(record.scored)
    return Reading(raw=as_text(points), record_ids=_ids([record]), mapped=points, how=SCORED_BY_SOURCE)


def _read_empty(indicator: Indicator, records: Sequence[Record]) -> Reading:
    ids = _ids(records)
    if indicator.empty is not None:
        return Reading(record_ids=ids, mapped=indicator.empty, how=VERIFIED_EMPTY)
    if indicator.source.pick in ("COUNT", "SUM"):
        return _mapped(indicator, "0", "", ids, how=VERIFIED_EMPTY)
    return Reading(record_ids=ids, missing=EMPTY_NOT_SCORED)


def value_on(source: Source, record: Record, day: date) -> object:
    """The record's value, or the word for a matter that still runs."""
    if source.running_value is not None and record.runs_on(day):
        return source.running_value
    return record.value


def _mapped(indicator: Indicator, raw: str, standard: str, ids: tuple[str, ...], *, how: str = MAPPED) -> Reading:
    points = map_value(indicator.mapping, raw, standard or None)
    if isinstance(points, str):
        return Reading(raw=raw, standard=standard, record_ids=ids, missing=points)
    return Reading(raw=raw, standard=standard, record_ids=ids, mapped=points, how=how)


def _read_one(indicator: Indicator, record: Record, day: date) -> Reading:
    value = value_on(indicator.source, record, day)
    points = map_value(indicator.mapping, value, record.standard)
    base = Reading(
        raw=_text(value),
        standard=_text(record.standard),
        sample=record.sample,
        record_ids=_ids([record]),
        mapped=None if isinstance(points, str) else points,
        missing=points if isinstance(points, str) else "",
        how="" if isinstance(points, str) else MAPPED,
    )
    return base


def _latest(indicator: Indicator, records: Sequence[Record], day: date) -> Reading:
    return _read_one(indicator, records[-1], day)


def _by_points(indicator: Indicator, records: Sequence[Record], day: date, *, best: bool) -> Reading:
    readings = [_read_one(indicator, record, day) for record in records]
    present = [reading for reading in readings if reading.mapped is not None]
    if not present:
        return readings[-1]
    extreme = (max if best else min)(reading.points for reading in present)
    return next(reading for reading in reversed(present) if reading.mapped == extreme)


def _best(indicator: Indicator, records: Sequence[Record], day: date) -> Reading:
    return _by_points(indicator, records, day, best=True)


def _worst(indicator: Indicator, records: Sequence[Record], day: date) -> Reading:
    return _by_points(indicator, records, day, best=False)


def _mean(indicator: Indicator, records: Sequence[Record], day: date) -> Reading:
    readings = [_read_one(indicator, record, day) for record in records]
    present = [reading for reading in readings if reading.mapped is not None]
    if not present:
        return readings[-1]
    return Reading(
        raw=" · ".join(reading.raw for reading in present),
        record_ids=tuple(name for reading in present for name in reading.record_ids),
        mapped=sum((reading.points for reading in present), ZERO) / len(present),
        how=MAPPED,
    )


def _sum(indicator: Indicator, records: Sequence[Record], _day: date) -> Reading:
    try:
        total = sum((exact(record.value) for record in records), ZERO)
        standards = [exact(record.standard) for record in records if record.standard is not None]
    except ValueError:
        return Reading(raw=_text(records[-1].value), record_ids=_ids(records), missing=NOT_A_NUMBER)
    standard = as_text(sum(standards, ZERO)) if standards else ""
    return _mapped(indicator, as_text(total), standard, _ids(records))


def _count(indicator: Indicator, records: Sequence[Record], _day: date) -> Reading:
    return _mapped(indicator, str(len(records)), "", _ids(records))


_PICKS = {"LATEST": _latest, "BEST": _best, "WORST": _worst, "MEAN": _mean, "SUM": _sum, "COUNT": _count}


def _ids(records: Sequence[Record]) -> tuple[str, ...]:
    return tuple(str(record.record_id) for record in records if record.record_id != "")


def _text(value: object) -> str:
    if value is None:
        return ""
    return as_text(value) if isinstance(value, Fraction) else str(value)
