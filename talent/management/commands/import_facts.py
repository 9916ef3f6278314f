"""Take a facts file: verified records about people."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.errors import DomainError
from talent import actions

SHOWN_REFUSALS = 20


class Command(BaseCommand):
    help = "Takes a facts file (CSV or XLSX). The same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = actions.import_facts(path=options["path"], actor=None, now=timezone.now())
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        for row, column, reason in loaded.refused[:SHOWN_REFUSALS]:
            self.stderr.write(f"row {row}, {column}: {reason}")
        self.stdout.write(", ".join(f"{name} {count}" for name, count in loaded.counts().items()))
