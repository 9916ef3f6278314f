"""From one period to the next: runs, weeks, patterns and balances, and the same plan in every process."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.rotation_instances import make
from schedules.rules.rotation import (
    Blocked,
    Box9Mode,
    Group,
    Person,
    PersonKind,
    Problem,
    ProblemError,
    Rules,
    Unit,
    check,
    close_period,
    explain,
    run_state,
    solve,
)
from tests.schedules.rules.rotation.problems import MONDAY, people, problem, workdays

ROOT = Path(__file__).resolve().parents[4]
DAYS = workdays(10)


def state_of(asked, home, next_day, person=1):
    return run_state(asked, [(person, day) for day in home], next_day)[person]


@pytest.mark.parametrize(
    ("home", "absent", "before", "run"),
    [
        pytest.param(DAYS[8:], (), 0, 2, id="two home days at the end"),
        pytest.param(DAYS[7:9], (), 0, 0, id="an office day at the end"),
        pytest.param((DAYS[7], DAYS[9]), (DAYS[8],), 0, 2, id="leave between two home days joins them"),
        pytest.param((DAYS[8],), (DAYS[9],), 0, 1, id="leave at the end does not break the run"),
        pytest.param(DAYS, (), 2, 12, id="home all along goes on with the run before"),
        pytest.param(DAYS[1:], (), 2, 9, id="one office day cuts it off"),
    ],
)
def test_the_run_that_is_handed_on(home, absent, before, run):
    staff = people(1, absent=frozenset(absent), run_before=before)
    assert state_of(problem(people=staff), home, DAYS[-1] + timedelta(days=3)).run_before == run


@pytest.mark.parametrize(
    ("last", "home", "expected"),
    [
        pytest.param(8, (6, 7), (1, 2), id="Monday office, Tuesday and Wednesday home"),
        pytest.param(10, (8, 9), (0, 0), id="a full week leaves nothing to the next"),
        pytest.param(7, (), (2, 0), id="two office days"),
    ],
)
def test_the_days_of_a_week_cut_in_two(last, home, expected):
    days = workdays(11)
    state = state_of(problem(days=days[:last]), [days[i] for i in home], days[last])
    assert (state.office_before, state.home_before) == expected


def test_a_week_cut_in_two_keeps_its_minimum_and_its_limit_over_both_periods():
    """Two office and two home days a week, cut after Wednesday: the second part keeps what the first left."""
    days = workdays(10)
    rules = Rules(max_consecutive=2, min_office_per_week=2, max_home_per_week=2)
    first = problem(days=days[:8], rules=rules, units=(Unit(id=1),), days_after=2)
    one = solve(first)
    states = run_state(first, one.rows, days[8])
    staff = tuple(
        replace(p, run_before=s.run_before, office_before=s.office_before, home_before=s.home_before)
        for p in first.people
        for s in [states[p.id]]
    )
    second = replace(first, days=days[8:], people=staff, days_after=0)
    two = solve(second)
    assert check(first, one.rows) == check(second, two.rows) == []
    whole = replace(first, days=days, days_after=0)
    assert check(whole, one.rows + two.rows) == []
    assert len(one.rows + two.rows) == 4 * 4


def test_without_days_after_the_last_days_count_as_a_short_week():
    rules = Rules(max_consecutive=None, min_office_per_week=2)
    asked = problem(days=workdays(7), rules=rules, units=(Unit(id=1),))
    late = asked.days[5:]
    assert not [cell for cell in solve(asked).rows if cell[1] in late]
    assert {cell[1] for cell in solve(replace(asked, days_after=3)).rows if cell[1] in late} == set(late)


def test_the_box9_phase_goes_on():
    staff = people(1, kind=PersonKind.BOX9, box9_phase=1)
    asked = problem(people=staff, rules=Rules(box9=Box9Mode.ROLLING))
    assert run_state(asked, solve(asked).rows, MONDAY + timedelta(days=14))[1].box9_phase == 5


def test_balances_are_closed_against_the_peers_and_keep_their_sum():
    staff = (*people(3), Person(id=4, unit=2), Person(id=5, unit=2))
    asked = problem(people=staff, units=(Unit(id=1), Unit(id=2)))
    rows = [(1, DAYS[0]), (1, DAYS[1]), (2, DAYS[0]), (4, DAYS[0])]
    assert close_period(asked, rows) == {
        1: Decimal("1"),
        2: Decimal("0"),
        3: Decimal("-1"),
        4: Decimal("0.5"),
        5: Decimal("-0.5"),
    }


def test_leave_is_no_saved_up_home_day():
    """Away for half of the period: half the share is even."""
    staff = (Person(id=1, unit=1, absent=frozenset(DAYS[:5])), Person(id=2, unit=1))
    rows = [(1, DAYS[5]), (2, DAYS[0]), (2, DAYS[6])]
    assert close_period(problem(people=staff), rows) == {1: Decimal(0), 2: Decimal(0)}


def test_mandatory_and_blocked_days_count_on_neither_side():
    staff = (Person(id=1, unit=1, mandatory=((DAYS[0], "M"), (DAYS[1], "M"))), Person(id=2, unit=1))
    asked = problem(people=staff, blocked=(Blocked(day=DAYS[9]),))
    rows = [(1, DAYS[0]), (1, DAYS[1]), (1, DAYS[2]), (2, DAYS[3])]
    carried = close_period(asked, rows)
    assert carried == {1: Decimal("0.125"), 2: Decimal("-0.125")}  # 7 and 9 open days share 2 home days


def test_twelve_months_stay_even_inside_the_peers():
    """Odd caps leave some a day behind every month; the carried balance gives it back."""
    staff = people(7)
    units = (Unit(id=1, cap_pct=50),)
    groups = (Group(id=1, unit=1, members=frozenset({1, 2}), min_office=1),)
    start, known = MONDAY, {}
    for month in range(12):
        days = workdays(20 + month % 3, start)
        away = {1 + month % 7: frozenset(days[:4]), 1 + (month + 3) % 7: frozenset(days[6:9])}
        moved = tuple(replace(p, absent=away.get(p.id, frozenset())) for p in staff)
        asked = problem(days=days, people=moved, units=units, groups=groups, rules=Rules(min_office_per_week=2))
        plan = solve(asked)
        assert check(asked, plan.rows) == []
        known = close_period(asked, plan.rows)
        start = days[-1] + timedelta(days=1)
        states = run_state(asked, plan.rows, workdays(1, start)[0])
        staff = tuple(
            replace(
                p,
                carry=known[p.id],
                run_before=states[p.id].run_before,
                office_before=states[p.id].office_before,
                home_before=states[p.id].home_before,
            )
            for p in staff
        )
        for members in ({1, 2}, {3, 4, 5, 6, 7}):
            values = [known[number] for number in members]
            assert max(values) - min(values) <= 2, (month, known)


def test_an_instance_file_reads_back_the_same():
    asked = make(80, 22, 3, crossing=True)
    text = json.dumps(asked.to_dict())
    again = Problem.from_dict(json.loads(text))
    assert again.canonical() == asked.canonical()
    assert again.fingerprint() == asked.fingerprint()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param({"days": ["2026-13-01"]}, "days", id="a date that does not exist"),
        pytest.param({"people": [{"id": 1}]}, "problem.people[0].unit", id="a person without a unit"),
        pytest.param({"units": [{"id": "x"}]}, "problem.units[0].id", id="an id that is no number"),
        pytest.param({"format": "other/1"}, "format", id="another format"),
        pytest.param({"rules": {"box9": "SOMETIMES"}}, "problem.rules.box9", id="an unknown reading"),
    ],
)
def test_a_wrong_field_of_a_file_is_named(change, named):
    with pytest.raises(ProblemError, match=named.replace("[", r"\[").replace("]", r"\]")):
        Problem.from_dict(problem().to_dict() | change)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param({"units": (Unit(id=1, cap_pct=50, name="Renamed"),)}, True, id="a name is only shown"),
        pytest.param({"people": tuple(reversed(people(4)))}, True, id="the order means nothing"),
        pytest.param({"seed": 1}, False, id="the seed counts"),
        pytest.param({"people": people(4, carry=Decimal("0.001"))}, False, id="a thousandth of a day counts"),
        pytest.param({"people": people(4, carry=Decimal("0.0001"))}, True, id="less than a thousandth does not"),
        pytest.param({"units": (Unit(id=1, cap_pct=50, cap_abs=0),)}, False, id="a cap of nobody is not no cap"),
    ],
)
def test_the_fingerprint_sees_what_matters(change, same):
    assert (problem().fingerprint() == problem(**change).fingerprint()) is same


def test_a_fresh_process_makes_the_same_plan():
    code = (
        "import hashlib\n"
        "from benchmarks.rotation_instances import make\n"
        "from schedules.rules.rotation import solve\n"
        "plan = solve(make(90, 22, 5, crossing=True))\n"
        "print(plan.fingerprint, hashlib.sha256(repr(plan).encode()).hexdigest())\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1234")
    }
    assert len(answers) == 1
    assert answers.pop().split()[0] == make(90, 22, 5, crossing=True).fingerprint()


@pytest.mark.parametrize(
    ("size", "seed", "crossing", "run"),
    [
        pytest.param(150, 2, False, 3, id="150 people"),
        pytest.param(150, 2, True, 3, id="150 people, crossing groups"),
        pytest.param(60, 12, True, 3, id="a pair of whom one is away for two weeks"),
        pytest.param(120, 3, False, 1, id="never two days in a row"),
    ],
)
def test_the_gates_hold(size, seed, crossing, run):
    asked = make(size, 22, seed, crossing=crossing)
    exempt = frozenset({PersonKind.BOX9})
    asked = replace(asked, rules=replace(asked.rules, max_consecutive=run, exempt_consecutive=exempt))
    assert explain(asked) == []
    plan = solve(asked)
    metrics = plan.metrics
    assert check(asked, plan.rows) == []
    assert metrics.identical_spread <= 1
    assert metrics.utilisation >= 0.985
    assert metrics.square_ratio <= 1.25
    assert metrics.min_gap <= 1
    assert metrics.weekday_mean <= 1.5
