"""Sentences of the rules and findings of the engine, in the reader's language and with names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from schedules.rules.findings import Sentence

VIOLATIONS = {
    "UNKNOWN_CELL": gettext_noop("%(day)s: %(person)s does not belong to this schedule."),
    "ABSENT": gettext_noop("%(day)s: %(person)s is on leave, travel or training and cannot be at home by schedule."),
    "PAST": gettext_noop("%(day)s: the day is past and cannot be changed for %(person)s."),
    "MANDATORY": gettext_noop("%(day)s: %(person)s has to be at home."),
    "PERMANENT": gettext_noop("%(day)s: %(person)s works from anywhere and has to be shown so."),
    "LOCKED": gettext_noop("%(day)s: home is not open to %(person)s on this day."),
    "EXCLUDED": gettext_noop("%(day)s: %(person)s works at the office by policy."),
    "CLOSED": gettext_noop("%(day)s: everybody comes to the office, so %(person)s cannot be at home."),
    "BOX9_PATTERN": gettext_noop("%(day)s: %(person)s follows the box 9 pattern and this is not one of its home days."),
    "BOX9_WITHHELD": gettext_noop("%(day)s: %(person)s is due a home day of the box 9 pattern."),
    "UNIT_CAP": gettext_noop("%(day)s: %(found)s at home in %(unit)s; at most %(limit)s are allowed."),
    "UNIT_OFFICE": gettext_noop("%(day)s: %(found)s at the office in %(unit)s; at least %(limit)s are needed."),
    "GROUP_OFFICE": gettext_noop("%(day)s: %(found)s of %(group)s at the office; at least %(limit)s are needed."),
    "CONSECUTIVE": gettext_noop(
        "%(day)s: %(person)s would be at home %(found)s days in a row; the limit is %(limit)s."
    ),
    "WEEK_OFFICE": gettext_noop(
        "Week of %(day)s: %(person)s would be at the office %(found)s days; at least %(limit)s are needed."
    ),
    "WEEK_HOME": gettext_noop("Week of %(day)s: %(person)s would be at home %(found)s days; the limit is %(limit)s."),
    "PERIOD_HOME": gettext_noop("%(person)s would be at home %(found)s days this month; the limit is %(limit)s."),
    "missing": gettext_noop("%(person)s works here this month but is missing from the schedule; generate it again."),
    "gone": gettext_noop("%(person)s does not work here this month any more; generate the schedule again."),
    "GUARANTEE": gettext_noop("%(person)s gets %(found)s home days this month; %(limit)s are guaranteed."),
}
OVERRUN = gettext_noop(
    "%(day)s: %(found)s people have to be at home in %(unit)s, above the %(limit)s allowed; nobody else is."
)
REVOCATION = gettext_noop("%(day)s: the box 9 home day of %(person)s had to yield to the coverage of the office.")
CONFLICT = gettext_noop("%(problem)s What is fixed already leaves no other way.")
NAMELESS = gettext_noop("somebody")


def tell(sentence: Sentence) -> str:
    """A rule's sentence in the reader's language; dates as people write them."""
    return _(sentence.template) % {name: _plain(value) for name, value in sentence.values.items()}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, Sentence):
        return tell(value)
    return word_for(value) if isinstance(value, Enum) else value


def word_for(member: Enum) -> str:
    """`BUTUH_PERBAIKAN` → "butuh perbaikan": the legal words themselves, readable."""
    return str(member.value).replace("_", " ").lower() if "_" in str(member.value) else str(member.value)


def short_day(day: date) -> str:
    """ "Kam 10 Des" in the language of the page."""
    return date_format(day, "D j M")


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the keys in a finding."""

    people: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    groups: Mapping[int, str] = field(default_factory=dict)


def stored_finding(kind: str, found: Any) -> dict[str, Any]:
    """A violation, conflict, overrun or revocation of the engine as JSON: codes and numbers, no words."""
    if kind == "overrun":
        numbers = {"limit": found.cap, "found": found.count}
    elif kind == "conflict":
        numbers = {"limit": found.need, "found": found.possible}
    else:
        numbers = {"limit": getattr(found, "limit", 0), "found": getattr(found, "found", 0)}
    return {
        "kind": kind,
        "code": str(getattr(found, "code", "UNIT_CAP")),
        "day": found.day.isoformat() if getattr(found, "day", None) else "",
        "person": getattr(found, "person", None),
        "unit": getattr(found, "unit", None),
        "group": getattr(found, "group", None),
        **numbers,
    }


def finding_text(stored: Mapping[str, Any], names: Names) -> str:
    """One stored finding in words."""
    values = {
        "day": short_day(date.fromisoformat(stored["day"])) if stored["day"] else "",
        "person": names.people.get(stored["person"] or 0, _(NAMELESS)),
        "unit": names.units.get(stored["unit"] or 0, ""),
        "group": names.groups.get(stored["group"] or 0, ""),
        "limit": stored["limit"],
        "found": stored["found"],
    }
    if stored["kind"] == "overrun":
        return _(OVERRUN) % values
    if stored["kind"] == "revocation":
        return _(REVOCATION) % values
    text = _(VIOLATIONS[stored["code"]]) % values
    return _(CONFLICT) % {"problem": text} if stored["kind"] == "conflict" else text


def finding_texts(findings: list[dict[str, Any]], names: Names) -> list[str]:
    return [finding_text(row, names) for row in findings]
