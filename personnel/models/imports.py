"""A file on its way in: received, previewed, then taken over in one step or thrown away."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from personnel.models.accounts import User
from personnel.models.people import Person


class ImportState(models.TextChoices):
    RECEIVED = "RECEIVED", _("received")
    PREVIEWED = "PREVIEWED", _("previewed")
    COMMITTED = "COMMITTED", _("taken over")
    CANCELLED = "CANCELLED", _("thrown away")


class FindingKind(models.TextChoices):
    NEW = "NEW", _("new")
    CHANGED = "CHANGED", _("changed")
    GONE = "GONE", _("gone from the file")
    REFUSED = "REFUSED", _("refused")
    DOUBT = "DOUBT", _("doubtful")


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user) -> Self:
        """Files of personnel data are for whoever brought them; BKD's page lists them all."""
        return self.filter(created_by=user) if user.is_authenticated else self.none()


class ImportBatch(models.Model):
    """One SIASN file. `rows` is the file without the columns that have no purpose; it goes when the batch ends."""

    file_name = models.CharField(_("file"), max_length=150)
    rows = models.FileField(upload_to="imports/", blank=True)
    effective_on = models.DateField(_("differences count from"))
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.RECEIVED)
    header_row = models.PositiveIntegerField(_("header row"))
    columns = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name


class ImportFinding(models.Model):
    """One row of the preview that is not simply unchanged. `row` counts as the spreadsheet shows it, 0 for none."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=FindingKind)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=150, blank=True, default="")
    field = models.CharField(max_length=60, blank=True, default="")
    value = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    changes = models.JSONField(default=list)

    class Meta:
        indexes = [
            # the preview page, one kind at a time
            models.Index(fields=["batch", "kind", "row"], name="personnel_importfinding_page"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"

    @property
    def shown_changes(self) -> list[tuple[object, str, str]]:
        """Label, before and after of each field, as text."""
        return [
            (CHANGED_FIELDS.get(name, name), _as_text(before), _as_text(after)) for name, before, after in self.changes
        ]


CHANGED_FIELDS = {
    "name": _("name"),
    "title_before": _("title before the name"),
    "title_after": _("title after the name"),
    "email": _("email"),
    "gender": _("gender"),
    "birth_on": _("date of birth"),
    "siasn_id": "PNS ID",
    "employment": _("employment"),
    "appointment": _("position"),
    "position": _("position"),
    "unit": _("unit"),
    "grade": _("golongan"),
    "education": _("education"),
    "left": _("end of service"),
}


def _as_text(value: object) -> str:
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part)
    return "" if value is None else str(value)
