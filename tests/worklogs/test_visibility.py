"""Who may know of which entry."""

import pytest
from django.contrib.auth.models import AnonymousUser

from personnel import actions as personnel
from personnel.models import AppointmentKind, ReportingLine
from tests.cast import ROLES
from tests.clock import LONG_AGO, MONDAY, NOW, TUESDAY
from tests.factories.personnel import make_person, make_position, make_user
from tests.factories.worklogs import make_entry
from worklogs import access
from worklogs.models import EntryState, LogEntry

pytestmark = pytest.mark.django_db


def readers(cast, entry) -> set[str]:
    return {who for who in ROLES if LogEntry.objects.visible_to(getattr(cast, who)).filter(pk=entry.pk).exists()}


@pytest.mark.parametrize(
    ("state", "who"),
    [
        pytest.param("DRAFT", {"staff"}, id="a draft is private to its writer"),
        pytest.param("SUBMITTED", {"staff", "superior", "bkd", "inspector"}, id="what was sent is read by few"),
        pytest.param("RETURNED", {"staff", "superior", "bkd", "inspector"}, id="what was returned too"),
        pytest.param("APPROVED", {"staff", "superior", "bkd", "inspector"}, id="what was approved too"),
    ],
)
def test_readers(cast, state, who):
    entry = make_entry(person=cast.staff.person, state=state, decided_by=cast.superior)

    assert readers(cast, entry) == who


def test_the_next_superior_reads_what_was_passed_up(cast):
    entry = make_entry(person=cast.staff.person, state=EntryState.SUBMITTED, escalated_to=cast.head.person)

    assert "head" in readers(cast, entry)
    assert access.may_decide(cast.head, entry, NOW.date())


def test_after_a_transfer_the_old_superior_keeps_the_old_entries_and_sees_no_new_ones(cast):
    old = make_entry(person=cast.staff.person, day=MONDAY, state=EntryState.SUBMITTED)
    ReportingLine.objects.filter(person=cast.staff.person).update(ends_on=MONDAY)
    personnel.set_superior(
        person=cast.staff.person, superior=cast.officer.person, starts_on=TUESDAY, source="test", actor=None, now=NOW
    )
    new = make_entry(person=cast.staff.person, day=TUESDAY, state=EntryState.SUBMITTED)

    assert "superior" in readers(cast, old)
    assert "superior" not in readers(cast, new)
    assert access.may_decide(cast.superior, old, NOW.date())
    assert not access.may_decide(cast.officer, old, NOW.date())


def test_a_plt_decides_for_the_head_they_stand_in_for(cast):
    entry = make_entry(person=cast.staff.person, state=EntryState.SUBMITTED)
    stand_in = make_person(unit=cast.bidang)
    personnel.appoint(
        person=stand_in, unit=cast.seksi, position=make_position(), kind=AppointmentKind.PLT, is_head=True,
        starts_on=LONG_AGO, actor=None, now=NOW,
    )  # fmt: skip
    user = make_user(stand_in)

    assert LogEntry.objects.visible_to(user).filter(pk=entry.pk).exists()
    assert access.may_decide(user, entry, NOW.date())


def test_nobody_decides_on_their_own_entry(cast):
    entry = make_entry(person=cast.superior.person, state=EntryState.SUBMITTED, validator_id=cast.superior.person_id)

    assert not access.may_decide(cast.superior, entry, NOW.date())


def test_the_anonymous_see_nothing(cast):
    make_entry(person=cast.staff.person, state=EntryState.SUBMITTED)

    assert not LogEntry.objects.visible_to(AnonymousUser()).exists()
