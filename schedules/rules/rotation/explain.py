"""Which rules no plan can keep, exactly: nothing missed, nothing spurious.

Every hard rule is an upper limit on free home days, so the set of plans is down-closed: if the empty
rotation keeps a rule, some plan does, and if it breaks one, every plan does. The test is therefore one
look at what is fixed, row by row and person by person (rotation.md §2). Only the guarantee asks for
*more* home days; there a maximum flow finds the people who cannot all be served, and its minimum cut
names them (Hall's condition). The run rule is not part of that flow, so a guarantee may also fail for
reasons only `solve` meets; the plan then carries the conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .board import Board, bits
from .findings import Away, Code, Conflict, Help, Remedy
from .guarantee import guarantee_conflicts
from .layers import lay, makes_long_run, place_mask, week_limits
from .model import CapBase, Layer, PersonKind, Problem
from .validate import require_readable


def explain(problem: Problem) -> list[Conflict]:
    """All conflicts in order of day, unit or group, person; empty means a plan that keeps every rule exists."""
    require_readable(problem)
    return conflicts_of(lay(problem.canonical()))


def conflicts_of(board: Board) -> list[Conflict]:
    """The conflicts of a board that has been laid."""
    found = [*_row_conflicts(board), *_cell_conflicts(board), *_person_conflicts(board), *guarantee_conflicts(board)]
    return sorted(found, key=lambda conflict: (conflict.key[4], conflict.key))


def _row_conflicts(board: Board) -> Iterator[Conflict]:
    for row, day in board.broken:
        yield from _RowFacts(board, row, day).conflicts()


class _RowFacts:
    """One broken row on one day: who is away and by what."""

    def __init__(self, board: Board, row: int, day: int) -> None:
        self.board, self.row, self.day = board, row, day
        self.what = board.rows[row]
        self.away: list[Away] = []
        self.by_layer: dict[Layer | None, list[int]] = {}
        self.counted_home = self.forced = self.base = 0
        for person in self.what.members:
            self._look_at(person)

    def _look_at(self, person: int) -> None:
        board, day = self.board, self.day
        rules = board.problem.rules
        counted = board.kind(person) not in rules.exempt
        present = board.present[person] >> day & 1
        layer = board.layer.get((person, day))
        self.base += counted and bool(present or rules.cap_base is CapBase.ROSTER)
        if layer is not None:
            self.counted_home += counted
            self.forced += counted and layer in (Layer.MANDATORY, Layer.PERMANENT)
        if layer is not None or not present:
            self.away.append(Away(person=board.ids[person], layer=layer))
            self.by_layer.setdefault(layer, []).append(board.ids[person])

    def conflicts(self) -> Iterator[Conflict]:
        """Coverage first, then the cap; both may be broken on one day."""
        what = self.what
        share = -(-self.base * (what.min_office_pct or 0) // 100)
        need = max(what.min_office, share)
        office = len(what.members) - len(self.away)
        if office < need:
            yield self._coverage(need, office)
        cap = self.base if what.cap_pct is None else self.base * what.cap_pct // 100
        cap = cap if what.cap_abs is None else min(cap, what.cap_abs)
        has_cap = what.cap_pct is not None or what.cap_abs is not None
        if has_cap and self.counted_home > max(cap, self.forced):
            yield self._cap(max(cap, self.forced))

    def _coverage(self, need: int, office: int) -> Conflict:
        code = Code.UNIT_OFFICE if self.what.group is None else Code.GROUP_OFFICE
        short = need - office
        helps = [Help(remedy=Remedy.LOWER_MINIMUM, amount=office)]
        for layer, remedy in (
            (None, Remedy.RECALL),
            (Layer.LOCKED, Remedy.RELEASE_LOCK),
            (Layer.MANDATORY, Remedy.CHANGE_LAYER),
            (Layer.PERMANENT, Remedy.CHANGE_LAYER),
        ):
            who = self.by_layer.get(layer, [])
            if who:
                helps.append(Help(remedy=remedy, amount=min(short, len(who)), people=tuple(who)))
        return self._conflict(code, need, office, f"{need} must be at the office, at most {office} can be", helps)

    def _cap(self, cap: int) -> Conflict:
        locked = self.by_layer.get(Layer.LOCKED, [])
        helps = [
            Help(remedy=Remedy.RELEASE_LOCK, amount=self.counted_home - cap, people=tuple(locked)),
            Help(remedy=Remedy.RAISE_CAP, amount=self.counted_home),
        ]
        text = f"at most {cap} may be at home, {self.counted_home} are fixed there"
        return self._conflict(Code.UNIT_CAP, cap, self.counted_home, text, helps)

    def _conflict(self, code: Code, need: int, possible: int, text: str, helps: list[Help]) -> Conflict:
        day = self.board.days[self.day]
        return Conflict(
            code=code,
            message=f"{row_name(self.board, self.row)}, {day}: {text}.",
            need=need,
            possible=possible,
            unit=self.what.unit,
            group=self.what.group,
            day=day,
            away=tuple(self.away),
            helps=tuple(helps),
        )


def row_name(board: Board, row: int) -> str:
    """The name of a unit or group for a sentence, or its number."""
    what = board.rows[row]
    if what.name:
        return what.name
    return f"Unit {what.unit}" if what.group is None else f"Group {what.group}"


def _cell_conflicts(board: Board) -> Iterator[Conflict]:
    """Locks that contradict another rule about the same cell."""
    for person in board.people:
        number = board.ids[person]
        excluded = board.kind(person) is PersonKind.EXCLUDED
        for day in bits(board.locked_home[person]):
            if excluded or board.closed[person] >> day & 1:
                code = Code.EXCLUDED if excluded else Code.CLOSED
                helps = [Help(remedy=Remedy.RELEASE_LOCK, amount=1, people=(number,))]
                if not excluded:
                    helps.append(Help(remedy=Remedy.OPEN_DAY, amount=1))
                yield Conflict(
                    code=code,
                    message=f"Person {number}, {board.days[day]}: locked at home on a day that must be at the office.",
                    need=0,
                    possible=1,
                    person=number,
                    day=board.days[day],
                    helps=tuple(helps),
                )
        for day in bits(board.locked_office[person] & board.fixed[person]):
            yield Conflict(
                code=Code.LOCKED,
                message=f"Person {number}, {board.days[day]}: locked at the office but must be at home.",
                need=1,
                possible=0,
                person=number,
                day=board.days[day],
                helps=(Help(remedy=Remedy.RELEASE_LOCK, amount=1, people=(number,)),),
            )


def _person_conflicts(board: Board) -> Iterator[Conflict]:
    """Locks that alone break a person's run, week or period."""
    for person in board.people:
        if board.locked_home[person]:
            yield from _run_conflicts(board, person)
            yield from _week_conflicts(board, person)
            yield from _period_conflict(board, person)


def _run_conflicts(board: Board, person: int) -> Iterator[Conflict]:
    """One conflict per run that is too long and holds a locked day, on the first locked day that overflows it."""
    limit = board.run_limit[person]
    if not limit:
        return
    mask, locked = board.run_mask[person], place_mask(board, person, board.locked_home[person])
    day_at = {board.places[person][day]: day for day in bits(board.present[person])}
    for start, end in runs(mask):
        inside = locked & ((1 << end) - (1 << start))
        if end - start > limit and inside:
            length = end - start
            if start == 0:
                length += max(0, board.problem.people[person].run_before - limit)
            day = board.days[day_at[bits(inside)[0]]]
            text = f"{day}: {length} home days in a row are fixed, {limit} are allowed"
            yield _of_person(
                board, person, Code.CONSECUTIVE, (limit, length), text, day, (_surplus(board, person), length)
            )


def _surplus(board: Board, person: int) -> int:
    """How many locks to release until no run is too long, the later ones first."""
    locked = board.locked_home[person]
    mask, refused = board.run_mask[person] & ~place_mask(board, person, locked), 0
    for day in bits(locked):
        place = board.places[person][day]
        if makes_long_run(mask | 1 << place, place, board.run_limit[person]):
            refused += 1
        else:
            mask |= 1 << place
    return refused


def runs(mask: int) -> list[tuple[int, int]]:
    """Maximal runs of set bits as half-open ranges."""
    found, at = [], 0
    while mask >> at:
        at += ((mask >> at) & -(mask >> at)).bit_length() - 1
        end = at
        while mask >> end & 1:
            end += 1
        found.append((at, end))
        at = end
    return found


def _week_conflicts(board: Board, person: int) -> Iterator[Conflict]:
    for week, mask in enumerate(board.week_masks):
        locked = (board.locked_home[person] & mask).bit_count()
        if not locked:
            continue
        day = board.days[bits(mask)[0]]
        office_limit, home_limit = _week_as_fixed(board, person, week)
        by_office, by_home = week_limits(board, person, week)
        for code, left, holds in (
            (Code.WEEK_OFFICE, by_office, office_limit),
            (Code.WEEK_HOME, by_home, home_limit),
        ):
            if left < 0:
                text = f"week of {day}: {-left} of {locked} locked home days too many"
                yield _of_person(board, person, code, (locked + left, locked), text, day, (-left, holds))


def _week_as_fixed(board: Board, person: int, week: int) -> tuple[int, int]:
    """Office and home days of a week as it is fixed, with those before and after the period."""
    who, mask = board.problem.people[person], board.week_masks[week]
    home = (board.fixed[person] & mask).bit_count()
    office = (board.present[person] & mask).bit_count() - home
    if week == 0:
        home, office = home + who.home_before, office + who.office_before
    if week == len(board.week_masks) - 1:
        office += board.problem.days_after
    return office, home


def _period_conflict(board: Board, person: int) -> Iterator[Conflict]:
    most = board.problem.rules.max_home_per_period
    fixed = board.fixed[person].bit_count()
    if most is None or board.kind(person) is not PersonKind.REGULAR:
        return
    chosen = board.locked_home[person].bit_count()
    over = chosen - max(0, most - (fixed - chosen))
    if over > 0:
        text = f"{fixed} home days are fixed, {most} are allowed in the period"
        yield _of_person(board, person, Code.PERIOD_HOME, (most, fixed), text, None, (over, fixed))


def _of_person(
    board: Board,
    person: int,
    code: Code,
    numbers: tuple[int, int],
    text: str,
    day: date | None,
    ways_out: tuple[int, int],
) -> Conflict:
    """A conflict of one person's locks; `ways_out` are locks to release, and the limit that would hold."""
    number = board.ids[person]
    limit = Remedy.LOWER_MINIMUM if code is Code.WEEK_OFFICE else Remedy.RAISE_LIMIT
    return Conflict(
        code=code,
        message=f"Person {number}, {text}.",
        need=numbers[0],
        possible=numbers[1],
        person=number,
        day=day,
        helps=(
            Help(remedy=Remedy.RELEASE_LOCK, amount=ways_out[0], people=(number,)),
            Help(remedy=limit, amount=ways_out[1]),
        ),
    )
