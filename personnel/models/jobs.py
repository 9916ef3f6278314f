"""Work that somebody waits for: one row, updated by the task, polled by the page."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.models.accounts import User


class JobState(models.TextChoices):
    QUEUED = "QUEUED", _("queued")
    RUNNING = "RUNNING", _("running")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("failed")
    CANCELLED = "CANCELLED", _("cancelled")


LIVE_STATES = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE_STATES)

    def visible_to(self, user) -> Self:
        """Who started it sees it; administrators see them all through their own page."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff else self.filter(created_by=user)


class Job(models.Model):
    """One long deed. `kind` and `scope` name it ("talent.compute", "period/7"); only one may live per pair.

    A worker that dies leaves no heartbeat; a sweep then marks the job FAILED and it may start again.
    """

    kind = models.CharField(max_length=60)
    scope = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True, default="")
    result = models.JSONField(null=True, blank=True)
    result_url = models.CharField(max_length=200, blank=True, default="")
    is_cancel_requested = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "scope"],
                condition=Q(state__in=["QUEUED", "RUNNING"]),
                name="personnel_job_one_live_per_scope",
                violation_error_message=_("This is already being worked on."),
            ),
        ]
        indexes = [models.Index(fields=["created_by", "-id"], name="personnel_job_creator")]

    def __str__(self) -> str:
        return f"{self.kind} {self.scope}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    @property
    def percent(self) -> int:
        """Whole percent, 0 while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else 0
