"""Ctrl+K: people, units and pages that one may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from common.navigation import NavContext, entries_matching
from personnel import queries


@require_GET
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """The whole page, or for the palette only what was found; without a text all pages one reaches."""
    text = request.GET.get("q", "").strip()
    now = timezone.now()
    today = timezone.localdate(now)
    pages = entries_matching(request.user, NavContext(now=now, day=today, request=request), text)
    found = {"text": text, "pages": pages, **queries.found_for(request.user, text, today)}
    template = "personnel/search.html#results" if request.htmx else "personnel/search.html"
    return render(request, template, found)
