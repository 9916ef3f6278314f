"""Fingerprint terminals, whose PIN is whom, and every line they ever sent."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from personnel.models import Unit
from personnel.models.dated import Dated, DatedQuerySet, ends_after_start


class TerminalQuerySet(models.QuerySet["Terminal"]):
    def visible_to(self, user) -> Self:
        """Terminals of the units an account may see."""
        return self.filter(unit__in=Unit.objects.visible_to(user))


class Terminal(models.Model):
    """One device. `drift_seconds` is how far its clock runs ahead, from `drift_from_at` on."""

    serial = models.CharField(_("serial number"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    unit = models.ForeignKey("personnel.Unit", on_delete=models.PROTECT, related_name="terminals")
    zone = models.CharField(_("zone"), max_length=40, default="Asia/Jakarta")
    source_network = models.CharField(_("source network"), max_length=43, blank=True)
    trusts_state = models.BooleanField(_("staff press in and out"), default=False)
    drift_seconds = models.IntegerField(_("clock runs ahead by (s)"), default=0)
    drift_from_at = models.DateTimeField(_("drift since"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    last_seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    attlog_stamp = models.CharField(_("stamp"), max_length=20, blank=True)

    objects = TerminalQuerySet.as_manager()

    class Meta:
        verbose_name = _("terminal")
        constraints = [
            models.UniqueConstraint(
                fields=["serial"],
                name="attendance_terminal_one_per_serial",
                violation_error_message=_("A terminal with this serial number exists."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TerminalPinQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(terminal__in=Terminal.objects.visible_to(user))


class TerminalPin(Dated):
    """PIN `pin` on this terminal is this person, from `starts_on` to `ends_on`."""

    terminal = models.ForeignKey(Terminal, on_delete=models.CASCADE, related_name="pins")
    pin = models.CharField(_("PIN"), max_length=24)
    person = models.ForeignKey("personnel.Person", on_delete=models.CASCADE, related_name="terminal_pins")

    objects = TerminalPinQuerySet.as_manager()

    class Meta:
        verbose_name = _("terminal PIN")
        constraints = [
            models.UniqueConstraint(
                fields=["terminal", "pin", "starts_on"],
                name="attendance_terminalpin_one_start_per_pin",
                violation_error_message=_("This PIN already belongs to somebody from that day."),
            ),
            ends_after_start("attendance_terminalpin_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.terminal_id}/{self.pin}"


class RawPunchState(models.TextChoices):
    TAKEN = "TAKEN", _("Became a punch")
    UNMATCHED = "UNMATCHED", _("Unknown PIN")
    REPEATED = "REPEATED", _("Repeated within seconds")


class RawPunchQuerySet(models.QuerySet["RawPunch"]):
    def visible_to(self, user) -> Self:
        return self.filter(terminal__in=Terminal.objects.visible_to(user))


class RawPunch(models.Model):
    """One line of a terminal as it came. `device_at` is the device's own time read in its zone, uncorrected."""

    terminal = models.ForeignKey(Terminal, on_delete=models.CASCADE, related_name="raw_punches")
    pin = models.CharField(_("PIN"), max_length=24)
    device_at = models.DateTimeField(_("time of the device"))
    state_code = models.PositiveSmallIntegerField(_("state"), default=0)
    verify_code = models.PositiveSmallIntegerField(_("verify mode"), default=0)
    work_code = models.CharField(_("work code"), max_length=16, blank=True)
    state = models.CharField(_("what became of it"), max_length=9, choices=RawPunchState.choices)
    person = models.ForeignKey(
        "personnel.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="raw_punches"
    )
    received_at = models.DateTimeField(_("received"))

    objects = RawPunchQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a terminal")
        constraints = [
            models.UniqueConstraint(
                fields=["terminal", "pin", "device_at"],
                name="attendance_rawpunch_once",
                violation_error_message=_("This line is already stored."),
            ),
        ]
        indexes = [
            # lines waiting for their PIN to be known
            models.Index(
                fields=["terminal", "pin"],
                name="attendance_rawpunch_unmatched",
                condition=Q(state="UNMATCHED"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.terminal_id}/{self.pin} {self.device_at}"
