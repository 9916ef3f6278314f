"""Shifts of units that work around the clock, and who stands on them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attendance.models.visibility import PersonDaysQuerySet
from personnel.models.dated import Dated, DatedQuerySet, ends_after_start


class ShiftQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        return self if user.is_authenticated else self.none()


class Shift(Dated):
    """One shift of a unit in minutes from midnight of the day it starts; past 1,440 it ends the next day."""

    unit = models.ForeignKey("personnel.Unit", on_delete=models.PROTECT, related_name="shifts")
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=60)
    start_minute = models.PositiveSmallIntegerField(_("start"))
    end_minute = models.PositiveSmallIntegerField(_("end"))
    break_minutes = models.PositiveSmallIntegerField(_("break"), default=0)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code", "starts_on"],
                name="attendance_shift_one_code_per_unit",
                violation_error_message=_("This unit already has a shift with that code."),
            ),
            models.CheckConstraint(
                condition=Q(start_minute__lt=1440, end_minute__gt=F("start_minute"), end_minute__lte=2880),
                name="attendance_shift_within_two_days",
                violation_error_message=_("A shift ends after it starts, on the next day at the latest."),
            ),
            ends_after_start("attendance_shift_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RosterDay(models.Model):
    """What a roster says of one person on one day; no shift means a rostered day off."""

    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="roster_days")
    day = models.DateField(_("day"))
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, blank=True, related_name="roster_days")

    objects = PersonDaysQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster day")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="attendance_rosterday_one_per_person_day",
                violation_error_message=_("This person already has a shift that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
