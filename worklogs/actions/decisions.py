"""What a superior does with entries that were sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import User
from worklogs.actions.refusals import ReasonMissing, TooLateToUndo, WrongState, short, stale, wrong_state
from worklogs.actions.trail import account_of, event, ids, page_of, tell
from worklogs.models import EntryState, LogEntry, LogEvent, LogEventKind
from worklogs.queries.diary import Diary, diary_of
from worklogs.rules.policy import LogPolicy
from worklogs.rules.states import DECISIONS, Deed, State, may_be_undone, reason_is_missing, state_after

NOTICES = {
    Deed.APPROVE: gettext_noop("%(count)s entries of %(day)s were approved."),
    Deed.RETURN: gettext_noop("%(count)s entries of %(day)s were returned: %(reason)s"),
    Deed.REJECT: gettext_noop("%(count)s entries of %(day)s were rejected: %(reason)s"),
    Deed.REOPEN: gettext_noop("%(count)s entries of %(day)s were reopened: %(reason)s"),
    Deed.UNDO: gettext_noop("The decision on %(count)s entries of %(day)s was taken back; they wait again."),
}
KIND_OF = {deed: LogEventKind(deed.value) for deed in NOTICES}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one entry of many was left as it is."""

    entry_id: int
    code: str
    message: str


@dataclass(slots=True)
class Decided:
    """What a decision on many entries came to."""

    done: list[LogEntry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def approve(*, entry_id: int, version: int, actor: User, now: datetime) -> LogEntry:
    """Approve one entry as it was read. Approving it twice by the same account is once.

    Raises:
        StaleEntry: the writer changed it after it was read.
        WrongState: somebody else decided first, and the sentence says who.
    """
    return _decide_one(entry_id, version, Deed.APPROVE, "", actor, now)


def return_entry(*, entry_id: int, version: int, reason: str, actor: User, now: datetime) -> LogEntry:
    """Give one entry back to be mended. Raises ReasonMissing, StaleEntry, WrongState."""
    return _decide_one(entry_id, version, Deed.RETURN, reason, actor, now)


def reject(*, entry_id: int, version: int, reason: str, actor: User, now: datetime) -> LogEntry:
    """Refuse one entry; its minutes do not count. Raises ReasonMissing, StaleEntry, WrongState."""
    return _decide_one(entry_id, version, Deed.REJECT, reason, actor, now)


def _decide_one(entry_id: int, version: int, deed: Deed, reason: str, actor: User, now: datetime) -> LogEntry:
    outcome = decide_many(items=[(entry_id, version)], deed=deed, reason=reason, actor=actor, now=now, strict=True)
    return outcome.done[0]


@transaction.atomic
def decide_many(
    *,
    items: Sequence[tuple[int, int]],
    deed: Deed,
    reason: str = "",
    actor: User,
    now: datetime,
    strict: bool = False,
) -> Decided:
    """Approve, return or reject entries, each named with the version that was read.

    The rows are locked in one order, so that two superiors at the same inbox never wait in a circle;
    the first decides, the other is told. Entries that moved on are left alone and reported, the rest
    is decided; with `strict` the first refusal is raised and nothing is decided. The same decision by
    the same account again counts as done.

    Raises:
        ReasonMissing: returning and rejecting need words.
    """
    deed = Deed(deed)
    if deed not in DECISIONS:
        raise ValueError(f"{deed} is not a decision.")
    reason = " ".join(reason.split())[:500]
    if reason_is_missing(deed, reason):
        raise ReasonMissing(_("Returning and rejecting need a reason: the writer must know what to mend."))
    versions = dict(items)
    rows = LogEntry.objects.filter(pk__in=versions).select_related("decided_by")
    outcome, fresh = Decided(), []
    for row in rows.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        try:
            if _takes(row, versions[row.pk], deed, actor):
                fresh.append(row)
        except DomainError as refusal:
            if strict:
                raise
            outcome.refused.append(Refusal(row.pk, refusal.code, refusal.message))
            continue
        outcome.done.append(row)
    _write_decision(fresh, deed, reason, actor, now)
    return outcome


def _takes(row: LogEntry, version: int, deed: Deed, actor: User) -> bool:
    """True when the decision is to be written, False when this very decision stands already."""
    to_state = state_after(State(row.state), deed)
    if to_state is None:
        if row.state == state_after(State.SUBMITTED, deed) and row.decided_by_id == actor.pk:
            return False
        raise _already(row)
    if row.version != version:
        raise stale(row)
    return True


def _already(row: LogEntry) -> WrongState:
    if row.decided_by_id is None:
        return wrong_state(row, needed=_("Sent"))
    message = _("“%(activity)s” is already %(state)s by %(name)s.")
    values = {"activity": short(row), "state": row.get_state_display().lower(), "name": row.decided_by}
    return WrongState(message % values, entry_id=row.pk, state=row.state)


WRITTEN = ["state", "version", "decided_at", "decided_by", "decision_reason", "mend_by_on"]


def _write_decision(rows: Sequence[LogEntry], deed: Deed, reason: str, actor: User | None, now: datetime) -> None:
    if not rows:
        return
    calendars: dict[int, Diary] = {}
    for row in rows:
        to_state = state_after(State(row.state), deed)
        if to_state is None:
            raise wrong_state(row, needed=_("Sent"))
        row.state = EntryState(to_state.value)
        row.version += 1
        row.decided_at, row.decided_by, row.decision_reason = now, actor, reason
        row.mend_by_on = _mend_by(row, calendars, now) if to_state is State.RETURNED else None
    LogEntry.objects.bulk_update(rows, WRITTEN)
    LogEvent.objects.bulk_create([event(row, KIND_OF[deed], actor=actor, now=now, reason=reason) for row in rows])
    _trace(rows, deed, reason, actor, now)


def _mend_by(row: LogEntry, calendars: dict[int, Diary], now: datetime) -> date:
    if row.person_id not in calendars:
        calendars[row.person_id] = diary_of(row.person_id, row.day, now.date() + timedelta(days=21), now)
    diary = calendars[row.person_id]
    return diary.mend_by(row.day, diary.today)


def _trace(rows: Sequence[LogEntry], deed: Deed, reason: str, actor: User | None, now: datetime) -> None:
    """One audit event for the deed, and one notice for each person-day it touched."""
    after = {"entries": ids(rows), "reason": reason}
    record_audit(actor=actor, verb=f"worklogs.{deed.value.lower()}", obj=rows[0], after=after, now=now)
    for (person_id, day), mine in _by_person_day(rows).items():
        tell(
            account_of(person_id),
            kind=f"worklogs.{deed.value.lower()}",
            text=NOTICES[deed],
            params={"count": len(mine), "day": day, "reason": reason},
            url=page_of(day),
            now=now,
        )


def _by_person_day(rows: Iterable[LogEntry]) -> dict[tuple[int, date], list[LogEntry]]:
    found: dict[tuple[int, date], list[LogEntry]] = {}
    for row in rows:
        found.setdefault((row.person_id, row.day), []).append(row)
    return found


@transaction.atomic
def reopen(*, entry_id: int, version: int, reason: str, actor: User, now: datetime) -> LogEntry:
    """Open an approved or rejected entry again for its writer, with the reason; the only way to change it.

    Raises:
        ReasonMissing: no words.
        StaleEntry: it moved on since it was read.
        WrongState: it is not closed.
    """
    row = LogEntry.objects.select_for_update(no_key=True, of=("self",)).get(pk=entry_id)
    reason = " ".join(reason.split())[:500]
    if reason_is_missing(Deed.REOPEN, reason):
        raise ReasonMissing(_("Reopening needs a reason; it stays in the history."))
    if state_after(State(row.state), Deed.REOPEN) is None:
        raise wrong_state(row, needed=_("Approved or rejected"))
    if row.version != version:
        raise stale(row)
    _write_decision([row], Deed.REOPEN, reason, actor, now)
    return row


@transaction.atomic
def undo_decision(*, entry_ids: Sequence[int], actor: User, now: datetime) -> list[LogEntry]:
    """Take one's own decision of the last minute back; the entries wait again. All of them or none.

    Entries that already wait again are left alone, so a second press is harmless.

    Raises:
        TooLateToUndo: the minute is over, somebody else decided, or the writer has moved on.
    """
    rows = list(LogEntry.objects.filter(pk__in=entry_ids).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    last = {e.entry_id: e for e in LogEvent.objects.filter(entry_id__in=[r.pk for r in rows]).order_by("pk")}
    undone = [r.pk for r in rows if last.get(r.pk) and last[r.pk].kind == LogEventKind.UNDO]
    rows = [row for row in rows if row.pk not in undone]
    for row in rows:
        if not _may_undo(row, last.get(row.pk), actor, now):
            message = _("The decision on “%(activity)s” can no longer be taken back; reopen it with a reason.")
            raise TooLateToUndo(message % {"activity": short(row)}, entry_id=row.pk)
    if rows:
        _write_undo(rows, actor, now)
    return rows


def _may_undo(row: LogEntry, last: LogEvent | None, actor: User, now: datetime) -> bool:
    was_decision = last is not None and last.kind in {deed.value for deed in DECISIONS}
    return may_be_undone(
        State(row.state),
        decided_at=row.decided_at,
        decided_by_same=row.decided_by_id == actor.pk,
        touched_since=not was_decision,
        now=now,
        undo_seconds=LogPolicy().undo_seconds,
    )


def _write_undo(rows: Sequence[LogEntry], actor: User, now: datetime) -> None:
    for row in rows:
        row.state = EntryState.SUBMITTED
        row.version += 1
        row.decided_at = row.decided_by = row.mend_by_on = None
        row.decision_reason = ""
    LogEntry.objects.bulk_update(rows, WRITTEN)
    LogEvent.objects.bulk_create([event(row, LogEventKind.UNDO, actor=actor, now=now) for row in rows])
    _trace(rows, Deed.UNDO, "", actor, now)


def told(outcome: Decided, deed: Deed) -> str:
    """The outcome in one sentence for the one who decided."""
    sentences = {
        Deed.APPROVE: ngettext("%(count)s entry approved.", "%(count)s entries approved.", len(outcome.done)),
        Deed.RETURN: ngettext("%(count)s entry returned.", "%(count)s entries returned.", len(outcome.done)),
        Deed.REJECT: ngettext("%(count)s entry rejected.", "%(count)s entries rejected.", len(outcome.done)),
    }
    return sentences[deed] % {"count": len(outcome.done)}


__all__ = [
    "Decided",
    "Refusal",
    "approve",
    "decide_many",
    "reject",
    "reopen",
    "return_entry",
    "told",
    "undo_decision",
]
