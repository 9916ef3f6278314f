"""People and units, as far as the reader may know them."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from common.paging import page_of
from common.xlsx import workbook_response
from personnel import access, actions, queries
from personnel.filters import AppointmentFilter
from personnel.forms import SuperiorForm
from personnel.models import PositionKind, Unit


def _narrowed(request: HttpRequest) -> AppointmentFilter:
    """The list under the filters of the URL; a value that is none narrows nothing."""
    return AppointmentFilter(request.GET, queries.appointments_for_list(request.user, timezone.localdate()))


@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """The people of one's units, narrowed by the filters in the URL."""
    access.require(access.may_list_people(request.user))
    narrowed = _narrowed(request)
    context = {
        "page": page_of(request, narrowed.qs),
        "wanted": narrowed.form.cleaned_data,
        "kinds": PositionKind.choices,
        "perangkat_daerah": queries.perangkat_daerah_on(timezone.localdate()),
    }
    return render(request, "personnel/person_list.html", context)


@require_GET
def person_export(request: HttpRequest) -> FileResponse:
    """Exactly what the list shows, all pages, as a spreadsheet."""
    access.require(access.may_list_people(request.user))
    rows = _narrowed(request).qs
    headings = [_("Name"), "NIP", _("Position"), _("Unit"), _("Perangkat daerah"), _("Since")]
    lines = (
        (
            held.person.full_name,
            held.person.nip,
            held.position.name,
            held.unit.name,
            held.unit.perangkat_daerah.name if held.unit.perangkat_daerah else "",
            held.starts_on,
        )
        for held in rows.iterator(chunk_size=2_000)
    )
    return workbook_response("pegawai.xlsx", headings, lines)


@require_GET
def person_detail(request: HttpRequest, person_id: int) -> HttpResponse:
    """Where somebody stands today, under whom, and what came before."""
    today = timezone.localdate()
    person = get_object_or_404(queries.people_visible_to(request.user, today), pk=person_id)
    context: dict[str, Any] = queries.for_person_page(person, today)
    held = context["appointment"]
    if access.may_set_superior(request.user, held.unit if held else None):
        context["superior_form"] = SuperiorForm(
            candidates=queries.candidates_for_superior(request.user, person, today), initial={"starts_on": today}
        )
    return render(request, "personnel/person_detail.html", context)


@require_POST
def person_set_superior(request: HttpRequest, person_id: int) -> HttpResponse:
    """Place somebody under another superior from a day; what was written wrong comes back with its sentence."""
    today = timezone.localdate()
    person = get_object_or_404(queries.people_visible_to(request.user, today), pk=person_id)
    access.require(access.may_set_superior(request.user, queries.unit_of(person.pk, today)))
    form = SuperiorForm(request.POST, candidates=queries.candidates_for_superior(request.user, person, today))
    if form.is_valid():
        try:
            actions.set_superior(person=person, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("The direct superior has been set."))
            return redirect("personnel:person_detail", person_id=person.pk)
    context = {**queries.for_person_page(person, today), "superior_form": form}
    return render(request, "personnel/person_detail.html", context, status=422)


@require_GET
def unit_detail(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A unit, the units below it, who leads it, and its people as far as one may see them."""
    today = timezone.localdate()
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    return render(request, "personnel/unit_detail.html", queries.for_unit_page(request.user, unit, today))
