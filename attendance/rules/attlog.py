"""Lines of fingerprint terminals: the USB file `<device>_attlog.dat` and the ATTLOG table of an ADMS push.

The time is local to the device and has no zone. Every line that cannot be read is returned with its number and a
reason; nothing is dropped in silence. Blank lines are not lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from attendance.rules.kinds import Direction

# 0 in, 1 out, 2 break-out, 3 break-in, 4 overtime-in, 5 overtime-out; 255 and all others say nothing.
STATES = {
    0: Direction.IN,
    1: Direction.OUT,
    2: Direction.BREAK_OUT,
    3: Direction.BREAK_IN,
    4: Direction.IN,
    5: Direction.OUT,
}
EARLIEST_YEAR = 2005  # a terminal whose battery died says 2000-01-01
LONGEST_PIN = 24
HIGHEST_CODE = 255
_PIN = re.compile(r"[0-9A-Za-z]+")
_SPACED = re.compile(r"^\s*(\S+)\s+(\d{4}[-/]\d{1,2}[-/]\d{1,2})[ T](\d{1,2}:\d{2}(?::\d{2})?)(.*)$")


class Layout(StrEnum):
    """Which columns follow PIN and time.

    USB: device, state, verify, workcode (the last may be missing). ADMS: state, verify, workcode and reserved ones.
    ADMS_VERIFY_FIRST: some firmware sends verify before state.
    """

    USB = "USB"
    ADMS = "ADMS"
    ADMS_VERIFY_FIRST = "ADMS_VERIFY_FIRST"


class AttlogRow(NamedTuple):
    """One read line. `at` is naive, in the terminal's time; `state`, `verify` are raw numbers, -1 = not given."""

    line: int
    pin: str
    at: datetime
    device: str
    state: int
    verify: int
    workcode: str


class BadLine(NamedTuple):
    """A line that is not a punch: COLUMNS, PIN, TIME, CLOCK_NOT_SET or NUMBER, and the text as it came."""

    line: int
    reason: str
    text: str


class Parsed(NamedTuple):
    """All lines of one file or push, in the order in which they came."""

    rows: list[AttlogRow]
    bad: list[BadLine]

    @property
    def has_states(self) -> bool:
        """Whether staff press a key on this device: both an in and an out occur. All 0 or all 255 says nothing."""
        said = {STATES.get(row.state) for row in self.rows}
        return bool(said & {Direction.IN, Direction.BREAK_IN}) and bool(said & {Direction.OUT, Direction.BREAK_OUT})


def direction_of(state: int) -> Direction:
    """What a state code says; NONE for 255, for a code nobody knows and for none at all."""
    return STATES.get(state, Direction.NONE)


def decode(data: bytes) -> str:
    """Text of a file as terminals and Windows write it: UTF-8 with or without a mark, UTF-16, else Latin-1."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def parse(lines: Iterable[str], layout: Layout = Layout.USB) -> Parsed:
    """Read lines in the given layout; tabs or runs of blanks between columns, CRLF or LF, padded PIN or not."""
    rows: list[AttlogRow] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, start=1):
        text = line.strip("\r\n\0\x1a")
        if not text.strip():
            continue
        columns = _columns(text)
        if columns is None:
            bad.append(BadLine(number, "COLUMNS", text))
            continue
        row = _row(number, columns, layout)
        if isinstance(row, str):
            bad.append(BadLine(number, row, text))
        else:
            rows.append(row)
    return Parsed(rows, bad)


def _columns(text: str) -> list[str] | None:
    columns = text.split("\t")
    if len(columns) >= 2:
        return columns
    spaced = _SPACED.match(text)
    if spaced is None:
        return None
    pin, day, time, rest = spaced.groups()
    return [pin, f"{day} {time}", *rest.split()]


def _row(number: int, columns: list[str], layout: Layout) -> AttlogRow | str:
    pin = columns[0].strip()
    if len(pin) > LONGEST_PIN or not _PIN.fullmatch(pin):
        return "PIN"
    at = _time(columns[1].strip())
    if at is None:
        return "TIME"
    if at.year < EARLIEST_YEAR:
        return "CLOCK_NOT_SET"
    device = ""
    rest = columns[2:]
    if layout is Layout.USB:
        device = rest[0].strip() if rest else ""
        rest = rest[1:]
    try:
        first, second = (_number(rest, position) for position in (0, 1))
    except ValueError:
        return "NUMBER"
    state, verify = (second, first) if layout is Layout.ADMS_VERIFY_FIRST else (first, second)
    return AttlogRow(number, pin, at, device, state, verify, rest[2].strip() if len(rest) > 2 else "")


def _number(columns: list[str], position: int) -> int:
    if position >= len(columns):
        return -1
    text = columns[position].strip()
    if not text:
        return -1
    number = int(text)
    if not 0 <= number <= HIGHEST_CODE:
        raise ValueError(text)
    return number


def _time(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _unusual_time(text)
    return at if at.tzinfo is None and len(text) > 10 else None


def _unusual_time(text: str) -> datetime | None:
    """`2026/10/03 8:59` and the like: slashes, single digits, no seconds."""
    found = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?", text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the terminal knows no zone
    except ValueError:
        return None
