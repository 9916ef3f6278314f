"""Roles and the trail of deeds: for BKD and the inspector."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.paging import page_of
from personnel import access, actions, queries
from personnel.forms import GrantForm
from personnel.models import Role, RoleGrant, Unit


def role_list(request: HttpRequest) -> HttpResponse:
    """Who holds which role over which units; BKD grants from a day, and roles end by themselves."""
    access.require(access.may_grant_roles(request.user))
    today = timezone.localdate()
    units = Unit.objects.on(today).order_by("path")
    form = GrantForm(request.POST or None, units=units, initial={"starts_on": today})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        actions.grant_role(user=values.pop("username"), actor=request.user, now=timezone.now(), **values)
        messages.success(request, _("The role has been granted."))
        return redirect("personnel:role_list")
    page = page_of(request, queries.grants_for_list(today))
    context = {"page": page, "form": form, "roles": Role.choices, "today": today}
    return render(request, "personnel/role_list.html", context, status=422 if form.errors else 200)


@require_POST
def role_revoke(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End a role with the end of today."""
    access.require(access.may_grant_roles(request.user))
    grant = get_object_or_404(RoleGrant.objects.select_related("unit"), pk=grant_id)
    today = timezone.localdate()
    actions.revoke_role(grant=grant, ends_on=max(grant.starts_on, today), actor=request.user, now=timezone.now())
    messages.success(request, _("The role ends today."))
    return redirect("personnel:role_list")


@require_GET
def audit_list(request: HttpRequest) -> HttpResponse:
    """What was done, by whom, when, in which capacity and from where."""
    access.require(access.may_read_audit(request.user))
    verb = request.GET.get("tindakan", "").strip()
    try:
        day = parse_date(request.GET.get("hari", ""))
    except ValueError:
        day = None
    page = page_of(request, queries.audit_for_list(verb, day))
    return render(request, "personnel/audit_list.html", {"page": page, "verb": verb, "day": day})
