"""What an employee asks the superior for: absence with a reason, or a clocking that was forgotten."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendance.models.absences import AbsenceKind
from attendance.models.punches import Direction
from attendance.models.visibility import READS_PRESENCE, PersonRowsQuerySet
from personnel.models.dated import DatedQuerySet, ends_after_start
from personnel.queries import people_visible_to, report_ids


class RequestState(models.TextChoices):
    REQUESTED = "REQUESTED", _("Asked for")
    APPROVED = "APPROVED", _("Approved")
    REJECTED = "REJECTED", _("Rejected")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class RequestQuerySet(PersonRowsQuerySet):
    def visible_to(self, user) -> Self:
        """Those of presence, and what was put to this account's person as the superior of the day."""
        people = people_visible_to(user, timezone.localdate(), roles=READS_PRESENCE)
        mine = Q(person__in=people)
        if user.is_authenticated and user.person_id is not None:
            mine |= Q(superior_id=user.person_id)
        return self.filter(mine)

    def open(self) -> Self:
        return self.filter(state=RequestState.REQUESTED)

    def standing(self) -> Self:
        """Open or approved: what still claims its days."""
        return self.filter(state__in=(RequestState.REQUESTED, RequestState.APPROVED))

    def waiting_for(self, person_id: int, day: date) -> Self:
        """Open ones that this person decides on `day`: put to them, or of those who answer to them now.

        The second way keeps a request from waiting for somebody who has moved on or is stood in for.
        """
        decides = Q(superior_id=person_id) | Q(person__in=report_ids(person_id, day))
        return self.open().filter(decides).exclude(person_id=person_id)


class Request(models.Model):
    """What every request carries. `superior` is who answered for the person on the first day asked for."""

    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="%(class)ss")
    superior = models.ForeignKey("personnel.Person", on_delete=models.PROTECT, related_name="%(class)ss_to_decide")
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState.choices, default=RequestState.REQUESTED.value
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision_reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("REQUESTED", "WITHDRAWN"), decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=("APPROVED", "REJECTED"), decided_at__isnull=False, decided_by__isnull=False),
                name="attendance_%(class)s_decision_fits_state",
                violation_error_message=_("A decided request names who decided and when; an open one does not."),
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | ~Q(decision_reason=""),
                name="attendance_%(class)s_rejection_has_reason",
                violation_error_message=_("A rejection says why."),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.REQUESTED


class AbsenceRequestQuerySet(RequestQuerySet, DatedQuerySet):
    pass


class AbsenceRequest(Request):
    """Leave, official duty, travel or training asked for, both days included.

    Of sick leave only kind, dates and the number of the doctor's note are kept: there is no place for a diagnosis.
    """

    kind = models.CharField(_("kind"), max_length=4, choices=AbsenceKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    document = models.CharField(_("document"), max_length=120, blank=True)
    absence = models.OneToOneField(
        "attendance.Absence", on_delete=models.CASCADE, null=True, blank=True, related_name="request"
    )

    objects = AbsenceRequestQuerySet.as_manager()

    class Meta(Request.Meta):
        verbose_name = _("request for absence")
        constraints = [
            *Request.Meta.constraints,
            ends_after_start("attendance_absencerequest_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(kind="CS") | Q(reason=""),
                name="attendance_absencerequest_sick_says_no_reason",
                violation_error_message=_("A request for sick leave keeps no reason."),
            ),
            models.CheckConstraint(
                condition=Q(state="APPROVED", absence__isnull=False) | (~Q(state="APPROVED") & Q(absence__isnull=True)),
                name="attendance_absencerequest_approved_has_absence",
                violation_error_message=_("An approved request has its absence, another has none."),
            ),
            models.UniqueConstraint(
                fields=["person", "starts_on"],
                condition=Q(state="REQUESTED"),
                name="attendance_absencerequest_one_open_per_start",
                violation_error_message=_("A request from that day on is already waiting."),
            ),
        ]
        indexes = [
            # the inbox and its count
            models.Index(fields=["superior"], condition=Q(state="REQUESTED"), name="attendance_absreq_waiting"),
            # one's own list, the leave that is taken
            models.Index(fields=["person", "starts_on"], name="attendance_absreq_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.starts_on}"

    @property
    def first_day(self) -> date:
        return self.starts_on

    @property
    def is_sick_leave(self) -> bool:
        return self.kind == AbsenceKind.CS


class CorrectionRequest(Request):
    """A forgotten clock-in or clock-out: the duty day and the moment it is said to have been."""

    day = models.DateField(_("day"))
    direction = models.CharField(
        _("which"), max_length=9, choices=[(Direction.IN.value, _("Clock in")), (Direction.OUT.value, _("Clock out"))]
    )
    instant = models.DateTimeField(_("instant"))
    zone = models.CharField(_("zone"), max_length=40)
    punch = models.OneToOneField(
        "attendance.Punch", on_delete=models.CASCADE, null=True, blank=True, related_name="correction"
    )

    objects = RequestQuerySet.as_manager()

    class Meta(Request.Meta):
        verbose_name = _("request for a correction")
        constraints = [
            *Request.Meta.constraints,
            models.CheckConstraint(
                condition=Q(direction__in=("IN", "OUT")),
                name="attendance_correctionrequest_in_or_out",
                violation_error_message=_("A correction is for a clock-in or a clock-out."),
            ),
            models.CheckConstraint(
                condition=Q(state="APPROVED", punch__isnull=False) | (~Q(state="APPROVED") & Q(punch__isnull=True)),
                name="attendance_correctionrequest_approved_has_punch",
                violation_error_message=_("An approved correction has its clocking, another has none."),
            ),
            models.UniqueConstraint(
                fields=["person", "day", "direction"],
                condition=Q(state="REQUESTED"),
                name="attendance_correctionrequest_one_open_per_press",
                violation_error_message=_("A correction of this clocking is already waiting."),
            ),
        ]
        indexes = [
            models.Index(fields=["superior"], condition=Q(state="REQUESTED"), name="attendance_correq_waiting"),
            models.Index(fields=["person", "day"], name="attendance_correq_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.direction}"

    @property
    def first_day(self) -> date:
        return self.day
