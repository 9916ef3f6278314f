"""Whether the catalogues in `locale/` hold every string of the product and nothing else (needs GNU gettext)."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

SKIPPED = (".git", ".venv", "var", "tests", "benchmarks", "node_modules", "__pycache__")


class Command(BaseCommand):
    help = "Compare the strings of the source with locale/id: fails for a string that is new or gone."

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("GNU gettext is not installed.")
        import polib

        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "kotak9"
            shutil.copytree(settings.BASE_DIR, copy, ignore=shutil.ignore_patterns(*SKIPPED))
            subprocess.run(
                [sys.executable, "manage.py", "makemessages", "-l", "id", "--no-location", "--no-wrap"],
                cwd=copy, check=True, capture_output=True,
            )  # fmt: skip
            fresh = self._ids(polib.pofile(str(copy / "locale/id/LC_MESSAGES/django.po")))
        kept = self._ids(polib.pofile(str(settings.BASE_DIR / "locale/id/LC_MESSAGES/django.po")))
        if fresh != kept:
            lines = [f"new: {text!r}" for text in sorted(fresh - kept)] + [f"gone: {t!r}" for t in sorted(kept - fresh)]
            raise CommandError("The catalogue is not up to date.\n" + "\n".join(lines))
        self.stdout.write(f"{len(kept)} strings, all known.")

    @staticmethod
    def _ids(catalogue: Any) -> set[str]:
        return {entry.msgid for entry in catalogue if not entry.obsolete}
