"""How the WFH rules speak: a sentence kept apart from its values, and a finding that carries one.

A sentence stays a template with named values until somebody reads it, so that the page can say it in
the reader's language and a test can compare codes instead of prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


def gettext_noop(text: str) -> str:
    """Mark `text` for the catalogue of translations without translating it here."""
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English template with `%(name)s` places and the values that fill them."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.values if self.values else self.template.replace("%%", "%")

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def say(template: str, **values: object) -> Sentence:
    """A sentence from a marked template: `say(gettext_noop("…%(limit)s…"), limit=2)`."""
    return Sentence(template, values)


class Severity(StrEnum):
    """What a finding asks of the reader: mend it, decide it, know it."""

    BLOCKS = "BLOCKS"
    DECIDE = "DECIDE"
    WARNS = "WARNS"
    DECIDED = "DECIDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend, decide or know, in words fit for the person who can act on it."""

    code: str
    severity: Severity
    message: Sentence
    field: str = ""
    day: date | None = None
    person_id: int | None = None
    unit_id: int | None = None
