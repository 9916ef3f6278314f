"""The three readings of "three days at the office and three at home in turn"."""

from datetime import date
from itertools import pairwise

import pytest

from schedules.rules.rotation import Blocked, Box9Mode, Code, Group, PersonKind, Rules, Unit, check, solve, validate
from schedules.rules.rotation.box9 import home_days, next_phase, spread_phases
from tests.schedules.rules.rotation.problems import MONDAY, people, problem, workdays


def drawn(mode: Box9Mode, phase: int, count: int = 10, first: date = MONDAY) -> str:
    days = workdays(count, first)
    home = home_days(mode, phase, days)
    return "".join("H" if day in home else "O" for day in days)


@pytest.mark.parametrize(
    ("mode", "phase", "expected"),
    [
        pytest.param(Box9Mode.ROLLING, 0, "OOOHHHOOOH", id="rolling begins with three office days"),
        pytest.param(Box9Mode.ROLLING, 3, "HHHOOOHHHO", id="rolling, half a cycle on"),
        pytest.param(Box9Mode.ROLLING, 5, "HOOOHHHOOO", id="rolling, last day of the home run first"),
        pytest.param(Box9Mode.ALTERNATING, 0, "HHHOOHHOOO", id="a week of three from Monday, then a week of two"),
        pytest.param(Box9Mode.ALTERNATING, 1, "HHOOOHHHOO", id="the other parity has the week of two first"),
        pytest.param(Box9Mode.ALTERNATING, 8, "HHOOHHOOOH", id="three days from Friday wrap into the same week"),
        pytest.param(Box9Mode.FIXED, 0, "OOOHHOOOHH", id="fixed on Thursday and Friday"),
        pytest.param(Box9Mode.FIXED, 1, "HOOOHHOOOH", id="fixed on Friday and Monday"),
        pytest.param(Box9Mode.NONE, 0, "OOOOOOOOOO", id="no pattern, no home day"),
    ],
)
def test_patterns(mode, phase, expected):
    assert drawn(mode, phase) == expected


@pytest.mark.parametrize("phase", range(6))
def test_rolling_gives_half_of_every_six_days_and_each_weekday_equally_in_six_weeks(phase):
    line = drawn(Box9Mode.ROLLING, phase, 30)
    assert all(line[start : start + 6].count("H") == 3 for start in range(25))
    assert {line[weekday::5].count("H") for weekday in range(5)} == {3}


@pytest.mark.parametrize("phase", range(10))
def test_alternating_weeks_have_three_and_two_home_days_and_no_run_above_three(phase):
    line = drawn(Box9Mode.ALTERNATING, phase, 40)
    weeks = [line[start : start + 5].count("H") for start in range(0, 40, 5)]
    assert set(pairwise(weeks)) == {(3, 2), (2, 3)}
    assert "HHHH" not in line


@pytest.mark.parametrize("phase", range(5))
def test_fixed_gives_two_home_days_every_week(phase):
    line = drawn(Box9Mode.FIXED, phase, 20)
    assert {line[start : start + 5].count("H") for start in range(0, 20, 5)} == {2}


def test_the_rolling_cycle_goes_on_where_the_period_ended():
    whole = drawn(Box9Mode.ROLLING, 2, 20)
    phase = next_phase(Box9Mode.ROLLING, 2, 7)
    assert drawn(Box9Mode.ROLLING, phase, 13, workdays(8)[7]) == whole[7:]


def test_phases_are_spread_inside_a_unit_around_the_given_ones():
    phases = spread_phases([(1, 1, None), (2, 1, 0), (3, 1, None), (4, 2, None)], Box9Mode.ROLLING)
    assert phases == {1: 3, 2: 0, 3: 1, 4: 0}


def reward(**values):
    """One box-9 person and three regulars, of whom half may be at home."""
    given = {
        "rules": Rules(max_consecutive=3, box9=Box9Mode.ROLLING),
        "people": people(1, kind=PersonKind.BOX9, box9_phase=0)
        + tuple(person for person in people(4) if person.id > 1),
    }
    return problem(**(given | values))


def test_the_pattern_is_laid_before_the_regulars():
    asked = reward()
    plan = solve(asked)
    assert plan.home_of(1) == tuple(sorted(home_days(Box9Mode.ROLLING, 0, asked.days)))
    assert check(asked, plan.rows) == []


def test_own_leave_moves_the_cycle_on_and_a_pleno_takes_the_day():
    days = workdays(10)
    staff = people(1, kind=PersonKind.BOX9, box9_phase=0, absent=frozenset({days[0], days[3]}))
    asked = reward(people=staff, units=(Unit(id=1, cap_pct=100),), blocked=(Blocked(day=days[4]),))
    assert solve(asked).home_of(1) == (days[5], days[9])


def test_a_pattern_day_yields_with_a_record_only_where_the_row_stays_broken():
    days = workdays(10)
    asked = reward(groups=(Group(id=9, unit=1, members=frozenset({1}), min_office=1, dates=frozenset({days[3]})),))
    plan = solve(asked)
    assert [(r.person, r.day, r.code, r.group) for r in plan.revocations] == [(1, days[3], Code.GROUP_OFFICE, 9)]
    assert check(asked, plan.rows) == []
    withheld = [cell for cell in plan.rows if cell != (1, days[4])]
    assert [(v.code, v.day) for v in check(asked, withheld)] == [(Code.BOX9_WITHHELD, days[4])]


def test_of_two_patterns_on_one_scarce_day_the_losses_are_shared():
    days = workdays(12)
    staff = people(2, kind=PersonKind.BOX9, box9_phase=0)
    asked = problem(
        days=days, people=staff, rules=Rules(max_consecutive=3, box9=Box9Mode.ROLLING), units=(Unit(id=1, cap_abs=1),)
    )
    plan = solve(asked)
    assert len(plan.rows) == 6
    assert len(plan.home_of(1)) == len(plan.home_of(2)) == 3
    assert {record.code for record in plan.revocations} == {Code.UNIT_CAP}
    assert check(asked, plan.rows) == []


def test_a_pattern_that_grows_too_long_by_absence_loses_its_day():
    """HHH, three days of leave on the office days, HHH: only the first three may stay."""
    days = workdays(9)
    staff = people(1, kind=PersonKind.BOX9, box9_phase=3, absent=frozenset(days[3:6]))
    asked = problem(days=days, people=staff, rules=Rules(box9=Box9Mode.ROLLING), units=(Unit(id=1),))
    plan = solve(asked)
    assert plan.home_of(1) == (*days[:3], *days[7:9])
    assert [(record.day, record.code) for record in plan.revocations] == [(days[6], Code.CONSECUTIVE)]


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        pytest.param({"max_consecutive": 2}, {"BOX9_RUN"}, id="at most two in a row, no exemption"),
        pytest.param(
            {"max_consecutive": 2, "exempt_consecutive": frozenset({PersonKind.BOX9})}, set(), id="with the exemption"
        ),
        pytest.param({"max_home_per_week": 2}, {"BOX9_WEEK"}, id="the cap of two days a week"),
        pytest.param({"min_office_per_week": 3}, {"BOX9_OFFICE"}, id="three office days a week"),
        pytest.param(
            {"max_home_per_week": 2, "exempt_weekly": frozenset({PersonKind.BOX9})}, set(), id="decided and exempt"
        ),
        pytest.param({"max_home_per_week": 2, "box9": Box9Mode.FIXED}, set(), id="two fixed days fit the cap"),
    ],
)
def test_a_pattern_against_the_other_rules_is_refused_at_save_time(rules, codes):
    asked = reward(rules=Rules(**({"box9": Box9Mode.ROLLING} | rules)))
    assert {issue.code for issue in validate(asked) if issue.blocks} == codes
