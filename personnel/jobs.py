"""The frame a task works in: progress, heartbeat, cancellation, and an end that is always written."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from common.errors import DomainError
from personnel.models import Job, JobState

logger = logging.getLogger(__name__)


class JobCancelled(Exception):
    """Somebody asked the job to stop; what is already written stands."""


class RunningJob:
    """Handed to a task by `running`."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.params: dict[str, Any] = job.params
        self.result: dict[str, Any] | None = None
        self.result_url = ""

    def step(self, done: int, total: int, message: str = "") -> None:
        """Write progress and heartbeat.

        Raises JobCancelled when somebody asked for the end.
        """
        now = timezone.now()
        Job.objects.filter(pk=self.job.pk).update(done=done, total=total, message=message[:300], heartbeat_at=now)
        if Job.objects.filter(pk=self.job.pk, is_cancel_requested=True).exists():
            raise JobCancelled

    def finish(self, result: dict[str, Any], url: str = "") -> None:
        """What the page shows at the end, and where it leads."""
        self.result, self.result_url = result, url


@contextmanager
def running(job_id: int) -> Iterator[RunningJob | None]:
    """Claim a queued job, run the block, write how it ended. Yields None when somebody else has it.

    A refusal (DomainError) ends the job FAILED with its sentence; any other error likewise, and is logged.
    """
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, started_at=timezone.now(), heartbeat_at=timezone.now()
    )
    if not claimed:
        yield None
        return
    work = RunningJob(Job.objects.get(pk=job_id))
    try:
        yield work
    except JobCancelled:
        _end(job_id, JobState.CANCELLED, "")
    except DomainError as refusal:
        _end(job_id, JobState.FAILED, refusal.message)
    except Exception:
        logger.exception("job failed", extra={"job_id": job_id})
        _end(job_id, JobState.FAILED, gettext_noop("An unexpected error stopped this. It has been logged."))
    else:
        _end(job_id, JobState.DONE, "", result=work.result, result_url=work.result_url)


def _end(job_id: int, state: JobState, message: str, **fields: Any) -> None:
    changes = {"state": state, "finished_at": timezone.now(), **fields}
    if message:
        changes["message"] = message[:300]
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(**changes)
