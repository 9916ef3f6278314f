"""Angka kredit from the predikat. Source: Peraturan BKN 3/2023 (conversion of predikat, periodic share)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from talent.rules.numbers import ZERO, exact, round_half_up

PER_CENT: Final = {"SANGAT_BAIK": 150, "BAIK": 100, "BUTUH_PERBAIKAN": 75, "KURANG": 50, "SANGAT_KURANG": 25}

# Yearly coefficients per level of a functional position.
COEFFICIENTS: Final = {
    "TERAMPIL": Fraction(5),
    "MAHIR": Fraction(25, 2),
    "PENYELIA": Fraction(25),
    "AHLI_PERTAMA": Fraction(25, 2),
    "AHLI_MUDA": Fraction(25),
    "AHLI_MADYA": Fraction(75, 2),
    "AHLI_UTAMA": Fraction(50),
}


def credit_of(predikat: str, coefficient: Fraction, months: int = 12) -> Decimal:
    """The credit of one period of `months` (1 to 12), rounded half up to two decimals.

    Raises ValueError for another number of months, KeyError for an unknown predikat.
    """
    if not 1 <= months <= 12:
        raise ValueError(f"months must be 1 to 12, not {months}")
    return round_half_up(exact(coefficient) * PER_CENT[predikat] / 100 * months / 12)


def accumulated(parts: Iterable[Decimal]) -> Decimal:
    """The sum of credits, each already rounded as it was decided."""
    return round_half_up(sum((exact(part) for part in parts), ZERO))
