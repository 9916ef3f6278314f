"""Who decides, and who else when the validator is silent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklogs.rules.escalation import deciders, escalates_to, superiors_above, waiting
from worklogs.rules.policy import LogPolicy

MONDAY = date(2026, 11, 16)
POLICY = LogPolicy(validate_within_days=3, escalate_after_days=5)


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("lines", "above"),
    [
        pytest.param({1: 2, 2: 3, 3: None}, (2, 3), id="the line upwards, nearest first"),
        pytest.param({1: None}, (), id="nobody above"),
        pytest.param({1: 2, 2: 1}, (2,), id="a circle through the person ends the line"),
        pytest.param({1: 2, 2: 3, 3: 2}, (2, 3), id="a circle above the person ends the line"),
        pytest.param({1: 1}, (), id="nobody is their own superior"),
    ],
)
def test_line(lines, above):
    assert superiors_above(1, lines.get) == above


@pytest.mark.parametrize(
    ("today", "days", "overdue", "steps"),
    [
        pytest.param(date(2026, 11, 16), 0, False, 0, id="sent today"),
        pytest.param(date(2026, 11, 19), 3, False, 0, id="the validation day is in time"),
        pytest.param(date(2026, 11, 20), 4, True, 0, id="the day after is the superior's delay"),
        pytest.param(date(2026, 11, 23), 5, True, 1, id="after five working days one step up"),
        pytest.param(date(2026, 11, 30), 10, True, 2, id="after ten two steps up"),
    ],
)
def test_waiting(today, days, overdue, steps):
    wait = waiting(MONDAY, today, POLICY, weekday)

    assert (wait.working_days, wait.is_overdue, wait.steps) == (days, overdue, steps)
    assert wait.validate_by == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("line", "steps", "who", "up"),
    [
        pytest.param((7, 8, 9), 0, (7,), None, id="at first the validator alone"),
        pytest.param((7, 8, 9), 1, (7, 8), 8, id="then also the next superior"),
        pytest.param((7, 8, 9), 9, (7, 8, 9), 9, id="never above the top"),
        pytest.param((7,), 3, (7,), None, id="nobody above the validator"),
        pytest.param((), 3, (), None, id="no line, nobody"),
    ],
)
def test_deciders(line, steps, who, up):
    assert deciders(line, steps) == who
    assert escalates_to(line, steps) == up


@given(st.lists(st.integers(1, 50), unique=True, max_size=8), st.integers(0, 10))
def test_a_further_step_never_takes_the_right_away(line, steps):
    assert set(deciders(line, steps)) <= set(deciders(line, steps + 1))
