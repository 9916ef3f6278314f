"""One's own account: language, appearance, password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from personnel import actions, sessions
from personnel.actions import sign_in
from personnel.forms import LanguageForm, ThemeForm
from personnel.models import RoleGrant, UserSession


class PasswordForm(PasswordChangeForm):
    """Django's form, without seizing the focus of a page that shows more than it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].widget.attrs.pop("autofocus", None)


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "personnel/account.html", _page(request, PasswordForm(request.user)))


def _page(request: HttpRequest, form: PasswordForm) -> dict[str, Any]:
    grants = RoleGrant.objects.visible_to(request.user).on(timezone.localdate()).select_related("unit")
    own = UserSession.objects.visible_to(request.user).seen_since(timezone.now() - sign_in.idle_limit())
    return {
        "grants": grants.order_by("role", "unit__path", "pk"),
        "password_form": form,
        "sessions": own.order_by("-seen_at", "-pk"),
        "this_session": sessions.row_of(request),
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
    }


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else reverse("home")


@login_not_required
@require_POST
def account_set_language(request: HttpRequest) -> HttpResponse:
    """The language of the account; before sign-in it is kept in a cookie."""
    form = LanguageForm(request.POST)
    response = redirect(_back(request))
    if form.is_valid():
        language = form.cleaned_data["language"]
        if request.user.is_authenticated:
            actions.set_language(user=request.user, language=language, now=timezone.now())
        response.set_cookie(
            "language", language, max_age=31_536_000, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


@require_POST
def account_set_theme(request: HttpRequest) -> HttpResponse:
    form = ThemeForm(request.POST)
    if form.is_valid():
        actions.set_theme(user=request.user, theme=form.cleaned_data["theme"], now=timezone.now())
    return redirect(_back(request))


@sensitive_post_parameters()
@require_POST
def account_change_password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.user, request.POST)
    if not form.is_valid():
        return render(request, "personnel/account.html", _page(request, form), status=422)
    form.save()
    sign_in.password_changed(user=request.user, session_id=sessions.row_of(request), now=timezone.now())
    update_session_auth_hash(request, form.user)
    messages.success(request, _("The password has been changed."))
    return redirect("personnel:account")


@require_POST
def account_sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every other session of the account; the one that asks stays."""
    sign_in.sign_out_everywhere(user=request.user, session_id=sessions.row_of(request), now=timezone.now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("personnel:account")
