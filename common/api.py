"""The API's one shape of refusal: `{"code", "message", "details"}`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.errors import DomainError


def answer_refusal(refusal: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: a DomainError is 409, everything else keeps its status in the same shape."""
    if isinstance(refusal, DomainError):
        return _answer(status.HTTP_409_CONFLICT, refusal.code, refusal.message, refusal.details)
    response = exception_handler(refusal, context)
    if response is None:
        return None
    code, message = _words_of(refusal)
    details = response.data if isinstance(refusal, exceptions.ValidationError) else {}
    shaped = _answer(response.status_code, code, message, details)
    for header in ("WWW-Authenticate", "Retry-After", "Allow"):
        if header in response.headers:
            shaped[header] = response.headers[header]
    return shaped


def _words_of(refusal: Exception) -> tuple[str, str]:
    if isinstance(refusal, Http404):
        return "not_found", _("Not found.")
    if isinstance(refusal, PermissionDenied):
        return "forbidden", _("You may not do this.")
    if isinstance(refusal, exceptions.ValidationError):
        return "invalid", _("Some fields are not right; see details.")
    code = getattr(refusal, "default_code", "refused")
    return code, str(getattr(refusal, "detail", refusal))


def _answer(http_status: int, code: str, message: str, details: Any) -> Response:
    return Response({"code": code, "message": message, "details": details}, status=http_status)
