"""The boxes in force, for other apps and for a person's own page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, QuerySet, When

from talent.models import Period, PeriodState, Placement
from talent.models.periods import SHOWN_STATES


@dataclass(frozen=True, slots=True)
class Boxed:
    """One published placement. `is_rewarded` False: the box stands, a gate keeps its reward away."""

    person_id: int
    box: int | None
    is_rewarded: bool
    period_id: int
    period: str
    profile: str
    sk_number: str
    published_at: datetime


def latest_boxes(person_ids: Collection[int] | QuerySet, day: date) -> dict[int, Boxed]:
    """The newest placement of each person published on or before `day`; those never placed are left out.

    One statement. The newest is by day of reckoning, then by publication.
    """
    columns = (
        "person_id", "box", "is_rewarded", "period_id", "period__name", "period__profile__code",
        "period__profile__version", "period__profile__sk_number", "period__published_at",
    )  # fmt: skip
    rows = Placement.objects.filter(
        person_id__in=person_ids, period__state__in=SHOWN_STATES, period__published_at__date__lte=day
    ).order_by("period__reckoning_on", "period__published_at", "pk")
    found: dict[int, Boxed] = {}
    for person_id, box, is_rewarded, period_id, period, code, version, sk_number, published in rows.values_list(
        *columns
    ):
        profile = f"{code} v{version}"
        found[person_id] = Boxed(person_id, box, is_rewarded, period_id, period, profile, sk_number, published)
    return found


def latest_placement(person_id: int) -> Placement | None:
    """The newest published placement of one person, with period, profile and unit."""
    rows = Placement.objects.filter(person_id=person_id, period__state__in=SHOWN_STATES)
    rows = rows.select_related("period__profile", "unit", "person")
    return rows.order_by("-period__reckoning_on", "-period__published_at", "-pk").first()


def latest_period(periods: QuerySet[Period]) -> Period | None:
    """The newest period that has boxes, else the newest of all."""
    newest_first = periods.select_related("profile").order_by(
        Case(When(state=PeriodState.OPEN, then=1), default=0), "-reckoning_on", "-pk"
    )
    return newest_first.first()
