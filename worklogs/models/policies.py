"""Norms and deadlines of the log as the office has decreed them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.models import Unit
from personnel.models.dated import Dated, DatedQuerySet, ends_after_start


class LogPolicyDocumentQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        """The norms are public inside the office."""
        return self if user.is_authenticated else self.none()


class LogPolicyDocument(Dated):
    """One decree on the log; `parameters` are the fields of the rules' `LogPolicy` that it sets.

    The document of the nearest unit upwards in force on the day wins; without a unit it holds for the
    whole institution. Of two in force for the same unit, the later start wins.
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="log_policies", verbose_name=_("unit")
    )
    legal_basis = models.CharField(_("legal basis"), max_length=200)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)

    objects = LogPolicyDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("log policy")
        constraints = [
            ends_after_start("worklogs_logpolicydocument_ends_after_start"),
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                name="worklogs_logpolicydocument_one_start_per_unit",
                violation_error_message=_("A policy of this unit already starts on that day."),
            ),
            models.UniqueConstraint(
                fields=["starts_on"],
                condition=Q(unit__isnull=True),
                name="worklogs_logpolicydocument_one_start_for_all",
                violation_error_message=_("A policy of the whole institution already starts on that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.legal_basis} ({self.starts_on})"
