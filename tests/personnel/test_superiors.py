"""Who answers for whom on a day: a vacant or absent superior never blocks."""

from datetime import date, timedelta

import pytest

from personnel import actions, queries
from personnel.models import AppointmentKind
from personnel.queries import Because, SuperiorOnDay
from tests.clock import LONG_AGO, NOW, TODAY
from tests.factories.personnel import make_person, make_position, make_unit

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def office():
    root = make_unit()
    field = make_unit(parent=root)
    section = make_unit(parent=field)
    top = make_person(unit=field, is_head=True)
    chief = make_person(unit=section, is_head=True, superior=top)
    member = make_person(unit=section, superior=chief)
    return section, top, chief, member


def _acting(person, unit, kind, starts_on=TODAY, ends_on=None):
    return actions.appoint(
        person=person,
        unit=unit,
        position=make_position(),
        kind=kind,
        is_head=True,
        starts_on=starts_on,
        ends_on=ends_on,
        actor=None,
        now=NOW,
    )


def test_the_reporting_line_names_the_superior(office):
    _section, _top, chief, member = office

    assert queries.superior_of(member.pk, TODAY) == SuperiorOnDay(chief.pk, Because.LINE)


def test_a_plh_answers_while_the_dates_last_and_the_line_answers_again_afterwards(office):
    section, _top, chief, member = office
    colleague = make_person(unit=section, superior=chief)
    _acting(colleague, section, AppointmentKind.PLH, TODAY, TODAY)

    assert queries.superior_of(member.pk, TODAY) == SuperiorOnDay(colleague.pk, Because.ACTING)
    assert queries.superior_of(member.pk, TOMORROW) == SuperiorOnDay(chief.pk, Because.LINE)


def test_the_plh_does_not_become_the_own_superior(office):
    section, _top, chief, _member = office
    colleague = make_person(unit=section, superior=chief)
    _acting(colleague, section, AppointmentKind.PLH)

    assert queries.superior_of(colleague.pk, TODAY) == SuperiorOnDay(chief.pk, Because.LINE)


def test_when_the_superior_has_left_the_head_of_the_unit_above_answers(office):
    _section, top, chief, member = office
    chief.employments.update(ends_on=TODAY - timedelta(days=1))
    chief.appointments.update(ends_on=TODAY - timedelta(days=1))

    assert queries.superior_of(member.pk, TODAY) == SuperiorOnDay(top.pk, Because.ABOVE)


def test_when_the_post_is_vacant_its_plt_answers(office):
    section, _top, chief, member = office
    chief.employments.update(ends_on=TODAY - timedelta(days=1))
    chief.appointments.update(ends_on=TODAY - timedelta(days=1))
    stand_in = make_person(unit=section)
    _acting(stand_in, section, AppointmentKind.PLT)

    assert queries.superior_of(member.pk, TODAY) == SuperiorOnDay(stand_in.pk, Because.ACTING)


def test_the_very_top_has_no_superior():
    root = make_unit()
    first = make_person(unit=root, is_head=True)

    assert queries.superior_of(first.pk, TODAY) is None


def test_reports_are_those_of_the_line_and_those_one_stands_in_for(office):
    section, top, chief, member = office
    colleague = make_person(unit=section, superior=chief)
    _acting(colleague, section, AppointmentKind.PLH)

    assert set(queries.reports_of(chief.pk, TODAY)) == {member, colleague}
    assert set(queries.reports_of(colleague.pk, TODAY)) == {member}
    assert set(queries.reports_of(top.pk, TODAY)) == {chief}


def test_asking_for_many_costs_what_asking_for_one_costs(office, queries_for):
    section, _top, chief, member = office
    others = [make_person(unit=section, superior=chief).pk for _ in range(20)]

    one = queries_for(lambda: queries.superiors_of([member.pk], TODAY))
    many = queries_for(lambda: queries.superiors_of([member.pk, *others], TODAY))

    assert one == many == 5


def test_a_new_superior_ends_the_line_before_on_the_day_before(office):
    _section, top, chief, member = office

    actions.set_superior(person=member, superior=top, starts_on=TODAY, source="ticket", actor=None, now=NOW)

    assert queries.superior_of(member.pk, TODAY - timedelta(days=1)) == SuperiorOnDay(chief.pk, Because.LINE)
    assert queries.superior_of(member.pk, TODAY) == SuperiorOnDay(top.pk, Because.LINE)


def test_a_circle_of_superiors_is_refused_and_nothing_changes(office):
    _section, top, _chief, member = office

    with pytest.raises(actions.people.CircleOfSuperiors):
        actions.set_superior(person=top, superior=member, starts_on=TODAY, source="x", actor=None, now=NOW)

    assert not top.lines_up.exists()


def test_a_line_cannot_slip_onto_one_that_began_the_same_day(office):
    _section, top, chief, member = office

    with pytest.raises(actions.people.NotBeforeWhatStands, match="2020-01-01"):
        actions.set_superior(person=member, superior=top, starts_on=LONG_AGO, source="x", actor=None, now=NOW)

    assert [line.superior for line in member.lines_up.all()] == [chief]


@pytest.mark.parametrize(
    ("day", "there"),
    [
        pytest.param(date(2019, 12, 31), False, id="not yet the day before the first"),
        pytest.param(LONG_AGO, True, id="on the first day"),
        pytest.param(TODAY, True, id="on the last day"),
        pytest.param(TOMORROW, False, id="no longer the day after the last"),
    ],
)
def test_employment_counts_from_the_first_to_the_last_day(day, there):
    from personnel.models import Person

    person = make_person()
    person.employments.update(ends_on=TODAY)

    assert Person.objects.employed_on(day).filter(pk=person.pk).exists() is there
