"""What is recorded about people and counters: categories, exceptions, groups, the choice of the reward."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from personnel.access import paths_of
from personnel.models import Appointment, Person, Role, Unit, User
from personnel.models.dated import Dated, DatedQuerySet, ends_after_start
from personnel.queries import people_visible_to

# Who has the purpose for personal circumstances: those who must plan around them, not colleagues or inspectors.
HEALTH_PURPOSE = (Role.UNIT_OFFICER, Role.BKD_ADMIN)


class CategoryChoice(models.TextChoices):
    PREGNANT = "PREGNANT", _("pregnant")
    BREASTFEEDING = "BREASTFEEDING", _("breastfeeding")
    HEALTH_WATCH = "HEALTH_WATCH", _("under health watch")
    TRAVEL_ABROAD = "TRAVEL_ABROAD", _("back from travel abroad")


class AnswerChoice(models.TextChoices):
    MAY = "MAY", _("may work from home")
    MUST = "MUST", _("works from home")
    MAY_NOT = "MAY_NOT", _("works at the office")
    PERMANENT = "PERMANENT", _("works from anywhere")


class PurposeQuerySet(DatedQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user) -> Self:
        """One's own, and those of the people one plans for as officer or BKD administrator."""
        if not user.is_authenticated:
            return self.none()
        day = timezone.localdate()
        wanted = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
        below = Q(pk__in=[])
        for path in paths_of(user, HEALTH_PURPOSE, day):
            below |= Q(unit__path__startswith=path)
        held = Appointment.objects.substantive().on(day).filter(below)
        return self.filter(wanted | Q(person_id__in=held.values("person_id")))


class CategoryRecord(Dated):
    """A personal circumstance by its code, never a diagnosis. For travel abroad the last day is the day of return."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="wfh_categories")
    category = models.CharField(_("category"), max_length=16, choices=CategoryChoice)
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PurposeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "category", "starts_on"],
                condition=Q(withdrawn_at__isnull=True),
                name="schedules_categoryrecord_once",
                violation_error_message=_("This category is recorded already from that day."),
            ),
            ends_after_start("schedules_categoryrecord_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}"


class PersonRowsQuerySet(DatedQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user) -> Self:
        return self.filter(person__in=people_visible_to(user))


class EligibilityException(Dated):
    """A dated exception granted by a named person. Of two, the one granted last counts."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="wfh_exceptions")
    answer = models.CharField(_("answer"), max_length=10, choices=AnswerChoice)
    reason = models.CharField(_("reason"), max_length=300)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True, default="")
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PersonRowsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="schedules_eligibilityexception_has_reason",
                violation_error_message=_("An exception needs a reason."),
            ),
            ends_after_start("schedules_eligibilityexception_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.answer}"


class ServiceGroupQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        """Groups of the units one plans or reads for; the rest have no use for them."""
        if not user.is_authenticated:
            return self.none()
        roles = (Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.BKD_ADMIN, Role.INSPECTOR)
        below = Q(pk__in=[])
        for path in paths_of(user, roles):
            below |= Q(unit__path__startswith=path)
        return self.filter(below)


class ServiceGroup(Dated):
    """People of whom `min_office` must be at the office every day: counter officers, head or deputy."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="service_groups")
    name = models.CharField(_("name"), max_length=120)
    min_office = models.PositiveSmallIntegerField(_("least at the office"), default=1)

    objects = ServiceGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(ends_on__isnull=True),
                name="schedules_servicegroup_one_open_per_name",
                violation_error_message=_("This unit already has a group of that name."),
            ),
            models.CheckConstraint(
                condition=Q(min_office__gte=1),
                name="schedules_servicegroup_min_office",
                violation_error_message=_("At least one member must stay at the office."),
            ),
            ends_after_start("schedules_servicegroup_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(Dated):
    """Somebody belongs to a group for a time."""

    group = models.ForeignKey(ServiceGroup, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="service_groups")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person", "starts_on"],
                name="schedules_groupmember_once",
                violation_error_message=_("This person belongs to the group already."),
            ),
            ends_after_start("schedules_groupmember_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id}"


class Box9Choice(Dated):
    """The days on which somebody in a rewarded box takes the reward. It is asked for, never given unasked."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="box9_choices")
    chosen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on__isnull=True),
                name="schedules_box9choice_one_open",
                violation_error_message=_("You have already asked for the reward."),
            ),
            ends_after_start("schedules_box9choice_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}"
