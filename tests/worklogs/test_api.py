"""The log under the API."""

import pytest
from django.urls import reverse

from tests.clock import FRIDAY, MONDAY, TUESDAY
from tests.factories.worklogs import make_entry
from worklogs.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
ENTRIES = reverse("api_log_entries")
WEEK = {"starts_on": MONDAY.isoformat(), "ends_on": FRIDAY.isoformat()}


def post(browser, url, data):
    return browser.post(url, data, content_type="application/json")


def test_an_entry_is_written_once_per_key_and_listed(client_of, cast):
    browser = client_of(cast.staff)
    data = {"day": TUESDAY.isoformat(), "starts_minute": 480, "ends_minute": 540, "activity": "Rapat"}
    data["client_key"] = "k"

    first, second = post(browser, ENTRIES, data), post(browser, ENTRIES, data)

    assert (first.status_code, first.json()["id"]) == (201, second.json()["id"])
    assert [row["activity"] for row in browser.get(ENTRIES, WEEK).json()] == ["Rapat"]
    assert client_of(cast.superior).get(ENTRIES, WEEK).json() == []


def test_a_refusal_carries_code_sentence_and_findings(client_of, cast):
    make_entry(person=cast.staff.person)
    data = {"day": TUESDAY.isoformat(), "starts_minute": 500, "ends_minute": 560, "activity": "Rapat"}

    response = post(client_of(cast.staff), ENTRIES, data)

    assert response.status_code == 409
    assert response.json()["code"] == "entry_refused"
    assert response.json()["details"]["findings"] == ["overlap"]


def test_a_day_is_sent_and_decided(client_of, cast):
    entry = make_entry(person=cast.staff.person)
    sent = post(client_of(cast.staff), reverse("api_log_day_submit"), {"day": TUESDAY.isoformat()}).json()
    url = reverse("api_log_entry_decide", args=(entry.pk,))

    assert [row["state"] for row in sent] == ["SUBMITTED"]
    assert post(client_of(cast.staff), url, {"deed": "APPROVE", "version": 2}).status_code == 403
    assert post(client_of(cast.officer), url, {"deed": "APPROVE", "version": 2}).status_code == 404
    stale = post(client_of(cast.superior), url, {"deed": "APPROVE", "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_entry")
    done = post(client_of(cast.superior), url, {"deed": "RETURN", "version": 2, "reason": "Kurang jelas"})
    assert done.json()["state"] == "RETURNED"
    assert LogEntry.objects.get().decision_reason == "Kurang jelas"


@pytest.mark.parametrize(("first", "last"), [("", ""), ("2026-11-20", "2026-11-16"), ("2020-01-01", "2026-11-16")])
def test_a_list_needs_a_period_of_at_most_a_year(client_of, cast, first, last):
    assert client_of(cast.staff).get(ENTRIES, {"starts_on": first, "ends_on": last}).status_code == 400
