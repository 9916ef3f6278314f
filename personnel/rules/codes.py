"""One-time codes as people read, type and lose them; and what to call the device somebody uses."""

import hashlib
import hmac
from collections.abc import Callable

# Crockford's 32 characters: no I, L, O or U, so that nothing on paper is read as something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
# What a hand writes for what the eye saw.
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED = str.maketrans("", "", " -–—.\t\n")


def new_code(draw: Callable[[int], int]) -> str:
    """A code of 60 bits; `draw(n)` gives a random whole number from 0 to n - 1."""
    return "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(LENGTH))


def shown(code: str) -> str:
    """In groups of four, as it stands on the sheet: "7Q4K-2M9X-AB3D"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normalised(text: str) -> str:
    """What was typed, as a code: capitals, no hyphens or blanks, O read as 0; empty when it cannot be one."""
    code = text.translate(_IGNORED).upper().translate(_MEANT)
    return code if len(code) == LENGTH and all(letter in ALPHABET for letter in code) else ""


def fingerprint(code: str, *, owner: int, secret: str) -> str:
    """The keyed hash (HMAC-SHA256, hex) under which a code of account `owner` is kept.

    60 random bits under a secret that is not in the database need no slow hash; 37,000 are made in a second.
    """
    return hmac.new(secret.encode(), f"access-code.{owner}.{code}".encode(), hashlib.sha256).hexdigest()


def matches(code: str, kept: str, *, owner: int, secret: str) -> bool:
    """Compared in the same time whatever differs; an empty code matches nothing."""
    return bool(code) and hmac.compare_digest(fingerprint(code, owner=owner, secret=secret), kept)


# The first that is found in the User-Agent counts: Edge and Opera also call themselves Chrome, Chrome also Safari.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_name(agent: str) -> str:
    """Browser and system of a User-Agent: "Chrome · Android"; empty when neither is known."""
    found = [next((name for mark, name in names if mark in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name)
