"""Reading the second small file: who reports to whom from when (`NIP, NIP ATASAN, BERLAKU MULAI`).

SIASN has no column for the direct superior, so offices keep this list themselves. Rows that would make a person
their own superior, directly or round a ring, are refused.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from personnel.rules.cells import Cell, Unreadable, date_of, nip_of, text_of
from personnel.rules.siasn import HEADER_SEARCH_ROWS
from personnel.rules.wording import gettext_noop

REASONS = {
    "file_without_header": gettext_noop("No row with the column names NIP and NIP ATASAN was found."),
    "nip_empty": gettext_noop("The NIP is empty."),
    "nip_not_18_digits": gettext_noop("A NIP has 18 digits."),
    "nip_digits_lost": gettext_noop(
        "The NIP was saved as a number and its last digits are lost; export the column as text."
    ),
    "not_a_date": gettext_noop("This is not a date; write YYYY-MM-DD, DD-MM-YYYY or a spreadsheet date."),
    "no_such_day": gettext_noop("This day does not exist in the calendar."),
    "own_superior": gettext_noop("A person cannot be their own superior."),
    "two_superiors": gettext_noop("An earlier row names another superior for this person from the same day."),
    "ring": gettext_noop("Following superiors from this person leads back to the person."),
}
_COLUMNS = {
    "NIP": "NIP",
    "NIP BARU": "NIP",
    "NIP ATASAN": "NIP ATASAN",
    "NIP ATASAN LANGSUNG": "NIP ATASAN",
    "BERLAKU MULAI": "BERLAKU MULAI",
    "TMT": "BERLAKU MULAI",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorRow:
    """`starts_on` is None where the file names no day; the importer's own day then counts."""

    row: int
    nip: str
    superior_nip: str
    starts_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorRefusal:
    row: int
    field: str
    value: str
    code: str

    @property
    def reason(self) -> str:
        return REASONS[self.code]


@dataclass(slots=True, kw_only=True)
class SuperiorReading:
    rows: list[SuperiorRow] = field(default_factory=list)
    refusals: list[SuperiorRefusal] = field(default_factory=list)


def read_superiors(rows: Iterable[Sequence[Cell]]) -> SuperiorReading:
    """Read the whole file. A row that repeats an earlier one is passed over in silence."""
    reading = SuperiorReading()
    numbered = enumerate(rows, start=1)
    columns = _find_columns(numbered)
    if columns is None:
        reading.refusals.append(SuperiorRefusal(row=0, field="", value="", code="file_without_header"))
        return reading
    taken: dict[tuple[str, date | None], SuperiorRow] = {}
    for number, cells in numbered:
        if all(text_of(cell) == "" for cell in cells):
            continue
        outcome = _read_row(number, cells, columns)
        if isinstance(outcome, SuperiorRow):
            held = taken.setdefault((outcome.nip, outcome.starts_on), outcome)
            if held.superior_nip == outcome.superior_nip:
                continue
            outcome = _refused(number, "NIP ATASAN", outcome.superior_nip, "two_superiors")
        reading.refusals.append(outcome)
    _without_rings(taken, reading)
    return reading


def _find_columns(numbered: Iterator[tuple[int, Sequence[Cell]]]) -> dict[str, int] | None:
    for number, cells in numbered:
        columns: dict[str, int] = {}
        for index, cell in enumerate(cells):
            name = _COLUMNS.get(text_of(cell).upper().replace("_", " "))
            if name:
                columns.setdefault(name, index)
        if "NIP" in columns and "NIP ATASAN" in columns:
            return columns
        if number >= HEADER_SEARCH_ROWS:
            break
    return None


def _read_row(number: int, cells: Sequence[Cell], columns: Mapping[str, int]) -> SuperiorRow | SuperiorRefusal:
    raw = {name: cells[index] if index < len(cells) else None for name, index in columns.items()}
    nips = {}
    for name in ("NIP", "NIP ATASAN"):
        value = nip_of(raw[name])
        if isinstance(value, Unreadable):
            return _refused(number, name, text_of(raw[name]), value.code)
        nips[name] = value
    if nips["NIP"] == nips["NIP ATASAN"]:
        return _refused(number, "NIP ATASAN", nips["NIP ATASAN"], "own_superior")
    starts_on = date_of(raw.get("BERLAKU MULAI"))
    if isinstance(starts_on, Unreadable):
        return _refused(number, "BERLAKU MULAI", text_of(raw["BERLAKU MULAI"]), starts_on.code)
    return SuperiorRow(row=number, nip=nips["NIP"], superior_nip=nips["NIP ATASAN"], starts_on=starts_on)


def _without_rings(taken: Mapping[tuple[str, date | None], SuperiorRow], reading: SuperiorReading) -> None:
    latest: dict[str, SuperiorRow] = {}
    for row in taken.values():
        held = latest.get(row.nip)
        if held is None or (row.starts_on or date.min) >= (held.starts_on or date.min):
            latest[row.nip] = row
    in_ring = people_in_rings({nip: row.superior_nip for nip, row in latest.items()})
    for row in sorted(taken.values(), key=lambda row: row.row):
        if row.nip in in_ring and latest[row.nip] is row:
            reading.refusals.append(_refused(row.row, "NIP ATASAN", row.superior_nip, "ring"))
        else:
            reading.rows.append(row)
    reading.refusals.sort(key=lambda refusal: refusal.row)


def people_in_rings(superior_of: Mapping[str, str]) -> set[str]:
    """Everybody from whom following superiors leads back to themselves; those who merely lead into a ring are not.

    Each person is walked once, so the whole institution costs one pass.
    """
    finished: set[str] = set()
    in_ring: set[str] = set()
    for start in superior_of:
        trail: dict[str, int] = {}
        person = start
        while person in superior_of and person not in finished and person not in trail:
            trail[person] = len(trail)
            person = superior_of[person]
        if person in trail:
            in_ring.update(nip for nip, position in trail.items() if position >= trail[person])
        finished.update(trail)
    return in_ring


def _refused(number: int, name: str, value: str, code: str) -> SuperiorRefusal:
    return SuperiorRefusal(row=number, field=name, value=value, code=code)
