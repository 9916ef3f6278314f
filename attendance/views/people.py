"""One's own month, a superior's team, a unit's day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from attendance import access, queries
from attendance.forms import MonthForm, UnitDaysForm, parse_day
from attendance.models import DayStatus, Punch
from attendance.models.visibility import READS_PRESENCE
from attendance.queries import boards, months
from attendance.queries.derivations import lines_of
from common.paging import page_of
from personnel.access import require
from personnel.actions import record_read
from personnel.models import Unit
from personnel.queries import people_visible_to


@require_GET
def my_attendance(request: HttpRequest) -> HttpResponse:
    """*Presensi saya*: `?bulan=2026-11`."""
    require(access.may_clock(request.user))
    now = timezone.now()
    first = MonthForm(request.GET).first_day(timezone.localdate(now))
    try:
        month = months.month_of(request.user.person_id, first, now=now)
    except queries.NotAppointed:
        month = None
    return render(request, "attendance/my_attendance.html", {"month": month, "first": first})


@require_GET
def team_today(request: HttpRequest) -> HttpResponse:
    """*Tim saya*: who is where now."""
    day = timezone.localdate()
    require(access.leads_people(request.user, day))
    board = boards.team_board(request.user.person_id, day)
    template = "attendance/team_today.html"
    return render(request, template + "#board" if request.htmx else template, {"board": board})


@require_GET
def unit_days(request: HttpRequest) -> HttpResponse:
    """The people of a unit and of everything below it on one day."""
    require(access.reads_units(request.user))
    form = UnitDaysForm(request.GET)
    today = timezone.localdate()
    day = form.day(today)
    units = boards.listed_units(request.user, today)
    unit = _chosen(units, form.asked("unit"))
    people = boards.unit_people(unit, day, status=form.asked("status") or "", text=form.asked("q") or "")
    page = page_of(request, people)
    page.object_list = boards.people_on(page.object_list, day)
    context = {
        "page": page,
        "day": day,
        "today": today,
        "unit": unit,
        "units": units,
        "status": form.asked("status") or "",
        "text": form.asked("q") or "",
        "statuses": [(boards.NO_NEWS, DayStatus.ABSENT.label), *_offered()],
    }
    template = "attendance/unit_days.html"
    return render(request, template + "#rows" if request.htmx else template, context)


@require_GET
def person_day(request: HttpRequest, person_id: int, day: str) -> HttpResponse:
    """One day of one person with the derivation of its sum; positions for the person, and for review with a trace."""
    now = timezone.now()
    when = parse_day(day)
    readable = people_visible_to(request.user, timezone.localdate(now), roles=READS_PRESENCE)
    person = get_object_or_404(readable, pk=person_id)
    try:
        shown = months.derived_day(person.pk, when, now=now)
    except queries.NotAppointed:
        raise Http404 from None
    is_own = person.pk == request.user.person_id
    sees_positions = is_own or access.may_review_positions(request.user, shown.path)
    positions = Punch.objects.visible_to(request.user).filter(person=person, day=when, latitude__isnull=False)
    listed = list(positions.order_by("instant", "pk")) if sees_positions else []
    if listed and not is_own:
        record_read(
            reader=request.user, person_ids=[person.pk], what="attendance.position",
            purpose="review of a clocking position", now=now,
        )  # fmt: skip
    context = {
        "person": person,
        "is_own": is_own,
        "shown": shown,
        "lines": lines_of(shown.result.steps, zone=shown.zone),
        "sees_positions": sees_positions,
        "positions": listed,
    }
    return render(request, "attendance/person_day.html", context)


def _chosen(units: list[Unit], asked: int | None) -> Unit:
    """The unit asked for among those the account reads, the topmost without a wish."""
    for unit in units:
        if asked is None or unit.pk == asked:
            return unit
    raise Http404


def _offered() -> list[tuple[str, str]]:
    offered = (DayStatus.OPEN, DayStatus.PRESENT, DayStatus.LATE, DayStatus.EARLY, DayStatus.INCOMPLETE)
    return [(status.value, status.label) for status in (*offered, DayStatus.EXCUSED)]
