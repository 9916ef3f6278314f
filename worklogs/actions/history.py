"""Bringing in logs that were written elsewhere or long ago."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from common.bulk import insert_rows
from common.db import in_chunks
from personnel.actions import record_audit
from personnel.models import Appointment, Employment, ReportingLine, User
from personnel.queries import superiors_of, unit_ids_of
from worklogs.models import EntryKind, EntryState, LogEntry, LogEvent, LogEventKind
from worklogs.rules import entries as rules
from worklogs.rules.findings import Finding, blocking
from worklogs.rules.policy import LogPolicy
from worklogs.rules.states import DECIDED

DECISION_EVENT = {
    EntryState.APPROVED: LogEventKind.APPROVE,
    EntryState.RETURNED: LogEventKind.RETURN,
    EntryState.REJECTED: LogEventKind.REJECT,
}

# Person-days in one transaction: about 1,000 entries.
DAYS_AT_ONCE = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One entry of the past. `decided_by_id` is an account; `validator_id` a person, None: the superior of the day."""

    person_id: int
    day: date
    starts_minute: int
    ends_minute: int
    activity: str
    state: str
    written_at: datetime
    quantity: Decimal | None = None
    output_unit: str = ""
    kind: str = EntryKind.MAIN
    can_be_done_from_home: bool = True
    evidence_link: str = ""
    submitted_at: datetime | None = None
    submitted_on: date | None = None
    decided_at: datetime | None = None
    decided_by_id: int | None = None
    reason: str = ""
    mend_by_on: date | None = None
    validator_id: int | None = None
    unit_id: int | None = None


@dataclass(slots=True)
class Loaded:
    """How many entries stand, and what the rules refused: (person, day, codes)."""

    written: int = 0
    refused: list[tuple[int, date, tuple[str, ...]]] = field(default_factory=list)


def load_history(
    rows: Iterable[HistoryRow],
    *,
    actor: User | None,
    now: datetime,
    policy: LogPolicy | None = None,
    with_events: bool = False,
) -> Loaded:
    """Write entries of the past, days complete, through the same rules as the page.

    A person-day with a blocking finding (overlap, no time, no words, over the day's maximum, a day to
    come) is left out as a whole and reported. Leave and deadlines are not judged: whoever loads a
    history vouches for them. Rows of one person-day must follow each other. Person-days that already
    have entries are skipped, so loading twice is once.

    Writes the entries in chunks of about 1,000 (one transaction each) and one audit event at the end; with
    `with_events` also the history rows WRITE, SUBMIT and the decision of each entry, up to four rows
    an entry, else none. No notices.
    """
    outcome = Loaded()
    limits = policy or LogPolicy()
    ground = _Ground()
    for chunk in in_chunks(_whole_days(rows), DAYS_AT_ONCE):
        outcome.written += _load_days(chunk, ground, limits, now, outcome, with_events=with_events)
    after = {"written": outcome.written, "refused": len(outcome.refused)}
    record_audit(actor=actor, verb="worklogs.load_history", obj=None, after=after, now=now)
    return outcome


def _whole_days(rows: Iterable[HistoryRow]) -> Iterable[list[HistoryRow]]:
    day: list[HistoryRow] = []
    for row in rows:
        if day and (row.person_id, row.day) != (day[0].person_id, day[0].day):
            yield day
            day = []
        day.append(row)
    if day:
        yield day


class _Ground:
    """Superior and unit of people on days, asked once for each stretch of days in which nothing changes."""

    def __init__(self) -> None:
        changes: set[date] = set()
        for model in (ReportingLine, Appointment, Employment):
            changes.update(model.objects.values_list("starts_on", flat=True).distinct())
            ended = model.objects.filter(ends_on__isnull=False).values_list("ends_on", flat=True).distinct()
            changes.update(last + timedelta(days=1) for last in ended if last)
        self._changes = sorted(changes)

    def of(self, days: Sequence[list[HistoryRow]]) -> tuple[dict, dict]:
        """Superiors and units by (person, day); six statements for each stretch among these days."""
        stretches: dict[int, list[tuple[int, date]]] = {}
        for day in days:
            stretch = bisect_right(self._changes, day[0].day)
            stretches.setdefault(stretch, []).append((day[0].person_id, day[0].day))
        superiors: dict[tuple[int, date], int] = {}
        units: dict[tuple[int, date], int] = {}
        for keys in stretches.values():
            people, on = {person_id for person_id, _day in keys}, keys[0][1]
            above, where = superiors_of(people, on), unit_ids_of(people, on)
            superiors |= {key: above[key[0]].person_id for key in keys if key[0] in above}
            units |= {key: where[key[0]] for key in keys if key[0] in where}
        return superiors, units


def _load_days(
    days: Sequence[list[HistoryRow]],
    ground: _Ground,
    policy: LogPolicy,
    now: datetime,
    outcome: Loaded,
    *,
    with_events: bool,
) -> int:
    known = _known(days)
    superiors, units = ground.of(days)
    built: list[LogEntry] = []
    for day in days:
        key = (day[0].person_id, day[0].day)
        blocked = blocking(_judge(day, policy, now))
        if blocked:
            outcome.refused.append((*key, tuple(sorted({finding.code for finding in blocked}))))
        elif key not in known:
            known.add(key)
            built += [_build(row, superiors.get(key), units.get(key)) for row in day]
    with transaction.atomic():
        if not with_events:
            insert_rows(built)
        else:
            LogEntry.objects.bulk_create(built, batch_size=1_000)
            LogEvent.objects.bulk_create([e for row in built for e in _events(row)], batch_size=1_000)
    return len(built)


def _known(days: Sequence[list[HistoryRow]]) -> set[tuple[int, date]]:
    dates = {day[0].day for day in days}
    people = {day[0].person_id for day in days}
    rows = LogEntry.objects.filter(person_id__in=people).between(min(dates), max(dates))
    return set(rows.values_list("person_id", "day").distinct())


def _judge(day: Sequence[HistoryRow], policy: LogPolicy, now: datetime) -> list[Finding]:
    entries = [
        rules.Entry(
            key=place,
            day=row.day,
            starts=row.starts_minute,
            ends=row.ends_minute,
            text=row.activity,
            quantity=None if row.quantity is None else Fraction(row.quantity),
        )
        for place, row in enumerate(day)
        if row.state != EntryState.REJECTED
    ]
    local = now.date()
    facts = rules.DayFacts(today=local, now_clock=rules.DAY - 1, shift_work=True)
    return rules.check_day(entries, facts, policy, stage=rules.Stage.SENDING)


def _build(row: HistoryRow, superior_id: int | None, unit_id: int | None) -> LogEntry:
    sent = row.state != EntryState.DRAFT
    decided = row.state in DECIDED
    return LogEntry(
        person_id=row.person_id,
        unit_id=row.unit_id or unit_id,
        day=row.day,
        starts_minute=row.starts_minute,
        ends_minute=row.ends_minute,
        activity=row.activity,
        quantity=row.quantity,
        output_unit=row.output_unit,
        kind=row.kind,
        can_be_done_from_home=row.can_be_done_from_home,
        evidence_link=row.evidence_link,
        state=row.state,
        version=1 + sent + decided,
        written_at=row.written_at,
        submitted_at=(row.submitted_at or row.written_at) if sent else None,
        submitted_on=(row.submitted_on or row.day) if sent else None,
        validator_id=(row.validator_id or superior_id) if sent else None,
        decided_at=(row.decided_at or row.submitted_at or row.written_at) if decided else None,
        decided_by_id=row.decided_by_id if decided else None,
        decision_reason=row.reason if decided else "",
        mend_by_on=row.mend_by_on if row.state == EntryState.RETURNED else None,
    )


def _events(row: LogEntry) -> list[LogEvent]:
    found = [LogEvent(entry=row, kind=LogEventKind.WRITE, happened_at=row.written_at, version=1)]
    if row.submitted_at is not None:
        found.append(LogEvent(entry=row, kind=LogEventKind.SUBMIT, happened_at=row.submitted_at, version=2))
    if row.decided_at is not None:
        found.append(
            LogEvent(
                entry=row,
                kind=DECISION_EVENT[EntryState(row.state)],
                happened_at=row.decided_at,
                actor_id=row.decided_by_id,
                reason=row.decision_reason,
                version=3,
            )
        )
    return found
