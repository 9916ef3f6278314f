"""Collecting the static files of an embedded office when, and only when, they changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

_STAMP = ".collected"


def collect() -> bool:
    """Collect and compress into the office's folder; whether there was something to do."""
    stamp = Path(settings.STATIC_ROOT) / _STAMP
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    root = Path(settings.BASE_DIR)
    seen = hashlib.sha256((root / "pyproject.toml").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                seen.update(f"{path.relative_to(folder)}\0".encode())
                seen.update(path.read_bytes())
    return seen.hexdigest()
