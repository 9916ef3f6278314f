"""Whose presence an account may know about: one rule for punches, days, weeks, absences and arrangements."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone

from personnel.models import Role
from personnel.queries import people_visible_to

# The talent committee reads talent, not the clock.
READS_PRESENCE = (Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.BKD_ADMIN, Role.INSPECTOR)


class PersonRowsQuerySet(models.QuerySet):
    """Rows that belong to one person each."""

    def visible_to(self, user) -> Self:
        """Rows of oneself, one's direct reports, one's unit subtree, or everyone for BKD and inspectors.

        Who reports to whom is asked for today: a former superior sees nothing any more.
        """
        return self.filter(person__in=people_visible_to(user, timezone.localdate(), roles=READS_PRESENCE))

    def of_people(self, person_ids) -> Self:
        return self.filter(person_id__in=person_ids)


class PersonDaysQuerySet(PersonRowsQuerySet):
    """Rows of one person and one local day."""

    def between(self, starts_on: date, ends_on: date) -> Self:
        """Rows from `starts_on` to `ends_on`, both included."""
        return self.filter(day__range=(starts_on, ends_on))
