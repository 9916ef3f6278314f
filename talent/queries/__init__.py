"""What pages, tasks and other apps need to know about talent."""

from talent.queries.boxes import Boxed, latest_boxes, latest_placement
from talent.queries.gathering import facts_of
from talent.queries.profiles import scheme_of
from talent.queries.talent_map import cell_counts, people_of_cell

__all__ = [
    "Boxed",
    "cell_counts",
    "facts_of",
    "latest_boxes",
    "latest_placement",
    "people_of_cell",
    "scheme_of",
]
