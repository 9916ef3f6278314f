"""Load the USB file of a fingerprint terminal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from attendance.actions.terminals import AttlogImport, import_attlog
from attendance.models import Terminal
from attendance.rules import attlog
from common.errors import DomainError


class Command(BaseCommand):
    help = (
        "Loads <device>_attlog.dat into the punches of its terminal. The file may be loaded again at any time: "
        "lines that are stored already change nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the file from the USB stick")
        parser.add_argument("--terminal", required=True, help="serial number of the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        terminal = Terminal.objects.filter(serial=options["terminal"]).first()
        if terminal is None:
            raise CommandError(f"No terminal has the serial number {options['terminal']}.")
        path: Path = options["path"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        lines = attlog.decode(path.read_bytes()).splitlines()
        try:
            done = import_attlog(terminal=terminal, lines=lines, actor=None, now=timezone.now())
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self._tell(done)

    def _tell(self, done: AttlogImport) -> None:
        for bad in done.bad_lines:
            self.stderr.write(f"line {bad.line}: {bad.reason}: {bad.text[:80]}")
        self.stdout.write(
            f"{done.lines} lines: {done.taken} punches, {done.unmatched} of unknown PINs, {done.known} known before, "
            f"{done.bad} not readable. {done.days} days wait for recomputation."
        )
