"""Outages of the clock and minutes given to whole units."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from attendance import access, actions
from attendance.queries import relief as queries
from attendance.request_forms import ReliefForm, minute_of
from common.errors import DomainError
from common.paging import page_of
from personnel.access import require


@require_GET
def relief(request: HttpRequest) -> HttpResponse:
    require(access.may_relieve(request.user))
    return _page(request, None)


@require_POST
def relief_record(request: HttpRequest) -> HttpResponse:
    """Record the outage and the dispensation in one step. A unit outside the own ones does not exist here."""
    require(access.may_relieve(request.user))
    units = queries.relieved_units(request.user, timezone.localdate())
    own = {str(unit.pk) for unit in units}
    if any(asked not in own for asked in request.POST.getlist("units")):
        raise Http404
    form = ReliefForm(request.POST, units=units)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    try:
        granted = actions.relieve_units(
            units=[unit for unit in units if unit.pk in said["units"]], day=said["day"],
            from_minute=minute_of(said["starts"]), to_minute=minute_of(said["ends"]), reason=said["reason"],
            decree=said["decree"], is_outage=said["is_outage"], actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, status=409)
    text = ngettext(
        "%(n)s unit is dispensed; its days are computed again.",
        "%(n)s units are dispensed; their days are computed again.",
        len(granted),
    )
    messages.success(request, text % {"n": len(granted)})
    return redirect("attendance:relief")


def _page(request: HttpRequest, form: ReliefForm | None, *, status: int = 200) -> HttpResponse:
    units = queries.relieved_units(request.user, timezone.localdate())
    context = {
        "form": form or ReliefForm(units=units),
        "page": page_of(request, queries.dispensations_for(request.user)),
        "outages": queries.latest_outages(request.user),
    }
    return render(request, "attendance/relief.html", context, status=status)
