"""Deadlines and ages in working days; the week of 16 November 2026 begins on a Monday."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklogs.rules.deadlines import (
    add_working_days,
    days_left,
    mending_deadline,
    submission_deadline,
    working_days_waited,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, 16 + i) for i in range(7))


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("day", "within", "deadline"),
    [
        pytest.param(TUESDAY, 2, THURSDAY, id="H+2 from Tuesday is Thursday"),
        pytest.param(FRIDAY, 1, date(2026, 11, 23), id="H+1 from Friday is Monday"),
        pytest.param(SATURDAY, 1, date(2026, 11, 23), id="work on Saturday is due by Monday"),
        pytest.param(WEDNESDAY, 0, WEDNESDAY, id="H+0 is the same day"),
        pytest.param(SUNDAY, 0, SUNDAY, id="H+0 of a day off is that day"),
    ],
)
def test_submission_deadline(day, within, deadline):
    assert submission_deadline(day, within, weekday) == deadline


def test_a_calendar_without_working_days_still_gives_a_deadline():
    assert add_working_days(MONDAY, 3, lambda _: False) == THURSDAY


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="-1 working days"):
        add_working_days(MONDAY, -1, weekday)


@pytest.mark.parametrize(
    ("returned_on", "deadline"),
    [
        pytest.param(TUESDAY, THURSDAY, id="returned at once: the day's own deadline stands"),
        pytest.param(THURSDAY, date(2026, 11, 23), id="returned late: two working days from the return"),
        pytest.param(date(2026, 12, 11), date(2026, 12, 15), id="a superior's delay never shortens it"),
    ],
)
def test_mending_deadline(returned_on, deadline):
    found = mending_deadline(TUESDAY, returned_on, submit_within=2, mend_within=2, is_working=weekday)

    assert found == deadline


@pytest.mark.parametrize(
    ("since", "today", "waited"),
    [
        pytest.param(MONDAY, MONDAY, 0, id="the same day is nothing"),
        pytest.param(MONDAY, WEDNESDAY, 2, id="Monday to Wednesday is two"),
        pytest.param(FRIDAY, SUNDAY, 0, id="a weekend adds nothing"),
        pytest.param(FRIDAY, date(2026, 11, 23), 1, id="Friday to Monday is one"),
        pytest.param(WEDNESDAY, MONDAY, 0, id="never negative"),
    ],
)
def test_working_days_waited(since, today, waited):
    assert working_days_waited(since, today, weekday) == waited


@pytest.mark.parametrize(("today", "left"), [(WEDNESDAY, 1), (THURSDAY, 0), (FRIDAY, -1)])
def test_days_left(today, left):
    assert days_left(THURSDAY, today) == left


@given(st.integers(0, 400), st.integers(0, 40))
def test_the_deadline_is_exactly_so_many_working_days_away(offset, within):
    day = MONDAY + timedelta(days=offset)
    deadline = add_working_days(day, within, weekday)

    assert working_days_waited(day, deadline, weekday) == within
    assert within == 0 or weekday(deadline)
