"""Watching long work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from personnel import access, actions
from personnel.models import Job


@require_GET
def job_detail(request: HttpRequest, job_id: int) -> HttpResponse:
    """Progress; the page asks again every second while the job lives."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=job_id)
    template = "personnel/job_detail.html"
    if request.htmx:
        template += "#progress"
    return render(request, template, {"job": job})


@require_POST
def job_cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=job_id)
    access.require(access.may_cancel_job(request.user, job))
    actions.request_cancel(job=job, actor=request.user, now=timezone.now())
    return redirect("personnel:job_detail", job_id=job.pk)
