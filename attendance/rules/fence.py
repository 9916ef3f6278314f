"""How far from the work location somebody clocked, and what that says about the position.

Nothing here refuses a clocking: a verdict is a remark for review. Metres are whole, rounded to the
nearest; degrees are WGS 84.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_METRES = 6_371_009


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A circle around one work location."""

    name: str
    latitude: float
    longitude: float
    radius_metres: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What the device said of its position; null accuracy or age means that it did not say."""

    latitude: float
    longitude: float
    accuracy_metres: int | None = None
    age_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FencePolicy:
    """When a position is too poor to judge by: wider than this, or older than this."""

    poor_above_metres: int = 500
    stale_after_seconds: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FenceResult:
    """`verdict` is INSIDE, OUTSIDE, NO_GPS, DENIED, POOR or LIFTED; `distance_metres` to the nearest location."""

    verdict: str
    distance_metres: int | None = None
    place_name: str = ""
    metres_outside: int = 0


def metres_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> int:
    """Great-circle distance in whole metres."""
    half_lat = radians(other_latitude - latitude) / 2
    half_lon = radians(other_longitude - longitude) / 2
    chord = sin(half_lat) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(half_lon) ** 2
    return round(2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord))))


def judge_fix(
    fix: Fix | None,
    *,
    fences: Sequence[Fence],
    is_lifted: bool,
    is_denied: bool = False,
    policy: FencePolicy | None = None,
) -> FenceResult:
    """The verdict on one clocking.

    A lifted fence (home, anywhere, travel) and a unit without a recorded location judge nothing: LIFTED.
    The doubt is the person's: within radius plus the device's own accuracy counts as INSIDE. A position
    wider or older than the policy allows is POOR wherever it lies.
    """
    policy = policy or FencePolicy()
    nearest = _nearest(fix, fences)
    distance = nearest[0] if nearest else None
    if is_lifted or not fences:
        return FenceResult(verdict="LIFTED", distance_metres=distance)
    if fix is None or nearest is None:
        return FenceResult(verdict="DENIED" if is_denied else "NO_GPS")
    metres, fence = nearest
    if (fix.accuracy_metres or 0) > policy.poor_above_metres or (fix.age_seconds or 0) > policy.stale_after_seconds:
        return FenceResult(verdict="POOR", distance_metres=metres, place_name=fence.name)
    beyond = max(0, metres - fence.radius_metres - (fix.accuracy_metres or 0))
    verdict = "OUTSIDE" if beyond else "INSIDE"
    return FenceResult(verdict=verdict, distance_metres=metres, place_name=fence.name, metres_outside=beyond)


def _nearest(fix: Fix | None, fences: Sequence[Fence]) -> tuple[int, Fence] | None:
    """The location whose edge is nearest; of equal ones the first by name."""
    if fix is None or not fences:
        return None
    measured = [(metres_between(fix.latitude, fix.longitude, f.latitude, f.longitude), f) for f in fences]
    return min(measured, key=lambda pair: (pair[0] - pair[1].radius_metres, pair[1].name))
