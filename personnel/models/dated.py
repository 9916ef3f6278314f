"""Rows that hold for a stretch of days: `starts_on` and `ends_on` are both inclusive, an open end is null."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    """Questions every dated table answers."""

    def on(self, day: date) -> Self:
        """Rows in force on `day`; the last day counts."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def within(self, starts_on: date, ends_on: date) -> Self:
        """Rows in force on at least one day of the stretch, both ends inclusive."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), starts_on__lte=ends_on)


class Dated(models.Model):
    """What holds from `starts_on` to `ends_on`, both inclusive; null is open."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def ends_after_start(name: str) -> models.CheckConstraint:
    """The constraint every dated table carries, under its own name."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The last day must not be before the first day."),
    )
