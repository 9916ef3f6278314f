"""Who cannot have the guaranteed home days, by maximum flow and its minimum cut."""

from __future__ import annotations

from collections.abc import Iterator

from .board import Board, bits
from .findings import Code, Conflict, Help, Remedy
from .flow import forest_of, max_flow_cut, question
from .model import PersonKind

NAMED_EXACTLY = 40  # one more flow per name; beyond, `possible` is what is fixed anyway


def guarantee_conflicts(board: Board) -> Iterator[Conflict]:
    """One conflict per person who cannot be served, whether alone or because others of a row need the same days.

    Alone: open days and weeks hold fewer than the guarantee. Together: the people on the source side of
    the minimum cut need more than their rows hold; each of them is named, with the most they can have
    when all others of the cut get their guarantee first.
    """
    least = board.problem.rules.guaranteed_min
    if not least:
        return
    asked = _Guarantee(board)
    alone, together, short = asked.unserved(least)
    if not alone and not together:
        return
    holds = asked.highest(least)
    for person in alone:
        reach = asked.reach[person]
        yield _conflict(board, person, least, reach, "own days and weeks hold no more", holds)
    for person in together:
        possible = asked.left_for(person, least) if len(together) <= NAMED_EXACTLY else 0
        text = f"the {len(together)} people named lack {short} days together"
        yield _conflict(board, person, least, possible, text, holds)


class _Guarantee:
    """Asks how many people can have how many home days."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.forest = forest_of(board)
        self.ask = question(board)
        self.regular = [p for p in board.people if board.kind(p) is PersonKind.REGULAR]
        self.fixed = {p: board.fixed[p].bit_count() for p in self.regular}
        self.reach = {p: self.fixed[p] + own_reach(board, p) for p in self.regular}

    def unserved(self, least: int) -> tuple[list[int], list[int], int]:
        """People who cannot be served alone, people who cannot be served together, and how many days lack."""
        alone = [p for p in self.regular if self.reach[p] < least]
        needs = self._needs(least)
        value, cut = max_flow_cut(self.board, self.forest, self.ask, needs)
        short = sum(needs) - value
        together = [p for p in sorted(cut) if needs[p] and self.reach[p] >= least] if short > 0 else []
        return alone, together, short

    def _needs(self, least: int) -> list[int]:
        needs = [0] * len(self.board.ids)
        for person in self.regular:
            most = min(self.reach[person], least)
            needs[person] = max(0, most - self.fixed[person])
        return needs

    def left_for(self, person: int, least: int) -> int:
        """Days the person can have after everybody else got as much of theirs as fits."""
        needs = self._needs(least)
        value = max_flow_cut(self.board, self.forest, self.ask, needs)[0]
        needs[person] = 0
        return self.fixed[person] + value - max_flow_cut(self.board, self.forest, self.ask, needs)[0]

    def highest(self, least: int) -> int:
        """The highest guarantee that everybody can have."""
        low, high = 0, least - 1
        while low < high:
            middle = (low + high + 1) // 2
            alone, together, _ = self.unserved(middle)
            low, high = (low, middle - 1) if alone or together else (middle, high)
        return low


def own_reach(board: Board, person: int) -> int:
    """The most free days of one person by the own weeks, period and rooms, nobody else at home."""
    total = 0
    for week, mask in enumerate(board.week_masks):
        days = [
            day
            for day in bits(board.open[person] & mask)
            if all(board.room[row][day] > 0 for row in board.chains[person])
        ]
        total += min(len(days), board.week_room[person][week])
    return min(total, board.period_room[person])


def _conflict(board: Board, person: int, need: int, possible: int, text: str, holds: int) -> Conflict:
    number = board.ids[person]
    return Conflict(
        code=Code.GUARANTEE,
        message=f"Person {number}: {need} home days are guaranteed, {possible} possible; {text}.",
        need=need,
        possible=possible,
        person=number,
        helps=(Help(remedy=Remedy.LOWER_GUARANTEE, amount=holds),),
    )
