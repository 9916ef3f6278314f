"""The import wizard: upload, mapping, preview, take over or throw away."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.errors import DomainError
from common.paging import page_of
from common.xlsx import workbook_response
from personnel import access, actions, queries, tasks
from personnel.actions import importing
from personnel.forms import ImportForm
from personnel.models import FindingKind, ImportBatch, Job


def import_list(request: HttpRequest) -> HttpResponse:
    """The files received so far, and the form for the next; an upload goes straight to its preview."""
    access.require(access.may_import_people(request.user))
    form = ImportForm(request.POST or None, request.FILES or None, initial={"effective_on": timezone.localdate()})
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = importing.receive_file(
                name=upload.name,
                content=upload.file,
                effective_on=form.cleaned_data["effective_on"],
                actor=request.user,
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error("file", refusal.message)
        else:
            job = _start(
                request, batch, "import.preview", _("Preview of %(file)s"), tasks.preview_import.delay_on_commit
            )
            return redirect("personnel:job_detail", job_id=job.pk)
    page = page_of(request, queries.import_batches())
    context = {"form": form, "page": page}
    return render(request, "personnel/import_list.html", context, status=422 if form.errors else 200)


def _start(request: HttpRequest, batch: ImportBatch, kind: str, title: str, send: Callable[..., Any]) -> Job:
    url = reverse("personnel:import_detail", args=[batch.pk])
    job = actions.start_job(
        kind=kind,
        scope=f"import/{batch.pk}",
        title=title % {"file": batch.file_name},
        params={"batch_id": batch.pk, "url": url},
        actor=request.user,
        now=timezone.now(),
    )
    send(job_id=job.pk)
    return job


def _batch(request: HttpRequest, batch_id: int) -> ImportBatch:
    access.require(access.may_import_people(request.user))
    return get_object_or_404(queries.import_batches(), pk=batch_id)


@require_GET
def import_detail(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What was recognised, what would happen, one kind of finding at a time."""
    batch = _batch(request, batch_id)
    kind = request.GET.get("jenis", "")
    kind = kind if kind in FindingKind.values else ""
    context = {
        "batch": batch,
        "kind": kind,
        "kinds": queries.finding_counts(batch),
        "page": page_of(request, queries.findings_for_page(batch, kind)),
    }
    return render(request, "personnel/import_detail.html", context)


@require_POST
def import_commit(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take the file over; the page of the job shows how far it is."""
    batch = _batch(request, batch_id)
    try:
        job = _start(request, batch, "import.commit", _("Taking over %(file)s"), tasks.commit_import.delay_on_commit)
    except DomainError as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    return redirect("personnel:job_detail", job_id=job.pk)


@require_POST
def import_cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    batch = _batch(request, batch_id)
    try:
        importing.cancel_batch(batch=batch, actor=request.user, now=timezone.now())
    except DomainError as refusal:
        return HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    return redirect("personnel:import_list")


@require_GET
def import_refused(request: HttpRequest, batch_id: int) -> FileResponse:
    """The rows that were not taken, as they stood in the file, each with its reason."""
    batch = _batch(request, batch_id)
    headings, rows = importing.refused_table(batch)
    return workbook_response("baris-ditolak.xlsx", [_("Row"), _("Reason"), *headings], rows)
