"""Activities a person writes often."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from personnel.models import Person
from worklogs.models.entries import EntryKind


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    def visible_to(self, user) -> Self:
        """Favourites are private."""
        if not user.is_authenticated or not user.person_id:
            return self.none()
        return self.filter(person_id=user.person_id)


class Favourite(models.Model):
    """A template of an entry: everything but the day and the start."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="log_favourites")
    activity = models.CharField(_("activity"), max_length=500)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    quantity = models.DecimalField(_("output"), max_digits=9, decimal_places=2, null=True, blank=True)
    output_unit = models.CharField(_("unit of output"), max_length=40, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind, default=EntryKind.MAIN)
    can_be_done_from_home = models.BooleanField(_("can be done from home"), default=True)
    created_at = models.DateTimeField(_("created"))

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        verbose_name = _("favourite")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "activity"],
                name="worklogs_favourite_once",
                violation_error_message=_("This activity is already a favourite."),
            ),
        ]

    def __str__(self) -> str:
        return self.activity
