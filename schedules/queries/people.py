"""People around the schedules: who may be read, one's own months, counter groups."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from personnel.access import roles_of
from personnel.models import Person, Role, Unit, User
from personnel.queries import people_in, perangkat_daerah_on
from schedules.models import GroupMember, ServiceGroup
from schedules.models.plans import READS_PLANS
from schedules.queries.grid import STYLES, WORDS, mark_of
from schedules.queries.plans import days_of_row, my_rows, unit_home_average
from schedules.rules import cells


def units_readable_by(user: User, day: date) -> QuerySet[Unit]:
    """Perangkat daerah whose people this account reads for WFH; the one around a granted bidang included."""
    grants = [grant for grant in roles_of(user) if grant.role in READS_PLANS]
    wanted = Q(pk__in=[])
    for grant in grants:
        wanted |= Q(path__startswith=grant.path)
    own = Unit.objects.filter(pk__in=[grant.unit_id for grant in grants]).values("pk")
    return perangkat_daerah_on(day).filter(wanted) | Unit.objects.filter(pk__in=own, perangkat_daerah__isnull=False)


def months_of_mine(user: User, day: date) -> list[dict[str, Any]]:
    """Own months in force from this one on: days with letters, next home days, colleagues' average."""
    return [month_of_mine(row, day) for row in my_rows(user, day.replace(day=1))]


def month_of_mine(row, day: date) -> dict[str, Any]:
    days = [
        {**entry, "mark": mark_of(entry["letter"]), "style": STYLES[entry["letter"]], "words": WORDS[entry["letter"]]}
        for entry in days_of_row(row)
    ]
    average, colleagues = unit_home_average(row)
    return {
        "version": row.version,
        "starts_on": row.version.plan.starts_on,
        "days": days,
        "lead": range(row.version.plan.starts_on.weekday()),
        "home": cells.count_home(row.cells),
        "average": average,
        "colleagues": colleagues,
        "next": [d for d in days if d["letter"] in cells.HOME_LETTERS and d["day"] >= day][:5],
        "carry": row.carry_thousandths / 1000,
    }


def groups_for_list(user: User, day: date) -> QuerySet[ServiceGroup]:
    """Groups in force, with their members' names."""
    members = GroupMember.objects.on(day).select_related("person").order_by("person__name")
    rows = ServiceGroup.objects.visible_to(user).on(day).select_related("unit")
    return rows.prefetch_related(Prefetch("members", members)).order_by("unit__path", "name", "pk")


def people_to_group(user: User, day: date) -> dict[str, QuerySet]:
    """Units and people from which this account may make a group."""
    roles = (Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.BKD_ADMIN)
    grants = [grant for grant in roles_of(user) if grant.role in roles]
    below = Q(pk__in=[])
    for grant in grants:
        below |= Q(path__startswith=grant.path)
    people = Person.objects.none()
    for unit in Unit.objects.filter(pk__in=[grant.unit_id for grant in grants]):
        people = people | people_in(unit, day)
    return {"units": Unit.objects.on(day).filter(below).order_by("path"), "people": people.order_by("name", "pk")}
