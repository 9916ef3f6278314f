"""Findings of the rules in the language of the reader."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from common.templatetags.kotak9 import duration
from worklogs.rules.findings import Finding


def clock(minute: int) -> str:
    """A minute of the day as a time: 450 → "07.30" (English "07:30"); the next morning keeps counting hours from 0."""
    hours, minutes = divmod(minute % 1_440, 60)
    return f"{hours:02d}{'.' if get_language() == 'id' else ':'}{minutes:02d}"


def sentence(finding: Finding) -> str:
    """The finding as one sentence, its values written as people write them."""
    return gettext(finding.message) % spoken(finding.params)


def sentences(findings: Iterable[Finding]) -> str:
    """Several findings as one text, each said once."""
    return " ".join(dict.fromkeys(sentence(finding) for finding in findings))


def spoken(params: Mapping[str, object]) -> dict[str, object]:
    """Durations, times of day and dates as text; other values as they are."""
    return {name: _spoken(name, value) for name, value in params.items()}


def _spoken(name: str, value: object) -> object:
    if isinstance(value, date):
        return date_format(value, "l, j F")
    if isinstance(value, int) and name.endswith("_minutes"):
        return duration(value)
    if isinstance(value, int) and name.endswith("_clock"):
        return clock(value)
    return value
