"""The tree of units, what they inherit, and where they work."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.models.dated import Dated, DatedQuerySet, ends_after_start


class UnitKind(models.TextChoices):
    INSTITUTION = "INSTITUTION", _("institution")
    SECRETARIAT = "SECRETARIAT", _("sekretariat")
    INSPECTORATE = "INSPECTORATE", _("inspektorat")
    AGENCY = "AGENCY", _("badan")
    DEPARTMENT = "DEPARTMENT", _("dinas")
    OFFICE = "OFFICE", _("kantor or satuan")
    BUREAU = "BUREAU", _("biro or bagian")
    DISTRICT = "DISTRICT", _("kecamatan")
    VILLAGE = "VILLAGE", _("kelurahan")
    HOSPITAL = "HOSPITAL", _("hospital")
    HEALTH_CENTRE = "HEALTH_CENTRE", _("puskesmas")
    SCHOOL = "SCHOOL", _("school")
    TECHNICAL_UNIT = "TECHNICAL_UNIT", _("UPTD")
    FIELD = "FIELD", _("bidang")
    SECTION = "SECTION", _("seksi or subbagian")
    TEAM = "TEAM", _("team")


class TimeZone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class UnitQuerySet(DatedQuerySet):
    def subtree(self, unit: "Unit") -> Self:
        """`unit` and everything below it, of any depth."""
        return self.filter(path__startswith=unit.path)

    def perangkat_daerah_only(self) -> Self:
        """The units that submit schedules and answer to BKD: each is its own perangkat daerah."""
        return self.filter(perangkat_daerah=models.F("pk"))

    def visible_to(self, user) -> Self:
        """The structure of the office is no secret to those who work in it; the anonymous see none."""
        return self if user.is_authenticated else self.none()


class Unit(Dated):
    """One node of the office. A reorganisation closes units and opens new ones; a node never moves.

    `path` holds the keys of its ancestors and its own, each ended by a dot ("1.7.23."), so that a
    subtree is one prefix. `perangkat_daerah` points to the ancestor that answers to BKD, or to itself.
    """

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255)
    perangkat_daerah = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                name="personnel_unit_code_is_unique",
                violation_error_message=_("A unit with this code exists already."),
            ),
            ends_after_start("personnel_unit_ends_after_start"),
        ]
        indexes = [
            # subtree() on every page that is limited to a unit; the pattern class serves LIKE 'x%' on PostgreSQL.
            models.Index(fields=["path"], name="personnel_unit_path", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_perangkat_daerah(self) -> bool:
        return self.perangkat_daerah_id == self.pk

    @property
    def depth(self) -> int:
        """0 for the institution itself."""
        return self.path.count(".") - 1

    @property
    def ancestor_ids(self) -> list[int]:
        """Keys from the root down to this unit, itself included."""
        return [int(key) for key in self.path.split(".") if key]


class UnitTraits(Dated):
    """What a unit says of itself for a time; an empty field is inherited from the unit above."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="traits")
    time_zone = models.CharField(_("time zone"), max_length=20, choices=TimeZone, blank=True, default="")
    is_direct_service = models.BooleanField(_("serves the public directly"), null=True, blank=True)
    is_shift_work = models.BooleanField(_("works in shifts"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                name="personnel_unittraits_one_per_start",
                violation_error_message=_("This unit already has traits from that day."),
            ),
            ends_after_start("personnel_unittraits_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.starts_on}"


class WorkLocation(Dated):
    """A place where people of a unit (and of the units below it) work, with the radius of its fence."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="locations")
    name = models.CharField(_("name"), max_length=120)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    radius_metres = models.PositiveIntegerField(_("radius in metres"), default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="personnel_worklocation_on_earth",
                violation_error_message=_("Latitude must be within ±90 and longitude within ±180."),
            ),
            models.CheckConstraint(
                condition=Q(radius_metres__gte=10, radius_metres__lte=20_000),
                name="personnel_worklocation_radius",
                violation_error_message=_("The radius must be between 10 and 20,000 metres."),
            ),
            ends_after_start("personnel_worklocation_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
