"""`manage.py demo`: an invented regency at work, built once and started in seconds afterwards."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.utils import timezone

from config import static_files
from config.database import migrate_if_needed
from config.demo.parameters import FEWEST_PEOPLE, MOST_MONTHS, MOST_PEOPLE, Parameters
from config.demo.structure import ROOT_NAME
from config.processes import CannotStart, Office, check_port
from personnel.models import Unit, User

_DEFAULTS = {"people": 600, "months": 3, "seed": 9}
_BUILT, _BUILDING = "demo_built.json", "demo_building"


class Command(BaseCommand):
    help = "Builds a demo office of invented people once, then runs it: web server, worker and beat. Ctrl-C stops it."
    requires_system_checks = ()  # the suite and the deployment check the code; a start is for people

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people", type=int, help=f"{FEWEST_PEOPLE} to {MOST_PEOPLE:,}; {_DEFAULTS['people']} by default."
        )
        parser.add_argument("--months", type=int, help=f"Months of history; {_DEFAULTS['months']} by default.")
        parser.add_argument("--seed", type=int, help="The same seed gives the same office.")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--fresh", action="store_true", help="Throw the demo office away and build it anew.")
        parser.add_argument("--build-only", action="store_true", help="Build, and start nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        home = Path(settings.KOTAK9_HOME)
        asked = {name: options[name] for name in _DEFAULTS if options[name] is not None}
        try:
            if not options["build_only"]:
                check_port(options["port"])
            self._see_to_the_office(home, asked, options)
            if options["build_only"]:
                return
            static_files.collect()
            office = Office(home=home, port=options["port"], say=self.stdout.write)
            connections.close_all()
            office.run(lambda: self._announce(office))
        except CannotStart as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("The demo office has stopped.")

    # ---- building ----

    def _see_to_the_office(self, home: Path, asked: dict[str, int], options: dict[str, Any]) -> None:
        built = _read(home / _BUILT)
        if built and not options["fresh"]:
            differing = [f"--{name} {built[name]}" for name, value in asked.items() if built[name] != value]
            if differing:
                raise CannotStart(
                    f"The demo office was built with {' '.join(differing)}: add --fresh to build another."
                )
            migrate_if_needed()
            return
        parameters = self._parameters({**_DEFAULTS, **asked})
        if options["build_only"]:
            self._build(home, parameters)
        else:
            self._build_in_a_process_of_its_own(parameters, fresh=options["fresh"])

    def _parameters(self, values: dict[str, int]) -> Parameters:
        if not FEWEST_PEOPLE <= values["people"] <= MOST_PEOPLE:
            raise CannotStart(f"--people must be between {FEWEST_PEOPLE} and {MOST_PEOPLE:,}.")
        if not 1 <= values["months"] <= MOST_MONTHS:
            raise CannotStart(f"--months must be between 1 and {MOST_MONTHS}.")
        return Parameters(**values, today=timezone.localdate())

    def _build_in_a_process_of_its_own(self, parameters: Parameters, *, fresh: bool) -> None:
        """So that the memory of building is given back before the office runs."""
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo", "--build-only"]
        for name in _DEFAULTS:
            command += [f"--{name}", str(getattr(parameters, name))]
        if subprocess.call([*command, *(["--fresh"] if fresh else [])]):
            raise CannotStart(
                "The demo office could not be built; the reason stands above. Starting again builds it anew."
            )

    def _build(self, home: Path, parameters: Parameters) -> None:
        from config.demo.build import build_office

        started = time.monotonic()
        self._clear(home)
        (home / _BUILDING).touch()
        call_command("migrate", interactive=False, verbosity=0)
        build_office(parameters, home=home, say=self._say)
        marker = {**parameters.as_dict(), "built_on": timezone.localdate().isoformat()}
        (home / _BUILT).write_text(json.dumps(marker))
        (home / _BUILDING).unlink()
        self._say(f"The demo office is ready ({time.monotonic() - started:.0f} s).")

    def _clear(self, home: Path) -> None:
        """Remove a former or half-built demo; refuse to touch a database that is neither."""
        if not self._is_a_demo(home):
            raise CannotStart(
                f"The database of {home} holds an office that is not a demo: name another folder or an empty database."
            )
        if settings.IS_EMBEDDED:
            connections.close_all()
            for path in home.glob("kotak9.sqlite3*"):
                path.unlink()
        else:
            # Not a flush: the migrations' own rows (profiles, calendar) have to come again.
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        for name in ("demo", "broker", "media"):
            shutil.rmtree(home / name, ignore_errors=True)
        for name in (_BUILT, "demo_accounts.json"):
            (home / name).unlink(missing_ok=True)

    @staticmethod
    def _is_a_demo(home: Path) -> bool:
        """Whether what the database holds may go: nothing, or the invented regency that this folder says it built."""
        tables = connection.introspection.table_names()
        if "personnel_user" not in tables or "personnel_unit" not in tables or not User.objects.exists():
            return True
        marked = (home / _BUILT).exists() or (home / _BUILDING).exists()
        return marked and list(Unit.objects.filter(parent=None).values_list("name", flat=True)) == [ROOT_NAME]

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    # ---- running ----

    def _announce(self, office: Office) -> None:
        accounts = json.loads((office.home / "demo_accounts.json").read_text(encoding="utf-8"))
        built = _read(office.home / _BUILT) or {}
        self._say(f"\nKotak9 runs at {office.url}")
        self._say(f"{built.get('people'):,} invented people, history until the day before {built.get('today')}.")
        self._say("The sign-in page offers these accounts with one click:")
        for account in accounts:
            self._say(f"  {account['role']:<34} {account['name']:<34} {account['username']}  {account['password']}")
        self._say("Ctrl-C stops everything.")


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
