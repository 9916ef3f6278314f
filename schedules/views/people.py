"""Eligibility of people, one's own days, the reward, counter groups."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from common.paging import page_of
from personnel.access import require
from personnel.actions import record_read
from personnel.models import Person, Unit
from personnel.queries import appointment_of, people_visible_to
from schedules import access, actions
from schedules.actions.records import reward_state
from schedules.forms import CategoryForm, ExceptionForm, GroupForm
from schedules.models import CategoryRecord, EligibilityException, ServiceGroup
from schedules.queries.eligibility import counts_of, explained, judged_in, judged_person
from schedules.queries.people import groups_for_list, months_of_mine, people_to_group, units_readable_by


@require_GET
def eligibility_list(request: HttpRequest) -> HttpResponse:
    """Everybody of one perangkat daerah with the verdict of today and the rule that decided."""
    require(access.may_see_eligibility(request.user))
    day = timezone.localdate()
    units = list(units_readable_by(request.user, day))
    asked = request.GET.get("unit", "")
    unit = next((u for u in units if str(u.pk) == asked), units[0] if units else None)
    judged = judged_in(unit, day) if unit else []
    wanted = request.GET.get("answer", "")
    shown = [row for row in judged if not wanted or row.verdict.answer == wanted]
    with_health = unit is not None and access.may_see_health_reasons(request.user, unit)
    page = page_of(request, shown)
    rows = [(row.appointment, explained(row.verdict, with_health=with_health)) for row in page]
    return render(
        request,
        "schedules/eligibility_list.html",
        {
            "units": units, "unit": unit, "rows": rows, "page": page, "wanted": wanted, "day": day,
            "counts": counts_of(judged), "total": len(judged),
        },
    )  # fmt: skip


@require_GET
def eligibility_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Why one person may, must or may not: the deciding rule, every other that spoke, exceptions on record."""
    require(access.may_see_eligibility(request.user) or request.user.person_id == person_id)
    day, now = timezone.localdate(), timezone.now()
    person = get_object_or_404(people_visible_to(request.user, day), pk=person_id)
    judged = judged_person(person, day)
    unit = judged.appointment.unit if judged else None
    is_self = request.user.person_id == person.pk
    with_health = is_self or (unit is not None and access.may_see_health_reasons(request.user, unit))
    categories = CategoryRecord.objects.visible_to(request.user).standing().filter(person=person).order_by("-starts_on")
    if with_health and not is_self and categories:
        record_read(reader=request.user, person_ids=[person.pk], what="wfh_category", purpose="eligibility", now=now)
    context = {
        "person": person,
        "appointment": judged.appointment if judged else None,
        "found": explained(judged.verdict, with_health=with_health) if judged else None,
        "day": day,
        "categories": categories,
        "exceptions": EligibilityException.objects.visible_to(request.user)
        .standing().filter(person=person).select_related("granted_by").order_by("-granted_at"),
        "may_grant": unit is not None and not is_self and access.may_grant_exception(request.user, unit),
        "may_enter": unit is not None and not is_self and access.may_see_health_reasons(request.user, unit),
        "exception_form": ExceptionForm(initial={"starts_on": day.isoformat()}),
        "category_form": CategoryForm(initial={"starts_on": day.isoformat()}),
    }  # fmt: skip
    return render(request, "schedules/eligibility_person.html", context)


@require_POST
def exception_grant(request: HttpRequest, person_id: int) -> HttpResponse:
    person, unit = _person_and_unit(request, person_id)
    require(request.user.person_id != person.pk and access.may_grant_exception(request.user, unit))
    form = ExceptionForm(request.POST)
    if form.is_valid():
        return _deed(
            request, person, _("The exception is granted in your name."),
            lambda: actions.grant_exception(person=person, **form.cleaned_data, actor=request.user, now=timezone.now()),
        )  # fmt: skip
    messages.error(request, _("An exception needs an answer, a first day and a reason."))
    return redirect("schedules:eligibility_person", person_id=person.pk)


@require_POST
def exception_withdraw(request: HttpRequest, exception_id: int) -> HttpResponse:
    row = get_object_or_404(EligibilityException.objects.visible_to(request.user), pk=exception_id)
    person, unit = _person_and_unit(request, row.person_id)
    require(request.user.person_id != person.pk and access.may_grant_exception(request.user, unit))
    return _deed(
        request, person, _("The exception is withdrawn."),
        lambda: actions.withdraw_exception(exception=row, actor=request.user, now=timezone.now()),
    )  # fmt: skip


@require_POST
def category_record(request: HttpRequest, person_id: int) -> HttpResponse:
    person, unit = _person_and_unit(request, person_id)
    require(access.may_enter_category(request.user, unit, by_bkd_only=False))
    form = CategoryForm(request.POST)
    if form.is_valid():
        return _deed(
            request, person, _("The category is recorded; only its code and days are kept."),
            lambda: actions.record_category(person=person, **form.cleaned_data, actor=request.user, now=timezone.now()),
        )  # fmt: skip
    messages.error(request, _("A category needs a first day."))
    return redirect("schedules:eligibility_person", person_id=person.pk)


@require_POST
def category_withdraw(request: HttpRequest, record_id: int) -> HttpResponse:
    row = get_object_or_404(CategoryRecord.objects.visible_to(request.user), pk=record_id)
    person, unit = _person_and_unit(request, row.person_id)
    require(access.may_enter_category(request.user, unit, by_bkd_only=False))
    return _deed(
        request, person, _("The category is withdrawn."),
        lambda: actions.withdraw_category(record=row, actor=request.user, now=timezone.now()),
    )  # fmt: skip


def _person_and_unit(request: HttpRequest, person_id: int) -> tuple[Person, Unit]:
    day = timezone.localdate()
    person = get_object_or_404(people_visible_to(request.user, day), pk=person_id)
    held = appointment_of(person.pk, day)
    require(held is not None)
    return person, held.unit


def _deed(request: HttpRequest, person: Person, done: str, deed) -> HttpResponse:
    try:
        deed()
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("schedules:eligibility_person", person_id=person.pk)


# ---- one's own days ----


@require_GET
def my_days(request: HttpRequest) -> HttpResponse:
    """Own home days with the reason, and the reward."""
    require(request.user.person_id is not None)
    day = timezone.localdate()
    judged = judged_person(request.user.person, day)
    entitled, choice = reward_state(request.user.person_id, day)
    context = {
        "months": months_of_mine(request.user, day),
        "found": explained(judged.verdict, with_health=True) if judged else None,
        "entitled": entitled,
        "choice": choice,
        "day": day,
    }
    return render(request, "schedules/my_days.html", context)


@require_POST
def reward_choose(request: HttpRequest) -> HttpResponse:
    require(request.user.person_id is not None)
    return _reward(
        request, _("You have asked for the reward. The next schedule counts it in."),
        lambda: actions.choose_reward(
            person=request.user.person, starts_on=timezone.localdate(), actor=request.user, now=timezone.now()
        ),
    )  # fmt: skip


@require_POST
def reward_leave(request: HttpRequest) -> HttpResponse:
    require(request.user.person_id is not None)
    return _reward(
        request, _("You have given the reward up. Days already ratified stay until they are corrected."),
        lambda: actions.leave_reward(
            person=request.user.person, ends_on=timezone.localdate(), actor=request.user, now=timezone.now()
        ),
    )  # fmt: skip


def _reward(request: HttpRequest, done: str, deed) -> HttpResponse:
    try:
        deed()
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("schedules:my_days")


# ---- counter groups ----


@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    require(access.may_see_plans(request.user))
    day = timezone.localdate()
    return render(request, "schedules/group_list.html", _groups(request, GroupForm(**_choices(request, day))))


@require_POST
def group_create(request: HttpRequest) -> HttpResponse:
    require(access.plans_somewhere(request.user) or access.may_set_policy(request.user))
    day = timezone.localdate()
    form = GroupForm(request.POST, **_choices(request, day))
    if not form.is_valid():
        return render(request, "schedules/group_list.html", _groups(request, form), status=422)
    data = form.cleaned_data
    require(access.may_keep_groups(request.user, data["unit"]))
    try:
        actions.create_group(
            unit=data["unit"], name=data["name"], min_office=data["min_office"],
            person_ids=[person.pk for person in data["people"]], starts_on=data["starts_on"],
            actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return render(request, "schedules/group_list.html", _groups(request, form), status=422)
    messages.success(request, _("The group is set; the next computation keeps it staffed."))
    return redirect("schedules:group_list")


@require_POST
def group_end(request: HttpRequest, group_id: int) -> HttpResponse:
    group = get_object_or_404(ServiceGroup.objects.visible_to(request.user).select_related("unit"), pk=group_id)
    require(access.may_keep_groups(request.user, group.unit))
    try:
        actions.end_group(group=group, ends_on=timezone.localdate(), actor=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return redirect("schedules:group_list")


def _choices(request: HttpRequest, day) -> dict:
    return people_to_group(request.user, day) | {"initial": {"starts_on": day.isoformat()}}


def _groups(request: HttpRequest, form: GroupForm) -> dict:
    day = timezone.localdate()
    may_keep = access.plans_somewhere(request.user) or access.may_set_policy(request.user)
    return {"groups": groups_for_list(request.user, day), "form": form, "may_keep": may_keep}
