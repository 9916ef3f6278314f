"""Exchanges: give a home day to somebody who lacks one, along a short chain of people who make room.

A person takes a day whose rows are full; somebody of those rows gives it up and either finds another
day, or passes the need on, or is so far ahead that giving lowers the sum of squared balances. The search
is breadth first and bounded per person: unbounded it explodes, and more than about sixty expansions
were found to change nothing in quality.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from .board import PLENTY, Board, bits
from .state import State

WIDTH = 8  # givers looked at per day
DEPTH = 3
LARGE = 64  # members from which a row is searched from the best off down
REARRANGED = 200  # people for whom the longer search is tried


@dataclass(slots=True)
class _Step:
    """`taker` takes `day` from `giver`; `before` is the step that left `taker` in need."""

    taker: int
    day: int
    giver: int
    before: _Step | None
    depth: int


class Exchange:
    """Exchanges on one state."""

    def __init__(self, board: Board, state: State, expansions: int) -> None:
        self.board, self.state, self.expansions = board, state, expansions
        self.order: list[int] = []
        self.rank()
        self.needs = board.needs()  # days below which nobody gives one for good

    def give_day(self, person: int) -> bool:
        """One more day for `person`, raising the total or lowering the square sum; False if none was found.

        A giver who finds no other day must have been more than a day ahead of the taker, unless the
        taker is still owed days of the guarantee.
        """
        state = self.state
        if self.add_direct(person):
            return True
        owed = state.days_of[person] < self.needs[person]
        limit = -PLENTY * 1000 if owed else state.balance(person) + 1000
        queue: deque[tuple[int, _Step | None]] = deque([(person, None)])
        seen = {person}
        spent = 0
        while queue and spent < self.expansions:
            taker, before = queue.popleft()
            depth = 0 if before is None else before.depth
            for day in bits(self._wanted(taker, before)):
                for giver in self._givers(taker, day, seen):
                    spent += 1
                    step = _Step(taker, day, giver, before, depth + 1)
                    if self._finish(step, limit):
                        return True
                    seen.add(giver)
                    if depth + 1 < DEPTH:
                        queue.append((giver, step))
                    if spent >= self.expansions:
                        return False
        return False

    def rearrange(self, person: int) -> bool:
        """One more day by giving up one of the own days and finding two others; False, and no change, if none."""
        state = self.state
        was, able = state.snapshot(), state.open[person]
        owed = state.days_of[person] < self.needs[person]
        for day in bits(state.home[person]):
            state.remove(person, day)
            state.open[person] = able & ~(1 << day)
            found = self.give_day(person) and self.give_day(person)
            state.open[person] = able
            if found and (owed or self._is_better(was)):
                return True
            state.restore(was)
        return False

    def _is_better(self, was: list[int]) -> bool:
        """Whether there are more home days than before, or as many and shared more evenly."""
        state = self.state
        days = squares = 0
        for person, mask in enumerate(was):
            if mask != state.home[person]:
                change = state.days_of[person] - mask.bit_count()
                before = state.balance(person) - 1000 * change
                days += change
                squares += state.balance(person) ** 2 - before**2
        return days > 0 or (days == 0 and squares < 0)

    def add_direct(self, person: int) -> bool:
        """One more day that disturbs nobody."""
        state = self.state
        for day in bits(state.open[person] & ~state.home[person]):
            if state.fits(person, day):
                state.add(person, day)
                return True
        return False

    def _wanted(self, taker: int, before: _Step | None) -> int:
        """Days the taker could have but for the rows; a giver has just lost `before.day` and may not retake it."""
        state = self.state
        lost = 0 if before is None else 1 << before.day
        mask = state.open[taker] & ~state.home[taker] & ~lost
        if before is None:
            return sum(1 << day for day in bits(mask) if state.suits(taker, day))
        state.remove(taker, before.day)
        days = sum(1 << day for day in bits(mask) if state.suits(taker, day))
        state.add(taker, before.day)
        return days

    def _givers(self, taker: int, day: int, seen: set[int]) -> list[int]:
        """People whose free home day would make room in every full row of the taker, best off first."""
        state = self.state
        tight = state.tight(taker, day)
        if not tight:
            return []
        smallest = min(tight, key=lambda row: (len(self.board.rows[row].members), row))
        members = self.board.rows[smallest].members
        need = frozenset(tight)
        if len(members) > LARGE:
            able = (p for p in self.order if self._may_give(p, day, need, seen))
            return list(islice(able, WIDTH))
        found = [p for p in members if self._may_give(p, day, need, seen)]
        return nsmallest(WIDTH, found, key=lambda p: (-state.balance(p), p))

    def _may_give(self, person: int, day: int, need: frozenset[int], seen: set[int]) -> bool:
        state = self.state
        return bool(state.home[person] >> day & 1) and person not in seen and need <= state.chain_sets[person]

    def rank(self) -> None:
        """Order people by balance, best off first; large rows are searched in this order, even when it has aged."""
        state = self.state
        self.order = sorted((p for p in self.board.people if self.board.open[p]), key=lambda p: (-state.balance(p), p))

    def _finish(self, step: _Step, limit: int) -> bool:
        """Apply the chain if its last giver finds another day or can afford the loss."""
        state = self.state
        done = self._apply(step)
        if done is None:
            return False
        if self._add_direct_but(step.giver, step.day):
            return True
        if state.balance(step.giver) + 1000 > limit and state.days_of[step.giver] >= self.needs[step.giver]:
            return True
        self._undo(done)
        return False

    def _add_direct_but(self, person: int, day_lost: int) -> bool:
        state = self.state
        for day in bits(state.open[person] & ~state.home[person] & ~(1 << day_lost)):
            if state.fits(person, day):
                state.add(person, day)
                return True
        return False

    def _apply(self, step: _Step) -> list[tuple[int, int, int]] | None:
        """Run the chain from its first step; None (and nothing changed) if some step no longer fits."""
        chain: list[_Step] = []
        at: _Step | None = step
        while at is not None:
            chain.append(at)
            at = at.before
        done: list[tuple[int, int, int]] = []
        for link in reversed(chain):
            self.state.remove(link.giver, link.day)
            if not self.state.fits(link.taker, link.day):
                self.state.add(link.giver, link.day)
                self._undo(done)
                return None
            self.state.add(link.taker, link.day)
            done.append((link.taker, link.day, link.giver))
        return done

    def _undo(self, done: list[tuple[int, int, int]]) -> None:
        for taker, day, giver in reversed(done):
            self.state.remove(taker, day)
            self.state.add(giver, day)


def fill(board: Board, state: State) -> None:
    """Add every cell that still fits, furthest behind first."""
    for person in sorted(board.people, key=lambda p: (state.balance(p), p)):
        for day in bits(state.open[person] & ~state.home[person]):
            if state.fits(person, day):
                state.add(person, day)


def level(board: Board, state: State, *, passes: int, expansions: int, targets: list[int] | None = None) -> None:
    """Serve people who lack days, lowest balance first, until a pass changes nothing.

    `targets` are the days per person of a proven optimum: who has them lacks nothing. Without it
    everybody below the middle is tried.
    """
    exchange = Exchange(board, state, expansions)
    everybody = [person for person in board.people if board.open[person]]
    for _ in range(passes):
        exchange.rank()
        middle = 0 if not everybody else sorted(state.balance(p) for p in everybody)[len(everybody) // 2]
        lacking = [
            p
            for p in everybody
            if state.days_of[p] < exchange.needs[p]
            or (state.days_of[p] < targets[p] if targets is not None else state.balance(p) < middle)
        ]
        lacking.sort(key=lambda p: (state.days_of[p] >= exchange.needs[p], state.balance(p), p))
        changed = 0
        for person in lacking:
            while _lacks(state, exchange, person, targets) and exchange.give_day(person):
                changed += 1
        if not changed:
            break
    if targets is not None:
        _rearrange_starved(exchange, everybody, targets)


def _rearrange_starved(exchange: Exchange, everybody: list[int], targets: list[int]) -> None:
    """People still short of their days, most of all where runs and full rows meet: try two days for one."""
    state = exchange.state
    exchange.rank()
    starved = [p for p in everybody if _lacks(state, exchange, p, targets)]
    for person in sorted(starved, key=lambda p: (state.balance(p), p))[:REARRANGED]:
        while _lacks(state, exchange, person, targets) and exchange.rearrange(person):
            pass


def _lacks(state: State, exchange: Exchange, person: int, targets: list[int] | None) -> bool:
    days = state.days_of[person]
    return targets is None or days < max(targets[person], exchange.needs[person])


def identical_classes(board: Board) -> list[list[int]]:
    """People alike in everything that limits or ranks them; wishes aside. Classes of one are left out."""
    classes: dict[tuple, list[int]] = {}
    for person in board.people:
        if not board.open[person]:
            continue
        key = (
            board.chains[person],
            board.open[person],
            board.present[person],
            board.fixed[person],
            board.run_mask[person],
            tuple(board.week_room[person]),
            board.period_room[person],
            board.given[person],
            board.shares[person],
            board.carry[person],
        )
        classes.setdefault(key, []).append(person)
    return [members for members in classes.values() if len(members) > 1]


def even_identical(board: Board, state: State) -> None:
    """Bring identical people within one day of each other by trading single days or the tails of two rows."""
    for members in identical_classes(board):
        for _ in range(4 * len(members)):
            low = min(members, key=lambda p: (state.days_of[p], p))
            high = max(members, key=lambda p: (state.days_of[p], -p))
            if state.days_of[high] - state.days_of[low] <= 1 or not _pass_one(state, high, low):
                break


def _pass_one(state: State, high: int, low: int) -> bool:
    """Move days between two people of the same rows so that their counts meet; row sums stay."""
    for day in bits(state.home[high] & ~state.home[low]):
        state.remove(high, day)
        if state.suits(low, day):
            state.add(low, day)
            return True
        state.add(high, day)
    return _cross_over(state, high, low)


def _cross_over(state: State, high: int, low: int) -> bool:
    """Trade everything from some day on; any such trade with counts between the two old ones will do."""
    old_high, old_low = state.home[high], state.home[low]
    days = len(state.board.days)
    for first in range(1, days):
        tail = ((1 << days) - 1) & ~((1 << first) - 1)
        new_low = (old_low & ~tail) | (old_high & tail)
        count = new_low.bit_count()
        if old_low.bit_count() < count < old_high.bit_count():
            new_high = (old_high & ~tail) | (old_low & tail)
            if _replace(state, high, new_high, low, new_low):
                return True
    return False


def _replace(state: State, one: int, one_mask: int, two: int, two_mask: int) -> bool:
    """Set both rows, or leave them as they were if a rule of one of the two would break."""
    before = (state.home[one], state.home[two])
    for person in (one, two):
        for day in bits(state.home[person]):
            state.remove(person, day)
    for person, mask in ((one, one_mask), (two, two_mask)):
        for day in bits(mask):
            if not state.fits(person, day):
                _restore(state, one, before[0], two, before[1])
                return False
            state.add(person, day)
    return True


def _restore(state: State, one: int, one_mask: int, two: int, two_mask: int) -> None:
    for person in (one, two):
        for day in bits(state.home[person]):
            state.remove(person, day)
    for person, mask in ((one, one_mask), (two, two_mask)):
        for day in bits(mask):
            state.add(person, day)
