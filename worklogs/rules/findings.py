"""The one shape in which log rules say what they found.

A finding carries an English sentence with named placeholders and the values for them; the pages
translate the sentence and format the values. `*_minutes` values are ints, days are dates,
moments of a day are minutes after midnight in keys ending in `_clock`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


def gettext_noop(message: str) -> str:
    """Mark a sentence for the translators without translating it here."""
    return message


class Severity(StrEnum):
    """BLOCKS refuses the deed; WARNS is shown and accepted; SIGNALS is for a human reader only."""

    BLOCKS = "BLOCKS"
    WARNS = "WARNS"
    SIGNALS = "SIGNALS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing worth saying about an entry or a day."""

    code: str
    severity: Severity
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    day: date | None = None
    entry_key: object = None
    person_id: int | None = None


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Only the findings that refuse the deed, in their order."""
    return [f for f in findings if f.severity is Severity.BLOCKS]
