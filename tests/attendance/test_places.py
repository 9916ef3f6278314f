"""The expected place, one by one and all at once."""

from attendance import queries
from attendance.models import HoursPolicyDocument, RosterDay, Shift, WorkSchedule
from attendance.queries.cards import described_place
from attendance.rules import hours
from tests.clock import LONG_AGO, MONDAY, SATURDAY, WEDNESDAY
from tests.factories.attendance import arrange, make_absence
from tests.factories.personnel import make_person


def test_without_any_document_the_default_names_its_legal_basis(cast):
    place = queries.expected_place(cast.staff.person_id, WEDNESDAY)

    assert (place.place, place.source, place.version) == ("OFFICE", "", 0)
    assert "Perpres 21/2023" in place.label


def test_the_nearest_unit_decides_the_hours(cast):
    HoursPolicyDocument.objects.create(unit=cast.dinas_a, starts_on=LONG_AGO, legal_basis="Perbup 12/2025")

    assert "Perbup 12/2025" in queries.expected_place(cast.staff.person_id, WEDNESDAY).label
    assert "Perbup" not in queries.expected_place(cast.other_officer.person_id, WEDNESDAY).label


def test_a_six_day_unit_works_on_saturday(cast):
    WorkSchedule.objects.create(
        unit=cast.dinas_a, starts_on=LONG_AGO, name="Enam hari", legal_basis="Perbup 12/2025",
        parameters=hours.standard_six_day(hours.DEFAULT_POLICY).to_dict(),
    )  # fmt: skip

    assert queries.expected_place(cast.staff.person_id, SATURDAY).place == "OFFICE"
    assert queries.expected_place(cast.other_officer.person_id, SATURDAY).place == "OFF"
    assert queries.is_working_day(cast.seksi, SATURDAY)
    assert not queries.is_working_day(cast.dinas_b, SATURDAY)


def test_a_roster_speaks_before_the_pattern(cast):
    shift = Shift.objects.create(
        unit=cast.dinas_a, code="P", name="Pagi", start_minute=420, end_minute=840, starts_on=LONG_AGO
    )
    RosterDay.objects.create(person=cast.staff.person, day=SATURDAY, shift=shift)
    RosterDay.objects.create(person=cast.staff.person, day=WEDNESDAY, shift=None)

    assert queries.expected_place(cast.staff.person_id, SATURDAY).place == "OFFICE"
    assert queries.expected_place(cast.staff.person_id, WEDNESDAY).place == "OFF"


def test_one_by_one_and_all_at_once_say_the_same(cast):
    people = [cast.staff.person, cast.superior.person, cast.other_officer.person]
    arrange(cast.staff.person, WEDNESDAY)
    make_absence(cast.superior.person, starts_on=MONDAY, ends_on=WEDNESDAY)
    days = [MONDAY, WEDNESDAY, SATURDAY]

    at_once = queries.expected_places([p.pk for p in people], days)

    for person in people:
        moment = queries.moment_of(person.pk, MONDAY, SATURDAY)
        for day in days:
            assert described_place(moment, day) == at_once[person.pk, day]


def test_more_people_cost_no_more_queries(cast, queries_for):
    few = [make_person(unit=cast.seksi).pk for _ in range(2)]
    many = few + [make_person(unit=cast.seksi).pk for _ in range(18)]
    days = [MONDAY, WEDNESDAY]

    assert queries_for(lambda: queries.expected_places(many, days)) == queries_for(
        lambda: queries.expected_places(few, days)
    )
    assert queries_for(lambda: queries.expected_places(many, days)) <= 9


def test_nobody_asked_for_costs_nothing(db, queries_for):
    assert queries_for(lambda: queries.expected_places([], [WEDNESDAY])) == 0
