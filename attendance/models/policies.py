"""Working hours as the office has decreed them, by unit and date."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.models.dated import Dated, DatedQuerySet, ends_after_start


class OpenDocumentQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        """Working hours are public inside the office."""
        return self if user.is_authenticated else self.none()


class HoursPolicyDocument(Dated):
    """One decree on working hours; `parameters` are the fields of the rules' `HoursPolicy` that it sets.

    The document of the nearest unit upwards that is in force on the day wins; without a unit it
    holds for the whole institution. Of two in force for the same unit, the later start wins.
    """

    unit = models.ForeignKey(
        "personnel.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hours_policies",
        verbose_name=_("unit"),
    )
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)

    objects = OpenDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("working hours policy")
        constraints = [
            ends_after_start("attendance_hourspolicydocument_ends_after_start"),
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                name="attendance_hourspolicydocument_one_start_per_unit",
                violation_error_message=_("A policy of this unit already starts on that day."),
            ),
            models.UniqueConstraint(
                fields=["starts_on"],
                condition=Q(unit__isnull=True),
                name="attendance_hourspolicydocument_one_start_for_all",
                violation_error_message=_("A policy of the whole institution already starts on that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.legal_basis} ({self.starts_on})"


class WorkSchedule(Dated):
    """On which days and from when to when a unit works; `parameters` are the rules' `Schedule` as JSON.

    Chosen like a policy document: the nearest unit upwards wins, without a unit it is the institution's.
    """

    unit = models.ForeignKey(
        "personnel.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="work_schedules",
        verbose_name=_("unit"),
    )
    name = models.CharField(_("name"), max_length=80)
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    parameters = models.JSONField(_("parameters"))

    objects = OpenDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("work schedule")
        constraints = [
            ends_after_start("attendance_workschedule_ends_after_start"),
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                name="attendance_workschedule_one_start_per_unit",
                violation_error_message=_("A schedule of this unit already starts on that day."),
            ),
            models.UniqueConstraint(
                fields=["starts_on"],
                condition=Q(unit__isnull=True),
                name="attendance_workschedule_one_start_for_all",
                violation_error_message=_("A schedule of the whole institution already starts on that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.starts_on})"
