"""What holds for every day, whatever is pressed."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from attendance.rules import hours
from tests.attendance.rules.cases import POLICY, loose, moment, office, shift
from tests.clock import FRIDAY, MONDAY

# A slow machine is no counterexample.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
PATIENT = settings.get_profile("patient")
DAY = 30 * 3600
instants = st.integers(min_value=4 * 3600, max_value=DAY)
expected_days = st.sampled_from(
    [office(MONDAY), office(FRIDAY), loose(MONDAY), shift(hours.NIGHT_SHIFT), shift(hours.MORNING_SHIFT), shift(None)]
)
policies = st.builds(
    POLICY.with_changes,
    counts_before_start=st.booleans(),
    counts_after_end=st.booleans(),
    tolerance_minutes=st.integers(0, 30),
    late_basis=st.sampled_from(["CLOCK", "WORK"]),
    counts_gaps=st.booleans(),
    day_off_presence=st.sampled_from(["IGNORE", "COUNT"]),
    missing_out_closes=st.sampled_from(["END", "NONE", "AFTER", "AT"]),
    missing_in_opens=st.sampled_from(["START", "NONE"]),
    unstated_pairs=st.sampled_from(["FIRST_LAST", "ALTERNATE"]),
    terminal_states=st.sampled_from(["AUTO", "TRUSTED", "IGNORED"]),
)
directions = st.sampled_from(list(hours.Direction))


def given(*strategies):
    """`hypothesis.given` without a time limit per example."""
    return lambda test: PATIENT(for_all(*strategies)(test))


def second(day, number):
    return moment("00:00", day.day) + timedelta(seconds=number)


@st.composite
def some_pairs(draw, expected):
    """Pairs that do not overlap, in order."""
    cuts = sorted(draw(st.lists(instants, min_size=2, max_size=8, unique=True)))
    return [hours.Pair(second(expected, a), second(expected, b)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@st.composite
def some_presses(draw, expected):
    pressed = draw(st.lists(st.tuples(instants, directions, st.booleans()), max_size=8))
    return [hours.Punch(second(expected, at), direction, certain) for at, direction, certain in pressed]


@st.composite
def some_absences(draw):
    windows = st.tuples(st.integers(300, 1000), st.integers(1, 300))
    effects = st.sampled_from([hours.AbsenceEffect.CREDIT, hours.AbsenceEffect.CUT_TARGET])
    return [
        hours.Absence("DL", effect, start, start + length)
        for (start, length), effect in draw(st.lists(st.tuples(windows, effects), max_size=3))
    ]


def sums(day):
    return (
        day.presence_minutes,
        day.worked_minutes,
        day.credited_minutes,
        day.target_minutes,
        day.late_minutes,
        day.early_minutes,
        day.unexcused_minutes,
        day.absent_days,
        day.cut_points,
        day.status,
    )


@given(st.data(), expected_days, policies)
def test_splitting_a_pair_at_any_instant_changes_nothing(data, expected, policy):
    pairs = data.draw(some_pairs(expected))
    number = data.draw(st.integers(0, len(pairs) - 1))
    pair = pairs[number]
    inside = data.draw(st.integers(0, int((pair.ends_at - pair.starts_at).total_seconds())))
    middle = pair.starts_at + timedelta(seconds=inside)
    split = [
        *pairs[:number],
        hours.Pair(pair.starts_at, middle),
        hours.Pair(middle, pair.ends_at),
        *pairs[number + 1 :],
    ]

    whole_day = hours.day_result_of_pairs(policy, expected, pairs)
    split_day = hours.day_result_of_pairs(policy, expected, split)

    assert sums(whole_day) == sums(split_day)


@given(st.data(), expected_days, policies, st.sampled_from([UTC, ZoneInfo("Asia/Jayapura"), ZoneInfo("America/Lima")]))
def test_writing_the_instants_in_another_zone_changes_nothing(data, expected, policy, zone):
    presses = data.draw(some_presses(expected))
    moved = [hours.Punch(p.at.astimezone(zone), p.direction, p.certain) for p in presses]

    assert sums(hours.day_result(policy, expected, presses)) == sums(hours.day_result(policy, expected, moved))


@given(st.data(), policies, st.sampled_from(["Asia/Makassar", "Asia/Jayapura"]))
def test_moving_unit_and_presses_to_another_zone_changes_nothing(data, policy, zone):
    here, there = office(MONDAY), office(MONDAY, zone=zone)
    presses = data.draw(some_presses(here))
    shifted = timedelta(minutes=there.offset_minutes - here.offset_minutes)
    moved = [hours.Punch(p.at - shifted, p.direction, p.certain) for p in presses]

    assert sums(hours.day_result(policy, here, presses)) == sums(hours.day_result(policy, there, moved))


@given(st.data(), expected_days, policies)
def test_never_negative_and_never_above_presence(data, expected, policy):
    presses = data.draw(some_presses(expected))
    absences = data.draw(some_absences())

    day = hours.day_result(policy, expected, presses, absences)

    assert min(sums(day)[:9]) >= 0
    assert day.worked_minutes <= day.presence_minutes
    assert day.total_minutes <= max(day.worked_minutes, day.scheduled_minutes)
    assert day.late_minutes + day.early_minutes <= day.scheduled_minutes
    assert day.target_minutes <= day.scheduled_minutes


@given(st.data(), policies)
def test_the_total_of_a_week_is_the_sum_of_its_days(data, policy):
    results = []
    for number in range(7):
        expected = office(MONDAY + timedelta(days=number))
        results.append(hours.day_result(policy, expected, data.draw(some_presses(expected))))

    week = hours.week_result(results)

    assert week.worked_minutes == sum(r.worked_minutes for r in results)
    assert week.total_minutes == sum(r.total_minutes for r in results)
    assert week.balance_minutes == sum(r.balance_minutes for r in results)


@given(st.data(), expected_days, policies)
def test_the_order_in_which_presses_arrive_changes_nothing(data, expected, policy):
    presses = data.draw(some_presses(expected).filter(lambda ps: len({p.at for p in ps}) == len(ps)))

    shuffled = data.draw(st.permutations(presses))

    assert sums(hours.day_result(policy, expected, presses)) == sums(hours.day_result(policy, expected, shuffled))


@given(st.data(), policies)
def test_every_press_has_at_most_one_duty_day(data, policy):
    plans = st.sampled_from([hours.MORNING_SHIFT, hours.AFTERNOON_SHIFT, hours.NIGHT_SHIFT, None])
    days = [shift(data.draw(plans), MONDAY + timedelta(days=n)) for n in range(5)]
    seconds = data.draw(st.lists(st.integers(30 * 3600, 90 * 3600), max_size=12))
    presses = [hours.Punch(second(days[0], n)) for n in seconds]

    given_to = hours.assign_punches(policy, days, presses)

    assert sum(len(found) for found in given_to.values()) == len(presses)


@given(st.integers(300, 1380), st.integers(0, 600))
def test_end_of_work_is_where_so_much_work_is_done(starts, minutes):
    breaks = ((720, 780), (900, 915))
    ends = hours.end_of_work(starts, minutes, breaks)

    assert hours.DayPlan(starts=starts, ends=ends, breaks=breaks).minutes == minutes


@given(st.integers(1, 3000))
def test_a_contract_is_spread_without_losing_a_minute(weekly):
    week = hours.with_weekly_minutes(hours.standard_five_day(POLICY).normal, weekly)

    assert sum(p.minutes for p in week if p is not None) == weekly


@given(st.lists(st.integers(0, 450), max_size=60))
def test_converted_days_and_rest_are_the_minutes(late):
    days, rest = hours.converted_days(POLICY, sum(late))

    assert days * 450 + rest == sum(late)
