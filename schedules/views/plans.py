"""Jadwal WFH: the list of months, the grid, and what the officer does with it."""

import json
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from common.paging import page_of
from personnel.access import require
from personnel.models import Unit
from schedules import access, actions
from schedules.forms import CellForm, GenerateForm, ReasonForm
from schedules.models import PlanRow, PlanVersion, VersionState
from schedules.queries import grid
from schedules.queries.names import names_for
from schedules.queries.plans import (
    difference_from_ratified,
    next_month,
    plans_for_list,
    running_job,
    units_planned_by,
)
from schedules.queries.stored import broken_rules
from schedules.queries.wording import finding_text, finding_texts, stored_finding
from schedules.queries.words import STATES
from schedules.rules import cells
from schedules.rules.rotation import Violation
from schedules.tasks import generate_plan

ROWS_PER_PAGE = 60
FINDINGS_SHOWN = 30


@require_GET
def plan_list(request: HttpRequest) -> HttpResponse:
    require(access.may_see_plans(request.user))
    day = timezone.localdate()
    context = {
        "page": page_of(request, plans_for_list(request.user)),
        "units": units_planned_by(request.user, day),
        "months": [next_month(day), day.replace(day=1), next_month(next_month(day))],
        "states": STATES,
    }
    return render(request, "schedules/plan_list.html", context)


@require_POST
def plan_generate(request: HttpRequest) -> HttpResponse:
    """Put the computation on the list and show its progress."""
    require(access.plans_somewhere(request.user))
    day = timezone.localdate()
    form = GenerateForm(request.POST, units=Unit.objects.visible_to(request.user).on(day))
    if not form.is_valid():
        messages.error(request, _("Choose a perangkat daerah and a month."))
        return redirect("schedules:plan_list")
    unit = form.cleaned_data["unit"]
    require(access.may_plan(request.user, unit))
    try:
        _plan, job = actions.request_generation(
            unit=unit, starts_on=form.cleaned_data["month"], actor=request.user, now=timezone.now()
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("schedules:plan_list")
    generate_plan.delay_on_commit(job_id=job.pk)
    return redirect("personnel:job_detail", job_id=job.pk)


@require_GET
def version_detail(request: HttpRequest, version_id: int) -> HttpResponse:
    """The grid of one version."""
    version = _version(request, version_id)
    today = timezone.localdate()
    may_change = access.may_change(request.user, version)
    lamps = grid.Lamps(version)
    names = names_for(version)
    context = {
        "version": version,
        "versions": version.plan.versions.defer("problem").order_by("-number"),
        "job": running_job(version.plan),
        "may_change": may_change,
        "may_plan": access.may_plan(request.user, version.plan.unit),
        "may_ratify": access.may_ratify(request.user) and version.state == VersionState.SUBMITTED,
        "header": grid.header_of(version, today),
        **_rows(request, version, lamps, may_change),
        "groups": [(key, names.groups.get(key, ""), line) for key, line in lamps.by_group().items()],
        "fairness": grid.fairness_of(version),
        "may_withdraw": access.may_ratify(request.user) and version.state == VersionState.RATIFIED,
        "home_mark": grid.mark_of(cells.HOME),
        "difference": difference_from_ratified(version),
        **_findings(version, broken_rules(version)),
    }
    return render(request, "schedules/version_detail.html", context)


@require_POST
def cell_change(request: HttpRequest, version_id: int) -> HttpResponse:
    """Set or lock one cell; answers the findings of the whole month and what changed on the page."""
    version = _version(request, version_id)
    require(access.may_plan(request.user, version.plan.unit))
    form = CellForm(request.POST)
    if not form.is_valid():
        return _refused(_("This cell does not belong to the schedule."))
    data = form.cleaned_data
    day = version.plan.starts_on + timedelta(days=data["position"])
    try:
        found = actions.change_cell(
            version=version, person_id=data["person"], day=day, home=data["home"], locked=data["locked"],
            actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except DomainError as refusal:
        return _refused(refusal.message)
    context = {"version": version, "may_change": True, **_findings(version, found)}
    response = render(request, "schedules/version_detail.html#findings", context)
    response["HX-Trigger"] = json.dumps({"k9:cell": _changed(version, data["person"], data["position"])})
    return response


@require_POST
def version_submit(request: HttpRequest, version_id: int) -> HttpResponse:
    version = _version(request, version_id)
    require(access.may_plan(request.user, version.plan.unit))
    return _deed(
        request, version, _("The schedule has been submitted to BKD."),
        lambda: actions.submit_version(version=version, actor=request.user, now=timezone.now()),
    )  # fmt: skip


@require_POST
def version_revise(request: HttpRequest, version_id: int) -> HttpResponse:
    version = _version(request, version_id)
    require(access.may_plan(request.user, version.plan.unit))
    return _deed(
        request, version, _("A new draft has been opened; the version before stays as it is."),
        lambda: actions.revise_version(version=version, actor=request.user, now=timezone.now()),
    )  # fmt: skip


@require_POST
def version_withdraw(request: HttpRequest, version_id: int) -> HttpResponse:
    version = _version(request, version_id)
    require(access.may_ratify(request.user))
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return _deed(
        request, version, _("The schedule has been withdrawn from tomorrow on."),
        lambda: actions.withdraw_version(version=version, reason=reason, actor=request.user, now=timezone.now()),
    )  # fmt: skip


# ---- pieces ----


def _version(request: HttpRequest, version_id: int) -> PlanVersion:
    rows = PlanVersion.objects.visible_to(request.user).defer("problem")
    rows = rows.select_related("plan__unit", "created_by", "submitted_by", "decided_by")
    return get_object_or_404(rows, pk=version_id)


def _deed(request: HttpRequest, version: PlanVersion, done: str, deed) -> HttpResponse:
    """Do one thing with a version, say how it went, and show what stands."""
    try:
        result = deed()
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("schedules:version_detail", version_id=version.pk)
    messages.success(request, done)
    return redirect("schedules:version_detail", version_id=result.pk)


def _refused(message: str) -> HttpResponse:
    """204 keeps the page; the message is said by the shell."""
    response = HttpResponse(status=204)
    response["HX-Trigger"] = json.dumps({"k9:say": {"level": "error", "text": message}})
    return response


def _rows(request: HttpRequest, version: PlanVersion, lamps: grid.Lamps, may_change: bool) -> dict[str, Any]:
    """One page of rows, cut where a unit begins, each unit with its lamp."""
    units = {u.pk: u for u in Unit.objects.subtree(version.plan.unit).filter(pk__in=lamps.chains).order_by("path")}
    asked = request.GET.get("unit", "")
    chosen = units.get(int(asked)) if asked.isdigit() else None
    rows = grid.rows_of(version, chosen.path if chosen else "")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(_page_asked(request, rows))
    days = cells.days_of(version.plan.starts_on, version.plan.ends_on)
    today = timezone.localdate()
    by_unit = lamps.by_unit()
    blocks: list[dict[str, Any]] = []
    for row in page:
        if not blocks or blocks[-1]["unit"].pk != row.unit_id:
            blocks.append({"unit": row.unit, "lamps": by_unit.get(row.unit_id), "rows": []})
        blocks[-1]["rows"].append(
            {
                "row": row,
                "cells": grid.cells_of(row, days, today, editable=may_change),
                "home": cells.count_home(row.cells),
                "carry": row.carry_thousandths / 1000,
            }
        )
    return {
        "blocks": blocks,
        "page": page,
        "units": list(units.values()),
        "chosen": chosen,
        "total": by_unit.get(version.plan.unit_id),
    }


def _page_asked(request: HttpRequest, rows: QuerySet[PlanRow]) -> str | int:
    """The page by number, or the one on which `?person=` stands."""
    person = request.GET.get("person", "")
    if not person.isdigit():
        return request.GET.get("page", 1)
    order = list(rows.values_list("person_id", flat=True))
    return order.index(int(person)) // ROWS_PER_PAGE + 1 if int(person) in order else 1


def _findings(version: PlanVersion, violations: list[Violation]) -> dict[str, Any]:
    """What stands against the version now, and what the computation reported."""
    broken = [stored_finding("violation", found) for found in violations]
    reported = [row for row in version.findings if row["kind"] != "conflict"][:FINDINGS_SHOWN]
    names = names_for(version, (row["person"] for row in (*broken[:FINDINGS_SHOWN], *reported)))
    return {
        "broken": [
            {"text": finding_text(row, names), "person": row["person"], "day": row["day"]}
            for row in broken[:FINDINGS_SHOWN]
        ],
        "broken_count": len(broken),
        "reported": finding_texts(reported, names),
    }


def _changed(version: PlanVersion, person_id: int, position: int) -> dict[str, Any]:
    """What the script paints again: the cell, the row's sum and the lamps of that day."""
    row = version.rows.get(person_id=person_id)
    lamps = grid.Lamps(version)
    day = [version.plan.starts_on + timedelta(days=position)]
    letter = row.cells[position]
    return {
        "person": person_id,
        "position": position,
        "letter": letter,
        "mark": grid.mark_of(letter),
        "words": str(grid.WORDS[letter]),
        "locked": row.locked[position] == "1",
        "home": cells.count_home(row.cells),
        "lamps": [
            {"row": f"{kind}-{key}", "text": line[0].text, "state": line[0].state}
            for kind, lines in (("unit", lamps.by_unit(day)), ("group", lamps.by_group(day)))
            for key, line in lines.items()
        ],
    }
