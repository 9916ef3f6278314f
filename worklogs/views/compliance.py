"""Log compliance of a unit: counts, never texts."""

from calendar import monthrange
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.paging import page_of
from personnel.access import require
from personnel.queries import people_visible_to
from worklogs import access, queries
from worklogs.forms import day_from
from worklogs.rules.policy import LogPolicy


@require_GET
def compliance(request: HttpRequest) -> HttpResponse:
    """People of one's units with the days sent, minutes validated and what waits, for one month until yesterday."""
    today = timezone.localdate()
    require(access.may_see_compliance(request.user, today))
    first = day_from({"tanggal": f"{request.GET.get('bulan', '')}-01"}, today.replace(day=1)).replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    until = min(last, today - timedelta(days=1))
    people = people_visible_to(request.user, today, roles=access.READS_COMPLIANCE).order_by("name", "pk")
    page = page_of(request, people)
    rows = _rows(page, first, until, today) if until >= first else []
    context = {"page": page, "rows": rows, "first": first, "until": until, "before": first - timedelta(days=1)}
    return render(request, "worklogs/compliance.html", context | {"after": last + timedelta(days=1), "today": today})


def _rows(page, first: date, until: date, today: date) -> list[dict[str, object]]:
    ids = [person.pk for person in page]
    sent = queries.log_compliance(ids, first, until)
    minutes = queries.validated_minutes(ids, first, until)
    limit = queries.overdue_since(LogPolicy().validate_within_days, today)
    waiting = queries.pending_of(ids, first, until, overdue_before=limit)
    return [{"person": p, "sent": sent[p.pk], "minutes": minutes[p.pk], "waiting": waiting.get(p.pk)} for p in page]
