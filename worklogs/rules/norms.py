"""How many logged minutes a day and a month ask for, and where a person stands.

Log minutes say how much of the time was described and validated; they are a norm of their own and
are never added to, or taken from, the 37.5 hours of attendance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from worklogs.rules.policy import LogPolicy, MonthBasis
from worklogs.rules.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class NormDay:
    """What one day asks of one person.

    `is_working` by the unit's calendar; `away` is the share of the day on approved leave or
    training, 0 to 1. Official travel is work and is not `away`.
    """

    day: date
    is_working: bool
    away: Fraction = Fraction(0)

    @property
    def effective(self) -> Fraction:
        """The share of the day that counts: 0 on a day off, 1 on a full working day."""
        return 1 - self.away if self.is_working else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMeter:
    """Where a person stands in a month; all minutes.

    `approved` counts as evidence; `pending` was sent and waits (never held against the person);
    `drafted` is written but not sent (returned entries too). `forecast` continues the pace of the
    days gone; None before the first effective day is over.
    """

    norm: int
    approved: int
    pending: int
    drafted: int
    forecast: int | None
    effective_days_gone: Fraction
    effective_days_left: Fraction
    needed_per_day: int

    @property
    def written(self) -> int:
        return self.approved + self.pending + self.drafted

    @property
    def open_minutes(self) -> int:
        """Written and not yet approved."""
        return self.pending + self.drafted

    @property
    def left(self) -> int:
        """Minutes still missing to the norm; 0 when it is reached."""
        return max(0, self.norm - self.written)

    @property
    def reaches_norm(self) -> bool:
        return (self.forecast if self.forecast is not None else self.written) >= self.norm


def rounded(value: Fraction) -> int:
    """Nearest whole minute, halves up."""
    return int(value + Fraction(1, 2))


def part_time_share(weekly_minutes: int | None, policy: LogPolicy) -> Fraction:
    """The person's week over the full week, at most 1; None means a full week."""
    if weekly_minutes is None:
        return Fraction(1)
    return min(Fraction(1), Fraction(max(0, weekly_minutes), policy.full_week_minutes))


def day_norm(day: NormDay, policy: LogPolicy, *, weekly_minutes: int | None = None) -> int:
    """Minutes asked of this day: the daily norm × the effective share × the person's week."""
    return rounded(policy.daily_minutes * day.effective * part_time_share(weekly_minutes, policy))


def month_norm(days: Sequence[NormDay], policy: LogPolicy, *, weekly_minutes: int | None = None) -> int:
    """Minutes asked of the month, prorated by effective working days and leave; 0 without an effective day.

    `days` are all days of the month on which the person is employed here, in any order.
    """
    working = sum(1 for d in days if d.is_working)
    effective = sum((d.effective for d in days), Fraction(0))
    if not working or not effective:
        return 0
    if policy.month_basis is MonthBasis.SHARE:
        full = policy.monthly_minutes * effective / working
    elif policy.month_basis is MonthBasis.DAILY:
        full = policy.daily_minutes * effective
    else:
        full = max(Fraction(0), policy.monthly_minutes - policy.daily_minutes * (working - effective))
    return rounded(full * part_time_share(weekly_minutes, policy))


def counted_minutes(minutes: int, policy: LogPolicy) -> int:
    """Minutes of one day that count: what was logged, up to the day's maximum."""
    return min(max(0, minutes), policy.day_max_minutes)


def minutes_by_state(minutes: Mapping[date, Mapping[State, int]], policy: LogPolicy) -> tuple[int, int, int]:
    """Approved, pending and drafted minutes of a month, each day cut to its maximum.

    What is cut is taken from drafts first, then from pending: approved minutes stand firmest.
    Rejected entries do not count.
    """
    approved = pending = drafted = 0
    for by_state in minutes.values():
        room = policy.day_max_minutes
        taken = []
        for states in ((State.APPROVED,), (State.SUBMITTED,), (State.DRAFT, State.RETURNED)):
            here = min(room, sum(by_state.get(s, 0) for s in states))
            room -= here
            taken.append(here)
        approved, pending, drafted = approved + taken[0], pending + taken[1], drafted + taken[2]
    return approved, pending, drafted


def month_meter(
    days: Sequence[NormDay],
    minutes: Mapping[date, Mapping[State, int]],
    policy: LogPolicy,
    *,
    today: date,
    weekly_minutes: int | None = None,
) -> MonthMeter:
    """The month's standing on `today`; today itself counts as gone only when something is logged on it.

    Forecast = written so far + pace × effective days left, where pace is written ÷ effective days
    gone. `needed_per_day` rounds up, so that keeping to it reaches the norm.
    """
    norm = month_norm(days, policy, weekly_minutes=weekly_minutes)
    approved, pending, drafted = minutes_by_state(minutes, policy)
    written = approved + pending + drafted
    gone, left = _gone_and_left(days, minutes.keys(), today)
    missing = max(0, norm - written)
    return MonthMeter(
        norm=norm,
        approved=approved,
        pending=pending,
        drafted=drafted,
        forecast=rounded(written + Fraction(written) / gone * left) if gone else None,
        effective_days_gone=gone,
        effective_days_left=left,
        needed_per_day=-int(-missing // left) if left else missing,
    )


def _gone_and_left(days: Sequence[NormDay], logged: Iterable[date], today: date) -> tuple[Fraction, Fraction]:
    logged = set(logged)
    gone = left = Fraction(0)
    for d in days:
        if d.day < today or (d.day == today and d.day in logged):
            gone += d.effective
        else:
            left += d.effective
    return gone, left
