"""What the rules made of a person's day and week; always recomputable from the facts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attendance.models.places import Place
from attendance.models.visibility import PersonDaysQuerySet, PersonRowsQuerySet


class DayStatus(models.TextChoices):
    """The same words as `attendance.rules.kinds.DayStatus`."""

    UPCOMING = "UPCOMING", _("To come")
    OPEN = "OPEN", _("Running")
    HOLIDAY = "HOLIDAY", _("Holiday")
    OFF = "OFF", _("Day off")
    EXCUSED = "EXCUSED", _("Excused")
    ABSENT = "ABSENT", _("No news")
    INCOMPLETE = "INCOMPLETE", _("A clocking is missing")
    LATE_AND_EARLY = "LATE_AND_EARLY", _("Late and left early")
    LATE = "LATE", _("Late")
    EARLY = "EARLY", _("Left early")
    PRESENT = "PRESENT", _("Present")


class DaySummary(models.Model):
    """One person, one local day: the fields of the rules' `DayResult`, each duration floored once, there.

    `unit` and `place` are those of the day. The place follows the documents, the rest the clock.
    """

    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="day_summaries")
    day = models.DateField(_("day"))
    unit = models.ForeignKey("personnel.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=8, choices=Place.choices, default=Place.OFFICE)
    status = models.CharField(_("status"), max_length=14, choices=DayStatus.choices)
    kind = models.CharField(_("kind of day"), max_length=16, default="WORKDAY")
    scheduled_minutes = models.PositiveSmallIntegerField(_("scheduled"), default=0)
    target_minutes = models.PositiveSmallIntegerField(_("target"), default=0)
    presence_minutes = models.PositiveSmallIntegerField(_("seen"), default=0)
    break_minutes = models.PositiveSmallIntegerField(_("break"), default=0)
    worked_minutes = models.PositiveSmallIntegerField(_("worked"), default=0)
    credited_minutes = models.PositiveSmallIntegerField(_("credited"), default=0)
    late_minutes = models.PositiveSmallIntegerField(_("late"), default=0)
    early_minutes = models.PositiveSmallIntegerField(_("left early"), default=0)
    unexcused_minutes = models.PositiveSmallIntegerField(
        _("counted towards absence"), default=0, help_text=_("Minutes that accumulate to absent days in a year.")
    )
    late_code = models.CharField(max_length=8, blank=True, default="")
    early_code = models.CharField(max_length=8, blank=True, default="")
    cut_points = models.PositiveSmallIntegerField(_("cut in hundredths of a per cent"), default=0)
    absent_days = models.PositiveSmallIntegerField(_("absent days"), default=0)
    absence_code = models.CharField(_("absence"), max_length=8, blank=True, default="")
    first_in_at = models.DateTimeField(_("first in"), null=True, blank=True)
    last_out_at = models.DateTimeField(_("last out"), null=True, blank=True)
    open_since = models.DateTimeField(_("inside since"), null=True, blank=True)
    missing_in = models.BooleanField(_("clock-in missing"), default=False)
    missing_out = models.BooleanField(_("clock-out missing"), default=False)
    auto_closed = models.BooleanField(_("closed by rule"), default=False)
    computed_at = models.DateTimeField(_("computed"))

    objects = PersonDaysQuerySet.as_manager()

    class Meta:
        verbose_name = _("day")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="attendance_daysummary_one_per_person_day",
                violation_error_message=_("This person already has a summary for that day."),
            ),
        ]
        indexes = [
            # unit day list, boards, weekly compliance
            models.Index(fields=["day", "person"], name="attendance_daysum_day_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"

    @property
    def total_minutes(self) -> int:
        return self.worked_minutes + self.credited_minutes


class WeekSummary(models.Model):
    """One person's week from Monday to Sunday: the sum of its day summaries, nothing else."""

    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="week_summaries")
    monday = models.DateField(_("Monday"))
    target_minutes = models.PositiveIntegerField(_("target"), default=0)
    worked_minutes = models.PositiveIntegerField(_("worked"), default=0)
    credited_minutes = models.PositiveIntegerField(_("credited"), default=0)
    late_minutes = models.PositiveIntegerField(_("late"), default=0)
    early_minutes = models.PositiveIntegerField(_("left early"), default=0)
    unexcused_minutes = models.PositiveIntegerField(_("counted towards absence"), default=0)
    absent_days = models.PositiveSmallIntegerField(_("absent days"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    computed_at = models.DateTimeField(_("computed"))

    objects = PersonRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("week")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "monday"],
                name="attendance_weeksummary_one_per_person_week",
                violation_error_message=_("This person already has a summary for that week."),
            ),
            models.CheckConstraint(
                condition=Q(monday__iso_week_day=1),
                name="attendance_weeksummary_starts_on_monday",
                violation_error_message=_("A week starts on Monday."),
            ),
        ]
        indexes = [
            # weekly compliance of everyone
            models.Index(fields=["monday", "person"], name="attendance_weeksum_week_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.monday}"


class DayMark(models.Model):
    """A person-day whose summary no longer matches its facts; a job recomputes it and removes the mark."""

    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=40)
    marked_at = models.DateTimeField(_("marked"))

    objects = PersonDaysQuerySet.as_manager()

    class Meta:
        verbose_name = _("day to recompute")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                name="attendance_daymark_one_per_person_day",
                violation_error_message=_("This day is already marked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
