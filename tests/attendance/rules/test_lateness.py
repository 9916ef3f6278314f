"""Late and early: minutes, tolerance, brackets, what they cost."""

import pytest

from attendance.rules import hours
from tests.attendance.rules.cases import FRIDAY, POLICY, RAMADAN_DAY, loose, minute, office, result, shift


@pytest.mark.parametrize(
    ("text", "late", "code"),
    [
        pytest.param("07:12 16:00", 0, "", id="early is not negative"),
        pytest.param("07:30 16:00", 0, "", id="on the minute is not late"),
        pytest.param("07:30:59 16:00", 0, "", id="07:30:59 is not late"),
        pytest.param("07:31 16:00", 1, "TL1", id="one minute is TL1"),
        pytest.param("08:00 16:00", 30, "TL1", id="thirty minutes are still TL1"),
        pytest.param("08:01 16:00", 31, "TL2", id="thirty-one are TL2"),
        pytest.param("08:30:59 16:00", 60, "TL2", id="sixty and 59 seconds are still TL2"),
        pytest.param("08:31 16:00", 61, "TL3", id="sixty-one are TL3"),
        pytest.param("09:00 16:00", 90, "TL3", id="ninety are still TL3"),
        pytest.param("09:01 16:00", 91, "TL4", id="ninety-one are TL4"),
        pytest.param("13:00 16:00", 330, "TL4", id="by the clock the break is part of the delay"),
        pytest.param("16:30 18:00", 450, "TL4", id="never more than the day's scheduled minutes"),
    ],
)
def test_late(text, late, code):
    day = result(text)

    assert (day.late_minutes, day.late_code) == (late, code)


@pytest.mark.parametrize(
    ("text", "early", "code"),
    [
        pytest.param("07:30 16:00", 0, "", id="to the minute"),
        pytest.param("07:30 15:59:30", 0, "", id="half a minute is none"),
        pytest.param("07:30 15:59", 1, "PSW1", id="one minute is PSW1"),
        pytest.param("07:30 15:30", 30, "PSW1", id="thirty are PSW1"),
        pytest.param("07:30 15:29", 31, "PSW2", id="thirty-one are PSW2"),
        pytest.param("07:30 14:59", 61, "PSW3", id="sixty-one are PSW3"),
        pytest.param("07:30 14:29", 91, "PSW4", id="ninety-one are PSW4"),
        pytest.param("07:30 18:00", 0, "", id="staying longer is not early"),
        pytest.param("i07:30 o12:00 i13:00 o15:00", 60, "PSW2", id="the last out counts"),
        pytest.param("i07:30 o12:00 i13:00 o16:00", 0, "", id="an out at noon is not an early leave"),
    ],
)
def test_early(text, early, code):
    day = result(text)

    assert (day.early_minutes, day.early_code) == (early, code)


@pytest.mark.parametrize(
    ("changes", "text", "late"),
    [
        pytest.param({"tolerance_minutes": 15}, "07:45 16:00", 0, id="the last minute of tolerance"),
        pytest.param({"tolerance_minutes": 15}, "07:45:59 16:00", 0, id="and its 59 seconds"),
        pytest.param({"tolerance_minutes": 15}, "07:46 16:00", 16, id="tolerance forgives, it does not subtract"),
        pytest.param(
            {"tolerance_minutes": 30, "tolerance_needs_replacement": True}, "08:00 16:30", 0, id="replaced the same day"
        ),
        pytest.param(
            {"tolerance_minutes": 30, "tolerance_needs_replacement": True}, "08:00 16:29", 30, id="not wholly replaced"
        ),
        pytest.param(
            {"tolerance_minutes": 30, "tolerance_needs_replacement": True}, "08:01 17:00", 31, id="beyond the tolerance"
        ),
        pytest.param({"late_basis": "WORK"}, "13:00 16:00", 270, id="by work time the break is left out"),
        pytest.param({"late_basis": "WORK"}, "12:20 16:00", 270, id="also a part of the break"),
        pytest.param({"rounding": "CEIL"}, "07:30:01 16:00", 1, id="started minutes count if so decided"),
        pytest.param({"caps_at_scheduled": False}, "16:00 18:00", 510, id="without the cap the clock runs on"),
    ],
)
def test_conventions_of_lateness(changes, text, late):
    policy = POLICY.with_changes(**changes)

    assert result(text, policy=policy).late_minutes == late


def test_forgiven_minutes_are_still_told():
    policy = POLICY.with_changes(tolerance_minutes=15)

    assert hours.Step("late_forgiven", {"minutes": 10}) in result("07:40 16:00", policy=policy).steps


def test_early_tolerance_is_its_own():
    policy = POLICY.with_changes(early_tolerance_minutes=5)

    assert result("07:30 15:55", policy=policy).early_minutes == 0
    assert result("07:30 15:54", policy=policy).early_minutes == 6


def test_late_and_early_together_stay_inside_the_day():
    day = result("i15:00 o15:01")

    assert (day.late_minutes, day.early_minutes, day.unexcused_minutes) == (450, 0, 450)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        pytest.param("07:30 16:00", 0, id="nothing"),
        pytest.param("07:40 16:00", 50, id="TL1 is half a per cent"),
        pytest.param("07:40 15:50", 100, id="TL1 and PSW1 are one per cent"),
        pytest.param("09:30 14:00", 400, id="TL4 and PSW4"),
        pytest.param("i07:30", 200, id="a missing out is the top bracket"),
        pytest.param("o16:00", 200, id="a missing in is the top bracket"),
        pytest.param("", 400, id="a day without reason"),
    ],
)
def test_cut(text, points):
    assert result(text).cut_points == points


@pytest.mark.parametrize(
    ("expected", "text", "late", "early"),
    [
        pytest.param(office(FRIDAY), "07:30 16:00", 0, 30, id="Friday ends at 16:30"),
        pytest.param(office(RAMADAN_DAY), "07:55 15:00", 0, 0, id="Ramadan begins at eight"),
        pytest.param(office(RAMADAN_DAY), "08:10 14:50", 10, 10, id="late and early in Ramadan"),
        pytest.param(shift(hours.NIGHT_SHIFT), "21:20 30:30", 20, 30, id="late and early around midnight"),
        pytest.param(shift(hours.NIGHT_SHIFT), "24:10 31:00", 190, 0, id="coming after midnight"),
        pytest.param(loose(), "10:00 20:00", 0, 0, id="flexible hours know no late"),
        pytest.param(loose(core=(540, 720)), "10:00 20:00", 60, 0, id="but their core does"),
        pytest.param(loose(core=(540, 720)), "06:00 11:30", 0, 30, id="and its end"),
        pytest.param(office(weekly_minutes=1200), "07:30 11:30", 0, 0, id="a part-time day ends at 11:30"),
        pytest.param(office(weekly_minutes=1200), "07:45 11:00", 15, 30, id="late and early on a part-time day"),
    ],
)
def test_late_and_early_on_other_days(expected, text, late, early):
    day = result(text, expected)

    assert (day.late_minutes, day.early_minutes) == (late, early)


@pytest.mark.parametrize(
    ("text", "unexcused"),
    [
        pytest.param("i07:30 o09:00 i10:00 o16:00", 60, id="an hour outside"),
        pytest.param("i07:30 o11:30 i13:30 o16:00", 60, id="half an hour before and after the break"),
        pytest.param("i07:30 o12:00 i13:00 o16:00", 0, id="the break is no gap"),
        pytest.param("i07:40 o09:00 i10:00 o15:50", 80, id="with late and early"),
    ],
)
def test_gaps_count_where_the_policy_says_so(text, unexcused):
    assert result(text, policy=POLICY.with_changes(counts_gaps=True)).unexcused_minutes == unexcused


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        pytest.param(0, None, id="nothing is in no bracket"),
        pytest.param(1, "A", id="the lower end is inside"),
        pytest.param(60, "A", id="the last minute below the upper end"),
        pytest.param(61, "B", id="the upper end is outside"),
        pytest.param(9999, "B", id="the last row is open"),
    ],
)
def test_bracket(minutes, code):
    table = (hours.Bracket(1, 61, "A", 50), hours.Bracket(61, None, "B", 100))
    row = hours.bracket_for(table, minutes)

    assert (row.code if row else None) == code


def test_an_empty_table_costs_nothing():
    policy = POLICY.with_changes(late_brackets=(), early_brackets=())

    assert result("i09:30", policy=policy).cut_points == 0


def test_duty_moves_the_start():
    duty = hours.Absence("DL", hours.AbsenceEffect.CREDIT, minute("07:30"), minute("09:00"))

    assert result("09:10 16:00", absences=[duty]).late_minutes == 10
    assert result("08:40 16:00", absences=[duty]).late_minutes == 0
