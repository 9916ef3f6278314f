"""Accounts and the roles they hold, each over a subtree of units and for a time."""

from collections.abc import Iterator
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from personnel.models.dated import Dated, DatedQuerySet, ends_after_start
from personnel.models.people import Person
from personnel.models.units import Unit


class User(AbstractUser):
    """An account. The user name of an ASN is the NIP; an account without a person belongs to an administrator."""

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Indonesian")
        ENGLISH = "en", _("English")

    class Theme(models.TextChoices):
        SYSTEM = "system", _("as the device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    first_name = None
    last_name = None
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="user")
    display_name = models.CharField(_("name"), max_length=150, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.INDONESIAN)
    theme = models.CharField(_("appearance"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    # Part of what every session is checked against: a higher number ends all that were opened before.
    session_epoch = models.PositiveIntegerField(default=0, db_default=0)

    # Where this request comes from; set by the middleware, read by the audit trail, never stored here.
    request_address: str | None = None

    def __str__(self) -> str:
        return self.display_name or f"#{self.pk}"

    def get_session_auth_hash(self) -> str:
        """What a session must match on every request: the password and the epoch."""
        return self._hash_of_sessions(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_of_sessions(secret)

    def _hash_of_sessions(self, secret: str | bytes | None) -> str:
        text = f"{self.session_epoch}.{self.password}"
        return salted_hmac("personnel.session", text, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self).split(",")[0]


class Role(models.TextChoices):
    UNIT_OFFICER = "UNIT_OFFICER", _("unit personnel officer")
    UNIT_HEAD = "UNIT_HEAD", _("head of perangkat daerah")
    BKD_ADMIN = "BKD_ADMIN", _("BKD administrator")
    TALENT_COMMITTEE = "TALENT_COMMITTEE", _("talent committee")
    INSPECTOR = "INSPECTOR", _("inspector")


class RoleGrantQuerySet(DatedQuerySet):
    def visible_to(self, user) -> Self:
        """Own roles; BKD administrators see them all through their own page."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class RoleGrant(Dated):
    """A role of an account over `unit` and everything below it; it ends by itself."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit", "starts_on"],
                name="personnel_rolegrant_once",
                violation_error_message=_("This role is granted already from that day."),
            ),
            ends_after_start("personnel_rolegrant_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"
