"""Scoring profiles as the office keeps them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProfileQuerySet(models.QuerySet["Profile"]):
    def visible_to(self, user) -> Self:
        """How people are scored is no secret to those who are scored."""
        return self if user.is_authenticated else self.none()

    def newest_first(self) -> Self:
        return self.order_by("code", "-version", "pk")


class Profile(models.Model):
    """One version of one scheme. `definition` is the profile file; it never changes once `used_at` is set."""

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=200)
    sk_number = models.CharField(_("SK number"), max_length=120, blank=True, default="")
    definition = models.JSONField(_("definition"))
    used_at = models.DateTimeField(_("first used"), null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="talent_profile_one_per_version",
                violation_error_message=_("This version of the profile exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
