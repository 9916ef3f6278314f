"""Sending a day and a week."""

from datetime import timedelta

import pytest

from personnel import actions as personnel
from personnel.models import AppointmentKind, Notice, ReportingLine
from tests.clock import FRIDAY, MONDAY, NOW, TODAY, TUESDAY, at
from tests.factories.personnel import make_person, make_position
from tests.factories.worklogs import make_entry
from worklogs import actions
from worklogs.models import EntryState, LogEntry

pytestmark = pytest.mark.django_db


def send(user, day=TUESDAY, now=NOW):
    return actions.submit_day(person_id=user.person_id, day=day, actor=user, now=now)


def test_sending_a_day_names_the_superior_of_that_day_and_tells_once(cast):
    make_entry(person=cast.staff.person)
    make_entry(person=cast.staff.person, starts="10:00", ends="11:00")

    rows = send(cast.staff)

    assert [(r.state, r.validator_id, r.submitted_at, r.submitted_on, r.version) for r in rows] == [
        (EntryState.SUBMITTED, cast.superior.person_id, NOW, TODAY, 2)
    ] * 2
    assert Notice.objects.filter(recipient=cast.superior, kind="worklogs.waiting").count() == 1


def test_sending_twice_is_once(cast):
    entry = make_entry(person=cast.staff.person)
    send(cast.staff)

    assert send(cast.staff, now=at("09:05")) == []
    entry.refresh_from_db()
    assert (entry.submitted_at, entry.events.count()) == (NOW, 1)


def test_an_empty_day_has_nothing_to_send(cast):
    with pytest.raises(actions.NothingToSend):
        send(cast.staff)


def test_one_blocked_entry_keeps_the_whole_day_back(cast):
    make_entry(person=cast.staff.person, day=TODAY, starts="07:30", ends="08:30")
    make_entry(person=cast.staff.person, day=TODAY, starts="08:30", ends="09:30")

    with pytest.raises(actions.EntryRefused) as refusal:
        send(cast.staff, TODAY)

    assert refusal.value.details["findings"] == ["future_time"]
    assert set(LogEntry.objects.values_list("state", flat=True)) == {EntryState.DRAFT}
    assert not Notice.objects.exists()


def test_somebody_without_a_superior_is_told_whom_to_ask(cast):
    make_entry(person=cast.head.person)

    with pytest.raises(actions.NoSuperior):
        send(cast.head)

    assert LogEntry.objects.get().state == EntryState.DRAFT


def test_the_deadline_is_three_working_days(cast):
    on_wednesday = MONDAY - timedelta(days=5)
    make_entry(person=cast.staff.person, day=on_wednesday)

    with pytest.raises(actions.EntryRefused) as refusal:
        send(cast.staff, on_wednesday, now=at("00:01", TUESDAY))
    assert refusal.value.details["findings"] == ["past_deadline"]
    assert len(send(cast.staff, on_wednesday, now=at("23:59", MONDAY))) == 1


def test_a_transfer_in_mid_month_leaves_old_days_with_the_old_superior(cast):
    ReportingLine.objects.filter(person=cast.staff.person).update(ends_on=MONDAY)
    personnel.set_superior(
        person=cast.staff.person, superior=cast.officer.person, starts_on=TUESDAY, source="test", actor=None, now=NOW
    )
    make_entry(person=cast.staff.person, day=MONDAY)
    make_entry(person=cast.staff.person, day=TUESDAY)

    assert send(cast.staff, MONDAY)[0].validator_id == cast.superior.person_id
    assert send(cast.staff, TUESDAY)[0].validator_id == cast.officer.person_id


def test_a_plh_receives_what_was_done_under_them(cast):
    stand_in = make_person(unit=cast.bidang, name="Asep Hidayat")
    personnel.appoint(
        person=stand_in, unit=cast.seksi, position=make_position(), kind=AppointmentKind.PLH, is_head=True,
        starts_on=TUESDAY, ends_on=FRIDAY, actor=None, now=NOW,
    )  # fmt: skip
    make_entry(person=cast.staff.person)

    assert send(cast.staff)[0].validator_id == stand_in.pk


def test_a_returned_entry_goes_again_with_a_clean_face_and_its_history(cast):
    entry = make_entry(person=cast.staff.person, state=EntryState.SUBMITTED)
    actions.return_entry(entry_id=entry.pk, version=1, reason="Lampirkan daftar", actor=cast.superior, now=NOW)

    send(cast.staff, now=at("10:00"))

    entry.refresh_from_db()
    assert (entry.state, entry.decision_reason, entry.decided_by, entry.mend_by_on) == ("SUBMITTED", "", None, None)
    assert [e.kind for e in entry.events.order_by("pk")] == ["RETURN", "SUBMIT"]
    assert entry.events.order_by("pk")[0].reason == "Lampirkan daftar"


def test_a_late_return_gives_three_new_working_days(cast):
    long_before = MONDAY - timedelta(days=28)
    entry = make_entry(person=cast.staff.person, day=long_before, state=EntryState.SUBMITTED)
    actions.return_entry(entry_id=entry.pk, version=1, reason="Lampirkan daftar", actor=cast.superior, now=NOW)
    entry.refresh_from_db()

    assert entry.mend_by_on == MONDAY + timedelta(days=7)
    assert len(send(cast.staff, long_before, now=at("12:00", entry.mend_by_on))) == 1


def test_sending_a_week_sends_what_can_go_and_names_the_rest(cast):
    make_entry(person=cast.staff.person, day=MONDAY)
    make_entry(person=cast.staff.person, day=TUESDAY)
    make_entry(person=cast.staff.person, day=TODAY, starts="08:30", ends="09:30")

    outcome = actions.submit_week(person_id=cast.staff.person_id, day=TODAY, actor=cast.staff, now=NOW)

    assert outcome.sent == {MONDAY: 1, TUESDAY: 1}
    assert list(outcome.refused) == [TODAY]
    assert LogEntry.objects.waiting().count() == 2
    LogEntry.objects.filter(day=TODAY).delete()
    with pytest.raises(actions.NothingToSend):
        actions.submit_week(person_id=cast.staff.person_id, day=TODAY, actor=cast.staff, now=NOW)


def test_nobody_is_their_own_superior_through_the_line_above(cast):
    make_entry(person=cast.superior.person)

    assert send(cast.superior)[0].validator_id == cast.head.person_id
