"""Approved leave, official duty, training and study."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from attendance.actions.marks import mark_days
from attendance.models import Absence, AbsenceKind
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import Person, User

# No leave lasts longer than CLTN with its extension: four years.
LONGEST_DAYS = 4 * 366


class AbsenceRefused(DomainError):
    code = "absence_refused"


class AbsenceOverlaps(DomainError):
    code = "absence_overlaps"


@transaction.atomic
def record_absence(
    *,
    person_id: int,
    kind: str,
    starts_on: date,
    ends_on: date,
    document: str,
    source: str,
    actor: User | None,
    now: datetime,
    from_minute: int | None = None,
    to_minute: int | None = None,
) -> Absence:
    """Record one approved absence, both days included; minutes (local, from midnight) make it a part of one day.

    `source` is the key of the record it comes from: the same absence sent again is returned unchanged.

    Raises:
        AbsenceRefused: the fields contradict each other, or `source` stands with other content or withdrawn.
        AbsenceOverlaps: another full-day absence of the person touches these days.
    """
    absence = Absence(
        person_id=person_id, kind=kind, starts_on=starts_on, ends_on=ends_on, from_minute=from_minute,
        to_minute=to_minute, document=document, source=source, recorded_at=now, recorded_by=actor,
    )  # fmt: skip
    _check_fields(absence)
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    known = Absence.objects.filter(person_id=person_id, source=source).first()
    if known is not None:
        return _same_or_refuse(known, absence)
    _check_overlap(absence)
    absence.save()
    _mark(absence, now)
    record_audit(actor=actor, verb="absence.record", obj=absence, after=_facts(absence), now=now)
    return absence


@transaction.atomic
def withdraw_absence(*, absence_id: int, actor: User | None, now: datetime) -> Absence:
    """Take an absence back; its days are recomputed as if it had never been. Twice is once."""
    absence = Absence.objects.select_for_update().get(pk=absence_id)
    if absence.withdrawn_at is None:
        absence.withdrawn_at = now
        absence.save(update_fields=["withdrawn_at"])
        _mark(absence, now)
        record_audit(actor=actor, verb="absence.withdraw", obj=absence, before=_facts(absence), now=now)
    return absence


def _check_fields(absence: Absence) -> None:
    if absence.kind not in AbsenceKind.values:
        raise AbsenceRefused(_("%(kind)s is not a kind of absence.") % {"kind": absence.kind}, field="kind")
    if absence.ends_on < absence.starts_on:
        raise AbsenceRefused(
            _("The absence ends on %(ends)s, before it starts on %(starts)s.")
            % {"ends": absence.ends_on, "starts": absence.starts_on},
            field="ends_on",
        )
    if (absence.ends_on - absence.starts_on).days >= LONGEST_DAYS:
        raise AbsenceRefused(_("An absence lasts %(days)s days at most.") % {"days": LONGEST_DAYS}, field="ends_on")
    partial = (absence.from_minute, absence.to_minute)
    if partial == (None, None):
        return
    start, end = partial
    if start is None or end is None or not 0 <= start < end <= 1440 or absence.starts_on != absence.ends_on:
        raise AbsenceRefused(_("A part of a day needs a start, a later end, and one single day."), field="from_minute")


def _same_or_refuse(known: Absence, sent: Absence) -> Absence:
    fields = ("kind", "starts_on", "ends_on", "from_minute", "to_minute")
    if known.withdrawn_at is None and all(getattr(known, name) == getattr(sent, name) for name in fields):
        return known
    raise AbsenceRefused(
        _("%(source)s is already recorded with other days or was withdrawn; use a new document.")
        % {"source": known.source},
        field="source",
    )


def _check_overlap(absence: Absence) -> None:
    if absence.from_minute is not None:
        return
    others = Absence.objects.standing().within(absence.starts_on, absence.ends_on)
    clash = others.filter(person_id=absence.person_id, from_minute__isnull=True).order_by("starts_on", "pk").first()
    if clash is not None:
        raise AbsenceOverlaps(
            _("%(kind)s from %(starts)s to %(ends)s is already recorded.")
            % {"kind": clash.get_kind_display(), "starts": clash.starts_on, "ends": clash.ends_on},
            absence_id=clash.pk,
        )


def _mark(absence: Absence, now: datetime) -> None:
    last = min(absence.ends_on, now.date() + timedelta(days=1))
    days = range((last - absence.starts_on).days + 1)
    pairs = ((absence.person_id, absence.starts_on + timedelta(days=n)) for n in days)
    mark_days(days=pairs, reason="absence", now=now)


def _facts(absence: Absence) -> dict[str, object]:
    return {
        "person": absence.person_id,
        "kind": absence.kind,
        "from": str(absence.starts_on),
        "until": str(absence.ends_on),
        "minutes": [absence.from_minute, absence.to_minute],
        "document": absence.document,
    }
