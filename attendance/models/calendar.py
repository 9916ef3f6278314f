"""The calendar that changes what a day asks for: holidays, cuti bersama and Ramadan."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from personnel.models.dated import DatedQuerySet, ends_after_start


class HolidayKind(models.TextChoices):
    NATIONAL = "NATIONAL", _("National holiday")
    CUTI_BERSAMA = "CUTI_BERSAMA", _("Joint leave (cuti bersama)")
    REGIONAL = "REGIONAL", _("Regional day off")


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def between(self, starts_on: date, ends_on: date) -> Self:
        return self.filter(day__range=(starts_on, ends_on))

    def visible_to(self, user) -> Self:
        """The calendar is open to every account."""
        return self if user.is_authenticated else self.none()


class Holiday(models.Model):
    """One day on which nobody on office hours owes minutes.

    Two decrees can name the same day; the kind keeps them apart, and either makes the day free.
    """

    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=HolidayKind.choices)
    decree = models.CharField(_("decree"), max_length=160)
    is_estimate = models.BooleanField(
        _("estimate"), default=False, help_text=_("Not yet read in the decree itself; confirm before relying on it.")
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind"],
                name="attendance_holiday_one_kind_per_day",
                violation_error_message=_("This day already has a holiday of that kind."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class RamadanPeriodQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        return self if user.is_authenticated else self.none()


class RamadanPeriod(models.Model):
    """The days of one Ramadan as the government fixed them; shorter hours apply from first to last day."""

    hijri_year = models.PositiveSmallIntegerField(_("Hijri year"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    basis = models.CharField(_("basis"), max_length=160)
    is_estimate = models.BooleanField(_("estimate"), default=False)

    objects = RamadanPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("Ramadan")
        constraints = [
            models.UniqueConstraint(
                fields=["hijri_year"],
                name="attendance_ramadanperiod_one_per_year",
                violation_error_message=_("This Hijri year is already recorded."),
            ),
            ends_after_start("attendance_ramadanperiod_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"Ramadan {self.hijri_year} H"
