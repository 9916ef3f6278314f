"""Proof that what is stored follows from the facts: recompute without writing, and compare."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Sum

from attendance.models import DaySummary, WeekSummary
from attendance.queries.facts import STORED_VALUES, OfficeFacts, PeopleFacts
from attendance.rules import hours
from common.db import in_chunks

PEOPLE_PER_CHUNK = 50
SUMMED = (
    "target_minutes", "worked_minutes", "credited_minutes", "late_minutes", "early_minutes", "unexcused_minutes",
    "absent_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored value that the facts do not bear out; `what` is "day" or "week", `day` its date or Monday."""

    what: str
    person_id: int
    day: date
    field: str
    stored: Any
    computed: Any


def differences(person_ids: Collection[int], starts_on: date, ends_on: date, *, now: datetime) -> Iterator[Difference]:
    """Every value of a day or a whole week that differs, by person; a missing row is the field "row".

    Days that are not over are left out: they still change by themselves. Weeks are compared with the stored days.
    """
    office = OfficeFacts(starts_on, ends_on)
    for group in in_chunks(sorted(person_ids), PEOPLE_PER_CHUNK):
        yield from _day_differences(group, starts_on, ends_on, office, now)
        yield from _week_differences(group, starts_on, ends_on)


def _day_differences(
    people: Collection[int], starts_on: date, ends_on: date, office: OfficeFacts, now: datetime
) -> Iterator[Difference]:
    facts = PeopleFacts(people, starts_on, ends_on, office)
    rows = DaySummary.objects.filter(person_id__in=people).between(starts_on, ends_on)
    stored = {
        (person, day): tuple(values) for person, day, *values in rows.values_list("person_id", "day", *STORED_VALUES)
    }
    for person in people:
        for day in hours.days_between(starts_on, ends_on):
            found = facts.computed(person, day, now=now)
            held = stored.get((person, day))
            if found is not None and found.result.status in (hours.DayStatus.OPEN, hours.DayStatus.UPCOMING):
                continue
            yield from _compared("day", person, day, held, found.values if found else None)


def _compared(
    what: str, person: int, day: date, held: tuple[Any, ...] | None, computed: tuple[Any, ...] | None
) -> Iterator[Difference]:
    if held is None or computed is None:
        if held is not computed:
            yield Difference(what, person, day, "row", held is not None, computed is not None)
        return
    if held == computed:
        return
    for name, one, other in zip(STORED_VALUES, held, computed, strict=True):
        if one != other:
            yield Difference(what, person, day, name, one, other)


def _week_differences(people: Collection[int], starts_on: date, ends_on: date) -> Iterator[Difference]:
    """Whole weeks inside the period: stored sums against the sums of the stored days."""
    monday = hours.monday_of(starts_on + timedelta(days=6))
    while monday + timedelta(days=6) <= ends_on:
        days = DaySummary.objects.filter(person_id__in=people).between(monday, monday + timedelta(days=6))
        sums = days.order_by().values("person_id").annotate(
            **{f"sum_{name}": Sum(name) for name in SUMMED}, sum_days=Count("pk")
        )  # fmt: skip
        wanted = {row["person_id"]: dict(row) for row in sums}
        weeks = WeekSummary.objects.filter(person_id__in=people, monday=monday).values()
        held = {row["person_id"]: dict(row) for row in weeks}
        for person in sorted(wanted.keys() | held.keys()):
            yield from _week_compared(person, monday, held.get(person), wanted.get(person))
        monday += timedelta(days=7)


def _week_compared(
    person: int, monday: date, held: dict[str, Any] | None, wanted: dict[str, Any] | None
) -> Iterator[Difference]:
    if held is None or wanted is None:
        yield Difference("week", person, monday, "row", held is not None, wanted is not None)
        return
    for name in (*SUMMED, "days"):
        if held[name] != wanted[f"sum_{name}"]:
            yield Difference("week", person, monday, name, held[name], wanted[f"sum_{name}"])
