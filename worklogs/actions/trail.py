"""What every deed on the log shares: locks, snapshots, history rows and notices."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from personnel import actions as personnel
from personnel.models import Notice, Person, User
from worklogs.models import LogEntry, LogEvent

SNAPSHOT = ("starts_minute", "ends_minute", "activity", "output_unit", "kind", "can_be_done_from_home", "evidence_link")


def lock_log_of(person_id: int) -> Person:
    """Writers of one log wait for each other, so that two entries written at once still see each other's times.

    The lock leaves foreign keys to the person alone: the clock is not held up.
    """
    return Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person_id)


def snapshot(entry: LogEntry) -> dict[str, object]:
    """What the writer can change, as plain JSON values."""
    found: dict[str, object] = {name: getattr(entry, name) for name in SNAPSHOT}
    return {**found, "quantity": None if entry.quantity is None else str(entry.quantity.normalize())}


def event(
    entry: LogEntry,
    kind: str,
    *,
    actor: User | None,
    now: datetime,
    reason: str = "",
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> LogEvent:
    """A history row, not yet written."""
    return LogEvent(
        entry=entry,
        kind=kind,
        happened_at=now,
        actor=actor,
        reason=reason,
        before=before,
        after=after,
        version=entry.version,
    )


def page_of(day: date) -> str:
    return f"{reverse('worklogs:day_list')}?tanggal={day.isoformat()}"


def account_of(person_id: int) -> User | None:
    return User.objects.filter(person_id=person_id, is_active=True).first()


def tell(account: User | None, *, kind: str, text: str, params: dict[str, object], url: str, now: datetime) -> None:
    """One notice; dates among the params are written in the reader's language."""
    if account is None:
        return
    with override(account.language):
        plain = {k: date_format(v, "l, j F") if isinstance(v, date) else v for k, v in params.items()}
    personnel.notify(user_ids=[account.pk], kind=kind, text=text, params=plain, url=url, now=now)


def tell_once(
    account: User | None, *, kind: str, text: str, params: dict[str, object], url: str, now: datetime
) -> None:
    """The same, unless an unread notice of the kind already waits: thirty people sending is one bell, not thirty."""
    if account is not None and not Notice.objects.unread().filter(recipient=account, kind=kind).exists():
        tell(account, kind=kind, text=text, params=params, url=url, now=now)


def ids(entries: Iterable[LogEntry]) -> list[int]:
    return [entry.pk for entry in entries]
