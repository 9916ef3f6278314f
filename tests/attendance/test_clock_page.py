"""The clock in the browser and over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Punch
from personnel.models import Person
from tests.clock import NOW, SATURDAY, WEDNESDAY, at
from tests.factories.attendance import OFFICE, arrange, make_location, press
from tests.factories.personnel import make_user

pytestmark = pytest.mark.usefixtures("wednesday")
HTMX = {"HTTP_HX_REQUEST": "true"}
PRESS = reverse("attendance:clock_press")
SENT = {
    "client_key": "phone-1", "latitude": str(OFFICE[0]), "longitude": str(OFFICE[1]), "accuracy": "12.4",
    "fix_age": "1", "device_id": "abc", "provider": "browser",
}  # fmt: skip


def _words(captured):
    """The first word of every statement that reads or writes rows."""
    words = [query["sql"].split()[0] for query in captured]
    return [word for word in words if word in ("SELECT", "INSERT", "UPDATE", "DELETE")]


def test_the_plain_form_works_without_script(cast, client_of):
    browser = client_of(cast.staff)
    page = browser.get(reverse("attendance:today"))
    key = page.context["client_key"]

    response = browser.post(PRESS, {"client_key": key}, follow=True)

    punch = Punch.objects.get()
    assert (punch.client_key, punch.instant, punch.verdict) == (key, NOW, "LIFTED")
    assert response.redirect_chain == [(reverse("attendance:today"), 302)]
    assert punch.receipt in response.content.decode()


def test_htmx_gets_the_card_as_it_stands_after_the_press(cast, client_of):
    make_location(cast.dinas_a)

    response = client_of(cast.staff).post(PRESS, SENT, **HTMX)

    text = response.content.decode()
    assert 'id="clock-card"' in text
    assert "<html" not in text
    assert response.headers["HX-Trigger"] == '{"attendance:changed": {}}'
    assert (response.context["clock"].direction, response.context["clock"].last.receipt) == (
        "OUT", Punch.objects.get().receipt,
    )  # fmt: skip
    assert Punch.objects.get().accuracy_metres == 12


def test_sending_the_form_twice_is_one_press(cast, client_of, at_time):
    browser = client_of(cast.staff)
    browser.post(PRESS, SENT)
    at_time(at("09:02"))

    browser.post(PRESS, SENT)

    assert Punch.objects.get().instant == NOW


@pytest.mark.parametrize(
    "nonsense",
    [
        {"latitude": "abc", "longitude": "1"},
        {"latitude": "99", "longitude": "500"},
        {"latitude": "1"},
        {"accuracy": "nan"},
        {"latitude": "nan", "longitude": "nan"},
        {"latitude": "1", "longitude": "1", "accuracy": "inf"},
        {"client_key": "k" * 90},
    ],
)
def test_nothing_in_the_form_can_make_a_press_fail(cast, client_of, nonsense):
    make_location(cast.dinas_a)

    client_of(cast.staff).post(PRESS, {"client_key": "k", **nonsense})

    assert Punch.objects.get().instant == NOW


def test_an_account_without_a_person_has_no_clock(client_of, db):
    browser = client_of(make_user(username="admin"))

    assert browser.post(PRESS).status_code == 403
    assert browser.get(reverse("attendance:today")).status_code == 403


def test_somebody_without_a_position_is_told_what_to_do(client_of, db):
    person = Person.objects.create(nip="1" * 18, name="Baru", gender="F", birth_on=WEDNESDAY)
    browser = client_of(make_user(person))

    response = browser.post(PRESS, follow=True)

    assert not Punch.objects.exists()
    assert "jabatan" in response.content.decode()


def test_get_does_not_press(cast, client_of):
    assert client_of(cast.staff).get(PRESS).status_code == 405
    assert not Punch.objects.exists()


def test_a_whole_press_over_http_stays_within_its_statements(cast, client_of):
    make_location(cast.dinas_a)
    browser = client_of(cast.staff)

    with CaptureQueriesContext(connection) as captured:
        browser.post(PRESS, SENT)

    # session; account; person with appointment, locked; all facts; punch; day; trace
    assert _words(captured) == ["SELECT"] * 4 + ["INSERT"] * 3


def test_the_card_says_where_why_and_what_comes_next(cast, client_of, at_time):
    arrange(cast.staff.person, WEDNESDAY, label="Jadwal November v3 · Kep. 800/412/2026", version=3)
    at_time(at("07:24"))

    response = client_of(cast.staff).get(reverse("attendance:clock_card"), **HTMX)

    card = response.context["clock"]
    assert (card.place.place, card.place.version, card.direction, card.zone_letters) == ("HOME", 3, "IN", "WIB")
    assert card.is_lifted
    text = response.content.decode()
    assert "Jadwal November v3 · Kep. 800/412/2026" in text
    assert "Presensi masuk" in text
    assert "07.24" in text


def test_the_week_card_counts_the_running_pair_and_says_when_friday_ends(cast, client_of, at_time):
    press(cast.staff, at("07:30"))
    at_time(at("09:00"))

    week = client_of(cast.staff).get(reverse("attendance:week_card"), **HTMX).context["week"]

    assert (week.week.target_minutes, week.week.done_minutes) == (2250, 90)
    assert [day.day.day for day in week.week.shown_days] == [16, 17, 18, 19, 20]
    assert week.short_minutes == 2250 - 90 - (360 + 450 + 450)


def test_the_next_days_away_come_with_their_document(cast, client_of):
    arrange(cast.staff.person, WEDNESDAY, at("00:00").date().replace(day=26), SATURDAY)

    rows = client_of(cast.staff).get(reverse("attendance:upcoming_card"), **HTMX).context["upcoming"]

    # today is no "next day", and a WFH day on a Saturday is a free day
    assert [(row.day.day, row.place.label) for row in rows] == [(26, "Jadwal WFH November 2026 v1")]


@pytest.mark.parametrize(
    ("name", "budget"),
    [("attendance:clock_card", 4), ("attendance:week_card", 5), ("attendance:upcoming_card", 4)],
)
def test_the_cards_have_a_budget(cast, client_of, name, budget):
    for day in range(16, 21):
        press(cast.staff, at("07:30", WEDNESDAY.replace(day=day)))
    browser = client_of(cast.staff)

    with CaptureQueriesContext(connection) as captured:
        browser.get(reverse(name), **HTMX)

    # session, account, the two statements of a moment, and for the week its stored days
    assert len(_words(captured)) == budget


def test_the_api_presses_once_and_answers_with_the_receipt(cast, client_of):
    browser = client_of(cast.staff)
    url = reverse("api_attendance_punches")

    first = browser.post(url, {"client_key": "k1", "is_denied": True}, content_type="application/json")
    again = browser.post(url, {"client_key": "k1"}, content_type="application/json")

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["direction"], first.json()["day"]) == ("IN", "2026-11-18")


def test_the_api_says_which_field_is_wrong(cast, client_of):
    response = client_of(cast.staff).post(
        reverse("api_attendance_punches"), {"latitude": 1}, content_type="application/json"
    )

    assert response.status_code == 400
    assert (response.json()["code"], list(response.json()["details"])) == ("invalid", ["latitude"])
    assert not Punch.objects.exists()


def test_the_api_shows_my_day(cast, client_of):
    press(cast.staff, at("07:40"))

    day = client_of(cast.staff).get(reverse("api_attendance_my_day")).json()

    assert (day["place"], day["status"], day["late_minutes"], day["target_minutes"]) == ("OFFICE", "OPEN", 10, 450)
    assert [row["direction"] for row in day["presses"]] == ["IN"]
    assert client_of(cast.staff).get(reverse("api_attendance_my_day") + "?day=0001-01-01").status_code == 400
