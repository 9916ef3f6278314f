"""What the import commands share: arguments, the call, and a report without personal data in the terminal."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from common.errors import DomainError
from personnel.actions.importing import Outcome

_REFUSALS_SHOWN = 20


class ImportCommand(BaseCommand):
    """Reads one file by `deed`. Refused rows are listed by number and reason; `--refused` keeps their values too."""

    deed: Callable[..., Outcome]
    is_dated = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="The .xlsx or .csv file.")
        parser.add_argument("--refused", type=Path, metavar="CSV", help="Write refused rows with their values here.")
        if self.is_dated:
            parser.add_argument(
                "--from", dest="effective_on", type=date.fromisoformat, metavar="YYYY-MM-DD",
                help="The day from which differences count; today by default.",
            )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        more = {"effective_on": options["effective_on"] or timezone.localdate(now)} if self.is_dated else {}
        try:
            outcome = type(self).deed(path=options["path"], actor=None, now=now, **more)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self._report(outcome)
        if options["refused"]:
            self._keep(outcome, options["refused"])

    def _report(self, outcome: Outcome) -> None:
        self.stdout.write(", ".join(f"{name} {count}" for name, count in outcome.counts().items()))
        for refused in outcome.refused[:_REFUSALS_SHOWN]:
            self.stderr.write(f"row {refused.row} {refused.field}: {refused.reason}")
        if len(outcome.refused) > _REFUSALS_SHOWN:
            self.stderr.write(f"and {len(outcome.refused) - _REFUSALS_SHOWN} more")

    @staticmethod
    def _keep(outcome: Outcome, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("row", "field", "value", "reason"))
            writer.writerows((row.row, row.field, row.value, row.reason) for row in outcome.refused)
