"""The words of attendance arithmetic: facts that go in, results that come out.

Clock times inside one duty day are whole minutes counted from local midnight of that day, so 450 is 07:30 and 1860 is
07:00 of the following morning. Instants are aware datetimes. Durations are whole minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

DAY_MINUTES = 1440


class DayKind(StrEnum):
    """Why a day is, or is not, a day of work for somebody."""

    WORKDAY = "WORKDAY"
    DAY_OFF = "DAY_OFF"
    NATIONAL_HOLIDAY = "NATIONAL_HOLIDAY"
    COLLECTIVE_LEAVE = "COLLECTIVE_LEAVE"
    REGIONAL_HOLIDAY = "REGIONAL_HOLIDAY"


class HoursMode(StrEnum):
    """FIXED: agency hours. FLEXIBLE: any time, only the week counts. SHIFT: a roster, nights included."""

    FIXED = "FIXED"
    FLEXIBLE = "FLEXIBLE"
    SHIFT = "SHIFT"


class Direction(StrEnum):
    """What a punch says about presence. NONE: the device said nothing that can be used."""

    IN = "IN"
    OUT = "OUT"
    BREAK_OUT = "BREAK_OUT"
    BREAK_IN = "BREAK_IN"
    NONE = "NONE"


class AbsenceEffect(StrEnum):
    """What an approved absence does to the sums of its day.

    CREDIT fills the day up to its scheduled minutes. CUT_TARGET takes the day out of the target. BY_POLICY is one of
    the two, as `HoursPolicy.leave_effect` says. UNEXCUSED credits nothing and counts as a day without reason.
    """

    CREDIT = "CREDIT"
    CUT_TARGET = "CUT_TARGET"
    BY_POLICY = "BY_POLICY"
    UNEXCUSED = "UNEXCUSED"


class DayStatus(StrEnum):
    """One word for the day, the first that fits from the top.

    UPCOMING: not over and no presence yet. OPEN: somebody is inside. HOLIDAY and OFF: nothing scheduled. EXCUSED: the
    whole day is covered. ABSENT: scheduled, not covered, never seen. INCOMPLETE: a clock-in or clock-out is missing.
    LATE_AND_EARLY, LATE, EARLY, PRESENT speak for themselves.
    """

    UPCOMING = "UPCOMING"
    OPEN = "OPEN"
    HOLIDAY = "HOLIDAY"
    OFF = "OFF"
    EXCUSED = "EXCUSED"
    ABSENT = "ABSENT"
    INCOMPLETE = "INCOMPLETE"
    LATE_AND_EARLY = "LATE_AND_EARLY"
    LATE = "LATE"
    EARLY = "EARLY"
    PRESENT = "PRESENT"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation: a code and its numbers. The words are added where it is shown."""

    code: str
    values: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person should look at; `severity` is BLOCKS, WARNS or NOTES."""

    code: str
    severity: str
    message: str
    day: date | None = None
    values: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """Working hours of one kind of day. `ends` may pass 1440 for a shift that ends on the next morning.

    `quota` is the minutes owed when they are not simply the span less the breaks (flexible hours, contracts);
    `core` is the window in which even flexible staff must be present, None for no such window.
    """

    starts: int
    ends: int
    breaks: tuple[tuple[int, int], ...] = ()
    quota: int | None = None
    core: tuple[int, int] | None = None
    label: str = ""

    @property
    def minutes(self) -> int:
        """Minutes owed: the quota, or the span less the breaks inside it."""
        if self.quota is not None:
            return self.quota
        inside = sum(max(0, min(b, self.ends) - max(a, self.starts)) for a, b in self.breaks)
        return self.ends - self.starts - inside


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedDay:
    """What the office expects of one person on one duty day, in the zone of the unit.

    `starts` and `ends` are None when nothing is scheduled. `scheduled_minutes` already excludes breaks and is 0 on
    holidays, collective leave and days off. `offset_minutes` is the unit's distance from UTC (420 = WIB).
    """

    day: date
    kind: DayKind = DayKind.WORKDAY
    mode: HoursMode = HoursMode.FIXED
    starts: int | None = None
    ends: int | None = None
    breaks: tuple[tuple[int, int], ...] = ()
    core: tuple[int, int] | None = None
    scheduled_minutes: int = 0
    offset_minutes: int = 420
    is_ramadan: bool = False
    label: str = ""

    @property
    def zone(self) -> timezone:
        return timezone(timedelta(minutes=self.offset_minutes))

    def at(self, minute: int) -> datetime:
        """The instant that stands `minute` minutes after local midnight of this day."""
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=self.zone)
        return midnight + timedelta(minutes=minute)

    @property
    def starts_at(self) -> datetime | None:
        return None if self.starts is None else self.at(self.starts)

    @property
    def ends_at(self) -> datetime | None:
        return None if self.ends is None else self.at(self.ends)


@dataclass(frozen=True, slots=True)
class Punch:
    """One press of a clock, of a finger or of a button. `certain`: the direction was chosen by a person or by the
    application from the schedule, so it is believed whatever the policy says of terminals."""

    at: datetime
    direction: Direction = Direction.NONE
    certain: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Presence from `starts_at` up to `ends_at`. `opened` and `closed` say which ends were supplied by a rule."""

    starts_at: datetime
    ends_at: datetime
    opened: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """The pairs of one duty day and what had to be done to find them.

    `unpaired_in_at`: an in-press without an out-press, whether the day is over or not. `open_since`: the same, only
    while the day is not over. `missing_in` / `missing_out`: the day is over and a press is lacking; the pair made by
    rule, if any, is marked.
    """

    pairs: tuple[Pair, ...] = ()
    first_in_at: datetime | None = None
    last_out_at: datetime | None = None
    unpaired_in_at: datetime | None = None
    open_since: datetime | None = None
    missing_in: bool = False
    missing_out: bool = False
    auto_closed: bool = False
    repeats: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """An approved absence touching one day. `starts`/`ends` in minutes of the day for a part of it, None for all."""

    code: str
    effect: AbsenceEffect = AbsenceEffect.CREDIT
    starts: int | None = None
    ends: int | None = None

    @property
    def is_partial(self) -> bool:
        return self.starts is not None and self.ends is not None


@dataclass(frozen=True, slots=True)
class Bracket:
    """Minutes in `[from_minutes, to_minutes)`; None = no upper end. `points`: hundredths of a per cent (50 = 0.5 %)."""

    from_minutes: int
    to_minutes: int | None
    code: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayResult:
    """The sums of one duty day. All durations in whole minutes, each floored once.

    presence: everything seen. worked: what counts of it. credited: added by leave, travel or duty.
    total = worked + credited. target: what the day owes (scheduled, unless leave cuts it).
    late/early: by the clock after tolerance; unexcused: what accumulates toward absent days.
    """

    day: date
    status: DayStatus
    kind: DayKind = DayKind.WORKDAY
    scheduled_minutes: int = 0
    target_minutes: int = 0
    presence_minutes: int = 0
    break_minutes: int = 0
    worked_minutes: int = 0
    credited_minutes: int = 0
    late_minutes: int = 0
    early_minutes: int = 0
    unexcused_minutes: int = 0
    late_code: str = ""
    early_code: str = ""
    cut_points: int = 0
    absent_days: int = 0
    first_in_at: datetime | None = None
    last_out_at: datetime | None = None
    open_since: datetime | None = None
    missing_in: bool = False
    missing_out: bool = False
    auto_closed: bool = False
    absence_code: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def total_minutes(self) -> int:
        return self.worked_minutes + self.credited_minutes

    @property
    def balance_minutes(self) -> int:
        """Total less target; negative when something is still owed."""
        return self.worked_minutes + self.credited_minutes - self.target_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekResult:
    """Sums over Monday to Sunday; every figure is the sum of the days' whole minutes."""

    monday: date
    target_minutes: int = 0
    worked_minutes: int = 0
    credited_minutes: int = 0
    late_minutes: int = 0
    early_minutes: int = 0
    unexcused_minutes: int = 0
    absent_days: int = 0
    days: int = 0
    is_final: bool = True
    steps: tuple[Step, ...] = ()

    @property
    def total_minutes(self) -> int:
        return self.worked_minutes + self.credited_minutes

    @property
    def balance_minutes(self) -> int:
        return self.total_minutes - self.target_minutes

    @property
    def short_minutes(self) -> int:
        return max(0, self.target_minutes - self.total_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What the next press means: a direction, the duty day it belongs to, and why (a code)."""

    direction: Direction
    day: date
    reason: str
    is_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coach:
    """Where somebody stands in the running week.

    `running_minutes`: from the open pair, not yet in any summary. `left_minutes`: target less done less running.
    `ahead_minutes`: scheduled minutes still to come in the week, the rest of today included.
    `leave_at`: when the last working day may end if every other day is kept; None when the week is reached already
    without it, or cannot be reached. `warns`: from the policy's weekday on, the schedule alone will not do.
    """

    target_minutes: int
    done_minutes: int
    running_minutes: int
    left_minutes: int
    ahead_minutes: int
    last_day: date | None
    leave_at: datetime | None
    is_reached: bool
    is_reachable: bool
    warns: bool
    steps: tuple[Step, ...] = ()
