"""The nine boxes ready for a template."""

from dataclasses import dataclass
from fractions import Fraction

from talent import wording
from talent.queries.talent_map import GridCounts
from talent.rules.grid import ROWS_FROM_TOP


@dataclass(frozen=True, slots=True)
class Cell:
    box: int
    count: int
    share: Fraction | None
    is_mine: bool
    css: str


@dataclass(frozen=True, slots=True)
class GridRow:
    words: str
    cells: tuple[Cell, ...]


HIGH, LOW = {7, 8, 9}, {1, 2, 3}


def grid_rows(counts: GridCounts | None, mine: int | None = None) -> list[GridRow]:
    """Three rows from the top; shares are of the people inside the grid."""
    return [
        GridRow(str(words), tuple(_cell(box, counts, mine) for box in boxes))
        for (_category, words), boxes in zip(wording.ROWS, ROWS_FROM_TOP, strict=True)
    ]


def _cell(box: int, counts: GridCounts | None, mine: int | None) -> Cell:
    count = counts.by_box[box] if counts else 0
    share = Fraction(count, counts.mapped) if counts and counts.mapped else None
    css = "me" if box == mine else "high" if box in HIGH else "low" if box in LOW else ""
    return Cell(box, count, share, box == mine, css)
