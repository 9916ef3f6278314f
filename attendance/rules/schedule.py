"""Which hours hold for whom on which day: agency hours, Ramadan, six days, shifts, contracts of their own.

Source: Perpres 21/2023 Pasal 3, 4, 7 (days and hours), Kepmen PANRB 16/2025 diktum 14 (PPPK paruh waktu).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from attendance.rules.calendar import Calendar
from attendance.rules.kinds import DAY_MINUTES, DayKind, DayPlan, ExpectedDay, Finding, HoursMode
from attendance.rules.policy import HoursPolicy

MORNING_SHIFT = DayPlan(starts=420, ends=840, label="PAGI")  # 07-14
AFTERNOON_SHIFT = DayPlan(starts=840, ends=1260, label="SIANG")  # 14-21
NIGHT_SHIFT = DayPlan(starts=1260, ends=1860, label="MALAM")  # 21-07
Week = tuple[DayPlan | None, ...]


class _Unset:
    """Marks "no roster row was looked up", which differs from "the roster says: free"."""


UNSET: Final = _Unset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A pattern of hours: either a week (Monday first) with its Ramadan twin, or a cycle of shifts.

    `ramadan` empty: the normal week holds in Ramadan too. `cycle` repeats from `cycle_starts_on` in both directions.
    `observes_holidays` None: yes, except for shifts where `HoursPolicy.roster_keeps_holidays` says otherwise.
    """

    code: str
    mode: HoursMode = HoursMode.FIXED
    normal: Week = ()
    ramadan: Week = ()
    cycle: Week = ()
    cycle_starts_on: date | None = None
    observes_holidays: bool | None = None

    def plan_for(self, day: date, *, is_ramadan: bool) -> DayPlan | None:
        """The hours of this day before holidays are looked at; None = free."""
        if self.cycle and self.cycle_starts_on is not None:
            return self.cycle[(day - self.cycle_starts_on).days % len(self.cycle)]
        week = self.ramadan if is_ramadan and self.ramadan else self.normal
        return week[day.weekday()] if week else None

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "mode": str(self.mode),
            "normal": [_write_plan(p) for p in self.normal],
            "ramadan": [_write_plan(p) for p in self.ramadan],
            "cycle": [_write_plan(p) for p in self.cycle],
            "cycle_starts_on": self.cycle_starts_on.isoformat() if self.cycle_starts_on else None,
            "observes_holidays": self.observes_holidays,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Schedule:
        """Raises ValueError when neither a seven-day week nor a dated cycle is given."""
        first_day = data.get("cycle_starts_on")
        schedule = cls(
            code=data["code"],
            mode=HoursMode(data.get("mode", "FIXED")),
            normal=tuple(_read_plan(p) for p in data.get("normal") or ()),
            ramadan=tuple(_read_plan(p) for p in data.get("ramadan") or ()),
            cycle=tuple(_read_plan(p) for p in data.get("cycle") or ()),
            cycle_starts_on=date.fromisoformat(first_day) if first_day else None,
            observes_holidays=data.get("observes_holidays"),
        )
        if not schedule.cycle and len(schedule.normal) != 7:
            raise ValueError(f"schedule {schedule.code}: a week has {len(schedule.normal)} days; give 7, or a cycle")
        if schedule.cycle and schedule.cycle_starts_on is None:
            raise ValueError(f"schedule {schedule.code}: a cycle needs cycle_starts_on")
        if schedule.ramadan and len(schedule.ramadan) != 7:
            raise ValueError(f"schedule {schedule.code}: the Ramadan week has {len(schedule.ramadan)} days; give 7")
        return schedule


def _write_plan(plan: DayPlan | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    return {
        "starts": plan.starts,
        "ends": plan.ends,
        "breaks": [list(b) for b in plan.breaks],
        "quota": plan.quota,
        "core": list(plan.core) if plan.core else None,
        "label": plan.label,
    }


def _read_plan(data: Mapping[str, Any] | None) -> DayPlan | None:
    if data is None:
        return None
    core = data.get("core")
    return DayPlan(
        starts=int(data["starts"]),
        ends=int(data["ends"]),
        breaks=tuple((int(a), int(b)) for a, b in data.get("breaks") or ()),
        quota=data.get("quota"),
        core=(int(core[0]), int(core[1])) if core else None,
        label=data.get("label") or "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleInForce:
    """A schedule decreed for a unit (None = everybody) from one day to another, both inclusive, None = open."""

    schedule: Schedule
    starts_on: date
    ends_on: date | None = None
    unit_id: int | None = None


def schedule_for(rows: Iterable[ScheduleInForce], day: date, unit_chain: Sequence[int] = ()) -> Schedule | None:
    """The schedule of the nearest unit that has one on this day; of two for one unit the later decreed wins.

    `unit_chain` runs from the person's own unit up to the institution; rows without a unit stand above all of them.
    """
    best: tuple[int, int] | None = None
    chosen = None
    for row in rows:
        if row.starts_on > day or (row.ends_on is not None and row.ends_on < day):
            continue
        if row.unit_id is not None and row.unit_id not in unit_chain:
            continue
        distance = len(unit_chain) if row.unit_id is None else unit_chain.index(row.unit_id)
        rank = (-distance, row.starts_on.toordinal())
        if best is None or rank > best:
            best, chosen = rank, row.schedule
    return chosen


# -- ready made patterns -----------------------------------------------------------------------------------------


def _plan(starts: int, minutes: int, breaks: tuple[tuple[int, int], ...], label: str = "") -> DayPlan:
    return DayPlan(starts=starts, ends=end_of_work(starts, minutes, breaks), breaks=breaks, label=label)


def end_of_work(starts: int, minutes: int, breaks: tuple[tuple[int, int], ...]) -> int:
    """The minute of the day at which so many minutes of work are done when started at `starts`, breaks left out."""
    at = starts
    for begins, ends in sorted(breaks):
        if ends <= at:
            continue
        free = max(0, begins - at)
        if free >= minutes:
            break
        minutes -= free
        at = ends
    return at + minutes


def standard_five_day(policy: HoursPolicy) -> Schedule:
    """Monday to Friday, the weekly norm in five equal parts; Friday ends later because its break is longer."""
    daily, fasting = policy.weekly_minutes // 5, policy.weekly_minutes_ramadan // 5
    usual = _plan(policy.starts, daily, policy.breaks)
    friday = _plan(policy.starts, daily, policy.breaks_friday)
    short = _plan(policy.starts_ramadan, fasting, policy.breaks_ramadan)
    short_friday = _plan(policy.starts_ramadan, fasting, policy.breaks_ramadan_friday)
    return Schedule(
        code="FIVE_DAY",
        normal=(usual,) * 4 + (friday, None, None),
        ramadan=(short,) * 4 + (short_friday, None, None),
    )


def standard_six_day(policy: HoursPolicy) -> Schedule:
    """Monday to Saturday for units exempt under Pasal 7.

    Normal weeks: six equal parts with the shorter breaks (the PPK sets them, this is only a default). Ramadan:
    08:00-14:00 on all days, so Friday is half an hour shorter than the others.
    """
    daily = policy.weekly_minutes // 6
    usual = _plan(policy.starts, daily, policy.breaks_ramadan)
    friday = _plan(policy.starts, daily, policy.breaks_ramadan_friday)
    fasting = (policy.weekly_minutes_ramadan + 30) // 6
    short = _plan(policy.starts_ramadan, fasting, policy.breaks_ramadan)
    short_friday = DayPlan(starts=short.starts, ends=short.ends, breaks=policy.breaks_ramadan_friday)
    return Schedule(
        code="SIX_DAY",
        normal=(usual,) * 4 + (friday, usual, None),
        ramadan=(short,) * 4 + (short_friday, short, None),
    )


def shift_plan(starts: int, ends: int, break_minutes: int = 0, label: str = "") -> DayPlan:
    """One shift of a roster; a break of which only the length is known lies in the middle of the shift."""
    middle = (starts + ends - break_minutes) // 2
    breaks = ((middle, middle + break_minutes),) if break_minutes else ()
    return DayPlan(starts=starts, ends=ends, breaks=breaks, label=label)


def three_shift(cycle_starts_on: date, cycle: Week | None = None) -> Schedule:
    """Hospital shifts 07-14, 14-21, 21-07.

    The default cycle: two mornings, two afternoons, a night, two days free.
    """
    default = (MORNING_SHIFT, MORNING_SHIFT, AFTERNOON_SHIFT, AFTERNOON_SHIFT, NIGHT_SHIFT, None, None)
    return Schedule(code="THREE_SHIFT", mode=HoursMode.SHIFT, cycle=cycle or default, cycle_starts_on=cycle_starts_on)


def flexible(policy: HoursPolicy, *, core: tuple[int, int] | None = None) -> Schedule:
    """Flexible time (Perpres 21/2023 Pasal 8): the minutes of agency hours, at any time inside the policy's window."""
    base = standard_five_day(policy)

    def loosen(plan: DayPlan | None) -> DayPlan | None:
        if plan is None:
            return None
        return DayPlan(
            starts=policy.flexible_from, ends=policy.flexible_until, breaks=plan.breaks, quota=plan.minutes, core=core
        )

    return Schedule(
        code="FLEXIBLE",
        mode=HoursMode.FLEXIBLE,
        normal=tuple(loosen(p) for p in base.normal),
        ramadan=tuple(loosen(p) for p in base.ramadan),
    )


def with_weekly_minutes(week: Week, weekly_minutes: int) -> Week:
    """The same week carrying other minutes, spread in proportion to the days; the sum is exact to the minute.

    Every day keeps its start and its break windows; only its end moves. An empty or free week stays as it is.
    """
    whole = sum(p.minutes for p in week if p is not None)
    if whole == 0 or whole == weekly_minutes:
        return week
    resized: list[DayPlan | None] = []
    passed = given = 0
    for plan in week:
        if plan is None:
            resized.append(None)
            continue
        passed += plan.minutes
        share = weekly_minutes * passed // whole - given
        given += share
        resized.append(_resized(plan, share))
    return tuple(resized)


def _resized(plan: DayPlan, minutes: int) -> DayPlan:
    if plan.quota is not None:
        return DayPlan(
            starts=plan.starts, ends=plan.ends, breaks=plan.breaks, quota=minutes, core=plan.core, label=plan.label
        )
    return _plan(plan.starts, minutes, plan.breaks, plan.label)


@lru_cache(maxsize=4096)
def with_contract(schedule: Schedule, weekly_minutes: int, policy: HoursPolicy) -> Schedule:
    """The schedule of somebody whose contract names its own weekly minutes. A roster is left as it was drawn."""
    if schedule.cycle:
        return schedule
    fasting = weekly_minutes
    if policy.pppk_part_time_in_ramadan == "SCALE":
        fasting = weekly_minutes * policy.weekly_minutes_ramadan // policy.weekly_minutes
    return Schedule(
        code=schedule.code,
        mode=schedule.mode,
        normal=with_weekly_minutes(schedule.normal, weekly_minutes),
        ramadan=with_weekly_minutes(schedule.ramadan, fasting),
        observes_holidays=schedule.observes_holidays,
    )


# -- one day -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def offset_minutes(zone: str | int, day: date) -> int:
    """Distance of a zone from UTC at noon of that day, in minutes; a number is taken as it is."""
    if isinstance(zone, int):
        return zone
    offset = datetime.combine(day, time(12), tzinfo=ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) // 60 if offset is not None else 0


def expected_day(
    policy: HoursPolicy,
    schedule: Schedule,
    calendar: Calendar,
    day: date,
    *,
    zone: str | int = "Asia/Jakarta",
    weekly_minutes: int | None = None,
    shift: DayPlan | _Unset | None = UNSET,
) -> ExpectedDay:
    """What this schedule asks on this day, after Ramadan, holidays and the person's contract.

    `weekly_minutes` is the contract of a PPPK paruh waktu. `shift` is a person's own roster row, None meaning free;
    it takes the place of the schedule's pattern.
    """
    is_ramadan = calendar.is_ramadan(day)
    mode = schedule.mode
    if isinstance(shift, _Unset):
        if weekly_minutes is not None:
            schedule = with_contract(schedule, weekly_minutes, policy)
        plan = schedule.plan_for(day, is_ramadan=is_ramadan)
    else:
        plan, mode = shift, HoursMode.SHIFT
    kind = calendar.kind_of(day)
    observes = schedule.observes_holidays
    if observes is None:
        observes = not (mode is HoursMode.SHIFT and policy.roster_keeps_holidays)
    offset = offset_minutes(zone, day)
    if plan is None or (kind is not DayKind.WORKDAY and observes):
        kind = DayKind.DAY_OFF if kind is DayKind.WORKDAY else kind
        return ExpectedDay(day=day, kind=kind, mode=mode, offset_minutes=offset, is_ramadan=is_ramadan)
    return ExpectedDay(
        day=day,
        kind=kind,
        mode=mode,
        starts=plan.starts,
        ends=plan.ends,
        breaks=plan.breaks,
        core=plan.core,
        scheduled_minutes=plan.minutes,
        offset_minutes=offset,
        is_ramadan=is_ramadan,
        label=plan.label,
    )


# -- rosters -----------------------------------------------------------------------------------------------------


def check_roster(
    policy: HoursPolicy, shifts: Sequence[DayPlan | None], *, starts_on: date | None = None
) -> list[Finding]:
    """What is wrong with a roster period (or one turn of a cycle), all of it, in day order.

    The minutes must reach the weekly norm on average over the period; single light weeks are no fault. Two shifts that
    overlap cannot be worked.
    """
    findings = _overlaps(shifts, starts_on)
    minutes = sum(p.minutes for p in shifts if p is not None)
    needed = policy.weekly_minutes * len(shifts)
    if minutes * 7 < needed:
        average = minutes * 7 // len(shifts)
        findings.append(
            Finding(
                code="roster_below_norm",
                severity="WARNS",
                message=f"The roster averages {average} minutes a week; the norm is {policy.weekly_minutes}.",
                day=starts_on,
                values={"average": average, "norm": policy.weekly_minutes, "days": len(shifts)},
            )
        )
    return findings


def _overlaps(shifts: Sequence[DayPlan | None], starts_on: date | None) -> list[Finding]:
    findings = []
    for number, (today, tomorrow) in enumerate(pairwise(shifts)):
        if today is None or tomorrow is None or today.ends <= DAY_MINUTES + tomorrow.starts:
            continue
        day = date.fromordinal(starts_on.toordinal() + number) if starts_on else None
        findings.append(
            Finding(
                code="shifts_overlap",
                severity="BLOCKS",
                message=f"Shift {number + 1} of the roster ends after shift {number + 2} begins.",
                day=day,
                values={"position": number + 1},
            )
        )
    return findings
