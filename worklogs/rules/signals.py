"""Patterns in validation for a human reviewer. None of them decides anything by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """A run of decisions faster than reading: `count` of them within the window from `starts_at`."""

    starts_at: datetime
    ends_at: datetime
    count: int


def approval_bursts(moments: Sequence[datetime], *, within_seconds: int = 60, at_least: int = 40) -> list[Burst]:
    """Runs of at least `at_least` approvals by one person inside `within_seconds`, not overlapping.

    A window includes both its ends. Each moment belongs to at most one burst: the earliest and,
    from its start, the longest.
    """
    ordered = sorted(moments)
    window = timedelta(seconds=within_seconds)
    bursts: list[Burst] = []
    first = last = 0
    while first < len(ordered):
        last = max(last, first)
        while last < len(ordered) and ordered[last] - ordered[first] <= window:
            last += 1
        if last - first >= at_least:
            bursts.append(Burst(starts_at=ordered[first], ends_at=ordered[last - 1], count=last - first))
            first = last
        else:
            first += 1
    return bursts


def written_in_one_go(written_at: Sequence[datetime], *, days_covered: int, within_minutes: int = 90) -> bool:
    """Whether the logs of several days were all typed in one sitting: at least three days, one short span."""
    if days_covered < 3 or not written_at:
        return False
    return max(written_at) - min(written_at) <= timedelta(minutes=within_minutes)
