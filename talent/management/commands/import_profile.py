"""Take a scoring profile from its file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.errors import DomainError
from talent import actions


class Command(BaseCommand):
    help = "Takes a scoring profile (JSON, see talent/data/profile.schema.json); every fault is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["path"].read_text(encoding="utf-8")
        except OSError as failure:
            raise CommandError(f"{options['path']}: {failure.strerror}") from failure
        try:
            profile = actions.save_profile(text=text, actor=None, now=timezone.now())
        except DomainError as refusal:
            listed: Any = refusal.details.get("problems", [])
            faults = [problem["message"] for problem in listed]
            raise CommandError("\n".join([refusal.message, *faults])) from refusal
        self.stdout.write(f"{profile}: {profile.name}")
