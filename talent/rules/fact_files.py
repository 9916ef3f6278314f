"""The facts file: one record a row.

Columns, in any order: NIP, INDIKATOR, NILAI, TANGGAL, BERAKHIR, BERLAKU SAMPAI, STANDAR, JUMLAH, SUMBER, DOKUMEN,
NOMOR. Dates are dates of the sheet or YYYY-MM-DD. The value KOSONG says: checked on that day, nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from personnel.rules.cells import Cell, Unreadable, date_of, text_of

EMPTY_WORD: Final = "KOSONG"
REQUIRED: Final = ("NIP", "INDIKATOR", "NILAI", "TANGGAL", "SUMBER")
KEY: Final = re.compile(r"[a-z][a-z0-9_]{1,59}")

Refusal = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One row of the file. `row` is its number in the sheet, the header being 1."""

    row: int
    nip: str
    key: str
    value: str | None
    is_empty: bool
    observed_on: date
    ends_on: date | None
    valid_until: date | None
    standard: str
    sample: int | None
    source: str
    document: str
    reference: str

    def taken(self) -> dict[str, Any]:
        """All that a record is made of, without the person and the source."""
        names = ("key", "value", "is_empty", "observed_on", "ends_on", "valid_until", "standard", "sample")
        return {name: getattr(self, name) for name in (*names, "document", "reference")}


def read_facts(rows: Iterable[Sequence[Cell]]) -> tuple[list[FactLine], list[Refusal]]:
    """The readable lines, and (row, column, code) for each that is not. Empty rows are passed over."""
    lines: list[FactLine] = []
    refusals: list[Refusal] = []
    header: dict[str, int] | None = None
    for number, cells in enumerate(rows, start=1):
        texts = [text_of(cell) for cell in cells]
        if not any(texts):
            continue
        if header is None:
            header = {text.upper(): index for index, text in enumerate(texts) if text}
            if missing := [name for name in REQUIRED if name not in header]:
                return [], [(number, missing[0], "no_header")]
            continue
        line = _line(number, cells, header)
        if isinstance(line, FactLine):
            lines.append(line)
        else:
            refusals.append(line)
    return lines, refusals


def _line(number: int, cells: Sequence[Cell], header: dict[str, int]) -> FactLine | Refusal:
    def cell(name: str) -> Cell:
        index = header.get(name)
        return cells[index] if index is not None and index < len(cells) else None

    dates = {name: date_of(cell(name)) for name in ("TANGGAL", "BERAKHIR", "BERLAKU SAMPAI")}
    texts = {name: text_of(cell(name)) for name in header}
    if refusal := _refusal(number, texts, dates):
        return refusal
    days = {name: day for name, day in dates.items() if isinstance(day, date)}
    is_empty = texts["NILAI"].upper() == EMPTY_WORD
    sample = texts.get("JUMLAH", "")
    return FactLine(
        row=number,
        nip=texts["NIP"],
        key=texts["INDIKATOR"],
        value=None if is_empty else texts["NILAI"] or None,
        is_empty=is_empty,
        observed_on=days["TANGGAL"],
        ends_on=days.get("BERAKHIR"),
        valid_until=days.get("BERLAKU SAMPAI"),
        standard=texts.get("STANDAR", ""),
        sample=int(sample) if sample else None,
        source=texts["SUMBER"],
        document=texts.get("DOKUMEN", ""),
        reference=texts.get("NOMOR", ""),
    )


def _refusal(number: int, texts: dict[str, str], dates: Mapping[str, object]) -> Refusal | None:
    if not re.fullmatch(r"\d{18}", texts["NIP"]):
        return number, "NIP", "no_nip"
    if not KEY.fullmatch(texts["INDIKATOR"]):
        return number, "INDIKATOR", "no_key"
    for name, day in dates.items():
        if isinstance(day, Unreadable):
            return number, name, "bad_date"
    if dates["TANGGAL"] is None:
        return number, "TANGGAL", "no_date"
    if not texts["SUMBER"]:
        return number, "SUMBER", "no_source"
    if texts.get("JUMLAH") and not texts["JUMLAH"].isdigit():
        return number, "JUMLAH", "bad_number"
    return None
