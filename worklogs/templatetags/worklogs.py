"""Times, states and findings of the log in templates."""

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from common.templatetags.kotak9 import tag
from worklogs import wording
from worklogs.models import EntryState
from worklogs.rules.findings import Finding, Severity

register = template.Library()

# Colour, shape and letter of each state; the letters are those of the words in either language.
STATES = {
    "": ("off", "minus", {"id": "–", "en": "–"}),
    EntryState.DRAFT: ("plain", "edit", {"id": "D", "en": "D"}),
    EntryState.SUBMITTED: ("wait", "send", {"id": "K", "en": "S"}),
    EntryState.RETURNED: ("no", "undo", {"id": "B", "en": "R"}),
    EntryState.APPROVED: ("ok", "check", {"id": "S", "en": "A"}),
    EntryState.REJECTED: ("no", "cross", {"id": "T", "en": "X"}),
}


@register.filter
def clock(minute: int) -> str:
    """Minutes after midnight as a time of day."""
    return wording.clock(int(minute))


@register.filter
def said(finding: Finding) -> str:
    """The finding in the reader's language."""
    return wording.sentence(finding)


@register.filter
def is_signal(finding: Finding) -> bool:
    return finding.severity is Severity.SIGNALS


@register.filter
def blocks(finding: Finding) -> bool:
    return finding.severity is Severity.BLOCKS


@register.filter
def state_letter(state: str) -> str:
    letters = STATES[state][2]
    return letters.get(get_language() or "id", letters["id"])


@register.filter
def state_class(state: str) -> str:
    return STATES[state][0]


@register.simple_tag
def state_tag(state: str) -> SafeString:
    """The state of an entry as word, shape and colour."""
    kind, shape, _letters = STATES[state]
    return tag(kind, EntryState(state).label, shape)


@register.filter
def state_words(state: str) -> str:
    return str(EntryState(state).label) if state else ""


@register.filter
def number(quantity) -> str:
    """A quantity without needless decimals, as the language writes it."""
    if quantity is None:
        return ""
    plain = quantity.normalize()
    digits = max(0, -plain.as_tuple().exponent)
    return number_format(quantity, decimal_pos=digits, use_l10n=True, force_grouping=True)
