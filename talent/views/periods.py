"""Periods: the list, one period, and what BKD does with it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from personnel.access import require
from personnel.models import Job
from talent import access, actions, tasks, wording
from talent.actions.periods import COMPUTE
from talent.forms import OpenPeriodForm, PublishForm
from talent.models import Period
from talent.queries.talent_map import cell_counts, placements_of
from talent.views.grid import grid_rows

OBJECTION_DAYS = 14


@require_GET
def period_list(request: HttpRequest) -> HttpResponse:
    require(access.may_open_map(request.user))
    form = OpenPeriodForm(initial={"reckoning_on": timezone.localdate()})
    return _list_page(request, form)


def _list_page(request: HttpRequest, form: OpenPeriodForm, status: int = 200) -> HttpResponse:
    periods = Period.objects.visible_to(request.user).select_related("profile").order_by("-reckoning_on", "-pk")
    context = {"periods": periods, "form": form, "may_open": access.may_manage_periods(request.user)}
    return render(request, "talent/period_list.html", context, status=status)


@require_POST
def period_open(request: HttpRequest) -> HttpResponse:
    require(access.may_manage_periods(request.user))
    form = OpenPeriodForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    data = form.cleaned_data
    try:
        period = actions.open_period(
            name=data["name"],
            profile_id=data["profile"].pk,
            reckoning_on=data["reckoning_on"],
            actor=request.user,
            now=timezone.now(),
        )
    except DomainError as refusal:
        named = str(refusal.details.get("field", "")) or None
        form.add_error(named if named in form.fields else None, refusal.message)
        return _list_page(request, form, status=422)
    return redirect("talent:period_detail", period_id=period.pk)


@require_GET
def period_detail(request: HttpRequest, period_id: int) -> HttpResponse:
    require(access.may_open_map(request.user))
    period = _period(request, period_id)
    today = timezone.localdate()
    counts = cell_counts(placements_of(period, None))
    context = {
        "period": period,
        "counts": counts,
        "rows": grid_rows(counts),
        "columns": wording.COLUMNS,
        "outside": wording.outside_lines(counts.outside),
        "job": Job.objects.live().filter(kind=COMPUTE, scope=f"period/{period.pk}").order_by("-pk").first(),
        "form": PublishForm(initial={"objections_until": today + timedelta(days=OBJECTION_DAYS)}),
        "may_compute": access.may_compute(request.user, period),
        "may_publish": access.may_publish(request.user, period),
        "may_close": access.may_close(request.user, period, today),
    }
    return render(request, "talent/period_detail.html", context)


def _period(request: HttpRequest, period_id: int) -> Period:
    return get_object_or_404(Period.objects.visible_to(request.user).select_related("profile"), pk=period_id)


@require_POST
def period_compute(request: HttpRequest, period_id: int) -> HttpResponse:
    period = _period(request, period_id)
    require(access.may_manage_periods(request.user))
    try:
        job = actions.start_compute(period_id=period.pk, actor=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("talent:period_detail", period_id=period.pk)
    tasks.compute_period.delay_on_commit(job_id=job.pk)
    return redirect("personnel:job_detail", job_id=job.pk)


@require_POST
def period_publish(request: HttpRequest, period_id: int) -> HttpResponse:
    period = _period(request, period_id)
    require(access.may_manage_periods(request.user))
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the last day for objections."))
        return redirect("talent:period_detail", period_id=period.pk)
    try:
        actions.publish_period(
            period_id=period.pk,
            objections_until=form.cleaned_data["objections_until"],
            actor=request.user,
            now=timezone.now(),
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Published. Everyone placed has been told."))
    return redirect("talent:period_detail", period_id=period.pk)


@require_POST
def period_close(request: HttpRequest, period_id: int) -> HttpResponse:
    period = _period(request, period_id)
    require(access.may_manage_periods(request.user))
    try:
        actions.close_period(period_id=period.pk, actor=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The period is closed and will not change."))
    return redirect("talent:period_detail", period_id=period.pk)
