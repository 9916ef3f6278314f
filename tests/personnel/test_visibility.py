"""Who may know of whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from personnel import access, queries
from personnel.models import Person, Role
from tests.clock import TODAY
from tests.factories.personnel import grant, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        pytest.param("staff", {"staff"}, id="staff see themselves"),
        pytest.param("superior", {"superior", "staff"}, id="a superior sees the reports"),
        pytest.param("officer", {"officer", "head", "superior", "staff"}, id="an officer sees the own subtree"),
        pytest.param("other_officer", {"other_officer"}, id="the officer of another unit sees nobody here"),
        pytest.param("head", {"officer", "head", "superior", "staff"}, id="a head sees the own subtree"),
    ],
)
def test_people_visible(cast, who, sees):
    visible = set(queries.people_visible_to(getattr(cast, who), TODAY))

    assert visible == {getattr(cast, name).person for name in sees}


@pytest.mark.parametrize("who", ["bkd", "inspector", "committee"])
def test_institution_wide_roles_see_everyone(cast, who):
    assert queries.people_visible_to(getattr(cast, who), TODAY).count() == Person.objects.count() == 8


def test_a_role_ends_by_itself(cast):
    cast.staff.grants.all().delete()
    grant(cast.staff, Role.UNIT_OFFICER, cast.dinas_b, ends_on=TODAY)

    assert access.has_role(cast.staff, Role.UNIT_OFFICER, cast.dinas_b, TODAY)
    assert not access.has_role(cast.staff, Role.UNIT_OFFICER, cast.dinas_b, TODAY + timedelta(days=1))
    assert not access.has_role(cast.staff, Role.UNIT_OFFICER, cast.dinas_a, TODAY)


def test_search_finds_only_whom_one_may_see(cast, client_of):
    url = reverse("personnel:search")

    assert "Rina Marlina" in client_of(cast.superior).get(url, {"q": "rina"}).content.decode()
    assert "Rina Marlina" not in client_of(cast.other_officer).get(url, {"q": "rina"}).content.decode()


def test_the_unit_page_costs_the_same_for_two_people_and_for_twenty(cast, client_of, queries_for):
    browser = client_of(cast.officer)
    url = reverse("personnel:unit_detail", args=[cast.seksi.pk])
    browser.get(url)
    few = queries_for(lambda: browser.get(url))
    for _ in range(18):
        make_person(unit=cast.seksi, superior=cast.superior.person)

    assert queries_for(lambda: browser.get(url)) == few
