"""What one cell of a spreadsheet means: text, a date, an employee number.

Cells come as the reader gives them: text, numbers (always float from .xlsx), dates, datetimes, booleans, None.
A cell that cannot mean what it should is not guessed at: `Unreadable` carries the code of the reason.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from personnel.rules.nip import is_nip, normalise_nip

Cell = str | float | int | bool | date | datetime | timedelta | None

# Day 60 of the spreadsheet calendar is a 29 February 1900 that never was, so day 0 is 30 December 1899.
_SERIAL_ORIGIN = date(1899, 12, 30)
_FIRST_SERIAL = 3_654  # 1 January 1910: nobody in a personnel file is older
_LAST_SERIAL = 73_050  # 31 December 2099
_EMPTY = frozenset({"", "-", "--", "—", "–", "NULL", "(NULL)", "NONE", "N/A", "#N/A", "0000-00-00", "00-00-0000"})
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_SERIAL_TEXT = re.compile(r"\d{4,5}(?:\.0+)?")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_SPACES = re.compile(r"\s+")
_LARGEST_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell was not understood."""

    code: str


def text_of(cell: Cell) -> str:
    """The cell as text: one space between words, no leading apostrophe; "" for an empty cell, "-" or NULL."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_EXACT:
        cell = int(cell)
    text = _SPACES.sub(" ", str(cell)).strip().lstrip("'’`").strip()
    return "" if text.upper() in _EMPTY else text


def date_of(cell: Cell) -> date | Unreadable | None:
    """The cell as a date: serial number, YYYY-MM-DD or DD-MM-YYYY (also with / or . and a time, which is dropped).

    None for an empty cell. A year of two digits is not guessed at; a day that no month has is unreadable.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _from_serial(float(cell))
    text = text_of(cell)
    if not text:
        return None
    if _SERIAL_TEXT.fullmatch(text):
        return _from_serial(float(text))
    if match := _YEAR_FIRST.fullmatch(text):
        return _from_parts(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _from_parts(match[3], match[2], match[1])
    return Unreadable("not_a_date")


def nip_of(cell: Cell) -> str | Unreadable:
    """The cell as an employee number of eighteen digits.

    A number cell, or text in scientific notation, has kept at most fifteen digits: the rest is lost and cannot be
    restored, so it is refused. The same goes for eighteen digits that end in 000, the usual trace of that loss.
    """
    if cell is None or isinstance(cell, bool):
        return Unreadable("nip_empty")
    if isinstance(cell, float | int):
        return Unreadable("nip_digits_lost" if abs(cell) >= _LARGEST_EXACT else "nip_not_18_digits")
    if _SCIENTIFIC.fullmatch(str(cell).strip().lstrip("'")):
        return Unreadable("nip_digits_lost")
    text = normalise_nip(str(cell))
    if not text:
        return Unreadable("nip_empty")
    if not is_nip(text):
        return Unreadable("nip_not_18_digits")
    if text.endswith("000"):
        return Unreadable("nip_digits_lost")
    return text


def _from_serial(serial: float) -> date | Unreadable:
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return Unreadable("not_a_date")
    return _SERIAL_ORIGIN + timedelta(days=int(serial))


def _from_parts(year: str, month: str, day: str) -> date | Unreadable:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Unreadable("no_such_day")
