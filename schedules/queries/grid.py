"""The people × days page: rows, lamps per day and unit, groups, fairness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schedules.models import PlanRow, PlanVersion
from schedules.queries.stored import checker_of
from schedules.rules import cells
from schedules.rules import rotation as engine

WORDS = {
    cells.OFFICE: _("office"),
    cells.HOME: _("home by the rotation"),
    cells.DUTY: _("home as a duty"),
    cells.PERMANENT: _("works from anywhere"),
    cells.REWARD: _("home by the box 9 pattern"),
    cells.CLOSED: _("office: home is not open"),
    cells.LEAVE: _("leave"),
    cells.TRAVEL: _("official travel"),
    cells.TRAINING: _("training or study"),
    cells.WEEKEND: _("day off"),
    cells.HOLIDAY: _("holiday"),
    cells.AWAY: _("not in this unit"),
}
# What stands in a cell: short, and never colour alone.
MARKS = {
    cells.OFFICE: "",
    cells.HOME: _("H|home"),
    cells.DUTY: _("M|must be home"),
    cells.PERMANENT: "P",
    cells.REWARD: "9",
    cells.CLOSED: "",
    cells.LEAVE: _("C|leave"),
    cells.TRAVEL: "D",
    cells.TRAINING: "T",
    cells.WEEKEND: "",
    cells.HOLIDAY: _("L|holiday"),
    cells.AWAY: "–",
}
STYLES = {
    cells.OFFICE: "free",
    cells.HOME: "free H",
    cells.DUTY: "H duty",
    cells.PERMANENT: "H duty",
    cells.REWARD: "H duty",
    cells.CLOSED: "shut",
    cells.LEAVE: "C",
    cells.TRAVEL: "D",
    cells.TRAINING: "D",
    cells.WEEKEND: "X",
    cells.HOLIDAY: "X",
    cells.AWAY: "X",
}


def mark_of(letter: str) -> str:
    """The sign in a cell, without the hint for translators after the bar."""
    return str(MARKS[letter]).split("|")[0]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the page shows it."""

    position: int
    letter: str
    mark: str
    style: str
    words: str
    is_free: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Lamp:
    """How one unit or group stands on one day. `state` is ok, edge (at the limit), bad, or "" on a free day."""

    text: str
    state: str


def rows_of(version: PlanVersion, unit_path: str = "") -> QuerySet[PlanRow]:
    """Rows of a version in the order of the office, heads first; with the person and the unit."""
    rows = version.rows.select_related("person", "unit").order_by("unit__path", "person__name", "pk")
    return rows.filter(unit__path__startswith=unit_path) if unit_path else rows


def cells_of(row: PlanRow, days: tuple[date, ...], today: date, *, editable: bool) -> list[Cell]:
    return [
        Cell(
            position=n,
            letter=letter,
            mark=mark_of(letter),
            style=STYLES[letter],
            words=str(WORDS[letter]),
            is_free=editable and letter in cells.CHANGEABLE and days[n] > today,
            is_locked=row.locked[n] == "1",
        )
        for n, letter in enumerate(row.cells)
    ]


def header_of(version: PlanVersion, today: date) -> list[dict[str, Any]]:
    """The days of the month; a column without any work is shaded."""
    letters = version.rows.values_list("cells", flat=True).first() or ""
    days = cells.days_of(version.plan.starts_on, version.plan.ends_on)
    return [
        {
            "day": day,
            "is_off": n < len(letters) and letters[n] in cells.NOT_WORKING,
            "is_today": day == today,
            "position": n,
        }
        for n, day in enumerate(days)
    ]


class Lamps:
    """Counts and limits per unit, group and day of one version, from its stored problem and its rows."""

    def __init__(self, version: PlanVersion) -> None:
        checker = checker_of(version)
        self.problem, self.members, self.chains = checker.problem, checker.members, checker.ancestors
        self.starts_on = version.plan.starts_on
        self.length = (version.plan.ends_on - version.plan.starts_on).days + 1
        self.people = checker.people
        rows = version.rows.values_list("person_id", "cells")
        self.home = {
            who: {self.starts_on + timedelta(days=n) for n, a in enumerate(letters) if a in cells.HOME_LETTERS}
            for who, letters in rows
        }

    def by_unit(self, days: Sequence[date] | None = None) -> dict[int, list[Lamp]]:
        """A lamp per calendar day (or per day of `days`) for each unit with a ratio and somebody who may be home."""
        asked = self._calendar() if days is None else days
        return {
            unit.id: [self._lamp(unit, self.members[unit.id], day) for day in asked]
            for unit in self.problem.units
            if unit.cap_pct is not None and any(p.kind != engine.PersonKind.EXCLUDED for p in self.members[unit.id])
        }

    def _calendar(self) -> list[date]:
        return [self.starts_on + timedelta(days=n) for n in range(self.length)]

    def _lamp(self, unit: engine.Unit, members: list[engine.Person], day: date) -> Lamp:
        if day not in self.problem.days:
            return Lamp("", "")
        rules = self.problem.rules
        counted = [person for person in members if person.kind not in rules.exempt]
        base = [p for p in counted if rules.cap_base == engine.CapBase.ROSTER or day not in p.absent]
        allowed = len(base) * (unit.cap_pct or 0) // 100
        home = sum(day in self.home.get(person.id, ()) for person in counted)
        return Lamp(f"{home}/{allowed}", lamp_state(home, allowed))

    def by_group(self, days: Sequence[date] | None = None) -> dict[int, list[Lamp]]:
        """Likewise for each counter group: at the office / at least needed."""
        asked = self._calendar() if days is None else days
        return {group.id: [self._group(group, day) for day in asked] for group in self.problem.groups}

    def _group(self, group: engine.Group, day: date) -> Lamp:
        if day not in self.problem.days:
            return Lamp("", "")
        here = sum(
            day not in self.people[who].absent and day not in self.home.get(who, ())
            for who in group.members
            if who in self.people
        )
        return Lamp(f"{here}/{group.min_office}", lamp_state(group.min_office, here))


def lamp_state(value: int, limit: int) -> str:
    """Below the limit ok, at it edge, above it bad."""
    if value > limit:
        return "bad"
    return "edge" if value == limit else "ok"


def fairness_of(version: PlanVersion) -> Mapping[str, Any] | None:
    """The figures of the computation for the page; None for a version without any."""
    found = version.metrics
    if not found:
        return None
    return {
        "spread": found["identical_spread"],
        "classes": found["identical_classes"],
        "utilisation": found["utilisation"],
        "weekday": round(found["weekday_mean"], 1),
        "free_days": found["free_days"],
        "peer_spread": round(found["peer_spread"], 1),
    }
