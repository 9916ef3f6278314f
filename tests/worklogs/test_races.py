"""Two at once, for real: threads with their own connections. Needs a server; SQLite lets one writer in at a time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.cast import build_cast
from tests.clock import NOW, TUESDAY
from tests.factories.worklogs import details, make_entry
from worklogs import actions
from worklogs.models import LogEntry, LogEvent

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time by nature"),
]


def at_once(*deeds) -> list[str]:
    """Run the deeds together; each answers "done" or the code of its refusal, sorted."""
    gate = Barrier(len(deeds))

    def run(deed) -> str:
        try:
            gate.wait(timeout=10)
            deed()
            return "done"
        except actions.EntryRefused as refusal:
            return str(refusal.details["findings"])
        except (actions.WrongState, actions.StaleEntry) as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def test_two_superiors_at_one_entry_come_to_one_outcome():
    cast = build_cast()
    entry = make_entry(person=cast.staff.person, state="SUBMITTED")
    one = {"entry_id": entry.pk, "version": 1, "now": NOW}

    outcome = at_once(
        lambda: actions.approve(**one, actor=cast.superior),
        lambda: actions.return_entry(**one, actor=cast.head, reason="Kurang jelas"),
    )

    assert outcome == ["done", "wrong_state"]
    assert LogEvent.objects.filter(entry=entry).count() == 1


def test_an_edit_and_an_approval_at_once_come_to_one_outcome():
    cast = build_cast()
    entry = make_entry(person=cast.staff.person, state="SUBMITTED")
    changed = details("10:00", "11:00")

    outcome = at_once(
        lambda: actions.approve(entry_id=entry.pk, version=1, actor=cast.superior, now=NOW),
        lambda: actions.change_entry(entry_id=entry.pk, version=1, details=changed, actor=cast.staff, now=NOW),
    )

    entry.refresh_from_db()
    approved_first = (entry.state, entry.starts_minute) == ("APPROVED", 480)
    assert outcome == (["done", "wrong_state"] if approved_first else ["done", "stale_entry"])
    assert approved_first or (entry.state, entry.starts_minute) == ("SUBMITTED", 600)


def test_two_overlapping_entries_written_at_once_leave_one():
    cast = build_cast()

    def write(start, end):
        return lambda: actions.write_entry(
            person_id=cast.staff.person_id, day=TUESDAY, details=details(start, end), actor=cast.staff, now=NOW
        )

    assert at_once(write("08:00", "09:00"), write("08:30", "09:30")) == ["['overlap']", "done"]
    assert LogEntry.objects.count() == 1


def test_a_day_sent_twice_at_once_is_sent_once():
    cast = build_cast()
    entry = make_entry(person=cast.staff.person)

    def send():
        actions.submit_day(person_id=cast.staff.person_id, day=TUESDAY, actor=cast.staff, now=NOW)

    assert at_once(send, send) == ["done", "done"]
    assert LogEvent.objects.filter(entry=entry).count() == 1
