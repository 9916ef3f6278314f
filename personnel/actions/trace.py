"""Writing down what was done and what was looked at."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models, transaction

from personnel.models import AuditEvent, ReadEvent, SealHead, Unit, User
from personnel.rules import seal

# An event is sealed once its transaction has surely ended, so that none is passed over.
SEAL_DELAY = timedelta(seconds=30)
SEALED_AT_ONCE = 1_000


def record_audit(
    *,
    actor: User | None,
    verb: str,
    obj: models.Model | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    unit: Unit | None = None,
    now: datetime,
) -> AuditEvent:
    """Append one deed. Call it inside the deed's own transaction, so that neither stands without the other.

    `before` and `after` hold plain JSON values. The address comes with the account of the request.
    """
    return AuditEvent.objects.create(
        happened_at=now,
        actor=actor,
        capacity=_capacity(actor),
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        unit=unit,
        before=before,
        after=after,
        address=getattr(actor, "request_address", None),
    )


def _capacity(actor: User | None) -> str:
    """The roles read so far in this request; never costs a query of its own."""
    if actor is None:
        return "SYSTEM"
    known = actor.__dict__.get("_grants_by_day", {})
    roles = sorted({grant.role for grants in known.values() for grant in grants})
    return ",".join(roles)[:40]


def sealed_form(event: AuditEvent, number: int) -> seal.SealedEvent:
    """The event as the chain vouches for it."""
    return seal.SealedEvent(
        number=number,
        key=event.pk,
        happened_at=event.happened_at.astimezone(UTC).isoformat(),
        actor=event.actor_id,
        capacity=event.capacity,
        verb=event.verb,
        object_type=event.object_type,
        object_id=event.object_id,
        before=event.before,
        after=event.after,
        address=event.address,
    )


@transaction.atomic
def seal_events(*, now: datetime) -> int:
    """Append up to 1,000 unsealed events to the chain; returns how many. Two at once wait for each other.

    Sealing stands apart from writing, so that no deed ever waits for another one's audit row.
    """
    head, _created = SealHead.objects.get_or_create(pk=1)
    head = SealHead.objects.select_for_update().get(pk=1)
    waiting = AuditEvent.objects.filter(seal_number__isnull=True, happened_at__lt=now - SEAL_DELAY).order_by("pk")
    events = list(waiting[:SEALED_AT_ONCE])
    for event in events:
        head.sealed_count += 1
        head.seal = seal.link(head.seal or seal.GENESIS, sealed_form(event, head.sealed_count))
        event.seal_number, event.seal = head.sealed_count, head.seal
    AuditEvent.objects.bulk_update(events, ["seal_number", "seal"], batch_size=500)
    head.save(update_fields=["sealed_count", "seal"])
    return len(events)


def broken_seals() -> Iterator[seal.Break]:
    """Every place at which the sealed chain does not hold; empty means that nothing was touched."""
    head = SealHead.objects.filter(pk=1).first()
    rows = AuditEvent.objects.filter(seal_number__isnull=False).order_by("seal_number").iterator(chunk_size=2_000)
    chain = ((sealed_form(event, event.seal_number or 0), event.seal) for event in rows)
    return seal.breaks(chain, sealed_count=head.sealed_count if head else 0, last_seal=head.seal if head else "")


def record_read(*, reader: User, person_ids: Iterable[int], what: str, purpose: str, now: datetime) -> None:
    """Append that `reader` looked at protected data of `person_ids`; one's own data leaves no trace."""
    ReadEvent.objects.bulk_create(
        [
            ReadEvent(happened_at=now, reader=reader, person_id=person_id, what=what, purpose=purpose)
            for person_id in person_ids
            if person_id != reader.person_id
        ],
        batch_size=1_000,
    )


__all__ = ["broken_seals", "record_audit", "record_read", "seal_events", "sealed_form"]
