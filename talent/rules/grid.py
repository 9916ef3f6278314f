"""The nine boxes: nine cells numbered along the diagonal, and what follows from each.

Source: PermenPANRB 3/2020 as amended by 20/2025, Pasal 17 and Lampiran. The numbering is not row by
row: 4-7-9 above, 2-5-8 in the middle, 1-3-6 below. Never take a box number without its two categories.
"""

from __future__ import annotations

from typing import Final

LEVELS_Y: Final = ("DIBAWAH", "SESUAI", "DIATAS")
LEVELS_X: Final = ("RENDAH", "MENENGAH", "TINGGI")
LEVELS: Final = {"y": LEVELS_Y, "x": LEVELS_X}

_NUMBERS: Final = ((1, 3, 6), (2, 5, 8), (4, 7, 9))

BOX_OF: Final = {(y, x): _NUMBERS[row][column] for row, y in enumerate(LEVELS_Y) for column, x in enumerate(LEVELS_X)}
CATEGORIES_OF: Final = {box: categories for categories, box in BOX_OF.items()}

ROWS_FROM_TOP: Final = ((4, 7, 9), (2, 5, 8), (1, 3, 6))

NATIONAL_POOL: Final = frozenset({9})
INSTANSI_POOL: Final = frozenset({7, 8, 9})

# Recommended follow-ups of the Lampiran, as codes; the application words them.
FOLLOW_UPS: Final = {
    9: ("PROMOTE_AND_RETAIN", "AWARD"),
    8: ("RETAIN", "ROTATION_OR_ENLARGEMENT", "COACHING"),
    7: ("RETAIN", "ROTATION_OR_ENRICHMENT", "DEVELOPMENT", "STUDY_ASSIGNMENT"),
    6: ("BETTER_PLACEMENT", "COACHING", "COUNSELLING"),
    5: ("BETTER_PLACEMENT", "COACHING", "DEVELOPMENT"),
    4: ("ROTATION", "DEVELOPMENT"),
    3: ("COACHING", "COUNSELLING", "DEVELOPMENT", "BETTER_PLACEMENT"),
    2: ("COACHING", "DEVELOPMENT", "BETTER_PLACEMENT"),
    1: ("HANDLED_BY_REGULATION",),
}


def box_of(y_category: str, x_category: str) -> int:
    """The box number of two categories; raises KeyError for a word that is no category."""
    return BOX_OF[(y_category, x_category)]
