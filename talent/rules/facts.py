"""What is known about one person on the day of reckoning, and which records still count.

Records come from outside already accepted; a fact that nobody verified is not handed in.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from talent.rules.profile import Source, Window

NOT_ASSESSED = "NOT_ASSESSED"
OUTSIDE_WINDOW = "OUTSIDE_WINDOW"
EXPIRED = "EXPIRED"
TOO_FEW_SAMPLES = "TOO_FEW_SAMPLES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One verified fact. `on` is the day of the event, `ends_on` its end, `valid_until` its last valid day.

    `standard` is the person's own yardstick for a ratio (required minutes, standard hours).
    `sample` counts the raters or items behind the value.
    `scored` is a score given by the source itself: no mapping is applied to it.
    `is_empty` says: on that day the matter was checked and there is nothing.
    """

    key: str
    on: date
    record_id: str = ""
    value: str | int | float | Fraction | None = None
    ends_on: date | None = None
    valid_until: date | None = None
    standard: str | int | float | Fraction | None = None
    sample: int | None = None
    scored: str | int | float | Fraction | None = None
    is_empty: bool = False

    def runs_on(self, day: date) -> bool:
        return self.on <= day and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One person's records, day of reckoning and traits (peer group, months of service, NIP for ties)."""

    reckoning_on: date
    records: tuple[Record, ...] = ()
    traits: dict[str, object] = field(default_factory=dict)

    def by_key(self) -> dict[str, list[Record]]:
        """Records per key, oldest first; the order in which they were handed in does not matter."""
        found: dict[str, list[Record]] = {}
        for record in sorted(self.records, key=record_order):
            found.setdefault(record.key, []).append(record)
        return found


@dataclass(frozen=True, slots=True)
class Selection:
    """The records that count, oldest first; or why none does."""

    records: tuple[Record, ...] = ()
    missing: str = ""
    is_empty: bool = False


def record_order(record: Record) -> tuple:
    return (record.on, str(record.record_id).rjust(20, "0"), str(record.value), str(record.scored))


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier, or the last day of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def window_bounds(window: Window, reckoning_on: date) -> tuple[date, date]:
    """First and last counted day, both inclusive."""
    if window.calendar_years is not None:
        first = date(reckoning_on.year - window.calendar_years, 1, 1)
        return first, date(reckoning_on.year - 1, 12, 31)
    return months_before(reckoning_on, window.months or 0) + timedelta(days=1), reckoning_on


def select(source: Source, records: Iterable[Record], reckoning_on: date) -> Selection:
    """The records of one source that count on `reckoning_on`.

    A record of the future never counts, an expired one neither. A checked emptiness speaks only where
    no real record does. `TOO_FEW_SAMPLES` when every remaining record rests on too few.
    """
    known = [record for record in records if record.on <= reckoning_on]
    if not known:
        return Selection(missing=NOT_ASSESSED)
    valid = [record for record in known if record.valid_until is None or record.valid_until >= reckoning_on]
    if not valid:
        return Selection(missing=EXPIRED)
    inside = [record for record in valid if in_window(source.window, record, reckoning_on)]
    if not inside:
        return Selection(missing=OUTSIDE_WINDOW)
    real = [record for record in inside if not record.is_empty]
    if not real:
        return Selection(records=tuple(inside[-1:]), is_empty=True)
    enough = [record for record in real if _has_sample(source, record)]
    return Selection(records=tuple(enough), missing="" if enough else TOO_FEW_SAMPLES)


def _has_sample(source: Source, record: Record) -> bool:
    return source.min_sample is None or (record.sample is not None and record.sample >= source.min_sample)


def in_window(window: Window | None, record: Record, reckoning_on: date) -> bool:
    """Whether the record lies in the window; a check for emptiness counts if made in it or later."""
    if window is None:
        return True
    first, last = window_bounds(window, reckoning_on)
    if record.is_empty:
        return first <= record.on
    if window.counts_from == "END":
        return record.ends_on is None or record.ends_on >= first
    return first <= record.on <= last
