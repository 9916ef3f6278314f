"""One person's month as letters, one per calendar day.

    .  office, could have been home      H  home by the rotation
    M  home as a duty                    P  works from anywhere for good
    B  home by the box 9 pattern         O  office, home is not open to this person that day
    A  on leave                          D  official travel        T  training or study
    X  weekend                           L  holiday                -  not in service here that day

Only `.` and `H` can be exchanged by hand. Home letters are the ones attendance is told about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

OFFICE, HOME = ".", "H"
DUTY, PERMANENT, REWARD = "M", "P", "B"
CLOSED, LEAVE, TRAVEL, TRAINING = "O", "A", "D", "T"
WEEKEND, HOLIDAY, AWAY = "X", "L", "-"

HOME_LETTERS = frozenset({HOME, DUTY, PERMANENT, REWARD})
ABSENT_LETTERS = frozenset({LEAVE, TRAVEL, TRAINING, AWAY})
NOT_WORKING = frozenset({WEEKEND, HOLIDAY})
LETTERS = HOME_LETTERS | ABSENT_LETTERS | NOT_WORKING | {OFFICE, CLOSED}
CHANGEABLE = frozenset({OFFICE, HOME})

FREE_BY_LAYER: Mapping[str, str] = {
    "MANDATORY": DUTY,
    "PERMANENT": PERMANENT,
    "BOX9": REWARD,
    "FREE": HOME,
    "LOCKED": HOME,
    "PAST": HOME,
}
"""The letter for each layer in which the engine puts a home day."""


def days_of(starts_on: date, ends_on: date) -> tuple[date, ...]:
    """Every calendar day from `starts_on` to `ends_on`, both included."""
    return tuple(starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1))


def home_days(cells: str, starts_on: date) -> Iterator[date]:
    """The days on which these letters say home."""
    for position, letter in enumerate(cells):
        if letter in HOME_LETTERS:
            yield starts_on + timedelta(days=position)


def home_cells(rows: Iterable[tuple[int, str]], starts_on: date) -> list[tuple[int, date]]:
    """(person id, day) of every home day, as the rotation engine wants them."""
    return [(person_id, day) for person_id, cells in rows for day in home_days(cells, starts_on)]


def set_letter(cells: str, position: int, letter: str) -> str:
    """`cells` with one letter replaced.

    Raises ValueError for a position outside the month or a letter without meaning.
    """
    if not 0 <= position < len(cells) or letter not in LETTERS:
        raise ValueError(f"position {position}, letter {letter!r}")
    return cells[:position] + letter + cells[position + 1 :]


def count_home(cells: str) -> int:
    return sum(letter in HOME_LETTERS for letter in cells)


def home_by_day(rows: Sequence[str]) -> list[int]:
    """How many of `rows` are at home on each position of the month."""
    return [sum(letter in HOME_LETTERS for letter in column) for column in zip(*rows, strict=True)] if rows else []


def changed_days(old: str, new: str) -> list[int]:
    """Positions at which two rows of one person differ in being at home."""
    return [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if (a in HOME_LETTERS) != (b in HOME_LETTERS)]
