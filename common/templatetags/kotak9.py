"""Filters and tags of every page: durations, times, icons, tags of state and place."""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from numbers import Rational
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

ICON_FOLDER = Path(settings.BASE_DIR) / "static" / "icons"
NARROW_SPACE = "\u00a0"

# Place of work → (letters, shape, tag class, words). The letters are those of the office's own sheets.
PLACES = {
    "OFFICE": ("WFO", "office", "wfo", _("Work at the office")),
    "HOME": ("WFH", "house", "wfh", _("Work from home")),
    "ANYWHERE": ("WFA", "globe", "wfh", _("Work from anywhere")),
    "TRAVEL": ("DL", "route", "away", _("Official travel")),
    "LEAVE": ("C", "leaf", "leave", _("Leave")),
    "TRAINING": ("TB", "book", "away", _("Training or study")),
    "OFF": ("L", "moon", "off", _("Day off")),
}
# Shape that goes with each tag of state.
TAG_ICONS = {"ok": "check", "wait": "clock", "no": "cross", "info": "info", "wfh": "house", "wfo": "office"}


@register.filter
def duration(minutes: int | None) -> str:
    """Whole minutes as people say them: 450 → "7 j 30 m" (English "7 h 30 m"); 45 → "45 m"; None → "–"."""
    if minutes is None:
        return "–"
    sign, rest = ("−" if minutes < 0 else ""), abs(int(minutes))
    hours, left = divmod(rest, 60)
    hour_letter = "j" if get_language() == "id" else "h"
    parts = [f"{number_format(hours, use_l10n=True, force_grouping=True)}{NARROW_SPACE}{hour_letter}"] if hours else []
    if left or not hours:
        parts.append(f"{left}{NARROW_SPACE}m")
    return sign + NARROW_SPACE.join(parts)


@register.filter
def clock_time(moment: datetime | time | None, zone: str = "") -> str:
    """Hour and minute of a moment in the active zone (or in `zone`): "07.24", in English "07:24"; None → "–"."""
    if moment is None:
        return "–"
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment, ZoneInfo(zone) if zone else None)
    return moment.strftime("%H.%M" if get_language() == "id" else "%H:%M")


@register.filter
def day_name(day: date) -> str:
    """ "Selasa, 24 November 2026" in the language of the page."""
    return format_date(day, "l, j F Y")


@register.filter
def percent(share: float | None, digits: int = 1) -> str:
    """A share between 0 and 1 in percent: 0.978 → "97,8 %"; None → "–". Rounded half up at `digits`."""
    if share is None:
        return "–"
    exact = Decimal(share.numerator) / share.denominator if isinstance(share, Rational) else Decimal(str(share))
    rounded = (exact * 100).quantize(Decimal(1).scaleb(-int(digits)), rounding=ROUND_HALF_UP)
    text = number_format(rounded, decimal_pos=int(digits), use_l10n=True)
    return f"{text}{NARROW_SPACE}%" if get_language() == "id" else f"{text}%"


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    """What stands between the svg tags of static/icons/<name>.svg. Raises for a name that has no file."""
    path = ICON_FOLDER / f"{name}.svg"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise template.TemplateSyntaxError(f"There is no icon {name!r} in static/icons.") from None
    return text[text.index(">") + 1 : text.rindex("</svg>")].strip()


def icon_names() -> list[str]:
    """Every icon there is, for the living page."""
    return sorted(path.stem for path in ICON_FOLDER.glob("*.svg") if path.stem != "kotak9")


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon drawn in the page. Without `label` it is decoration and hidden from screen readers."""
    css = f"icon {size}".strip()
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        css,
        spoken,
        mark_safe(_drawing(name)),
    )


@register.simple_tag
def tag(kind: str, label: object, shape: str = "") -> SafeString:
    """A state as word, shape and colour: {% tag "ok" _("Approved") %}. Kinds: ok wait no info wfh wfo off plain."""
    name = shape or TAG_ICONS.get(kind, "")
    return format_html('<span class="tag {}">{}{}</span>', kind, icon(name) if name else "", label)


@register.simple_tag
def place_tag(place: str | None, size: str = "") -> SafeString:
    """A place of work as letters and shape; the full words for those who cannot see or hover. None gives nothing."""
    if not place:
        return mark_safe("")
    letters, shape, kind, words = PLACES[str(place)]
    return format_html(
        '<span class="tag {}" title="{}">{}<span aria-hidden="true">{}</span><span class="sr">{}</span></span>',
        f"{kind} {size}".strip(),
        words,
        icon(shape),
        letters,
        words,
    )


@register.filter
def place_letters(place: str) -> str:
    return PLACES[str(place)][0]


@register.filter
def place_words(place: str) -> str:
    return str(PLACES[str(place)][3])


@register.filter
def person_name(person: object | None) -> str:
    """The name with titles; a dash where there is nobody."""
    return "–" if person is None else str(getattr(person, "full_name", None) or person)


@register.filter
def first_name(person: object | None) -> str:
    """The first word of the name, as one is greeted; empty where there is nobody."""
    name = "" if person is None else str(getattr(person, "name", person))
    return name.split(" ")[0]


@register.filter
def initials(name: object) -> str:
    """First letters of the first and the last word: "Rina Marlina" → "RM"; titles after a comma do not count."""
    words = [word for word in str(name).split(",")[0].split() if word[:1].isalpha() and not word.endswith(".")]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def sentence(notice: Any) -> str:
    """The text of a notice in the language of the page, with its values filled in."""
    return gettext(notice.text) % notice.params


@register.simple_tag(takes_context=True)
def active(context: template.Context, *url_names: str) -> SafeString:
    """`aria-current="page"` when the page shown is one of these; "app:" alone matches the whole app."""
    match = getattr(context.get("request"), "resolver_match", None)
    view_name = match.view_name if match else ""
    hit = any(view_name == name or (name.endswith(":") and view_name.startswith(name)) for name in url_names)
    return mark_safe('aria-current="page"') if hit else mark_safe("")


@register.inclusion_tag("components/_bar.html")
def bar(value: int, whole: int, plan: int = 0, label: str = "", target: int | None = None) -> dict[str, object]:
    """A bar of `value` out of `whole`, hatched by `plan` more; what goes beyond the whole is marked.

    Lengths are written with a point in every language, as SVG wants them.
    """
    longest = max(whole, value, 1)

    def share(part: float) -> str:
        return f"{100 * max(part, 0) / longest:.2f}%"

    done = min(value, whole) if whole else value
    return {
        "done": share(done),
        "plan_at": share(done),
        "plan": share(min(plan, longest - done)),
        "over_at": share(whole),
        "over": share(value - whole) if whole and value > whole else "",
        "target": share(target) if target is not None else "",
        "label": label or gettext("%(value)s of %(whole)s") % {"value": duration(value), "whole": duration(whole)},
    }


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: object) -> str:
    """The query string of this page with some values changed; None drops one. A new filter starts at page 1."""
    query = context["request"].GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
