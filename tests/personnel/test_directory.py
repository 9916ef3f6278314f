"""Lists of people, placing somebody under another superior, roles, the trail."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from personnel import access, queries
from personnel.models import AuditEvent, Role
from tests.factories.personnel import make_person

pytestmark = pytest.mark.django_db
PEOPLE = reverse("personnel:person_list")
ROLES = reverse("personnel:role_list")


def _names(response):
    return [held.person.name for held in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({}, ["Dedi Kurnia", "Hendra Gunawan", "Rina Marlina", "Yanti Oktavia"], id="the own subtree"),
        pytest.param({"q": "rina"}, ["Rina Marlina"], id="part of a name"),
        pytest.param({"jenis": "JPT"}, ["Hendra Gunawan"], id="a kind of position"),
        pytest.param({"unit": "x", "jenis": "nonsense"}, 4, id="filters that are none narrow nothing"),
    ],
)
def test_the_list_shows_the_officers_people_narrowed(cast, client_of, query, found):
    names = _names(client_of(cast.officer).get(PEOPLE, query))

    assert len(names) == found if isinstance(found, int) else names == found


def test_a_unit_narrows_to_it_and_below(cast, client_of):
    response = client_of(cast.bkd).get(PEOPLE, {"unit": cast.seksi.pk})

    assert _names(response) == ["Dedi Kurnia", "Rina Marlina"]


def test_the_spreadsheet_holds_exactly_what_the_list_shows(cast, client_of):
    response = client_of(cast.officer).get(reverse("personnel:person_export"), {"q": "rina"})

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) == 2
    assert rows[1][:2] == ["Rina Marlina", cast.staff.person.nip]


def test_more_people_cost_no_more_queries(cast, client_of, queries_for):
    browser = client_of(cast.officer)
    browser.get(PEOPLE)
    few = queries_for(lambda: browser.get(PEOPLE))
    for _ in range(18):
        make_person(unit=cast.seksi)

    assert queries_for(lambda: browser.get(PEOPLE)) == few


def _set_superior(browser, cast, superior, day):
    url = reverse("personnel:person_set_superior", args=[cast.staff.person_id])
    return browser.post(url, {"superior": superior.pk, "starts_on": day.isoformat(), "source": "SK 12"})


def test_the_officer_places_somebody_under_another_superior_in_one_step(cast, client_of):
    today = timezone.localdate()

    response = _set_superior(client_of(cast.officer), cast, cast.head.person, today)

    assert response.status_code == 302
    assert queries.superior_of(cast.staff.person_id, today).person_id == cast.head.person_id
    yesterday = today - timedelta(days=1)
    assert queries.superior_of(cast.staff.person_id, yesterday).person_id == cast.superior.person_id
    assert AuditEvent.objects.filter(verb="person.set_superior", actor=cast.officer).count() == 1


def test_somebody_who_leads_nothing_cannot_be_chosen(cast, client_of):
    response = _set_superior(client_of(cast.officer), cast, cast.officer.person, timezone.localdate())

    assert response.status_code == 422
    assert "superior" in response.context["superior_form"].errors
    assert cast.staff.person.lines_up.count() == 1


def test_a_day_before_what_stands_comes_back_with_its_sentence(cast, client_of):
    response = _set_superior(client_of(cast.bkd), cast, cast.head.person, timezone.localdate().replace(year=2019))

    assert response.status_code == 422
    assert "2019" in response.context["superior_form"].non_field_errors()[0]


def _grant(cast, **changes):
    values = {
        "username": cast.staff.username,
        "role": Role.INSPECTOR,
        "unit": cast.dinas_b.pk,
        "starts_on": timezone.localdate().isoformat(),
        "ends_on": "",
    }
    return {**values, **changes}


def test_bkd_grants_a_role_and_ends_it(cast, client_of):
    browser = client_of(cast.bkd)

    assert browser.post(ROLES, _grant(cast)).status_code == 302
    grant = cast.staff.grants.get()
    assert (grant.role, grant.unit, grant.granted_by) == (Role.INSPECTOR, cast.dinas_b, cast.bkd)

    browser.post(reverse("personnel:role_revoke", args=[grant.pk]))
    grant.refresh_from_db()
    assert grant.ends_on == timezone.localdate()
    assert not access.has_role(cast.staff, Role.INSPECTOR, day=timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("username", "nobody", id="an account that does not exist"),
        pytest.param("role", "KING", id="a role that does not exist"),
        pytest.param("ends_on", "2020-01-01", id="an end before the start"),
    ],
)
def test_a_grant_with_a_fault_names_the_field_and_grants_nothing(cast, client_of, field, value):
    response = client_of(cast.bkd).post(ROLES, _grant(cast, **{field: value}))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not cast.staff.grants.exists()


def test_the_trail_is_narrowed_by_deed_and_day(cast, client_of):
    browser = client_of(cast.inspector)
    url = reverse("personnel:audit_list")

    verbs = {event.verb for event in browser.get(url, {"tindakan": "role."}).context["page"]}
    assert verbs == {"role.grant"}
    assert list(browser.get(url, {"hari": "2001-01-01"}).context["page"]) == []
