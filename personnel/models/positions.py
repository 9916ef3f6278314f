"""The catalogue of positions, and which of them can be done from anywhere."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.models.dated import Dated, DatedQuerySet, ends_after_start


class PositionKind(models.TextChoices):
    JPT = "JPT", _("JPT")
    ADMINISTRATOR = "ADMINISTRATOR", _("administrator")
    PENGAWAS = "PENGAWAS", _("pengawas")
    PELAKSANA = "PELAKSANA", _("pelaksana")
    FUNGSIONAL = "FUNGSIONAL", _("fungsional")


class PositionQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        return self if user.is_authenticated else self.none()


class Position(models.Model):
    """One entry of the catalogue, shared by all units. `retirement_age` in years (BUP)."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=PositionKind)
    level = models.CharField(_("level"), max_length=40, blank=True, default="")
    echelon = models.CharField(_("echelon"), max_length=8, blank=True, default="")
    retirement_age = models.PositiveSmallIntegerField(_("retirement age"), default=58)

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "kind", "level"],
                name="personnel_position_name_kind_level",
                violation_error_message=_("This position stands in the catalogue already."),
            ),
            models.CheckConstraint(
                condition=Q(retirement_age__gte=50, retirement_age__lte=75),
                name="personnel_position_retirement_age",
                violation_error_message=_("The retirement age must be between 50 and 75 years."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PositionWorkability(Dated):
    """Whether a position was analysed as workable from anywhere, with the document that says so."""

    position = models.ForeignKey(Position, models.CASCADE, related_name="workabilities")
    is_workable_from_anywhere = models.BooleanField(_("workable from anywhere"))
    legal_basis = models.CharField(_("legal basis"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["position", "starts_on"],
                name="personnel_positionworkability_one_per_start",
                violation_error_message=_("This position already has an analysis from that day."),
            ),
            ends_after_start("personnel_positionworkability_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.position_id} {self.starts_on}"
