"""Walk the sealed audit trail and name every place at which it does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from personnel import actions
from personnel.models import AuditEvent

SHOWN = 50


class Command(BaseCommand):
    help = "Verify the hash chain of the audit trail; fails when a sealed event was changed, removed or inserted."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(actions.broken_seals())
        sealed = AuditEvent.objects.filter(seal_number__isnull=False).count()
        waiting = AuditEvent.objects.filter(seal_number__isnull=True).count()
        for place in found[:SHOWN]:
            self.stdout.write(f"{place.what}: number {place.number}")
        if found:
            raise CommandError(f"The audit trail does not hold at {len(found)} places.")
        self.stdout.write(f"{sealed} events hold; {waiting} wait for sealing.")
