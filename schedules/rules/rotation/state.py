"""A plan in the making: free home cells, and what room every row, week and period has left.

All moves go through `add` and `remove`; `fits` is the whole question whether a cell may be added. The
set of allowed plans is down-closed, so removing never breaks a rule (the guarantee is not looked at here).
"""

from __future__ import annotations

import hashlib

from .board import Board, bits
from .layers import makes_long_run


class State:
    """Free home days on a board. Balances are in thousandths of a day."""

    __slots__ = (
        "base",
        "board",
        "chain_sets",
        "chains",
        "days_of",
        "home",
        "left",
        "open",
        "period_left",
        "places",
        "run_limit",
        "run_mask",
        "week",
        "week_left",
    )

    def __init__(self, board: Board, base: list[int]) -> None:
        people = board.people
        self.board = board
        self.base = base
        self.open = list(board.open)
        self.chains = board.chains
        self.chain_sets = [frozenset(chain) for chain in board.chains]
        self.home = [0 for _ in people]
        self.days_of = [0 for _ in people]
        self.left = [list(line) for line in board.room]
        self.week = board.week
        self.week_left = [list(line) for line in board.week_room]
        self.period_left = list(board.period_room)
        self.run_limit = board.run_limit
        self.run_mask = list(board.run_mask)
        self.places = board.places

    def balance(self, person: int) -> int:
        """Carried balance plus days minus the even share, in thousandths."""
        return self.base[person] + 1000 * self.days_of[person]

    def suits(self, person: int, day: int) -> bool:
        """Whether the person's own rules take one more home day: open, week, period and run."""
        if not (self.open[person] & ~self.home[person]) >> day & 1:
            return False
        if self.week_left[person][self.week[day]] <= 0 or self.period_left[person] <= 0:
            return False
        limit = self.run_limit[person]
        if not limit:
            return True
        place = self.places[person][day]
        return not makes_long_run(self.run_mask[person] | 1 << place, place, limit)

    def has_room(self, person: int, day: int) -> bool:
        """Whether every unit and group of the person has room on the day."""
        left = self.left
        return all(left[row][day] > 0 for row in self.chains[person])

    def fits(self, person: int, day: int) -> bool:
        """Whether the cell may be added."""
        return self.suits(person, day) and self.has_room(person, day)

    def tight(self, person: int, day: int) -> list[int]:
        """Rows of the person without room on the day."""
        return [row for row in self.chains[person] if self.left[row][day] <= 0]

    def add(self, person: int, day: int) -> None:
        """Put a free home day in; the caller has asked `fits`."""
        self._shift(person, day, 1)
        self.home[person] |= 1 << day
        self.run_mask[person] |= 1 << self.places[person][day]

    def remove(self, person: int, day: int) -> None:
        """Take a free home day out."""
        self._shift(person, day, -1)
        self.home[person] &= ~(1 << day)
        self.run_mask[person] &= ~(1 << self.places[person][day])

    def _shift(self, person: int, day: int, change: int) -> None:
        for row in self.chains[person]:
            self.left[row][day] -= change
        self.week_left[person][self.week[day]] -= change
        self.period_left[person] -= change
        self.days_of[person] += change

    def load(self, masks: list[int]) -> list[tuple[int, int]]:
        """Add all cells of the masks that fit, person by person; returns those that do not."""
        refused = []
        for person, mask in enumerate(masks):
            for day in bits(mask):
                if self.fits(person, day):
                    self.add(person, day)
                else:
                    refused.append((person, day))
        return refused

    def snapshot(self) -> list[int]:
        """The home masks, to compare or to go back to."""
        return list(self.home)

    def restore(self, masks: list[int]) -> None:
        """Go back to a snapshot."""
        changed = [person for person, mask in enumerate(masks) if self.home[person] != mask]
        for person in changed:
            for day in bits(self.home[person] & ~masks[person]):
                self.remove(person, day)
        for person in changed:
            for day in bits(masks[person] & ~self.home[person]):
                self.add(person, day)


def jitter(seed: int, number: int) -> int:
    """A fixed pseudo-random number below 2**32 for one person and seed; the same in every process."""
    return int.from_bytes(hashlib.blake2b(f"{seed}:{number}".encode(), digest_size=4).digest(), "big")


def ranks(board: Board) -> list[int]:
    """People in an arbitrary but fixed order, so that ties do not always favour the same person."""
    seed = board.problem.seed
    order = sorted(board.people, key=lambda person: (jitter(seed, board.ids[person]), board.ids[person]))
    rank = [0] * len(board.ids)
    for place, person in enumerate(order):
        rank[person] = place
    return rank
