"""What one day is worth: presence, breaks, leave, duty, missing presses."""

from datetime import UTC, datetime

import pytest

from attendance.rules import hours
from tests.attendance.rules.cases import (
    FRIDAY,
    POLICY,
    RAMADAN_DAY,
    RAMADAN_FRIDAY,
    SATURDAY,
    loose,
    minute,
    moment,
    office,
    pairs,
    punches,
    result,
    shift,
)
from tests.clock import TUESDAY, WITA

S = hours.DayStatus


def absence(code, text=None):
    """absence("CT") is a whole day, absence("DL", "07:30-10:00") a part of one."""
    parts = [minute(c) for c in text.split("-")] if text else [None, None]
    return hours.Absence(code, POLICY.effect_of(code), *parts)


@pytest.mark.parametrize(
    ("text", "worked", "breaks"),
    [
        pytest.param("07:30 16:00", 450, 60, id="the day by the book is 7 h 30 m"),
        pytest.param("07:00 16:00", 450, 60, id="minutes before the start do not count by default"),
        pytest.param("07:30 17:00", 510, 60, id="minutes after the end count by default"),
        pytest.param("08:00 16:00", 420, 60, id="half an hour late is half an hour less"),
        pytest.param("07:30 11:00", 210, 0, id="who leaves before the break loses no break"),
        pytest.param("07:30 12:00", 270, 0, id="leaving when the break begins"),
        pytest.param("07:30 12:20", 270, 20, id="twenty minutes of the break are no work"),
        pytest.param("07:30 13:00", 270, 60, id="leaving when the break ends"),
        pytest.param("07:30 13:01", 271, 60, id="the first minute after the break"),
        pytest.param("12:30 16:00", 180, 30, id="coming in the middle of the break"),
        pytest.param("13:00 16:00", 180, 0, id="coming after the break"),
        pytest.param("07:30:00 16:00:59", 450, 60, id="59 seconds are no minute"),
        pytest.param("07:30:30 16:00:30", 450, 60, id="seconds are put together before they are floored"),
        pytest.param("07:30:59 16:00:00", 449, 60, id="a started minute is floored away"),
        pytest.param("i07:30 o12:00 i13:00 o16:00", 450, 0, id="a clocked lunch is not taken twice"),
        pytest.param("i07:30 o12:10 i12:50 o16:00", 450, 20, id="a short clocked lunch loses only the break"),
        pytest.param("i07:30 o12:00 i13:30 o16:00", 420, 0, id="a long lunch costs its extra minutes"),
        pytest.param("i07:30 o09:00 i10:00 o16:00", 390, 60, id="an hour outside is not worked"),
        pytest.param("i07:30 o08:00 i09:00 o10:00 i11:00 o16:00", 330, 60, id="three pairs in a day"),
        pytest.param("i07:30 o09:00:30 i09:00:30 o16:00", 450, 60, id="out and in at the same second lose nothing"),
        pytest.param("16:30 18:00", 90, 0, id="presence only after the end still counts as worked"),
    ],
)
def test_worked_minutes(text, worked, breaks):
    day = result(text)

    assert (day.worked_minutes, day.break_minutes) == (worked, breaks)


@pytest.mark.parametrize(
    ("day", "text", "worked"),
    [
        pytest.param(office(FRIDAY), "07:30 16:30", 450, id="Friday with its long break"),
        pytest.param(office(FRIDAY), "07:30 16:00", 420, id="Friday left at the Monday hour"),
        pytest.param(office(FRIDAY), "07:30 11:30", 240, id="Friday until prayer"),
        pytest.param(office(RAMADAN_DAY), "08:00 15:00", 390, id="a Ramadan day"),
        pytest.param(office(RAMADAN_DAY), "07:30 16:00", 450, id="Ramadan, early minutes do not count, late ones do"),
        pytest.param(office(RAMADAN_FRIDAY), "08:00 15:30", 390, id="a Ramadan Friday"),
        pytest.param(shift(hours.MORNING_SHIFT), "07:00 14:00", 420, id="a morning shift has no break"),
        pytest.param(shift(hours.NIGHT_SHIFT), "21:00 31:00", 600, id="a night over midnight is one day"),
        pytest.param(shift(hours.NIGHT_SHIFT), "20:50 31:10", 610, id="a night with the handing over"),
        pytest.param(loose(), "06:00 14:30", 450, id="flexible hours from six"),
        pytest.param(loose(), "05:00 14:30", 450, id="flexible hours do not count before the window"),
        pytest.param(loose(), "13:00 23:30", 540, id="nor after it"),
        pytest.param(loose(SATURDAY), "09:00 12:00", 180, id="flexible work on a Saturday counts"),
        pytest.param(office(SATURDAY), "09:00 12:00", 0, id="presence on a day off is seen but not worked"),
    ],
)
def test_worked_minutes_of_other_days(day, text, worked):
    assert result(text, day).worked_minutes == worked


@pytest.mark.parametrize(
    ("changes", "text", "worked"),
    [
        pytest.param({"counts_before_start": True}, "07:00 16:00", 480, id="minutes before the start, if so decided"),
        pytest.param({"counts_after_end": False}, "07:30 18:00", 450, id="no minute after the end, if so decided"),
        pytest.param({"latest_minute": 1020}, "07:30 19:00", 510, id="nothing after 17:00, if so decided"),
        pytest.param({"breaks": ((690, 750),)}, "07:30 12:00", 240, id="the break lies elsewhere"),
        pytest.param({"breaks": ((600, 615), (720, 765))}, "07:30 16:00", 450, id="two breaks"),
        pytest.param({"break_presses": "IGNORE"}, "I07:30 B12:00 b13:45 O16:00", 450, id="break keys are ignored"),
        pytest.param({}, "I07:30 B12:00 b13:45 O16:00", 405, id="break keys end and begin presence"),
    ],
)
def test_conventions_of_counting(changes, text, worked):
    policy = POLICY.with_changes(**changes)

    assert result(text, office(policy=policy), policy=policy).worked_minutes == worked


def test_presence_on_a_day_off_counts_where_the_policy_says_so():
    policy = POLICY.with_changes(day_off_presence="COUNT")

    day = result("09:00 12:00", office(SATURDAY), policy=policy)

    assert (day.worked_minutes, day.target_minutes, day.balance_minutes, day.status) == (180, 0, 180, S.OFF)


def test_flexible_saturday_does_not_count_where_the_policy_says_so():
    policy = POLICY.with_changes(flexible_day_off_presence="IGNORE")

    assert result("09:00 12:00", loose(SATURDAY), policy=policy).worked_minutes == 0


# -- leave, travel, duty -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "absences", "wanted"),
    [
        pytest.param("", [absence("CT")], (450, 0, 450, 0, S.EXCUSED), id="annual leave credits the day"),
        pytest.param("", [absence("CS")], (450, 0, 450, 0, S.EXCUSED), id="sick leave credits the day"),
        pytest.param("", [absence("DL")], (450, 0, 450, 0, S.EXCUSED), id="official travel credits the day"),
        pytest.param("", [absence("DK")], (450, 0, 450, 0, S.EXCUSED), id="training credits the day"),
        pytest.param("", [absence("CLTN")], (0, 0, 0, 0, S.EXCUSED), id="unpaid leave takes the day from the target"),
        pytest.param("", [absence("SKORS")], (0, 0, 0, 0, S.EXCUSED), id="suspension too"),
        pytest.param("", [absence("TK")], (450, 0, 0, 1, S.ABSENT), id="without reason credits nothing and counts"),
        pytest.param("", [], (450, 0, 0, 1, S.ABSENT), id="no press and no reason is an absent day"),
        pytest.param("07:30 12:00", [absence("CT")], (450, 270, 180, 0, S.EXCUSED), id="never above the daily quota"),
        pytest.param("07:30 17:00", [absence("DL")], (450, 510, 0, 0, S.EXCUSED), id="worked longer, nothing credited"),
        pytest.param("10:00 16:00", [absence("DL", "07:30-10:00")], (450, 300, 150, 0, S.PRESENT), id="duty first"),
        pytest.param("07:30 12:00", [absence("DL", "13:00-16:00")], (450, 270, 180, 0, S.PRESENT), id="duty last"),
        pytest.param(
            "07:30 12:00", [absence("DL", "12:00-16:00")], (450, 270, 180, 0, S.PRESENT), id="duty over the break"
        ),
        pytest.param(
            "07:30 16:00", [absence("DL", "10:00-12:00")], (450, 450, 0, 0, S.PRESENT), id="presence during duty once"
        ),
        pytest.param(
            "10:30 16:00", [absence("DL", "07:30-10:00")], (450, 270, 150, 0, S.LATE), id="late from the end of duty"
        ),
        pytest.param("", [absence("DL", "13:00-16:00")], (450, 0, 180, 0, S.LATE), id="duty alone excuses only itself"),
        pytest.param(
            "07:30 16:00", [absence("DL", "16:00-20:00")], (450, 450, 0, 0, S.PRESENT), id="duty after hours adds none"
        ),
        pytest.param(
            "08:20 16:00", [absence("DISP", "07:00-08:30")], (450, 400, 50, 0, S.PRESENT), id="an outage is forgiven"
        ),
        pytest.param(
            "08:00 12:00",
            [absence("DL", "07:30-08:00"), absence("DL", "13:00-16:00")],
            (450, 240, 210, 0, S.PRESENT),
            id="two duties in a day",
        ),
    ],
)
def test_absences(text, absences, wanted):
    day = result(text, absences=absences)

    assert (day.target_minutes, day.worked_minutes, day.credited_minutes, day.absent_days, day.status) == wanted


def test_leave_cuts_the_target_where_the_policy_says_so():
    policy = POLICY.with_changes(leave_effect="CUT_TARGET")
    annual = hours.Absence("CT", policy.effect_of("CT"))
    travel = hours.Absence("DL", policy.effect_of("DL"))

    assert result("", absences=[annual], policy=policy).target_minutes == 0
    assert result("", absences=[annual], policy=policy).credited_minutes == 0
    assert result("", absences=[travel], policy=policy).credited_minutes == 450


def test_leave_by_the_hour_cuts_its_minutes_from_the_target():
    policy = POLICY.with_changes(leave_effect="CUT_TARGET")
    part = hours.Absence("CAP", policy.effect_of("CAP"), minute("13:00"), minute("16:00"))

    day = result("07:30 12:00", absences=[part], policy=policy)

    assert (day.target_minutes, day.worked_minutes, day.credited_minutes, day.early_minutes) == (270, 270, 0, 0)


def test_the_order_of_documents_says_nothing():
    one = [absence("DL", "13:00-16:00"), absence("DISP", "07:00-08:00"), absence("CT")]

    assert result("08:00 12:00", absences=one) == result("08:00 12:00", absences=one[::-1])
    assert result("08:00 12:00", absences=one).absence_code == "CT"


def test_an_unknown_leave_type_follows_the_policy_for_leave():
    assert POLICY.effect_of("LOKAL") is hours.AbsenceEffect.CREDIT


@pytest.mark.parametrize(
    ("expected", "status"),
    [
        pytest.param(office(SATURDAY), S.OFF, id="a Saturday"),
        pytest.param(shift(None), S.OFF, id="a free day of the roster"),
        pytest.param(
            hours.ExpectedDay(day=FRIDAY, kind=hours.DayKind.NATIONAL_HOLIDAY), S.HOLIDAY, id="a national holiday"
        ),
        pytest.param(hours.ExpectedDay(day=FRIDAY, kind=hours.DayKind.COLLECTIVE_LEAVE), S.HOLIDAY, id="cuti bersama"),
    ],
)
def test_nothing_is_owed_on_a_free_day(expected, status):
    day = result("", expected)

    assert (day.status, day.target_minutes, day.absent_days, day.cut_points) == (status, 0, 0, 0)


def test_leave_on_a_holiday_credits_nothing():
    day = result("", office(SATURDAY), absences=[absence("CT")])

    assert (day.credited_minutes, day.target_minutes) == (0, 0)


# -- missing presses ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "text", "wanted"),
    [
        pytest.param({}, "i07:30", (450, True, "", "PSW4", S.INCOMPLETE), id="a forgotten clock-out closes at the end"),
        pytest.param({}, "i08:00", (420, True, "TL1", "PSW4", S.INCOMPLETE), id="and the lateness stays"),
        pytest.param({}, "o16:00", (450, False, "TL4", "", S.INCOMPLETE), id="a forgotten clock-in opens at the start"),
        pytest.param(
            {"missing_out_closes": "NONE"}, "i07:30", (0, False, "", "PSW4", S.INCOMPLETE), id="or earns none"
        ),
        pytest.param(
            {"missing_in_opens": "NONE"}, "o16:00", (0, False, "TL4", "", S.INCOMPLETE), id="no in, no minute"
        ),
        pytest.param({"missing_out_closes": "AFTER"}, "i07:30", (240, True, "", "PSW4", S.INCOMPLETE), id="four hours"),
        pytest.param(
            {"missing_out_closes": "AFTER"}, "i14:00", (120, True, "TL4", "PSW4", S.INCOMPLETE), id="to the end"
        ),
        pytest.param(
            {"missing_out_closes": "AT", "closes_at_minute": 720},
            "i07:30",
            (270, True, "", "PSW4", S.INCOMPLETE),
            id="closed at noon",
        ),
        pytest.param(
            {"missing_out_takes_top_bracket": False}, "i07:30", (450, True, "", "", S.INCOMPLETE), id="at no cost"
        ),
        pytest.param(
            {"missing_in_takes_top_bracket": False}, "o16:00", (450, False, "", "", S.INCOMPLETE), id="in at no cost"
        ),
        pytest.param({}, "i17:00", (0, False, "TL4", "PSW4", S.INCOMPLETE), id="an in after the end closes at once"),
    ],
)
def test_missing_presses(changes, text, wanted):
    policy = POLICY.with_changes(**changes)
    day = result(text, policy=policy)

    assert (day.worked_minutes, day.auto_closed, day.late_code, day.early_code, day.status) == wanted
    assert day.absent_days == 0


def test_a_missing_press_adds_the_minutes_the_policy_names():
    policy = POLICY.with_changes(missing_in_minutes=225, missing_out_minutes=225)

    assert result("i07:30", policy=policy).unexcused_minutes == 225
    assert result("o16:00", policy=policy).unexcused_minutes == 225


def test_flexible_day_without_out_closes_some_hours_after_the_in():
    assert result("i14:00", loose()).worked_minutes == 240


# -- a day that is not over --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "as_of", "status", "worked"),
    [
        pytest.param("", "06:00", S.UPCOMING, 0, id="before work"),
        pytest.param("", "17:00", S.UPCOMING, 0, id="nobody is absent before the day is over"),
        pytest.param("", "28:00", S.ABSENT, 0, id="at four in the morning the day is over"),
        pytest.param("i07:30", "09:00", S.OPEN, 0, id="an open pair is worth nothing yet"),
        pytest.param("i07:30", "20:00", S.OPEN, 0, id="it stays open in the evening"),
        pytest.param("i07:30", "28:00", S.INCOMPLETE, 450, id="and is closed by rule at the cut"),
        pytest.param("i07:30 o12:00", "12:30", S.PRESENT, 270, id="a morning done is not an early leave yet"),
        pytest.param("i07:30 o12:00", "16:00", S.EARLY, 270, id="at the end of the day it is"),
        pytest.param("i08:00", "09:00", S.OPEN, 0, id="late and inside"),
        pytest.param("i08:00 o16:00", "16:01", S.LATE, 420, id="late and gone"),
    ],
)
def test_a_running_day(text, as_of, status, worked):
    day = result(text, as_of=moment(as_of))

    assert (day.status, day.worked_minutes) == (status, worked)


def test_lateness_shows_while_somebody_is_still_inside():
    day = result("i08:00", as_of=moment("09:00"))

    assert (day.late_minutes, day.late_code, day.early_minutes, day.open_since) == (30, "TL1", 0, moment("08:00"))


def test_a_night_is_not_over_at_four():
    night = shift(hours.NIGHT_SHIFT)

    assert result("i21:00", night, as_of=moment("28:00")).status is S.OPEN
    assert result("i21:00", night, as_of=moment("35:00")).status is S.INCOMPLETE


# -- zones -------------------------------------------------------------------------------------------------------


def test_somebody_of_a_wib_unit_pressing_in_bali_is_on_time():
    in_bali = [hours.Punch(moment("08:30", zone=WITA)), hours.Punch(moment("17:00", zone=WITA))]

    day = hours.day_result(POLICY, office(), in_bali)

    assert (day.late_minutes, day.worked_minutes) == (0, 450)


def test_a_wita_unit_has_its_own_morning():
    day = hours.day_result(POLICY, office(zone="Asia/Makassar"), punches("08:30 17:00"))

    assert (day.late_minutes, day.worked_minutes) == (120, 450)


def test_instants_in_utc_are_the_same_instants():
    utc = [
        hours.Punch(datetime(2026, 11, 16, 0, 30, tzinfo=UTC)),
        hours.Punch(datetime(2026, 11, 16, 9, 0, tzinfo=UTC)),
    ]

    assert hours.day_result(POLICY, office(), utc).worked_minutes == 450


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="timezone-aware"):
        hours.day_result_of_pairs(POLICY, office(), [hours.Pair(datetime(2026, 11, 16, 7), datetime(2026, 11, 16, 9))])


# -- the derivation ----------------------------------------------------------------------------------------------


def test_steps_tell_the_whole_sum():
    day = result("i08:00 o17:00")

    assert [(s.code, s.values.get("minutes")) for s in day.steps] == [
        ("scheduled", 450),
        ("presses", None),
        ("presence", 540),
        ("break", 60),
        ("worked", 480),
        ("late", 30),
        ("cut", None),
        ("total", 480),
    ]


def test_steps_of_leave_say_type_and_effect():
    day = result("", absences=[absence("CLTN")])

    assert hours.Step("absence", {"code": "CLTN", "effect": "CUT_TARGET"}) in day.steps
    assert hours.Step("target_cut", {"from": 450, "to": 0}) in day.steps


def test_the_sums_are_the_same_without_steps():
    with_steps = result("i08:00 o17:00")
    without = result("i08:00 o17:00", explain=False)

    assert without.steps == ()
    assert without.worked_minutes == with_steps.worked_minutes


def test_pairs_given_directly_are_summed_like_presses():
    from_pairs = hours.day_result_of_pairs(POLICY, office(), pairs("07:30-12:00 13:00-16:00"))

    assert from_pairs.worked_minutes == result("i07:30 o12:00 i13:00 o16:00").worked_minutes == 450


def test_a_shift_of_tuesday_is_summed_on_tuesday():
    assert result("07:00 14:00", shift(hours.MORNING_SHIFT, TUESDAY)).day == TUESDAY
