"""Minutes to days, days to the ladder, months that are closed."""

from datetime import date, timedelta

import pytest

from attendance.rules import hours
from tests.attendance.rules.cases import POLICY, SATURDAY, office, result
from tests.clock import MONDAY

LADDERS = {"PNS": hours.LADDER_PNS, "PPPK": hours.LADDER_PPPK}


def day(on, *, late=0, absent=0, scheduled=450, status=hours.DayStatus.PRESENT, points=0):
    row = hours.bracket_for(POLICY.late_brackets, late)
    return hours.DayResult(
        day=on,
        status=hours.DayStatus.ABSENT if absent else status,
        scheduled_minutes=scheduled,
        late_minutes=late,
        late_code=row.code if row else "",
        unexcused_minutes=late,
        absent_days=absent,
        cut_points=points or (row.points if row else 0),
    )


@pytest.mark.parametrize(
    ("minutes", "changes", "wanted"),
    [
        pytest.param(0, {}, (0, 0), id="nothing is nothing"),
        pytest.param(449, {}, (0, 449), id="449 minutes are not a day yet"),
        pytest.param(450, {}, (1, 0), id="7 h 30 m are one day"),
        pytest.param(1349, {}, (2, 449), id="only whole blocks count"),
        pytest.param(1350, {}, (3, 0), id="three blocks"),
        pytest.param(451, {"rest_rounding": "CEIL"}, (2, 0), id="begun blocks count if so decided"),
        pytest.param(390, {"minutes_per_absent_day": 390}, (1, 0), id="another length of the day"),
    ],
)
def test_minutes_become_days(minutes, changes, wanted):
    assert hours.converted_days(POLICY.with_changes(**changes), minutes) == wanted


@pytest.mark.parametrize(
    ("ladder", "days", "run", "code"),
    [
        pytest.param("PNS", 0, 0, None, id="PNS, no day"),
        pytest.param("PNS", 2, 2, None, id="PNS, two days are below the ladder"),
        pytest.param("PNS", 3, 0, ("VERBAL_REPRIMAND", 0), id="PNS, three days, spoken reprimand"),
        pytest.param("PNS", 4, 0, ("WRITTEN_REPRIMAND", 0), id="PNS, four days, written reprimand"),
        pytest.param("PNS", 6, 0, ("WRITTEN_REPRIMAND", 0), id="PNS, six days"),
        pytest.param("PNS", 7, 0, ("WRITTEN_DISSATISFACTION", 0), id="PNS, seven days, dissatisfaction"),
        pytest.param("PNS", 10, 0, ("WRITTEN_DISSATISFACTION", 0), id="PNS, ten days over the year"),
        pytest.param("PNS", 11, 0, ("ALLOWANCE_CUT", 6), id="PNS, eleven days, 25 % for six months"),
        pytest.param("PNS", 13, 0, ("ALLOWANCE_CUT", 6), id="PNS, thirteen days"),
        pytest.param("PNS", 14, 0, ("ALLOWANCE_CUT", 9), id="PNS, fourteen days, nine months"),
        pytest.param("PNS", 17, 0, ("ALLOWANCE_CUT", 12), id="PNS, seventeen days, twelve months"),
        pytest.param("PNS", 20, 0, ("ALLOWANCE_CUT", 12), id="PNS, twenty days"),
        pytest.param("PNS", 21, 0, ("LOWER_POSITION", 12), id="PNS, twenty-one days, one level lower"),
        pytest.param("PNS", 25, 0, ("RELEASE_TO_PELAKSANA", 12), id="PNS, twenty-five days, released"),
        pytest.param("PNS", 27, 0, ("RELEASE_TO_PELAKSANA", 12), id="PNS, twenty-seven days"),
        pytest.param("PNS", 28, 0, ("DISMISSAL", 0), id="PNS, twenty-eight days, dismissal"),
        pytest.param("PNS", 60, 0, ("DISMISSAL", 0), id="PNS, the ladder has no upper end"),
        pytest.param("PNS", 10, 10, ("DISMISSAL", 0), id="PNS, ten working days on end"),
        pytest.param("PNS", 9, 9, ("WRITTEN_DISSATISFACTION", 0), id="PNS, nine on end are nine"),
        pytest.param("PPPK", 2, 0, None, id="PPPK, two days"),
        pytest.param("PPPK", 3, 0, ("VERBAL_REPRIMAND", 0), id="PPPK, three days"),
        pytest.param("PPPK", 12, 0, ("ALLOWANCE_CUT", 6), id="PPPK, twelve days"),
        pytest.param("PPPK", 21, 0, ("CONTRACT_NOT_EXTENDED", 0), id="PPPK, twenty-one days"),
        pytest.param("PPPK", 28, 0, ("CONTRACT_ENDED", 0), id="PPPK, twenty-eight days"),
        pytest.param("PPPK", 4, 10, ("CONTRACT_ENDED", 0), id="PPPK, ten on end"),
    ],
)
def test_ladder(ladder, days, run, code):
    step = hours.ladder_step(LADDERS[ladder], days, run)

    assert (None if step is None else (step.code, step.months)) == code


@pytest.mark.parametrize("name", ["PNS", "PPPK"])
def test_ladder_has_no_hole(name):
    steps = [s for s in LADDERS[name] if not s.consecutive]

    assert [s.from_days for s in steps[1:]] == [s.to_days + 1 for s in steps[:-1]]
    assert steps[-1].to_days is None


@pytest.mark.parametrize(
    ("days", "from_days"),
    [
        pytest.param(0, 3, id="the first step is at three"),
        pytest.param(3, 4, id="after three comes four"),
        pytest.param(28, None, id="nothing after the last"),
    ],
)
def test_next_step(days, from_days):
    step = hours.next_step(hours.LADDER_PNS, days)

    assert (step.from_days if step else None) == from_days


def test_a_year_adds_absence_and_lateness():
    days = [day(MONDAY + timedelta(days=n), late=100) for n in range(5)] + [day(date(2026, 1, 5), absent=1)]

    count = hours.accumulate(POLICY, 2026, days)

    assert (count.absent_days, count.unexcused_minutes, count.converted_days, count.rest_minutes) == (1, 500, 1, 50)
    assert (count.total_days, count.late_days) == (2, 5)


def test_the_counter_starts_again_on_1_january():
    days = [day(date(2025, 12, 31), absent=1), day(date(2026, 1, 2), absent=1)]

    assert hours.accumulate(POLICY, 2026, days).absent_days == 1


@pytest.mark.parametrize(
    ("pattern", "carried", "longest", "current"),
    [
        pytest.param("AAA", 0, 3, 3, id="three on end"),
        pytest.param("AAPA", 0, 2, 1, id="presence breaks the run"),
        pytest.param("AA--A", 0, 3, 3, id="a weekend neither adds nor breaks"),
        pytest.param("AALAA", 0, 2, 2, id="leave breaks the run"),
        pytest.param("AA", 8, 10, 10, id="a run goes on over the new year"),
        pytest.param("PA", 8, 8, 1, id="a carried run is broken by presence"),
        pytest.param("AAU", 0, 2, 2, id="a day to come changes nothing"),
    ],
)
def test_runs(pattern, carried, longest, current):
    makers = {
        "A": lambda on: day(on, absent=1),
        "P": day,
        "-": lambda on: day(on, scheduled=0, status=hours.DayStatus.OFF),
        "L": lambda on: day(on, status=hours.DayStatus.EXCUSED),
        "U": lambda on: day(on, status=hours.DayStatus.UPCOMING),
    }
    days = [makers[c](MONDAY + timedelta(days=n)) for n, c in enumerate(pattern)]

    count = hours.accumulate(POLICY, 2026, reversed(days), carried_run=carried)

    assert (count.longest_run, count.current_run) == (longest, current)


def test_real_days_feed_the_counter():
    days = [result(""), result("09:00 16:00", office(MONDAY + timedelta(days=1))), result("", office(SATURDAY))]

    count = hours.accumulate(POLICY, 2026, days)

    assert (count.absent_days, count.unexcused_minutes) == (1, 90)
    assert [s.code for s in count.steps] == ["absent_days", "unexcused", "converted", "total_days", "longest_run"]


@pytest.mark.parametrize(
    ("free", "points"),
    [
        pytest.param(0, 4 * 50, id="every late day costs"),
        pytest.param(3, 50, id="three late days are free"),
        pytest.param(5, 0, id="all are free"),
    ],
)
def test_free_late_days_of_a_month(free, points):
    days = [day(MONDAY + timedelta(days=n), late=10) for n in range(4)]

    assert hours.month_points(POLICY.with_changes(free_late_days_per_month=free), days) == points


def test_a_missing_press_is_never_free():
    policy = POLICY.with_changes(free_late_days_per_month=5)

    assert hours.month_points(policy, [result("o16:00", policy=policy)]) == 200


# -- closed months -----------------------------------------------------------------------------------------------

CLOSED = {(2026, 9), (2026, 10)}


@pytest.mark.parametrize(
    ("on", "closed"),
    [
        pytest.param(date(2026, 10, 31), True, id="the last day of a closed month"),
        pytest.param(date(2026, 11, 1), False, id="the first day of the open one"),
        pytest.param(date(2025, 10, 15), False, id="the same month of another year"),
    ],
)
def test_closed(on, closed):
    assert hours.is_closed(CLOSED, on) is closed


def test_a_week_across_the_closing_keeps_its_closed_days():
    days = hours.days_between(date(2026, 10, 26), date(2026, 11, 1))

    assert hours.open_days(CLOSED, days) == [date(2026, 11, 1)]


def test_a_change_names_every_closed_month_it_touches():
    findings = hours.check_open(CLOSED, hours.days_between(date(2026, 9, 29), date(2026, 11, 3)))

    assert [f.values for f in findings] == [{"year": 2026, "month": 9}, {"year": 2026, "month": 10}]
    assert findings[0].message == "Attendance of 2026-09 is closed; reopen the month first."


def test_open_months_are_no_finding():
    assert hours.check_open(CLOSED, [date(2026, 11, 1)]) == []
