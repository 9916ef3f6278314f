"""A result as the text that is kept: every indicator with raw value, records, weight and contribution, exactly.

`{"y": [leaf…], "x": [leaf…], "gates": [failed…], "unmapped": [reason…]}`; a leaf is the list of
key, contribution, mapped, applied weight, mark, raw, standard, sample, record ids.
The mark is how the value came about ("" by the mapping), or "!" and the code of what is missing. Numbers are exact.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from talent.rules.evidence import compact
from talent.rules.gates import GateResult
from talent.rules.numbers import as_text
from talent.rules.reading import MAPPED, Reading
from talent.rules.scoring import Reason, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLeaf:
    """One indicator as it was kept."""

    key: str
    contribution: Fraction
    mapped: Fraction | None
    applied: Fraction
    how: str
    missing: str
    raw: str
    standard: str
    sample: int | None
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResult:
    """What `parse` gives back."""

    leaves: dict[str, tuple[StoredLeaf, ...]]
    gates: tuple[GateResult, ...]
    unmapped: tuple[Reason, ...]


def leaf_parts(key: str, reading: Reading, contribution: Fraction, applied: Fraction) -> tuple[str, str, str]:
    """A leaf before its raw value, the raw value, and what stands between it and the ids that close the leaf."""
    mapped = None if reading.mapped is None else as_text(reading.mapped)
    mark = f"!{reading.missing}" if reading.missing else "" if reading.how == MAPPED else reading.how
    head = compact([key, as_text(contribution), mapped, as_text(applied), mark])[:-1]
    return head + ",", compact(reading.raw), f",{compact([reading.standard, reading.sample])[1:-1]},"


def leaf_text(key: str, reading: Reading, contribution: Fraction, applied: Fraction) -> str:
    head, raw, tail = leaf_parts(key, reading, contribution, applied)
    return f"{head}{raw}{tail}{compact(list(reading.record_ids))}]"


def gate_head(gate: GateResult) -> str:
    return compact([gate.key, gate.effect, gate.raw, gate.missing])[:-1] + ","


def reason_text(reason: Reason) -> str:
    return compact([reason.code, reason.axis, reason.key, reason.detail])


def text_of(y: Sequence[str], x: Sequence[str], gates: Sequence[str], unmapped: Sequence[str]) -> str:
    parts = (",".join(y), ",".join(x), ",".join(gates), ",".join(unmapped))
    return '{"y":[%s],"x":[%s],"gates":[%s],"unmapped":[%s]}' % parts  # noqa: UP031 - four fields, no braces to double


def to_text(result: Result) -> str:
    """The text of one result."""
    axes = [
        [leaf_text(node.key, node.reading, node.contribution, node.applied) for node in axis.leaves()]
        for axis in (result.y, result.x)
    ]
    gates = [f"{gate_head(gate)}{_ids(gate.record_ids)}]" for gate in result.gates if not gate.passed]
    return text_of(axes[0], axes[1], gates, [reason_text(reason) for reason in result.unmapped])


def _ids(ids: Sequence[str]) -> str:
    return compact(list(ids))


def parse(text: str) -> StoredResult:
    """The result kept in `text`."""
    data = json.loads(text)
    return StoredResult(
        leaves={name: tuple(_leaf(parts) for parts in data[name]) for name in ("y", "x")},
        gates=tuple(
            GateResult(key, False, effect, raw, tuple(ids), missing) for key, effect, raw, missing, ids in data["gates"]
        ),
        unmapped=tuple(Reason(code=c, axis=a, key=k, detail=d) for c, a, k, d in data["unmapped"]),
    )


def _leaf(parts: list) -> StoredLeaf:
    key, contribution, mapped, applied, mark, raw, standard, sample, ids = parts
    is_missing = mark.startswith("!")
    return StoredLeaf(
        key=key,
        contribution=Fraction(contribution),
        mapped=None if mapped is None else Fraction(mapped),
        applied=Fraction(applied),
        how="" if is_missing else mark or MAPPED,
        missing=mark[1:] if is_missing else "",
        raw=raw,
        standard=standard,
        sample=sample,
        record_ids=tuple(ids),
    )
