"""Small rotation problems: a plain one to vary by hand, and a hypothesis strategy for everything else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from schedules.rules.rotation import (
    Blocked,
    Box9Mode,
    CapBase,
    Group,
    Lock,
    Person,
    PersonKind,
    Problem,
    ReplanMode,
    Rules,
    Unit,
)

MONDAY = date(2026, 12, 7)


def workdays(count: int, first: date = MONDAY) -> tuple[date, ...]:
    days: list[date] = []
    day = first
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day += timedelta(days=1)
    return tuple(days)


def people(count: int, unit: int = 1, **values) -> tuple[Person, ...]:
    return tuple(Person(id=number + 1, unit=unit, **values) for number in range(count))


def problem(**values) -> Problem:
    """Four regulars in one unit of which half may be at home, two weeks, no other rule."""
    given = {
        "days": workdays(10),
        "rules": Rules(max_consecutive=None),
        "units": (Unit(id=1, cap_pct=50, name="Loket"),),
        "people": people(4),
    }
    return Problem(**(given | values))


def some_days(days: tuple[date, ...], most: int) -> st.SearchStrategy[frozenset[date]]:
    return st.frozensets(st.sampled_from(days), max_size=most)


@st.composite
def rules_for(draw, days: tuple[date, ...]) -> Rules:
    mode = draw(st.sampled_from(Box9Mode))
    run = draw(st.sampled_from((None, 1, 2, 3, 4)))
    week = draw(st.sampled_from((None, None, 2, 3)))
    office = draw(st.sampled_from((0, 0, 2, 3)))
    return Rules(
        max_consecutive=run,
        min_office_per_week=office,
        max_home_per_week=week,
        max_home_per_period=draw(st.sampled_from((None, None, 1, 3))),
        cap_base=draw(st.sampled_from(CapBase)),
        exempt=draw(st.sampled_from((frozenset(), frozenset({PersonKind.PERMANENT}), frozenset({PersonKind.BOX9})))),
        exempt_consecutive=frozenset({PersonKind.BOX9}) if run in (1, 2) else frozenset(),
        exempt_weekly=frozenset({PersonKind.BOX9}) if week == 2 or office == 3 else frozenset(),
        weekdays=draw(st.sampled_from((None, None, frozenset({3, 4}), frozenset({0, 2, 4})))),
        effective=draw(st.sampled_from((None, None, (days[0], days[-2])))),
        box9=mode,
        replan=draw(st.sampled_from(ReplanMode)),
    )


@st.composite
def units_of(draw) -> tuple[Unit, ...]:
    """A root and up to three units below it or below each other."""
    limits = st.fixed_dictionaries(
        {
            "cap_pct": st.sampled_from((None, 30, 50, 60, 100)),
            "cap_abs": st.sampled_from((None, None, 1, 2)),
            "min_office": st.sampled_from((0, 0, 1)),
            "min_office_pct": st.sampled_from((None, None, 40)),
        }
    )
    units = [Unit(id=1, **draw(limits))]
    for number in range(2, 2 + draw(st.integers(0, 3))):
        units.append(Unit(id=number, parent=draw(st.integers(1, number - 1)), **draw(limits)))
    return tuple(units)


@st.composite
def person_in(draw, number: int, units: tuple[Unit, ...], days: tuple[date, ...]) -> Person:
    kinds = (PersonKind.REGULAR,) * 5 + (PersonKind.BOX9, PersonKind.PERMANENT, PersonKind.EXCLUDED)
    before = draw(st.integers(0, 2))
    return Person(
        id=number,
        unit=draw(st.sampled_from(units)).id,
        kind=draw(st.sampled_from(kinds)),
        absent=draw(some_days(days, 3)),
        mandatory=tuple((day, "M") for day in sorted(draw(some_days(days, 1)))),
        carry=Decimal(draw(st.integers(-3, 3))) / 2,
        prefer=draw(some_days(days, 2)),
        avoid=draw(some_days(days, 1)),
        run_before=before,
        home_before=before if days[0].weekday() >= before else 0,
        office_before=draw(st.integers(0, 2)) if days[0].weekday() >= 2 else 0,
        box9_phase=draw(st.sampled_from((None, 0, 4))),
    )


def _descendants(units: tuple[Unit, ...], root: int) -> set[int]:
    inside = {root}
    for unit in units:  # parents come first
        if unit.parent in inside:
            inside.add(unit.id)
    return inside


@st.composite
def problems(draw, *, with_locks: bool = True, max_people: int = 8) -> Problem:
    """Any readable problem of a few people and days: crossing groups, locks, blocks, all kinds of people."""
    first = MONDAY + timedelta(days=draw(st.sampled_from((0, 0, 2, 3))))
    days = workdays(draw(st.integers(3, 10)), first)
    units = draw(units_of())
    staff = tuple(draw(person_in(number, units, days)) for number in range(1, 1 + draw(st.integers(1, max_people))))
    groups = []
    for number in range(1, 1 + draw(st.integers(0, 3))):
        unit = draw(st.sampled_from(units)).id
        able = [person.id for person in staff if person.unit in _descendants(units, unit)]
        if able:
            members = draw(st.frozensets(st.sampled_from(able), min_size=1))
            least = draw(st.integers(0, min(2, len(members))))
            dates = draw(st.none() | some_days(days, 4))
            groups.append(Group(id=number, unit=unit, members=members, min_office=least, dates=dates))
    blocked = tuple(
        Blocked(day=day, unit=draw(st.none() | st.sampled_from(units).map(lambda unit: unit.id)))
        for day in sorted(draw(some_days(days, 1)))
    )
    locked = ()
    if with_locks:
        cells = draw(
            st.dictionaries(st.tuples(st.sampled_from(staff), st.sampled_from(days)), st.booleans(), max_size=2)
        )
        locked = tuple(Lock(person=person.id, day=day, home=home) for (person, day), home in cells.items())
    return Problem(
        days=days,
        rules=draw(rules_for(days)),
        units=units,
        groups=tuple(groups),
        people=staff,
        blocked=blocked,
        locked=locked,
        days_after=draw(st.sampled_from((0, 0, 2))),
        seed=draw(st.integers(0, 3)),
    )
