"""What the page of outages and dispensations shows."""

from datetime import date

from django.db.models import Q, QuerySet

from attendance.access import RELIEVES
from attendance.models import Dispensation, Outage
from personnel.access import paths_of
from personnel.models import Unit

LATEST_OUTAGES = 10


def relieved_units(user, day: date) -> list[Unit]:
    """Units this account may dispense, from the top down, each with `indented_name` for the menu."""
    below = Q(pk__in=[])
    for path in paths_of(user, RELIEVES, day):
        below |= Q(path__startswith=path)
    units = list(Unit.objects.on(day).filter(below).order_by("path"))
    for unit in units:
        unit.indented_name = "\u2003" * max(0, unit.depth - units[0].depth) + unit.name
    return units


def dispensations_for(user) -> QuerySet[Dispensation]:
    """Dispensations of the units this account looks after, the latest first."""
    below = Q(pk__in=[])
    for path in paths_of(user, RELIEVES):
        below |= Q(unit__path__startswith=path)
    rows = Dispensation.objects.visible_to(user).filter(below).select_related("unit", "outage", "granted_by__person")
    return rows.order_by("-day", "-pk")


def latest_outages(user) -> list[Outage]:
    return list(Outage.objects.visible_to(user).order_by("-started_at")[:LATEST_OUTAGES])
