"""What the product tells a person."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from personnel.models.accounts import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user) -> Self:
        return self.filter(recipient_id=user.pk) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One message to one account. `text` is an English msgid with placeholders, shown in the reader's language."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="personnel_notice_recipient"),
            models.Index(
                fields=["recipient"], condition=models.Q(read_at__isnull=True), name="personnel_notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
