"""Changing a plan: re-planning with few changes, swaps, and the reasons a person is given."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.rotation_instances import make
from schedules.rules.rotation import (
    Blocked,
    Box9Mode,
    Code,
    DayState,
    Group,
    Layer,
    Lock,
    Person,
    PersonKind,
    ProblemError,
    ReplanMode,
    Rules,
    Swap,
    Unit,
    check,
    check_swap,
    explain,
    metrics_of,
    replan,
    solve,
    standings,
    validate,
    why,
)
from schedules.rules.rotation.check import Checker
from tests.schedules.rules.rotation.problems import people, problem, problems, workdays

DAYS = workdays(10)


def with_news(asked, plan, start, *, leave=(), pleno=()):
    """The problem as it stands when news come: some leave, some pleno days."""
    away = dict(leave)
    staff = tuple(replace(p, absent=p.absent | frozenset(away.get(p.id, ()))) for p in asked.people)
    blocked = asked.blocked + tuple(Blocked(day=day) for day in pleno)
    return replace(asked, people=staff, blocked=blocked, previous=plan.rows, replan_from=start)


@given(problems(with_locks=False), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_mended_plan_keeps_the_rules_the_past_and_most_of_the_rest(asked, data):
    assume(not any(issue.blocks for issue in validate(asked)))
    asked = replace(asked, rules=replace(asked.rules, replan=ReplanMode.MINIMAL))
    plan = solve(asked)
    assume(not plan.conflicts)
    start = data.draw(st.sampled_from(asked.days), label="from")
    later = [day for day in asked.days if day >= start]
    leave = data.draw(
        st.dictionaries(
            st.sampled_from([p.id for p in asked.people]), st.frozensets(st.sampled_from(later)), max_size=2
        )
    )
    news = with_news(asked, plan, start, leave=leave.items(), pleno=data.draw(st.sampled_from(((), (later[-1],)))))
    mended = replan(news)
    assert {v.key for v in check(news, mended.rows)} == {c.key for c in explain(news)}
    people_away = {p.id: p.absent for p in news.people}
    before = {cell for cell in plan.rows if cell[1] < start and cell[1] not in people_away[cell[0]]}
    assert {cell for cell in mended.rows if cell[1] < start} == before
    changed = {c for c in mended.rows if c[1] >= start} ^ {c for c in plan.rows if c[1] >= start}
    assert mended.changes == len(changed)
    assert mended.forced_changes <= mended.changes <= 4 * mended.forced_changes


def test_no_news_no_change():
    asked = make(60, 22, 4)
    plan = solve(asked)
    mended = replan(replace(asked, previous=plan.rows, replan_from=asked.days[6]))
    assert (mended.rows, mended.changes, mended.forced_changes) == (plan.rows, 0, 0)


@pytest.mark.parametrize("size", [60, 120])
def test_leave_and_a_pleno_change_little(size):
    asked = make(size, 22, 1)
    plan = solve(asked)
    bound = {member for group in asked.groups for member in group.members}
    free = [p for p in asked.people if p.kind is PersonKind.REGULAR and p.id not in bound and not p.absent][:5]
    leave = {p.id: asked.days[10 + n : 14 + n] for n, p in enumerate(free)}
    news = with_news(asked, plan, asked.days[8], leave=leave.items(), pleno=asked.days[17:18])
    mended = replan(news)
    assert check(news, mended.rows) == []
    assert 0 < mended.forced_changes <= mended.changes <= 3 * mended.forced_changes


def test_who_lost_a_day_and_lies_behind_gets_another_one():
    """One home day a day for four people over two weeks; a pleno takes one day from one of them."""
    asked = problem(units=(Unit(id=1, cap_abs=2),), people=people(4))
    plan = solve(replace(asked, units=(Unit(id=1, cap_abs=1),), days=DAYS[:8]))
    loser = next(person for person, day in plan.rows if day == DAYS[6])
    news = replace(asked, days=DAYS[:8], previous=plan.rows, replan_from=DAYS[2], blocked=(Blocked(day=DAYS[6]),))
    mended = replan(news)
    assert (mended.forced_changes, mended.changes) == (1, 2)
    assert len(mended.home_of(loser)) == 2
    assert check(news, mended.rows) == []


def test_a_newcomer_gets_a_share_of_what_is_free_and_nobody_else_moves():
    asked = problem(units=(Unit(id=1, cap_abs=2),), people=people(3))
    plan = solve(replace(asked, units=(Unit(id=1, cap_abs=1),)))
    joined = replace(asked, people=people(4), previous=plan.rows, replan_from=DAYS[0])
    mended = replan(joined)
    assert set(plan.rows) < set(mended.rows)
    assert {person for person, _ in set(mended.rows) - set(plan.rows)} == {4}
    assert len(mended.home_of(4)) in (2, 3)
    assert check(joined, mended.rows) == []


def test_planning_the_rest_anew_is_a_choice_of_the_policy():
    asked = replace(make(60, 22, 2), rules=replace(make(60, 22, 2).rules, replan=ReplanMode.FRESH))
    plan = solve(asked)
    news = with_news(asked, plan, asked.days[8], pleno=asked.days[15:16])
    fresh = replan(news)
    assert check(news, fresh.rows) == []
    assert fresh.method == "hybrid"
    assert fresh.forced_changes <= fresh.changes


def test_a_replan_needs_its_first_day():
    with pytest.raises(ProblemError, match="replan_from"):
        replan(problem())


def test_the_past_is_not_judged_again_but_counts():
    """What happened was over the cap and a run of two; the third day in a row is refused all the same."""
    past = tuple((person, day) for person in (1, 2, 3) for day in DAYS[:2])
    asked = problem(rules=Rules(max_consecutive=2), previous=past, replan_from=DAYS[2])
    plan = solve(asked)
    assert check(asked, plan.rows) == []
    assert not {(1, DAYS[2]), (2, DAYS[2]), (3, DAYS[2])} & set(plan.rows)
    assert [v.code for v in check(asked, plan.rows[1:])] == [Code.PAST]
    assert {layer for (_, day), layer in zip(plan.rows, plan.layers, strict=True) if day in DAYS[:2]} == {Layer.PAST}


# --- swaps -------------------------------------------------------------------------------------

A, B = 1, 2
DESK = (Group(id=5, unit=1, members=frozenset({A, 3}), min_office=1),)


def swap(day_a, day_b=None, a=A, b=B):
    return Swap(person_a=a, day_a=day_a, person_b=b, day_b=day_b)


@pytest.mark.parametrize(
    ("values", "rows", "asked_swap", "codes"),
    [
        pytest.param({}, [(A, DAYS[0]), (B, DAYS[1])], swap(DAYS[0], DAYS[1]), set(), id="two days for each other"),
        pytest.param({}, [(A, DAYS[0])], swap(DAYS[0]), set(), id="a gift"),
        pytest.param({}, [(B, DAYS[0])], swap(DAYS[0]), {Code.LOCKED}, id="a day not one's own"),
        pytest.param({}, [(A, DAYS[0]), (B, DAYS[0])], swap(DAYS[0]), {Code.UNKNOWN_CELL}, id="at home already"),
        pytest.param({}, [(A, DAYS[0])], swap(DAYS[0], b=A), {Code.UNKNOWN_CELL}, id="with oneself"),
        pytest.param({}, [(A, DAYS[0])], swap(DAYS[0], b=99), {Code.EXCLUDED}, id="with nobody known"),
        pytest.param(
            {"people": (*people(1), Person(id=B, unit=1, absent=frozenset({DAYS[0]})), Person(id=3, unit=1))},
            [(A, DAYS[0])],
            swap(DAYS[0]),
            {Code.ABSENT},
            id="the taker is on leave",
        ),
        pytest.param(
            {"locked": (Lock(person=A, day=DAYS[0], home=True),)},
            [(A, DAYS[0])],
            swap(DAYS[0]),
            {Code.LOCKED},
            id="the day is locked",
        ),
        pytest.param(
            {"people": (Person(id=A, unit=1, mandatory=((DAYS[0], "M"),)), *people(3)[1:])},
            [(A, DAYS[0])],
            swap(DAYS[0]),
            {Code.LOCKED},
            id="a mandatory day cannot be given",
        ),
        pytest.param(
            {"groups": DESK, "units": (Unit(id=1),)},
            [(3, DAYS[1]), (A, DAYS[0]), (B, DAYS[1])],
            swap(DAYS[0], DAYS[1]),
            {Code.GROUP_OFFICE},
            id="the desk would stand empty",
        ),
        pytest.param(
            {"rules": Rules(max_consecutive=2)},
            [(A, DAYS[2]), (B, DAYS[0]), (B, DAYS[1])],
            swap(DAYS[2]),
            {Code.CONSECUTIVE},
            id="three in a row",
        ),
        pytest.param(
            {"rules": Rules(max_consecutive=None, max_home_per_week=1)},
            [(A, DAYS[2]), (B, DAYS[0]), (B, DAYS[6])],
            swap(DAYS[2], DAYS[6]),
            {Code.WEEK_HOME},
            id="two in a week of one",
        ),
        pytest.param(
            {
                "units": (Unit(id=1), Unit(id=2, parent=1, cap_abs=1)),
                "people": (Person(id=A, unit=1), *people(3, 2)[1:]),
            },
            [(A, DAYS[0]), (3, DAYS[0])],
            swap(DAYS[0]),
            {Code.UNIT_CAP},
            id="the taker's own unit is full",
        ),
        pytest.param(
            {"replan_from": DAYS[1], "previous": ((A, DAYS[0]),)},
            [(A, DAYS[0])],
            swap(DAYS[0]),
            {Code.LOCKED},
            id="the past",
        ),
    ],
)
def test_swaps(values, rows, asked_swap, codes):
    asked = problem(**values)
    assert {violation.code for violation in check_swap(asked, rows, asked_swap)} == codes


def test_the_live_check_finds_what_the_whole_check_finds_around_a_cell():
    asked = make(60, 22, 1)
    plan = solve(asked)
    judge = Checker(asked)
    home = set(plan.rows)
    for person in asked.people[::7]:
        for day in asked.days[::5]:
            changed = home ^ {(person.id, day)}
            assert judge.check_cells(changed, [(person.id, day)]) == judge.check(changed)


# --- reasons -----------------------------------------------------------------------------------


def reasons(asked, rows, person=1):
    return {reason.day: reason for reason in why(asked, rows, person).days}


def test_every_kind_of_day_has_its_reason():
    asked = problem(
        days=DAYS,
        rules=Rules(max_consecutive=1, min_office_per_week=3, weekdays=frozenset(range(4))),
        units=(Unit(id=1, cap_abs=1, name="Loket"),),
        people=(
            Person(id=1, unit=1, absent=frozenset({DAYS[1]}), mandatory=((DAYS[8], "M"),)),
            *people(3)[1:],
        ),
        blocked=(Blocked(day=DAYS[3]),),
        locked=(Lock(person=1, day=DAYS[5], home=False),),
    )
    rows = [(1, DAYS[0]), (1, DAYS[8]), (2, DAYS[6])]
    found = {day: reason.state for day, reason in reasons(asked, rows).items()}
    assert found == {
        DAYS[0]: DayState.HOME,
        DAYS[1]: DayState.ABSENT,
        DAYS[2]: DayState.CONSECUTIVE,
        DAYS[3]: DayState.BLOCKED,
        DAYS[4]: DayState.WEEKDAY,
        DAYS[5]: DayState.LOCKED,
        DAYS[6]: DayState.CAP_FULL,
        DAYS[7]: DayState.CONSECUTIVE,
        DAYS[8]: DayState.HOME,
        DAYS[9]: DayState.WEEKDAY,
    }
    full = reasons(asked, rows)[DAYS[6]]
    assert (full.unit, full.limit, full.found, full.instead) == (1, 1, 1, (2,))
    assert full.message == f"{DAYS[6]}: Loket: 1 at home, 1 allowed."


@pytest.mark.parametrize(
    ("values", "rows", "day", "state"),
    [
        pytest.param({"groups": DESK}, [(3, DAYS[0])], 0, DayState.OFFICE_NEEDED, id="the desk needs who is left"),
        pytest.param(
            {"rules": Rules(max_consecutive=None, max_home_per_week=1)},
            [(1, DAYS[0])],
            3,
            DayState.WEEK_HOME,
            id="the week is used up",
        ),
        pytest.param(
            {"rules": Rules(max_consecutive=None, min_office_per_week=4)},
            [(1, DAYS[0])],
            3,
            DayState.WEEK_OFFICE,
            id="four office days a week",
        ),
        pytest.param(
            {"rules": Rules(max_consecutive=None, max_home_per_period=1)},
            [(1, DAYS[0])],
            8,
            DayState.PERIOD_HOME,
            id="the period is used up",
        ),
        pytest.param({}, [], 0, DayState.NOT_CHOSEN, id="nothing in the way"),
        pytest.param(
            {"rules": Rules(effective=(DAYS[1], DAYS[9]))}, [], 0, DayState.NOT_IN_FORCE, id="before the policy"
        ),
        pytest.param({"people": people(2, kind=PersonKind.EXCLUDED)}, [], 0, DayState.EXCLUDED, id="excluded"),
        pytest.param(
            {"people": people(2, kind=PersonKind.BOX9, box9_phase=0), "rules": Rules(box9=Box9Mode.ROLLING)},
            [],
            0,
            DayState.PATTERN,
            id="an office day of the pattern",
        ),
        pytest.param(
            {
                "people": people(2, kind=PersonKind.BOX9, box9_phase=0),
                "rules": Rules(box9=Box9Mode.ROLLING),
                "units": (Unit(id=1, min_office=2),),
            },
            [],
            3,
            DayState.REVOKED,
            id="a day of the pattern that yielded",
        ),
    ],
)
def test_reasons(values, rows, day, state):
    assert reasons(problem(**values), rows)[DAYS[day]].state is state


def test_a_person_is_compared_with_the_peers():
    staff = (replace(people(1)[0], carry=Decimal(1)), *people(3)[1:])
    reason = why(problem(people=staff), [(1, DAYS[0]), (2, DAYS[1]), (2, DAYS[2]), (3, DAYS[3])], 1)
    assert (reason.home_days, reason.open_days, reason.peer_count) == (1, 10, 2)
    assert (reason.share, reason.peer_share) == (0.1, 0.15)
    assert reason.carry == 1.0
    assert reason.peer_balance_min < reason.balance <= reason.peer_balance_max


def test_standings_of_any_rows_add_up():
    staff = (replace(people(1)[0], carry=Decimal(1)), *people(3)[1:], Person(id=9, unit=1, kind=PersonKind.EXCLUDED))
    rows = [(1, DAYS[0]), (2, DAYS[1]), (2, DAYS[2]), (3, DAYS[3])]
    found = standings(problem(people=staff), rows)
    assert {s.person: (s.home_days, s.fair_days, s.against_peers) for s in found.values()} == {
        1: (1, 10, 0.333),
        2: (2, 10, 0.333),
        3: (1, 10, -0.667),
    }


def test_the_figures_of_an_untouched_plan_are_those_of_the_plan():
    asked = make(60, 22, 1)
    plan = solve(asked)
    mine = metrics_of(asked, plan.rows)
    assert (mine.free_days, mine.weekday_mean, mine.identical_spread) == (
        plan.metrics.free_days,
        plan.metrics.weekday_mean,
        plan.metrics.identical_spread,
    )
    assert mine.square_sum == pytest.approx(plan.metrics.square_sum, rel=0.01)


def test_nobody_else_is_asked_about():
    with pytest.raises(ProblemError, match="99"):
        why(problem(), [], 99)
