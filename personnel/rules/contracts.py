"""The small file of contracts: weekly hours and last day of PPPK and part-time PPPK (Kepmen PANRB 16/2025)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from personnel.rules.cells import Cell, Unreadable, date_of, nip_of, text_of
from personnel.rules.records import Records, Refused, read_records
from personnel.rules.wording import gettext_noop

COLUMNS = ("NIP", "MENIT PER PEKAN", "BERAKHIR")
FEWEST_MINUTES, MOST_MINUTES = 60, 2_700
REASONS = {
    "file_without_header": gettext_noop("No row with the needed column names was found."),
    "empty": gettext_noop("This cell may not be empty."),
    "nip_empty": gettext_noop("The NIP is empty."),
    "nip_not_18_digits": gettext_noop("A NIP has 18 digits."),
    "nip_digits_lost": gettext_noop(
        "The NIP was saved as a number and its last digits are lost; export the column as text."
    ),
    "not_a_date": gettext_noop("This is not a date; write YYYY-MM-DD, DD-MM-YYYY or a spreadsheet date."),
    "no_such_day": gettext_noop("This day does not exist in the calendar."),
    "minutes_out_of_range": gettext_noop("Weekly minutes must be a whole number between 60 and 2,700."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """`weekly_minutes` None means the norm of the unit; `ends_on` None means no end is known."""

    row: int
    nip: str
    weekly_minutes: int | None
    ends_on: date | None


def read_contracts(rows: Iterable[Sequence[Cell]]) -> Records[ContractRow]:
    return read_records(rows, columns=COLUMNS, required=("NIP",), build=_contract)


def _contract(number: int, cells: Mapping[str, Cell]) -> ContractRow:
    nip = nip_of(cells["NIP"])
    if isinstance(nip, Unreadable):
        raise Refused("NIP", text_of(cells["NIP"]), nip.code)
    minutes = text_of(cells.get("MENIT PER PEKAN"))
    if minutes and not (minutes.isdigit() and FEWEST_MINUTES <= int(minutes) <= MOST_MINUTES):
        raise Refused("MENIT PER PEKAN", minutes, "minutes_out_of_range")
    ends_on = date_of(cells.get("BERAKHIR"))
    if isinstance(ends_on, Unreadable):
        raise Refused("BERAKHIR", text_of(cells["BERAKHIR"]), ends_on.code)
    return ContractRow(row=number, nip=nip, weekly_minutes=int(minutes) if minutes else None, ends_on=ends_on)
