"""Entries of the daily log and their history."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.access import paths_of
from personnel.models import Appointment, Person, Role, Unit
from personnel.queries import report_ids
from worklogs.rules.states import CHANGEABLE, DECIDED, SENDABLE


class EntryState(models.TextChoices):
    """The same words as `worklogs.rules.states.State`."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Sent")
    RETURNED = "RETURNED", _("Returned")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")


class EntryKind(models.TextChoices):
    MAIN = "MAIN", _("Main duty")
    ADDITIONAL = "ADDITIONAL", _("Additional duty")
    ORDERED = "ORDERED", _("Ordered by the superior")


# Roles that read the text of what was sent, over the units of their grant; unit officers see counts only.
READS_ENTRIES = (Role.BKD_ADMIN, Role.INSPECTOR)


def heads_replaced_by(person_id: int, day: date) -> models.QuerySet:
    """Keys of the heads whose unit `person_id` leads as Plt or Plh on `day`, as a subquery."""
    led = Appointment.objects.acting().heads().on(day).filter(person_id=person_id).values("unit_id")
    return Appointment.objects.substantive().heads().on(day).filter(unit_id__in=led).values("person_id")


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Questions about entries. Chain them in the order in which the sentence reads."""

    def visible_to(self, user) -> Self:
        """Own entries; sent entries of those whom the account validates, leads today, or inspects.

        A draft is private to its writer. Who was named validator keeps the old entries after a transfer.
        """
        if not user.is_authenticated:
            return self.none()
        sent = Q(pk__in=[])
        paths = paths_of(user, READS_ENTRIES)
        if any(path.count(".") == 1 for path in paths):
            sent = Q()
        else:
            for path in paths:
                sent |= Q(unit__path__startswith=path)
            if user.person_id:
                today = timezone.localdate()
                sent |= Q(validator_id=user.person_id) | Q(escalated_to_id=user.person_id)
                sent |= Q(validator_id__in=heads_replaced_by(user.person_id, today))
                sent |= Q(person_id__in=report_ids(user.person_id, today))
        own = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
        return self.filter(own | (~Q(state=EntryState.DRAFT) & sent))

    def of(self, person_id: int) -> Self:
        return self.filter(person_id=person_id)

    def between(self, starts_on: date, ends_on: date) -> Self:
        """Entries of the days from `starts_on` to `ends_on`, both included."""
        return self.filter(day__range=(starts_on, ends_on))

    def waiting(self) -> Self:
        return self.filter(state=EntryState.SUBMITTED)

    def sent(self) -> Self:
        """Everything a superior has been shown: all but drafts."""
        return self.exclude(state=EntryState.DRAFT)

    def sendable(self) -> Self:
        return self.filter(state__in=SENDABLE)

    def with_minutes(self) -> Self:
        """Annotated with `minutes`, the length of the entry."""
        return self.annotate(minutes=F("ends_minute") - F("starts_minute"))


class LogEntry(models.Model):
    """One activity of one person on one local day.

    Times are minutes after local midnight of `day`; an end above 1,440 lies in the next morning
    (shift work). `validator` is the superior on the ENTRY's day, fixed when it is sent.
    `version` grows with every change and decision; whoever acts names the version that was read.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="log_entries")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(_("day"))
    starts_minute = models.PositiveSmallIntegerField(_("start"))
    ends_minute = models.PositiveSmallIntegerField(_("end"))
    activity = models.CharField(_("activity"), max_length=500)
    quantity = models.DecimalField(_("output"), max_digits=9, decimal_places=2, null=True, blank=True)
    output_unit = models.CharField(_("unit of output"), max_length=40, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind, default=EntryKind.MAIN)
    can_be_done_from_home = models.BooleanField(_("can be done from home"), default=True)
    evidence_link = models.URLField(_("evidence (link)"), max_length=500, blank=True, default="")
    state = models.CharField(_("status"), max_length=9, choices=EntryState, default=EntryState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    submitted_on = models.DateField(_("sent on"), null=True, blank=True)
    validator = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    escalated_to = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    mend_by_on = models.DateField(_("to be mended by"), null=True, blank=True)
    # What the browser made up for this entry, so that a second click or a retry writes nothing twice.
    client_key = models.CharField(max_length=40, blank=True, default="")

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log entry")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_minute__lt=1_440, ends_minute__gt=F("starts_minute"), ends_minute__lte=2_880),
                name="worklogs_logentry_end_after_start",
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                condition=~Q(activity=""),
                name="worklogs_logentry_says_what",
                violation_error_message=_("Say what was done: the activity is empty."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0),
                name="worklogs_logentry_output_above_zero",
                violation_error_message=_("The output must be more than zero, or left empty."),
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT") | Q(submitted_at__isnull=False, submitted_on__isnull=False),
                name="worklogs_logentry_sent_has_a_moment",
                violation_error_message=_("An entry that was sent carries the moment of sending."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "SUBMITTED"]) | Q(decided_at__isnull=False),
                name="worklogs_logentry_decided_has_a_moment",
                violation_error_message=_("A decided entry carries the moment of the decision."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["RETURNED", "REJECTED"]) | ~Q(decision_reason=""),
                name="worklogs_logentry_refusal_has_a_reason",
                violation_error_message=_("Returning and rejecting need a reason."),
            ),
            models.UniqueConstraint(
                fields=["person", "client_key"],
                condition=~Q(client_key=""),
                name="worklogs_logentry_once_per_key",
                violation_error_message=_("This entry is already written."),
            ),
        ]
        indexes = [
            # day list, month calendar, validated minutes of a period
            models.Index(fields=["person", "day", "starts_minute"], name="worklogs_entry_person_day"),
            # validation inbox and its count on every page of a superior: only what waits stays in it
            models.Index(
                fields=["validator", "person", "day"], condition=Q(state="SUBMITTED"), name="worklogs_entry_waiting"
            ),
            models.Index(
                fields=["escalated_to", "person", "day"],
                condition=Q(state="SUBMITTED", escalated_to__isnull=False),
                name="worklogs_entry_escalated",
            ),
            # the nightly look for entries that wait too long
            models.Index(fields=["submitted_on"], condition=Q(state="SUBMITTED"), name="worklogs_entry_sent_on"),
            # undo: what this account decided in the last minute
            models.Index(fields=["decided_by", "decided_at"], name="worklogs_entry_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.starts_minute}-{self.ends_minute}"

    @property
    def length(self) -> int:
        """Whole minutes from start to end."""
        return self.ends_minute - self.starts_minute

    @property
    def may_be_changed(self) -> bool:
        return self.state in CHANGEABLE

    @property
    def may_be_sent(self) -> bool:
        return self.state in SENDABLE

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def changed_after_sending(self) -> bool:
        return bool(self.changed_at and self.submitted_at and self.changed_at > self.submitted_at)


class LogEventKind(models.TextChoices):
    """The deeds of `worklogs.rules.states.Deed`, and what the office itself does."""

    WRITE = "WRITE", _("Written")
    CHANGE = "CHANGE", _("Changed")
    DELETE = "DELETE", _("Deleted")
    SUBMIT = "SUBMIT", _("Sent")
    APPROVE = "APPROVE", _("Approved")
    RETURN = "RETURN", _("Returned")
    REJECT = "REJECT", _("Rejected")
    REOPEN = "REOPEN", _("Reopened")
    UNDO = "UNDO", _("Decision taken back")
    ESCALATE = "ESCALATE", _("Passed up")


class LogEvent(models.Model):
    """One thing that happened to an entry; append-only. `actor` null is the system."""

    entry = models.ForeignKey(LogEntry, models.CASCADE, related_name="events")
    kind = models.CharField(_("deed"), max_length=8, choices=LogEventKind)
    happened_at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("log event")
        indexes = [
            # history of one entry
            models.Index(fields=["entry", "id"], name="worklogs_event_entry"),
            # reasons an account gave before
            models.Index(
                fields=["actor", "-id"], condition=Q(kind__in=["RETURN", "REJECT"]), name="worklogs_event_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}"
