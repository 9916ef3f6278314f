"""Figures about many people, and the page of compliance."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse

from attendance.models import Absence, Holiday
from tests.clock import FRIDAY, MONDAY, NOW, THURSDAY, TUESDAY, WEDNESDAY
from tests.factories.worklogs import make_entry
from worklogs import actions, queries

pytestmark = pytest.mark.django_db


def test_validated_minutes_count_approved_days_up_to_their_maximum(cast):
    staff, by = cast.staff.person, {"state": "APPROVED", "decided_by": cast.superior}
    make_entry(person=staff, day=MONDAY, starts="07:00", ends="13:00", **by)
    make_entry(person=staff, day=MONDAY, starts="13:00", ends="19:00", **by)
    make_entry(person=staff, day=TUESDAY, **by)
    make_entry(person=staff, day=TUESDAY, starts="10:00", ends="11:00", state="SUBMITTED")
    make_entry(person=staff, day=FRIDAY + timedelta(days=7), **by)
    ids = [staff.pk, cast.superior.person_id]

    assert queries.validated_minutes(ids, MONDAY, FRIDAY) == {staff.pk: 660 + 60, cast.superior.person_id: 0}


def test_the_maximum_is_that_of_the_unit(cast):
    actions.set_log_policy(
        unit=cast.dinas_a, starts_on=MONDAY, parameters={"day_max_minutes": 30}, legal_basis="x", actor=None, now=NOW
    )
    make_entry(person=cast.staff.person, state="APPROVED", decided_by=cast.superior)

    assert queries.validated_minutes([cast.staff.person_id], MONDAY, FRIDAY)[cast.staff.person_id] == 30


def test_compliance_asks_for_working_days_without_leave_and_holidays(cast):
    person = cast.staff.person
    Holiday.objects.create(day=FRIDAY, name="x", kind="NATIONAL", decree="x")
    Absence.objects.create(
        person=person, kind="CT", starts_on=THURSDAY, ends_on=THURSDAY, document="x", source="1", recorded_at=NOW
    )
    Absence.objects.create(
        person=person, kind="DL", starts_on=TUESDAY, ends_on=TUESDAY, document="x", source="2", recorded_at=NOW
    )
    make_entry(person=person, day=MONDAY, state="SUBMITTED")
    make_entry(person=person, day=TUESDAY)
    make_entry(person=person, day=FRIDAY, state="SUBMITTED")
    ids = [person.pk, cast.superior.person_id]

    found = queries.log_compliance(ids, MONDAY, FRIDAY + timedelta(days=2))

    assert (found[person.pk].sent_days, found[person.pk].working_days) == (1, 3)
    assert found[person.pk].share == Fraction(1, 3)
    assert (found[ids[1]].sent_days, found[ids[1]].working_days) == (0, 4)
    assert queries.log_compliance(ids, FRIDAY, FRIDAY)[person.pk].share is None


def test_the_superiors_delay_is_counted_apart(cast):
    make_entry(person=cast.staff.person, day=MONDAY - timedelta(days=10), state="SUBMITTED")
    make_entry(person=cast.staff.person, day=TUESDAY, state="SUBMITTED")

    since = queries.overdue_since(3, WEDNESDAY)
    waiting = queries.pending_of([cast.staff.person_id], MONDAY - timedelta(days=20), TUESDAY, overdue_before=since)[
        cast.staff.person_id
    ]

    assert since == MONDAY - timedelta(days=3)
    assert (waiting.count, waiting.minutes, waiting.overdue) == (2, 120, 1)


def test_waiting_for_a_superior_leaves_out_their_own(cast):
    make_entry(person=cast.staff.person, state="SUBMITTED")
    make_entry(person=cast.superior.person, state="SUBMITTED", validator_id=cast.superior.person_id)

    assert queries.waiting_for(cast.superior.person_id).count() == 1


def test_figures_cost_the_same_for_many_people(cast, queries_for):
    ids = [cast.staff.person_id]
    many = [cast.staff.person_id, cast.superior.person_id, cast.officer.person_id, cast.head.person_id]
    for person_id in many:
        make_entry(person=type(cast.staff.person).objects.get(pk=person_id), state="APPROVED", decided_by=cast.bkd)

    for figure in (queries.validated_minutes, queries.log_compliance):
        few, more = (queries_for(lambda f=figure, who=people: f(who, MONDAY, FRIDAY)) for people in (ids, many))
        assert few == more


@pytest.mark.usefixtures("frozen")
def test_the_officer_sees_counts_and_never_texts(client_of, cast):
    make_entry(person=cast.staff.person, day=MONDAY, state="SUBMITTED", activity="Rahasia negara")
    url = reverse("worklogs:compliance")

    page = client_of(cast.officer).get(url, {"bulan": "2026-11"}).content.decode()

    assert "Rina Marlina" in page
    assert "1 / 12" in page
    assert "Rahasia negara" not in page
    assert "Rina Marlina" not in client_of(cast.other_officer).get(url).content.decode()
    assert client_of(cast.staff).get(url).status_code == 403
