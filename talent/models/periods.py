"""Periods of reckoning, the snapshot of evidence each rests on, and the placements."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.access import is_bkd, is_committee, is_inspector
from personnel.models import Person, Unit
from talent.models.profiles import Profile


class PeriodState(models.TextChoices):
    OPEN = "OPEN", _("open")
    COMPUTED = "COMPUTED", _("computed")
    PUBLISHED = "PUBLISHED", _("published")
    CLOSED = "CLOSED", _("closed")


SHOWN_STATES = (PeriodState.PUBLISHED, PeriodState.CLOSED)


def reads_everything(user) -> bool:
    """BKD and the committee work with all placements; the inspector reads them."""
    return is_bkd(user) or is_committee(user) or is_inspector(user)


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, user) -> Self:
        """Published periods to everyone; those still being worked on to BKD, committee and inspector."""
        if not user.is_authenticated:
            return self.none()
        return self if reads_everything(user) else self.shown()

    def shown(self) -> Self:
        return self.filter(state__in=SHOWN_STATES)


class Period(models.Model):
    """One reckoning of everyone by one profile version, as of one day."""

    name = models.CharField(_("name"), max_length=80)
    profile = models.ForeignKey(Profile, models.PROTECT, related_name="periods")
    reckoning_on = models.DateField(_("day of reckoning"))
    state = models.CharField(_("state"), max_length=10, choices=PeriodState, default=PeriodState.OPEN)
    opened_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    objections_until = models.DateField(_("objections until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="talent_period_name_is_unique",
                violation_error_message=_("A period with this name exists already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["PUBLISHED", "CLOSED"]) | Q(published_at__isnull=False),
                name="talent_period_published_has_moment",
                violation_error_message=_("A published period has a moment of publication."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN_STATES


class Evidence(models.Model):
    """The facts of one person as they stood when the period was computed; what the placement rests on.

    `records` is the text of `talent.rules.evidence`; the same text always gives the same placement.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="evidence")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    records = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "person"],
                name="talent_evidence_one_per_period",
                violation_error_message=_("This person's evidence is kept already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.person_id}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user) -> Self:
        """One's own once it is published; all to BKD, committee and inspector. Superiors see none."""
        if not user.is_authenticated:
            return self.none()
        if reads_everything(user):
            return self
        own = self.filter(person_id=user.person_id) if user.person_id else self.none()
        return own.filter(period__state__in=SHOWN_STATES)

    def in_subtree(self, unit: Unit) -> Self:
        return self.filter(unit__path__startswith=unit.path)


class Placement(models.Model):
    """One person's result in one period. `box` null means outside the grid, and `unmapped` says why first.

    `result` is the text of `talent.rules.stored`: every indicator with its raw value, records and contribution.
    `fingerprint` binds it to evidence and profile: equal fingerprints are equal results.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="placements")
    person = models.ForeignKey(Person, models.CASCADE, related_name="placements")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    y_value = models.DecimalField(_("performance"), max_digits=12, decimal_places=6, null=True)
    x_value = models.DecimalField(_("potential"), max_digits=12, decimal_places=6, null=True)
    talent_value = models.DecimalField(_("talent value"), max_digits=12, decimal_places=6, null=True)
    y_category = models.CharField(max_length=10, blank=True, default="")
    x_category = models.CharField(max_length=10, blank=True, default="")
    box = models.PositiveSmallIntegerField(_("box"), null=True)
    unmapped = models.CharField(max_length=40, blank=True, default="")
    is_rewarded = models.BooleanField(default=False)
    result = models.TextField()
    fingerprint = models.CharField(max_length=32)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "person"],
                name="talent_placement_one_per_period",
                violation_error_message=_("This person is placed in this period already."),
            ),
            models.CheckConstraint(
                condition=Q(box__isnull=True) | Q(box__gte=1, box__lte=9),
                name="talent_placement_box_range",
                violation_error_message=_("Boxes are numbered 1 to 9."),
            ),
            models.CheckConstraint(
                condition=Q(box__isnull=False, unmapped="") | (Q(box__isnull=True) & ~Q(unmapped="")),
                name="talent_placement_box_or_reason",
                violation_error_message=_("A person has a box or a reason for having none."),
            ),
        ]
        indexes = [
            # The grid's counts and the pages of one cell.
            models.Index(fields=["period", "box"], name="talent_placement_grid"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.person_id} {self.box}"
