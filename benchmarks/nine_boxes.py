"""The nine boxes of everyone, with every contribution kept, beside the bare ranking of two ready numbers.

    DATABASE_URL=postgresql://…/an_empty_database python benchmarks/nine_boxes.py [--people 37000] [--runs 3]

The floor is one statement: percent ranks of everyone within 40 units, stored in the same table of placements,
with its constraints and indexes, without any contribution.
The measure is the product's own way from kept evidence to stored placements by the profile DAERAH, twelve
indicators and five gates each. Both run in turn, in the same session. Must: at most 3 times the floor; aim 2.
"""

# ruff: noqa: E402 - Django must be set up before its models are imported
from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from common.db import in_chunks
from personnel.models import Person, Unit
from talent import actions
from talent.actions.placing import Placer, place_from_evidence
from talent.actions.storing import insert_rows
from talent.models import Evidence, Period, Placement, Profile
from talent.rules.evidence import encode
from talent.rules.facts import Facts, Record

UNITS = 40
DAY = date(2026, 11, 18)
MUST, AIM = 3.0, 2.0
CHUNK = 1_000

FLOOR = """
INSERT INTO talent_placement (period_id, person_id, unit_id, y_value, x_value, y_category, x_category, box,
                              unmapped, is_rewarded, result, fingerprint)
SELECT %s, person_id, unit_id, y, x, '', '',
       CASE WHEN y >= 0.8 THEN 4 WHEN y >= 0.2 THEN 2 ELSE 1 END + CASE WHEN x >= 0.8 THEN 5 ELSE 0 END,
       '', false, '', ''
FROM (SELECT person_id, unit_id,
             percent_rank() OVER (PARTITION BY unit_id ORDER BY y) AS y,
             percent_rank() OVER (PARTITION BY unit_id ORDER BY x) AS x
      FROM bench_scores) ranked"""


def make_people(count: int) -> list[int]:
    """Units and people without anything else; returns the people's keys."""
    root = Unit.objects.create(code="R", name="Root", kind="INSTITUTION", path="", starts_on=date(2020, 1, 1))
    units = [
        Unit(
            code=f"B{n}",
            name=f"Unit {n}",
            kind="DEPARTMENT",
            parent=root,
            path=f"{root.pk}.{n}.",
            starts_on=date(2020, 1, 1),
        )
        for n in range(UNITS)
    ]
    Unit.objects.bulk_create(units)
    people = [
        Person(nip=f"19850312201001{n:06d}"[-18:], name=f"Pegawai {n}", gender="F", birth_on=date(1985, 3, 12))
        for n in range(count)
    ]
    Person.objects.bulk_create(people, batch_size=1_000)
    return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def facts_of(number: int, rng: random.Random) -> Facts:
    """One ordinary person: a few in a hundred lack something, a few serve a sanction."""
    on = date(2026, 1 + number % 10, 1 + number % 28)
    picks = {
        "predikat_tahunan": (
            rng.choices(["SANGAT_BAIK", "BAIK", "BUTUH_PERBAIKAN"], [20, 72, 8])[0],
            date(2025, 12, 31),
        ),
        "penghargaan": (rng.choices([None, "INSTANSI", "LINTAS_INSTANSI", "NASIONAL"], [70, 15, 10, 5])[0], on),
        "tim_kerja": (
            rng.choices([None, "ANGGOTA_INTERNAL", "ANGGOTA_LINTAS", "KETUA_INTERNAL"], [40, 40, 10, 10])[0],
            on,
        ),
        "kompetensi_jpm": (f"{rng.gauss(78, 9):.2f}", on),
        "potensi_8": (str(rng.randint(18, 40)), on),
        "lama_jabatan": (f"{rng.randint(0, 180)}/12", DAY),
        "keragaman": (rng.choice(["SATU_UNIT", "LINTAS_UNIT"]), DAY),
        "nondefinitif": (None, DAY),
        "pendidikan": (rng.choice(["SLTA", "D3", "S1", "S1", "S2"]), date(2010, 12, 31)),
        "kesesuaian_ilmu": (rng.choice(["SESUAI", "TIDAK_SESUAI"]), on),
        "hukdis": (rng.choices([None, "RINGAN"], [98, 2])[0], on),
        "status_kepegawaian": ("PNS", date(2015, 1, 1)),
    }
    if rng.random() < 0.03:
        del picks[rng.choice(["kompetensi_jpm", "penghargaan", "kesesuaian_ilmu"])]
    ids = iter(range(number * 20, number * 20 + 20))
    records = [
        Record(key=key, on=day, record_id=f"fact/{next(ids)}", value=value, is_empty=value is None)
        for key, (value, day) in picks.items()
    ]
    done, owed = rng.randint(95_000, 118_000), 115_000
    records.append(
        Record(key="pemenuhan_jam", on=DAY, record_id="attendance/2025-11-19/2026-11-18", value=done, standard=owed)
    )
    records.append(
        Record(
            key="kepatuhan_log",
            on=DAY,
            record_id="worklogs/2025-11-19/2026-11-18",
            value=rng.randint(150, 240),
            standard=240,
        )
    )
    records.append(
        Record(
            key="umpan_balik_360",
            on=on,
            record_id=f"fact/{next(ids)}",
            value=rng.choice(["BAIK", "SANGAT_BAIK"]),
            sample=5,
        )
    )
    records += [
        Record(key="pengembangan", on=on, record_id=f"fact/{next(ids)}", value="x") for _ in range(rng.randint(1, 3))
    ]
    return Facts(
        reckoning_on=DAY, records=tuple(records), traits={"nip": f"{number:018d}", "service_months": number % 400}
    )


def make_evidence(period: Period, people: list[int]) -> None:
    rng = random.Random(9)
    units = list(Unit.objects.exclude(code="R").order_by("pk").values_list("pk", flat=True))
    columns = ("period_id", "person_id", "unit_id", "records")
    for chunk in in_chunks(enumerate(people)):
        rows = [(period.pk, key, units[number % UNITS], encode(facts_of(number, rng))) for number, key in chunk]
        with transaction.atomic():
            insert_rows(Evidence, columns, rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_scores AS SELECT person_id, unit_id, random() * 100 AS y, random() * 100 AS x"
            " FROM talent_evidence"
        )
        cursor.execute("ANALYZE")


class Spent:
    """Seconds on the clock, and of processor time: ours and that of our database process, where it can be read."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.backend = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        self.seconds, self.cpu = -perf_counter(), -self._cpu()

    def _cpu(self) -> float:
        fields = self.backend.read_text().rpartition(")")[2].split() if self.backend.exists() else ["0"] * 13
        return process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> Spent:
        self.seconds += perf_counter()
        self.cpu += self._cpu()
        return self


def floor(period: Period) -> Spent:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE talent_placement")
        spent = Spent()
        with transaction.atomic():
            cursor.execute(FLOOR, [period.pk])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return spent.end()


def ours(period: Period, people: list[int]) -> Spent:
    """From kept evidence to stored placements."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE talent_placement")
    spent = Spent()
    placer = Placer(period)
    for chunk in in_chunks(people, CHUNK):
        with transaction.atomic():
            place_from_evidence(placer=placer, person_ids=chunk)
    return spent.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=37_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    now = timezone.now()
    people = make_people(given.people)
    profile = Profile.objects.get(code="DAERAH", version=1)
    period = actions.open_period(name="bench", profile_id=profile.pk, reckoning_on=DAY, actor=None, now=now)
    make_evidence(period, people)
    floors, runs = [], []
    for number in range(given.runs):
        floors.append(floor(period))
        runs.append(ours(period, people))
        a, b = floors[-1], runs[-1]
        print(
            f"run {number + 1}: floor {a.seconds:.2f} s ({a.cpu:.2f} s of CPU),"
            f" nine boxes {b.seconds:.2f} s ({b.cpu:.2f} s of CPU)"
        )
    started = perf_counter()
    again = sum(place_from_evidence(placer=Placer(period), person_ids=chunk) for chunk in in_chunks(people, CHUNK))
    print(f"again, nothing changed: {again} rows written, {perf_counter() - started:.2f} s")
    boxed = Placement.objects.filter(box__isnull=False).count()
    ratio = statistics.median(r.seconds for r in runs) / statistics.median(f.seconds for f in floors)
    cpu = statistics.median(r.cpu for r in runs) / statistics.median(f.cpu for f in floors)
    print(f"{len(people)} people, {boxed} inside the grid; {ratio:.2f} times the floor (must {MUST}, aim {AIM})")
    print(f"{cpu:.2f} times its processor time")
    return 0 if ratio <= MUST else 1


if __name__ == "__main__":
    sys.exit(main())
