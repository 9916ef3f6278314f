"""Everything that is decided before the rotation chooses a single free day, in the order of rotation.md §1.

absent -> past -> mandatory -> permanent -> locked -> box 9 -> excluded -> what is left is open.
Box-9 days yield one by one where a rule stays broken with no regular at home, each with a record, and
come back if a later withdrawal made room for them.
"""

from __future__ import annotations

from . import box9
from .board import PLENTY, Board, Row, bits, build
from .findings import Code, Overrun, Revocation
from .model import Box9Mode, CapBase, Layer, PersonKind, Problem
from .reach import tighten


def lay(problem: Problem) -> Board:
    """The board of a canonical problem with every layer laid and every bound computed."""
    board = build(problem)
    _fixed_layers(board)
    _runs(board)
    rows = _RowCounts(board)
    _Box9(board, rows).place()
    _open_cells(board)
    _rooms(board, rows)
    _week_rooms(board)
    tighten(board)
    _fair_shares(board)
    return board


def _fixed_layers(board: Board) -> None:
    """Past, mandatory, permanent and locked cells."""
    problem = board.problem
    happened = [0] * len(board.ids)
    for number, date in problem.previous:
        if number in board.index_of:
            happened[board.index_of[number]] |= 1 << board.day_index[date]
    home, office = [0] * len(board.ids), [0] * len(board.ids)
    for lock in problem.locked:
        masks = home if lock.home else office
        masks[board.index_of[lock.person]] |= 1 << board.day_index[lock.day]
    for person in board.people:
        present, coming = board.present[person], board.present[person] & ~board.past
        past = happened[person] & present & board.past
        mandatory = board.mandatory[person] & coming
        permanent = coming & ~mandatory if board.kind(person) is PersonKind.PERMANENT else 0
        locked = home[person] & coming & ~mandatory & ~permanent
        for mask, layer in (
            (past, Layer.PAST),
            (mandatory, Layer.MANDATORY),
            (permanent, Layer.PERMANENT),
            (locked, Layer.LOCKED),
        ):
            for day in bits(mask):
                board.layer[person, day] = layer
        board.fixed.append(past | mandatory | permanent | locked)
        board.locked_home.append(locked)
        board.locked_office.append(office[person] & coming)
        board.pattern.append(0)


def _runs(board: Board) -> None:
    """Places among present days, with the run before the period in front."""
    rules = board.problem.rules
    shared: dict[tuple[int, int], list[int]] = {}
    for person in board.people:
        who = board.problem.people[person]
        limit = 0 if rules.max_consecutive is None or who.kind in rules.exempt_consecutive else rules.max_consecutive
        key = (board.present[person], limit)
        if key not in shared:
            place, places = limit, []
            for day in range(len(board.days)):
                places.append(place)
                place += board.present[person] >> day & 1
            shared[key] = places
        before = min(who.run_before, limit)
        mask = ((1 << before) - 1) << (limit - before)
        board.run_limit.append(limit)
        board.places.append(shared[key])
        board.run_mask.append(mask | place_mask(board, person, board.fixed[person]))


def place_mask(board: Board, person: int, days: int) -> int:
    """A mask of days as a mask of places among the person's present days."""
    mask = 0
    for day in bits(days):
        mask |= 1 << board.places[person][day]
    return mask


def makes_long_run(mask: int, place: int, limit: int) -> bool:
    """Whether `mask` has more than `limit` home days in a row through `place`; limit 0 never."""
    if not limit:
        return False
    part = (mask >> (place - limit)) & ((1 << (2 * limit + 1)) - 1)
    for _ in range(limit):
        part &= part >> 1
        if not part:
            return False
    return True


class _RowCounts:
    """How many of each row are there, and at home by what is fixed, per day."""

    def __init__(self, board: Board) -> None:
        self.board = board
        days = len(board.days)
        exempt = board.problem.rules.exempt
        zeros = [[0] * days for _ in board.rows]
        self.away = [list(line) for line in zeros]
        self.counted_away = [list(line) for line in zeros]
        self.home = [list(line) for line in zeros]
        self.counted_home = [list(line) for line in zeros]
        self.forced = [list(line) for line in zeros]
        self.counted = [sum(board.kind(p) not in exempt for p in row.members) for row in board.rows]
        self.exempt = [board.kind(p) in exempt for p in board.people]
        whole = (1 << days) - 1
        for person in board.people:
            self._count_away(person, bits(whole & ~board.present[person]))
            for day in bits(board.fixed[person]):
                self.add(person, day, 1)
                if board.layer[person, day] in (Layer.MANDATORY, Layer.PERMANENT) and not self.exempt[person]:
                    for row in board.chains[person]:
                        self.forced[row][day] += 1

    def _count_away(self, person: int, days: list[int]) -> None:
        for row in self.board.chains[person]:
            for day in days:
                self.away[row][day] += 1
                self.counted_away[row][day] += not self.exempt[person]

    def add(self, person: int, day: int, change: int) -> None:
        """Put one fixed home cell in (1) or out (-1) of every row of the person."""
        for row in self.board.chains[person]:
            self.home[row][day] += change
            if not self.exempt[person]:
                self.counted_home[row][day] += change

    def cap(self, row: int, day: int) -> int:
        """Most counted people at home, before any overrun; rounded down."""
        what = self.board.rows[row]
        base = self._base(row, day)
        cap = base if what.cap_pct is None else base * what.cap_pct // 100
        return cap if what.cap_abs is None else min(cap, what.cap_abs)

    def need(self, row: int, day: int) -> int:
        """Fewest people at the office; the share is rounded up."""
        what = self.board.rows[row]
        share = 0 if what.min_office_pct is None else -(-self._base(row, day) * what.min_office_pct // 100)
        return max(what.min_office, share)

    def _base(self, row: int, day: int) -> int:
        if self.board.problem.rules.cap_base is CapBase.ROSTER:
            return self.counted[row]
        return self.counted[row] - self.counted_away[row][day]

    def has_cap(self, row: int) -> bool:
        what = self.board.rows[row]
        return what.cap_pct is not None or what.cap_abs is not None

    def room(self, row: int, day: int) -> int:
        """K of rotation.md §1: how many free home days fit; below 0 the row is broken as it stands."""
        if not self.board.rows[row].days >> day & 1:
            return PLENTY
        at_hand = len(self.board.rows[row].members) - self.away[row][day]
        room = at_hand - self.home[row][day] - self.need(row, day) if self._needs(row) else PLENTY
        if self.has_cap(row):
            cap = max(self.cap(row, day), self.forced[row][day])
            room = min(room, cap - self.counted_home[row][day])
        return room

    def _needs(self, row: int) -> bool:
        what: Row = self.board.rows[row]
        return what.min_office > 0 or bool(what.min_office_pct)

    def first_broken(self, row: int, day: int) -> Code:
        """Which half of the room is below 0: the cap or the coverage."""
        if self.board.rows[row].group is not None:
            return Code.GROUP_OFFICE
        if self.has_cap(row) and max(self.cap(row, day), self.forced[row][day]) < self.counted_home[row][day]:
            return Code.UNIT_CAP
        return Code.UNIT_OFFICE


class _Box9:
    """Places the box-9 patterns and lets them yield where they must."""

    def __init__(self, board: Board, rows: _RowCounts) -> None:
        self.board, self.rows = board, rows
        self.lost: dict[tuple[int, int], Revocation] = {}
        self.losses = [0] * len(board.ids)

    def place(self) -> None:
        board = self.board
        mode = board.problem.rules.box9
        who = [p for p in board.people if board.kind(p) is PersonKind.BOX9]
        if mode is Box9Mode.NONE or not who:
            return
        people = board.problem.people
        phases = box9.spread_phases([(people[p].id, people[p].unit, people[p].box9_phase) for p in who], mode)
        for person in who:
            phase = phases[people[person].id]
            board.phases[people[person].id] = phase
            self._place_person(person, phase)
        self._mend_rows(who)
        while self._bring_back():
            pass
        board.revocations.extend(self.lost[cell] for cell in sorted(self.lost))

    def _place_person(self, person: int, phase: int) -> None:
        board = self.board
        allowed = board.present[person] & ~board.past & ~board.barred[person] & ~board.fixed[person]
        allowed &= ~board.locked_office[person]
        for day in bits(allowed):
            if box9.is_home_day(board.problem.rules.box9, phase, day, board.days[day]):
                code = self._own_rule(person, day)
                if code is None:
                    self._put(person, day)
                else:
                    self._lose(person, day, Revocation(person=board.ids[person], day=board.days[day], code=code))

    def _own_rule(self, person: int, day: int) -> Code | None:
        """The rule of the person's own run or week that one more home day would break."""
        board = self.board
        place = board.places[person][day]
        if makes_long_run(board.run_mask[person] | 1 << place, place, board.run_limit[person]):
            return Code.CONSECUTIVE
        office, home = week_limits(board, person, board.week[day])
        if office < 1:
            return Code.WEEK_OFFICE
        return Code.WEEK_HOME if home < 1 else None

    def _put(self, person: int, day: int) -> None:
        board = self.board
        board.pattern[person] |= 1 << day
        board.fixed[person] |= 1 << day
        board.layer[person, day] = Layer.BOX9
        board.run_mask[person] |= 1 << board.places[person][day]
        self.rows.add(person, day, 1)

    def _take(self, person: int, day: int) -> None:
        board = self.board
        board.pattern[person] &= ~(1 << day)
        board.fixed[person] &= ~(1 << day)
        del board.layer[person, day]
        board.run_mask[person] &= ~(1 << board.places[person][day])
        self.rows.add(person, day, -1)

    def _lose(self, person: int, day: int, record: Revocation) -> None:
        self.lost[person, day] = record
        self.losses[person] += 1

    def _mend_rows(self, who: list[int]) -> None:
        """Bottom up, so that one withdrawal in a part also helps the whole."""
        board = self.board
        touched = sorted({row for person in who for row in board.chains[person]})
        order = [row for row in board.bottom_up() if row in set(touched)]
        for day in range(len(board.days)):
            if board.past >> day & 1:
                continue
            for row in order:
                while self.rows.room(row, day) < 0 and self._yield_one(row, day):
                    pass

    def _yield_one(self, row: int, day: int) -> bool:
        """Withdraw the day from whoever lost least so far; False if nobody of the row has it by pattern."""
        board = self.board
        able = [p for p in board.rows[row].members if board.pattern[p] >> day & 1]
        if not able:
            return False
        person = min(able, key=lambda p: (self.losses[p], p))
        what = board.rows[row]
        self._lose(
            person,
            day,
            Revocation(
                person=board.ids[person],
                day=board.days[day],
                code=self.rows.first_broken(row, day),
                unit=what.unit,
                group=what.group,
            ),
        )
        self._take(person, day)
        return True

    def _bring_back(self) -> bool:
        """Give back what fits after all; True if anything was."""
        board, changed = self.board, False
        for person, day in sorted(self.lost):
            if self._own_rule(person, day) is not None:
                continue
            self._put(person, day)
            if any(self.rows.room(row, day) < 0 for row in board.chains[person]):
                self._take(person, day)
                continue
            del self.lost[person, day]
            self.losses[person] -= 1
            changed = True
        return changed


def _open_cells(board: Board) -> None:
    for person in board.people:
        if board.kind(person) is PersonKind.REGULAR:
            taken = board.past | board.closed[person] | board.fixed[person] | board.locked_office[person]
            board.open.append(board.present[person] & ~taken)
        else:
            board.open.append(0)


def _rooms(board: Board, rows: _RowCounts) -> None:
    for row in range(len(board.rows)):
        line = []
        for day in range(len(board.days)):
            if board.past >> day & 1:
                line.append(0)
                continue
            room = rows.room(row, day)
            if room < 0:
                board.broken.append((row, day))
            line.append(max(room, 0))
            _note_overrun(board, rows, row, day)
        board.room.append(line)


def _note_overrun(board: Board, rows: _RowCounts, row: int, day: int) -> None:
    what = board.rows[row]
    if what.unit is not None and rows.has_cap(row) and rows.forced[row][day] > rows.cap(row, day):
        board.overruns.append(
            Overrun(unit=what.unit, day=board.days[day], cap=rows.cap(row, day), count=rows.forced[row][day])
        )


def week_limits(board: Board, person: int, week: int) -> tuple[int, int]:
    """How many more home days the week takes by the office minimum, and by the home limit.

    Days before the period and days still to come count with the first and last week. What happened or
    is mandatory never breaks the minimum: it only lowers what can be asked of the days that are left.
    """
    rules = board.problem.rules
    who = board.problem.people[person]
    if who.kind in rules.exempt_weekly:
        return PLENTY, PLENTY
    mask = board.week_masks[week]
    first, last = week == 0, week == len(board.week_masks) - 1
    office_before = who.office_before if first else 0
    home_before = who.home_before if first else 0
    after = board.problem.days_after if last else 0
    chosen = board.locked_home[person] | board.pattern[person]
    there = (board.present[person] & mask).bit_count()
    forced = (board.fixed[person] & ~chosen & mask).bit_count()
    taken = (chosen & mask).bit_count()
    able = there - forced
    need = min(rules.min_office_per_week, office_before + able + after)
    by_office = able - taken - max(0, need - office_before - after)
    if rules.max_home_per_week is None:
        return by_office, PLENTY
    return by_office, max(0, rules.max_home_per_week - home_before - forced) - taken


def _week_rooms(board: Board) -> None:
    most = board.problem.rules.max_home_per_period
    for person in board.people:
        if not board.open[person]:
            board.week_room.append([0] * len(board.week_masks))
            board.period_room.append(0)
            continue
        rooms = [max(0, min(week_limits(board, person, week))) for week in range(len(board.week_masks))]
        board.week_room.append(rooms)
        used = board.fixed[person].bit_count()
        board.period_room.append(PLENTY if most is None else max(0, most - used))


def fair_days(board: Board, person: int) -> int:
    """Days on which a home day by choice was possible: not away, not mandatory, not closed, not held at the office."""
    return board.present[person] & ~board.mandatory[person] & ~board.closed[person] & ~board.locked_office[person]


def _fair_shares(board: Board) -> None:
    """What counts in a person's balance although the rotation no longer chooses it: past and locked days."""
    for person in board.people:
        if board.kind(person) is not PersonKind.REGULAR:
            board.given.append(0)
            board.shares.append(0)
            continue
        countable = fair_days(board, person)
        given = board.fixed[person] & ~board.mandatory[person]
        board.given.append(given.bit_count())
        board.shares.append((countable | given).bit_count())
