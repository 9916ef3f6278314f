"""What every request knows of its account: its language, the address it comes from, the session it keeps alive."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from personnel import sessions

Answer = Callable[[HttpRequest], HttpResponse]


def language_of_the_user(get_response: Answer) -> Answer:
    """The account's language; before sign-in the one chosen on the sign-in page, else the default."""
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.user.language if request.user.is_authenticated else request.COOKIES.get("language", "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


def origin_of_the_request(get_response: Answer) -> Answer:
    """Hand the address to the account object, so that audit rows say from where without reading a request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.user.request_address = request.META.get("REMOTE_ADDR") or None
        return get_response(request)

    return middleware


def sessions_in_use(get_response: Answer) -> Answer:
    """Use keeps a session alive; without it the session ends by itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sessions.touch(request)
        return get_response(request)

    return middleware
