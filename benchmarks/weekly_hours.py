"""A week of hours for a whole province, against the least statement that does the same.

    DATABASE_URL=postgresql://…/an_empty_database python benchmarks/weekly_hours.py [--people 37000] [--rounds 5]

Makes people, punches and day summaries in an empty database, then measures, interleaved in one run:
- the bare upsert: sums of the week out of the day summaries, every row overwritten;
- `refresh_weeks`: the product's statement, which leaves rows alone that stand already, on three states:
  every row new, every row changed, nothing changed;
- 1 % of the people changed: their week alone;
- the whole way from punches for a sample: `recompute_range`, per person-day.
Must: 2 times the bare upsert, aim 1.5; 1 % in 0.12 s, aim 0.1.
"""

# ruff: noqa: E402 - Django must be set up before its models are imported
from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection, transaction
from django.utils import timezone

from attendance.actions import summaries
from attendance.models import DaySummary, Punch, WeekSummary
from personnel.models import (
    Appointment,
    AppointmentKind,
    Employment,
    EmploymentKind,
    Gender,
    Person,
    Position,
    PositionKind,
    Unit,
    UnitKind,
)

MONDAY = date(2026, 10, 5)
SINCE = date(2020, 1, 1)


def make_office(people: int, units: int = 40) -> list[int]:
    """People with positions in an institution of so many units; returns their keys. Refuses a database in use."""
    if Person.objects.exists():
        raise SystemExit("This database holds people. Give an empty one.")
    root = Unit.objects.create(code="ROOT", name="Root", kind=UnitKind.INSTITUTION, path="", starts_on=SINCE)
    Unit.objects.filter(pk=root.pk).update(path=f"{root.pk}.")
    children = [
        Unit.objects.create(
            code=f"U{n}", name=f"Unit {n}", kind=UnitKind.SECTION, parent=root, path="", starts_on=SINCE
        )
        for n in range(units)
    ]
    for unit in children:
        Unit.objects.filter(pk=unit.pk).update(path=f"{root.pk}.{unit.pk}.")
    position = Position.objects.create(name="Pelaksana", kind=PositionKind.PELAKSANA)
    rows = [
        Person(nip=f"{n:018d}", name=f"Person {n}", gender=Gender.FEMALE, birth_on=date(1985, 1, 1))
        for n in range(people)
    ]
    Person.objects.bulk_create(rows, batch_size=1_000)
    keys = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    Employment.objects.bulk_create(
        [Employment(person_id=key, kind=EmploymentKind.PNS, starts_on=SINCE) for key in keys], batch_size=1_000
    )
    Appointment.objects.bulk_create(
        [
            Appointment(
                person_id=key,
                unit=children[n % units],
                position=position,
                kind=AppointmentKind.SUBSTANTIVE,
                starts_on=SINCE,
            )
            for n, key in enumerate(keys)
        ],
        batch_size=1_000,
    )
    return keys


def make_days(keys: list[int], now: datetime) -> None:
    """Seven day summaries for everybody."""
    rows = (
        DaySummary(
            person_id=key,
            day=MONDAY + timedelta(days=n),
            status="PRESENT",
            scheduled_minutes=450,
            target_minutes=450 if n < 5 else 0,
            worked_minutes=(430 + key % 40) if n < 5 else 0,
            late_minutes=key % 30,
            computed_at=now,
        )
        for key in keys
        for n in range(7)
    )
    DaySummary.objects.bulk_create(rows, batch_size=1_000)


def make_punches(keys: list[int]) -> None:
    """In and out on five days."""
    rows = []
    for key in keys:
        for n in range(5):
            for hour, direction in ((0, "IN"), (9, "OUT")):
                day = MONDAY + timedelta(days=n)
                at = datetime(day.year, day.month, day.day, hour, 20 + key % 20, tzinfo=timezone.get_fixed_timezone(0))
                rows.append(
                    Punch(
                        person_id=key,
                        day=day,
                        instant=at,
                        zone="Asia/Jakarta",
                        direction=direction,
                        source="WEB",
                        client_key=f"{day}{hour}",
                        receipt="R",
                        recorded_at=at,
                        verdict="INSIDE",
                    )
                )
    Punch.objects.bulk_create(rows, batch_size=1_000)


def bare_upsert(now: datetime) -> None:
    """The floor: one statement, no guard."""
    summed = ", ".join(f"SUM({name})" for name in summaries.SUMMED)
    names = ", ".join(summaries.SUMMED)
    sets = ", ".join(f"{name} = excluded.{name}" for name in (*summaries.SUMMED, "days", "computed_at"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO attendance_weeksummary (person_id, monday, {names}, days, computed_at) "
            f"SELECT person_id, %s, {summed}, COUNT(*), %s FROM attendance_daysummary WHERE day BETWEEN %s AND %s "
            f"GROUP BY person_id ON CONFLICT (person_id, monday) DO UPDATE SET {sets}",
            [MONDAY, now, MONDAY, MONDAY + timedelta(days=6)],
        )


def timed(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE attendance_weeksummary")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=37_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sample", type=int, default=1_000)
    given = parser.parse_args()
    now = timezone.now()
    keys = make_office(given.people)
    make_days(keys, now)
    make_punches(keys[: given.sample])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE attendance_daysummary")
    measure_weeks(keys, given.rounds, now)
    measure_recompute(keys[: given.sample])


def measure_weeks(keys: list[int], rounds: int, now: datetime) -> None:
    bare_new, new, bare_changed, changed, unchanged, one = [], [], [], [], [], []
    few = keys[::100]
    for _round in range(rounds):
        WeekSummary.objects.all().delete()
        vacuum()
        bare_new.append(timed(lambda: bare_upsert(now)))
        vacuum()
        bare_changed.append(timed(lambda: bare_upsert(now)))
        WeekSummary.objects.all().delete()
        vacuum()
        new.append(timed(lambda: summaries.refresh_weeks(monday=MONDAY, now=now)))
        WeekSummary.objects.update(worked_minutes=1)
        vacuum()
        changed.append(timed(lambda: summaries.refresh_weeks(monday=MONDAY, now=now)))
        unchanged.append(timed(lambda: summaries.refresh_weeks(monday=MONDAY, now=now)))
        WeekSummary.objects.filter(person_id__in=few).update(worked_minutes=1)
        one.append(timed(lambda: summaries.refresh_weeks(monday=MONDAY, now=now, person_ids=few)))
    print(f"{len(keys)} people, one week, medians of {rounds} interleaved rounds")
    print(f"bare upsert, every row new            {median(bare_new):.3f} s")
    print(f"bare upsert, every row overwritten    {median(bare_changed):.3f} s")
    print(f"refresh_weeks, every row new          {median(new):.3f} s   ratio {median(new) / median(bare_new):.2f}")
    ratio = median(changed) / median(bare_changed)
    print(f"refresh_weeks, every row changed      {median(changed):.3f} s   ratio {ratio:.2f}")
    ratio = median(unchanged) / median(bare_changed)
    print(f"refresh_weeks, nothing changed        {median(unchanged):.3f} s   ratio {ratio:.2f}")
    print(f"refresh_weeks, 1 % of the people      {median(one):.3f} s")


def measure_recompute(keys: list[int]) -> None:
    ends_on = MONDAY + timedelta(days=6)
    for name in ("every day changed", "nothing changed"):
        started, cpu = perf_counter(), process_time()
        done = summaries.recompute_range(starts_on=MONDAY, ends_on=ends_on, now=timezone.now(), person_ids=keys)
        spent, cpu = perf_counter() - started, process_time() - cpu
        per_day = cpu / done.computed * 1e6
        print(
            f"recompute_range from punches, {name}: {done.computed} person-days in {spent:.2f} s, "
            f"{per_day:.0f} microseconds of CPU each, {done.written} written"
        )


if __name__ == "__main__":
    main()
