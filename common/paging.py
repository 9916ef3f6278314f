"""One page of a list, and the links that keep its filters."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZES = (25, 50, 100)


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The page asked for by `?page=` and `?size=`; anything odd gives the nearest page that exists.

    The page carries `query`, the other filters of the URL ready to stand before `page=`.
    """
    asked = request.GET.get("size", "")
    size = int(asked) if asked.isdigit() and int(asked) in SIZES else SIZES[0]
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    page.query = kept.urlencode()  # type: ignore[attr-defined]
    return page
