"""What the lists of schedules show: a unit's months, BKD's board, one's own days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from personnel.access import roles_of
from personnel.models import Appointment, Job, Unit, User
from personnel.queries import perangkat_daerah_on
from schedules.models import Plan, PlanRow, PlanVersion, VersionState
from schedules.queries.policies import policy_book
from schedules.rules import cells

PLANNER_ROLES = ("UNIT_OFFICER", "UNIT_HEAD")
GENERATE = "schedules.generate"


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def units_planned_by(user: User, day: date) -> QuerySet[Unit]:
    """Perangkat daerah whose schedule this account may make."""
    paths = [grant.path for grant in roles_of(user) if grant.role in PLANNER_ROLES]
    rows = perangkat_daerah_on(day)
    return rows.filter(path_filter(paths)) if paths else rows.none()


def path_filter(paths: Iterable[str]):

    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(path__startswith=path)
    return wanted


def with_latest_version(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans with number, state and key of their newest version."""
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    return plans.annotate(
        version_id=Subquery(newest.values("pk")[:1]),
        version_number=Subquery(newest.values("number")[:1]),
        version_state=Subquery(newest.values("state")[:1]),
        submitted_at=Subquery(newest.values("submitted_at")[:1]),
        decided_at=Subquery(newest.values("decided_at")[:1]),
    )


def plans_for_list(user: User) -> QuerySet[Plan]:
    """The schedule list: newest month first; one query however many rows."""
    rows = with_latest_version(Plan.objects.visible_to(user)).select_related("unit")
    return rows.order_by("-starts_on", "unit__name", "pk")


def running_job(plan: Plan) -> Job | None:
    """The computation that lives for this plan."""
    return Job.objects.live().filter(kind=GENERATE, scope=f"plan/{plan.pk}").first()


# ---- BKD's board ----


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One perangkat daerah in one month. `state` is a version's state, or MISSING; `is_late` counts the due day."""

    unit: Unit
    version: PlanVersion | None
    state: str
    due_on: date
    is_late: bool
    home_days: int
    changed_cells: int


def board_of(month: date, today: date) -> list[BoardRow]:
    """Every perangkat daerah with people in the month; the count of queries is fixed."""
    last = next_month(month) - timedelta(days=1)
    staffed = Appointment.objects.substantive().within(month, last).values("unit__perangkat_daerah_id")
    units = list(perangkat_daerah_on(month).filter(pk__in=staffed))
    versions = newest_versions(month)
    book = policy_book(month, last)
    return [board_row(unit, versions.get(unit.pk), book, month, today) for unit in units]


def newest_versions(month: date) -> dict[int, PlanVersion]:
    """The newest version of each unit's plan, without the problem it was made from."""
    rows = PlanVersion.objects.filter(plan__starts_on=month).select_related("plan__unit", "submitted_by")
    found = {}
    for row in rows.defer("problem").order_by("plan__unit_id", "number"):
        found[row.plan.unit_id] = row
    return found


def board_row(unit: Unit, version: PlanVersion | None, book, month: date, today: date) -> BoardRow:
    policy = book.policy_for(unit.ancestor_ids, month)
    due_on = month - timedelta(days=policy.rules.submission_days_before if policy else 7)
    state = version.state if version else "MISSING"
    waiting = state in ("MISSING", VersionState.DRAFT, VersionState.RETURNED)
    return BoardRow(unit, version, state, due_on, waiting and today > due_on, 0, 0)


def with_home_days(rows: list[BoardRow]) -> dict[int, dict[str, int]]:
    """People and home days of each version on the board, in one pass over their rows."""
    ids = [row.version.pk for row in rows if row.version]
    found: dict[int, dict[str, int]] = {version_id: {"people": 0, "home_days": 0} for version_id in ids}
    for version_id, letters in PlanRow.objects.filter(version_id__in=ids).values_list("version_id", "cells").iterator():
        found[version_id]["people"] += 1
        found[version_id]["home_days"] += cells.count_home(letters)
    return found


def difference_from_ratified(version: PlanVersion) -> dict[str, int]:
    """Cells and people that differ from the newest other version that was in force."""
    before = (
        PlanVersion.objects.filter(plan_id=version.plan_id, number__lt=version.number)
        .exclude(decided_at__isnull=True)
        .exclude(state=VersionState.RETURNED)
        .order_by("-number")
        .first()
    )
    if before is None:
        return {"people": 0, "cells": 0, "number": 0}
    old = dict(before.rows.values_list("person_id", "cells"))
    changed = [
        len(cells.changed_days(old[who], letters))
        for who, letters in version.rows.values_list("person_id", "cells")
        if who in old
    ]
    return {"people": sum(n > 0 for n in changed), "cells": sum(changed), "number": before.number}


# ---- one's own days ----


def my_rows(user: User, since: date) -> QuerySet[PlanRow]:
    """One's own rows of versions in force, from the month of `since` on."""
    rows = PlanRow.objects.visible_to(user).filter(
        person_id=user.person_id or 0, version__state=VersionState.RATIFIED, version__plan__ends_on__gte=since
    )
    return rows.select_related("version__plan__unit").defer("version__problem").order_by("version__plan__starts_on")


def days_of_row(row: PlanRow) -> list[dict[str, Any]]:
    """Every day of one row with its letter."""
    days = cells.days_of(row.version.plan.starts_on, row.version.plan.ends_on)
    return [{"day": day, "letter": letter} for day, letter in zip(days, row.cells, strict=True)]


def unit_home_average(row: PlanRow) -> tuple[float, int]:
    """Mean home days of the colleagues in the same unit and version, and how many they are."""
    rows = PlanRow.objects.filter(version_id=row.version_id, unit_id=row.unit_id).exclude(pk=row.pk)
    counts = [cells.count_home(letters) for letters in rows.values_list("cells", flat=True)]
    return (round(sum(counts) / len(counts), 1) if counts else 0.0), len(counts)
