"""Exact numbers of the scoring: fractions in, one rounding at the end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)


def exact(value: object) -> Fraction:
    """The number written in `value`, without binary drift: 0.1 is one tenth.

    Accepts int, Decimal, Fraction, float (as it is printed) and text ("12.5", "1/3").
    Raises ValueError for anything else, for booleans, infinities and not-a-number.
    """
    if isinstance(value, Fraction):
        return value
    if type(value) is int:
        return Fraction(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(f"not a number: {value!r}")
    try:
        return Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError) as cause:
        raise ValueError(f"not a number: {value!r}") from cause


def round_half_up(value: Fraction, places: int = 2) -> Decimal:
    """`value` with `places` decimals; exactly half goes away from zero (59.995 is 60.00)."""
    unit = 10**places
    scaled = abs(value) * unit
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def as_text(value: Fraction) -> str:
    """The exact value as text: decimal where it ends ("33.75"), else a fraction ("10/3")."""
    if value.denominator == 1:
        return str(value.numerator)
    places = _decimal_places(value.denominator)
    if places is None:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _decimal_places(denominator: int) -> int | None:
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def apportion(parts: Sequence[Fraction], places: int = 2) -> list[Decimal]:
    """`parts` rounded so that the rounded parts add up to the rounded total.

    Every part is cut down to `places` decimals; the missing units go to the largest remainders,
    the earlier part first where remainders are equal. For showing only: the score itself is
    rounded once, on the total.
    """
    unit = 10**places
    floors = [(part * unit).numerator // (part * unit).denominator for part in parts]
    wanted = int(round_half_up(sum(parts, ZERO), places).scaleb(places))
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * unit, i))
    for index in order[: max(0, wanted - sum(floors))]:
        floors[index] += 1
    return [Decimal(number).scaleb(-places) for number in floors]
