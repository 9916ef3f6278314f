"""Everything the regulations leave open, as one named field each with a stated default.

A policy is dated where it is stored (with its legal basis); here it is only its values. JSON in, JSON out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any

from attendance.rules.kinds import AbsenceEffect, Bracket

# Permentan 68/2012; other regions replace the table. "No clock" takes the last row.
LATE_BRACKETS = (
    Bracket(1, 31, "TL1", 50),
    Bracket(31, 61, "TL2", 100),
    Bracket(61, 91, "TL3", 150),
    Bracket(91, None, "TL4", 200),
)
EARLY_BRACKETS = (
    Bracket(1, 31, "PSW1", 50),
    Bracket(31, 61, "PSW2", 100),
    Bracket(61, 91, "PSW3", 150),
    Bracket(91, None, "PSW4", 200),
)
# Codes: leave of PP 11/2017 (CT CB CS CM CAP, CBer), duty (DL PD DK TB), dispensation (DISP), unpaid leave (CLTN),
# suspension (SKORS), study with release (TBL), without reason (TK).
ABSENCE_EFFECTS = (
    ("CT", AbsenceEffect.BY_POLICY),
    ("CB", AbsenceEffect.BY_POLICY),
    ("CS", AbsenceEffect.BY_POLICY),
    ("CM", AbsenceEffect.BY_POLICY),
    ("CAP", AbsenceEffect.BY_POLICY),
    ("CBER", AbsenceEffect.BY_POLICY),
    ("DL", AbsenceEffect.CREDIT),
    ("PD", AbsenceEffect.CREDIT),
    ("DK", AbsenceEffect.CREDIT),
    ("TB", AbsenceEffect.CREDIT),
    ("DISP", AbsenceEffect.CREDIT),
    ("CLTN", AbsenceEffect.CUT_TARGET),
    ("SKORS", AbsenceEffect.CUT_TARGET),
    ("TBL", AbsenceEffect.CUT_TARGET),
    ("TK", AbsenceEffect.UNEXCUSED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursPolicy:
    """How an office reads its clock. Times of day are minutes from midnight, durations minutes unless named."""

    # -- Perpres 21/2023: the norm -------------------------------------------------------------------------------
    weekly_minutes: int = 2250
    weekly_minutes_ramadan: int = 1950
    starts: int = 450  # 07:30
    starts_ramadan: int = 480  # 08:00
    # The length of the break is fixed by the Perpres, where it lies is not.
    breaks: tuple[tuple[int, int], ...] = ((720, 780),)  # 12:00-13:00
    breaks_friday: tuple[tuple[int, int], ...] = ((690, 780),)  # 11:30-13:00
    breaks_ramadan: tuple[tuple[int, int], ...] = ((720, 750),)  # 12:00-12:30
    breaks_ramadan_friday: tuple[tuple[int, int], ...] = ((690, 750),)  # 11:30-12:30

    # -- what of presence counts ---------------------------------------------------------------------------------
    counts_before_start: bool = False  # minutes before the scheduled start
    counts_after_end: bool = True  # minutes after the scheduled end: they make good an earlier loss in the week
    latest_minute: int | None = None  # nothing counts after this time of day (agency hours only); None = no limit
    flexible_from: int = 360  # 06:00; flexible hours count inside this window only
    flexible_until: int = 1320  # 22:00
    day_off_presence: str = "IGNORE"  # IGNORE | COUNT: presence on a day off or holiday, agency hours and shifts
    flexible_day_off_presence: str = "COUNT"  # the same for flexible hours: any day of the week

    # -- late and early ------------------------------------------------------------------------------------------
    tolerance_minutes: int = 0  # forgives up to and including this many; beyond it everything counts
    early_tolerance_minutes: int = 0
    tolerance_needs_replacement: bool = False  # forgiven only if as many minutes are worked after the end that day
    late_basis: str = "CLOCK"  # CLOCK | WORK: WORK leaves out break minutes that lie inside the delay
    rounding: str = "FLOOR"  # FLOOR: 07:30:59 is not late. CEIL: it is one minute late
    caps_at_scheduled: bool = True  # late and early together never exceed the day's scheduled minutes
    late_brackets: tuple[Bracket, ...] = LATE_BRACKETS
    early_brackets: tuple[Bracket, ...] = EARLY_BRACKETS
    absent_points: int = 400  # hundredths of a per cent for a day without reason
    free_late_days_per_month: int = 0  # cuts for lateness begin after this many late days in a month

    # -- missing presses -----------------------------------------------------------------------------------------
    missing_in_opens: str = "START"  # START: presence is taken from the scheduled start | NONE: nothing is credited
    missing_out_closes: str = "END"  # END: closed at the scheduled end | NONE: nothing is credited | AFTER | AT
    closes_after_minutes: int = 240  # for AFTER, and for flexible hours: so long after the clock-in, at most to the end
    closes_at_minute: int = 960  # for AT: this time of day
    missing_in_takes_top_bracket: bool = True
    missing_out_takes_top_bracket: bool = True
    missing_in_minutes: int = 0  # what a missing press adds to the minutes that accumulate toward absent days
    missing_out_minutes: int = 0

    # -- reading the punches -------------------------------------------------------------------------------------
    terminal_states: str = "AUTO"  # TRUSTED | IGNORED | AUTO: believed when the day shows both an in and an out
    debounce_seconds: int = 60
    unstated_pairs: str = "FIRST_LAST"  # FIRST_LAST | ALTERNATE: how presses without direction become pairs
    lone_punch: str = "NEAREST"  # NEAREST end of the schedule | IN | OUT
    same_side_minutes: int = 60  # first and last closer than this on one side of the shift's middle are one press
    double_in: str = "KEEP_FIRST"  # KEEP_FIRST | KEEP_LAST
    double_out: str = "KEEP_LAST"  # KEEP_LAST | KEEP_FIRST
    break_presses: str = "COUNT"  # COUNT: they end and begin presence | IGNORE
    day_cut_minute: int = 240  # 04:00: a duty day of day workers runs from here to here
    shift_slack_minutes: int = 240  # a shift is waited for this long before its start and after its end

    # -- absence -------------------------------------------------------------------------------------------------
    leave_effect: str = "CREDIT"  # CREDIT | CUT_TARGET: for the types marked BY_POLICY
    absence_effects: tuple[tuple[str, AbsenceEffect], ...] = ABSENCE_EFFECTS
    counts_gaps: bool = False  # whether leaving in the middle of the day adds to the unexcused minutes

    # -- accumulation --------------------------------------------------------------------------------------------
    minutes_per_absent_day: int = 450  # explanation of Pasal 3 angka 11 PP 53/2010, kept by custom
    rest_rounding: str = "FLOOR"  # FLOOR: only whole blocks become a day
    pppk_part_time_in_ramadan: str = "KEEP"  # KEEP the contract's minutes | SCALE by 1950/2250
    roster_keeps_holidays: bool = True  # a rostered shift on a holiday is still owed

    # -- the coach -----------------------------------------------------------------------------------------------
    warns_from_weekday: int = 2  # Wednesday
    leave_by_minute: int = 1200  # 20:00: nobody is told to stay longer

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HoursPolicy:
        """Read a stored policy; fields that are not given keep their default.

        Raises ValueError naming a field that is unknown or whose value is not among those it allows.
        """
        known = {f.name for f in fields(cls)}
        for name in data:
            if name not in known:
                raise ValueError(f"unknown policy field: {name}")
        policy = cls(**{name: _read(name, value) for name, value in data.items()})
        problems = check_policy(policy)
        if problems:
            raise ValueError(problems[0])
        return policy

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, every field, so that a stored policy does not change when a default does."""
        return {f.name: _write(getattr(self, f.name)) for f in fields(self)}

    def with_changes(self, **changes: Any) -> HoursPolicy:
        return replace(self, **changes)

    def effect_of(self, code: str) -> AbsenceEffect:
        """What an approved absence of this type does; a type that is not in the table follows `leave_effect`."""
        effect = AbsenceEffect.BY_POLICY
        for known, its_effect in self.absence_effects:
            if known == code:
                effect = its_effect
        return AbsenceEffect(self.leave_effect) if effect is AbsenceEffect.BY_POLICY else effect


DEFAULT_POLICY = HoursPolicy()

_CHOICES = {
    "day_off_presence": ("IGNORE", "COUNT"),
    "flexible_day_off_presence": ("IGNORE", "COUNT"),
    "late_basis": ("CLOCK", "WORK"),
    "rounding": ("FLOOR", "CEIL"),
    "missing_in_opens": ("START", "NONE"),
    "missing_out_closes": ("END", "NONE", "AFTER", "AT"),
    "terminal_states": ("TRUSTED", "IGNORED", "AUTO"),
    "unstated_pairs": ("FIRST_LAST", "ALTERNATE"),
    "lone_punch": ("NEAREST", "IN", "OUT"),
    "double_in": ("KEEP_FIRST", "KEEP_LAST"),
    "double_out": ("KEEP_LAST", "KEEP_FIRST"),
    "break_presses": ("COUNT", "IGNORE"),
    "leave_effect": ("CREDIT", "CUT_TARGET"),
    "rest_rounding": ("FLOOR", "CEIL"),
    "pppk_part_time_in_ramadan": ("KEEP", "SCALE"),
}
_WINDOWS = {"breaks", "breaks_friday", "breaks_ramadan", "breaks_ramadan_friday"}
_BRACKETS = {"late_brackets", "early_brackets"}


def check_policy(policy: HoursPolicy) -> list[str]:
    """Sentences about values that cannot be right; empty when the policy can be used."""
    problems = []
    for name, allowed in _CHOICES.items():
        value = getattr(policy, name)
        if value not in allowed:
            problems.append(f"{name} is {value}; allowed: {', '.join(allowed)}.")
    for name in sorted(_BRACKETS):
        problems += _check_brackets(name, getattr(policy, name))
    for name in sorted(_WINDOWS):
        if any(a >= b for a, b in getattr(policy, name)):
            problems.append(f"{name}: a break must end after it begins.")
    for name in ("debounce_seconds", "tolerance_minutes", "early_tolerance_minutes", "same_side_minutes"):
        if getattr(policy, name) < 0:
            problems.append(f"{name} is {getattr(policy, name)}; it cannot be negative.")
    if policy.minutes_per_absent_day <= 0:
        problems.append(f"minutes_per_absent_day is {policy.minutes_per_absent_day}; it must be above 0.")
    return problems


def _check_brackets(name: str, brackets: tuple[Bracket, ...]) -> list[str]:
    problems = []
    for before, after in pairwise(brackets):
        if before.to_minutes != after.from_minutes:
            problems.append(
                f"{name}: {after.code} begins at {after.from_minutes}, {before.code} ends at {before.to_minutes}."
            )
    if brackets and brackets[-1].to_minutes is not None:
        problems.append(f"{name}: the last row, {brackets[-1].code}, must have no upper end.")
    return problems


def _read(name: str, value: Any) -> Any:
    if name in _WINDOWS:
        return tuple((int(a), int(b)) for a, b in value)
    if name in _BRACKETS:
        return tuple(Bracket(b["from_minutes"], b["to_minutes"], b["code"], b["points"]) for b in value)
    if name == "absence_effects":
        return tuple((code, AbsenceEffect(effect)) for code, effect in dict(value).items())
    return value


def _write(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], Bracket):
        return [{f.name: getattr(b, f.name) for f in fields(Bracket)} for b in value]
    if value and isinstance(value[0][0], str):
        return {code: str(effect) for code, effect in value}
    return [list(window) for window in value]
