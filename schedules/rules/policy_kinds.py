"""How one field of a WFH policy is read from JSON and written back, with its limit in words.

A kind knows three things: what a stored value may look like (`read`), how it is stored (`write`) and what
to say when it does not fit. `read` raises `Unreadable` with a sentence; `policy.read_parameters` turns it
into a finding that names the field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from .findings import Sentence, gettext_noop, say

WEEKDAYS = (1, 2, 3, 4, 5, 6, 7)
"""ISO weekdays: 1 is Monday, 7 is Sunday."""


class Unreadable(ValueError):
    """A stored value that its kind cannot accept; carries the sentence."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Kind(Protocol):
    """Reads a JSON value into a domain value and back."""

    def read(self, value: Any) -> Any: ...

    def write(self, value: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """An integer from `low` to `high`, both allowed; `None` only where `optional`."""

    low: int
    high: int
    optional: bool = False

    def read(self, value: Any) -> int | None:
        if value is None and self.optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unreadable(say(gettext_noop("%(value)s is not a whole number."), value=shown(value)))
        if not self.low <= value <= self.high:
            raise Unreadable(
                say(
                    gettext_noop("%(value)s is outside the limit of %(low)s to %(high)s."),
                    value=value,
                    low=self.low,
                    high=self.high,
                )
            )
        return value

    def write(self, value: int | None) -> int | None:
        return value


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise Unreadable(say(gettext_noop("%(value)s is neither yes nor no."), value=shown(value)))
        return value

    def write(self, value: bool) -> bool:
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `longest` characters."""

    longest: int

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise Unreadable(say(gettext_noop("%(value)s is not a text."), value=shown(value)))
        if len(value) > self.longest:
            raise Unreadable(
                say(
                    gettext_noop("A text of %(length)s characters; the limit is %(high)s."),
                    length=len(value),
                    high=self.longest,
                )
            )
        return value

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One member of an enumeration, stored by its value; `None` only where `optional`."""

    members: type[StrEnum]
    optional: bool = False

    def read(self, value: Any) -> StrEnum | None:
        if value is None and self.optional:
            return None
        try:
            return self.members(value)
        except ValueError:
            raise Unreadable(
                say(
                    gettext_noop("%(value)s is not one of %(choices)s."),
                    value=shown(value),
                    choices=", ".join(self.members),
                )
            ) from None

    def write(self, value: StrEnum | None) -> str | None:
        return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class ManyOf:
    """Several members of an enumeration; order and repetition do not matter."""

    members: type[StrEnum]

    def read(self, value: Any) -> tuple[StrEnum, ...]:
        one = OneOf(self.members)
        chosen = {one.read(item) for item in listed(value)}
        return tuple(member for member in self.members if member in chosen)

    def write(self, value: Sequence[StrEnum]) -> list[str]:
        return [str(member) for member in value]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A set of integers from `low` to `high`, kept sorted."""

    low: int
    high: int

    def read(self, value: Any) -> tuple[int, ...]:
        one = WholeNumber(self.low, self.high)
        return tuple(sorted({int(one.read(item) or 0) for item in listed(value)}))

    def write(self, value: Sequence[int]) -> list[int]:
        return list(value)


@dataclass(frozen=True, slots=True)
class Words:
    """A set of free texts, kept sorted, for codes that another app owns (echelons, kinds of units)."""

    longest: int = 60

    def read(self, value: Any) -> tuple[str, ...]:
        one = Text(self.longest)
        return tuple(sorted({one.read(item).strip() for item in listed(value)} - {""}))

    def write(self, value: Sequence[str]) -> list[str]:
        return list(value)


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of small records; `fields` reads each key, `make` builds the record from them."""

    make: type
    fields: tuple[tuple[str, Kind], ...]
    key: str

    def read(self, value: Any) -> tuple[Any, ...]:
        rows = {}
        for item in listed(value):
            row = self._row(item)
            rows[getattr(row, self.key)] = row
        return tuple(rows[key] for key in sorted(rows))

    def _row(self, item: Any) -> Any:
        if not isinstance(item, Mapping):
            raise Unreadable(say(gettext_noop("%(value)s is not a record."), value=shown(item)))
        names = {name for name, _ in self.fields}
        if strange := sorted(set(item) - names):
            raise Unreadable(say(gettext_noop("%(value)s is not a known part of a record."), value=strange[0]))
        if missing := sorted(names - set(item)):
            raise Unreadable(say(gettext_noop("The part %(value)s is missing in a record."), value=missing[0]))
        return self.make(**{name: kind.read(item[name]) for name, kind in self.fields})

    def write(self, value: Sequence[Any]) -> list[dict[str, Any]]:
        return [{name: kind.write(getattr(row, name)) for name, kind in self.fields} for row in value]


@dataclass(frozen=True, slots=True)
class Day:
    """A date, stored as YYYY-MM-DD."""

    def read(self, value: Any) -> date:
        if isinstance(value, str) and len(value) == 10:
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise Unreadable(say(gettext_noop("%(value)s is not a date written YYYY-MM-DD."), value=shown(value)))

    def write(self, value: date) -> str:
        return value.isoformat()


def listed(value: Any) -> Sequence[Any]:
    """`value` if it is a list; a single text is not a list of its letters."""
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return value
    raise Unreadable(say(gettext_noop("%(value)s is not a list."), value=shown(value)))


def shown(value: Any) -> str:
    """The value for a sentence, cut at 40 characters."""
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
