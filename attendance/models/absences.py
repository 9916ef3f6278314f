"""Approved absence with a document: leave, official duty, training, study."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attendance.models.visibility import PersonRowsQuerySet
from personnel.models.dated import DatedQuerySet, ends_after_start


class AbsenceKind(models.TextChoices):
    CT = "CT", _("Annual leave (CT)")
    CB = "CB", _("Long leave (CB)")
    CS = "CS", _("Sick leave (CS)")
    CM = "CM", _("Maternity leave (CM)")
    CAP = "CAP", _("Leave for an important reason (CAP)")
    CBER = "CBER", _("Joint leave (CBer)")
    CLTN = "CLTN", _("Unpaid leave (CLTN)")
    DL = "DL", _("Official duty outside (DL)")
    PD = "PD", _("Official travel (PD)")
    DK = "DK", _("Training (DK)")
    TB = "TB", _("Study assignment (TB)")


class AbsenceQuerySet(PersonRowsQuerySet, DatedQuerySet):
    def standing(self) -> Self:
        """Absences that have not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Absence(models.Model):
    """One approved absence from `starts_on` to `ends_on`, both included.

    A half day carries its interval in local minutes from midnight; it then covers exactly one day.
    Only the category is kept, never a diagnosis.
    """

    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(_("kind"), max_length=4, choices=AbsenceKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    from_minute = models.PositiveSmallIntegerField(_("from the minute"), null=True, blank=True)
    to_minute = models.PositiveSmallIntegerField(_("to the minute"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=160)
    source = models.CharField(
        _("source"), max_length=80, help_text=_("Key of the record this came from; sending it again changes nothing.")
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        constraints = [
            ends_after_start("attendance_absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(from_minute__isnull=True, to_minute__isnull=True)
                | Q(
                    from_minute__isnull=False,
                    to_minute__isnull=False,
                    to_minute__gt=F("from_minute"),
                    to_minute__lte=1440,
                    starts_on=F("ends_on"),
                ),
                name="attendance_absence_half_day_is_one_day",
                violation_error_message=_("A half day has a start and an end on one single day."),
            ),
            models.UniqueConstraint(
                fields=["person", "source"],
                name="attendance_absence_one_per_source",
                violation_error_message=_("This document is already recorded for this person."),
            ),
        ]
        indexes = [
            # clock, boards, recomputation: absences of people that touch a period
            models.Index(fields=["person", "starts_on", "ends_on"], name="attendance_absence_person_days"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.starts_on}"
