"""Documents that say where people work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attendance.actions.marks import mark_days
from attendance.models import Arrangement, ArrangementSource, Place
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import User


@dataclass(frozen=True, slots=True)
class ExpectedPlace:
    """One person is expected at one place on one day."""

    person_id: int
    day: date
    place: str


class ArrangementRefused(DomainError):
    code = "arrangement_refused"


@transaction.atomic
def replace_arrangements(
    *,
    source: str,
    version: int,
    label: str,
    expected: Iterable[ExpectedPlace],
    actor: User | None,
    now: datetime,
    rank: int = 50,
) -> int:
    """Make `expected` the whole of what `source` says, and return how many rows now stand.

    Safe to repeat: the version already held changes nothing, an older one is ignored, and an empty
    `expected` withdraws the document while its version stays remembered. Two publications of one
    source wait for each other on the source's row.

    Raises:
        ArrangementRefused: a person-day is named twice, or a place is not one that a document can set.
    """
    rows = _checked(source, version, expected)
    held = _locked_source(source, label, rank, now)
    if version <= held.version:
        return held.arrangements.count()
    before = {(row.person_id, row.day): row.place for row in held.arrangements.all()}
    after = {(row.person_id, row.day): row.place for row in rows}
    held.arrangements.all().delete()
    Arrangement.objects.bulk_create(
        (Arrangement(source=held, person_id=r.person_id, day=r.day, place=r.place) for r in rows), batch_size=1_000
    )
    change = {"version": held.version, "label": held.label, "rows": len(before)}
    held.version, held.label, held.rank, held.published_at = version, label, rank, now
    held.save(update_fields=["version", "label", "rank", "published_at"])
    touched = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    mark_days(days=(key for key in touched if key[1] <= now.date()), reason="arrangement", now=now)
    record_audit(
        actor=actor,
        verb="arrangements.replace",
        obj=held,
        before=change,
        after={"version": version, "label": label, "rows": len(rows), "changed": len(touched)},
        now=now,
    )
    return len(rows)


def _checked(source: str, version: int, expected: Iterable[ExpectedPlace]) -> list[ExpectedPlace]:
    rows = list(expected)
    if version < 1:
        raise ArrangementRefused(_("The version must be 1 or more."), source=source, version=version)
    seen: set[tuple[int, date]] = set()
    for row in rows:
        if row.place not in Place.values or row.place == Place.LEAVE:
            raise ArrangementRefused(
                _("%(place)s is not a place that a document can set.") % {"place": row.place}, place=row.place
            )
        if (row.person_id, row.day) in seen:
            raise ArrangementRefused(
                _("One person is named twice for %(day)s.") % {"day": row.day}, person_id=row.person_id
            )
        seen.add((row.person_id, row.day))
    return rows


def _locked_source(source: str, label: str, rank: int, now: datetime) -> ArrangementSource:
    """The source's row, made at the first publication, locked until the transaction ends."""
    ArrangementSource.objects.bulk_create(
        [ArrangementSource(key=source, version=0, label=label, rank=rank, published_at=now)], ignore_conflicts=True
    )
    return ArrangementSource.objects.select_for_update().get(key=source)
