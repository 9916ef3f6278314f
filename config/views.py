"""What belongs to no app: the home page that collects their cards, health, errors, the page of components."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.templatetags.kotak9 import PLACES, icon_names
from config import shell
from personnel import access

OFFLINE_PARTS = ("css/tokens.css", "css/base.css", "css/components.css", "css/shell.css")


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """*Hari ini*: slots that each app fills with its own card."""
    return render(request, "home.html", {"cards": shell.home_cards(request.user), "now": timezone.localtime()})


@login_not_required
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """For the load balancer and the outage heartbeat: whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """The living page of tokens and components."""
    access.require(access.may_see_design(request.user))
    context = {"icon_names": icon_names(), "places": PLACES}
    return render(request, "design.html", context)


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What the browser shows where the server cannot be reached; kept by the service worker."""
    return render(request, "offline.html")


@login_not_required
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it may answer for every page. Its text changes when a kept file does."""
    version = hashlib.sha256("".join(static(part) for part in OFFLINE_PARTS).encode()).hexdigest()[:12]
    context = {"parts": OFFLINE_PARTS, "version": version}
    return render(request, "sw.js", context, content_type="text/javascript")


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """Rendered without the request's context, so that a broken database cannot break the error page."""
    return render(None, "500.html", status=500)
