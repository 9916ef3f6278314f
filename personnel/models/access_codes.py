"""How somebody gets in without a password yet, and where somebody is signed in."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from personnel.models.accounts import User


class AccountState(models.TextChoices):
    """How far the account of a person is; read from the account, its code and its failed tries, stored nowhere."""

    NONE = "NONE", _("no account")
    WAITING = "WAITING", _("needs a code")
    CODE = "CODE", _("code issued")
    ACTIVE = "ACTIVE", _("active")
    LOCKED = "LOCKED", _("locked")
    CLOSED = "CLOSED", _("closed")


class AccessCodeQuerySet(models.QuerySet["AccessCode"]):
    def live(self, now: datetime) -> Self:
        """Codes that still open their account."""
        return self.filter(expires_at__gt=now)

    def visible_to(self, user) -> Self:
        """That a code was issued is known to its account; the code itself to nobody."""
        return self.filter(user=user) if user.is_authenticated else self.none()


class AccessCode(models.Model):
    """The one-time code of an account, as a keyed hash. A new one replaces it; using it deletes it."""

    user = models.OneToOneField(User, models.CASCADE, related_name="access_code")
    code_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField(_("issued"))
    expires_at = models.DateTimeField(_("valid until"))
    issued_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AccessCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")),
                name="personnel_accesscode_expires_after_issue",
                violation_error_message=_("A code must be valid for some time."),
            ),
        ]
        indexes = [
            # the nightly removal of what nobody used
            models.Index(fields=["expires_at"], name="personnel_accesscode_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at:%Y-%m-%d}"


class UserSessionQuerySet(models.QuerySet["UserSession"]):
    def visible_to(self, user) -> Self:
        return self.filter(user=user) if user.is_authenticated else self.none()

    def seen_since(self, moment: datetime) -> Self:
        return self.filter(seen_at__gte=moment)


class UserSession(models.Model):
    """One place where somebody is signed in. The session itself carries the key of this row, never the reverse."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    device = models.CharField(_("device"), max_length=60, blank=True, default="")
    address = models.GenericIPAddressField(_("from where"), null=True, blank=True)
    started_at = models.DateTimeField(_("signed in"))
    seen_at = models.DateTimeField(_("last used"))

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-seen_at"], name="personnel_usersession_own")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.device}"
