"""One's own log: the page of a day and every deed on it."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from personnel.access import require
from worklogs import access, actions, queries
from worklogs.forms import EntryForm, day_from, initial_of
from worklogs.models import Favourite, LogEntry
from worklogs.views.cards import today_card
from worklogs.wording import clock

PAGE = "worklogs/day_list.html"


@require_GET
def day_list(request: HttpRequest) -> HttpResponse:
    """The log of one day with its week, month and meter; `ubah` opens one entry for change."""
    now = timezone.now()
    if not access.may_keep_a_log(request.user):
        return render(request, PAGE, {"has_no_log": True})
    return _page(request, day_from(request.GET, timezone.localdate(now)), now)


def _page(
    request: HttpRequest, day: date, now: datetime, *, form: EntryForm | None = None, editing: int | None = None
) -> HttpResponse:
    """The whole page, or its content alone for HTMX; 422 when a form was not right."""
    log = queries.log_page(request.user.person_id, day, now)
    asked = request.GET.get("ubah", "")
    editing = editing or (int(asked) if asked.isdigit() else None)
    entry = next((line.entry for line in log.lines if line.entry.pk == editing and line.entry.may_be_changed), None)
    context = {
        "log": log,
        "day": day,
        "form": form if form is not None and entry is None else _blank_form(request, log),
        "editing": entry,
        "edit_form": _edit_form(entry, form),
        # What was refused keeps its key, so that pressing again is still the same entry.
        "client_key": (form and request.POST.get("client_key")) or uuid4().hex,
    }
    template = f"{PAGE}#log" if request.htmx else PAGE
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def _edit_form(entry: LogEntry | None, form: EntryForm | None) -> EntryForm | None:
    if entry is None:
        return None
    return form or EntryForm(initial=initial_of(entry), auto_id="change_%s")


def _blank_form(request: HttpRequest, log: Any) -> EntryForm:
    """An empty form with a proposed time, or one filled from a favourite."""
    starts, ends = log.proposal
    initial: dict[str, object] = {"start": clock(starts), "end": clock(ends), "from_home": "yes"}
    chosen = request.GET.get("favorit", "")
    favourite = next((f for f in log.favourites if str(f.pk) == chosen), None)
    if favourite:
        initial |= {
            "end": clock(starts + favourite.minutes),
            "activity": favourite.activity,
            "quantity": favourite.quantity.normalize() if favourite.quantity is not None else None,
            "output_unit": favourite.output_unit,
            "kind": favourite.kind,
            "from_home": "yes" if favourite.can_be_done_from_home else "no",
        }
    return EntryForm(initial=initial)


def _back(request: HttpRequest, day: date, now: datetime) -> HttpResponse:
    """After a deed: the fresh content for HTMX, the page of the day otherwise."""
    if request.htmx:
        return _page(request, day, now)
    response = redirect("worklogs:day_list")
    response["Location"] += f"?tanggal={day.isoformat()}"
    return response


@require_POST
def entry_write(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    require(access.may_keep_a_log(request.user))
    day = day_from(request.POST, timezone.localdate(now))
    form = EntryForm(request.POST)
    if form.is_valid():
        try:
            actions.write_entry(
                person_id=request.user.person_id,
                day=day,
                details=form.details(),
                actor=request.user,
                now=now,
                client_key=request.POST.get("client_key", "")[:40],
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    if form.errors:
        return _card_or_page(request, day, now, form)
    return _card_or_page(request, day, now, None)


def _card_or_page(request: HttpRequest, day: date, now: datetime, form: EntryForm | None) -> HttpResponse:
    if request.htmx and request.POST.get("kartu"):
        return today_card(request, now, form=form)
    return _back(request, day, now) if form is None else _page(request, day, now, form=form)


def _own(request: HttpRequest, entry_id: int) -> LogEntry:
    """The entry if one may know of it (404) and it is one's own (403)."""
    entry = get_object_or_404(LogEntry.objects.visible_to(request.user), pk=entry_id)
    require(access.may_change(request.user, entry))
    return entry


@require_POST
def entry_change(request: HttpRequest, entry_id: int) -> HttpResponse:
    now = timezone.now()
    entry = _own(request, entry_id)
    form = EntryForm(request.POST, auto_id="change_%s")
    version = request.POST.get("version", "")
    if form.is_valid():
        try:
            actions.change_entry(
                entry_id=entry.pk,
                version=int(version) if version.isdigit() else 0,
                details=form.details(),
                actor=request.user,
                now=now,
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    if form.errors:
        return _page(request, entry.day, now, form=form, editing=entry.pk)
    return _back(request, entry.day, now)


@require_POST
def entry_delete(request: HttpRequest, entry_id: int) -> HttpResponse:
    now = timezone.now()
    entry = _own(request, entry_id)
    with said(request):
        actions.delete_draft(entry_id=entry.pk, actor=request.user, now=now)
    return _back(request, entry.day, now)


@require_POST
def entry_duplicate(request: HttpRequest, entry_id: int) -> HttpResponse:
    now = timezone.now()
    entry = _own(request, entry_id)
    with said(request):
        actions.duplicate_entry(entry_id=entry.pk, actor=request.user, now=now)
    return _back(request, entry.day, now)


@require_POST
def favourite_keep(request: HttpRequest, entry_id: int) -> HttpResponse:
    now = timezone.now()
    entry = _own(request, entry_id)
    actions.keep_favourite(entry_id=entry.pk, actor=request.user, now=now)
    messages.success(request, _("Kept as a favourite."))
    return _back(request, entry.day, now)


@require_POST
def favourite_drop(request: HttpRequest, favourite_id: int) -> HttpResponse:
    now = timezone.now()
    favourite = get_object_or_404(Favourite.objects.visible_to(request.user), pk=favourite_id)
    actions.drop_favourite(favourite_id=favourite.pk, actor=request.user, now=now)
    return _back(request, day_from(request.POST, timezone.localdate(now)), now)


@require_POST
def day_copy(request: HttpRequest) -> HttpResponse:
    """Copy the entries of `dari` into `tanggal` as drafts."""
    now = timezone.now()
    require(access.may_keep_a_log(request.user))
    day = day_from(request.POST, timezone.localdate(now))
    source = day_from({"tanggal": request.POST.get("dari", "")}, day)
    with said(request):
        rows = actions.copy_day(
            person_id=request.user.person_id, from_day=source, to_day=day, actor=request.user, now=now
        )
        text = ngettext("%(count)s entry copied from %(day)s.", "%(count)s entries copied from %(day)s.", len(rows))
        messages.success(request, text % {"count": len(rows), "day": date_format(source, "l, j F")})
    return _back(request, day, now)


@require_POST
def day_submit(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    require(access.may_keep_a_log(request.user))
    day = day_from(request.POST, timezone.localdate(now))
    with said(request):
        rows = actions.submit_day(person_id=request.user.person_id, day=day, actor=request.user, now=now)
        if rows:
            messages.success(request, _sent(len(rows)))
        else:
            messages.info(request, _("Everything of this day has already been sent."))
    return _back(request, day, now)


def _sent(count: int) -> str:
    text = ngettext("%(count)s entry sent to your superior.", "%(count)s entries sent to your superior.", count)
    return text % {"count": count}


@require_POST
def week_submit(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    require(access.may_keep_a_log(request.user))
    day = day_from(request.POST, timezone.localdate(now))
    with said(request):
        outcome = actions.submit_week(person_id=request.user.person_id, day=day, actor=request.user, now=now)
        if outcome.sent:
            messages.success(request, _sent(sum(outcome.sent.values())))
        for refused_day, sentence in outcome.refused.items():
            messages.error(request, f"{date_format(refused_day, 'l, j F')}: {sentence}")
    return _back(request, day, now)


class said:
    """Turn a refusal inside the block into a message on the page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __enter__(self) -> "said":
        return self

    def __exit__(self, kind, refusal, _trace) -> bool:
        if isinstance(refusal, DomainError):
            messages.error(self.request, refusal.message)
            return True
        return False


@require_GET
def entry_history(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What happened to one entry, for its writer and for those who validate it."""
    rows = LogEntry.objects.visible_to(request.user).select_related("person", "validator", "decided_by")
    entry = get_object_or_404(rows, pk=entry_id)
    events = list(entry.events.select_related("actor").order_by("pk"))
    return render(
        request,
        "worklogs/entry_history.html",
        {"entry": entry, "events": events, "is_writer": access.is_writer(request.user, entry)},
    )
