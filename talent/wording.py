"""The words for codes of the rules, in the language of the page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talent.rules.scoring import Reason

CATEGORIES = {
    "DIATAS": _("above expectation"),
    "SESUAI": _("meets expectation"),
    "DIBAWAH": _("below expectation"),
    "TINGGI": _("high"),
    "MENENGAH": _("medium"),
    "RENDAH": _("low"),
}
ROWS = (("DIATAS", _("above")), ("SESUAI", _("meets")), ("DIBAWAH", _("below")))
COLUMNS = (_("low potential"), pgettext_lazy("potential", "medium"), pgettext_lazy("potential", "high"))

MISSING = {
    "NOT_ASSESSED": _("not assessed yet: no record"),
    "OUTSIDE_WINDOW": _("the records are older than this indicator counts"),
    "EXPIRED": _("the record is no longer valid"),
    "TOO_FEW_SAMPLES": _("too few raters"),
    "EMPTY_NOT_SCORED": _("checked, nothing there"),
    "NOT_IN_TABLE": _("the value is not in the table of the profile"),
    "OUTSIDE_BANDS": _("the value lies outside the bands of the profile"),
    "NOT_A_NUMBER": _("the value is not a number"),
    "NO_STANDARD": _("the standard to compare with is missing"),
    "NO_VALUE": _("the record has no value"),
}
REASONS = {
    "GATE": _("a condition is not met"),
    "MANDATORY_MISSING": _("a mandatory indicator is missing"),
    "LOW_COVERAGE": _("too little of the weight is known"),
    "NOTHING_KNOWN": _("nothing is known"),
    "NO_CATEGORY": _("no category follows from the value"),
    "AWAITS_PEERS": _("the ranking among peers is not made yet"),
}
FOLLOW_UPS = {
    "PROMOTE_AND_RETAIN": _("promote and retain"),
    "AWARD": _("award"),
    "RETAIN": _("retain"),
    "ROTATION_OR_ENLARGEMENT": _("rotation or job enlargement"),
    "ROTATION_OR_ENRICHMENT": _("rotation or job enrichment"),
    "COACHING": _("performance coaching"),
    "COUNSELLING": _("performance counselling"),
    "DEVELOPMENT": _("competence development"),
    "STUDY_ASSIGNMENT": _("tugas belajar"),
    "BETTER_PLACEMENT": _("better-fitting placement"),
    "ROTATION": _("rotation"),
    "HANDLED_BY_REGULATION": _("handled under the regulations"),
}
SOURCES = {
    "attendance": _("attendance"),
    "worklogs": _("work logs"),
    "appointment": _("record of posts"),
    "appointments": _("record of posts"),
    "education": _("record of education"),
    "employment": _("record of employment"),
}


def reason_words(reason: Reason, labels: dict[str, str]) -> str:
    """One reason as a sentence fragment; `labels` names indicators and gates by key."""
    words = str(REASONS.get(reason.code, reason.code))
    if reason.code == "MANDATORY_MISSING":
        return f"{labels.get(reason.key, reason.key)}: {MISSING.get(reason.detail, words)}"
    if reason.code == "GATE":
        return labels.get(reason.key, words)
    if reason.code == "LOW_COVERAGE":
        axis = labels.get(reason.axis, "")
        return str(_("%(axis)s: only %(share)s %% of the weight is known") % {"axis": axis, "share": reason.detail})
    return f"{labels.get(reason.axis, '')}: {words}" if reason.axis else words


def outside_lines(outside) -> list[tuple[str, object, int]]:
    """(code, words, people) for each reason of standing outside the grid."""
    return [(code, REASONS.get(code, code), count) for code, count in outside]
