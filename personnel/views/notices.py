"""What the product has told me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.paging import page_of
from personnel import actions
from personnel.models import Notice


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    rows = Notice.objects.visible_to(request.user).order_by("-pk")
    return render(request, "personnel/notice_list.html", {"page": page_of(request, rows)})


@require_POST
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read and go where it points."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=notice_id)
    actions.mark_read(notice=notice, now=timezone.now())
    return redirect(notice.url or "personnel:notice_list")


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_all_read(user=request.user, now=timezone.now())
    return redirect("personnel:notice_list")
