"""What a career says: years at the present level, variety of units, acting posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

# Higher number, higher post. A functional post is compared by its level elsewhere; here it stands with pelaksana.
_RANKS = {"JPT": 4, "ADMINISTRATOR": 3, "PENGAWAS": 2, "FUNGSIONAL": 1, "PELAKSANA": 1}
_SUBSTANTIVE, _PLT = "SUBSTANTIVE", "PLT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One appointment. `level` names kind and jenjang together; `starts_on`, `ends_on` inclusive, null open."""

    record_id: str
    kind: str
    position_kind: str
    level: str
    unit_id: int
    starts_on: date
    ends_on: date | None = None


def years_at_level(posts: Sequence[Post], day: date) -> tuple[Fraction, str] | None:
    """Whole months at the level held on `day`, in years, and the first post of that run; None without a post.

    The run reaches back over substantive posts of the same kind and level; a month that is not full does not count.
    """
    held = sorted((post for post in posts if post.kind == _SUBSTANTIVE and post.starts_on <= day), key=_start)
    if not held:
        return None
    first = held[-1]
    for post in reversed(held):
        if (post.position_kind, post.level) != (first.position_kind, first.level):
            break
        first = post
    return Fraction(_whole_months(first.starts_on, day), 12), first.record_id


def _start(post: Post) -> tuple[date, str]:
    return post.starts_on, post.record_id


def _whole_months(start: date, day: date) -> int:
    months = (day.year - start.year) * 12 + day.month - start.month
    return months - 1 if day.day < start.day else months


def variety(posts: Sequence[Post], day: date) -> str | None:
    """LINTAS_UNIT after substantive posts in more than one unit, else SATU_UNIT; None without a post.

    Posts in other institutions are not in our register; they come as facts.
    """
    units = {post.unit_id for post in posts if post.kind == _SUBSTANTIVE and post.starts_on <= day}
    if not units:
        return None
    return "LINTAS_UNIT" if len(units) > 1 else "SATU_UNIT"


def acting_posts(posts: Sequence[Post], day: date) -> list[tuple[Post, str]]:
    """Every Plt and Plh with its category: higher than the substantive post of its first day, or equal to it."""
    found = []
    for post in posts:
        if post.kind == _SUBSTANTIVE or post.starts_on > day:
            continue
        own = [p for p in posts if p.kind == _SUBSTANTIVE and p.starts_on <= post.starts_on]
        own_rank = _RANKS.get(max(own, key=_start).position_kind, 0) if own else 0
        is_higher = _RANKS.get(post.position_kind, 0) > own_rank
        letters = "PLT" if post.kind == _PLT else "PLH"
        found.append((post, f"{letters}_{'LEBIH_TINGGI' if is_higher else 'SETARA'}"))
    return found
