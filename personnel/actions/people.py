"""Changes in the lives of people: taken on, appointed, placed under somebody. Always from a day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import DomainError
from personnel.actions.trace import record_audit
from personnel.models import (
    Appointment,
    AppointmentKind,
    Employment,
    Person,
    Position,
    Rank,
    ReportingLine,
    Unit,
    User,
)


class NotBeforeWhatStands(DomainError):
    code = "not_before_what_stands"


class CircleOfSuperiors(DomainError):
    code = "circle_of_superiors"


@transaction.atomic
def register_person(
    *, nip: str, name: str, gender: str, birth_on: date, actor: User | None, now: datetime, **more: Any
) -> Person:
    person = Person.objects.create(nip=nip, name=name, gender=gender, birth_on=birth_on, **more)
    record_audit(actor=actor, verb="person.register", obj=person, after={"name": name}, now=now)
    return person


@transaction.atomic
def employ(
    *,
    person: Person,
    kind: str,
    starts_on: date,
    weekly_minutes: int | None = None,
    ends_on: date | None = None,
    actor: User | None,
    now: datetime,
) -> Employment:
    """State what kind of ASN somebody is from a day; the kind before ends the day before."""
    _end_open(Employment.objects.filter(person=person), starts_on)
    row = Employment.objects.create(
        person=person, kind=kind, starts_on=starts_on, ends_on=ends_on, weekly_minutes=weekly_minutes
    )
    record_audit(actor=actor, verb="person.employ", obj=person, after={"kind": kind, "from": str(starts_on)}, now=now)
    return row


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    position: Position,
    starts_on: date,
    kind: str = AppointmentKind.SUBSTANTIVE,
    is_head: bool = False,
    ends_on: date | None = None,
    decree: str = "",
    actor: User | None,
    now: datetime,
) -> Appointment:
    """Give somebody a position from a day. A new substantive one ends the one before; Plt and Plh stand beside it.

    Raises:
        NotBeforeWhatStands: a substantive position that began on that day or later stands already.
    """
    if kind == AppointmentKind.SUBSTANTIVE:
        _end_open(Appointment.objects.substantive().filter(person=person), starts_on)
    row = Appointment.objects.create(
        person=person,
        unit=unit,
        position=position,
        kind=kind,
        is_head=is_head,
        starts_on=starts_on,
        ends_on=ends_on,
        decree=decree,
    )
    after = {"unit": unit.pk, "position": position.pk, "kind": kind, "from": str(starts_on)}
    record_audit(actor=actor, verb="person.appoint", obj=person, after=after, unit=unit, now=now)
    return row


@transaction.atomic
def end_appointment(*, appointment: Appointment, ends_on: date, actor: User | None, now: datetime) -> None:
    """Close an appointment on its last day."""
    if ends_on < appointment.starts_on:
        raise NotBeforeWhatStands(_("The last day must not be before the first day."), ends_on=str(ends_on))
    Appointment.objects.filter(pk=appointment.pk).update(ends_on=ends_on)
    record_audit(actor=actor, verb="person.end_appointment", obj=appointment, after={"until": str(ends_on)}, now=now)


@transaction.atomic
def set_superior(
    *, person: Person, superior: Person, starts_on: date, source: str, actor: User | None, now: datetime
) -> ReportingLine:
    """Place somebody under a direct superior from a day; the line before ends the day before.

    Raises:
        CircleOfSuperiors: `person` stands above `superior` already, so the chain would close on itself.
    """
    if _stands_above(person.pk, superior.pk, starts_on):
        raise CircleOfSuperiors(
            _("%(person)s stands above %(superior)s already.") % {"person": person.name, "superior": superior.name}
        )
    _end_open(ReportingLine.objects.filter(person=person), starts_on)
    line = ReportingLine.objects.create(person=person, superior=superior, starts_on=starts_on, source=source)
    after = {"superior": superior.pk, "from": str(starts_on), "source": source}
    record_audit(actor=actor, verb="person.set_superior", obj=person, after=after, now=now)
    return line


@transaction.atomic
def set_rank(*, person: Person, grade: str, starts_on: date, actor: User | None, now: datetime) -> Rank:
    _end_open(Rank.objects.filter(person=person), starts_on)
    rank = Rank.objects.create(person=person, grade=grade, starts_on=starts_on)
    record_audit(
        actor=actor, verb="person.set_rank", obj=person, after={"grade": grade, "from": str(starts_on)}, now=now
    )
    return rank


def _end_open(rows: Any, starts_on: date) -> None:
    """End what stands the day before; refuse to slip a new row before or onto one that began later."""
    if rows.filter(starts_on__gte=starts_on).exists():
        raise NotBeforeWhatStands(
            _("Something that begins on %(day)s or later is recorded already.") % {"day": starts_on.isoformat()},
            starts_on=starts_on.isoformat(),
        )
    rows.on(starts_on).update(ends_on=starts_on - timedelta(days=1))


def _stands_above(candidate_id: int, person_id: int, day: date) -> bool:
    """Whether `candidate_id` is `person_id` or stands anywhere above in the lines of `day`."""
    lines = dict(ReportingLine.objects.on(day).values_list("person_id", "superior_id"))
    seen: set[int] = set()
    while person_id not in seen:
        if person_id == candidate_id:
            return True
        seen.add(person_id)
        if person_id not in lines:
            return False
        person_id = lines[person_id]
    return False
