"""A document says where people work."""

import pytest

from attendance import actions, queries
from attendance.models import Arrangement, ArrangementSource, DayMark, Place
from personnel.models import AuditEvent
from tests.clock import FRIDAY, MONDAY, NOW, THURSDAY, TUESDAY, WEDNESDAY
from tests.factories.attendance import arrange


def test_the_document_becomes_the_expected_place_and_says_so(cast):
    standing = arrange(cast.staff.person, WEDNESDAY, FRIDAY)

    place = queries.expected_place(cast.staff.person_id, FRIDAY)
    assert standing == 2
    assert (place.place, place.source, place.version, place.label) == (
        "HOME", "wfh-plan/1", 1, "Jadwal WFH November 2026 v1",
    )  # fmt: skip
    assert queries.expected_place(cast.staff.person_id, THURSDAY).place == "OFFICE"
    event = AuditEvent.objects.get(verb="arrangements.replace")
    assert (event.before["rows"], event.after["rows"]) == (0, 2)


def test_a_newer_version_replaces_the_whole_of_the_older(cast):
    arrange(cast.staff.person, WEDNESDAY, FRIDAY)

    arrange(cast.staff.person, THURSDAY, version=2)

    assert list(Arrangement.objects.values_list("day", flat=True)) == [THURSDAY]


def test_sending_a_version_twice_changes_nothing(cast):
    arrange(cast.staff.person, WEDNESDAY)

    again = arrange(cast.staff.person, THURSDAY)

    assert again == 1
    assert list(Arrangement.objects.values_list("day", flat=True)) == [WEDNESDAY]
    assert AuditEvent.objects.filter(verb="arrangements.replace").count() == 1


def test_an_older_version_that_arrives_late_is_ignored_even_after_a_withdrawal(cast):
    arrange(cast.staff.person, WEDNESDAY, version=2)
    actions.replace_arrangements(source="wfh-plan/1", version=3, label="dicabut", expected=[], actor=None, now=NOW)

    late = arrange(cast.staff.person, WEDNESDAY, version=2)

    assert (late, Arrangement.objects.count()) == (0, 0)
    assert ArrangementSource.objects.get().version == 3


def test_the_higher_rank_wins_a_disputed_day_and_the_other_is_listed(cast):
    arrange(cast.staff.person, WEDNESDAY, source="wfh-plan/1", label="Jadwal WFH")
    arrange(cast.staff.person, WEDNESDAY, place=Place.TRAVEL, source="letter/9", label="SPT 9", rank=80)

    place = queries.expected_place(cast.staff.person_id, WEDNESDAY)

    assert (place.place, place.label, place.others) == ("TRAVEL", "SPT 9", ("Jadwal WFH",))


def test_two_sources_do_not_touch_each_other(cast):
    arrange(cast.staff.person, WEDNESDAY, source="wfh-plan/1")
    arrange(cast.superior.person, WEDNESDAY, source="wfh-plan/2")

    actions.replace_arrangements(source="wfh-plan/1", version=2, label="", expected=[], actor=None, now=NOW)

    assert Arrangement.objects.get().source.key == "wfh-plan/2"


def test_only_changed_days_up_to_today_are_marked(cast):
    arrange(cast.staff.person, MONDAY, WEDNESDAY, FRIDAY)
    DayMark.objects.all().delete()

    arrange(cast.staff.person, TUESDAY, WEDNESDAY, FRIDAY, version=2)

    assert set(DayMark.objects.values_list("day", flat=True)) == {MONDAY, TUESDAY}


@pytest.mark.parametrize(
    ("places", "words"),
    [
        pytest.param([Place.LEAVE], "LEAVE", id="leave is an absence, not an arrangement"),
        pytest.param(["BULAN"], "BULAN", id="an unknown place"),
        pytest.param([Place.HOME, Place.OFFICE], "2026-11-18", id="one person-day twice"),
    ],
)
def test_a_wrong_document_is_refused_and_nothing_changes(cast, places, words):
    arrange(cast.staff.person, FRIDAY)
    expected = [actions.ExpectedPlace(cast.staff.person_id, WEDNESDAY, place) for place in places]

    with pytest.raises(actions.ArrangementRefused, match=words):
        actions.replace_arrangements(source="wfh-plan/1", version=2, label="", expected=expected, actor=None, now=NOW)

    assert list(Arrangement.objects.values_list("day", flat=True)) == [FRIDAY]
    assert ArrangementSource.objects.get().version == 1
