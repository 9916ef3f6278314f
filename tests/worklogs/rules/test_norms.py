"""Norms of the day and the month, and the meter."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklogs.rules.norms import NormDay, counted_minutes, day_norm, minutes_by_state, month_meter, month_norm
from worklogs.rules.policy import LogPolicy, MonthBasis, parameters_of, policy_from
from worklogs.rules.states import State

FIRST = date(2026, 11, 2)
POLICY = LogPolicy()


def month(working=21, leave=0, half_leave=0, off=0) -> list[NormDay]:
    aways = [Fraction(1)] * leave + [Fraction(1, 2)] * half_leave + [Fraction(0)] * (working - leave - half_leave)
    days = [NormDay(day=FIRST + timedelta(days=i), is_working=True, away=a) for i, a in enumerate(reversed(aways))]
    return days + [NormDay(day=FIRST + timedelta(days=working + i), is_working=False) for i in range(off)]


@pytest.mark.parametrize(
    ("day", "weekly", "norm"),
    [
        pytest.param(NormDay(day=FIRST, is_working=True), None, 300, id="a full day asks 300"),
        pytest.param(NormDay(day=FIRST, is_working=False), None, 0, id="a day off asks nothing"),
        pytest.param(NormDay(day=FIRST, is_working=True, away=Fraction(1)), None, 0, id="leave asks nothing"),
        pytest.param(NormDay(day=FIRST, is_working=True, away=Fraction(1, 2)), None, 150, id="half a leave day half"),
        pytest.param(NormDay(day=FIRST, is_working=True), 1_125, 150, id="half a week asks half"),
        pytest.param(NormDay(day=FIRST, is_working=True), 2_700, 300, id="a longer week asks no more"),
        pytest.param(NormDay(day=FIRST, is_working=True, away=Fraction(1, 8)), None, 263, id="halves round up"),
    ],
)
def test_day_norm(day, weekly, norm):
    assert day_norm(day, POLICY, weekly_minutes=weekly) == norm


@pytest.mark.parametrize(
    ("days", "basis", "norm"),
    [
        pytest.param(month(21), MonthBasis.SHARE, 6_000, id="a full month asks the monthly norm"),
        pytest.param(month(18), MonthBasis.SHARE, 6_000, id="also when the month is short"),
        pytest.param(month(21, leave=2), MonthBasis.SHARE, 5_429, id="two of 21 days of leave take two 21ths"),
        pytest.param(month(20, half_leave=1), MonthBasis.SHARE, 5_850, id="half a day takes half a day"),
        pytest.param(month(20, leave=20), MonthBasis.SHARE, 0, id="a month of leave asks nothing"),
        pytest.param([], MonthBasis.SHARE, 0, id="no day asks nothing"),
        pytest.param(month(0, off=5), MonthBasis.SHARE, 0, id="only days off ask nothing"),
        pytest.param(month(21, leave=2), MonthBasis.DAILY, 5_700, id="by days: 19 days of 300"),
        pytest.param(month(21, leave=2), MonthBasis.FIXED, 5_400, id="fixed: the norm less 300 a leave day"),
        pytest.param(month(21, leave=20, half_leave=1), MonthBasis.FIXED, 0, id="fixed never falls below nothing"),
    ],
)
def test_month_norm(days, basis, norm):
    assert month_norm(days, LogPolicy(month_basis=basis)) == norm


def test_part_time_people_have_their_share_of_the_month():
    assert month_norm(month(20), POLICY, weekly_minutes=1_125) == 3_000


def test_minutes_over_the_days_maximum_are_cut_from_the_loosest_first():
    minutes = {FIRST: {State.APPROVED: 400, State.SUBMITTED: 200, State.DRAFT: 200, State.REJECTED: 300}}

    assert minutes_by_state(minutes, POLICY) == (400, 200, 60)


def test_meter_in_mid_month():
    logged = {FIRST + timedelta(days=i): {State.APPROVED: 200, State.SUBMITTED: 60} for i in range(10)}

    meter = month_meter(month(20), logged, POLICY, today=FIRST + timedelta(days=10))

    assert (meter.approved, meter.pending, meter.drafted, meter.written) == (2_000, 600, 0, 2_600)
    assert (meter.norm, meter.left, meter.forecast, meter.needed_per_day) == (6_000, 3_400, 5_200, 340)
    assert not meter.reaches_norm


def test_meter_counts_today_as_gone_only_once_something_is_logged():
    empty = month_meter(month(20), {}, POLICY, today=FIRST)
    begun = month_meter(month(20), {FIRST: {State.DRAFT: 300}}, POLICY, today=FIRST)

    assert (empty.forecast, empty.effective_days_left, empty.needed_per_day) == (None, 20, 300)
    assert (begun.forecast, begun.effective_days_left, begun.drafted) == (6_000, 19, 300)
    assert begun.reaches_norm


def test_meter_after_the_last_day_says_what_is_missing():
    meter = month_meter(month(20), {FIRST: {State.APPROVED: 600}}, POLICY, today=FIRST + timedelta(days=60))

    assert (meter.forecast, meter.left, meter.needed_per_day) == (600, 5_400, 5_400)


aways = st.lists(st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1)]), min_size=1, max_size=23)


@given(aways, st.sampled_from(MonthBasis), st.sampled_from([None, 600, 1_125, 2_250]))
def test_more_leave_never_asks_for_more(shares, basis, weekly):
    policy = LogPolicy(month_basis=basis)
    days = [NormDay(day=FIRST + timedelta(days=i), is_working=True, away=a) for i, a in enumerate(shares)]
    more = [NormDay(day=d.day, is_working=True, away=max(d.away, Fraction(1, 2))) for d in days]

    assert 0 <= month_norm(more, policy, weekly_minutes=weekly) <= month_norm(days, policy, weekly_minutes=weekly)


@given(st.lists(st.integers(0, 900), min_size=1, max_size=20), st.integers(0, 20))
def test_needed_per_day_reaches_the_norm_when_kept(minutes, gone):
    logged = {FIRST + timedelta(days=i): {State.DRAFT: m} for i, m in enumerate(minutes[:gone])}
    meter = month_meter(month(20), logged, POLICY, today=FIRST + timedelta(days=gone))

    assert meter.written + meter.needed_per_day * max(meter.effective_days_left, 1) >= meter.norm
    assert meter.written <= sum(minutes)


@pytest.mark.parametrize(("minutes", "counted"), [(-5, 0), (0, 0), (659, 659), (660, 660), (661, 660)])
def test_counted_minutes_stop_at_the_days_maximum(minutes, counted):
    assert counted_minutes(minutes, POLICY) == counted


def test_a_policy_survives_its_document():
    policy = LogPolicy(daily_minutes=330, monthly_minutes=6_750, month_basis=MonthBasis.DAILY, late_is_refused=False)

    assert policy_from(parameters_of(policy)) == policy
    assert policy_from({}) == LogPolicy()


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        pytest.param({"daily": 300}, "daily is not a parameter", id="an unknown name"),
        pytest.param({"daily_minutes": "300"}, "daily_minutes must be int", id="text for a number"),
        pytest.param({"daily_minutes": True}, "daily_minutes must be int", id="a truth for a number"),
        pytest.param({"daily_minutes": 0}, "daily_minutes must lie between", id="no minutes"),
        pytest.param({"day_max_minutes": 1_441}, "day_max_minutes must not exceed", id="more minutes than a day has"),
        pytest.param({"submit_within_days": 61}, "submit_within_days must lie", id="a deadline too far"),
        pytest.param({"escalate_after_days": 0}, "escalate_after_days must lie", id="escalation at once"),
        pytest.param({"month_basis": "HALF"}, "HALF", id="an unknown basis"),
        pytest.param({"little_logged_share_percent": 101}, "percentage", id="more than all"),
    ],
)
def test_a_wrong_policy_is_refused_by_name(parameters, sentence):
    with pytest.raises(ValueError, match=sentence):
        policy_from(parameters)
