"""What keeps a failing server or a flood from costing anybody minutes."""

from datetime import time
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from personnel.models import Unit


class OutageQuerySet(models.QuerySet["Outage"]):
    def visible_to(self, user) -> Self:
        """Everybody may know when the clock did not answer."""
        return self if user.is_authenticated else self.none()


class Outage(models.Model):
    """A stretch of time in which the clock did not answer or answered slowly."""

    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    what = models.CharField(_("what failed"), max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"))

    objects = OutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outage")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                name="attendance_outage_ends_after_start",
                violation_error_message=_("An outage ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["started_at"],
                name="attendance_outage_one_per_start",
                violation_error_message=_("An outage with this start is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.what}"


class DispensationQuerySet(models.QuerySet["Dispensation"]):
    def visible_to(self, user) -> Self:
        return self.filter(unit__in=Unit.objects.visible_to(user))


class Dispensation(models.Model):
    """Minutes forgiven to everyone of a unit and all below it on one day.

    The interval (local minutes from midnight) is credited as if everyone had been at work in it.
    """

    unit = models.ForeignKey("personnel.Unit", on_delete=models.PROTECT, related_name="dispensations")
    day = models.DateField(_("day"))
    from_minute = models.PositiveSmallIntegerField(_("from the minute"))
    to_minute = models.PositiveSmallIntegerField(_("to the minute"))
    reason = models.CharField(_("reason"), max_length=200)
    decree = models.CharField(_("decree"), max_length=160)
    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, null=True, blank=True, related_name="dispensations")
    granted_at = models.DateTimeField(_("granted"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DispensationQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispensation")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_minute__gt=F("from_minute")) & Q(to_minute__lte=1440),
                name="attendance_dispensation_interval_in_day",
                violation_error_message=_("The interval ends after it starts, within the day."),
            ),
            models.UniqueConstraint(
                fields=["unit", "day", "from_minute"],
                name="attendance_dispensation_one_per_unit_interval",
                violation_error_message=_("This unit already has a dispensation from that minute."),
            ),
        ]
        indexes = [
            # recomputation of a period
            models.Index(fields=["day"], name="attendance_dispensation_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"

    @property
    def minutes(self) -> int:
        return self.to_minute - self.from_minute

    @property
    def starts(self) -> time:
        return time(*divmod(self.from_minute, 60))

    @property
    def ends(self) -> time:
        """The end as a time of day; 24:00 shows as 00:00."""
        return time(*divmod(self.to_minute % 1440, 60))
