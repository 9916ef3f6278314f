"""The figures of a day, per perangkat daerah, from what the other apps have stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from attendance.models import Arrangement, DaySummary, Place
from personnel.models import Appointment, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfUnit:
    """One perangkat daerah on one day; all figures are heads."""

    unit_id: int
    name: str
    staff: int
    clocked_in: int
    late: int
    at_home: int
    excused: int

    @property
    def no_news(self) -> int:
        """Neither clocked in nor excused by leave, travel or training."""
        return max(0, self.staff - self.clocked_in - self.excused)

    @property
    def home_share(self) -> float:
        """Planned WFH among the staff, 0 to 1; 0 for a unit without people."""
        return self.at_home / self.staff if self.staff else 0.0

    @property
    def presence_share(self) -> float:
        return self.clocked_in / self.staff if self.staff else 0.0


def day_by_perangkat_daerah(paths: Sequence[str], day: date) -> list[DayOfUnit]:
    """Every perangkat daerah below `paths` on `day`, by name; four statements however many people."""
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(path__startswith=path)
    units = list(Unit.objects.on(day).perangkat_daerah_only().filter(within).order_by("name", "pk"))
    staff = _heads_per_unit(day)
    clocked = {row["unit__perangkat_daerah"]: row for row in _clocked(day)}
    at_home = _planned_home(day)
    return [
        DayOfUnit(
            unit_id=unit.pk,
            name=unit.name,
            staff=staff.get(unit.pk, 0),
            clocked_in=clocked.get(unit.pk, {}).get("clocked_in", 0),
            late=clocked.get(unit.pk, {}).get("late", 0),
            excused=clocked.get(unit.pk, {}).get("excused", 0),
            at_home=at_home.get(unit.pk, 0),
        )
        for unit in units
    ]


def _heads_per_unit(day: date) -> dict[int, int]:
    rows = Appointment.objects.substantive().on(day).values("unit__perangkat_daerah")
    counted = rows.annotate(heads=Count("person", distinct=True))
    return {row["unit__perangkat_daerah"] or 0: row["heads"] for row in counted}


def _clocked(day: date):
    return (
        DaySummary.objects.filter(day=day, unit__isnull=False)
        .values("unit__perangkat_daerah")
        .annotate(
            clocked_in=Count("pk", filter=Q(first_in_at__isnull=False)),
            late=Count("pk", filter=Q(late_minutes__gt=0)),
            excused=Count("pk", filter=Q(first_in_at__isnull=True) & ~Q(absence_code="")),
        )
    )


def _planned_home(day: date) -> dict[int, int]:
    """People whom a document expects at home on `day`, by perangkat daerah of their appointment."""
    expected = Arrangement.objects.filter(day=day, place=Place.HOME).values("person_id")
    rows = Appointment.objects.substantive().on(day).filter(person_id__in=expected)
    counted = rows.values("unit__perangkat_daerah").annotate(heads=Count("person", distinct=True))
    return {row["unit__perangkat_daerah"] or 0: row["heads"] for row in counted}
