"""What is known about people, record by record."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from personnel.access import is_bkd, is_committee
from personnel.models import Person, User


class FactState(models.TextChoices):
    PENDING = "PENDING", _("waiting for verification")
    ACCEPTED = "ACCEPTED", _("accepted")
    REJECTED = "REJECTED", _("rejected")


class FactQuerySet(models.QuerySet["Fact"]):
    def visible_to(self, user) -> Self:
        """One's own facts; all for BKD and the committee. Sanctions make this table closed to everyone else."""
        if not user.is_authenticated:
            return self.none()
        if is_bkd(user) or is_committee(user):
            return self
        return self.filter(person_id=user.person_id) if user.person_id else self.none()

    def accepted(self) -> Self:
        return self.filter(state=FactState.ACCEPTED)


class Fact(models.Model):
    """One record: this was so on that day, says this source, seen by this verifier.

    `reference` is the source's own number of the record, so that the same record comes in only once.
    `standard`, `sample` and `scored` as in `talent.rules.facts.Record`; `is_empty`: checked, nothing there.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="talent_facts")
    key = models.CharField(_("indicator"), max_length=60)
    value = models.JSONField(_("value"), null=True, blank=True)
    standard = models.CharField(_("standard"), max_length=30, blank=True, default="")
    sample = models.PositiveIntegerField(_("number of raters"), null=True, blank=True)
    scored = models.CharField(_("score given by the source"), max_length=30, blank=True, default="")
    is_empty = models.BooleanField(_("checked, nothing there"), default=False)
    observed_on = models.DateField(_("date"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120)
    reference = models.CharField(_("number"), max_length=80)
    document = models.CharField(_("document"), max_length=200, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=FactState, default=FactState.PENDING)
    verified_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key", "source", "reference"],
                name="talent_fact_once_per_source",
                violation_error_message=_("This record of this source is here already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("observed_on")),
                name="talent_fact_ends_after_start",
                violation_error_message=_("The end must not be before the date."),
            ),
            models.CheckConstraint(
                condition=Q(is_empty=False) | Q(value__isnull=True, scored=""),
                name="talent_fact_empty_has_no_value",
                violation_error_message=_("A checked emptiness has no value."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.person_id}"
