"""Every moment at which somebody clocked, from whatever device, never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attendance.models.visibility import PersonDaysQuerySet


class Direction(models.TextChoices):
    """The same words as `attendance.rules.kinds.Direction`; NONE: the device said nothing that can be used."""

    IN = "IN", _("In")
    OUT = "OUT", _("Out")
    BREAK_OUT = "BREAK_OUT", _("Out for a break")
    BREAK_IN = "BREAK_IN", _("Back from a break")
    NONE = "NONE", _("Not said")


class PunchSource(models.TextChoices):
    WEB = "WEB", _("Web")
    OFFLINE = "OFFLINE", _("Offline")
    TERMINAL = "TERMINAL", _("Terminal")
    CORRECTION = "CORRECTION", _("Correction")


class FenceVerdict(models.TextChoices):
    INSIDE = "INSIDE", _("Inside the work location")
    OUTSIDE = "OUTSIDE", _("Outside the work location")
    NO_GPS = "NO_GPS", _("No position")
    DENIED = "DENIED", _("Position refused on the device")
    POOR = "POOR", _("Position too inaccurate")
    LIFTED = "LIFTED", _("No fence today")


class Punch(models.Model):
    """One clocking: the instant, the local day and zone it belongs to, and what the device said of itself.

    `instant` is the server's time (for a terminal its corrected time); `recorded_at` is when we learned of it.
    The position is personal data: shown to the person, and for review with a line in the read log.
    """

    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="punches")
    day = models.DateField(_("local day"))
    instant = models.DateTimeField(_("instant"))
    zone = models.CharField(_("zone"), max_length=40)
    direction = models.CharField(_("direction"), max_length=9, choices=Direction.choices)
    source = models.CharField(_("source"), max_length=10, choices=PunchSource.choices)
    client_key = models.CharField(_("key of the device"), max_length=64)
    receipt = models.CharField(_("receipt"), max_length=16)
    recorded_at = models.DateTimeField(_("recorded"))
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    accuracy_metres = models.PositiveIntegerField(_("accuracy (m)"), null=True, blank=True)
    fix_age_seconds = models.PositiveIntegerField(_("age of the position (s)"), null=True, blank=True)
    distance_metres = models.PositiveIntegerField(_("distance (m)"), null=True, blank=True)
    verdict = models.CharField(_("position"), max_length=8, choices=FenceVerdict.choices, blank=True)
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    device_id = models.CharField(_("device"), max_length=64, blank=True)
    provider = models.CharField(_("provider"), max_length=40, blank=True)

    objects = PersonDaysQuerySet.as_manager()

    class Meta:
        verbose_name = _("punch")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "client_key"],
                name="attendance_punch_once_per_key",
                violation_error_message=_("This clocking is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="attendance_punch_position_on_earth",
                violation_error_message=_("Latitude and longitude come together and lie on earth."),
            ),
        ]
        indexes = [
            # the clock, a day's recomputation, a person's month
            models.Index(fields=["person", "day", "instant"], name="attendance_punch_person_day"),
            # integrity signals: one device for several people on a day
            models.Index(fields=["day", "device_id"], name="attendance_punch_day_device", condition=~Q(device_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.instant:%Y-%m-%d %H:%M:%S} {self.direction}"
