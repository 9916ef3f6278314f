"""Signing in and out, and opening an empty office."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from common.errors import DomainError
from personnel import actions
from personnel.forms import FirstRunForm
from personnel.models import User

NO_MATCH = gettext_lazy("NIP and password do not match. After eight failures sign-in rests for 15 minutes.")
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(AuthenticationForm):
    """NIP and password; the refusal never tells whether the NIP exists."""

    error_messages = {"invalid_login": NO_MATCH, "inactive": NO_MATCH}


class SignIn(LoginView):
    template_name = "personnel/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not User.objects.exists():
            return redirect("personnel:first_run")
        return super().dispatch(request, *args, **kwargs)

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
    login(request, get_object_or_404(User, username=username), backend=MODEL_BACKEND)
    return redirect("home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
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
            login(request, user)
            return redirect("home")
    return render(request, "personnel/first_run.html", {"form": form})
