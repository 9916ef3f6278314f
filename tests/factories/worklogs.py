"""The smallest valid log; states come with what they need, nothing random."""

from datetime import date
from decimal import Decimal

from personnel.models import Person, User
from personnel.queries import superior_of, unit_of
from tests.clock import NOW, TUESDAY, at
from worklogs.actions import EntryDetails
from worklogs.models import EntryState, LogEntry


def minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def details(
    starts: str = "08:00", ends: str = "09:00", *, activity: str = "Verifikasi berkas izin", **rest
) -> EntryDetails:
    return EntryDetails(starts_minute=minute(starts), ends_minute=minute(ends), activity=activity, **rest)


def make_entry(
    *,
    person: Person,
    day: date = TUESDAY,
    starts: str = "08:00",
    ends: str = "09:00",
    activity: str = "Verifikasi berkas izin",
    quantity: Decimal | None = Decimal(14),
    output_unit: str = "berkas",
    state: str = EntryState.DRAFT,
    decided_by: User | None = None,
    reason: str = "Lampirkan daftar berkas",
    **rest,
) -> LogEntry:
    """An entry of `day`, sent in the afternoon and decided in the evening where the state says so."""
    sent, decided = state != EntryState.DRAFT, state not in (EntryState.DRAFT, EntryState.SUBMITTED)
    superior = superior_of(person.pk, day)
    defaults = {
        "submitted_at": at("16:00", day) if sent else None,
        "submitted_on": day if sent else None,
        "validator_id": superior.person_id if sent and superior else None,
        "decided_at": at("19:00", day) if decided else None,
        "decided_by": decided_by if decided else None,
        "decision_reason": reason if state in (EntryState.RETURNED, EntryState.REJECTED) else "",
        "written_at": min(at("15:00", day), NOW),
    }
    return LogEntry.objects.create(
        person=person,
        unit=unit_of(person.pk, day),
        day=day,
        starts_minute=minute(starts),
        ends_minute=minute(ends),
        activity=activity,
        quantity=quantity,
        output_unit=output_unit,
        state=state,
        **{**defaults, **rest},
    )
