"""Plans of a perangkat daerah for a month, their numbered versions, and one row per person."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.access import roles_of
from personnel.models import Person, Role, Unit, User
from personnel.models.dated import Dated, DatedQuerySet, ends_after_start

READS_PLANS = (Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.BKD_ADMIN, Role.INSPECTOR)


class VersionState(models.TextChoices):
    DRAFT = "DRAFT", _("draft")
    SUBMITTED = "SUBMITTED", _("submitted")
    RETURNED = "RETURNED", _("returned")
    RATIFIED = "RATIFIED", _("ratified")
    SUPERSEDED = "SUPERSEDED", _("superseded")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


OPEN_STATES = (VersionState.DRAFT, VersionState.SUBMITTED)


def planned_below(user, prefix: str = "") -> Q:
    """The plans that this account reads as officer, head, BKD administrator or inspector.

    Those of the perangkat daerah below the granted unit, and the one above it: a bidang stands in the
    plan of its perangkat daerah, and that plan is one document.
    """
    grants = [grant for grant in roles_of(user) if grant.role in READS_PLANS]
    wanted = Q(pk__in=[])
    for grant in grants:
        wanted |= Q(**{f"{prefix}unit__path__startswith": grant.path})
    own = Unit.objects.filter(pk__in=[grant.unit_id for grant in grants]).values("perangkat_daerah_id")
    return wanted | Q(**{f"{prefix}unit__in": own})


class PlanQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        """Plans of the perangkat daerah one works for as officer or head; all of them for BKD and inspectors."""
        return self.filter(planned_below(user)) if user.is_authenticated else self.none()


class Plan(Dated):
    """The WFH schedule of one perangkat daerah for one month. What it says stands in its versions."""

    ends_on = models.DateField(_("until"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="wfh_plans")
    created_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                name="schedules_plan_one_per_unit_and_month",
                violation_error_message=_("This perangkat daerah already has a schedule for that month."),
            ),
            ends_after_start("schedules_plan_ends_after_start"),
        ]
        indexes = [models.Index(fields=["starts_on"], name="schedules_plan_month")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.starts_on:%Y-%m}"

    @property
    def source(self) -> str:
        """The name under which attendance knows this plan."""
        return f"wfh-plan/{self.pk}"


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def visible_to(self, user) -> Self:
        return self.filter(planned_below(user, "plan__")) if user.is_authenticated else self.none()

    def open(self) -> Self:
        """Versions that still wait for somebody."""
        return self.filter(state__in=OPEN_STATES)


class PlanVersion(models.Model):
    """One numbered version. A ratified version is never edited; a correction is the next number.

    `problem` is what the engine was asked, `fingerprint` its hash with the seed; live checks use it, while
    submission asks the facts again. `findings` are the engine's sentences at generation.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    seed = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64)
    method = models.CharField(max_length=20, blank=True, default="")
    problem = models.JSONField(default=dict)
    metrics = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True, default="")
    decree_number = models.CharField(max_length=120, blank=True, default="")

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="schedules_planversion_number",
                violation_error_message=_("This version number exists already."),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["DRAFT", "SUBMITTED"]),
                name="schedules_planversion_one_open",
                violation_error_message=_("Another version of this schedule is being worked on."),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="RATIFIED"),
                name="schedules_planversion_one_ratified",
                violation_error_message=_("Another version of this schedule is in force."),
            ),
            models.CheckConstraint(
                condition=~Q(state="RATIFIED") | ~Q(decree_number=""),
                name="schedules_planversion_ratified_has_decree",
                violation_error_message=_("Ratifying needs the number of the decree."),
            ),
            models.CheckConstraint(
                condition=~Q(state="RETURNED") | ~Q(decision_reason=""),
                name="schedules_planversion_returned_has_reason",
                violation_error_message=_("Returning needs a reason."),
            ),
        ]
        indexes = [models.Index(fields=["state"], name="schedules_version_state")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT


class PlanRowQuerySet(models.QuerySet["PlanRow"]):
    def visible_to(self, user) -> Self:
        """Rows of the plans one reads; of the others only one's own row of a version in force."""
        if not user.is_authenticated:
            return self.none()
        own = Q(person_id=user.person_id, version__state=VersionState.RATIFIED) if user.person_id else Q(pk__in=[])
        return self.filter(planned_below(user, "version__plan__") | own)


class PlanRow(models.Model):
    """One person in one version: a letter per calendar day of the month, as `schedules.rules.cells` reads it.

    `locked` has the same length, "1" where the officer has fixed the cell. `carry_thousandths` is the
    balance against the peers brought into the month, in thousandths of a day.
    """

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, models.PROTECT, related_name="wfh_rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    cells = models.CharField(max_length=31)
    locked = models.CharField(max_length=31)
    carry_thousandths = models.IntegerField(default=0)

    objects = PlanRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                name="schedules_planrow_one_per_person",
                violation_error_message=_("This person stands in the schedule already."),
            ),
        ]
        indexes = [models.Index(fields=["person", "version"], name="schedules_planrow_person")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"
