"""Problems that cannot be kept: rule, unit or group or person, and date are named, all and only those."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schedules.rules.rotation import (
    Away,
    Blocked,
    Code,
    Group,
    Layer,
    Lock,
    Person,
    PersonKind,
    ProblemError,
    Remedy,
    Rules,
    Unit,
    check,
    explain,
    solve,
    validate,
)
from tests.schedules.rules.rotation.problems import people, problem, problems, workdays
from tests.schedules.rules.rotation.second_verdict import allowed

DAYS = workdays(10)
D = DAYS[2]
FREE = (Unit(id=1),)
DESK = (Group(id=7, unit=1, members=frozenset({1, 2, 3}), min_office=1, name="Loket"),)


def staff(**changes) -> tuple[Person, ...]:
    """Four regulars with changes by name: p1={...}."""
    return tuple(replace(person, **changes.get(f"p{person.id}", {})) for person in people(4))


def away(*days):
    return {"absent": frozenset(days)}


def must(*days):
    return {"mandatory": tuple((day, "SECRET") for day in days)}


def lock(person, *days, home=True):
    return tuple(Lock(person=person, day=day, home=home) for day in days)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(problem(), set(), id="nothing fixed, nothing broken"),
        pytest.param(
            problem(groups=DESK, people=staff(p1=away(D), p2=away(D), p3=away(D))),
            {(Code.GROUP_OFFICE, None, 7, None, D)},
            id="all counter officers are on leave",
        ),
        pytest.param(
            problem(groups=DESK, people=staff(p1=away(D), p2=away(D), p3=must(D))),
            {(Code.GROUP_OFFICE, None, 7, None, D)},
            id="the last counter officer must be at home",
        ),
        pytest.param(
            problem(groups=DESK, people=staff(p1=away(D), p2=away(D))),
            set(),
            id="the last counter officer simply stays",
        ),
        pytest.param(
            problem(units=(Unit(id=1, min_office=3),), people=staff(p1=away(D), p2=must(D, DAYS[3]))),
            {(Code.UNIT_OFFICE, 1, None, None, D)},
            id="a minimum of three with one on leave and one at home",
        ),
        pytest.param(
            problem(units=(Unit(id=1, cap_pct=25),), people=staff(p1=must(D), p2=must(D))),
            set(),
            id="mandatory days above the cap are an overrun, not a conflict",
        ),
        pytest.param(
            problem(units=(Unit(id=1, cap_pct=25),), locked=lock(1, D) + lock(2, D)),
            {(Code.UNIT_CAP, 1, None, None, D)},
            id="two locked days above the cap",
        ),
        pytest.param(
            problem(
                units=(Unit(id=1, cap_abs=1), Unit(id=2, parent=1, cap_abs=1)),
                people=people(4, unit=2),
                locked=lock(1, D) + lock(2, D),
            ),
            {(Code.UNIT_CAP, 1, None, None, D), (Code.UNIT_CAP, 2, None, None, D)},
            id="the cap of the unit and of its parent",
        ),
        pytest.param(
            problem(
                rules=Rules(max_consecutive=1),
                locked=lock(1, DAYS[1], DAYS[3]),
                people=staff(p1=away(DAYS[2])),
            ),
            {(Code.CONSECUTIVE, None, None, 1, DAYS[1])},
            id="new leave joins two locked days into a run",
        ),
        pytest.param(
            problem(rules=Rules(max_consecutive=2), people=staff(p1=must(*DAYS[1:5]))),
            set(),
            id="a long run of mandatory days is nobody's choice",
        ),
        pytest.param(
            problem(rules=Rules(max_consecutive=2), people=staff(p1={"run_before": 2}), locked=lock(1, DAYS[0])),
            {(Code.CONSECUTIVE, None, None, 1, DAYS[0])},
            id="the run of the period before counts",
        ),
        pytest.param(
            problem(rules=Rules(max_consecutive=None, min_office_per_week=4), locked=lock(1, DAYS[0], DAYS[2])),
            {(Code.WEEK_OFFICE, None, None, 1, DAYS[0])},
            id="two locked days in a week of four office days",
        ),
        pytest.param(
            problem(rules=Rules(max_consecutive=None, max_home_per_week=1), locked=lock(1, DAYS[5], DAYS[7])),
            {(Code.WEEK_HOME, None, None, 1, DAYS[5])},
            id="two locked days in a week of one home day",
        ),
        pytest.param(
            problem(rules=Rules(max_consecutive=None, max_home_per_period=1), locked=lock(1, DAYS[0], DAYS[7])),
            {(Code.PERIOD_HOME, None, None, 1, None)},
            id="two locked days in a period of one",
        ),
        pytest.param(
            problem(blocked=(Blocked(day=D),), locked=lock(1, D)),
            {(Code.CLOSED, None, None, 1, D)},
            id="a pleno on a locked home day",
        ),
        pytest.param(
            problem(people=staff(p1={"kind": PersonKind.EXCLUDED}), locked=lock(1, D)),
            {(Code.EXCLUDED, None, None, 1, D)},
            id="a home day locked for somebody who is excluded",
        ),
        pytest.param(
            problem(people=staff(p1=must(D)), locked=lock(1, D, home=False)),
            {(Code.LOCKED, None, None, 1, D)},
            id="locked at the office but must be at home",
        ),
        pytest.param(
            problem(people=staff(p1=away(D)), locked=lock(1, D)), set(), id="a lock on a day of leave means nothing"
        ),
        pytest.param(
            problem(rules=Rules(max_consecutive=None, guaranteed_min=5)), set(), id="half of ten days for everybody"
        ),
        pytest.param(
            problem(
                rules=Rules(max_consecutive=None, guaranteed_min=6),
                units=(Unit(id=1), Unit(id=2, parent=1, cap_abs=1), Unit(id=3, parent=1)),
                people=(*people(2, unit=2), Person(id=3, unit=3), Person(id=4, unit=3)),
            ),
            {(Code.GUARANTEE, None, None, 1, None), (Code.GUARANTEE, None, None, 2, None)},
            id="two people share ten days of one cap, the others are not named",
        ),
        pytest.param(
            problem(rules=Rules(max_consecutive=None, guaranteed_min=3), people=staff(p4=away(*DAYS[2:]))),
            {(Code.GUARANTEE, None, None, 4, None)},
            id="too long on leave for the guarantee",
        ),
    ],
)
def test_conflicts(asked, expected):
    found = explain(asked)
    assert {(c.code, c.unit, c.group, c.person, c.day) for c in found} == expected
    plan = solve(asked)
    assert plan.publishable == (not expected)
    assert {violation.key for violation in check(asked, plan.rows)} == {conflict.key for conflict in found}


def test_a_conflict_says_who_is_away_and_what_would_help():
    asked = problem(units=FREE, groups=DESK, people=staff(p1=away(D), p2=must(D)), locked=lock(3, D))
    (conflict,) = explain(asked)
    assert conflict.message == f"Loket, {D}: 1 must be at the office, at most 0 can be."
    assert conflict.away == (
        Away(person=1, layer=None),
        Away(person=2, layer=Layer.MANDATORY),
        Away(person=3, layer=Layer.LOCKED),
    )
    assert {(help.remedy, help.amount, help.people) for help in conflict.helps} == {
        (Remedy.LOWER_MINIMUM, 0, ()),
        (Remedy.RECALL, 1, (1,)),
        (Remedy.RELEASE_LOCK, 1, (3,)),
        (Remedy.CHANGE_LAYER, 1, (2,)),
    }


@pytest.mark.parametrize(
    "mended",
    [
        pytest.param({"people": staff(p2=must(D))}, id="the one on leave comes back"),
        pytest.param({"locked": ()}, id="the lock is released"),
        pytest.param({"people": staff(p1=away(D))}, id="the mandatory day moves"),
        pytest.param({"groups": (replace(DESK[0], min_office=0),)}, id="the minimum is lowered"),
    ],
)
def test_every_way_out_that_is_named_works_alone(mended):
    asked = problem(units=FREE, groups=DESK, people=staff(p1=away(D), p2=must(D)), locked=lock(3, D))
    assert explain(replace(asked, **mended)) == []


def test_the_reason_of_a_mandatory_day_appears_in_no_text():
    asked = problem(groups=DESK, people=staff(p1=must(D), p2=must(D), p3=must(D)), units=(Unit(id=1, cap_pct=25),))
    plan = solve(asked)
    assert "SECRET" not in repr(plan)
    assert "SECRET" not in repr([*explain(asked), *validate(asked), *check(asked, [])])


def test_mandatory_days_above_the_cap_are_recorded_and_leave_no_free_day():
    asked = problem(
        units=(Unit(id=1, cap_pct=50), Unit(id=2, parent=1, cap_pct=50), Unit(id=3, parent=1)),
        people=(
            *(replace(person, **must(D)) for person in people(3, unit=2)),
            Person(id=4, unit=3),
            Person(id=5, unit=2),
        ),
    )
    plan = solve(asked)
    assert [(over.unit, over.day, over.cap, over.count) for over in plan.overruns] == [(1, D, 2, 3), (2, D, 2, 3)]
    assert {number for number, day in plan.rows if day == D} == {1, 2, 3}
    assert check(asked, plan.rows) == []


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        pytest.param({"days": ()}, "NO_DAYS", id="no working day"),
        pytest.param({"days": (D, D)}, "DAY_TWICE", id="a day twice"),
        pytest.param({"units": (Unit(id=1, parent=2), Unit(id=2, parent=1))}, "CIRCLE", id="a circle of units"),
        pytest.param({"units": (Unit(id=1, parent=5),)}, "PARENT", id="an unknown parent"),
        pytest.param({"people": people(2, unit=9)}, "UNIT", id="an unknown unit"),
        pytest.param({"people": people(2) + people(1)}, "TWICE", id="a person twice"),
        pytest.param({"units": (Unit(id=1, cap_pct=101),)}, "LIMIT", id="more than all"),
        pytest.param({"groups": (Group(id=1, unit=1, members=frozenset({8})),)}, "MEMBER", id="an unknown member"),
        pytest.param(
            {"groups": (Group(id=1, unit=1, members=frozenset({1}), min_office=2),)}, "GROUP_MINIMUM", id="two of one"
        ),
        pytest.param(
            {
                "units": (Unit(id=1), Unit(id=2, parent=1)),
                "groups": (Group(id=1, unit=2, members=frozenset({1})),),
            },
            "MEMBER_OUTSIDE",
            id="a member from another unit",
        ),
        pytest.param({"locked": lock(1, D) + lock(1, D, home=False)}, "LOCK_BOTH", id="locked both ways"),
        pytest.param({"rules": Rules(max_consecutive=0)}, "LIMIT", id="no home day in a row at all"),
        pytest.param({"rules": Rules(guaranteed_min=4, max_home_per_period=3)}, "GUARANTEE_ABOVE_LIMIT", id="4 of 3"),
        pytest.param({"people": people(1, carry=Decimal("NaN"))}, "CARRY", id="a balance that is no number"),
        pytest.param({"people": people(1, carry=Decimal(400))}, "CARRY", id="a balance of more than a year"),
        pytest.param({"rules": Rules(exempt=frozenset({PersonKind.REGULAR}))}, "EXEMPT_REGULAR", id="nobody counts"),
    ],
)
def test_what_cannot_be_planned_is_refused(broken, code):
    asked = problem(**broken)
    assert code in {issue.code for issue in validate(asked) if issue.blocks}
    with pytest.raises(ProblemError):
        solve(asked)


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        pytest.param({"units": (Unit(id=1, cap_pct=20),)}, "CAP_ROUNDS_TO_ZERO", id="a fifth of four people is nobody"),
        pytest.param({"people": staff(p1=away(D)), "locked": lock(1, D)}, "LOCK_ABSENT", id="a lock on a day of leave"),
        pytest.param({"people": people(1, kind=PersonKind.BOX9)}, "BOX9_WITHOUT_MODE", id="a reward without a pattern"),
    ],
)
def test_what_is_odd_is_said_but_can_be_planned(odd, code):
    asked = problem(**odd)
    assert code in {issue.code for issue in validate(asked) if not issue.blocks}
    assert check(asked, solve(asked).rows) == []


LIMITS = {
    Code.CONSECUTIVE: "max_consecutive",
    Code.WEEK_OFFICE: "min_office_per_week",
    Code.WEEK_HOME: "max_home_per_week",
    Code.PERIOD_HOME: "max_home_per_period",
    Code.GUARANTEE: "guaranteed_min",
}


def _mended(asked, conflict, help_):
    """The problem after one way out was taken; None for those that need a person's decision."""
    amount = help_.amount
    if help_.remedy in (Remedy.RECALL, Remedy.CHANGE_LAYER, Remedy.OPEN_DAY):
        return None
    if help_.remedy is Remedy.RELEASE_LOCK:
        freed = {(number, conflict.day) for number in help_.people}
        enough = conflict.code is Code.UNIT_CAP or amount == conflict.need - conflict.possible
        if conflict.code in LIMITS or not enough:
            return None
        return replace(asked, locked=tuple(k for k in asked.locked if (k.person, k.day) not in freed))
    if conflict.code in LIMITS:
        return replace(asked, rules=replace(asked.rules, **{LIMITS[conflict.code]: amount}))
    if conflict.group is not None:
        groups = tuple(replace(g, min_office=amount) if g.id == conflict.group else g for g in asked.groups)
        return replace(asked, groups=groups)
    change = {"cap_pct": None, "cap_abs": amount}
    if help_.remedy is Remedy.LOWER_MINIMUM:
        change = {"min_office": amount, "min_office_pct": None}
    units = tuple(replace(u, **change) if u.id == conflict.unit else u for u in asked.units)
    return replace(asked, units=units)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problems(), st.sampled_from((0, 0, 3)))
def test_every_number_that_is_named_as_a_way_out_ends_the_conflict(asked, least):
    asked = replace(asked, rules=replace(asked.rules, guaranteed_min=least, max_home_per_period=None))
    assume(not any(issue.blocks for issue in validate(asked)))
    for conflict in explain(asked):
        for help_ in conflict.helps:
            mended = _mended(asked, conflict, help_)
            if mended is not None and not any(issue.blocks for issue in validate(mended)):
                assert conflict.key not in {other.key for other in explain(mended)}, (conflict, help_)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problems(max_people=3), st.sampled_from((0, 1, 2)))
def test_a_conflict_is_found_exactly_when_no_plan_exists_at_all(asked, least):
    """Every set of home cells of up to three people on three days is tried."""
    days = asked.days[:3]
    asked = replace(
        asked,
        days=days,
        groups=tuple(replace(g, dates=None if g.dates is None else g.dates & set(days)) for g in asked.groups),
        blocked=tuple(b for b in asked.blocked if b.day in days),
        locked=tuple(k for k in asked.locked if k.day in days),
        rules=replace(asked.rules, guaranteed_min=least, max_home_per_period=None),
    )
    assume(not any(issue.blocks for issue in validate(asked)))
    # A box-9 pattern yields to a broken row, never to a guarantee; the sets tried here do not know that order.
    assume(not least or all(person.kind is not PersonKind.BOX9 for person in asked.people))
    cells = [(person.id, day) for person in asked.people for day in days if day not in person.absent]
    possible = any(
        allowed(asked, {cell for place, cell in enumerate(cells) if chosen >> place & 1})
        for chosen in range(1 << len(cells))
    )
    plan = solve(asked)
    if possible:
        assert explain(asked) == []
    assert plan.publishable == possible
