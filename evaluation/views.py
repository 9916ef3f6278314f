"""*Pantau*: where the day goes wrong, while it can still be mended."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from evaluation import access, queries
from personnel.access import require


def _asked_day(request: HttpRequest) -> date:
    """The day of `?hari=`; anything that is not a date is today."""
    try:
        return parse_date(request.GET.get("hari", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


@require_GET
def day_board(request: HttpRequest) -> HttpResponse:
    """Perangkat daerah × figures of one day, and the sum over all that are shown."""
    require(access.may_watch(request.user))
    day = _asked_day(request)
    rows = queries.day_by_perangkat_daerah(access.watched_paths(request.user), day)
    total = {
        name: sum(getattr(row, name) for row in rows)
        for name in ("staff", "clocked_in", "late", "at_home", "excused", "no_news")
    }
    return render(request, "evaluation/day_board.html", {"rows": rows, "day": day, "total": total})
