"""Background entry points: computing a month's schedule while somebody watches the bar."""

import time

from celery import shared_task
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from personnel.jobs import RunningJob, running
from schedules.actions import generate_version
from schedules.models import Plan

SECONDS_BETWEEN_STEPS = 0.3
READING = gettext_noop("Reading people, absences and policy")
STAGES = {
    "layers": gettext_noop("Laying what is fixed"),
    "template": gettext_noop("First draft of the rotation"),
    "flow": gettext_noop("Sharing out the days evenly"),
    "repair": gettext_noop("Mending runs of days"),
    "exchange": gettext_noop("Evening out"),
    "polish": gettext_noop("Spreading weekdays"),
    "report": gettext_noop("Checking and explaining"),
}


class Progress:
    """Tells the job how far the engine is, not more often than a page would notice."""

    def __init__(self, work: RunningJob) -> None:
        self.work = work
        self.stage, self.told_at = "", 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Raises JobCancelled when somebody asked for the end."""
        if stage == self.stage and time.monotonic() - self.told_at < SECONDS_BETWEEN_STEPS:
            return
        self.stage, self.told_at = stage, time.monotonic()
        self.work.step(done, total, STAGES.get(stage, ""))


@shared_task(acks_late=True, ignore_result=True)
def generate_plan(*, job_id: int, **_: object) -> None:
    """Compute the plan that the job names. Twice is once: the job is claimed, and the fingerprint recognised."""
    with running(job_id) as work:
        if work is None:
            return
        plan = Plan.objects.select_related("unit").get(pk=work.params["plan"])
        work.step(0, len(STAGES), READING)
        version = generate_version(
            plan=plan,
            seed=work.params.get("seed", 0),
            actor=work.job.created_by,
            now=timezone.now(),
            on_step=Progress(work),
        )
        work.finish({"version": version.pk}, reverse("schedules:version_detail", args=[version.pk]))
