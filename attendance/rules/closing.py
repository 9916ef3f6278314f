"""Closed months: what was paid on does not change any more, unless the month is reopened by a deed of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from attendance.rules.kinds import Finding

Month = tuple[int, int]


def month_of(day: date) -> Month:
    """Year and month a duty day belongs to; a night begun on the last day of a month belongs to that month."""
    return day.year, day.month


def is_closed(closed: Collection[Month], day: date) -> bool:
    return month_of(day) in closed


def open_days(closed: Collection[Month], days: Iterable[date]) -> list[date]:
    """The days that may still change, in order. A week across a closed month keeps its closed days as they were."""
    return sorted(day for day in days if month_of(day) not in closed)


def check_open(closed: Collection[Month], days: Iterable[date]) -> list[Finding]:
    """One finding for every closed month that a change would touch, in order."""
    touched = sorted({month_of(day) for day in days} & set(closed))
    return [
        Finding(
            code="month_closed",
            severity="BLOCKS",
            message=f"Attendance of {year}-{month:02d} is closed; reopen the month first.",
            day=date(year, month, 1),
            values={"year": year, "month": month},
        )
        for year, month in touched
    ]
