"""The grid: how many people stand in each box, who they are, and who stands outside."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from personnel.models import Unit
from talent.models import Period, Placement


@dataclass(frozen=True, slots=True)
class GridCounts:
    """Placed people per box, and those outside per first reason, most frequent first. Shares are of those inside."""

    by_box: dict[int, int]
    outside: tuple[tuple[str, int], ...]

    @property
    def unmapped(self) -> int:
        return sum(count for _reason, count in self.outside)

    @property
    def mapped(self) -> int:
        return sum(self.by_box.values())

    @property
    def people(self) -> int:
        return self.mapped + self.unmapped


def placements_of(period: Period, unit: Unit | None) -> QuerySet[Placement]:
    """The placements of a period, of one subtree where a unit is named."""
    rows = Placement.objects.filter(period=period)
    return rows.in_subtree(unit) if unit is not None else rows


def cell_counts(placements: QuerySet[Placement]) -> GridCounts:
    """One statement."""
    rows = list(placements.order_by().values_list("box", "unmapped").annotate(count=Count("pk")))
    by_box = {box: count for box, _reason, count in rows if box is not None}
    outside = sorted(((reason, count) for box, reason, count in rows if box is None), key=lambda row: (-row[1], row[0]))
    return GridCounts({box: by_box.get(box, 0) for box in range(1, 10)}, tuple(outside))


def people_of_cell(placements: QuerySet[Placement], box: int | None) -> QuerySet[Placement]:
    """The people of one box (None: outside the grid), best first by the tie order of the values."""
    rows = placements.filter(box=box) if box else placements.filter(box__isnull=True)
    return rows.select_related("person", "unit").order_by("-talent_value", "-y_value", "-x_value", "pk")
