"""The problem as numbers: people, days and rows become indices, sets of days become bit masks.

A *row* is a unit or a group with its members; `room[row][day]` is the one number K to which cap and
coverage collapse once everything fixed has been laid (rotation.md §1). A *cell* is (person, day).
`Board` is what the layers write and every later step reads; nothing changes it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .findings import Overrun, Revocation
from .model import Layer, PersonKind, Problem, to_thousandths

PLENTY = 1 << 30


def bits(mask: int) -> list[int]:
    """The set positions of a mask, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


@dataclass(slots=True)
class Row:
    """A unit or a group: who is in it, and what must hold. `days` is the mask on which it holds."""

    unit: int | None
    group: int | None
    members: list[int]
    days: int
    cap_pct: int | None = None
    cap_abs: int | None = None
    min_office: int = 0
    min_office_pct: int | None = None
    name: str = ""


@dataclass(slots=True)
class Board:
    """Index of the canonical problem. Lists run by person index, day index, or row index."""

    problem: Problem
    days: tuple[date, ...]
    ids: list[int]
    index_of: dict[int, int]
    day_index: dict[date, int]
    weekday: list[int]
    week: list[int]
    week_masks: list[int]
    past: int  # mask of days before the re-plan
    rows: list[Row]
    chains: list[tuple[int, ...]]  # rows of a person, own unit first, groups last
    unit_row: dict[int, int]
    present: list[int]
    mandatory: list[int]
    closed: list[int]  # blocked, wrong weekday or not in force: no free day
    barred: list[int]  # blocked or not in force: no box-9 day either
    layer: dict[tuple[int, int], Layer] = field(default_factory=dict)
    fixed: list[int] = field(default_factory=list)  # home cells of every layer but FREE
    locked_home: list[int] = field(default_factory=list)
    locked_office: list[int] = field(default_factory=list)
    pattern: list[int] = field(default_factory=list)  # box-9 days that stand
    open: list[int] = field(default_factory=list)
    room: list[list[int]] = field(default_factory=list)
    week_room: list[list[int]] = field(default_factory=list)
    period_room: list[int] = field(default_factory=list)
    run_limit: list[int] = field(default_factory=list)  # 0 is no limit
    places: list[list[int]] = field(default_factory=list)  # day -> place among present days
    run_mask: list[int] = field(default_factory=list)  # fixed home cells, by place
    given: list[int] = field(default_factory=list)  # home days that count for fairness but are not free
    shares: list[int] = field(default_factory=list)  # open days that count for fairness
    carry: list[int] = field(default_factory=list)  # thousandths
    phases: dict[int, int] = field(default_factory=dict)
    overruns: list[Overrun] = field(default_factory=list)
    revocations: list[Revocation] = field(default_factory=list)
    broken: list[tuple[int, int]] = field(default_factory=list)  # (row, day) broken with nobody free

    @property
    def people(self) -> range:
        """Person indices."""
        return range(len(self.ids))

    def kind(self, person: int) -> PersonKind:
        """How the policy treats the person at this index."""
        return self.problem.people[person].kind

    def needs(self) -> list[int]:
        """Free days each regular person still needs to have the guaranteed number."""
        least = self.problem.rules.guaranteed_min
        return [max(0, least - self.fixed[p].bit_count()) if self.open[p] else 0 for p in self.people]

    def bottom_up(self) -> list[int]:
        """Groups from the smallest, then units from the deepest, so that parts come before the whole."""
        parents = {unit.id: unit.parent for unit in self.problem.units}

        def key(row: int) -> tuple[int, int, int]:
            what = self.rows[row]
            if what.unit is None:
                return 0, len(what.members), row
            depth, at = 0, parents[what.unit]
            while at is not None:
                depth, at = depth + 1, parents[at]
            return 1, -depth, row

        return sorted(range(len(self.rows)), key=key)


def build(problem: Problem) -> Board:
    """Index a canonical problem; the layers are laid by `layers.lay`."""
    day_index = {day: index for index, day in enumerate(problem.days)}
    mondays = [day.toordinal() - day.weekday() for day in problem.days]
    week_of = {monday: index for index, monday in enumerate(sorted(set(mondays)))}
    week = [week_of[monday] for monday in mondays]
    week_masks = [0] * len(week_of)
    for index, number in enumerate(week):
        week_masks[number] |= 1 << index
    ids = [person.id for person in problem.people]
    index_of = {number: index for index, number in enumerate(ids)}
    rows, chains, unit_row = _rows(problem, index_of, day_index)
    whole = (1 << len(problem.days)) - 1
    past = 0
    if problem.replan_from is not None:
        past = sum(1 << i for i, day in enumerate(problem.days) if day < problem.replan_from)
    closed, barred = _closed(problem, day_index, rows, chains, unit_row)
    return Board(
        problem=problem,
        days=problem.days,
        ids=ids,
        index_of=index_of,
        day_index=day_index,
        weekday=[day.weekday() for day in problem.days],
        week=week,
        week_masks=week_masks,
        past=past,
        rows=rows,
        chains=chains,
        unit_row=unit_row,
        present=[whole & ~day_mask(person.absent, day_index) for person in problem.people],
        mandatory=[day_mask((day for day, _ in person.mandatory), day_index) for person in problem.people],
        closed=closed,
        barred=barred,
        carry=[to_thousandths(person.carry) for person in problem.people],
    )


def day_mask(days: Iterable[date], day_index: dict[date, int]) -> int:
    """The mask of some dates; dates outside the period are left out."""
    mask = 0
    for day in days:
        if day in day_index:
            mask |= 1 << day_index[day]
    return mask


def _rows(
    problem: Problem, index_of: dict[int, int], day_index: dict[date, int]
) -> tuple[list[Row], list[tuple[int, ...]], dict[int, int]]:
    whole = (1 << len(problem.days)) - 1
    rows = [
        Row(
            unit=unit.id,
            group=None,
            members=[],
            days=whole,
            cap_pct=unit.cap_pct,
            cap_abs=unit.cap_abs,
            min_office=unit.min_office,
            min_office_pct=unit.min_office_pct,
            name=unit.name,
        )
        for unit in problem.units
    ]
    unit_row = {unit.id: index for index, unit in enumerate(problem.units)}
    parents = {unit.id: unit.parent for unit in problem.units}
    chains: list[list[int]] = []
    for index, person in enumerate(problem.people):
        chain: list[int] = []
        at: int | None = person.unit
        while at is not None:
            chain.append(unit_row[at])
            rows[unit_row[at]].members.append(index)
            at = parents[at]
        chains.append(chain)
    for group in problem.groups:
        members = sorted(index_of[member] for member in group.members)
        days = whole if group.dates is None else day_mask(group.dates, day_index)
        for member in members:
            chains[member].append(len(rows))
        rows.append(
            Row(unit=None, group=group.id, members=members, days=days, min_office=group.min_office, name=group.name)
        )
    return rows, [tuple(chain) for chain in chains], unit_row


def _closed(
    problem: Problem,
    day_index: dict[date, int],
    rows: list[Row],
    chains: list[tuple[int, ...]],
    unit_row: dict[int, int],
) -> tuple[list[int], list[int]]:
    """Per person: days closed to the rotation, and days closed to a box-9 pattern as well."""
    rules = problem.rules
    everywhere = wrong_weekday = 0
    for index, day in enumerate(problem.days):
        if rules.effective is not None and not rules.effective[0] <= day <= rules.effective[1]:
            everywhere |= 1 << index
        if rules.weekdays is not None and day.weekday() not in rules.weekdays:
            wrong_weekday |= 1 << index
    of_row = [0] * len(rows)
    for blocked in problem.blocked:
        if blocked.unit is None:
            everywhere |= 1 << day_index[blocked.day]
        else:
            of_row[unit_row[blocked.unit]] |= 1 << day_index[blocked.day]
    barred = []
    for chain in chains:
        mask = everywhere
        for row in chain:
            mask |= of_row[row]
        barred.append(mask)
    return [mask | wrong_weekday for mask in barred], barred
