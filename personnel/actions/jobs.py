"""Starting, cancelling and burying long work."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.db import is_violation_of
from common.errors import DomainError
from personnel.models import Job, JobState, User

# A task writes its heartbeat at least every step; a step longer than this is a dead worker.
HEARTBEAT_LIMIT = timedelta(minutes=3)
# A queued job that no worker took for so long says that no worker runs.
QUEUE_LIMIT = timedelta(minutes=15)


class JobAlreadyRunning(DomainError):
    code = "job_already_running"


def start_job(
    *, kind: str, scope: str, title: str, params: dict[str, Any] | None = None, actor: User | None, now: datetime
) -> Job:
    """Put one long deed on the list; the caller sends the task with the job's key after the commit.

    Raises:
        JobAlreadyRunning: the same deed for the same scope is queued or running.
    """
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind, scope=scope, title=title, params=params or {}, created_by=actor, created_at=now
            )
    except IntegrityError as clash:
        if not is_violation_of(clash, "personnel_job_one_live_per_scope"):
            raise
        raise JobAlreadyRunning(_("This is already being worked on."), kind=kind, scope=scope) from clash


def request_cancel(*, job: Job, actor: User, now: datetime) -> None:
    """Ask a live job to stop at its next step; a queued one ends at once. Twice is once."""
    ended = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(state=JobState.CANCELLED, finished_at=now)
    if not ended:
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(is_cancel_requested=True)


def fail_dead_jobs(*, now: datetime) -> int:
    """Mark as failed what has lost its worker; returns how many. Safe at any time."""
    dead = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=now - HEARTBEAT_LIMIT)
    untaken = Job.objects.filter(state=JobState.QUEUED, created_at__lt=now - QUEUE_LIMIT)
    return dead.update(
        state=JobState.FAILED,
        finished_at=now,
        message=gettext_noop("The worker stopped. Start it again; it continues."),
    ) + untaken.update(
        state=JobState.FAILED, finished_at=now, message=gettext_noop("No worker took this up. Is the worker running?")
    )
