"""Leave and duty, recorded and withdrawn."""

from datetime import date

import pytest

from attendance import actions, queries
from attendance.models import Absence, DayMark
from personnel.models import AuditEvent
from tests.clock import FRIDAY, MONDAY, NOW, THURSDAY, TUESDAY, WEDNESDAY
from tests.factories.attendance import arrange, make_absence


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("CT", "LEAVE"), ("CS", "LEAVE"), ("CLTN", "LEAVE"), ("DL", "TRAVEL"), ("PD", "TRAVEL"), ("DK", "TRAINING"),
        ("TB", "TRAINING"),
    ],
)  # fmt: skip
def test_an_absence_outranks_the_schedule(cast, kind, place):
    arrange(cast.staff.person, WEDNESDAY)

    make_absence(cast.staff.person, kind=kind)

    found = queries.expected_place(cast.staff.person_id, WEDNESDAY)
    assert (found.place, found.others) == (place, ("Jadwal WFH November 2026 v1",))
    assert "SI 850/12/2026" in found.label


def test_it_is_traced_and_its_days_are_marked_up_to_tomorrow(cast):
    make_absence(cast.staff.person, starts_on=MONDAY, ends_on=FRIDAY)

    assert list(DayMark.objects.order_by("day").values_list("day", flat=True)) == [MONDAY, TUESDAY, WEDNESDAY, THURSDAY]
    assert AuditEvent.objects.get(verb="absence.record").after["kind"] == "CT"


def test_the_same_document_twice_is_one_absence(cast):
    first = make_absence(cast.staff.person)

    again = make_absence(cast.staff.person)

    assert again.pk == first.pk
    assert AuditEvent.objects.filter(verb="absence.record").count() == 1


def test_the_same_document_with_other_days_is_refused(cast):
    make_absence(cast.staff.person)

    with pytest.raises(actions.AbsenceRefused, match="leave/1"):
        make_absence(cast.staff.person, ends_on=FRIDAY)

    assert Absence.objects.get().ends_on == WEDNESDAY


def test_two_full_day_absences_do_not_overlap(cast):
    make_absence(cast.staff.person, starts_on=MONDAY, ends_on=WEDNESDAY)

    with pytest.raises(actions.AbsenceOverlaps):
        make_absence(cast.staff.person, starts_on=WEDNESDAY, ends_on=FRIDAY, source="leave/2")

    assert Absence.objects.count() == 1
    assert AuditEvent.objects.filter(verb="absence.record").count() == 1


def test_a_part_of_the_day_leaves_the_place_as_it_is(cast):
    make_absence(cast.staff.person, kind="DL", from_minute=780, to_minute=960)

    assert queries.expected_place(cast.staff.person_id, WEDNESDAY).place == "OFFICE"


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"kind": "XX"}, id="unknown kind"),
        pytest.param({"starts_on": FRIDAY, "ends_on": MONDAY}, id="ends before it starts"),
        pytest.param({"ends_on": date(2032, 1, 1)}, id="longer than any leave"),
        pytest.param({"from_minute": 780}, id="a start without an end"),
        pytest.param({"from_minute": 780, "to_minute": 700}, id="minutes the wrong way round"),
        pytest.param({"from_minute": 0, "to_minute": 600, "ends_on": FRIDAY}, id="a part of three days"),
    ],
)
def test_contradicting_fields_are_refused_and_nothing_changes(cast, fields):
    with pytest.raises(actions.AbsenceRefused):
        make_absence(cast.staff.person, **fields)

    assert (Absence.objects.count(), DayMark.objects.count()) == (0, 0)


def test_withdrawing_gives_the_day_back_once(cast):
    absence = make_absence(cast.staff.person)
    DayMark.objects.all().delete()

    actions.withdraw_absence(absence_id=absence.pk, actor=cast.officer, now=NOW)
    actions.withdraw_absence(absence_id=absence.pk, actor=cast.officer, now=NOW)

    assert queries.expected_place(cast.staff.person_id, WEDNESDAY).place == "OFFICE"
    assert DayMark.objects.get().day == WEDNESDAY
    assert AuditEvent.objects.filter(verb="absence.withdraw").count() == 1
