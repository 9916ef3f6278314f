"""Loading logs of the past in bulk."""

from datetime import timedelta

import pytest

from personnel.models import AuditEvent
from tests.clock import MONDAY, NOW, TUESDAY, at
from tests.factories.worklogs import make_entry
from worklogs import actions
from worklogs.models import LogEntry, LogEvent

pytestmark = pytest.mark.django_db


def row(cast, starts=480, ends=540, *, day=MONDAY, state="APPROVED", **rest) -> actions.HistoryRow:
    decided = {"decided_at": at("17:00", day), "decided_by_id": cast.superior.pk} if state == "APPROVED" else {}
    return actions.HistoryRow(
        person_id=cast.staff.person_id, day=day, starts_minute=starts, ends_minute=ends, activity="Rapat",
        state=state, written_at=at("16:00", day), submitted_at=at("16:05", day), submitted_on=day, **decided, **rest,
    )  # fmt: skip


def test_entries_come_with_superior_unit_and_on_request_their_history(cast):
    loaded = actions.load_history(
        [row(cast), row(cast, 600, 660, state="SUBMITTED")], actor=None, now=NOW, with_events=True
    )

    assert (loaded.written, loaded.refused) == (2, [])
    rows = LogEntry.objects.order_by("starts_minute")
    assert [(r.state, r.validator_id, r.unit_id) for r in rows] == [
        ("APPROVED", cast.superior.person_id, cast.seksi.pk),
        ("SUBMITTED", cast.superior.person_id, cast.seksi.pk),
    ]
    assert [e.kind for e in rows[0].events.order_by("pk")] == ["WRITE", "SUBMIT", "APPROVE"]
    assert AuditEvent.objects.get(verb="worklogs.load_history").after == {"written": 2, "refused": 0}


def test_without_history_no_event_is_written(cast):
    actions.load_history([row(cast)], actor=None, now=NOW)

    assert LogEvent.objects.count() == 0


def test_a_day_that_breaks_a_rule_is_left_out_as_a_whole_and_named(cast):
    loaded = actions.load_history(
        [row(cast), row(cast, 500, 560), row(cast, day=TUESDAY), row(cast, day=NOW.date() + timedelta(days=1))],
        actor=None, now=NOW,
    )  # fmt: skip

    assert loaded.written == 1
    assert [(r[1], r[2]) for r in loaded.refused] == [
        (MONDAY, ("overlap",)),
        (NOW.date() + timedelta(days=1), ("future_day",)),
    ]
    assert LogEntry.objects.get().day == TUESDAY


def test_loading_twice_is_once_and_days_already_written_stay(cast):
    make_entry(person=cast.staff.person, day=TUESDAY)
    rows = [row(cast), row(cast, day=TUESDAY)]

    assert actions.load_history(rows, actor=None, now=NOW).written == 1
    assert actions.load_history(rows, actor=None, now=NOW).written == 0
    assert LogEntry.objects.count() == 2


def test_the_number_of_statements_follows_the_chunks_not_the_days(cast, queries_for):
    def month(first):
        return [row(cast, day=first + timedelta(days=i)) for i in range(1, 20)]

    one = queries_for(lambda: actions.load_history([row(cast)], actor=None, now=NOW))
    many = queries_for(lambda: actions.load_history(month(MONDAY - timedelta(days=40)), actor=None, now=NOW))

    assert many == one
