"""Outages of the clock, and minutes forgiven to whole units."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from attendance.actions.marks import mark_days
from attendance.models import Dispensation, Outage
from common.db import is_violation_of
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import Unit, User
from personnel.queries import people_in, zone_of


class OutageRefused(DomainError):
    code = "outage_refused"


class DispensationRefused(DomainError):
    code = "dispensation_refused"


class AlreadyDispensed(DomainError):
    code = "already_dispensed"


@transaction.atomic
def record_outage(
    *, started_at: datetime, ended_at: datetime | None, what: str, actor: User | None, now: datetime
) -> Outage:
    """Write down when the clock did not answer; a second call with the same start sets its end.

    Raises:
        OutageRefused: it ends before it starts, or starts in the future.
    """
    if started_at > now or (ended_at is not None and ended_at <= started_at):
        raise OutageRefused(_("An outage starts in the past and ends after it starts."), field="ended_at")
    outage, is_new = Outage.objects.get_or_create(
        started_at=started_at, defaults={"ended_at": ended_at, "what": what, "recorded_by": actor, "recorded_at": now}
    )
    if is_new or outage.ended_at != ended_at:
        before = None if is_new else {"until": str(outage.ended_at)}
        outage.ended_at = ended_at
        outage.save(update_fields=["ended_at"])
        after = {"from": started_at.isoformat(), "until": str(ended_at), "what": what}
        record_audit(actor=actor, verb="outage.record", obj=outage, before=before, after=after, now=now)
    return outage


@transaction.atomic
def grant_dispensation(
    *,
    unit: Unit,
    day: date,
    from_minute: int,
    to_minute: int,
    reason: str,
    decree: str,
    actor: User | None,
    now: datetime,
    outage: Outage | None = None,
) -> Dispensation:
    """Credit the interval (local minutes from midnight) to everyone of `unit` and below on `day`.

    Their days are marked for recomputation.

    Raises:
        DispensationRefused: the interval is not inside the day, or reason or decree is empty.
        AlreadyDispensed: the unit already has a dispensation from that minute.
    """
    if not 0 <= from_minute < to_minute <= 1440:
        raise DispensationRefused(
            _("The interval %(from)s–%(to)s does not lie inside one day.") % {"from": from_minute, "to": to_minute},
            field="from_minute",
        )
    if not reason.strip() or not decree.strip():
        raise DispensationRefused(_("A dispensation needs a reason and the decree it rests on."), field="decree")
    try:
        with transaction.atomic():
            dispensation = Dispensation.objects.create(
                unit=unit, day=day, from_minute=from_minute, to_minute=to_minute, reason=reason.strip(),
                decree=decree.strip(), outage=outage, granted_at=now, granted_by=actor,
            )  # fmt: skip
    except IntegrityError as clash:
        if not is_violation_of(clash, "attendance_dispensation_one_per_unit_interval"):
            raise
        raise AlreadyDispensed(
            _("%(unit)s already has a dispensation from that minute on %(day)s.") % {"unit": unit.name, "day": day},
            unit_id=unit.pk,
        ) from clash
    people = people_in(unit, day).order_by("pk").values_list("pk", flat=True)
    marked = mark_days(days=((pk, day) for pk in people.iterator(chunk_size=2_000)), reason="dispensation", now=now)
    after = {"day": str(day), "minutes": [from_minute, to_minute], "reason": reason, "decree": decree, "people": marked}
    record_audit(actor=actor, verb="dispensation.grant", obj=dispensation, after=after, unit=unit, now=now)
    return dispensation


@transaction.atomic
def relieve_units(
    *,
    units: Sequence[Unit],
    day: date,
    from_minute: int,
    to_minute: int,
    reason: str,
    decree: str,
    is_outage: bool,
    actor: User,
    now: datetime,
) -> list[Dispensation]:
    """Dispense several units at once, all or none, and write the outage down with them where the clock failed.

    A unit below another of the list is covered by it and gets none of its own.

    Raises:
        DispensationRefused: no unit, or an interval, reason or decree that cannot be.
        AlreadyDispensed, OutageRefused: as for each of the two deeds.
    """
    if not units:
        raise DispensationRefused(_("Choose at least one unit."), field="units")
    tops = [unit for unit in units if not any(unit.path != o.path and unit.path.startswith(o.path) for o in units)]
    outage = None
    if is_outage:
        zone = zone_of(tops[0], day)
        started, ended = (_instant(day, minute, zone) for minute in (from_minute, to_minute))
        outage = record_outage(started_at=started, ended_at=ended, what=reason.strip(), actor=actor, now=now)
    return [
        grant_dispensation(
            unit=unit, day=day, from_minute=from_minute, to_minute=to_minute, reason=reason, decree=decree,
            outage=outage, actor=actor, now=now,
        )
        for unit in sorted(tops, key=lambda row: row.pk)
    ]  # fmt: skip


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
