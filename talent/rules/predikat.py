"""The annual performance predikat: its matrix and the distribution expected in a unit.

Source: PermenPANRB 6/2022 (matrix of result and behaviour); SE MenPANRB 3/2023 (distribution pattern).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SANGAT_BAIK, BAIK, BUTUH_PERBAIKAN, KURANG, SANGAT_KURANG = (
    "SANGAT_BAIK",
    "BAIK",
    "BUTUH_PERBAIKAN",
    "KURANG",
    "SANGAT_KURANG",
)
PREDIKAT: Final = (SANGAT_BAIK, BAIK, BUTUH_PERBAIKAN, KURANG, SANGAT_KURANG)
ORGANISATION: Final = ("ISTIMEWA", "BAIK", "BUTUH_PERBAIKAN", "KURANG", "SANGAT_KURANG")

# Behaviour is a veto, not an average: bad behaviour destroys a good result.
_MATRIX: Final = {
    ("DIATAS", "DIATAS"): SANGAT_BAIK,
    ("DIATAS", "SESUAI"): BAIK,
    ("DIATAS", "DIBAWAH"): KURANG,
    ("SESUAI", "DIATAS"): BAIK,
    ("SESUAI", "SESUAI"): BAIK,
    ("SESUAI", "DIBAWAH"): KURANG,
    ("DIBAWAH", "DIATAS"): BUTUH_PERBAIKAN,
    ("DIBAWAH", "SESUAI"): BUTUH_PERBAIKAN,
    ("DIBAWAH", "DIBAWAH"): SANGAT_KURANG,
}


def predikat_of(result: str, behaviour: str) -> str:
    """The predikat of a rating of work result and one of behaviour; KeyError for an unknown rating."""
    return _MATRIX[(result, behaviour)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternWarning:
    """One departure from the pattern: a warning, never a block, since small teams cannot meet percentages.

    `counted` of `people` hold `predikat`; `limit` is the per cent allowed or required.
    """

    code: str
    predikat: tuple[str, ...]
    counted: int
    people: int
    limit: int


@dataclass(frozen=True, slots=True)
class _Limit:
    code: str
    predikat: tuple[str, ...]
    per_cent: int


_PATTERNS: Final = {
    "ISTIMEWA": (_Limit("AT_MOST", (SANGAT_BAIK,), 70),),
    "BAIK": (_Limit("AT_MOST", (BAIK,), 70), _Limit("SOMEONE", (BUTUH_PERBAIKAN, KURANG), 0)),
    "BUTUH_PERBAIKAN": (_Limit("AT_LEAST", (BUTUH_PERBAIKAN,), 60), _Limit("AT_MOST", (SANGAT_BAIK,), 10)),
    "KURANG": (
        _Limit("AT_LEAST", (KURANG,), 60),
        _Limit("AT_LEAST", (BUTUH_PERBAIKAN,), 10),
        _Limit("AT_MOST", (SANGAT_BAIK,), 10),
    ),
    "SANGAT_KURANG": (
        _Limit("AT_LEAST", (SANGAT_KURANG,), 60),
        _Limit("AT_LEAST", (KURANG, BUTUH_PERBAIKAN), 10),
        _Limit("AT_MOST", (SANGAT_BAIK,), 0),
    ),
}


def pattern_warnings(organisation: str, counts: Mapping[str, int]) -> list[PatternWarning]:
    """Every departure of a unit's predikat from the pattern of its organisation predikat.

    Shares are compared exactly (70 of 100 is not above 70 %). A unit without people has no warnings.
    """
    people = sum(counts.values())
    if not people:
        return []
    found = []
    for limit in _PATTERNS[organisation]:
        counted = sum(counts.get(name, 0) for name in limit.predikat)
        if _departs(limit, counted, people):
            found.append(
                PatternWarning(
                    code=limit.code, predikat=limit.predikat, counted=counted, people=people, limit=limit.per_cent
                )
            )
    return found


def _departs(limit: _Limit, counted: int, people: int) -> bool:
    if limit.code == "SOMEONE":
        return counted == 0
    if limit.code == "AT_MOST":
        return counted * 100 > limit.per_cent * people
    return counted * 100 < limit.per_cent * people
