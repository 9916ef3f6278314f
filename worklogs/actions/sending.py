"""Sending the log to the superior."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import Person, User
from personnel.queries import superior_of
from worklogs.actions.refusals import EntryRefused, NoSuperior, NothingToSend
from worklogs.actions.trail import account_of, event, ids, lock_log_of, tell_once
from worklogs.models import EntryState, LogEntry, LogEvent, LogEventKind
from worklogs.queries.diary import Diary, diary_of, rule_entry
from worklogs.rules import entries as rules
from worklogs.rules.findings import blocking

ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class WeekSent:
    """How many entries of each day went out, and which days stayed with which sentence."""

    sent: dict[date, int] = field(default_factory=dict)
    refused: dict[date, str] = field(default_factory=dict)


@transaction.atomic
def submit_day(*, person_id: int, day: date, actor: User | None, now: datetime) -> list[LogEntry]:
    """Send every draft and returned entry of a day to the superior of that day.

    Sending a day twice is harmless: the second call finds everything sent and returns an empty list.

    Raises:
        NothingToSend: the day has no entry at all.
        EntryRefused: a rule blocks one of the entries; then none is sent.
        NoSuperior: nobody is recorded as superior on that day.
    """
    person = lock_log_of(person_id)
    near = LogEntry.objects.of(person_id).between(day - ONE_DAY, day + ONE_DAY).exclude(state=EntryState.REJECTED)
    rows = list(near.select_for_update(no_key=True, of=("self",)).order_by("starts_minute", "pk"))
    mine = [row for row in rows if row.day == day]
    going = [row for row in mine if row.may_be_sent]
    if not mine:
        raise NothingToSend(_("There is no entry on this day to send."), day=day.isoformat())
    if not going:
        return []
    diary = diary_of(person_id, day, day + timedelta(days=14), now)
    _refuse_blocked_day(going, rows, diary, day)
    validator_id = _validator_on(person_id, day)
    for row in going:
        _send(row, validator_id, diary, now)
    LogEntry.objects.bulk_update(going, SENT_FIELDS)
    LogEvent.objects.bulk_create([event(row, LogEventKind.SUBMIT, actor=actor, now=now) for row in going])
    after = {"day": day.isoformat(), "entries": ids(going), "validator": validator_id}
    record_audit(actor=actor, verb="worklogs.submit_day", obj=person, after=after, now=now)
    _tell_validator(person, validator_id, now)
    return going


SENT_FIELDS = [
    "state", "version", "submitted_at", "submitted_on", "validator", "escalated_to",
    "decided_at", "decided_by", "decision_reason", "mend_by_on", "unit",
]  # fmt: skip


def _send(row: LogEntry, validator_id: int, diary: Diary, now: datetime) -> None:
    row.state = EntryState.SUBMITTED
    row.version += 1
    row.submitted_at, row.submitted_on = now, diary.today
    row.validator_id, row.escalated_to_id = validator_id, None
    row.unit_id = diary.unit_on(row.day)
    row.decided_at = row.decided_by = row.mend_by_on = None
    row.decision_reason = ""


def _refuse_blocked_day(going: Sequence[LogEntry], rows: Sequence[LogEntry], diary: Diary, day: date) -> None:
    mend = max((row.mend_by_on for row in going if row.mend_by_on), default=None)
    facts = diary.facts(day, mend_by=mend, with_clock=False)
    found = rules.check_day(
        [rule_entry(row) for row in rows if row.day == day],
        facts,
        diary.policy,
        stage=rules.Stage.SENDING,
        neighbours=[rule_entry(row) for row in rows if row.day != day],
    )
    keys = {row.pk for row in going}
    concerned = [f for f in blocking(found) if f.entry_key in keys or f.entry_key is None]
    if concerned:
        raise EntryRefused(concerned)


def _validator_on(person_id: int, day: date) -> int:
    superior = superior_of(person_id, day)
    if superior is None:
        message = _("Nobody is recorded as your superior on that day; ask the personnel officer of your unit.")
        raise NoSuperior(message, day=day.isoformat())
    return superior.person_id


def _tell_validator(person: Person, validator_id: int, now: datetime) -> None:
    tell_once(
        account_of(validator_id),
        kind="worklogs.waiting",
        text=gettext_noop("%(name)s sent work log entries for your validation."),
        params={"name": person.full_name},
        url=reverse("worklogs:validation"),
        now=now,
    )


def submit_week(*, person_id: int, day: date, actor: User | None, now: datetime) -> WeekSent:
    """Send every day of the week of `day` that can go; a day that is refused does not hold back the others.

    Each day is its own transaction. Twice is once.

    Raises:
        NothingToSend: nothing in the week waits to be sent.
    """
    monday = day - timedelta(days=day.weekday())
    mine = LogEntry.objects.of(person_id).sendable().between(monday, monday + timedelta(days=6))
    days = sorted(set(mine.values_list("day", flat=True)))
    if not days:
        raise NothingToSend(_("Nothing in this week waits to be sent."), week=monday.isoformat())
    outcome = WeekSent()
    for each in days:
        try:
            outcome.sent[each] = len(submit_day(person_id=person_id, day=each, actor=actor, now=now))
        except DomainError as refusal:
            outcome.refused[each] = refusal.message
    return outcome
