"""Every schedule derived from Perpres 21/2023, and which one holds for whom."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from attendance.rules import hours
from tests.attendance.rules.cases import CALENDAR, POLICY, minute

HOLIDAYS = Path(__file__).parents[3] / "attendance" / "data" / "holidays_id.csv"
NORMAL_MONDAY = date(2026, 11, 16)
RAMADAN_MONDAY = date(2026, 2, 23)
FIVE, SIX = hours.standard_five_day(POLICY), hours.standard_six_day(POLICY)


def on(schedule, monday, weekday, **more):
    return hours.expected_day(POLICY, schedule, CALENDAR, monday + timedelta(days=weekday), **more)


def clock(day):
    return None if day.starts is None else (day.starts, day.ends, day.scheduled_minutes)


def hhmm(start, end, minutes):
    return minute(start), minute(end), minutes


@pytest.mark.parametrize(
    ("schedule", "monday", "weekday", "wanted"),
    [
        pytest.param(FIVE, NORMAL_MONDAY, 0, hhmm("07:30", "16:00", 450), id="five days, Monday, 07:30 to 16:00"),
        pytest.param(FIVE, NORMAL_MONDAY, 1, hhmm("07:30", "16:00", 450), id="five days, Tuesday"),
        pytest.param(FIVE, NORMAL_MONDAY, 2, hhmm("07:30", "16:00", 450), id="five days, Wednesday"),
        pytest.param(FIVE, NORMAL_MONDAY, 3, hhmm("07:30", "16:00", 450), id="five days, Thursday"),
        pytest.param(
            FIVE, NORMAL_MONDAY, 4, hhmm("07:30", "16:30", 450), id="five days, Friday, 16:30 for 90 of break"
        ),
        pytest.param(FIVE, NORMAL_MONDAY, 5, None, id="five days, Saturday is free"),
        pytest.param(FIVE, NORMAL_MONDAY, 6, None, id="five days, Sunday is free"),
        pytest.param(FIVE, RAMADAN_MONDAY, 0, hhmm("08:00", "15:00", 390), id="Ramadan, Monday, 08:00 to 15:00"),
        pytest.param(FIVE, RAMADAN_MONDAY, 3, hhmm("08:00", "15:00", 390), id="Ramadan, Thursday"),
        pytest.param(FIVE, RAMADAN_MONDAY, 4, hhmm("08:00", "15:30", 390), id="Ramadan, Friday, 15:30 for 60 of break"),
        pytest.param(FIVE, RAMADAN_MONDAY, 5, None, id="Ramadan, Saturday is free"),
        pytest.param(SIX, RAMADAN_MONDAY, 0, hhmm("08:00", "14:00", 330), id="six days in Ramadan, Monday 5.5 hours"),
        pytest.param(SIX, RAMADAN_MONDAY, 4, hhmm("08:00", "14:00", 300), id="six days in Ramadan, Friday 5 hours"),
        pytest.param(SIX, RAMADAN_MONDAY, 5, hhmm("08:00", "14:00", 330), id="six days in Ramadan, Saturday 5.5 hours"),
        pytest.param(SIX, NORMAL_MONDAY, 0, hhmm("07:30", "14:15", 375), id="six days, 6.25 hours a day"),
        pytest.param(SIX, NORMAL_MONDAY, 4, hhmm("07:30", "14:45", 375), id="six days, Friday the same minutes"),
        pytest.param(SIX, NORMAL_MONDAY, 5, hhmm("07:30", "14:15", 375), id="six days, Saturday works"),
        pytest.param(SIX, NORMAL_MONDAY, 6, None, id="six days, Sunday is free"),
    ],
)
def test_derived_schedule(schedule, monday, weekday, wanted):
    assert clock(on(schedule, monday, weekday)) == wanted


@pytest.mark.parametrize(
    ("schedule", "monday", "minutes"),
    [
        pytest.param(FIVE, NORMAL_MONDAY, 2250, id="37 h 30 m in five days"),
        pytest.param(FIVE, RAMADAN_MONDAY, 1950, id="32 h 30 m in Ramadan"),
        pytest.param(SIX, NORMAL_MONDAY, 2250, id="37 h 30 m in six days"),
        pytest.param(SIX, RAMADAN_MONDAY, 1950, id="32 h 30 m in six days of Ramadan"),
        pytest.param(hours.flexible(POLICY), NORMAL_MONDAY, 2250, id="flexible workers owe the same week"),
        pytest.param(hours.flexible(POLICY), RAMADAN_MONDAY, 1950, id="flexible workers in Ramadan"),
        # 1 Ramadan 1447 H is Thursday 19 February 2026: three normal days and two short ones.
        pytest.param(FIVE, date(2026, 2, 16), 3 * 450 + 2 * 390, id="a week across 1 Ramadan"),
        # Friday 20 March 2026 is the last day of fasting.
        pytest.param(FIVE, date(2026, 3, 16), 5 * 390, id="the last week of Ramadan"),
        pytest.param(SIX, date(2026, 2, 16), 3 * 375 + 330 + 300 + 330, id="six days across 1 Ramadan"),
    ],
)
def test_weekly_norm(schedule, monday, minutes):
    assert sum(on(schedule, monday, n).scheduled_minutes for n in range(7)) == minutes


@pytest.mark.parametrize(
    ("plan", "minutes", "label"),
    [
        pytest.param(hours.MORNING_SHIFT, 420, "PAGI", id="morning shift 07-14 is 7 hours"),
        pytest.param(hours.AFTERNOON_SHIFT, 420, "SIANG", id="afternoon shift 14-21 is 7 hours"),
        pytest.param(hours.NIGHT_SHIFT, 600, "MALAM", id="night shift 21-07 is 10 hours"),
    ],
)
def test_hospital_shift(plan, minutes, label):
    day = hours.expected_day(POLICY, hours.three_shift(NORMAL_MONDAY), CALENDAR, NORMAL_MONDAY, shift=plan)

    assert (day.scheduled_minutes, day.label, day.mode) == (minutes, label, hours.HoursMode.SHIFT)


def test_night_shift_ends_on_the_next_morning():
    day = hours.expected_day(POLICY, hours.three_shift(NORMAL_MONDAY), CALENDAR, NORMAL_MONDAY, shift=hours.NIGHT_SHIFT)

    assert day.ends_at.isoformat() == "2026-11-17T07:00:00+07:00"


def test_a_break_of_known_length_lies_in_the_middle_of_the_shift():
    plan = hours.shift_plan(420, 840, 60, "PAGI")

    assert (plan.breaks, plan.minutes) == (((600, 660),), 360)
    assert hours.shift_plan(420, 840).breaks == ()


def test_cycle_runs_in_both_directions_from_its_first_day():
    schedule = hours.three_shift(NORMAL_MONDAY)
    labels = [on(schedule, NORMAL_MONDAY, n).label for n in range(-2, 8)]

    assert labels == ["", "", "PAGI", "PAGI", "SIANG", "SIANG", "MALAM", "", "", "PAGI"]


def test_personal_roster_row_replaces_the_pattern_even_when_it_says_free():
    schedule = hours.three_shift(NORMAL_MONDAY)

    day = hours.expected_day(POLICY, schedule, CALENDAR, NORMAL_MONDAY, shift=None)

    assert (day.kind, day.scheduled_minutes) == (hours.DayKind.DAY_OFF, 0)


@pytest.mark.parametrize(
    ("cycle", "codes"),
    [
        pytest.param(None, [], id="the default cycle of 38 hours passes"),
        pytest.param("PSM--", ["roster_below_norm"], id="five days with 33.6 hours a week is below the norm"),
        pytest.param("PPSSMM--", [], id="eight days with 42 hours a week pass"),
        pytest.param("MPPSS--", [], id="a morning right after a night touches but does not overlap"),
        pytest.param("P" * 6 + "-", [], id="six mornings make 42 hours"),
        pytest.param("P" * 5 + "--", ["roster_below_norm"], id="five mornings make 35 hours"),
    ],
)
def test_roster_must_reach_the_norm_on_average(cycle, codes):
    plans = {"P": hours.MORNING_SHIFT, "S": hours.AFTERNOON_SHIFT, "M": hours.NIGHT_SHIFT, "-": None}
    shifts = [plans[c] for c in cycle] if cycle else hours.three_shift(NORMAL_MONDAY).cycle

    assert [f.code for f in hours.check_roster(POLICY, shifts)] == codes


def test_overlapping_shifts_block_and_name_the_day():
    long_night = hours.DayPlan(starts=1260, ends=1920)

    findings = hours.check_roster(POLICY, [long_night, hours.MORNING_SHIFT] * 4, starts_on=NORMAL_MONDAY)

    assert {(f.code, f.severity) for f in findings} == {("shifts_overlap", "BLOCKS")}
    assert findings[0].day == NORMAL_MONDAY
    assert len(findings) == 4


@pytest.mark.parametrize(
    ("weekly", "monday", "policy", "wanted"),
    [
        pytest.param(1200, NORMAL_MONDAY, {}, [240] * 5, id="20 hours a week are 4 hours a day"),
        pytest.param(1201, NORMAL_MONDAY, {}, [240, 240, 240, 240, 241], id="an odd minute is not lost"),
        pytest.param(1000, NORMAL_MONDAY, {}, [200] * 5, id="1,000 minutes are 200 a day"),
        pytest.param(1200, RAMADAN_MONDAY, {}, [240] * 5, id="the contract's minutes stay in Ramadan"),
        pytest.param(
            1200,
            RAMADAN_MONDAY,
            {"pppk_part_time_in_ramadan": "SCALE"},
            [208] * 5,
            id="or shrink like everybody's, if the policy says so",
        ),
        pytest.param(2250, NORMAL_MONDAY, {}, [450] * 5, id="a full contract changes nothing"),
    ],
)
def test_part_time_pppk_owes_the_minutes_of_the_contract(weekly, monday, policy, wanted):
    policy = POLICY.with_changes(**policy)
    days = [
        hours.expected_day(policy, FIVE, CALENDAR, monday + timedelta(days=n), weekly_minutes=weekly) for n in range(5)
    ]

    assert [d.scheduled_minutes for d in days] == wanted


def test_part_time_day_ends_when_its_minutes_are_done_and_lunch_is_left_out():
    short = hours.expected_day(POLICY, FIVE, CALENDAR, NORMAL_MONDAY, weekly_minutes=1200)
    longer = hours.expected_day(POLICY, FIVE, CALENDAR, NORMAL_MONDAY, weekly_minutes=1500)

    assert (short.ends, longer.ends) == (minute("11:30"), minute("13:30"))


def test_a_roster_is_not_resized_by_a_contract():
    day = hours.expected_day(POLICY, hours.three_shift(NORMAL_MONDAY), CALENDAR, NORMAL_MONDAY, weekly_minutes=1200)

    assert day.scheduled_minutes == 420


# -- which schedule holds ----------------------------------------------------------------------------------------

ROWS = [
    hours.ScheduleInForce(schedule=FIVE, starts_on=date(2023, 4, 12)),
    hours.ScheduleInForce(schedule=SIX, starts_on=date(2024, 1, 1), ends_on=date(2026, 6, 30), unit_id=5),
    hours.ScheduleInForce(schedule=hours.flexible(POLICY), starts_on=date(2026, 7, 1), unit_id=5),
    hours.ScheduleInForce(schedule=hours.three_shift(NORMAL_MONDAY), starts_on=date(2026, 1, 1), unit_id=9),
]


@pytest.mark.parametrize(
    ("day", "chain", "code"),
    [
        pytest.param(date(2026, 11, 16), (3, 1), "FIVE_DAY", id="a unit without its own takes the institution's"),
        pytest.param(date(2026, 6, 30), (5, 1), "SIX_DAY", id="the last day of a decree counts"),
        pytest.param(date(2026, 7, 1), (5, 1), "FLEXIBLE", id="the next decree begins on its first day"),
        pytest.param(date(2026, 11, 16), (7, 5, 1), "FLEXIBLE", id="a section inherits from its unit"),
        pytest.param(date(2026, 11, 16), (9, 5, 1), "THREE_SHIFT", id="the nearest unit wins"),
        pytest.param(date(2023, 12, 31), (5, 1), "FIVE_DAY", id="before its decree the unit has the common hours"),
        pytest.param(date(2020, 1, 1), (5, 1), None, id="before every decree nothing holds"),
    ],
)
def test_schedule_of_a_unit_on_a_day(day, chain, code):
    found = hours.schedule_for(ROWS, day, chain)

    assert (found.code if found else None) == code


def test_of_two_decrees_for_one_unit_the_later_wins():
    rows = [*ROWS, hours.ScheduleInForce(schedule=SIX, starts_on=date(2026, 10, 1), unit_id=5)]

    assert hours.schedule_for(rows, date(2026, 11, 16), (5, 1)).code == "SIX_DAY"


@pytest.mark.parametrize(
    "schedule", [FIVE, SIX, hours.flexible(POLICY, core=(540, 720)), hours.three_shift(NORMAL_MONDAY)]
)
def test_schedule_survives_json(schedule):
    assert hours.Schedule.from_dict(schedule.to_dict()) == schedule


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param({"code": "X", "normal": [None] * 5}, "a week has 5 days", id="a week of five entries"),
        pytest.param({"code": "X", "cycle": [None]}, "needs cycle_starts_on", id="a cycle without a first day"),
        pytest.param(
            {"code": "X", "normal": [None] * 7, "ramadan": [None]}, "Ramadan week has 1", id="a short Ramadan"
        ),
    ],
)
def test_schedule_that_cannot_be_read_says_why(data, message):
    with pytest.raises(ValueError, match=message):
        hours.Schedule.from_dict(data)


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        pytest.param("Asia/Jakarta", "2026-11-16T07:30:00+07:00", id="WIB"),
        pytest.param("Asia/Makassar", "2026-11-16T07:30:00+08:00", id="WITA"),
        pytest.param("Asia/Jayapura", "2026-11-16T07:30:00+09:00", id="WIT"),
        pytest.param(480, "2026-11-16T07:30:00+08:00", id="an offset in minutes"),
    ],
)
def test_agency_hours_begin_by_the_local_clock(zone, start):
    day = hours.expected_day(POLICY, FIVE, CALENDAR, NORMAL_MONDAY, zone=zone)

    assert day.starts_at.isoformat() == start


# -- the calendar ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def calendar():
    with HOLIDAYS.open(encoding="utf-8") as lines:
        return hours.Calendar.from_rows(hours.read_holidays_csv(lines))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        pytest.param(2025, 237, id="2025 has 237 working days"),
        pytest.param(2026, 240, id="2026 has 240"),
        pytest.param(2027, 242, id="2027 has 242"),
    ],
)
def test_working_days_of_a_year(calendar, year, days):
    dates = hours.days_between(date(year, 1, 1), date(year, 12, 31))

    assert sum(1 for d in dates if hours.expected_day(POLICY, FIVE, calendar, d).scheduled_minutes) == days


@pytest.mark.parametrize(
    ("ramadan", "days"),
    [
        pytest.param(0, 19, id="1446 H has 19 working days"),
        pytest.param(1, 19, id="1447 H has 19"),
        pytest.param(2, 20, id="1448 H has 20"),
    ],
)
def test_working_days_of_ramadan(calendar, ramadan, days):
    fasting = hours.KNOWN_RAMADANS[ramadan]
    expected = [
        hours.expected_day(POLICY, FIVE, calendar, d) for d in hours.days_between(fasting.starts_on, fasting.ends_on)
    ]

    assert [d.scheduled_minutes for d in expected if d.scheduled_minutes] == [390] * days


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        pytest.param(date(2026, 12, 25), hours.DayKind.NATIONAL_HOLIDAY, id="Christmas is a national holiday"),
        pytest.param(date(2026, 12, 24), hours.DayKind.COLLECTIVE_LEAVE, id="the day before is cuti bersama"),
        pytest.param(date(2026, 12, 23), hours.DayKind.WORKDAY, id="the day before that is worked"),
        pytest.param(date(2026, 11, 21), hours.DayKind.DAY_OFF, id="a Saturday is a day off"),
    ],
)
def test_holidays_owe_nothing(calendar, day, kind):
    expected = hours.expected_day(POLICY, FIVE, calendar, day)

    assert expected.kind is kind
    assert (expected.scheduled_minutes > 0) is (kind is hours.DayKind.WORKDAY)


def test_a_rostered_shift_on_a_holiday_is_still_owed(calendar):
    christmas = date(2026, 12, 25)

    kept = hours.expected_day(POLICY, hours.three_shift(christmas), calendar, christmas)
    spared = hours.expected_day(
        POLICY.with_changes(roster_keeps_holidays=False), hours.three_shift(christmas), calendar, christmas
    )

    assert (kept.scheduled_minutes, kept.kind) == (420, hours.DayKind.NATIONAL_HOLIDAY)
    assert spared.scheduled_minutes == 0


def test_on_one_date_the_national_day_wins():
    day = date(2026, 12, 25)
    rows = [
        hours.Holiday(day=day, kind=hours.DayKind.REGIONAL_HOLIDAY, name="Hari jadi"),
        hours.Holiday(day=day, kind=hours.DayKind.NATIONAL_HOLIDAY, name="Natal"),
    ]

    assert hours.Calendar.from_rows(rows).name_of(day) == "Natal"
    assert hours.Calendar.from_rows(reversed(rows)).name_of(day) == "Natal"


def test_a_changed_calendar_names_the_days_and_weeks_it_touches(calendar):
    added = hours.Holiday(day=date(2026, 11, 18), kind=hours.DayKind.REGIONAL_HOLIDAY, name="Pilkada", decree="SK 1")
    after = hours.Calendar.from_rows([*calendar.holidays.values(), added])

    assert hours.changed_days(calendar, after) == [date(2026, 11, 18)]
    assert hours.changed_weeks(calendar, after) == [date(2026, 11, 16)]


def test_a_new_name_alone_touches_no_target(calendar):
    renamed = [
        hours.Holiday(day=h.day, kind=h.kind, name=h.name + " (perkiraan)", decree=h.decree)
        for h in calendar.holidays.values()
    ]

    assert hours.changed_days(calendar, hours.Calendar.from_rows(renamed)) == []


def test_a_ramadan_moved_by_one_day_touches_its_two_ends():
    before = hours.Calendar(ramadans=(hours.Ramadan(date(2027, 2, 8), date(2027, 3, 9)),))
    after = hours.Calendar(ramadans=(hours.Ramadan(date(2027, 2, 9), date(2027, 3, 10)),))

    assert hours.changed_days(before, after) == [date(2027, 2, 8), date(2027, 3, 10)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("2026-13-01,X,national,SK", "line 2: date", id="a month thirteen"),
        pytest.param("2026-01-01,X,libur,SK", "line 2: kind", id="an unknown kind"),
        pytest.param(",X,national,SK", "line 2: date", id="no date"),
    ],
)
def test_a_holiday_file_that_cannot_be_read_names_the_line(line, message):
    with pytest.raises(ValueError, match=message):
        hours.read_holidays_csv(["date,name,kind,decree", line])
