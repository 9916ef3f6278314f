"""The calendar of holidays, cuti bersama and regional days."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from attendance import access, actions
from attendance.forms import HolidayForm
from attendance.models import Holiday, RamadanPeriod
from common.errors import DomainError
from personnel.access import require


@require_GET
def holiday_list(request: HttpRequest) -> HttpResponse:
    return render(request, "attendance/holiday_list.html", _page(request, HolidayForm()))


@require_POST
def holiday_record(request: HttpRequest) -> HttpResponse:
    require(access.may_edit_calendar(request.user))
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return render(request, "attendance/holiday_list.html", _page(request, form), status=422)
    try:
        holiday = actions.record_holiday(**form.cleaned_data, actor=request.user, now=timezone.now())
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return render(request, "attendance/holiday_list.html", _page(request, form), status=409)
    messages.success(request, _("%(name)s is in the calendar; the targets it touches are recomputed.") % vars(holiday))
    return redirect("attendance:holiday_list")


@require_POST
def holiday_withdraw(request: HttpRequest, holiday_id: int) -> HttpResponse:
    holiday = get_object_or_404(Holiday.objects.visible_to(request.user), pk=holiday_id)
    require(access.may_edit_calendar(request.user))
    marked = actions.withdraw_holiday(holiday_id=holiday.pk, actor=request.user, now=timezone.now())
    text = ngettext(
        "%(name)s is no longer a day off; %(n)s day is recomputed.",
        "%(name)s is no longer a day off; %(n)s days are recomputed.",
        marked,
    )
    messages.success(request, text % {"name": holiday.name, "n": marked})
    return redirect("attendance:holiday_list")


def _page(request: HttpRequest, form: HolidayForm) -> dict[str, object]:
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else timezone.localdate().year
    holidays = Holiday.objects.visible_to(request.user)
    return {
        "year": year,
        "years": sorted({row.year for row in holidays.dates("day", "year")} | {year}),
        "holidays": holidays.filter(day__year=year).order_by("day", "kind"),
        "ramadans": RamadanPeriod.objects.visible_to(request.user).filter(ends_on__year=year).order_by("starts_on"),
        "may_edit": access.may_edit_calendar(request.user),
        "form": form,
    }
