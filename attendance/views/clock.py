"""The clock and the cards of *Hari ini*."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from attendance import access, actions, queries
from attendance.forms import ClockForm
from attendance.queries import cards
from common.errors import DomainError
from common.templatetags.kotak9 import clock_time
from personnel.access import require


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """The clock, the week and the next days away on one page; the whole of it works without script."""
    require(access.may_clock(request.user))
    now = timezone.now()
    context = {name: _facts(read, request, now) for name, read in READERS.items()}
    return render(request, "attendance/today.html", {**context, "client_key": uuid.uuid4().hex})


@require_GET
def clock_card(request: HttpRequest) -> HttpResponse:
    return _card(request, "clock")


@require_GET
def week_card(request: HttpRequest) -> HttpResponse:
    return _card(request, "week")


@require_GET
def upcoming_card(request: HttpRequest) -> HttpResponse:
    return _card(request, "upcoming")


@require_POST
def clock_press(request: HttpRequest) -> HttpResponse:
    """Record one press; the answer is the card as it stands afterwards, or the page where no script runs."""
    require(access.may_clock(request.user))
    now = timezone.now()
    client_key, device = ClockForm(request.POST).press()
    try:
        done = actions.press_clock(
            person_id=request.user.person_id, client_key=client_key, device=device, actor=request.user, now=now
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _sentence(done))
    if not request.htmx:
        return redirect("attendance:today")
    response = _render(request, "clock", _facts(READERS["clock"], request, now), with_messages=True)
    return trigger_client_event(response, "attendance:changed")


def _sentence(done: actions.Clocked) -> str:
    at = clock_time(done.punch.instant, done.punch.zone)
    text = _("Clock-in %(at)s recorded. Receipt %(receipt)s.")
    if done.punch.direction != "IN":
        text = _("Clock-out %(at)s recorded. Receipt %(receipt)s.")
    return text % {"at": at, "receipt": done.punch.receipt}


READERS: dict[str, Callable[[int, datetime], Any]] = {
    "clock": cards.clock_card,
    "week": cards.week_card,
    "upcoming": cards.upcoming_card,
}


def _facts(read: Callable[[int, datetime], Any], request: HttpRequest, now: datetime) -> Any:
    """What a card shows; None for somebody without a position."""
    try:
        return read(request.user.person_id, now)
    except queries.NotAppointed:
        return None


def _card(request: HttpRequest, name: str) -> HttpResponse:
    """One card as a fragment; a plain request gets the page that holds all three."""
    require(access.may_clock(request.user))
    if not request.htmx:
        return redirect("attendance:today")
    return _render(request, name, _facts(READERS[name], request, timezone.now()))


def _render(request: HttpRequest, name: str, facts: Any, *, with_messages: bool = False) -> HttpResponse:
    context = {name: facts, "client_key": uuid.uuid4().hex, "with_messages": with_messages}
    return render(request, f"attendance/_{name}_card.html", context)
