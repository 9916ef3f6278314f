"""`manage.py test` is pytest; `manage.py` starts it before Django, so this only serves `call_command` and help."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from config import testing


class Command(BaseCommand):
    help = "Run the test suite with pytest; arguments pass through. --postgres URL runs it on PostgreSQL."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("arguments", nargs=argparse.REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(testing.run(options["arguments"]))
