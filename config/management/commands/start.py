"""`manage.py start`: a real small office on this machine, empty at first."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import static_files
from config.database import migrate_if_needed
from config.processes import CannotStart, Office, check_port
from personnel.actions.accounts import remember_code
from personnel.models import User

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no letter that is taken for a digit


class Command(BaseCommand):
    help = "Runs an office on this machine: web server, worker and beat. Ctrl-C stops all of it."
    requires_system_checks = ()  # the suite and the deployment check the code; a start is for people

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            check_port(options["port"])
            migrate_if_needed()
            static_files.collect()
            office = Office(home=settings.KOTAK9_HOME, port=options["port"], say=self.stdout.write)
            office.run(lambda: self._announce(office))
        except CannotStart as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("Kotak9 has stopped.")

    def _announce(self, office: Office) -> None:
        self.stdout.write(f"Kotak9 runs at {office.url} (data in {office.home}). Ctrl-C stops it.")
        if User.objects.exists():
            return
        code = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
        remember_code(home=settings.KOTAK9_HOME, code=code)
        self.stdout.write("This office is empty. Open the address and create the first administrator with this code,")
        self.stdout.write(f"which works once:  {code}")
        self.stdout.flush()
