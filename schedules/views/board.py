"""Pengajuan ke BKD: one row per perangkat daerah, and the decision on one or many."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from personnel.access import require
from schedules import access, actions
from schedules.forms import DecisionForm
from schedules.models import PlanVersion, VersionState
from schedules.queries.plans import board_of, next_month, with_home_days
from schedules.queries.words import STATES


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    require(access.may_see_board(request.user))
    today = timezone.localdate()
    month = _month(request, today)
    rows = board_of(month, today)
    counted = with_home_days(rows)
    wanted = request.GET.get("state", "")
    shown = [row for row in rows if not wanted or row.state == wanted or (wanted == "LATE" and row.is_late)]
    context = {
        "month": month,
        "months": [today.replace(day=1), next_month(today), next_month(next_month(today))],
        "rows": [(row, counted.get(row.version.pk) if row.version else None, STATES[row.state]) for row in shown],
        "counts": {key: sum(row.state == key for row in rows) for key in STATES},
        "late": sum(row.is_late for row in rows),
        "total": len(rows),
        "wanted": wanted,
        "states": STATES,
        "may_ratify": access.may_ratify(request.user),
    }
    return render(request, "schedules/board.html", context)


@require_POST
def board_decide(request: HttpRequest) -> HttpResponse:
    """Ratify or return every chosen version; each is its own deed, so one refusal does not undo the others."""
    require(access.may_ratify(request.user))
    waiting = PlanVersion.objects.visible_to(request.user).filter(state=VersionState.SUBMITTED)
    asked = [int(key) for key in request.POST.getlist("versions") if key.isdigit()]
    chosen = list(waiting.filter(pk__in=asked).select_related("plan__unit").order_by("pk"))
    form = DecisionForm(request.POST, version_ids=[version.pk for version in chosen])
    if not chosen or not form.is_valid():
        messages.error(request, _("Choose at least one schedule that waits for a decision."))
    else:
        done = sum(_decide(request, version, form.cleaned_data) for version in chosen)
        if done:
            messages.success(request, _("%(count)s schedules decided.") % {"count": done})
    month = request.POST.get("month", "")
    return redirect(f"{reverse('schedules:board')}?month={month}" if month else "schedules:board")


def _decide(request: HttpRequest, version: PlanVersion, data: dict) -> bool:
    try:
        if data["decision"] == "ratify":
            actions.ratify_version(
                version=version, decree_number=data["decree_number"], actor=request.user, now=timezone.now()
            )
        else:
            actions.return_version(version=version, reason=data["reason"], actor=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, f"{version.plan.unit.name}: {refusal.message}")
        return False
    return True


def _month(request: HttpRequest, today: date) -> date:
    """The month asked for, else the next one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return next_month(today)
