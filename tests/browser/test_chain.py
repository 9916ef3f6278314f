"""The whole chain, from signing in to the changed expected place, as the people of a demo office."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.browser import office as offices
from tests.browser import steps
from tests.browser.conftest import account_of
from tests.browser.steps import ZONE, Activity

GEOLOCATED = {"geolocation": steps.OFFICE_SPOT, "permissions": ["geolocation"]}
# One deed of each step of the walk, as the audit trail names it.
DEEDS = (
    "clock.press",
    "worklogs.write_entry",
    "worklogs.submit_day",
    "worklogs.approve",
    "worklogs.return",
    "period.compute",
    "period.publish",
    "wfh_policy.set",
    "wfh_plan.generate",
    "wfh_plan.submit",
    "wfh_plan.ratify",
    "arrangements.replace",
)


def test_the_chain(page_for, office):
    """One test, because each step stands on the one before."""
    now = datetime.now(ZONE)

    walk_from_the_clock_to_the_validated_log(page_for, office, now)
    walk_to_the_boxes(page_for, office, now)
    walk_to_the_changed_place(page_for, office, now.date())
    read_the_trace(page_for, office, now.date())


def walk_from_the_clock_to_the_validated_log(page_for: Any, office: Any, now: datetime) -> None:
    time = steps.worked_time(now)
    good = Activity(*time.first, "Verifikasi berkas izin usaha", "14", "berkas")
    poor = Activity(*time.second, "Menjawab pengaduan daring", "6", "aduan")
    employee = page_for("staff", **GEOLOCATED)
    assert steps.clock_in(employee) != ""
    assert 0 <= steps.week_target(employee) <= 37 * 60 + 30

    steps.open_log(employee, office.url, time.day)
    for activity in (good, poor):
        steps.write(employee, activity)
    steps.submit_day(employee)
    assert steps.state_of(employee, good.text) == "submitted"

    superior = page_for("superior")
    assert steps.count_beside(superior, "/log/validasi/") >= 2
    steps.open_bundle(superior, office.url, good.text)
    steps.decide(superior, good.text, "APPROVE")
    steps.open_bundle(superior, office.url, poor.text)
    steps.decide(superior, poor.text, "RETURN", steps.REASON)

    steps.open_log(employee, office.url, time.day)
    assert steps.state_of(employee, good.text) == "approved"
    assert steps.state_of(employee, poor.text) == "returned"
    assert steps.REASON in employee.locator("tr.entry.returned", has_text=poor.text).inner_text()
    steps.mend(employee, poor.text, "beserta daftar")
    steps.submit_day(employee)
    assert steps.state_of(employee, "beserta daftar") == "submitted"


def walk_to_the_boxes(page_for: Any, office: Any, now: datetime) -> None:
    administrator = page_for("bkd")
    name = f"Periode {now:%H%M%S}"
    steps.open_period(administrator, office.url, name, reckoning_on=now.date() - timedelta(days=1))
    steps.compute_boxes(administrator)
    steps.publish_boxes(administrator, objections_until=now.date() + timedelta(days=14))

    employee = page_for("staff")
    employee.goto(f"{office.url}/talenta/kotak-saya/")
    assert name in employee.locator("main").inner_text()
    assert employee.locator("main progress").count() >= 5  # the contribution of each indicator

    committee = page_for("committee")
    committee.goto(f"{office.url}/talenta/peta/")
    assert committee.locator(".box9 .cell").count() == 9


def walk_to_the_changed_place(page_for: Any, office: Any, today: date) -> None:
    month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    unit = account_of(office, "officer")["unit"]
    administrator = page_for("bkd")
    steps.set_ratio(administrator, office.url, unit, percent=50, starts_on=month)

    officer = page_for("officer")
    steps.generate(officer, office.url, month)
    planned = steps.home_days_of(officer, account_of(office, "staff")["name"].split(",")[0])
    assert planned != []
    steps.submit_schedule(officer)

    employee = page_for("staff")
    assert steps.expected_at_home(employee, office.url, month) == []  # submitted is not ratified
    steps.ratify(administrator, office.url, unit, month)

    assert steps.expected_at_home(employee, office.url, month) == planned
    employee.goto(f"{office.url}/")
    employee.locator(".upcoming-card").wait_for()
    assert steps.DECREE in employee.locator(".upcoming-card").inner_text()
    see_the_day_itself(page_for, office, month.replace(day=planned[0]))


def see_the_day_itself(page_for: Any, office: Any, day: date) -> None:
    """On the day, *Hari ini* says home, and from which schedule."""
    morning = datetime(day.year, day.month, day.day, 7, 10, tzinfo=ZONE)
    with offices.on_another_day(office, morning) as url:
        employee = page_for("staff", url=url)
        employee.locator(".clock-card .place .tag.wfh").wait_for()
        assert steps.DECREE in employee.locator(".clock-card .why").inner_text()


def read_the_trace(page_for: Any, office: Any, today: date) -> None:
    inspector = page_for("inspector")
    missing = []
    for deed in DEEDS:
        inspector.goto(f"{office.url}/pegawai/jejak/?tindakan={deed}&hari={today:%Y-%m-%d}")
        if not inspector.locator("tbody tr", has_text=deed).count():
            missing.append(deed)
    assert missing == []


@pytest.mark.parametrize(
    ("key", "address"),
    [
        pytest.param("staff", "/wfh/pengajuan/", id="an employee may not see the submissions"),
        pytest.param("staff", "/talenta/periode/", id="an employee may not open periods"),
        pytest.param("staff", "/talenta/peta/", id="an employee may not see the talent map"),
        pytest.param("other_officer", "/talenta/peta/", id="an officer may not see the talent map"),
        pytest.param("superior", "/pegawai/jejak/", id="a superior may not read the audit trail"),
    ],
)
def test_who_may_not_is_told_so(page_for, office, key, address):
    page = page_for(key)

    assert page.goto(f"{office.url}{address}").status == 403
    assert page.locator(".error-page h1").inner_text() != ""
