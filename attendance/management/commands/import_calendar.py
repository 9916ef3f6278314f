"""Read a national calendar of holidays: `manage.py import_calendar [file.csv]`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from attendance.actions import import_calendar
from common.errors import DomainError

NATIONAL = Path(__file__).resolve().parents[2] / "data" / "holidays_id.csv"


class Command(BaseCommand):
    help = "Reads a calendar (CSV: date,name,kind,decree); without a file, the national one that comes with Kotak9."

    def add_arguments(self, parser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=NATIONAL)

    def handle(self, *args, path: Path, **options) -> None:
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            done = import_calendar(path=path, actor=None, now=timezone.now())
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(
            f"{done.added} days added, {done.changed} changed, {done.unchanged} unchanged; "
            f"{done.marked} person-days will be recomputed."
        )
