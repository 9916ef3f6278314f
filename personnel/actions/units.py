"""Building the tree of units."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.db import is_violation_of
from common.errors import DomainError
from personnel.actions.trace import record_audit
from personnel.models import Unit, UnitTraits, User, WorkLocation


class UnitExists(DomainError):
    code = "unit_exists"


@transaction.atomic
def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    starts_on: date,
    is_perangkat_daerah: bool = False,
    actor: User | None,
    now: datetime,
) -> Unit:
    """Open one unit under `parent`; below a perangkat daerah it belongs to that one.

    Raises:
        UnitExists: another unit has this code.
    """
    unit = Unit(code=code, name=name, kind=kind, parent=parent, starts_on=starts_on, path="")
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as clash:
        if not is_violation_of(clash, "personnel_unit_code_is_unique"):
            raise
        raise UnitExists(_("A unit with the code %(code)s exists already.") % {"code": code}, code=code) from clash
    unit.path = f"{parent.path if parent else ''}{unit.pk}."
    unit.perangkat_daerah_id = unit.pk if is_perangkat_daerah else (parent.perangkat_daerah_id if parent else None)
    unit.save(update_fields=["path", "perangkat_daerah"])
    record_audit(
        actor=actor, verb="unit.create", obj=unit, after={"code": code, "name": name, "kind": kind}, unit=unit, now=now
    )
    return unit


@transaction.atomic
def set_traits(*, unit: Unit, starts_on: date, actor: User | None, now: datetime, **traits: Any) -> UnitTraits:
    """State zone and flags of `unit` from a day; what stood before ends the day before. Same day: corrected."""
    UnitTraits.objects.filter(unit=unit, starts_on__lt=starts_on).on(starts_on).update(
        ends_on=starts_on - timedelta(days=1)
    )
    row, _created = UnitTraits.objects.update_or_create(unit=unit, starts_on=starts_on, defaults=traits)
    record_audit(
        actor=actor, verb="unit.set_traits", obj=unit, after={"from": str(starts_on), **traits}, unit=unit, now=now
    )
    return row


@transaction.atomic
def add_location(
    *,
    unit: Unit,
    name: str,
    latitude: Decimal,
    longitude: Decimal,
    radius_metres: int,
    starts_on: date,
    actor: User | None,
    now: datetime,
) -> WorkLocation:
    """Add a work location with its fence; it counts for the unit and everything below it."""
    place = WorkLocation.objects.create(
        unit=unit, name=name, latitude=latitude, longitude=longitude, radius_metres=radius_metres, starts_on=starts_on
    )
    record_audit(
        actor=actor,
        verb="unit.add_location",
        obj=place,
        after={"name": name, "radius_metres": radius_metres},
        unit=unit,
        now=now,
    )
    return place
