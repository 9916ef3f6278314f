"""Writing, changing, deleting, duplicating and copying entries: works, refused and nothing changed, twice, stale."""

from datetime import timedelta
from decimal import Decimal

import pytest

from attendance.models import Absence
from personnel.models import AuditEvent
from tests.clock import FRIDAY, MONDAY, NOW, THURSDAY, TODAY, TUESDAY, at
from tests.factories.worklogs import details, make_entry
from worklogs import actions
from worklogs.models import EntryState, Favourite, LogEntry, LogEvent

pytestmark = pytest.mark.django_db


def write(cast, what=None, *, day=TUESDAY, now=NOW, key=""):
    return actions.write_entry(
        person_id=cast.staff.person_id, day=day, details=what or details(), actor=cast.staff, now=now, client_key=key
    )


def refused_codes(refusal) -> list[str]:
    return refusal.value.details["findings"]


def test_writing_keeps_the_words_the_moment_and_a_history(cast):
    entry = write(cast, details(quantity=Decimal("2.5"), output_unit="berkas"))

    assert (entry.state, entry.version, entry.written_at, entry.unit_id) == ("DRAFT", 1, NOW, cast.seksi.pk)
    assert [(e.kind, e.actor) for e in entry.events.all()] == [("WRITE", cast.staff)]
    assert AuditEvent.objects.get(verb="worklogs.write_entry").object_id == entry.pk


def test_a_double_click_writes_one_entry(cast):
    first = write(cast, key="k1")
    second = write(cast, key="k1")

    assert first.pk == second.pk
    assert LogEntry.objects.count() == LogEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "day", "code"),
    [
        pytest.param(details("08:30", "09:30"), TUESDAY, "overlap", id="overlapping with an own entry"),
        pytest.param(details("10:00", "10:00"), TUESDAY, "no_time", id="no time"),
        pytest.param(details("10:00", "11:00", activity=" "), TUESDAY, "no_text", id="no words"),
        pytest.param(details("10:00", "25:00"), TUESDAY, "past_midnight", id="past midnight at an office"),
        pytest.param(details("09:00", "19:30"), TUESDAY, "day_too_long", id="over the day's maximum"),
        pytest.param(details(), THURSDAY, "future_day", id="a day to come"),
        pytest.param(details(), MONDAY - timedelta(days=7), "past_deadline", id="a deadline passed"),
    ],
)
def test_what_the_rules_block_is_not_written(cast, what, day, code):
    make_entry(person=cast.staff.person)

    with pytest.raises(actions.EntryRefused) as refusal:
        write(cast, what, day=day)

    assert code in refused_codes(refusal)
    assert LogEntry.objects.count() == 1
    assert not AuditEvent.objects.filter(verb="worklogs.write_entry").exists()


def test_no_log_on_a_day_of_leave(cast):
    Absence.objects.create(
        person=cast.staff.person,
        kind="CT",
        starts_on=TUESDAY,
        ends_on=TUESDAY,
        document="x",
        source="x",
        recorded_at=NOW,
    )

    with pytest.raises(actions.EntryRefused) as refusal:
        write(cast)

    assert refused_codes(refusal) == ["on_leave"]

    assert not LogEntry.objects.exists()


def test_a_draft_may_reach_into_the_next_hour(cast):
    assert write(cast, details("08:00", "10:00"), day=TODAY).state == EntryState.DRAFT


def test_changing_counts_versions_and_keeps_before_and_after(cast):
    entry = make_entry(person=cast.staff.person)

    changed = actions.change_entry(
        entry_id=entry.pk, version=1, details=details("08:00", "09:30"), actor=cast.staff, now=NOW
    )

    event = changed.events.get()
    assert (changed.version, changed.changed_at, changed.length) == (2, NOW, 90)
    assert (event.before["ends_minute"], event.after["ends_minute"]) == (540, 570)


def test_the_same_change_twice_is_once(cast):
    entry = make_entry(person=cast.staff.person)
    for _press in range(2):
        actions.change_entry(entry_id=entry.pk, version=1, details=details("08:00", "09:30"), actor=cast.staff, now=NOW)

    entry.refresh_from_db()
    assert (entry.version, entry.events.count()) == (2, 1)


def test_a_change_to_a_version_that_moved_on_is_refused(cast):
    entry = make_entry(person=cast.staff.person, version=3)

    with pytest.raises(actions.StaleEntry):
        actions.change_entry(entry_id=entry.pk, version=2, details=details("10:00", "11:00"), actor=cast.staff, now=NOW)

    entry.refresh_from_db()
    assert (entry.version, entry.starts_minute) == (3, 480)


@pytest.mark.parametrize("state", [EntryState.APPROVED, EntryState.REJECTED])
def test_a_closed_entry_cannot_be_changed(cast, state):
    entry = make_entry(person=cast.staff.person, state=state, decided_by=cast.superior)

    with pytest.raises(actions.WrongState):
        actions.change_entry(entry_id=entry.pk, version=1, details=details("10:00", "11:00"), actor=cast.staff, now=NOW)

    entry.refresh_from_db()
    assert entry.starts_minute == 480


def test_moving_an_entry_before_another_into_overlap_is_refused(cast):
    entry = make_entry(person=cast.staff.person, starts="10:00", ends="11:00")
    make_entry(person=cast.staff.person, starts="08:00", ends="09:00")

    with pytest.raises(actions.EntryRefused) as refusal:
        actions.change_entry(entry_id=entry.pk, version=1, details=details("07:30", "08:30"), actor=cast.staff, now=NOW)

    assert refused_codes(refusal) == ["overlap"]


def test_a_sent_entry_can_be_changed_and_shows_it(cast):
    entry = make_entry(person=cast.staff.person, state=EntryState.SUBMITTED)

    changed = actions.change_entry(
        entry_id=entry.pk, version=1, details=details("08:00", "08:45"), actor=cast.staff, now=NOW
    )

    assert (changed.state, changed.version) == (EntryState.SUBMITTED, 2)
    assert changed.changed_after_sending


def test_deleting_a_draft_twice_is_once(cast):
    entry = make_entry(person=cast.staff.person)

    assert actions.delete_draft(entry_id=entry.pk, actor=cast.staff, now=NOW) is True
    assert actions.delete_draft(entry_id=entry.pk, actor=cast.staff, now=NOW) is False
    assert AuditEvent.objects.get(verb="worklogs.delete_draft").before["activity"] == "Verifikasi berkas izin"


def test_what_was_sent_cannot_be_deleted(cast):
    entry = make_entry(person=cast.staff.person, state=EntryState.RETURNED, decided_by=cast.superior)

    with pytest.raises(actions.WrongState):
        actions.delete_draft(entry_id=entry.pk, actor=cast.staff, now=NOW)

    assert LogEntry.objects.filter(pk=entry.pk).exists()


def test_duplicating_follows_the_last_entry_of_the_day(cast):
    entry = make_entry(person=cast.staff.person, starts="08:00", ends="09:10", evidence_link="https://contoh.go.id/a")

    twin = actions.duplicate_entry(entry_id=entry.pk, actor=cast.staff, now=NOW)

    assert (twin.starts_minute, twin.ends_minute, twin.activity) == (550, 620, entry.activity)
    assert twin.evidence_link == ""


def test_copying_a_day_takes_what_finds_its_time_free(cast):
    person = cast.staff.person
    make_entry(person=person, day=MONDAY, starts="08:00", ends="09:00")
    make_entry(
        person=person, day=MONDAY, starts="10:00", ends="11:00", state=EntryState.APPROVED, decided_by=cast.superior
    )
    make_entry(
        person=person, day=MONDAY, starts="13:00", ends="14:00", state=EntryState.REJECTED, decided_by=cast.superior
    )
    make_entry(person=person, day=TUESDAY, starts="08:30", ends="09:30")

    rows = actions.copy_day(person_id=person.pk, from_day=MONDAY, to_day=TUESDAY, actor=cast.staff, now=NOW)

    assert [(row.day, row.starts_minute, row.state) for row in rows] == [(TUESDAY, 600, "DRAFT")]


def test_copying_twice_writes_nothing_more(cast):
    make_entry(person=cast.staff.person, day=MONDAY)
    copy = {"person_id": cast.staff.person_id, "from_day": MONDAY, "to_day": TUESDAY, "actor": cast.staff, "now": NOW}
    actions.copy_day(**copy)

    with pytest.raises(actions.NothingToCopy):
        actions.copy_day(**copy)

    assert LogEntry.objects.filter(day=TUESDAY).count() == 1


def test_copying_an_empty_day_says_so(cast):
    with pytest.raises(actions.NothingToCopy):
        actions.copy_day(person_id=cast.staff.person_id, from_day=MONDAY, to_day=TUESDAY, actor=cast.staff, now=NOW)


def test_copying_into_a_day_to_come_is_refused_by_name(cast):
    make_entry(person=cast.staff.person, day=MONDAY)

    with pytest.raises(actions.EntryRefused) as refusal:
        actions.copy_day(person_id=cast.staff.person_id, from_day=MONDAY, to_day=FRIDAY, actor=cast.staff, now=NOW)

    assert refused_codes(refusal) == ["future_day"]
    assert not LogEntry.objects.filter(day=FRIDAY).exists()


def test_a_favourite_is_kept_once_and_dropped_once(cast):
    entry = make_entry(person=cast.staff.person)
    for _press in range(2):
        favourite = actions.keep_favourite(entry_id=entry.pk, actor=cast.staff, now=NOW)

    assert (Favourite.objects.count(), favourite.minutes, favourite.output_unit) == (1, 60, "berkas")
    assert actions.drop_favourite(favourite_id=favourite.pk, actor=cast.staff, now=NOW) is True
    assert actions.drop_favourite(favourite_id=favourite.pk, actor=cast.staff, now=NOW) is False


def test_a_policy_moves_the_deadline_from_its_day(cast):
    week_ago = MONDAY - timedelta(days=7)
    actions.set_log_policy(
        unit=cast.dinas_a, starts_on=week_ago, parameters={"submit_within_days": 7, "mend_within_days": 7},
        legal_basis="Perbup 12/2026", actor=cast.bkd, now=NOW,
    )  # fmt: skip

    assert write(cast, day=week_ago).day == week_ago


def test_a_policy_ends_the_one_before_and_refuses_a_second_of_the_same_day(cast):
    decree = {"unit": None, "parameters": {"daily_minutes": 330}, "actor": cast.bkd, "now": NOW}
    first = actions.set_log_policy(starts_on=MONDAY, legal_basis="A", **decree)
    actions.set_log_policy(starts_on=THURSDAY, legal_basis="B", **decree)

    first.refresh_from_db()
    assert first.ends_on == TODAY
    with pytest.raises(actions.PolicyRefused):
        actions.set_log_policy(starts_on=THURSDAY, legal_basis="C", **decree)
    with pytest.raises(actions.PolicyRefused, match="daily is not a parameter"):
        actions.set_log_policy(
            unit=None, starts_on=FRIDAY, parameters={"daily": 1}, legal_basis="D", actor=cast.bkd, now=at("10:00")
        )
