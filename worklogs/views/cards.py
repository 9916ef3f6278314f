"""Cards of the home page."""

from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from worklogs import access, queries
from worklogs.forms import EntryForm
from worklogs.models import EntryState, LogEntry
from worklogs.wording import clock


@require_GET
def card_today(request: HttpRequest) -> HttpResponse:
    """Today's entries with a line to add one; a plain request goes to the page itself."""
    if not request.htmx:
        return redirect("worklogs:day_list")
    return today_card(request, timezone.now())


def today_card(request: HttpRequest, now: datetime, *, form: EntryForm | None = None) -> HttpResponse:
    """The card; 422 with the form when an entry was not right."""
    context: dict[str, object] = {"has_no_log": not access.may_keep_a_log(request.user)}
    if not context["has_no_log"]:
        log = queries.log_page(request.user.person_id, timezone.localdate(now), now)
        starts, ends = log.proposal
        fresh = EntryForm(initial={"start": clock(starts), "end": clock(ends)}, auto_id="card_%s")
        context |= {"log": log, "form": form or fresh, "client_key": uuid4().hex}
    status = 422 if form is not None and form.errors else 200
    return render(request, "worklogs/card_today.html", context, status=status)


@require_GET
def card_waiting(request: HttpRequest) -> HttpResponse:
    """What waits for this account: entries to validate and own entries to mend."""
    if not request.htmx:
        return redirect("worklogs:validation")
    now = timezone.now()
    context: dict[str, object] = {"returned": [], "inbox": None}
    if access.may_keep_a_log(request.user):
        today = timezone.localdate(now)
        own = queries.diary_of(request.user.person_id, today, today, now)
        context["inbox"] = queries.inbox_of(access.stands_for(request.user, today), own=own)
        returned = LogEntry.objects.of(request.user.person_id).filter(state=EntryState.RETURNED)
        context["returned"] = list(returned.select_related("decided_by").order_by("mend_by_on", "pk")[:5])
    return render(request, "worklogs/card_waiting.html", context)
