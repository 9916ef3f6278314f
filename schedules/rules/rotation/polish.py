"""Weekdays and wishes, by trading two days between two peers: row sums and counts of days stay as they are.

Peers are people of the same unit and the same groups. A trade is taken if it evens out the weekdays
inside the class (the squares of the deviations from each one's even share fall), or if it leaves them
and meets more wishes: fairness of weekdays stands above preferences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .board import Board, bits
from .state import State


def peer_classes(board: Board) -> list[list[int]]:
    """People with open days by unit and set of groups, in the order of their first member."""
    classes: dict[tuple[int, ...], list[int]] = {}
    for person in board.people:
        if board.open[person]:
            classes.setdefault(board.chains[person], []).append(person)
    return list(classes.values())


def polish(board: Board, state: State, *, passes: int) -> None:
    """Even out weekdays, then meet wishes, class by class."""
    masks = [0] * 7
    for day, weekday in enumerate(board.weekday):
        masks[weekday] |= 1 << day
    for members in peer_classes(board):
        if len(members) > 1:
            peers = _Class(board, state, members, masks)
            for _ in range(passes):
                if not peers.even_weekdays():
                    break
            for _ in range(passes):
                if not peers.meet_wishes():
                    break


class _Class:
    """One peer class: deviations per weekday in thousandths, and the weight of each wish."""

    def __init__(self, board: Board, state: State, members: list[int], masks: list[int]) -> None:
        self.board, self.state, self.members, self.masks = board, state, members, masks
        self.used = [weekday for weekday in range(7) if masks[weekday]]
        self.off = {person: [0] * 7 for person in members}
        for weekday in self.used:
            self._start(weekday)
        self.liked = {p: self._mask(board.problem.people[p].prefer) for p in members}
        self.disliked = {p: self._mask(board.problem.people[p].avoid) for p in members}

    def _mask(self, days: Iterable[date]) -> int:
        index = self.board.day_index
        return sum(1 << index[day] for day in days if day in index)

    def _start(self, weekday: int) -> None:
        mask = self.masks[weekday]
        home = {p: (self.state.home[p] & mask).bit_count() for p in self.members}
        able = {p: (self.state.open[p] & mask).bit_count() for p in self.members}
        total, places = sum(home.values()), max(1, sum(able.values()))
        for person in self.members:
            self.off[person][weekday] = 1000 * home[person] - 1000 * total * able[person] // places

    def even_weekdays(self) -> bool:
        """One pass over all pairs; True if something was traded."""
        changed = False
        for at, one in enumerate(self.members):
            for two in self.members[at + 1 :]:
                while self._even_pair(one, two):
                    changed = True
        return changed

    def _even_pair(self, one: int, two: int) -> bool:
        off_one, off_two = self.off[one], self.off[two]
        gap = {weekday: off_one[weekday] - off_two[weekday] for weekday in self.used}
        if max(gap.values()) - min(gap.values()) <= 2000:
            return False
        choices = sorted(
            ((gap[b] - gap[a], a, b) for a in self.used for b in self.used if gap[a] - gap[b] > 2000),
        )
        return any(self._trade_weekdays(one, two, a, b) for _, a, b in choices)

    def _trade_weekdays(self, one: int, two: int, given: int, taken: int) -> bool:
        """`one` gives a day on weekday `given` to `two` and takes one on `taken`."""
        mine, theirs = self._tradable(one, two)
        for day in bits(mine & self.masks[given]):
            for other in bits(theirs & self.masks[taken]):
                if self._trade(one, day, two, other):
                    return True
        return False

    def _tradable(self, one: int, two: int) -> tuple[int, int]:
        home, able = self.state.home, self.state.open
        return home[one] & ~home[two] & able[two], home[two] & ~home[one] & able[one]

    def _trade(self, one: int, day: int, two: int, other: int) -> bool:
        """Do the trade if both people's weeks and runs allow it."""
        state = self.state
        state.remove(one, day)
        state.remove(two, other)
        if state.suits(one, other) and state.suits(two, day):
            state.add(one, other)
            state.add(two, day)
            given, taken = self.board.weekday[day], self.board.weekday[other]
            self.off[one][given] -= 1000
            self.off[one][taken] += 1000
            self.off[two][taken] -= 1000
            self.off[two][given] += 1000
            return True
        state.add(one, day)
        state.add(two, other)
        return False

    def meet_wishes(self) -> bool:
        """One pass over the pairs in which somebody has a wish; True if something was traded."""
        changed = False
        for at, one in enumerate(self.members):
            for two in self.members[at + 1 :]:
                if self.liked[one] | self.disliked[one] | self.liked[two] | self.disliked[two]:
                    for day, other in self._better(one, two):
                        if self._trade(one, day, two, other):
                            changed = True
                            break
        return changed

    def _better(self, one: int, two: int) -> Iterator[tuple[int, int]]:
        """Trades that meet more wishes and do not unsettle the weekdays, best first."""
        mine, theirs = self._tradable(one, two)
        found = []
        for day in bits(mine):
            gain = self._wish(two, day) - self._wish(one, day)
            for other in bits(theirs):
                total = gain + self._wish(one, other) - self._wish(two, other)
                if total > 0 and self._settled(one, two, day, other):
                    found.append((-total, day, other))
        found.sort()
        return iter([(day, other) for _, day, other in found])

    def _wish(self, person: int, day: int) -> int:
        return (self.liked[person] >> day & 1) - (self.disliked[person] >> day & 1)

    def _settled(self, one: int, two: int, day: int, other: int) -> bool:
        given, taken = self.board.weekday[day], self.board.weekday[other]
        if given == taken:
            return True
        off_one, off_two = self.off[one], self.off[two]
        return (off_one[given] - off_two[given]) - (off_one[taken] - off_two[taken]) >= 2000
