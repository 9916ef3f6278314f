"""Remembering which stored days no longer match their facts."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from attendance.models import DayMark
from common.bulk import insert_values
from common.db import in_chunks

PersonDay = tuple[int, date]


def mark_days(*, days: Iterable[PersonDay], reason: str, now: datetime) -> int:
    """Mark (person, day) pairs for recomputation; what is marked already stays marked once. Returns how many.

    Always in the same order, so that two deeds that mark the same days cannot wait for each other.
    """
    named = 0
    for chunk in in_chunks(sorted(set(days))):
        insert_values(
            DayMark,
            ("person_id", "day"),
            chunk,
            same={"reason": reason[:40], "marked_at": now},
            conflict=("person_id", "day"),
            updating=("reason", "marked_at"),
        )
        named += len(chunk)
    return named


def mark_summaries(*, summaries: QuerySet, reason: str, now: datetime) -> int:
    """Mark the person-days of stored summaries; a day that was never computed needs no mark."""
    pairs = summaries.order_by().values_list("person_id", "day").iterator(chunk_size=2_000)
    return mark_days(days=list(pairs), reason=reason, now=now)


def take_marks(*, days: Collection[PersonDay]) -> int:
    """Take away the marks of these days; called by a recomputation in its own transaction, before it reads any fact.

    A deed that marks one of them meanwhile waits for that transaction and leaves a new mark; one that committed before
    is seen. Nothing hangs on clocks. If the recomputation fails, the marks stand again.
    """
    if not days:
        return 0
    people, listed = {person for person, _day in days}, sorted({day for _person, day in days})
    held = DayMark.objects.filter(person_id__in=people, day__range=(listed[0], listed[-1]))
    wanted = set(days)
    keys = [
        pk
        for pk, person, day in held.order_by("person_id", "day")
        .select_for_update()
        .values_list("pk", "person_id", "day")
        if (person, day) in wanted
    ]
    DayMark.objects.filter(pk__in=keys).delete()
    return len(keys)
