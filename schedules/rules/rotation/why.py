"""Why a person has the days they have, cell by cell, straight from rooms, weeks and balances.

For an open day at the office the first cause in this order is named: a full row of the chain, innermost
first; the run; the week; the period; else that nothing stood in the way. No log of the solver is used, so
the answer holds for any plan, also one changed by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import box9
from .board import Board
from .explain import row_name
from .findings import DayReason, DayState, Plan, Reason, Revocation
from .layers import lay, makes_long_run
from .model import CapBase, HomeCell, Layer, PersonKind, Problem, ProblemError
from .state import State


def why(problem: Problem, plan: Plan | Iterable[HomeCell], person: int) -> Reason:
    """The reasons of one person. Raises ProblemError if the person is not in the problem."""
    board = lay(problem.canonical())
    if person not in board.index_of:
        raise ProblemError(f"person: {person} is not part of this problem.")
    rows = plan.rows if isinstance(plan, Plan) else tuple(plan)
    return _Why(board, rows, board.index_of[person]).reason()


class _Why:
    """Reasons for one person on one board."""

    def __init__(self, board: Board, rows: Iterable[HomeCell], person: int) -> None:
        self.board, self.person = board, person
        self.who = board.problem.people[person]
        self.home = [0] * len(board.ids)
        for number, date in rows:
            if number in board.index_of and date in board.day_index:
                self.home[board.index_of[number]] |= 1 << board.day_index[date]
        self.state = State(board, [0] * len(board.ids))
        free = [self.home[p] & board.open[p] for p in board.people]
        for index, mask in enumerate(free):
            for day in range(len(board.days)):
                if mask >> day & 1:
                    self.state.add(index, day)
        total = sum(mask.bit_count() for mask in free) + sum(board.given)
        shares = max(1, sum(board.shares))
        self.state.base = [
            board.carry[p] + 1000 * board.given[p] - 1000 * total * board.shares[p] // shares for p in board.people
        ]

    def reason(self) -> Reason:
        board, person, state = self.board, self.person, self.state
        peers = [p for p in board.people if board.chains[p] == board.chains[person] and board.shares[p]]
        others = [p for p in peers if p != person]
        balances = [state.balance(p) / 1000 for p in peers] or [0.0]
        had = state.days_of[person] + board.given[person]
        peer_had = sum(state.days_of[p] + board.given[p] for p in others)
        peer_open = sum(board.shares[p] for p in others)
        return Reason(
            person=board.ids[person],
            home_days=self.home[person].bit_count(),
            free_days=state.days_of[person],
            open_days=board.open[person].bit_count(),
            share=had / board.shares[person] if board.shares[person] else 0.0,
            peer_count=len(others),
            peer_share=peer_had / peer_open if peer_open else 0.0,
            carry=board.carry[person] / 1000,
            balance=state.balance(person) / 1000,
            peer_balance_min=min(balances),
            peer_balance_max=max(balances),
            days=tuple(self._day(day) for day in range(len(board.days))),
        )

    def _day(self, day: int) -> DayReason:
        board, person = self.board, self.person
        if not board.present[person] >> day & 1:
            return self._say(day, DayState.ABSENT, "away")
        if self.home[person] >> day & 1:
            layer = board.layer.get((person, day), Layer.FREE)
            return self._say(day, DayState.HOME, "at home", layer=layer)
        if board.past >> day & 1:
            return self._say(day, DayState.PAST, "at the office, before the plan was changed")
        if board.locked_office[person] >> day & 1:
            return self._say(day, DayState.LOCKED, "locked at the office")
        return self._not_locked(day)

    def _not_locked(self, day: int) -> DayReason:
        board, person = self.board, self.person
        kind = board.kind(person)
        if kind is PersonKind.EXCLUDED:
            return self._say(day, DayState.EXCLUDED, "always at the office under the policy")
        if kind is PersonKind.BOX9:
            return self._box9(day)
        if board.closed[person] >> day & 1:
            return self._closed(day)
        return self._open(day)

    def _closed(self, day: int) -> DayReason:
        board = self.board
        effective, weekdays = board.problem.rules.effective, board.problem.rules.weekdays
        date = board.days[day]
        if effective is not None and not effective[0] <= date <= effective[1]:
            return self._say(day, DayState.NOT_IN_FORCE, "the policy is not in force")
        if board.barred[self.person] >> day & 1 or weekdays is None:
            return self._say(day, DayState.BLOCKED, "everybody is at the office")
        return self._say(day, DayState.WEEKDAY, "the policy gives no home day on this weekday")

    def _box9(self, day: int) -> DayReason:
        board, person = self.board, self.person
        if board.barred[person] >> day & 1:
            return self._closed(day)
        record = self._revocation(day)
        if record is not None:
            code = f"yielded to {record.code}"
            return self._say(day, DayState.REVOKED, code, unit=record.unit, group=record.group)
        phase = board.phases.get(board.ids[person], 0)
        if box9.is_home_day(board.problem.rules.box9, phase, day, board.days[day]):
            return self._say(day, DayState.NOT_CHOSEN, "a home day of the pattern, not used")
        return self._say(day, DayState.PATTERN, "an office day of the pattern")

    def _revocation(self, day: int) -> Revocation | None:
        number, date = self.board.ids[self.person], self.board.days[day]
        return next((r for r in self.board.revocations if r.person == number and r.day == date), None)

    def _open(self, day: int) -> DayReason:
        board, person, state = self.board, self.person, self.state
        tight = state.tight(person, day)
        if tight:
            return self._full(tight[0], day)
        limit = state.run_limit[person]
        place = state.places[person][day]
        if limit and makes_long_run(state.run_mask[person] | 1 << place, place, limit):
            return self._say(day, DayState.CONSECUTIVE, f"more than {limit} home days in a row", limit=limit)
        if state.week_left[person][board.week[day]] <= 0:
            return self._week(day)
        if state.period_left[person] <= 0:
            most = board.problem.rules.max_home_per_period or 0
            return self._say(day, DayState.PERIOD_HOME, f"{most} home days in the period are used up", limit=most)
        return self._say(day, DayState.NOT_CHOSEN, "nothing stands in the way")

    def _week(self, day: int) -> DayReason:
        rules = self.board.problem.rules
        mask = self.board.week_masks[self.board.week[day]]
        at_home = (self.home[self.person] & mask).bit_count() + (
            self.who.home_before if not self.board.week[day] else 0
        )
        most = rules.max_home_per_week
        if most is not None and at_home >= most:
            return self._say(
                day, DayState.WEEK_HOME, f"{most} home days this week are used up", limit=most, found=at_home
            )
        least = rules.min_office_per_week
        return self._say(day, DayState.WEEK_OFFICE, f"{least} office days a week are needed", limit=least)

    def _full(self, row: int, day: int) -> DayReason:
        """The row that is full: its cap used up, or everybody left needed at the office."""
        board, what = self.board, self.board.rows[row]
        exempt, roster = board.problem.rules.exempt, board.problem.rules.cap_base is CapBase.ROSTER
        there = base = at_home = counted = 0
        for p in what.members:
            present = bool(board.present[p] >> day & 1)
            is_home = present and bool(self.home[p] >> day & 1)
            counts = board.kind(p) not in exempt
            there, base = there + present, base + (counts and (present or roster))
            at_home, counted = at_home + is_home, counted + (is_home and counts)
        least = max(what.min_office, -(-base * (what.min_office_pct or 0) // 100))
        instead = tuple(
            board.ids[p]
            for p in sorted(
                (p for p in what.members if self.state.home[p] >> day & 1), key=lambda p: (self.state.balance(p), p)
            )
        )
        name = row_name(board, row)
        if least and there - at_home <= least:
            text = f"{name}: {least} of {there} must be at the office"
            state, limit, found = DayState.OFFICE_NEEDED, least, there - at_home
        else:
            cap = base if what.cap_pct is None else base * what.cap_pct // 100
            limit = cap if what.cap_abs is None else min(cap, what.cap_abs)
            text = f"{name}: {counted} at home, {limit} allowed"
            state, found = DayState.CAP_FULL, counted
        return self._say(day, state, text, unit=what.unit, group=what.group, limit=limit, found=found, instead=instead)

    def _say(self, day: int, state: DayState, text: str, **facts: Any) -> DayReason:
        date = self.board.days[day]
        return DayReason(day=date, state=state, message=f"{date}: {text}.", **facts)


__all__ = ["why"]
