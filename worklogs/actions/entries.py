"""Writing the log: what a person does with own entries before sending them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from personnel.actions import record_audit
from personnel.models import User
from worklogs.actions.refusals import EntryRefused, NothingToCopy, stale, wrong_state
from worklogs.actions.trail import event, lock_log_of, snapshot
from worklogs.models import EntryKind, EntryState, Favourite, LogEntry, LogEvent, LogEventKind
from worklogs.queries.diary import Diary, diary_of, rule_entry
from worklogs.rules import entries as rules
from worklogs.rules.findings import Finding, blocking
from worklogs.rules.states import State, may_be_deleted

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDetails:
    """What the writer says of one activity; times in minutes after local midnight."""

    starts_minute: int
    ends_minute: int
    activity: str
    quantity: Decimal | None = None
    output_unit: str = ""
    kind: str = EntryKind.MAIN
    can_be_done_from_home: bool = True
    evidence_link: str = ""

    def as_fields(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def details_of(row: LogEntry) -> EntryDetails:
    return EntryDetails(**{name: getattr(row, name) for name in EntryDetails.__dataclass_fields__})


@transaction.atomic
def write_entry(
    *, person_id: int, day: date, details: EntryDetails, actor: User | None, now: datetime, client_key: str = ""
) -> LogEntry:
    """Write one draft.

    A second call with the same `client_key` (a double click, a retry after a lost answer) returns the
    entry of the first and writes nothing.

    Raises:
        EntryRefused: overlap, the future, leave, a deadline passed, more than the day's maximum.
    """
    lock_log_of(person_id)
    if client_key:
        known = LogEntry.objects.of(person_id).filter(client_key=client_key).first()
        if known:
            return known
    diary = diary_of(person_id, day, day + timedelta(days=14), now)
    row = LogEntry(
        person_id=person_id,
        unit_id=diary.unit_on(day),
        day=day,
        written_at=now,
        client_key=client_key,
        **details.as_fields(),
    )
    _refuse_blocked(row, diary)
    row.save(force_insert=True)
    LogEvent.objects.bulk_create([event(row, LogEventKind.WRITE, actor=actor, now=now, after=snapshot(row))])
    record_audit(actor=actor, verb="worklogs.write_entry", obj=row, after={"day": day.isoformat()}, now=now)
    return row


def _others(row: LogEntry) -> list[LogEntry]:
    """Own standing entries of the day and its neighbours, without the entry itself."""
    near = LogEntry.objects.of(row.person_id).between(row.day - ONE_DAY, row.day + ONE_DAY)
    return list(near.exclude(state=EntryState.REJECTED).exclude(pk=row.pk))


def _refuse_blocked(row: LogEntry, diary: Diary) -> None:
    """Raise EntryRefused for what blocks this very entry; older troubles of the day are not its fault."""
    subject = replace(rule_entry(row), key="this")
    others = [rule_entry(other) for other in _others(row)]
    same_day = [o for o in others if o.day == row.day]
    beside = [o for o in others if o.day != row.day]
    facts = diary.facts(row.day, mend_by=row.mend_by_on, with_clock=False)
    found = rules.check_day([subject, *same_day], facts, diary.policy, stage=rules.Stage.WRITING, neighbours=beside)
    concerned = [f for f in blocking(found) if _concerns(f, "this")]
    if concerned:
        raise EntryRefused(concerned)


def _concerns(finding: Finding, key: object) -> bool:
    return finding.entry_key in (key, None) or finding.params.get("other_key") == key


@transaction.atomic
def change_entry(*, entry_id: int, version: int, details: EntryDetails, actor: User | None, now: datetime) -> LogEntry:
    """Change one's own entry that is a draft, returned, or sent and not yet decided.

    `version` is the one that was read. Changing to what already stands is harmless. A change after
    sending keeps the moment of sending and stands in the history that the superior sees.

    Raises:
        StaleEntry: the entry moved on since it was read.
        WrongState: it was approved or rejected.
        EntryRefused: the rules block it.
    """
    # The log before the entry, in the order in which sending locks them.
    lock_log_of(LogEntry.objects.values_list("person_id", flat=True).get(pk=entry_id))
    row = LogEntry.objects.select_for_update(no_key=True, of=("self",)).get(pk=entry_id)
    if details_of(row) == details:
        return row
    if not row.may_be_changed:
        raise wrong_state(row, needed=_("Draft or returned"))
    if row.version != version:
        raise stale(row)
    before = snapshot(row)
    for name, value in details.as_fields().items():
        setattr(row, name, value)
    diary = diary_of(row.person_id, row.day, row.day + timedelta(days=14), now)
    _refuse_blocked(row, diary)
    row.version += 1
    row.changed_at = now
    row.save(update_fields=[*details.as_fields(), "version", "changed_at"])
    LogEvent.objects.bulk_create(
        [event(row, LogEventKind.CHANGE, actor=actor, now=now, before=before, after=snapshot(row))]
    )
    record_audit(actor=actor, verb="worklogs.change_entry", obj=row, before=before, after=snapshot(row), now=now)
    return row


@transaction.atomic
def delete_draft(*, entry_id: int, actor: User | None, now: datetime) -> bool:
    """Remove a draft that was never sent; says whether there was one to remove, so twice is once.

    Raises:
        WrongState: a superior may have read it; it stays.
    """
    row = LogEntry.objects.select_for_update(of=("self",)).filter(pk=entry_id).first()
    if row is None:
        return False
    if not may_be_deleted(State(row.state), was_ever_submitted=row.submitted_at is not None):
        raise wrong_state(row, needed=_("Draft"))
    record_audit(actor=actor, verb="worklogs.delete_draft", obj=row, before=snapshot(row), now=now)
    row.delete()
    return True


@transaction.atomic
def duplicate_entry(*, entry_id: int, actor: User | None, now: datetime) -> LogEntry:
    """Write the same activity once more on the same day, after the last entry.

    Raises EntryRefused when the day has no room left.
    """
    row = LogEntry.objects.get(pk=entry_id)
    lock_log_of(row.person_id)
    diary = diary_of(row.person_id, row.day, row.day + timedelta(days=14), now)
    mine = LogEntry.objects.of(row.person_id).filter(day=row.day).exclude(state=EntryState.REJECTED)
    standing = [rule_entry(r) for r in mine]
    starts, _ends = rules.free_span(standing, diary.schedule(row.day) or (450, 960), length=row.length)
    details = replace(details_of(row), starts_minute=starts, ends_minute=starts + row.length, evidence_link="")
    return write_entry(person_id=row.person_id, day=row.day, details=details, actor=actor, now=now)


@transaction.atomic
def copy_day(*, person_id: int, from_day: date, to_day: date, actor: User | None, now: datetime) -> list[LogEntry]:
    """Copy the entries of one day as drafts into another, those that find their time free.

    Evidence is not copied: it belongs to the day it was made on. A second call finds the times taken.

    Raises:
        NothingToCopy: the day is empty, or every time is already taken.
        EntryRefused: the day may not be written at all (leave, the future, a deadline passed).
    """
    lock_log_of(person_id)
    source = LogEntry.objects.of(person_id).filter(day=from_day).exclude(state=EntryState.REJECTED)
    taken = list(LogEntry.objects.of(person_id).between(to_day - ONE_DAY, to_day + ONE_DAY))
    diary = diary_of(person_id, to_day, to_day + timedelta(days=14), now)
    rows: list[LogEntry] = []
    refused: list[Finding] = []
    for old in source.order_by("starts_minute", "pk"):
        details = replace(details_of(old), evidence_link="")
        row = LogEntry(
            person_id=person_id, unit_id=diary.unit_on(to_day), day=to_day, written_at=now, **details.as_fields()
        )
        found = _blocks_of(row, [*taken, *rows], diary)
        if found:
            refused += found
        else:
            rows.append(row)
    _refuse_empty_copy(rows, refused, from_day)
    LogEntry.objects.bulk_create(rows)
    LogEvent.objects.bulk_create(
        [event(row, LogEventKind.WRITE, actor=actor, now=now, after=snapshot(row)) for row in rows]
    )
    copied = {"from": from_day.isoformat(), "to": to_day.isoformat(), "entries": len(rows)}
    record_audit(actor=actor, verb="worklogs.copy_day", obj=rows[0], after=copied, now=now)
    return rows


def _blocks_of(row: LogEntry, others: Sequence[LogEntry], diary: Diary) -> list[Finding]:
    subject = replace(rule_entry(row), key="this")
    standing = [replace(rule_entry(o), key=str(o.pk)) for o in others if o.state != EntryState.REJECTED]
    found = rules.check_day(
        [subject, *(s for s in standing if s.day == row.day)],
        diary.facts(row.day, with_clock=False),
        diary.policy,
        stage=rules.Stage.WRITING,
        neighbours=[s for s in standing if s.day != row.day],
    )
    return [f for f in blocking(found) if _concerns(f, "this")]


def _refuse_empty_copy(rows: Sequence[LogEntry], refused: Sequence[Finding], from_day: date) -> None:
    if rows:
        return
    whole_day = [f for f in refused if f.code not in ("overlap", "day_too_long")]
    if whole_day:
        raise EntryRefused(whole_day[:1])
    if refused:
        raise NothingToCopy(_("Every time of that day is already taken here."), from_day=from_day.isoformat())
    raise NothingToCopy(_("There is nothing to copy on that day."), from_day=from_day.isoformat())


@transaction.atomic
def keep_favourite(*, entry_id: int, actor: User | None, now: datetime) -> Favourite:
    """Remember the activity of an entry for quick use; keeping it twice refreshes its length and output."""
    row = LogEntry.objects.get(pk=entry_id)
    favourite, _created = Favourite.objects.update_or_create(
        person_id=row.person_id,
        activity=row.activity,
        defaults={
            "minutes": row.length,
            "quantity": row.quantity,
            "output_unit": row.output_unit,
            "kind": row.kind,
            "can_be_done_from_home": row.can_be_done_from_home,
        },
        create_defaults={
            "minutes": row.length,
            "quantity": row.quantity,
            "output_unit": row.output_unit,
            "kind": row.kind,
            "can_be_done_from_home": row.can_be_done_from_home,
            "created_at": now,
        },
    )
    record_audit(actor=actor, verb="worklogs.keep_favourite", obj=favourite, now=now)
    return favourite


@transaction.atomic
def drop_favourite(*, favourite_id: int, actor: User | None, now: datetime) -> bool:
    """Forget a favourite; twice is once."""
    row = Favourite.objects.filter(pk=favourite_id).first()
    if row is None:
        return False
    record_audit(actor=actor, verb="worklogs.drop_favourite", obj=row, now=now)
    row.delete()
    return True
