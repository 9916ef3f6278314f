"""The week as a sum of days, and the coach."""

from datetime import date, timedelta

import pytest

from attendance.rules import hours
from tests.attendance.rules.cases import POLICY, loose, minute, moment, office, punches, result, shift
from tests.clock import FRIDAY, MONDAY, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY

DAYS = [MONDAY + timedelta(days=n) for n in range(7)]


def week(texts, *, absences=None, make=office, policy=POLICY, monday=MONDAY):
    """The results of a week; one text of presses per day, days left out have none."""
    results = []
    for number in range(7):
        expected = make(monday + timedelta(days=number))
        text = texts[number] if number < len(texts) else ""
        results.append(result(text, expected, (absences or {}).get(number, ()), policy=policy))
    return results


FULL = ["07:30 16:00"] * 4 + ["07:30 16:30"]


@pytest.mark.parametrize(
    ("texts", "absences", "wanted"),
    [
        pytest.param(FULL, {}, (2250, 2250, 0, 0), id="a full week is 37 h 30 m"),
        pytest.param(["07:30 16:00"] * 5, {}, (2250, 2220, 30, 0), id="Friday left at four lacks half an hour"),
        pytest.param(["08:00 16:00", *FULL[1:4], "07:30 17:00"], {}, (2250, 2250, 0, 0), id="made good on Friday"),
        pytest.param(FULL[:4], {}, (2250, 1800, 450, 1), id="a day without reason"),
        pytest.param(FULL[:4], {4: [hours.Absence("CT")]}, (2250, 2250, 0, 0), id="a day of leave is credited"),
        pytest.param(
            FULL[:4],
            {4: [hours.Absence("CLTN", hours.AbsenceEffect.CUT_TARGET)]},
            (1800, 1800, 0, 0),
            id="a day of unpaid leave is not owed",
        ),
        pytest.param(["07:30 17:00"] * 4 + ["07:30 16:30"], {}, (2250, 2490, 0, 0), id="more than owed is no shortage"),
        pytest.param([*FULL, "09:00 12:00"], {}, (2250, 2250, 0, 0), id="Saturday at the office adds nothing"),
    ],
)
def test_week(texts, absences, wanted):
    total = hours.week_result(week(texts, absences=absences))

    assert (total.target_minutes, total.total_minutes, total.short_minutes, total.absent_days) == wanted


def test_a_holiday_takes_its_day_from_the_target():
    holiday = hours.Holiday(day=WEDNESDAY, kind=hours.DayKind.REGIONAL_HOLIDAY, name="Pilkada")
    calendar = hours.Calendar.from_rows([holiday])
    schedule = hours.standard_five_day(POLICY)

    results = [hours.day_result(POLICY, hours.expected_day(POLICY, schedule, calendar, d)) for d in DAYS]

    assert hours.week_result(results).target_minutes == 1800


def test_a_week_across_1_ramadan():
    monday = date(2026, 2, 16)
    texts = ["07:30 16:00"] * 3 + ["08:00 15:00", "08:00 15:30"]

    total = hours.week_result(week(texts, monday=monday))

    assert (total.target_minutes, total.worked_minutes, total.short_minutes) == (2130, 2130, 0)


def test_flexible_week_can_be_filled_on_any_day():
    texts = ["06:00 18:00", "06:00 18:00", "", "06:00 17:00", "", "08:00 11:30"]

    total = hours.week_result(week(texts, make=loose))

    assert (total.target_minutes, total.worked_minutes) == (2250, 660 + 660 + 600 + 210)


def test_a_light_week_of_a_roster_is_no_shortage():
    plans = [hours.MORNING_SHIFT, None, hours.NIGHT_SHIFT, None, None, hours.AFTERNOON_SHIFT, None]
    texts = ["07:00 14:00", "", "21:00 31:00", "", "", "14:00 21:00"]
    results = [result(texts[n] if n < 6 else "", shift(plans[n], DAYS[n])) for n in range(7)]

    total = hours.week_result(results)

    assert (total.target_minutes, total.worked_minutes, total.short_minutes) == (1440, 1440, 0)


def test_a_night_from_sunday_to_monday_belongs_to_the_old_week():
    sunday = MONDAY + timedelta(days=6)

    night = result("21:00 31:00", shift(hours.NIGHT_SHIFT, sunday))

    assert hours.weeks_of([night])[0].monday == MONDAY


def test_a_week_with_an_open_day_is_not_final():
    running = result("i07:30", as_of=moment("09:00"))

    assert not hours.week_result([running]).is_final
    assert hours.week_result([result("07:30 16:00")]).is_final


def test_a_day_of_another_week_is_refused():
    with pytest.raises(ValueError, match="2026-11-23 is not in the week of 2026-11-16"):
        hours.week_result([result(""), result("", office(MONDAY + timedelta(days=7)))])


def test_an_empty_week_needs_its_monday():
    with pytest.raises(ValueError, match="monday"):
        hours.week_result([])
    assert hours.week_result([], monday=MONDAY).target_minutes == 0


def test_weeks_are_cut_at_monday():
    results = week(FULL) + week(FULL, monday=MONDAY + timedelta(days=7))

    assert [w.worked_minutes for w in hours.weeks_of(results)] == [2250, 2250]


def test_the_steps_of_a_week_list_its_days():
    total = hours.week_result(week(FULL))

    assert [s.values["worked"] for s in total.steps] == [450] * 5 + [0, 0]


# -- the coach ---------------------------------------------------------------------------------------------------


def coached(texts, now, *, make=office, absences=None, policy=POLICY):
    expected = [make(d) for d in DAYS]
    results = [
        hours.day_result(
            policy,
            expected[n],
            punches(texts[n], DAYS[n]) if n < len(texts) else [],
            (absences or {}).get(n, ()),
            as_of=now,
        )
        for n in range(7)
    ]
    return hours.coach(policy, expected, results, now=now)


def test_on_monday_morning_the_whole_week_is_ahead():
    told = coached([], moment("07:00"))

    assert (told.target_minutes, told.done_minutes, told.left_minutes, told.ahead_minutes) == (2250, 0, 2250, 2250)
    assert (told.leave_at, told.last_day, told.warns) == (moment("16:30", FRIDAY), FRIDAY, False)


@pytest.mark.parametrize(
    ("texts", "now", "leave", "warns"),
    [
        pytest.param([*FULL[:3], "i07:30"], moment("10:00", THURSDAY), "16:30", False, id="kept so far: as scheduled"),
        pytest.param(["08:00 16:00", *FULL[1:3]], moment("06:00", THURSDAY), "17:00", True, id="30 lost on Monday"),
        pytest.param(["07:40 16:00", *FULL[1:3]], moment("06:00", THURSDAY), "16:40", True, id="10 lost: Friday 16:40"),
        pytest.param(["07:40 16:00"], moment("06:00", TUESDAY), "16:40", False, id="no warning before Wednesday"),
        pytest.param(["07:40 16:00", "07:30 16:00"], moment("06:00", WEDNESDAY), "16:40", True, id="from Wednesday on"),
        pytest.param(["07:40 16:10", *FULL[1:3]], moment("06:00", THURSDAY), "16:30", False, id="made good at once"),
        pytest.param(["07:30 18:00", *FULL[1:4]], moment("06:00", FRIDAY), "16:30", False, id="ahead, but not early"),
        pytest.param(["", *FULL[1:4]], moment("06:00", FRIDAY), None, True, id="a whole day cannot be made good"),
    ],
)
def test_when_friday_may_end(texts, now, leave, warns):
    told = coached(texts, now)

    assert told.leave_at == (moment(leave, FRIDAY) if leave else None)
    assert told.warns is warns
    assert told.is_reachable is (leave is not None)


def test_minutes_of_the_open_pair_run():
    told = coached(["i07:30"], moment("10:00"))

    assert (told.done_minutes, told.running_minutes, told.left_minutes) == (0, 150, 2100)
    assert told.ahead_minutes == 2100


def test_on_friday_the_time_moves_with_the_clock():
    told = coached([*["07:30 16:00"] * 3, "07:50 16:00", "i07:30"], moment("14:00", FRIDAY))

    assert told.leave_at == moment("16:50", FRIDAY)


def test_leave_on_friday_makes_thursday_the_last_day():
    told = coached(["07:40 16:00"], moment("06:00", TUESDAY), absences={4: [hours.Absence("CT")]})

    assert (told.last_day, told.leave_at) == (THURSDAY, moment("16:10", THURSDAY))


def test_flexible_friday_ends_when_the_week_is_full():
    texts = ["06:00 16:00"] * 4
    told = coached(texts, moment("05:00", FRIDAY), make=loose)

    assert told.left_minutes == 2250 - 4 * 540
    assert told.leave_at == moment("07:30", FRIDAY)


def test_a_full_week_is_reached():
    told = coached(FULL, moment("17:00", FRIDAY))

    assert (told.is_reached, told.left_minutes, told.leave_at, told.warns) == (True, 0, None, False)


def test_nobody_is_told_to_stay_after_the_policy_s_hour():
    policy = POLICY.with_changes(leave_by_minute=minute("17:00"))

    assert coached(["09:00 16:00", *FULL[1:4]], moment("06:00", FRIDAY), policy=policy).leave_at is None


def test_without_minutes_after_the_end_a_loss_stays():
    policy = POLICY.with_changes(counts_after_end=False)
    told = coached(["08:00 16:00", *FULL[1:4]], moment("06:00", FRIDAY), policy=policy)

    assert (told.leave_at, told.is_reachable, told.warns) == (None, False, True)


def test_saturday_after_a_short_week_has_nothing_ahead():
    told = coached(FULL[:4], moment("09:00", SATURDAY))

    assert (told.left_minutes, told.ahead_minutes, told.last_day, told.is_reachable) == (450, 0, None, False)
