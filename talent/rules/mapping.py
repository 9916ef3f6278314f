"""From a raw value to points, exactly. No rounding happens here."""

from __future__ import annotations

from fractions import Fraction

from talent.rules.numbers import as_text, exact
from talent.rules.profile import AsIs, Band, Bands, Linear, Mapping, Ratio, Table

NOT_IN_TABLE = "NOT_IN_TABLE"
OUTSIDE_BANDS = "OUTSIDE_BANDS"
NOT_A_NUMBER = "NOT_A_NUMBER"
NO_STANDARD = "NO_STANDARD"
NO_VALUE = "NO_VALUE"

Mapped = Fraction | str
"""The points, or the code of what keeps the value from having any."""


def map_value(mapping: Mapping, value: object, standard: object = None) -> Mapped:
    """Points for one raw value, or a code saying why there are none; never a silent zero."""
    if value is None:
        return NO_VALUE
    if isinstance(mapping, Table):
        return _from_table(mapping, value)
    try:
        number = exact(value)
    except ValueError:
        return NOT_A_NUMBER
    if isinstance(mapping, Ratio):
        return _from_ratio(mapping, number, standard)
    return map_number(mapping, number)


def map_number(mapping: Mapping, number: Fraction) -> Mapped:
    """Points for a number under bands, a line, or as it is; the mappings that need nothing else."""
    if isinstance(mapping, Bands):
        band = band_of(mapping, number)
        return OUTSIDE_BANDS if band is None else band.value
    if isinstance(mapping, Linear):
        return _from_line(mapping, number)
    return _held(number, mapping.floor, mapping.cap) if isinstance(mapping, AsIs) else NOT_A_NUMBER


def band_of(mapping: Bands, number: Fraction) -> Band | None:
    """The band that holds `number`; the lowest and highest stated edge belong to their bands."""
    last = len(mapping.bands) - 1
    for index, band in enumerate(mapping.bands):
        if _above(mapping, band, number, index == 0) and _below(mapping, band, number, index == last):
            return band
    return None


def _above(mapping: Bands, band: Band, number: Fraction, is_first: bool) -> bool:
    if band.low is None:
        return True
    return number >= band.low if mapping.closed == "LOW" or is_first else number > band.low


def _below(mapping: Bands, band: Band, number: Fraction, is_last: bool) -> bool:
    if band.high is None:
        return True
    return number <= band.high if mapping.closed == "HIGH" or is_last else number < band.high


def _from_table(mapping: Table, value: object) -> Mapped:
    wanted = str(value)
    for name, points in mapping.entries:
        if name == wanted:
            return points
    return NOT_IN_TABLE


def _from_ratio(mapping: Ratio, number: Fraction, standard: object) -> Mapped:
    try:
        base = exact(standard)
    except ValueError:
        return NO_STANDARD
    if base <= 0:
        return NO_STANDARD
    result = _held(number / base * mapping.times, None, mapping.cap)
    return result if mapping.then is None else map_number(mapping.then, result)


def _from_line(mapping: Linear, number: Fraction) -> Fraction:
    share = (number - mapping.low) / (mapping.high - mapping.low)
    if mapping.clamp:
        share = min(max(share, Fraction(0)), Fraction(1))
    return mapping.gives_low + share * (mapping.gives_high - mapping.gives_low)


def _held(number: Fraction, floor: Fraction | None, cap: Fraction | None) -> Fraction:
    if cap is not None and number > cap:
        return cap
    return floor if floor is not None and number < floor else number


def raw_for(mapping: Mapping, points: Fraction, standard: object = None) -> str:
    """A raw value that earns at least `points`, as text, for telling a person what to reach; "" where unknown."""
    if isinstance(mapping, Table):
        return next((name for name, given in mapping.entries if given == points), "")
    if isinstance(mapping, Bands):
        band = next((band for band in mapping.bands if band.value == points), None)
        return "" if band is None or band.low is None else as_text(band.low)
    if isinstance(mapping, Linear):
        run = mapping.gives_high - mapping.gives_low
        return (
            "" if run == 0 else as_text(mapping.low + (points - mapping.gives_low) / run * (mapping.high - mapping.low))
        )
    if isinstance(mapping, AsIs):
        return as_text(points)
    return _raw_for_ratio(mapping, points, standard)


def _raw_for_ratio(mapping: Ratio, points: Fraction, standard: object) -> str:
    wanted = points if mapping.then is None else exact(raw_for(mapping.then, points) or 0)
    try:
        return as_text(wanted / mapping.times * exact(standard))
    except ValueError:
        return ""


def reachable(mapping: Mapping) -> tuple[list[Fraction], Fraction | None]:
    """The separate point values a mapping can give, rising; and the top of the range where it is continuous.

    (steps, None) for tables and bands; ([], top) for lines, ratios and values as they are;
    ([], None) where no top is stated, so that nothing is promised.
    """
    if isinstance(mapping, Table):
        return sorted({points for _, points in mapping.entries}), None
    if isinstance(mapping, Bands):
        return sorted({band.value for band in mapping.bands}), None
    if isinstance(mapping, Linear):
        return [], max(mapping.gives_low, mapping.gives_high) if mapping.clamp else None
    if isinstance(mapping, Ratio) and mapping.then is not None:
        return reachable(mapping.then)
    return [], mapping.cap
