"""The map of everyone: the grid, one cell's people, those outside, one dossier."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.paging import page_of
from personnel.access import require
from personnel.actions import record_read
from personnel.models import Unit
from personnel.queries import perangkat_daerah_on
from talent import access, wording
from talent.models import Period, Placement
from talent.queries.box_page import box_page
from talent.queries.boxes import latest_period
from talent.queries.talent_map import cell_counts, people_of_cell, placements_of
from talent.rules.grid import CATEGORIES_OF
from talent.views.grid import grid_rows


@require_GET
def talent_map(request: HttpRequest) -> HttpResponse:
    """Counts and shares of each box of one period, of everyone or of one perangkat daerah."""
    require(access.may_open_map(request.user))
    periods = Period.objects.visible_to(request.user).select_related("profile").order_by("-reckoning_on", "-pk")
    asked = request.GET.get("periode", "")
    period = get_object_or_404(periods, pk=asked) if asked.isdigit() else latest_period(periods)
    unit = _unit(request)
    context: dict[str, object] = {"period": period, "periods": periods[:12], "unit": unit}
    if period is not None:
        counts = cell_counts(placements_of(period, unit))
        context |= {
            "counts": counts,
            "rows": grid_rows(counts),
            "columns": wording.COLUMNS,
            "outside": wording.outside_lines(counts.outside),
            "units": perangkat_daerah_on(timezone.localdate()),
        }
    return render(request, "talent/talent_map.html", context)


def _unit(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("unit", "")
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=asked) if asked.isdigit() else None


@require_GET
def cell(request: HttpRequest, period_id: int, box: int) -> HttpResponse:
    """The people of one box, best first."""
    require(access.may_open_map(request.user))
    if box not in CATEGORIES_OF:
        raise Http404
    y_category, x_category = CATEGORIES_OF[box]
    words = f"{wording.CATEGORIES[y_category]} × {wording.CATEGORIES[x_category]}"
    return _people(request, period_id, box, heading=_("Box %(box)s") % {"box": box}, words=words)


@require_GET
def outside(request: HttpRequest, period_id: int) -> HttpResponse:
    """The people who could not be placed, with the reason."""
    require(access.may_open_map(request.user))
    return _people(request, period_id, None, heading=_("Outside the grid"), words=_("cannot be placed yet"))


def _people(request: HttpRequest, period_id: int, box: int | None, *, heading: str, words: str) -> HttpResponse:
    period = get_object_or_404(Period.objects.visible_to(request.user).select_related("profile"), pk=period_id)
    unit = _unit(request)
    people = people_of_cell(placements_of(period, unit), box)
    reason = request.GET.get("alasan", "")
    if box is None and reason in wording.REASONS:
        people = people.filter(unmapped=reason)
    page = page_of(request, people)
    for placement in page:
        placement.reason_words = wording.REASONS.get(placement.unmapped, placement.unmapped)
    context = {"period": period, "unit": unit, "page": page, "box": box, "heading": heading, "words": words}
    return render(request, "talent/cell.html", context | {"reason": wording.REASONS.get(reason, "")})


@require_GET
def dossier(request: HttpRequest, placement_id: int) -> HttpResponse:
    """One person's placement with everything behind it; the reading leaves a trace."""
    require(access.may_read_dossier(request.user))
    rows = Placement.objects.visible_to(request.user).select_related("period__profile", "person", "unit")
    placement = get_object_or_404(rows, pk=placement_id)
    record_read(
        reader=request.user,
        person_ids=[placement.person_id],
        what="talent.placement",
        purpose=_("talent management"),
        now=timezone.now(),
    )
    context = {
        "placement": placement,
        "sheet": box_page(placement),
        "rows": grid_rows(None, placement.box),
        "columns": wording.COLUMNS,
    }
    return render(request, "talent/dossier.html", context)
