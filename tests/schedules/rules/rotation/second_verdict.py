"""The rules once more, as bluntly as possible: is this set of home cells allowed, yes or no?

Written apart from `check` and slower: every window, every week and every row is listed and looked at.
It knows nothing of box-9 days withheld, which are judged elsewhere.
"""

from __future__ import annotations

from datetime import date

from schedules.rules.rotation import Box9Mode, CapBase, PersonKind, Problem
from schedules.rules.rotation.box9 import home_days, spread_phases


def allowed(problem: Problem, cells: set[tuple[int, date]]) -> bool:
    people = {person.id: person for person in problem.people}
    if any(number not in people or day not in problem.days for number, day in cells):
        return False
    return (
        all(
            _cell_ok(problem, person, day, (person.id, day) in cells)
            for person in problem.people
            for day in problem.days
        )
        and all(_windows_ok(problem, person, cells) for person in problem.people)
        and all(_weeks_ok(problem, person, cells) for person in problem.people)
        and all(_counts_ok(problem, person, cells) for person in problem.people)
        and all(_unit_ok(problem, unit, day, cells) for unit in problem.units for day in problem.days)
        and all(_group_ok(problem, group, day, cells) for group in problem.groups for day in problem.days)
    )


def _past(problem, day):
    return problem.replan_from is not None and day < problem.replan_from


def _must(problem, person, day):
    if day in person.absent or _past(problem, day):
        return False
    return person.kind is PersonKind.PERMANENT or day in [entry[0] for entry in person.mandatory]


def _units_of(problem, person):
    parents = {unit.id: unit.parent for unit in problem.units}
    at, found = person.unit, []
    while at is not None:
        found.append(at)
        at = parents[at]
    return found


def _cell_ok(problem, person, day, home):
    if day in person.absent:
        return not home
    if _past(problem, day):
        return home == ((person.id, day) in problem.previous)
    if _must(problem, person, day) and not home:
        return False
    locks = [lock.home for lock in problem.locked if lock.person == person.id and lock.day == day]
    if any(lock != home for lock in locks):
        return False
    if not home or _must(problem, person, day):
        return True
    return person.kind is not PersonKind.EXCLUDED and _may_choose(problem, person, day, bool(locks))


def _may_choose(problem, person, day, locked):
    rules = problem.rules
    units = _units_of(problem, person)
    if any(b.day == day and (b.unit is None or b.unit in units) for b in problem.blocked):
        return False
    if rules.effective and not rules.effective[0] <= day <= rules.effective[1]:
        return False
    if person.kind is PersonKind.BOX9 and not locked:
        return day in _pattern(problem, person)
    return rules.weekdays is None or day.weekday() in rules.weekdays


def _pattern(problem, person):
    mode = problem.rules.box9
    if mode is Box9Mode.NONE:
        return frozenset()
    who = sorted((p.id, p.unit, p.box9_phase) for p in problem.people if p.kind is PersonKind.BOX9)
    return home_days(mode, spread_phases(who, mode)[person.id], sorted(problem.days))


def _chosen(problem, person, day):
    return not _past(problem, day) and not _must(problem, person, day)


def _windows_ok(problem, person, cells):
    limit = problem.rules.max_consecutive
    if limit is None or person.kind in problem.rules.exempt_consecutive:
        return True
    line = [None] * person.run_before + [day for day in sorted(problem.days) if day not in person.absent]
    for start in range(len(line) - limit):
        window = line[start : start + limit + 1]
        home = [day is None or (person.id, day) in cells for day in window]
        if all(home) and any(day is not None and _chosen(problem, person, day) for day in window):
            return False
    return True


def _weeks_ok(problem, person, cells):
    rules = problem.rules
    if person.kind in rules.exempt_weekly:
        return True
    weeks = sorted({day.isocalendar()[:2] for day in problem.days})
    for week in weeks:
        days = [d for d in problem.days if d.isocalendar()[:2] == week and d not in person.absent]
        home = [d for d in days if (person.id, d) in cells]
        chosen = [d for d in home if _chosen(problem, person, d)]
        before_office = person.office_before if week == weeks[0] else 0
        before_home = person.home_before if week == weeks[0] else 0
        after = problem.days_after if week == weeks[-1] else 0
        could_be_office = before_office + len(days) - len(home) + len(chosen) + after
        is_office = before_office + len(days) - len(home) + after
        if chosen and is_office < min(rules.min_office_per_week, could_be_office):
            return False
        if rules.max_home_per_week is not None and chosen:
            unavoidable = before_home + len(home) - len(chosen)
            if (
                before_home + len(home) > rules.max_home_per_week
                and len(chosen) > 0 >= rules.max_home_per_week - unavoidable
            ):
                return False
            if unavoidable <= rules.max_home_per_week < before_home + len(home):
                return False
    return True


def _counts_ok(problem, person, cells):
    if person.kind is not PersonKind.REGULAR:
        return True
    home = [d for d in problem.days if (person.id, d) in cells and d not in person.absent]
    chosen = [d for d in home if _chosen(problem, person, d)]
    most = problem.rules.max_home_per_period
    if most is not None and chosen and len(home) > most:
        return False
    return len(home) >= problem.rules.guaranteed_min


def _unit_ok(problem, unit, day, cells):
    if _past(problem, day):
        return True
    members = [p for p in problem.people if unit.id in _units_of(problem, p)]
    there = [p for p in members if day not in p.absent]
    home = [p for p in there if (p.id, day) in cells]
    counts = [p for p in members if p.kind not in problem.rules.exempt]
    base = counts if problem.rules.cap_base is CapBase.ROSTER else [p for p in counts if p in there]
    counted_home = [p for p in home if p in counts]
    forced = [p for p in counts if _must(problem, p, day)]
    for limit in ([len(base) * unit.cap_pct // 100] if unit.cap_pct is not None else []) + (
        [unit.cap_abs] if unit.cap_abs is not None else []
    ):
        if len(counted_home) > max(limit, len(forced)):
            return False
    office = len(there) - len(home)
    if office < unit.min_office:
        return False
    return unit.min_office_pct is None or 100 * office >= unit.min_office_pct * len(base)


def _group_ok(problem, group, day, cells):
    if _past(problem, day) or (group.dates is not None and day not in group.dates):
        return True
    there = [p for p in problem.people if p.id in group.members and day not in p.absent]
    return len([p for p in there if (p.id, day) not in cells]) >= group.min_office
