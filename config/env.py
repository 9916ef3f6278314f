"""The only module that reads the environment. Every reader fails at start-up, with the variable's name."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, *, default: str = "") -> str:
    """The value of `name`, or of the file that `name`_FILE points to (container secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as failure:
            raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: {failure.strerror}.") from None
    return os.environ.get(name, default)


def required(name: str) -> str:
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE.")
    return value


def flag(name: str, *, default: bool) -> bool:
    raw = text(name, default=str(default))
    if raw not in ("True", "False"):
        raise ImproperlyConfigured(f"{name}={raw!r}: use True or False.")
    return raw == "True"


def whole(name: str, *, default: int) -> int:
    """A whole number above zero."""
    raw = text(name, default=str(default))
    if not raw.isdecimal() or int(raw) == 0:
        raise ImproperlyConfigured(f"{name}={raw!r}: use a whole number above zero.")
    return int(raw)


def names(name: str) -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [part.strip() for part in text(name).split(",") if part.strip()]
