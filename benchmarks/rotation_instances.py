"""Made-up rotation problems of any size, always the same for the same seed.

A perangkat daerah of three levels: leaves of 15-20 people, bidang of four or five leaves. Half of the
PD and 60 % of every unit below may be at home; a quarter of the leaves serve the public and keep 50-60 %
at the office; each bidang has a head-or-deputy pair, each service leaf counter officers. One in ten
people is excluded, 4 % work from anywhere, 3 % have the box-9 pattern, 5 % have mandatory days, 6 % of
all days are leave; at most three home days in a row, two office days a week, balances from -2 to 2.

    python benchmarks/rotation_instances.py 600 22 --seed 1 > instance.json
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from schedules.rules.rotation import (
    Blocked,
    Box9Mode,
    Group,
    Person,
    PersonKind,
    Problem,
    Rules,
    Unit,
)

FIRST_DAY = date(2027, 1, 4)


def working_days(count: int, first: date = FIRST_DAY) -> tuple[date, ...]:
    """`count` days from Monday to Friday; every 19th is left out as a holiday."""
    days: list[date] = []
    day, met = first, 0
    while len(days) < count:
        if day.weekday() < 5:
            met += 1
            if met % 19:
                days.append(day)
        day += timedelta(days=1)
    return tuple(days)


class _Maker:
    """Draws one perangkat daerah from one random stream."""

    def __init__(self, people: int, days: int, seed: int, crossing: bool, first: date) -> None:
        self.rng = random.Random(f"{people}/{days}/{seed}")
        self.count, self.seed, self.crossing = people, seed, crossing
        self.days = working_days(days, first)
        self.units: list[Unit] = [Unit(id=1, cap_pct=50, name="PD")]
        self.groups: list[Group] = []
        self.people: list[Person] = []

    def problem(self) -> Problem:
        bidang, leaves_left = 1, 0
        while len(self.people) < self.count:
            if not leaves_left:
                bidang = self._unit(parent=1, cap_pct=60)
                leaves_left = self.rng.randint(4, 5)
            leaves_left -= 1
            self._leaf(bidang)
        blocked = tuple(Blocked(day=day) for day in self.days[10::22])
        rules = Rules(max_consecutive=3, min_office_per_week=2, box9=Box9Mode.ROLLING)
        return Problem(
            days=self.days,
            rules=rules,
            units=tuple(self.units),
            groups=tuple(self.groups),
            people=tuple(self.people),
            blocked=blocked,
            seed=self.seed,
        )

    def _unit(self, **values) -> int:
        number = len(self.units) + 1
        self.units.append(Unit(id=number, name=f"U{number}", **values))
        return number

    def _leaf(self, bidang: int) -> None:
        size = min(self.rng.randint(15, 20), self.count - len(self.people))
        service = self.rng.random() < 0.25
        share = self.rng.choice((50, 55, 60)) if service else None
        leaf = self._unit(parent=bidang, cap_pct=60, min_office_pct=share)
        members = [self._person(leaf) for _ in range(size)]
        regular = [person.id for person in members if person.kind is PersonKind.REGULAR]
        if len(regular) >= 2:
            self._group(leaf, regular[:2], 1)
        if service and len(regular) >= 7:
            self._group(leaf, regular[2:7], 2)
            if self.crossing:
                self._group(leaf, regular[1:4], 1)

    def _group(self, unit: int, members: list[int], least: int) -> None:
        """A group of which enough are always there: leave and mandatory days that would break it are cancelled."""
        by_id = {person.id: person for person in self.people if person.id in members}
        for day in self.days:
            away = [p for p in members if day in by_id[p].absent or (day, "M") in by_id[p].mandatory]
            for number in away[: max(0, len(away) - (len(members) - least))]:
                who = by_id[number]
                by_id[number] = replace(
                    who,
                    absent=who.absent - {day},
                    mandatory=tuple(entry for entry in who.mandatory if entry[0] != day),
                )
        self.people = [by_id.get(person.id, person) for person in self.people]
        number = len(self.groups) + 1
        self.groups.append(Group(id=number, unit=unit, members=frozenset(members), min_office=least, name=f"G{number}"))

    def _person(self, unit: int) -> Person:
        rng = self.rng
        kind = rng.choices(
            (PersonKind.EXCLUDED, PersonKind.PERMANENT, PersonKind.BOX9, PersonKind.REGULAR), (10, 4, 3, 83)
        )[0]
        absent = self._stretch(0.3, 4) if kind is not PersonKind.PERMANENT else frozenset()
        mandatory = self._stretch(0.05, len(self.days) // 2) if kind is PersonKind.REGULAR else frozenset()
        wishes = frozenset()
        if rng.random() < 0.4:
            liked = rng.sample(range(5), 2)
            wishes = frozenset(day for day in self.days if day.weekday() in liked)
        person = Person(
            id=1000 + len(self.people),
            unit=unit,
            kind=kind,
            absent=absent,
            mandatory=tuple((day, "M") for day in sorted(mandatory - absent)),
            carry=Decimal(rng.randint(-2, 2)),
            prefer=wishes,
        )
        self.people.append(person)
        return person

    def _stretch(self, chance: float, length: int) -> frozenset[date]:
        """A run of days with the given chance, once per 22 days."""
        days: set[date] = set()
        for start in range(0, len(self.days), 22):
            if self.rng.random() < chance:
                first = start + self.rng.randrange(22)
                days.update(self.days[first : first + self.rng.randint(2, max(2, 2 * length - 2))])
        return frozenset(days)


def make(people: int, days: int, seed: int = 1, *, crossing: bool = False, first: date = FIRST_DAY) -> Problem:
    """A problem of `people` and `days` working days; `crossing` adds groups that are not nested."""
    return _Maker(people, days, seed, crossing, first).problem()


def province(units: int = 45, people: int = 37_000, days: int = 22) -> list[Problem]:
    """Problems of falling size, as the perangkat daerah of a province: the largest has about a sixth."""
    weights = [1 / (rank + 2) for rank in range(units)]
    total = sum(weights)
    return [make(max(60, round(people * weight / total)), days, seed=rank + 1) for rank, weight in enumerate(weights)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", type=int)
    parser.add_argument("days", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crossing", action="store_true", help="add groups that cross each other")
    given = parser.parse_args()
    json.dump(make(given.people, given.days, given.seed, crossing=given.crossing).to_dict(), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
