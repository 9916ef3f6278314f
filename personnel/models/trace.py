"""What was done and what was looked at: append-only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from personnel.models.accounts import User
from personnel.models.people import Person
from personnel.models.units import Unit


class AuditEvent(models.Model):
    """One deed, written by the action in its own transaction. `actor` null is the system itself."""

    happened_at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    capacity = models.CharField(_("in which capacity"), max_length=40, blank=True, default="")
    verb = models.CharField(_("deed"), max_length=80)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    address = models.GenericIPAddressField(_("from where"), null=True, blank=True)
    # Its place in the sealed chain and the hash over everything up to here; null until the next sealing.
    seal_number = models.BigIntegerField(null=True, blank=True)
    seal = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seal_number"],
                name="personnel_auditevent_one_per_seal_number",
                violation_error_message=_("This place in the chain is taken."),
            ),
        ]
        indexes = [
            # what the sealing job has not yet taken
            models.Index(fields=["id"], condition=models.Q(seal_number__isnull=True), name="personnel_auditevent_open"),
            models.Index(fields=["object_type", "object_id", "id"], name="personnel_auditevent_object"),
            models.Index(fields=["actor", "id"], name="personnel_auditevent_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}:{self.object_id}"


class SealHead(models.Model):
    """One row: how many events are sealed and the last hash. It makes a cut tail visible, and serialises sealing."""

    sealed_count = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.sealed_count}"


class ReadEvent(models.Model):
    """Somebody looked at another person's protected data, and for what purpose."""

    happened_at = models.DateTimeField(_("when"))
    reader = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="read_events")
    what = models.CharField(_("what"), max_length=60)
    purpose = models.CharField(_("purpose"), max_length=120)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="personnel_readevent_person")]

    def __str__(self) -> str:
        return f"{self.what} {self.person_id}"
