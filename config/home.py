"""Where an embedded office lives, decided before any setting is read: standard library alone, called by `manage.py`."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def prepare(command: str) -> str:
    """Name the folder of the office that `demo` or `start` runs; returns a sentence when it cannot be written, else "".

    `KOTAK9_HOME` in the environment wins. Only `demo` opens the one-click sign-in of invented people.
    """
    is_demo = command == "demo"
    os.environ["KOTAK9_DEMO"] = str(is_demo)
    home = Path(os.environ.setdefault("KOTAK9_HOME", str(ROOT / "var" / ("demo" if is_demo else "office"))))
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as failure:
        return f"Kotak9 cannot write in {home}: {failure.strerror}. Name another folder in KOTAK9_HOME."
    return ""
