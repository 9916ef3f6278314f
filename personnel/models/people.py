"""People and what binds them to the office over time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from personnel.models.dated import Dated, DatedQuerySet, ends_after_start
from personnel.models.positions import Position
from personnel.models.units import Unit


class Gender(models.TextChoices):
    MALE = "M", _("male")
    FEMALE = "F", _("female")


class EmploymentKind(models.TextChoices):
    PNS = "PNS", "PNS"
    CPNS = "CPNS", "CPNS"
    PPPK = "PPPK", "PPPK"
    PPPK_PARUH_WAKTU = "PPPK_PARUH_WAKTU", _("PPPK paruh waktu")


class AppointmentKind(models.TextChoices):
    SUBSTANTIVE = "SUBSTANTIVE", _("substantive")
    PLT = "PLT", "Plt"
    PLH = "PLH", "Plh"


class EducationLevel(models.TextChoices):
    SD = "SD", "SD"
    SMP = "SMP", "SMP"
    SLTA = "SLTA", "SLTA"
    D1 = "D1", "D-I"
    D2 = "D2", "D-II"
    D3 = "D3", "D-III"
    D4 = "D4", "D-IV"
    S1 = "S1", "S-1"
    S2 = "S2", "S-2"
    S3 = "S3", "S-3"


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about people. Chain them in the order in which the sentence reads."""

    def employed_on(self, day: date) -> Self:
        """People with an employment on `day`; the last day of service counts."""
        return self.filter(pk__in=Employment.objects.on(day).values("person_id"))

    def in_subtree(self, unit: Unit, day: date) -> Self:
        """People whose substantive appointment on `day` is in `unit` or below it."""
        held = Appointment.objects.substantive().on(day).filter(unit__path__startswith=unit.path)
        return self.filter(pk__in=held.values("person_id"))


class Person(models.Model):
    """One civil servant. `nip` is personal data: it never stands in a URL or a log line."""

    nip = models.CharField("NIP", max_length=18)
    name = models.CharField(_("name"), max_length=150)
    title_before = models.CharField(_("title before the name"), max_length=40, blank=True, default="")
    title_after = models.CharField(_("title after the name"), max_length=80, blank=True, default="")
    gender = models.CharField(_("gender"), max_length=1, choices=Gender)
    birth_on = models.DateField(_("date of birth"))
    email = models.EmailField(_("email"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=30, blank=True, default="")
    # The key of the person in SIASN, so that a corrected NIP is still the same person.
    siasn_id = models.CharField(max_length=40, blank=True, default="")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nip"],
                name="personnel_person_nip_is_unique",
                violation_error_message=_("A person with this NIP exists already."),
            ),
        ]
        indexes = [models.Index(fields=["name"], name="personnel_person_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """Name with titles as they stand on a letter: `dr. Sari Wulandari, M.Kes.`"""
        head = f"{self.title_before} {self.name}".strip()
        return f"{head}, {self.title_after}" if self.title_after else head


class Employment(Dated):
    """What kind of ASN somebody is. `weekly_minutes` null means the norm of the unit's hours policy."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    kind = models.CharField(_("kind"), max_length=16, choices=EmploymentKind)
    weekly_minutes = models.PositiveSmallIntegerField(_("weekly minutes"), null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on__isnull=True),
                name="personnel_employment_one_open",
                violation_error_message=_("This person already has an employment without an end."),
            ),
            models.CheckConstraint(
                condition=Q(weekly_minutes__isnull=True) | Q(weekly_minutes__gte=60, weekly_minutes__lte=2_700),
                name="personnel_employment_weekly_minutes",
                violation_error_message=_("Weekly minutes must be between 60 and 2,700."),
            ),
            ends_after_start("personnel_employment_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class AppointmentQuerySet(DatedQuerySet):
    def substantive(self) -> Self:
        return self.filter(kind=AppointmentKind.SUBSTANTIVE)

    def acting(self) -> Self:
        """Plt and Plh: somebody stands in for a post that is vacant or whose holder is away."""
        return self.exclude(kind=AppointmentKind.SUBSTANTIVE)

    def heads(self) -> Self:
        return self.filter(is_head=True)


class Appointment(Dated):
    """Somebody holds a position in a unit. `is_head` marks the one who leads the unit."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments")
    kind = models.CharField(_("kind"), max_length=12, choices=AppointmentKind, default=AppointmentKind.SUBSTANTIVE)
    is_head = models.BooleanField(_("leads the unit"), default=False)
    decree = models.CharField(_("decree"), max_length=80, blank=True, default="")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on__isnull=True, kind="SUBSTANTIVE"),
                name="personnel_appointment_one_open_substantive",
                violation_error_message=_("This person already holds a substantive position without an end."),
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "position", "kind", "starts_on"],
                name="personnel_appointment_once",
                violation_error_message=_("This appointment is recorded already."),
            ),
            ends_after_start("personnel_appointment_ends_after_start"),
        ]
        indexes = [
            # people_in(unit, day) of every unit page.
            models.Index(fields=["unit", "starts_on"], name="personnel_appointment_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.unit_id}"


class ReportingLine(Dated):
    """Who is whose direct superior. `source` says where it comes from (file, proposal, ticket)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="lines_up")
    superior = models.ForeignKey(Person, models.PROTECT, related_name="lines_down")
    source = models.CharField(_("source"), max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on__isnull=True),
                name="personnel_reportingline_one_open",
                violation_error_message=_("This person already has a direct superior without an end."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("superior")),
                name="personnel_reportingline_not_oneself",
                violation_error_message=_("Nobody is their own superior."),
            ),
            ends_after_start("personnel_reportingline_ends_after_start"),
        ]
        indexes = [models.Index(fields=["superior", "starts_on"], name="personnel_reportingline_down")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.superior_id}"


class Rank(Dated):
    """Golongan: `III/b` for PNS, `IX` for PPPK."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="ranks")
    grade = models.CharField(_("golongan"), max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "starts_on"],
                name="personnel_rank_one_per_start",
                violation_error_message=_("This person already has a golongan from that day."),
            ),
            ends_after_start("personnel_rank_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.grade


class Education(models.Model):
    """A finished education; the highest counts for talent."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="educations")
    level = models.CharField(_("level"), max_length=4, choices=EducationLevel)
    field = models.CharField(_("field of study"), max_length=150, blank=True, default="")
    school = models.CharField(_("school"), max_length=150, blank=True, default="")
    graduated_year = models.PositiveSmallIntegerField(_("year of graduation"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "level", "field"],
                name="personnel_education_once",
                violation_error_message=_("This education is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.field}"
