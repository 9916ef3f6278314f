"""Where a person is expected on one day, out of everything that claims the day."""

from collections.abc import Sequence
from dataclasses import dataclass

# What an approved absence means for the place. CLTN, like every leave, is simply not at work.
PLACE_OF_ABSENCE = {"DL": "TRAVEL", "PD": "TRAVEL", "DK": "TRAINING", "TB": "TRAINING"}
# Claims that hold on a day on which the office itself is closed.
HOLD_ON_FREE_DAYS = frozenset({"TRAVEL", "TRAINING"})
LIFTED_PLACES = frozenset({"HOME", "ANYWHERE", "TRAVEL", "TRAINING"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One document's word on the day. The higher `rank` wins; of equal ones the later `published`, then `source`."""

    place: str
    source: str
    version: int
    label: str
    rank: int = 50
    published: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedDay:
    """The winning place, the claim it comes from (None: the default rule) and the claims that lost."""

    place: str
    claim: Claim | None
    others: tuple[Claim, ...] = ()


def place_of_absence(kind: str) -> str:
    """LEAVE for every leave, TRAVEL for DL and PD, TRAINING for DK and TB."""
    return PLACE_OF_ABSENCE.get(kind, "LEAVE")


def expected_place(*, absence: Claim | None, claims: Sequence[Claim], is_free_day: bool) -> ExpectedDay:
    """The place of one person-day.

    1. A full-day absence with a document outranks every arrangement.
    2. On a free day (weekend, holiday, rostered off) only travel and training stand; a WFH day on which
       a holiday was declared afterwards is a holiday.
    3. The highest claim wins; the others are listed, highest first.
    4. Nothing claims the day: OFF on a free day, otherwise OFFICE.
    """
    ordered = sorted(claims, key=lambda c: (-c.rank, -c.published, c.source))
    if absence is not None:
        return ExpectedDay(place=absence.place, claim=absence, others=tuple(ordered))
    standing = [c for c in ordered if not is_free_day or c.place in HOLD_ON_FREE_DAYS]
    if standing:
        winner = standing[0]
        return ExpectedDay(place=winner.place, claim=winner, others=tuple(c for c in ordered if c is not winner))
    return ExpectedDay(place="OFF" if is_free_day else "OFFICE", claim=None, others=tuple(ordered))


def lifts_fence(place: str) -> bool:
    """Whether clocking from anywhere is in order on a day with this expected place."""
    return place in LIFTED_PLACES
