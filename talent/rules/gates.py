"""Conditions beside the score: passed or not, with the records that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from talent.rules.facts import Record, select
from talent.rules.numbers import ZERO, as_text, exact
from talent.rules.profile import Gate, Question, Source
from talent.rules.reading import value_on


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate's answer. `missing` says why no value was found, whether or not that let the person pass."""

    key: str
    passed: bool
    effect: str
    raw: str = ""
    record_ids: tuple[str, ...] = ()
    missing: str = ""


def check_gates(
    gates: Sequence[Gate], by_key: Mapping[str, Sequence[Record]], reckoning_on: date
) -> tuple[GateResult, ...]:
    """Every gate is asked, so that a person sees all that stands in the way at once."""
    return tuple(check_gate(gate, by_key.get(gate.source.fact, ()), reckoning_on) for gate in gates)


def check_gate(gate: Gate, records: Sequence[Record], reckoning_on: date) -> GateResult:
    """One gate. A checked emptiness passes; no usable record answers by `when_missing`."""
    chosen = select(gate.source, records, reckoning_on)
    ids = tuple(str(record.record_id) for record in chosen.records if record.record_id != "")
    if chosen.is_empty:
        return GateResult(gate.key, True, gate.effect, "", ids)
    if chosen.missing:
        return GateResult(gate.key, gate.when_missing == "PASS", gate.effect, "", ids, chosen.missing)
    values = values_of(gate.source, chosen.records, reckoning_on)
    failing = [value for value, standard in values if not _holds(gate.test, value, standard)]
    shown = failing[-1] if failing else values[-1][0]
    return GateResult(gate.key, not failing, gate.effect, _text(shown), ids)


def values_of(source: Source, records: Sequence[Record], day: date) -> list[tuple[object, object]]:
    """(value, standard) of what the gate looks at: the last record, every one, their sum or their number."""
    if source.pick == "COUNT":
        return [(Fraction(len(records)), None)]
    if source.pick == "SUM":
        standards = [_number(record.standard) or ZERO for record in records]
        return [(sum((_number(record.value) or ZERO for record in records), ZERO), sum(standards, ZERO))]
    counted = records if source.pick == "EVERY" else records[-1:]
    return [(value_on(source, record, day), record.standard) for record in counted]


def _holds(test: Question, value: object, standard: object) -> bool:
    if test.one_of:
        return str(value) in test.one_of
    if test.none_of:
        return str(value) not in test.none_of
    number = _number(value)
    if number is None:
        return False
    if test.share_at_least is not None:
        base = _number(standard)
        return base is not None and base > 0 and number / base >= test.share_at_least
    if test.at_least is not None:
        return number >= test.at_least
    return test.at_most is not None and number <= test.at_most


def _number(value: object) -> Fraction | None:
    try:
        return exact(value)
    except ValueError:
        return None


def _text(value: object) -> str:
    return as_text(value) if isinstance(value, Fraction) else str(value if value is not None else "")
