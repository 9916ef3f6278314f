"""*Pantau*: the figures of a day are those of the tables, and each role sees its own units."""

import pytest
from django.urls import reverse

from attendance import actions as attendance
from attendance.actions import ExpectedPlace
from attendance.models import DaySummary, Place
from evaluation import queries
from tests.clock import NOW, TODAY, at
from tests.factories.personnel import make_person

pytestmark = pytest.mark.django_db
URL = reverse("evaluation:day_board")


def _summary(person, unit, **more):
    return DaySummary.objects.create(person=person, day=TODAY, unit=unit, status="PRESENT", computed_at=NOW, **more)


def _figures(cast, unit):
    rows = queries.day_by_perangkat_daerah([cast.root.path], TODAY)
    return next(row for row in rows if row.unit_id == unit.pk)


def test_the_figures_of_a_day(cast):
    _summary(cast.staff.person, cast.seksi, first_in_at=at("07:40"), late_minutes=10)
    _summary(cast.superior.person, cast.seksi, absence_code="DL")
    attendance.replace_arrangements(
        source="wfh-plan/1",
        version=1,
        label="Jadwal",
        expected=[ExpectedPlace(cast.officer.person_id, TODAY, Place.HOME)],
        actor=None,
        now=NOW,
    )

    row = _figures(cast, cast.dinas_a)

    assert (row.staff, row.clocked_in, row.late, row.excused, row.at_home, row.no_news) == (4, 1, 1, 1, 1, 2)


def test_a_perangkat_daerah_without_news_still_stands_in_the_table(cast):
    row = _figures(cast, cast.dinas_b)

    assert (row.staff, row.no_news, row.home_share) == (1, 1, 0.0)


def test_an_officer_sees_the_own_perangkat_daerah_only(cast, client_of):
    rows = client_of(cast.officer).get(URL).context["rows"]

    assert [row.unit_id for row in rows] == [cast.dinas_a.pk]


def test_bkd_sees_all_and_another_day(cast, client_of):
    response = client_of(cast.bkd).get(URL, {"hari": TODAY.isoformat()})

    assert {row.unit_id for row in response.context["rows"]} == {cast.dinas_a.pk, cast.dinas_b.pk, cast.bkd_unit.pk}
    assert response.context["day"] == TODAY


@pytest.mark.parametrize("asked", ["", "kemarin", "2026-02-31"])
def test_a_day_that_is_none_shows_today(cast, client_of, asked):
    assert client_of(cast.bkd).get(URL, {"hari": asked}).status_code == 200


def test_more_people_cost_no_more_queries(cast, client_of, queries_for):
    browser = client_of(cast.bkd)
    browser.get(URL)
    few = queries_for(lambda: browser.get(URL))
    for _ in range(18):
        person = make_person(unit=cast.seksi)
        _summary(person, cast.seksi, first_in_at=at("07:20"))

    assert queries_for(lambda: browser.get(URL)) == few
