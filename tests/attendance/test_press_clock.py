"""One press of the clock."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance import actions
from attendance.models import DaySummary, Place, Punch
from personnel.models import AuditEvent
from tests.clock import MONDAY, NOW, SATURDAY, TUESDAY, WEDNESDAY, WITA, at
from tests.factories.attendance import arrange, device, make_absence, make_location, press
from tests.factories.personnel import make_person, make_unit, make_user


def test_the_first_press_of_the_morning_is_an_in_and_writes_punch_day_and_trace(cast):
    make_location(cast.dinas_a)

    done = press(cast.staff, at("07:24"), at_place=device(metres_north=40))

    punch = Punch.objects.get()
    assert (punch.direction, punch.day, punch.verdict, punch.distance_metres) == ("IN", WEDNESDAY, "INSIDE", 40)
    assert (punch.place_name, punch.receipt, punch.zone) == ("Kantor Dinas", done.punch.receipt, "Asia/Jakarta")
    summary = DaySummary.objects.get()
    assert (summary.status, summary.first_in_at, summary.late_minutes) == ("OPEN", at("07:24"), 0)
    assert (summary.target_minutes, summary.place, summary.unit_id) == (450, "OFFICE", cast.seksi.pk)
    event = AuditEvent.objects.filter(verb="clock.press").get()
    assert (event.actor, event.object_id, event.unit_id) == (cast.staff, punch.pk, cast.seksi.pk)


def test_the_second_press_is_an_out_and_the_day_adds_up(cast):
    press(cast.staff, at("07:30"))

    press(cast.staff, at("16:00"))

    assert [punch.direction for punch in Punch.objects.order_by("instant")] == ["IN", "OUT"]
    day = DaySummary.objects.get()
    assert (day.worked_minutes, day.late_minutes, day.early_minutes, day.status) == (450, 0, 0, "PRESENT")


def test_late_minutes_are_written_with_the_press(cast):
    press(cast.staff, at("07:46:59"))

    assert DaySummary.objects.get().late_minutes == 16


def test_an_out_forgotten_yesterday_does_not_turn_this_morning_into_an_out(cast):
    press(cast.staff, at("07:20", TUESDAY))

    press(cast.staff, at("07:25", WEDNESDAY))

    assert Punch.objects.get(day=WEDNESDAY).direction == "IN"


def test_the_same_key_is_recorded_once_and_answers_with_the_same_receipt(cast):
    first = press(cast.staff, at("07:24"), key="phone-1")

    again = press(cast.staff, at("07:31"), key="phone-1")

    assert (again.is_new, again.punch.receipt) == (False, first.punch.receipt)
    assert DaySummary.objects.get().late_minutes == 0


def test_a_key_from_another_week_is_still_recorded_once(cast):
    first = press(cast.staff, at("07:24", MONDAY), key="phone-1")

    again = press(cast.staff, at("07:24", SATURDAY), key="phone-1")

    assert (again.is_new, again.punch.receipt) == (False, first.punch.receipt)


def test_two_people_may_have_the_same_key(cast):
    press(cast.staff, key="same")
    press(cast.superior, key="same")

    assert Punch.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "verdict", "distance"),
    [
        pytest.param(device(metres_north=100), "INSIDE", 100, id="on the edge of the fence"),
        pytest.param(device(metres_north=110), "INSIDE", 110, id="the doubt within the accuracy is the person's"),
        pytest.param(device(metres_north=1200), "OUTSIDE", 1200, id="outside is recorded"),
        pytest.param(device(metres_north=40, accuracy=900), "POOR", 40, id="a poor position says nothing"),
        pytest.param(device(fix_age_seconds=4000), "POOR", 0, id="neither does a stale one"),
        pytest.param(actions.Device(is_denied=True), "DENIED", None, id="position refused on the device"),
        pytest.param(actions.Device(), "NO_GPS", None, id="no position at all"),
    ],
)
def test_whatever_the_position_the_press_is_recorded_with_its_verdict(cast, sent, verdict, distance):
    make_location(cast.dinas_a)

    press(cast.staff, at_place=sent)

    punch = Punch.objects.get()
    assert (punch.verdict, punch.distance_metres) == (verdict, distance)


@pytest.mark.parametrize("place", [Place.HOME, Place.ANYWHERE, Place.TRAVEL])
def test_the_fence_is_lifted_where_the_day_is_arranged_elsewhere(cast, place):
    make_location(cast.dinas_a)
    arrange(cast.staff.person, place=place)

    press(cast.staff, at_place=device(metres_north=30_000))

    assert Punch.objects.get().verdict == "LIFTED"
    assert DaySummary.objects.get().place == place


def test_travel_with_a_letter_lifts_the_fence_and_credits_the_day(cast):
    make_location(cast.dinas_a)
    make_absence(cast.staff.person, kind="DL")

    press(cast.staff, at_place=device(metres_north=30_000))

    assert Punch.objects.get().verdict == "LIFTED"
    day = DaySummary.objects.get()
    assert (day.place, day.absence_code, day.late_minutes) == ("TRAVEL", "DL", 0)


def test_a_press_in_bali_counts_by_the_clock_of_the_unit(cast):
    press(cast.staff, at("08:25", zone=WITA))

    day = DaySummary.objects.get()
    assert (day.day, day.late_minutes) == (WEDNESDAY, 0)


def test_somebody_without_a_position_is_told_so_and_nothing_is_written(cast):
    stranger = make_user(username="tanpa-jabatan")

    with pytest.raises(actions.CannotClock, match="jabatan"):
        actions.press_clock(person_id=0, client_key="x", device=actions.Device(), actor=stranger, now=NOW)

    assert (Punch.objects.count(), DaySummary.objects.count()) == (0, 0)
    assert not AuditEvent.objects.filter(verb="clock.press").exists()


def test_a_unit_deeper_than_the_prepared_statement_clocks_like_any_other(cast):
    unit = cast.seksi
    for _level in range(18):
        unit = make_unit(parent=unit)
    make_location(cast.dinas_a)
    user = make_user(make_person(unit=unit))

    press(user, at("07:24"), at_place=device())

    assert (Punch.objects.get().verdict, DaySummary.objects.get().unit_id) == ("INSIDE", unit.pk)


def test_one_press_is_five_statements(cast):
    make_location(cast.dinas_a)
    press(cast.staff, at("07:24"))

    with CaptureQueriesContext(connection) as captured:
        press(cast.staff, at("16:02"), at_place=device())

    words = [query["sql"].split()[0] for query in captured if "SAVEPOINT" not in query["sql"]]
    # the person with their appointment (locked); all facts; the punch; the day; the trace
    assert words == ["SELECT", "SELECT", "INSERT", "INSERT", "INSERT"]
