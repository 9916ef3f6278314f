"""Asking for leave, travel, training and corrections; the superior's inbox."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attendance import access, actions
from attendance.models import AbsenceRequest, CorrectionRequest
from attendance.queries import requests as queries
from attendance.request_forms import AbsenceRequestForm, CorrectionRequestForm, DecisionForm, minute_of
from common.errors import DomainError
from common.paging import page_of
from personnel.access import require

MODELS: dict[str, Any] = {"absence": AbsenceRequest, "correction": CorrectionRequest}
APPROVE: dict[str, Callable[..., Any]] = {
    "absence": actions.approve_absence,
    "correction": actions.approve_correction,
}
REJECT: dict[str, Callable[..., Any]] = {"absence": actions.reject_absence, "correction": actions.reject_correction}
WITHDRAW: dict[str, Callable[..., Any]] = {
    "absence": actions.withdraw_absence_request,
    "correction": actions.withdraw_correction_request,
}
LATEST_CORRECTIONS = 12


@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    """One's own requests, the annual leave that is left, and the corrections of this month."""
    require(access.may_ask(request.user))
    today = timezone.localdate()
    person_id = request.user.person_id
    context = {
        "page": page_of(request, queries.my_absence_requests(person_id)),
        "corrections": queries.my_correction_requests(person_id)[:LATEST_CORRECTIONS],
        "account": queries.annual_leaves([person_id], [today.year])[person_id, today.year],
        "taken": queries.corrections_taken(person_id, today),
        "limit": queries.CORRECTIONS.per_month,
    }
    return render(request, "attendance/request_list.html", context)


@require_GET
def request_form(request: HttpRequest) -> HttpResponse:
    """A new request; `?hari=2026-11-17` names the day of a correction."""
    require(access.may_ask(request.user))
    day = request.GET.get("hari", "")
    return _form_page(request, corrects=CorrectionRequestForm(initial={"day": day}), opens="correction" if day else "")


@require_POST
def absence_request(request: HttpRequest) -> HttpResponse:
    require(access.may_ask(request.user))
    form = AbsenceRequestForm(request.POST, kinds=_kinds(request))
    if not form.is_valid():
        return _form_page(request, asks=form, status=422)
    try:
        actions.request_absence(
            person_id=request.user.person_id, **form.cleaned_data, actor=request.user, now=timezone.now()
        )
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return _form_page(request, asks=form, status=409)
    messages.success(request, _("Your request is with your superior. You are told when it is decided."))
    return redirect("attendance:request_list")


@require_POST
def correction_request(request: HttpRequest) -> HttpResponse:
    require(access.may_ask(request.user))
    form = CorrectionRequestForm(request.POST)
    if not form.is_valid():
        return _form_page(request, corrects=form, opens="correction", status=422)
    said = dict(form.cleaned_data)
    try:
        actions.request_correction(
            person_id=request.user.person_id, minute=minute_of(said.pop("clock")), **said, actor=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return _form_page(request, corrects=form, opens="correction", status=409)
    messages.success(request, _("Your request is with your superior. You are told when it is decided."))
    return redirect("attendance:request_list")


@require_POST
def request_withdraw(request: HttpRequest, request_id: int, what: str) -> HttpResponse:
    """Take back one's own request; what others asked for is visible to some and not theirs to take back."""
    row = get_object_or_404(MODELS[what].objects.visible_to(request.user), pk=request_id)
    require(access.is_asker(request.user, row))
    try:
        WITHDRAW[what](request_id=row.pk, actor=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The request is withdrawn."))
    return redirect("attendance:request_list")


@require_GET
def request_inbox(request: HttpRequest) -> HttpResponse:
    """What waits for this superior, oldest first."""
    today = timezone.localdate()
    person_id = request.user.person_id
    require(person_id is not None)
    require(access.leads_people(request.user, today) or queries.waiting_count(person_id, today) > 0)
    page = page_of(request, queries.open_requests(AbsenceRequest, request.user, today))
    context = {
        "page": page,
        "absences": queries.absence_inbox(page.object_list, person_id, today),
        "corrections": queries.open_requests(CorrectionRequest, request.user, today)[:100],
        "today": today,
    }
    return render(request, "attendance/request_inbox.html", context)


@require_POST
def request_decide(request: HttpRequest, request_id: int, what: str) -> HttpResponse:
    """Approve, or reject with a reason."""
    now = timezone.now()
    row = get_object_or_404(MODELS[what].objects.visible_to(request.user), pk=request_id)
    require(access.may_decide_request(request.user, row, timezone.localdate(now)))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose approve or reject."))
        return redirect("attendance:request_inbox")
    is_yes = form.cleaned_data["deed"] == "APPROVE"
    deed = APPROVE[what] if is_yes else REJECT[what]
    words = {} if is_yes else {"reason": form.cleaned_data["reason"]}
    try:
        deed(request_id=row.pk, **words, actor=request.user, now=now)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The request is approved.") if is_yes else _("The request is rejected."))
    return redirect("attendance:request_inbox")


def _kinds(request: HttpRequest) -> list[tuple[str, str]]:
    return [(offer.code, offer.label) for offer in _offers(request)]


def _offers(request: HttpRequest) -> list[queries.Offer]:
    person_id = request.user.person_id
    return queries.offers(queries.applicants([person_id], timezone.localdate())[person_id])


def _form_page(
    request: HttpRequest,
    *,
    asks: AbsenceRequestForm | None = None,
    corrects: CorrectionRequestForm | None = None,
    opens: str = "",
    status: int = 200,
) -> HttpResponse:
    today, person_id = timezone.localdate(), request.user.person_id
    found = _offers(request)
    context = {
        "asks": asks or AbsenceRequestForm(kinds=[(offer.code, offer.label) for offer in found]),
        "corrects": corrects or CorrectionRequestForm(),
        "opens": opens,
        "offers": found,
        "account": queries.annual_leaves([person_id], [today.year])[person_id, today.year],
        "taken": queries.corrections_taken(person_id, today),
        "policy": queries.CORRECTIONS,
    }
    return render(request, "attendance/request_form.html", context, status=status)
