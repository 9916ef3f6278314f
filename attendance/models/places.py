"""Where a person is expected on a day, and which document says so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attendance.models.visibility import PersonDaysQuerySet


class Place(models.TextChoices):
    OFFICE = "OFFICE", _("Office")
    HOME = "HOME", _("Home")
    ANYWHERE = "ANYWHERE", _("Anywhere")
    TRAVEL = "TRAVEL", _("Official travel")
    LEAVE = "LEAVE", _("Leave")
    TRAINING = "TRAINING", _("Training")
    OFF = "OFF", _("Day off")


class ArrangementSourceQuerySet(models.QuerySet["ArrangementSource"]):
    def visible_to(self, user):
        """The name of a document is no secret inside the office; its rows are (see `Arrangement`)."""
        return self if user.is_authenticated else self.none()


class ArrangementSource(models.Model):
    """One document that says where people work, e.g. ``wfh-plan/17``, and the last version it sent.

    The row outlives its arrangements: a withdrawn document still remembers its version, so a late
    retry of an older one stays without effect.
    """

    key = models.CharField(_("source"), max_length=80)
    version = models.PositiveIntegerField(_("version"), default=0)
    label = models.CharField(_("label"), max_length=240)
    rank = models.PositiveSmallIntegerField(_("rank"), default=50, help_text=_("The higher rank wins a disputed day."))
    published_at = models.DateTimeField(_("published"))

    objects = ArrangementSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrangement source")
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="attendance_arrangementsource_one_per_key",
                violation_error_message=_("This source is already known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Arrangement(models.Model):
    """One source says: this person is expected at this place on this day."""

    source = models.ForeignKey(ArrangementSource, on_delete=models.CASCADE, related_name="arrangements")
    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="arrangements")
    day = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=8, choices=Place.choices)

    objects = PersonDaysQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrangement")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day", "source"],
                name="attendance_arrangement_one_per_source_person_day",
                violation_error_message=_("One source names one place for a person and a day."),
            ),
            models.CheckConstraint(
                condition=Q(place__in=["OFFICE", "HOME", "ANYWHERE", "TRAVEL", "TRAINING", "OFF"]),
                name="attendance_arrangement_no_leave",
                violation_error_message=_("Leave is recorded as an absence, not as an arrangement."),
            ),
        ]
        indexes = [
            # unit boards: everyone's place on one day
            models.Index(fields=["day", "person"], name="attendance_arrange_day_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.place}"
