"""Headers that keep a page to its own host."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'{inline_style}; script-src 'self'; "
    "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; worker-src 'self'; manifest-src 'self'"
)
# The API's interactive page and Django's admin carry one inline style of their own.
INLINE_STYLE_PATHS = ("/api/", "/admin/")


def security_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Content-Security-Policy and Permissions-Policy on every answer; geolocation and camera for ourselves only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        inline = " 'unsafe-inline'" if request.path.startswith(INLINE_STYLE_PATHS) else ""
        response.headers.setdefault("Content-Security-Policy", POLICY.format(inline_style=inline))
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"
        )
        return response

    return middleware
