"""Stretches of time as whole seconds from local midnight: join, cut, measure.

A list of spans is always sorted and disjoint; a span includes its start and excludes its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attendance.rules.kinds import ExpectedDay

Span = tuple[int, int]
_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


def midnight_seconds(expected: ExpectedDay) -> int:
    """Local midnight of the duty day as seconds since 1970 in UTC."""
    return (expected.day.toordinal() - _EPOCH_ORDINAL) * 86400 - expected.offset_minutes * 60


def second_of(at: datetime, midnight: int) -> int:
    """Whole seconds from that midnight; parts of a second are dropped first, as clocks show them.

    Raises ValueError if `at` is naive.
    """
    if at.tzinfo is None:
        raise ValueError("an instant must be timezone-aware")
    return int(at.timestamp() // 1) - midnight


def joined(spans: Iterable[Span]) -> list[Span]:
    """The union; empty and reversed spans vanish, touching ones become one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if result and start <= result[-1][1]:
            if end > result[-1][1]:
                result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result


def clipped(spans: Iterable[Span], low: int | None, high: int | None) -> list[Span]:
    """What lies inside [low, high); None = no limit on that side."""
    result = []
    for start, end in spans:
        first = start if low is None or start > low else low
        last = end if high is None or end < high else high
        if first < last:
            result.append((first, last))
    return result


def length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def overlap(spans: Iterable[Span], windows: Iterable[Span]) -> int:
    """Seconds that lie both in a span and in a window; both lists disjoint."""
    total = 0
    windows = list(windows)
    for start, end in spans:
        for low, high in windows:
            both = min(end, high) - max(start, low)
            if both > 0:
                total += both
    return total
