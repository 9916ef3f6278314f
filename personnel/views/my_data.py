"""*Data saya*: everything held about me, what for, and who looked."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.held import sections_about
from personnel import actions

SHOWN = 20


@require_GET
def my_data(request: HttpRequest) -> HttpResponse:
    """The newest rows of each kind; the file holds all."""
    person_id = request.user.person_id
    sections = list(sections_about(person_id, limit=SHOWN)) if person_id else []
    return render(request, "personnel/my_data.html", {"sections": sections, "shown": SHOWN})


@require_GET
def my_data_export(request: HttpRequest) -> HttpResponse:
    """The same as one JSON file, complete."""
    person_id = request.user.person_id
    found: list[dict[str, Any]] = []
    if person_id:
        for section in sections_about(person_id, limit=None):
            headings = [str(heading) for heading in section.headings]
            rows = [dict(zip(headings, map(_plain, row), strict=True)) for row in section.rows]
            found.append({"title": str(section.title), "purpose": str(section.purpose), "rows": rows})
    actions.record_audit(actor=request.user, verb="my_data.export", obj=request.user, now=timezone.now())
    text = json.dumps(found, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


def _plain(value: Any) -> Any:
    """A value as JSON knows it; moments and days in ISO 8601."""
    if value is None or isinstance(value, bool | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
