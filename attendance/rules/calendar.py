"""Holidays, collective leave and Ramadan as dates; a change says which days and weeks it touches.

National days and cuti bersama come from the yearly SKB (the Keppres for ASN), Ramadan from the sidang isbat. Days are
matched by date, never by name: names differ between lists.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.rules.kinds import DayKind

_CSV_KINDS = {
    "national": DayKind.NATIONAL_HOLIDAY,
    "cuti_bersama": DayKind.COLLECTIVE_LEAVE,
    "regional": DayKind.REGIONAL_HOLIDAY,
}
# A date that stands in two lists keeps the first of these.
_PRECEDENCE = (DayKind.NATIONAL_HOLIDAY, DayKind.COLLECTIVE_LEAVE, DayKind.REGIONAL_HOLIDAY, DayKind.WORKDAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One free day with the decree it rests on. A WORKDAY row cancels nothing; it is not allowed here."""

    day: date
    kind: DayKind
    name: str
    decree: str = ""


@dataclass(frozen=True, slots=True)
class Ramadan:
    """First and last day of fasting, both inclusive; `is_estimate` until the sidang isbat has spoken."""

    starts_on: date
    ends_on: date
    is_estimate: bool = False


# 1446 and 1447 H by sidang isbat; 1448 H by the MABIMS table and the dates of the SKB for 2027.
KNOWN_RAMADANS = (
    Ramadan(date(2025, 3, 1), date(2025, 3, 30)),
    Ramadan(date(2026, 2, 19), date(2026, 3, 20)),
    Ramadan(date(2027, 2, 8), date(2027, 3, 9), is_estimate=True),
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The free days that hold for one place, and the Ramadans."""

    holidays: Mapping[date, Holiday] = field(default_factory=dict)
    ramadans: tuple[Ramadan, ...] = ()

    @classmethod
    def from_rows(cls, rows: Iterable[Holiday], ramadans: Iterable[Ramadan] = KNOWN_RAMADANS) -> Calendar:
        """National and regional rows together; on one date the national day wins over the rest."""
        by_day: dict[date, Holiday] = {}
        for row in rows:
            held = by_day.get(row.day)
            if held is None or _PRECEDENCE.index(row.kind) < _PRECEDENCE.index(held.kind):
                by_day[row.day] = row
        return cls(by_day, tuple(ramadans))

    def kind_of(self, day: date) -> DayKind:
        """The kind of free day, or WORKDAY; says nothing about weekends, which belong to the schedule."""
        held = self.holidays.get(day)
        return held.kind if held is not None else DayKind.WORKDAY

    def name_of(self, day: date) -> str:
        held = self.holidays.get(day)
        return held.name if held is not None else ""

    def is_ramadan(self, day: date) -> bool:
        return any(r.starts_on <= day <= r.ends_on for r in self.ramadans)


def read_holidays_csv(lines: Iterable[str]) -> list[Holiday]:
    """Rows of a file with the columns date, name, kind (national, cuti_bersama, regional), decree.

    Raises ValueError naming the line and the value that cannot be read.
    """
    rows = []
    for number, row in enumerate(csv.DictReader(lines), start=2):
        kind = _CSV_KINDS.get((row.get("kind") or "").strip())
        if kind is None:
            raise ValueError(f"line {number}: kind is {row.get('kind')!r}; allowed: {', '.join(_CSV_KINDS)}")
        try:
            day = date.fromisoformat((row.get("date") or "").strip())
        except ValueError:
            raise ValueError(f"line {number}: date is {row.get('date')!r}; expected YYYY-MM-DD") from None
        rows.append(
            Holiday(day=day, kind=kind, name=(row.get("name") or "").strip(), decree=(row.get("decree") or "").strip())
        )
    return rows


def monday_of(day: date) -> date:
    """The Monday of the day's week; a week runs Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def days_between(starts_on: date, ends_on: date) -> list[date]:
    """Every date from the first to the last, both inclusive; empty when they are the wrong way round."""
    return [starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]


def changed_days(before: Calendar, after: Calendar) -> list[date]:
    """Days whose kind or whose hours (Ramadan) differ between two calendars, in order.

    A new name or decree number alone changes nobody's target and is not listed.
    """
    days = set(before.holidays) | set(after.holidays)
    for ramadan in before.ramadans + after.ramadans:
        days.update(days_between(ramadan.starts_on, ramadan.ends_on))
    return sorted(
        day
        for day in days
        if before.kind_of(day) is not after.kind_of(day) or before.is_ramadan(day) != after.is_ramadan(day)
    )


def changed_weeks(before: Calendar, after: Calendar) -> list[date]:
    """Mondays of the weeks whose target a new calendar can change."""
    return sorted({monday_of(day) for day in changed_days(before, after)})
