"""A person's own box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from talent import wording
from talent.models import Placement
from talent.queries.box_page import box_page
from talent.queries.boxes import latest_placement
from talent.queries.talent_map import GridCounts, cell_counts
from talent.views.grid import grid_rows

# Below this many people a count per box would name somebody.
LEAST_SHOWN = 20


@require_GET
def my_box(request: HttpRequest) -> HttpResponse:
    """The newest published box with everything behind it."""
    placement = _latest(request)
    context: dict[str, object] = {"placement": placement, "columns": wording.COLUMNS}
    if placement is not None:
        counts = _surroundings(placement)
        context |= {
            "sheet": box_page(placement),
            "counts": counts,
            "rows": grid_rows(counts, placement.box),
            "today": timezone.localdate(),
        }
    return render(request, "talent/my_box.html", context)


@require_GET
def my_box_card(request: HttpRequest) -> HttpResponse:
    """The card of the home page."""
    if not request.htmx:
        return redirect(reverse("talent:my_box"))
    placement = _latest(request)
    return render(
        request,
        "talent/_my_box_card.html",
        {
            "placement": placement,
            "rows": grid_rows(None, placement.box if placement else None),
            "y_words": wording.CATEGORIES.get(placement.y_category, "") if placement else "",
            "x_words": wording.CATEGORIES.get(placement.x_category, "") if placement else "",
        },
    )


def _latest(request: HttpRequest) -> Placement | None:
    return latest_placement(request.user.person_id) if request.user.person_id else None


def _surroundings(placement: Placement) -> GridCounts | None:
    """How the own perangkat daerah is spread; None where so few people would be recognised."""
    if placement.unit is None or placement.unit.perangkat_daerah_id is None:
        return None
    rows = Placement.objects.filter(
        period_id=placement.period_id, unit__perangkat_daerah_id=placement.unit.perangkat_daerah_id
    )
    counts = cell_counts(rows)
    return counts if counts.people >= LEAST_SHOWN else None
