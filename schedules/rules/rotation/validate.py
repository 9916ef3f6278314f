"""Contradictions in the problem itself, found when a policy or a list is saved, before any plan.

An issue that `blocks` leaves the problem unreadable or the policy impossible to keep for anybody; the
others are worth knowing: a small unit whose cap rounds down to nobody, a lock on a day of leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from . import box9
from .findings import Issue
from .model import Box9Mode, Person, PersonKind, Problem, ProblemError, Rules, Unit

MOST_CARRIED = 366


def validate(problem: Problem) -> list[Issue]:
    """All contradictions, blocking ones first, otherwise in the order of the fields of `Problem`."""
    issues = [
        *_days(problem),
        *_rules(problem.rules),
        *_units(problem),
        *_people(problem),
        *_groups(problem),
        *_cells(problem),
    ]
    if not any(issue.blocks for issue in issues):
        issues += [*_box9(problem), *_small_units(problem)]
    return sorted(issues, key=lambda issue: not issue.blocks)


def require_readable(problem: Problem) -> None:
    """Raise ProblemError with every blocking sentence; `solve` and `check` begin with this."""
    blocking = [issue.message for issue in validate(problem) if issue.blocks]
    if blocking:
        raise ProblemError(" ".join(blocking[:20]))


def _days(problem: Problem) -> Iterator[Issue]:
    if not problem.days:
        yield Issue(code="NO_DAYS", field="days", message="The period has no working day.")
    for day, times in sorted(Counter(problem.days).items()):
        if times > 1:
            yield Issue(code="DAY_TWICE", field="days", day=day, message=f"{day} stands twice among the working days.")
    if not 0 <= problem.days_after <= 6:
        yield Issue(
            code="DAYS_AFTER",
            field="days_after",
            message=f"{problem.days_after} working days after the period in its last week; 0 to 6 are possible.",
        )


def _rules(rules: Rules) -> Iterator[Issue]:
    limits = {
        "max_consecutive": (rules.max_consecutive, 1, 366),
        "min_office_per_week": (rules.min_office_per_week, 0, 7),
        "max_home_per_week": (rules.max_home_per_week, 0, 7),
        "max_home_per_period": (rules.max_home_per_period, 0, 366),
        "guaranteed_min": (rules.guaranteed_min, 0, 366),
    }
    for name, (value, low, high) in limits.items():
        if value is not None and not low <= value <= high:
            yield Issue(code="LIMIT", field=f"rules.{name}", message=f"{name} is {value}; {low} to {high} is possible.")
    if rules.weekdays is not None and not rules.weekdays <= frozenset(range(7)):
        yield Issue(
            code="WEEKDAY", field="rules.weekdays", message="A weekday is a number from 0 (Monday) to 6 (Sunday)."
        )
    if rules.effective is not None and rules.effective[0] > rules.effective[1]:
        first, last = rules.effective
        yield Issue(
            code="EFFECTIVE",
            field="rules.effective",
            message=f"The policy ends on {last}, before it begins on {first}.",
        )
    if PersonKind.REGULAR in rules.exempt:
        yield Issue(
            code="EXEMPT_REGULAR",
            field="rules.exempt",
            message="Regular people cannot be exempt from the cap they rotate under.",
        )
    most = rules.max_home_per_period
    if most is not None and rules.guaranteed_min > most:
        yield Issue(
            code="GUARANTEE_ABOVE_LIMIT",
            field="rules.guaranteed_min",
            message=f"{rules.guaranteed_min} home days are guaranteed but at most {most} allowed in the period.",
        )
    yield from _box9_rules(rules)


def _box9_rules(rules: Rules) -> Iterator[Issue]:
    """A pattern that breaks the run or week rule of the same policy is refused, unless box 9 is exempt."""
    mode = rules.box9
    if mode is Box9Mode.NONE:
        return
    run = box9.longest_run(mode)
    if (
        rules.max_consecutive is not None
        and rules.max_consecutive < run
        and PersonKind.BOX9 not in rules.exempt_consecutive
    ):
        yield Issue(
            code="BOX9_RUN",
            field="rules.box9",
            message=f"The box-9 pattern has {run} home days in a row, the policy allows {rules.max_consecutive}, "
            "and box 9 is not exempt.",
        )
    if PersonKind.BOX9 in rules.exempt_weekly:
        return
    week = box9.most_per_week(mode)
    if rules.max_home_per_week is not None and rules.max_home_per_week < week:
        yield Issue(
            code="BOX9_WEEK",
            field="rules.box9",
            message=f"The box-9 pattern has {week} home days in a week, the policy allows {rules.max_home_per_week}, "
            "and box 9 is not exempt.",
        )
    if rules.min_office_per_week > 5 - week:
        yield Issue(
            code="BOX9_OFFICE",
            field="rules.box9",
            message=f"The box-9 pattern leaves {5 - week} office days in a week, the policy asks "
            f"{rules.min_office_per_week}, and box 9 is not exempt.",
        )


def _units(problem: Problem) -> Iterator[Issue]:
    parents = {unit.id: unit.parent for unit in problem.units}
    yield from _twice("unit", [unit.id for unit in problem.units])
    if not problem.units:
        yield Issue(code="NO_UNIT", field="units", message="There is no unit.")
    for unit in sorted(problem.units, key=lambda unit: unit.id):
        if unit.parent is not None and unit.parent not in parents:
            yield Issue(
                code="PARENT",
                field="units.parent",
                unit=unit.id,
                message=f"Unit {unit.id}: parent {unit.parent} is unknown.",
            )
        elif _in_circle(unit.id, parents):
            yield Issue(
                code="CIRCLE", field="units.parent", unit=unit.id, message=f"Unit {unit.id} is its own ancestor."
            )
        yield from _unit_limits(unit)


def _in_circle(start: int, parents: dict[int, int | None]) -> bool:
    seen = {start}
    at = parents.get(start)
    while at is not None:
        if at == start:
            return True
        if at in seen:
            return False
        seen.add(at)
        at = parents.get(at)
    return False


def _unit_limits(unit: Unit) -> Iterator[Issue]:
    for name, value, high in (
        ("cap_pct", unit.cap_pct, 100),
        ("cap_abs", unit.cap_abs, 1_000_000),
        ("min_office", unit.min_office, 1_000_000),
        ("min_office_pct", unit.min_office_pct, 100),
    ):
        if value is not None and not 0 <= value <= high:
            yield Issue(
                code="LIMIT",
                field=f"units.{name}",
                unit=unit.id,
                message=f"Unit {unit.id}: {name} is {value}; 0 to {high} is possible.",
            )


def _twice(what: str, ids: list[int]) -> Iterator[Issue]:
    for number, times in sorted(Counter(ids).items()):
        if times > 1:
            yield Issue(code="TWICE", field=what, message=f"The {what} {number} is listed {times} times.")


def _people(problem: Problem) -> Iterator[Issue]:
    units = {unit.id for unit in problem.units}
    yield from _twice("person", [person.id for person in problem.people])
    for person in sorted(problem.people, key=lambda person: person.id):
        if person.unit not in units:
            yield Issue(
                code="UNIT",
                field="people.unit",
                person=person.id,
                message=f"Person {person.id}: unit {person.unit} is unknown.",
            )
        for name in ("run_before", "office_before", "home_before"):
            if getattr(person, name) < 0:
                yield Issue(
                    code="LIMIT",
                    field=f"people.{name}",
                    person=person.id,
                    message=f"Person {person.id}: {name} is below 0.",
                )
        if not (person.carry.is_finite() and abs(person.carry) <= MOST_CARRIED):
            yield Issue(
                code="CARRY",
                field="people.carry",
                person=person.id,
                message=f"Person {person.id}: {person.carry} days carried; up to {MOST_CARRIED} are possible.",
            )
        yield from _person_dates(person)


def _person_dates(person: Person) -> Iterator[Issue]:
    for day in sorted({day for day, _ in person.mandatory} & person.absent):
        yield Issue(
            code="MANDATORY_ABSENT",
            field="people.mandatory",
            person=person.id,
            day=day,
            blocks=False,
            message=f"Person {person.id} must be at home on {day} but is away; being away counts.",
        )


def _subtree_of(units: tuple[Unit, ...]) -> dict[int, list[int]]:
    """Each unit with itself and its ancestors."""
    parents = {unit.id: unit.parent for unit in units}
    chains: dict[int, list[int]] = {}
    for unit in units:
        chain: list[int] = []
        at: int | None = unit.id
        while at is not None and at in parents and at not in chain:
            chain.append(at)
            at = parents[at]
        chains[unit.id] = chain
    return chains


def _groups(problem: Problem) -> Iterator[Issue]:
    chains = _subtree_of(problem.units)
    unit_of = {person.id: person.unit for person in problem.people}
    yield from _twice("group", [group.id for group in problem.groups])
    for group in sorted(problem.groups, key=lambda group: group.id):
        if group.unit not in chains:
            yield Issue(
                code="UNIT",
                field="groups.unit",
                group=group.id,
                message=f"Group {group.id}: unit {group.unit} is unknown.",
            )
            continue
        for member in sorted(group.members):
            if member not in unit_of:
                yield Issue(
                    code="MEMBER",
                    field="groups.members",
                    group=group.id,
                    message=f"Group {group.id}: person {member} is unknown.",
                )
            elif group.unit not in chains.get(unit_of[member], []):
                yield Issue(
                    code="MEMBER_OUTSIDE",
                    field="groups.members",
                    group=group.id,
                    person=member,
                    message=f"Group {group.id}: person {member} does not work in unit {group.unit} or below it.",
                )
        if group.min_office < 0 or group.min_office > len(group.members):
            yield Issue(
                code="GROUP_MINIMUM",
                field="groups.min_office",
                group=group.id,
                message=f"Group {group.id}: {group.min_office} asked at the office, {len(group.members)} members.",
            )


def _cells(problem: Problem) -> Iterator[Issue]:
    people = {person.id: person for person in problem.people}
    units = {unit.id for unit in problem.units}
    for blocked in sorted(problem.blocked, key=lambda b: (b.day, b.unit or -1)):
        if blocked.unit is not None and blocked.unit not in units:
            yield Issue(
                code="UNIT",
                field="blocked.unit",
                day=blocked.day,
                message=f"Blocked day {blocked.day}: unit {blocked.unit} is unknown.",
            )
    locks: dict[tuple[int, date], set[bool]] = {}
    for lock in sorted(problem.locked, key=lambda k: (k.person, k.day, k.home)):
        locks.setdefault((lock.person, lock.day), set()).add(lock.home)
        if lock.person not in people:
            yield Issue(
                code="LOCK",
                field="locked",
                day=lock.day,
                message=f"Lock on {lock.day}: person {lock.person} is unknown.",
            )
        elif lock.home and lock.day in people[lock.person].absent:
            yield Issue(
                code="LOCK_ABSENT",
                field="locked",
                person=lock.person,
                day=lock.day,
                blocks=False,
                message=f"Person {lock.person} is locked at home on {lock.day} but is away; being away counts.",
            )
    for (person, day), ways in locks.items():
        if len(ways) > 1:
            yield Issue(
                code="LOCK_BOTH",
                field="locked",
                person=person,
                day=day,
                message=f"Person {person} is locked both ways on {day}.",
            )
    for number in sorted({person for person, _ in problem.previous} - set(people)):
        yield Issue(
            code="PREVIOUS",
            field="previous",
            blocks=False,
            message=f"The previous plan has person {number}, who is unknown.",
        )


def _box9(problem: Problem) -> Iterator[Issue]:
    if problem.rules.box9 is Box9Mode.NONE:
        for person in sorted(problem.people, key=lambda person: person.id):
            if person.kind is PersonKind.BOX9:
                yield Issue(
                    code="BOX9_WITHOUT_MODE",
                    field="people.kind",
                    person=person.id,
                    blocks=False,
                    message=f"Person {person.id} has the box-9 reward, the policy no pattern; no home day follows.",
                )


def _small_units(problem: Problem) -> Iterator[Issue]:
    """Caps that round down to nobody although the percentage is above 0."""
    chains = _subtree_of(problem.units)
    size: Counter[int] = Counter()
    for person in problem.people:
        if person.kind not in problem.rules.exempt:
            size.update(chains[person.unit])
    for unit in sorted(problem.units, key=lambda unit: unit.id):
        if unit.cap_pct and size[unit.id] and size[unit.id] * unit.cap_pct < 100:
            yield Issue(
                code="CAP_ROUNDS_TO_ZERO",
                field="units.cap_pct",
                unit=unit.id,
                blocks=False,
                message=f"Unit {unit.id} has {size[unit.id]} people; {unit.cap_pct} % of them rounds down to nobody.",
            )
