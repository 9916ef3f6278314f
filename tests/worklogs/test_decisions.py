"""Approving, returning, rejecting, reopening, undoing, passing up: works, refused, twice, race, stale."""

from datetime import timedelta

import pytest

from personnel.models import AuditEvent, Notice
from tests.clock import MONDAY, NOW, TUESDAY, at
from tests.factories.worklogs import details, make_entry
from worklogs import actions, tasks
from worklogs.models import EntryState, LogEntry, LogEvent
from worklogs.rules.states import Deed

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast):
    return make_entry(person=cast.staff.person, state=EntryState.SUBMITTED)


def decide(entry, deed, cast, *, reason="Lampirkan daftar", version=1, now=NOW, actor=None):
    deeds = {"approve": actions.approve, "return": actions.return_entry, "reject": actions.reject}
    words = {} if deed == "approve" else {"reason": reason}
    return deeds[deed](entry_id=entry.pk, version=version, actor=actor or cast.superior, now=now, **words)


@pytest.mark.parametrize(("deed", "state"), [("approve", "APPROVED"), ("return", "RETURNED"), ("reject", "REJECTED")])
def test_a_decision_is_written_told_and_traced(cast, waiting, deed, state):
    decide(waiting, deed, cast)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.version, waiting.decided_at, waiting.decided_by) == (state, 2, NOW, cast.superior)
    assert waiting.events.get().kind == deed.upper()
    assert Notice.objects.get(recipient=cast.staff).kind == f"worklogs.{deed}"
    assert AuditEvent.objects.get(verb=f"worklogs.{deed}").after["entries"] == [waiting.pk]


@pytest.mark.parametrize("deed", ["return", "reject"])
def test_returning_and_rejecting_without_words_changes_nothing(cast, waiting, deed):
    with pytest.raises(actions.ReasonMissing):
        decide(waiting, deed, cast, reason="  ")

    waiting.refresh_from_db()
    assert (waiting.state, waiting.version, LogEvent.objects.count()) == ("SUBMITTED", 1, 0)


@pytest.mark.parametrize("deed", ["approve", "return", "reject"])
def test_the_same_decision_twice_is_once(cast, waiting, deed):
    decide(waiting, deed, cast)
    decide(waiting, deed, cast, now=at("09:01"))

    waiting.refresh_from_db()
    assert (waiting.version, waiting.decided_at, waiting.events.count()) == (2, NOW, 1)
    assert Notice.objects.filter(recipient=cast.staff).count() == 1


def test_of_two_superiors_the_first_decides_and_the_second_reads_who(cast, waiting):
    decide(waiting, "approve", cast)

    with pytest.raises(actions.WrongState, match="Dedi Kurnia"):
        decide(waiting, "return", cast, actor=cast.head)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.events.count()) == ("APPROVED", 1)


def test_an_edit_during_approval_is_not_approved_unread(cast, waiting):
    actions.change_entry(entry_id=waiting.pk, version=1, details=details("08:00", "12:00"), actor=cast.staff, now=NOW)

    with pytest.raises(actions.StaleEntry):
        decide(waiting, "approve", cast, version=1)

    waiting.refresh_from_db()
    assert waiting.state == "SUBMITTED"
    assert decide(waiting, "approve", cast, version=2).state == "APPROVED"


def test_a_draft_cannot_be_decided(cast):
    draft = make_entry(person=cast.staff.person)

    with pytest.raises(actions.WrongState):
        decide(draft, "approve", cast)


def test_many_are_decided_and_the_stale_one_is_named(cast):
    rows = [
        make_entry(person=cast.staff.person, starts=f"{h:02d}:00", ends=f"{h:02d}:30", state=EntryState.SUBMITTED)
        for h in (8, 9, 10)
    ]
    LogEntry.objects.filter(pk=rows[1].pk).update(version=5)

    outcome = actions.decide_many(items=[(row.pk, 1) for row in rows], deed=Deed.APPROVE, actor=cast.superior, now=NOW)

    assert [row.pk for row in outcome.done] == [rows[0].pk, rows[2].pk]
    assert [(r.entry_id, r.code) for r in outcome.refused] == [(rows[1].pk, "stale_entry")]
    assert AuditEvent.objects.filter(verb="worklogs.approve").count() == 1
    assert Notice.objects.get(recipient=cast.staff).params["count"] == 2


def test_only_decisions_are_decisions(cast, waiting):
    with pytest.raises(ValueError, match="not a decision"):
        actions.decide_many(items=[(waiting.pk, 1)], deed=Deed.REOPEN, actor=cast.superior, now=NOW)


def test_the_number_of_statements_does_not_grow_with_the_entries(cast, queries_for):
    def batch(count, day):
        rows = [
            make_entry(person=cast.staff.person, day=day, starts=f"{h:02d}:00", ends=f"{h:02d}:30", state="SUBMITTED")
            for h in range(7, 7 + count)
        ]
        return [(row.pk, 1) for row in rows]

    few, many = batch(2, MONDAY), batch(10, TUESDAY)
    cost = [
        queries_for(lambda items=items: actions.decide_many(items=items, deed="APPROVE", actor=cast.superior, now=NOW))
        for items in (few, many)
    ]
    assert cost[0] == cost[1]


def test_reopening_gives_a_closed_entry_back_with_the_reason(cast, waiting):
    decide(waiting, "approve", cast)

    actions.reopen(entry_id=waiting.pk, version=2, reason="Salah tekan", actor=cast.superior, now=at("14:00"))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decision_reason, waiting.version) == ("RETURNED", "Salah tekan", 3)
    assert waiting.mend_by_on is not None


def test_reopening_what_is_open_or_without_words_is_refused(cast, waiting):
    with pytest.raises(actions.WrongState):
        actions.reopen(entry_id=waiting.pk, version=1, reason="x", actor=cast.superior, now=NOW)
    decide(waiting, "approve", cast)
    with pytest.raises(actions.ReasonMissing):
        actions.reopen(entry_id=waiting.pk, version=2, reason="", actor=cast.superior, now=NOW)
    with pytest.raises(actions.StaleEntry):
        actions.reopen(entry_id=waiting.pk, version=1, reason="x", actor=cast.superior, now=NOW)

    waiting.refresh_from_db()
    assert waiting.state == "APPROVED"


@pytest.mark.parametrize("deed", ["approve", "return", "reject"])
def test_a_decision_can_be_taken_back_for_a_minute_and_twice_is_once(cast, waiting, deed):
    decide(waiting, deed, cast)
    for second in (30, 31):
        actions.undo_decision(entry_ids=[waiting.pk], actor=cast.superior, now=NOW + timedelta(seconds=second))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by, waiting.decision_reason) == ("SUBMITTED", None, "")
    assert [e.kind for e in waiting.events.order_by("pk")] == [deed.upper(), "UNDO"]


@pytest.mark.parametrize(
    ("seconds", "who", "then"),
    [
        pytest.param(61, "superior", None, id="the minute is over"),
        pytest.param(10, "head", None, id="somebody else"),
        pytest.param(10, "superior", "mended", id="the writer already mends it"),
        pytest.param(10, "superior", "reopened", id="it was reopened since"),
    ],
)
def test_taking_back_too_late_changes_nothing(cast, waiting, seconds, who, then):
    decide(waiting, "approve" if then == "reopened" else "return", cast)
    if then == "mended":
        actions.change_entry(
            entry_id=waiting.pk, version=2, details=details("08:00", "08:30"), actor=cast.staff, now=NOW
        )
    elif then == "reopened":
        actions.reopen(entry_id=waiting.pk, version=2, reason="Salah", actor=cast.superior, now=NOW)
    waiting.refresh_from_db()
    before = (waiting.state, waiting.version)

    with pytest.raises(actions.TooLateToUndo):
        actions.undo_decision(entry_ids=[waiting.pk], actor=getattr(cast, who), now=NOW + timedelta(seconds=seconds))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.version) == before


def test_what_waits_too_long_is_passed_up_once(cast):
    entry = make_entry(person=cast.staff.person, day=MONDAY - timedelta(days=14), state=EntryState.SUBMITTED)
    fresh = make_entry(person=cast.staff.person, day=TUESDAY, state=EntryState.SUBMITTED)

    assert actions.escalate_waiting(now=NOW) == 1
    assert actions.escalate_waiting(now=NOW) == 0

    entry.refresh_from_db()
    fresh.refresh_from_db()
    assert (entry.validator_id, entry.escalated_to_id) == (cast.superior.person_id, cast.head.person_id)
    assert fresh.escalated_to_id is None
    assert Notice.objects.get(recipient=cast.head).params == {"count": 1}


def test_passing_up_never_approves_and_stops_at_the_top(cast):
    entry = make_entry(person=cast.superior.person, day=MONDAY - timedelta(days=14), state=EntryState.SUBMITTED)

    assert actions.escalate_waiting(now=NOW) == 0
    entry.refresh_from_db()
    assert (entry.state, entry.escalated_to_id) == ("SUBMITTED", None)


def test_the_nightly_task_passes_up_and_may_run_twice(cast, frozen):
    make_entry(person=cast.staff.person, day=MONDAY - timedelta(days=14), state=EntryState.SUBMITTED)

    assert [tasks.escalate_waiting(), tasks.escalate_waiting()] == [1, 0]
