"""Reading the small files that offices keep beside SIASN: a header found by its names, rows, refusals.

Shared by the files of units and of heads of units; each names its columns and what a row becomes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from personnel.rules.cells import Cell, text_of

Row = TypeVar("Row")
HEADER_SEARCH_ROWS = 30


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """Why a cell stopped its row."""

    field: str
    value: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRefusal:
    """A row, or (row 0) a file, that was not taken. `row` counts as the spreadsheet shows it, from 1."""

    row: int
    field: str
    value: str
    code: str


@dataclass(slots=True, kw_only=True)
class Records(Generic[Row]):
    rows: list[Row] = field(default_factory=list)
    refusals: list[RecordRefusal] = field(default_factory=list)


def read_records(
    rows: Iterable[Sequence[Cell]],
    *,
    columns: Sequence[str],
    required: Sequence[str],
    build: Callable[[int, Mapping[str, Cell]], Row],
) -> Records[Row]:
    """Read a whole table; `build` turns the cells of one row, by column name, into a row or raises `Refused`."""
    records: Records[Row] = Records()
    numbered = enumerate(rows, start=1)
    places = _find_columns(numbered, columns, required)
    if places is None:
        records.refusals.append(RecordRefusal(row=0, field=", ".join(required), value="", code="file_without_header"))
        return records
    for number, cells in numbered:
        if all(text_of(cell) == "" for cell in cells):
            continue
        by_name = {name: cells[place] if place < len(cells) else None for name, place in places.items()}
        try:
            for name in required:
                if not text_of(by_name[name]):
                    raise Refused(name, "", "empty")
            records.rows.append(build(number, by_name))
        except Refused as refused:
            records.refusals.append(
                RecordRefusal(row=number, field=refused.field, value=refused.value, code=refused.code)
            )
    return records


def _find_columns(
    numbered: Iterator[tuple[int, Sequence[Cell]]], columns: Sequence[str], required: Sequence[str]
) -> dict[str, int] | None:
    for number, cells in numbered:
        places: dict[str, int] = {}
        for index, cell in enumerate(cells):
            name = text_of(cell).upper().replace("_", " ").strip(" :*.")
            if name in columns:
                places.setdefault(name, index)
        if all(name in places for name in required):
            return places
        if number >= HEADER_SEARCH_ROWS:
            break
    return None
