"""Dated documents that say what working from home is allowed."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.access import is_bkd, is_inspector
from personnel.models import Unit, User
from personnel.models.dated import Dated, DatedQuerySet, ends_after_start


class PolicyState(models.TextChoices):
    DRAFT = "DRAFT", _("draft")
    IN_FORCE = "IN_FORCE", _("in force")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class WfhPolicyQuerySet(DatedQuerySet):
    def in_force(self) -> Self:
        return self.filter(state=PolicyState.IN_FORCE)

    def visible_to(self, user) -> Self:
        """A decree in force is no secret to those who work under it; drafts are BKD's and the inspector's."""
        if not user.is_authenticated:
            return self.none()
        return self if is_bkd(user) or is_inspector(user) else self.in_force()


class WfhPolicy(Dated):
    """One document for the institution (no unit) or for a unit and all below it.

    `parameters` holds only what the document changes, in the JSON form of `schedules.rules.policy`.
    A document in force is never edited: a new one from a later day ends it the day before.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="wfh_policies")
    number = models.CharField(_("number"), max_length=120)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    parameters = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=PolicyState, default=PolicyState.DRAFT)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    objects = WfhPolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                condition=Q(state="IN_FORCE"),
                name="schedules_wfhpolicy_one_per_unit_and_start",
                violation_error_message=_("This unit already has a WFH policy from that day."),
            ),
            models.UniqueConstraint(
                fields=["starts_on"],
                condition=Q(state="IN_FORCE", unit__isnull=True),
                name="schedules_wfhpolicy_one_per_start",
                violation_error_message=_("The institution already has a WFH policy from that day."),
            ),
            ends_after_start("schedules_wfhpolicy_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.number

    def holds(self, day: date) -> bool:
        """Whether the document is in force on `day`."""
        return (
            self.state == PolicyState.IN_FORCE
            and self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
        )
