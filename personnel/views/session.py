"""Signing in and out, and opening an empty office."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from common.errors import DomainError
from personnel import actions, sessions
from personnel.actions import sign_in as first_steps
from personnel.forms import FirstPasswordForm, FirstRunForm
from personnel.models import AccessCode, User

NO_MATCH = gettext_lazy("NIP and password do not match. After eight failures sign-in rests for 15 minutes.")


class SignInForm(AuthenticationForm):
    """NIP and password, or the one-time code in its place; the refusal never tells whether the NIP exists."""

    error_messages = {"invalid_login": NO_MATCH, "inactive": NO_MATCH}

    def clean(self) -> dict[str, Any]:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            self.user_cache = authenticate(
                self.request, username=username, password=password, one_time_password=password
            )
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class SignIn(LoginView):
    template_name = "personnel/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not User.objects.exists():
            return redirect("personnel:first_run")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        user = form.get_user()
        code = getattr(user, "presented_code", None)
        if code is not None:
            sessions.await_password(self.request, code)
            return redirect("personnel:first_sign_in")
        sessions.enter(self.request, user)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demo_accounts=demo_accounts(), **kwargs)


sign_in = login_not_required(sensitive_post_parameters("password")(SignIn.as_view()))


def demo_accounts() -> list[dict[str, str]]:
    """The accounts offered for one click; outside the demo there are none."""
    if not settings.KOTAK9_DEMO:
        return []
    path = settings.KOTAK9_HOME / "demo_accounts.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


@login_not_required
@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """One click for one of the demo's invented people; outside the demo this address does not exist."""
    offered = {account["username"] for account in demo_accounts()}
    username = request.POST.get("username", "")
    if username not in offered:
        raise Http404
    sessions.enter(request, get_object_or_404(User, username=username))
    return redirect("home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.leave(request)
    return redirect("personnel:sign_in")


@login_not_required
def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """After too many failures for one account from one address."""
    messages.error(request, _("Too many failed attempts. Sign-in for this account rests for 15 minutes."))
    context = {"form": SignInForm(request), "demo_accounts": demo_accounts()}
    return render(request, "personnel/sign_in.html", context, status=429)


@login_not_required
@sensitive_post_parameters("password", "password_again", "code")
def first_run(request: HttpRequest) -> HttpResponse:
    """An empty office: the one-time code of the terminal opens it, once."""
    if User.objects.exists():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        values.pop("password_again")
        try:
            actions.create_first_administrator(home=settings.KOTAK9_HOME, now=timezone.now(), **values)
        except DomainError as refusal:
            form.add_error(refusal.details.get("field"), refusal.message)
        else:
            user = authenticate(request, username=values["username"], password=values["password"])
            sessions.enter(request, user)
            return redirect("home")
    return render(request, "personnel/first_run.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """Choose a password in exchange for the code; until then this browser is signed in nowhere."""
    if request.user.is_authenticated:
        return redirect("home")
    code = sessions.awaited_code(request)
    if code is None:
        sessions.forget_code(request)
        return redirect("personnel:sign_in")

    def is_code(text: str) -> bool:
        return first_steps.code_of(username=code.user.username, typed=text, now=timezone.now()) is not None

    form = FirstPasswordForm(request.POST or None, user=code.user, is_code=is_code)
    if request.method == "POST" and form.is_valid():
        return _spend(request, code, form.cleaned_data["password"])
    context = {"form": form, "name": code.user}
    return render(request, "personnel/first_sign_in.html", context, status=422 if form.errors else 200)


def _spend(request: HttpRequest, code: AccessCode, password: str) -> HttpResponse:
    code.user.request_address = request.META.get("REMOTE_ADDR") or None
    try:
        user = first_steps.choose_first_password(code=code, password=password, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
        sessions.forget_code(request)
        return redirect("personnel:sign_in")
    sessions.enter(request, user)
    messages.success(request, _("Your password has been set. Use it from now on; the code is no longer valid."))
    return redirect("home")
