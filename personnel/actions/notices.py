"""Telling people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from personnel.models import Notice, User


def notify(
    *, user_ids: Iterable[int], kind: str, text: str, params: dict[str, Any] | None = None, url: str = "", now: datetime
) -> int:
    """One notice to each account; returns how many.

    `text` is an English msgid with named placeholders (mark it with gettext_noop), `params` their plain values.
    """
    rows = [
        Notice(recipient_id=user_id, kind=kind, text=text, params=params or {}, url=url, created_at=now)
        for user_id in sorted(set(user_ids))
    ]
    return len(Notice.objects.bulk_create(rows, batch_size=1_000))


def mark_read(*, notice: Notice, now: datetime) -> None:
    """Reading twice keeps the first moment."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=now)


def mark_all_read(*, user: User, now: datetime) -> int:
    return Notice.objects.filter(recipient=user, read_at__isnull=True).update(read_at=now)
