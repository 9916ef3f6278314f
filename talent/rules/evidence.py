"""One person's facts as a text: what a placement rests on, kept for years, scored again to the same result.

Five lines of tab-parted cells: day of reckoning and traits; the keys; then for each key what its records say,
when they hold, and their ids. Keys and records stand in one fixed order, so equal facts give equal texts, and
what many people have in common (the keys, a value, a day) stands in a cell of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from talent.rules.facts import Facts, Record
from talent.rules.numbers import as_text


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def encode(facts: Facts) -> str:
    """The facts as text. Traits must be JSON values."""
    by_key = facts.by_key()
    keys = sorted(by_key)
    lines = [
        [facts.reckoning_on.isoformat(), compact(facts.traits)],
        keys,
        [compact([_said(record) for record in by_key[key]]) for key in keys],
        [";".join(_days(record) for record in by_key[key]) for key in keys],
        [compact([str(record.record_id) for record in by_key[key]]) for key in keys],
    ]
    return "\n".join("\t".join(cells) for cells in lines)


def decode(text: str) -> Facts:
    """The facts in a text of `encode`."""
    first, keys, said, days, ids = text.split("\n")
    day, traits = first.split("\t")
    records: list[Record] = []
    cells = zip(keys.split("\t"), said.split("\t"), days.split("\t"), ids.split("\t"), strict=True)
    for key, its_values, its_days, its_ids in cells if keys else ():
        records += records_of(key, its_values, its_days, json.loads(its_ids))
    return Facts(reckoning_on=date.fromisoformat(day), records=tuple(records), traits=json.loads(traits))


def cells_of(text: str) -> tuple[str, list[str], list[str], list[str]]:
    """The line of keys as it stands, and the cells of values, days and ids in its order."""
    _first, keys, said, days, ids = text.split("\n")
    return keys, said.split("\t"), days.split("\t"), ids.split("\t")


def fingerprint(profile_fingerprint: str, text: str) -> str:
    """What binds a placement to its profile and its evidence; 32 hexadecimal digits."""
    return hashlib.blake2b(f"{profile_fingerprint}\n{text}".encode(), digest_size=16).hexdigest()


_USUAL: tuple[Any, ...] = (None, None, None, False)


def _said(record: Record) -> list:
    """The value, then what is not usual of standard, sample, score and emptiness; trailing usual parts are left off."""
    rest = [_plain(record.standard), record.sample, _plain(record.scored), record.is_empty]
    while rest and rest[-1] == _USUAL[len(rest) - 1]:
        rest.pop()
    return [_plain(record.value), *rest]


def _days(record: Record) -> str:
    """The day, and where there are any its end and its last valid day, parted by slashes."""
    parts = [record.on.isoformat(), _iso(record.ends_on), _iso(record.valid_until)]
    return "/".join(parts).rstrip("/")


def records_of(key: str, said: str, days: str, ids: Sequence[str]) -> list[Record]:
    """The records of one key; `ids` in the same order."""
    found = []
    for parts, when, record_id in zip(json.loads(said), days.split(";"), ids, strict=True):
        value, rest = parts[0], parts[1:]
        standard, sample, scored, is_empty = rest + list(_USUAL[len(rest) :])
        on, ends_on, valid_until = [*when.split("/"), "", ""][:3]
        found.append(
            Record(
                key=key,
                on=date.fromisoformat(on),
                record_id=record_id,
                value=value,
                ends_on=_day(ends_on),
                valid_until=_day(valid_until),
                standard=standard,
                sample=sample,
                scored=scored,
                is_empty=is_empty,
            )
        )
    return found


def _plain(value: object) -> object:
    return as_text(value) if isinstance(value, Fraction) else value


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
