"""Judge any set of home cells, by the rules as they are written, and not by how `solve` reaches them.

Nothing here is shared with the solver but the problem itself and the definition of the box-9 patterns:
no board, no rooms, no bit masks. Units are counted person by person. `check` runs before a plan is
submitted, published or shown as good; `Checker` keeps the index for a grid that asks often.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from . import box9
from .findings import Code, Violation
from .model import Box9Mode, CapBase, Group, HomeCell, Lock, Person, PersonKind, Problem, Swap, Unit
from .validate import require_readable

Home = dict[int, set[date]]


def check(problem: Problem, rows: Iterable[HomeCell]) -> list[Violation]:
    """Every broken rule, by day, then rule; empty means the cells may be published."""
    return Checker(problem).check(rows)


def check_swap(problem: Problem, rows: Iterable[HomeCell], swap: Swap) -> list[Violation]:
    """What a swap would break, looking only at two people and at their units and groups on two days."""
    return Checker(problem).check_swap(rows, swap)


@dataclass(frozen=True, slots=True)
class _Tally:
    """One unit or group on one day: heads there, heads counted, home days of each sort."""

    there: int
    base: int
    home: int
    counted_home: int
    must_home: int


class Checker:
    """The rules of one problem, ready to judge many sets of cells. Raises ProblemError like `solve`."""

    def __init__(self, problem: Problem) -> None:
        require_readable(problem)
        self.problem = problem = problem.canonical()
        self.rules = problem.rules
        self.people = {person.id: person for person in problem.people}
        self.units = {unit.id: unit for unit in problem.units}
        self.groups = {group.id: group for group in problem.groups}
        self.days = set(problem.days)
        self.ancestors = {unit: self._ancestors(unit) for unit in self.units}
        self.members: dict[int, list[Person]] = {unit: [] for unit in self.units}
        self.groups_of: dict[int, list[Group]] = {}
        for person in problem.people:
            for unit in self.ancestors[person.unit]:
                self.members[unit].append(person)
        for group in problem.groups:
            for member in group.members:
                self.groups_of.setdefault(member, []).append(group)
        self.mandatory = {person.id: {day for day, _ in person.mandatory} for person in problem.people}
        self.locks: dict[tuple[int, date], Lock] = {(lock.person, lock.day): lock for lock in problem.locked}
        self.happened = set(problem.previous)
        self.blocked = {(blocked.day, blocked.unit) for blocked in problem.blocked}
        self.weeks: dict[date, list[date]] = {}
        for day in problem.days:
            self.weeks.setdefault(day - timedelta(days=day.weekday()), []).append(day)
        self.pattern = self._patterns()

    def _ancestors(self, unit: int) -> list[int]:
        chain: list[int] = []
        at: int | None = unit
        while at is not None:
            chain.append(at)
            at = self.units[at].parent
        return chain

    def _patterns(self) -> dict[int, frozenset[date]]:
        mode = self.rules.box9
        who = [person for person in self.problem.people if person.kind is PersonKind.BOX9]
        if mode is Box9Mode.NONE:
            return {person.id: frozenset() for person in who}
        phases = box9.spread_phases([(p.id, p.unit, p.box9_phase) for p in who], mode)
        return {p.id: box9.home_days(mode, phases[p.id], self.problem.days) for p in who}

    # --- what is asked -------------------------------------------------------------------------

    def check(self, rows: Iterable[HomeCell]) -> list[Violation]:
        """All violations of a whole plan."""
        found: list[Violation] = []
        home = self._read(rows, found)
        for person in self.problem.people:
            found.extend(self._person(person, home))
        for day in self.problem.days:
            for unit in self.problem.units:
                found.extend(self._unit(unit, day, home))
            for group in self.problem.groups:
                found.extend(self._group(group, day, home))
        return _sorted(found)

    def check_cells(self, rows: Iterable[HomeCell], cells: Iterable[HomeCell]) -> list[Violation]:
        """Violations of the people and of the rows that the given cells touch: the live check of a grid."""
        found: list[Violation] = []
        home = self._read(rows, found)
        return _sorted(found + self._around(home, set(cells)))

    def check_swap(self, rows: Iterable[HomeCell], swap: Swap) -> list[Violation]:
        """Why the swap may not be; empty when it may. The cells must be free days as they stand."""
        found: list[Violation] = []
        home = self._read(rows, found)
        found.extend(self._swap_cells(home, swap))
        if found:
            return _sorted(found)
        home[swap.person_a].remove(swap.day_a)
        home[swap.person_b].add(swap.day_a)
        touched = {(swap.person_a, swap.day_a), (swap.person_b, swap.day_a)}
        if swap.day_b is not None:
            home[swap.person_b].remove(swap.day_b)
            home[swap.person_a].add(swap.day_b)
            touched |= {(swap.person_a, swap.day_b), (swap.person_b, swap.day_b)}
        return _sorted(self._around(home, touched))

    def _around(self, home: Home, cells: set[HomeCell]) -> list[Violation]:
        found: list[Violation] = []
        units: set[tuple[date, int]] = set()
        groups: set[tuple[date, int]] = set()
        for person, day in cells:
            if person in self.people and day in self.days:
                units |= {(day, unit) for unit in self.ancestors[self.people[person].unit]}
                groups |= {(day, group.id) for group in self.groups_of.get(person, [])}
        for person in sorted({person for person, _ in cells} & set(self.people)):
            found.extend(self._person(self.people[person], home))
        for day, unit in sorted(units):
            found.extend(self._unit(self.units[unit], day, home))
        for day, group in sorted(groups):
            found.extend(self._group(self.groups[group], day, home))
        return found

    # --- cells ---------------------------------------------------------------------------------

    def _read(self, rows: Iterable[HomeCell], found: list[Violation]) -> Home:
        home: Home = {person: set() for person in self.people}
        for person, day in rows:
            if person not in self.people or day not in self.days:
                text = f"Person {person}, {day}: not part of this period."
                found.append(Violation(code=Code.UNKNOWN_CELL, message=text, person=person, day=day))
            elif day in home[person]:
                text = f"Person {person}, {day}: listed twice."
                found.append(Violation(code=Code.UNKNOWN_CELL, message=text, person=person, day=day))
            else:
                home[person].add(day)
        return home

    def _swap_cells(self, home: Home, swap: Swap) -> Iterator[Violation]:
        """Both must be regulars, the given days free home days, and the taken ones at the office."""
        for person in (swap.person_a, swap.person_b):
            if person not in self.people or self.people[person].kind is not PersonKind.REGULAR:
                text = f"Person {person} does not take part in the rotation."
                yield Violation(code=Code.EXCLUDED, message=text, person=person)
                return
        if swap.person_a == swap.person_b:
            text = f"Person {swap.person_a} cannot swap alone."
            yield Violation(code=Code.UNKNOWN_CELL, message=text, person=swap.person_a)
            return
        pairs = [(swap.person_a, swap.person_b, swap.day_a)]
        if swap.day_b is not None:
            pairs.append((swap.person_b, swap.person_a, swap.day_b))
        for giver, taker, day in pairs:
            if day not in home[giver] or not self._is_free(self.people[giver], day):
                text = f"Person {giver}, {day}: not a home day that can be given."
                yield Violation(code=Code.LOCKED, message=text, person=giver, day=day)
            elif day in home[taker]:
                text = f"Person {taker}, {day}: at home already."
                yield Violation(code=Code.UNKNOWN_CELL, message=text, person=taker, day=day)

    def _is_free(self, person: Person, day: date) -> bool:
        return self._chosen(person, day) and (person.id, day) not in self.locks

    def _is_past(self, day: date) -> bool:
        return self.problem.replan_from is not None and day < self.problem.replan_from

    def _must(self, person: Person, day: date) -> bool:
        """Whether the person must be at home: mandatory or permanent, present, and not in the past."""
        if day in person.absent or self._is_past(day):
            return False
        return day in self.mandatory[person.id] or person.kind is PersonKind.PERMANENT

    def _chosen(self, person: Person, day: date) -> bool:
        """Whether a home day there is somebody's choice: neither past nor mandatory nor permanent."""
        return not self._is_past(day) and not self._must(person, day)

    def _is_blocked(self, person: Person, day: date) -> bool:
        effective = self.rules.effective
        if effective is not None and not effective[0] <= day <= effective[1]:
            return True
        return (day, None) in self.blocked or any((day, unit) in self.blocked for unit in self.ancestors[person.unit])

    def _is_closed(self, person: Person, day: date) -> bool:
        weekdays = self.rules.weekdays
        return self._is_blocked(person, day) or (weekdays is not None and day.weekday() not in weekdays)

    # --- people --------------------------------------------------------------------------------

    def _person(self, person: Person, home: Home) -> Iterator[Violation]:
        mine = home[person.id]
        for day in self.problem.days:
            for code, text in self._cell(person, day, day in mine):
                yield Violation(code=code, message=f"Person {person.id}, {day}: {text}.", person=person.id, day=day)
        yield from self._runs(person, mine)
        yield from self._weeks(person, mine)
        yield from self._period(person, mine)
        if person.kind is PersonKind.BOX9:
            yield from self._withheld(person, home)

    def _cell(self, person: Person, day: date, at_home: bool) -> Iterator[tuple[Code, str]]:
        if day in person.absent:
            if at_home:
                yield Code.ABSENT, "at home while away"
            return
        if self._is_past(day):
            if at_home != ((person.id, day) in self.happened):
                yield Code.PAST, "differs from what has happened"
            return
        if self._must(person, day) and not at_home:
            layer = Code.MANDATORY if day in self.mandatory[person.id] else Code.PERMANENT
            yield layer, "must be at home"
        lock = self.locks.get((person.id, day))
        if lock is not None and lock.home != at_home:
            yield Code.LOCKED, "differs from the locked cell"
        if at_home and not self._must(person, day):
            yield from self._chosen_cell(person, day, lock is not None and lock.home)

    def _chosen_cell(self, person: Person, day: date, locked: bool) -> Iterator[tuple[Code, str]]:
        if person.kind is PersonKind.EXCLUDED:
            yield Code.EXCLUDED, "always at the office"
        elif person.kind is PersonKind.BOX9 and not locked:
            if self._is_blocked(person, day):
                yield Code.CLOSED, "everybody is at the office"
            elif day not in self.pattern[person.id]:
                yield Code.BOX9_PATTERN, "an office day of the pattern"
        elif self._is_closed(person, day):
            yield Code.CLOSED, "no home day is allowed"

    def _runs(self, person: Person, mine: set[date]) -> Iterator[Violation]:
        """Home days in a row over present days, the run before the period in front."""
        limit = self.rules.max_consecutive
        if limit is None or person.kind in self.rules.exempt_consecutive:
            return
        length, first = person.run_before, None
        for day in [*self.problem.days, None]:
            if day is not None and day in person.absent:
                continue
            if day is not None and day in mine:
                length += 1
                if first is None and self._chosen(person, day):
                    first = day
                continue
            if length > limit and first is not None:
                text = f"Person {person.id}, {first}: {length} home days in a row, {limit} are allowed."
                yield Violation(
                    code=Code.CONSECUTIVE, message=text, limit=limit, found=length, person=person.id, day=first
                )
            length, first = 0, None

    def _weeks(self, person: Person, mine: set[date]) -> Iterator[Violation]:
        if person.kind in self.rules.exempt_weekly:
            return
        mondays = sorted(self.weeks)
        for monday in mondays:
            there = [day for day in self.weeks[monday] if day not in person.absent]
            at_home = [day for day in there if day in mine]
            chosen = [day for day in at_home if self._chosen(person, day)]
            if not chosen:
                continue
            office = len(there) - len(at_home)
            fixed = len(at_home) - len(chosen)
            office_before = person.office_before if monday == mondays[0] else 0
            home_before = person.home_before if monday == mondays[0] else 0
            after = self.problem.days_after if monday == mondays[-1] else 0
            day = self.weeks[monday][0]
            least = min(self.rules.min_office_per_week, office_before + len(there) - fixed + after)
            if office_before + office + after < least:
                found = office_before + office
                text = f"Person {person.id}, week of {day}: {found} office days, {least - after} needed."
                yield Violation(
                    code=Code.WEEK_OFFICE, message=text, limit=least - after, found=found, person=person.id, day=day
                )
            most = self.rules.max_home_per_week
            if most is not None and home_before + len(at_home) > max(most, home_before + fixed):
                found = home_before + len(at_home)
                text = f"Person {person.id}, week of {day}: {found} home days, {most} allowed."
                yield Violation(code=Code.WEEK_HOME, message=text, limit=most, found=found, person=person.id, day=day)

    def _period(self, person: Person, mine: set[date]) -> Iterator[Violation]:
        if person.kind is not PersonKind.REGULAR:
            return
        at_home = len([day for day in mine if day not in person.absent])
        fixed = len([day for day in mine if day not in person.absent and not self._chosen(person, day)])
        most = self.rules.max_home_per_period
        if most is not None and at_home > max(most, fixed):
            text = f"Person {person.id}: {at_home} home days, {most} allowed in the period."
            yield Violation(code=Code.PERIOD_HOME, message=text, limit=most, found=at_home, person=person.id)
        least = self.rules.guaranteed_min
        if at_home < least:
            text = f"Person {person.id}: {at_home} home days, {least} guaranteed."
            yield Violation(code=Code.GUARANTEE, message=text, limit=least, found=at_home, person=person.id)

    def _withheld(self, person: Person, home: Home) -> Iterator[Violation]:
        """A day of the pattern may be missing only if it breaks something even with no regular at home."""
        missing = [
            day
            for day in sorted(self.pattern[person.id])
            if day not in home[person.id]
            and day not in person.absent
            and self._chosen(person, day)
            and (person.id, day) not in self.locks
            and not self._is_blocked(person, day)
        ]
        for day in missing:
            mine = home[person.id] | {day}
            if self._own_findings(person, mine) - self._own_findings(person, home[person.id]):
                continue
            bare = self._without_free(home, day)
            bare[person.id] = mine
            rows = [
                *(f for unit in self.ancestors[person.unit] for f in self._unit(self.units[unit], day, bare)),
                *(f for group in self.groups_of.get(person.id, []) for f in self._group(group, day, bare)),
            ]
            if not rows:
                text = f"Person {person.id}, {day}: a home day of the pattern withheld without need."
                yield Violation(code=Code.BOX9_WITHHELD, message=text, person=person.id, day=day)

    def _own_findings(self, person: Person, mine: set[date]) -> set[tuple[object, int]]:
        return {(found.key, found.found) for found in [*self._runs(person, mine), *self._weeks(person, mine)]}

    def _without_free(self, home: Home, day: date) -> Home:
        """The home cells of one day without the free days of regulars."""
        bare: Home = {}
        for person, days in home.items():
            who = self.people[person]
            free = who.kind is PersonKind.REGULAR and self._is_free(who, day)
            bare[person] = {day} if day in days and not free else set()
        return bare

    # --- units and groups ----------------------------------------------------------------------

    def _tally(self, members: Iterable[Person], day: date, home: Home) -> _Tally:
        there = base = at_home = counted_home = must_home = 0
        roster = self.rules.cap_base is CapBase.ROSTER
        for person in members:
            counted = person.kind not in self.rules.exempt
            present = day not in person.absent
            there += present
            base += counted and (present or roster)
            if present and day in home[person.id]:
                at_home += 1
                counted_home += counted
            must_home += counted and self._must(person, day)
        return _Tally(there, base, at_home, counted_home, must_home)

    def _unit(self, unit: Unit, day: date, home: Home) -> Iterator[Violation]:
        if self._is_past(day):
            return
        tally = self._tally(self.members[unit.id], day, home)
        name = unit.name or f"Unit {unit.id}"
        cap = tally.base if unit.cap_pct is None else tally.base * unit.cap_pct // 100
        if unit.cap_abs is not None:
            cap = min(cap, unit.cap_abs)
        if tally.counted_home > max(cap, tally.must_home):
            text = f"{name}, {day}: {tally.counted_home} at home, at most {cap} allowed."
            yield Violation(
                code=Code.UNIT_CAP, message=text, limit=cap, found=tally.counted_home, unit=unit.id, day=day
            )
        share = 0 if unit.min_office_pct is None else -(-tally.base * unit.min_office_pct // 100)
        least, office = max(unit.min_office, share), tally.there - tally.home
        if office < least:
            text = f"{name}, {day}: {office} at the office, {least} needed."
            yield Violation(code=Code.UNIT_OFFICE, message=text, limit=least, found=office, unit=unit.id, day=day)

    def _group(self, group: Group, day: date, home: Home) -> Iterator[Violation]:
        if self._is_past(day) or (group.dates is not None and day not in group.dates):
            return
        tally = self._tally([self.people[member] for member in group.members], day, home)
        office = tally.there - tally.home
        if office < group.min_office:
            text = f"{group.name or f'Group {group.id}'}, {day}: {office} at the office, {group.min_office} needed."
            yield Violation(
                code=Code.GROUP_OFFICE, message=text, limit=group.min_office, found=office, group=group.id, day=day
            )


def _sorted(found: list[Violation]) -> list[Violation]:
    return sorted(found, key=lambda violation: (violation.key[4], violation.key))
