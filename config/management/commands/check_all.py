"""Everything that is checked without running the suite: format, lint, imports, types, settings, migrations."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

BIN = Path(sys.executable).parent
# check --deploy is asked of production settings; none of these values opens anything.
PRODUCTION = {
    "DATABASE_URL": "postgres://kotak9@127.0.0.1/kotak9",
    "SECRET_KEY": "check-deploy-only-" + "x9Kd2mQ7vT" * 5,
    "ALLOWED_HOSTS": "kotak9.example.go.id",
    "DEBUG": "False",
    "DJANGO_SETTINGS_MODULE": "config.settings",
}


class Command(BaseCommand):
    help = "Format, lint, import contracts, types, templates, deployment settings, migrations."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        python = sys.executable
        checks: list[tuple[str, list[str], dict[str, str]]] = [
            ("format", [self._tool("ruff"), "format", "--check", "."], {}),
            ("lint", [self._tool("ruff"), "check", "."], {}),
            ("import contracts", [self._tool("lint-imports")], {}),
            ("types", [self._tool("mypy"), "--no-error-summary", "."], {}),
            ("deployment settings", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
            ("migrations", [python, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
            ("catalogue", [python, "manage.py", "check_catalogue"], {}),
        ]
        failed = [name for name, command, extra in checks if not self._passes(name, command, extra)]
        if failed:
            raise CommandError("Not in order: " + ", ".join(failed))
        self.stdout.write("Everything in order.")

    def _tool(self, name: str) -> str:
        path = BIN / name
        found = str(path) if path.exists() else shutil.which(name)
        if not found:
            raise CommandError(f"{name} is not installed: pip install -e '.[tools]'.")
        return found

    def _passes(self, name: str, command: list[str], extra: dict[str, str]) -> bool:
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env={**os.environ, **extra}, capture_output=True, text=True
        )
        self.stdout.write(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}")
        if done.returncode:
            self.stdout.write((done.stdout + done.stderr)[-6000:])
        return done.returncode == 0
