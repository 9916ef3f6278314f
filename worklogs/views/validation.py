"""The inbox of a superior: read, decide, take back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from personnel.access import require
from personnel.models import Person
from worklogs import access, actions, queries
from worklogs.actions.decisions import told
from worklogs.forms import DecisionForm, day_from
from worklogs.models import LogEntry
from worklogs.queries.inbox import Bundle, Inbox, Review
from worklogs.rules.policy import LogPolicy
from worklogs.rules.states import Deed
from worklogs.views.log import said

PAGE = "worklogs/validation.html"
NOWHERE = date.min


@require_GET
def validation(request: HttpRequest) -> HttpResponse:
    """The inbox with one person-day open: the one asked for, else the oldest."""
    return _page(request, timezone.now(), _asked(request.GET))


def _asked(data) -> tuple[int, date] | None:
    person, day = data.get("orang", ""), day_from(data, NOWHERE)
    return (int(person), day) if person.isdigit() and day != NOWHERE else None


def _page(request: HttpRequest, now: datetime, asked: tuple[int, date] | None, *, after: bool = False) -> HttpResponse:
    """The page, or its content for HTMX. `after` a deed a bundle with nothing left gives way to the next."""
    user = request.user
    if not access.may_keep_a_log(user):
        return render(request, PAGE, {"inbox": Inbox([], 0, 0, 0), "review": None, "day": timezone.localdate(now)})
    today = timezone.localdate(now)
    people = access.stands_for(user, today)
    own = queries.diary_of(user.person_id, today - timedelta(days=45), today, now)
    inbox = queries.inbox_of(people, own=own, opened=asked)
    opened = _opened(inbox, asked, after=after)
    review = _review(request, opened, people, now) if opened else None
    context: dict[str, Any] = {
        "inbox": inbox,
        "review": review,
        "opened": opened,
        "next_bundle": _next(inbox.bundles, opened),
        "reasons": queries.usual_reasons(user.pk) if review else [],
        "recent": queries.recent_decisions(user.pk, now, LogPolicy().undo_seconds),
        "has_team": bool(inbox.count) or access.may_validate(user, today),
        "now": now,
    }
    return render(request, f"{PAGE}#inbox" if request.htmx else PAGE, context)


def _opened(inbox: Inbox, asked: tuple[int, date] | None, *, after: bool) -> tuple[int, date] | None:
    waiting = [(bundle.person.pk, bundle.day) for bundle in inbox.bundles]
    if asked and (asked in waiting or not after):
        return asked
    return waiting[0] if waiting else None


def _next(bundles: Iterable[Bundle], opened: tuple[int, date] | None) -> Bundle | None:
    return next((bundle for bundle in bundles if (bundle.person.pk, bundle.day) != opened), None)


def _review(request: HttpRequest, opened: tuple[int, date], people, now: datetime) -> Review:
    """The person-day asked for. 404 when the reader may see none of it."""
    rows = queries.reviewable(LogEntry.objects.visible_to(request.user), *opened)
    if not rows:
        raise Http404
    person: Person = rows[0].person
    return queries.review_of(rows, person, opened[1], people=people, now=now)


@require_POST
def validation_decide(request: HttpRequest) -> HttpResponse:
    """Approve, return or reject the chosen entries; none chosen means all that wait in the open day."""
    now = timezone.now()
    form = DecisionForm(request.POST)
    chosen = request.POST.getlist("entry") or request.POST.getlist("all")
    items = form.items(chosen)
    if not form.is_valid() or not items:
        messages.error(request, _("Choose at least one entry."))
        return _back(request, now)
    _require_all_mine(request, [entry_id for entry_id, _version in items], now)
    deed = Deed(form.cleaned_data["deed"])
    with said(request):
        outcome = actions.decide_many(
            items=items, deed=deed, reason=form.cleaned_data["reason"], actor=request.user, now=now
        )
        if outcome.done and not request.htmx:
            messages.success(request, told(outcome, deed))
        for refusal in outcome.refused:
            messages.warning(request, refusal.message)
    return _back(request, now)


def _require_all_mine(request: HttpRequest, entry_ids: list[int], now: datetime) -> None:
    """404 for an entry one may not know of, 403 for one that is another's to decide."""
    rows = list(LogEntry.objects.visible_to(request.user).filter(pk__in=entry_ids))
    if len(rows) != len(set(entry_ids)):
        raise Http404
    today = timezone.localdate(now)
    for row in rows:
        require(access.may_decide(request.user, row, today))


def _back(request: HttpRequest, now: datetime) -> HttpResponse:
    asked = _asked(request.POST)
    if request.htmx:
        return _page(request, now, asked, after=True)
    response = redirect("worklogs:validation")
    still = asked and queries.waiting_of(access.stands_for(request.user, timezone.localdate(now))).filter(
        person_id=asked[0], day=asked[1]
    )
    if asked and still and still.exists():
        response["Location"] += f"?orang={asked[0]}&tanggal={asked[1].isoformat()}"
    return response


@require_POST
def validation_undo(request: HttpRequest) -> HttpResponse:
    """Take the decision of the last minute back."""
    now = timezone.now()
    ids = [int(text) for text in request.POST.getlist("entry") if text.isdigit()]
    _require_all_mine(request, ids, now)
    with said(request):
        rows = actions.undo_decision(entry_ids=ids, actor=request.user, now=now)
        if rows:
            text = ngettext("%(count)s entry waits again.", "%(count)s entries wait again.", len(rows))
            messages.info(request, text % {"count": len(rows)})
    return _back(request, now)


@require_POST
def entry_reopen(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Open a closed entry again for its writer."""
    now = timezone.now()
    entry = get_object_or_404(LogEntry.objects.visible_to(request.user), pk=entry_id)
    require(access.may_decide(request.user, entry, timezone.localdate(now)))
    version = request.POST.get("version", "")
    with said(request):
        actions.reopen(
            entry_id=entry.pk,
            version=int(version) if version.isdigit() else 0,
            reason=request.POST.get("reason", ""),
            actor=request.user,
            now=now,
        )
        messages.success(request, _("Opened again for its writer, with your reason."))
    response = redirect("worklogs:validation")
    response["Location"] = f"{reverse('worklogs:validation')}?orang={entry.person_id}&tanggal={entry.day.isoformat()}"
    return response
