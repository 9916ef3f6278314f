"""Kebijakan WFH: documents in force, and setting one from a day on."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from personnel.access import require
from personnel.models import Unit
from schedules import access, actions
from schedules.actions.policies import findings_of
from schedules.forms import PolicyForm, initial_of, only_changes
from schedules.queries.eligibility import impact_of
from schedules.queries.policies import parameters_above, policies_for_list
from schedules.queries.wording import tell
from schedules.rules.policy import Layer, read_parameters
from schedules.rules.presets import BY_KEY, PRESETS


@require_GET
def policy_list(request: HttpRequest) -> HttpResponse:
    require(access.may_see_policies(request.user))
    day = timezone.localdate()
    context = {
        **policies_for_list(request.user, day),
        "may_set": access.may_set_policy(request.user),
        "presets": PRESETS,
        "day": day,
    }
    return render(request, "schedules/policy_list.html", context)


@require_GET
def policy_new(request: HttpRequest) -> HttpResponse:
    """The form: from a preset, else from what holds now."""
    require(access.may_set_policy(request.user))
    day = timezone.localdate()
    unit = Unit.objects.visible_to(request.user).filter(pk=_number(request.GET.get("unit"))).first()
    preset = BY_KEY.get(request.GET.get("preset", ""))
    start = first_of_next_month(day)
    initial: dict[str, Any] = {"unit": unit, "starts_on": start.isoformat()}
    if preset:
        initial |= initial_of(preset.parameters) | {"number": preset.number, "legal_basis": preset.legal_basis}
    else:
        initial |= initial_of(parameters_above(unit, start, including_own=True))
    return _form_page(request, PolicyForm(initial=initial, day=day), preset=preset)


@require_POST
def policy_set(request: HttpRequest) -> HttpResponse:
    """Preview the impact or put the document in force, by the button that was pressed."""
    require(access.may_set_policy(request.user))
    form = PolicyForm(request.POST, day=timezone.localdate())
    if not form.is_valid():
        return _form_page(request, form, status=422)
    if "preview" in request.POST:
        return _form_page(request, form, preview=_preview(form))
    try:
        actions.set_policy(**_document(form), actor=request.user, now=timezone.now())
    except DomainError as refusal:
        rows = refusal.details.get("findings") or [{"message": refusal.message, "severity": "BLOCKS"}]
        return _form_page(request, form, refused=rows, status=422)
    messages.success(request, _("The policy is set. Schedules made from now on follow it."))
    return redirect("schedules:policy_list")


def _document(form: PolicyForm) -> dict[str, Any]:
    data = form.cleaned_data
    unit = data["unit"]
    parameters = form.parameters()
    if unit is not None:
        parameters = only_changes(parameters, parameters_above(unit, data["starts_on"]))
    return {
        "unit": unit,
        "number": data["number"],
        "legal_basis": data["legal_basis"],
        "starts_on": data["starts_on"],
        "ends_on": data["ends_on"],
        "parameters": parameters,
        "decision_note": data["decision_note"],
    }


def _preview(form: PolicyForm) -> dict[str, Any]:
    """Contradictions and changed verdicts, without writing anything."""
    asked = _document(form)
    values, unfit = read_parameters(asked["parameters"])
    unit, day = asked["unit"], asked["starts_on"]
    found = unfit or findings_of(
        unit=unit, number=asked["number"], legal_basis=asked["legal_basis"], starts_on=day, values=values
    )
    layer = Layer(
        depth=unit.depth + 1 if unit else 0, place=unit.name if unit else "", number=asked["number"],
        legal_basis=asked["legal_basis"], starts_on=day, unit_id=unit.pk if unit else None, values=values,
    )  # fmt: skip
    return {
        "findings": [{"message": tell(f.message), "severity": str(f.severity)} for f in found],
        "impact": impact_of(unit, layer, day),
        "day": day,
    }


def _form_page(request: HttpRequest, form: PolicyForm, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "schedules/policy_form.html", {"form": form, "presets": PRESETS, **context}, status=status)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
