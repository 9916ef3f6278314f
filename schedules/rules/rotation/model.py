"""What the rotation engine is told: one perangkat daerah, one period, its rules and its people.

Plain frozen values, no database, no clock. Days are `datetime.date`, ids are the integers of the
caller, percentages are whole numbers of 100, counts are whole people or whole days, and the carried
balance is a `Decimal` kept to thousandths of a day. The order in which units, groups and people are
handed over means nothing: `Problem.canonical()` sorts everything, and the engine only works on that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Any

SOLVER_VERSION = "1"

THOUSANDTH = Decimal("0.001")


class PersonKind(StrEnum):
    """How the policy treats a person in general; dated exceptions stand in `Person.mandatory`."""

    REGULAR = "REGULAR"  # takes part in the rotation
    BOX9 = "BOX9"  # has a fixed pattern as a reward
    PERMANENT = "PERMANENT"  # works from anywhere by decree
    EXCLUDED = "EXCLUDED"  # always at the office


class CapBase(StrEnum):
    """Of whom a percentage is taken."""

    PRESENT = "PRESENT"  # those not on leave, travel or training that day
    ROSTER = "ROSTER"  # everybody on the list


class Box9Mode(StrEnum):
    """Readings of "three days at the office and three at home in turn"; see `box9`."""

    NONE = "NONE"
    ROLLING = "ROLLING"  # OOOHHH over working days
    ALTERNATING = "ALTERNATING"  # a week of 3H 2O, then a week of 2H 3O
    FIXED = "FIXED"  # 3O 2H every week


class ReplanMode(StrEnum):
    """What a re-plan may touch."""

    MINIMAL = "MINIMAL"  # keep what can be kept, make good only for those who lost
    FRESH = "FRESH"  # plan the days that are left anew


class Layer(StrEnum):
    """Why a person is at home on a day, in the order in which the layers are laid."""

    PAST = "PAST"
    MANDATORY = "MANDATORY"
    PERMANENT = "PERMANENT"
    LOCKED = "LOCKED"
    BOX9 = "BOX9"
    FREE = "FREE"


class ProblemError(ValueError):
    """The problem cannot be read at all: an unknown id, a circle of units, a day twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The policy in numbers.

    `max_consecutive`: home days in a row, counted over the days a person is present; None for no limit.
    `min_office_per_week`: office days per ISO week; in a short week no more than the days there are.
    `max_home_per_week`, `max_home_per_period`: upper limits per person; days fixed by other rules count.
    `cap_base`: base of `cap_pct` and `min_office_pct`.
    `exempt`: kinds that count neither in the numerator nor in the base of a cap.
    `exempt_consecutive`, `exempt_weekly`: kinds to which the run rule, or the rules per week, do not apply.
    `weekdays`: weekdays (0 = Monday) on which the rotation may send people home; None for all.
        A box-9 pattern is a right of its own and is not bound by them.
    `effective`: first and last day on which anybody may be sent home by the rotation or box 9.
    `guaranteed_min`: home days every regular person must have in the period, mandatory days included.
    """

    max_consecutive: int | None = 3
    min_office_per_week: int = 0
    max_home_per_week: int | None = None
    max_home_per_period: int | None = None
    cap_base: CapBase = CapBase.PRESENT
    exempt: frozenset[PersonKind] = frozenset({PersonKind.PERMANENT})
    exempt_consecutive: frozenset[PersonKind] = frozenset()
    exempt_weekly: frozenset[PersonKind] = frozenset()
    weekdays: frozenset[int] | None = None
    effective: tuple[date, date] | None = None
    guaranteed_min: int = 0
    box9: Box9Mode = Box9Mode.NONE
    replan: ReplanMode = ReplanMode.MINIMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A node of the unit tree with its own limits; they hold for the whole subtree.

    `cap_pct` is rounded down, `min_office_pct` up. None and 0 mean no limit of that sort.
    """

    id: int
    parent: int | None = None
    cap_pct: int | None = None
    cap_abs: int | None = None
    min_office: int = 0
    min_office_pct: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People of whom `min_office` must be at the office, such as counter officers or head and deputy.

    `unit` is where the group belongs; every member works in its subtree. `dates` None means every day.
    """

    id: int
    unit: int
    members: frozenset[int]
    min_office: int = 1
    dates: frozenset[date] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as the engine knows them: an id and dates, never a name or a health reason.

    `mandatory` holds (day, code); the code is an opaque word of the caller and appears in no text.
    `carry` is the balance against the peers brought over from closed periods (see `carry`).
    `run_before`: home days in a row up to the day before the period.
    `office_before`, `home_before`: days of the ISO week of the first day that lie before the period.
    `box9_phase`: place in the pattern on the first day; None lets the engine spread the phases.
    """

    id: int
    unit: int
    kind: PersonKind = PersonKind.REGULAR
    absent: frozenset[date] = frozenset()
    mandatory: tuple[tuple[date, str], ...] = ()
    carry: Decimal = Decimal(0)
    prefer: frozenset[date] = frozenset()
    avoid: frozenset[date] = frozenset()
    run_before: int = 0
    office_before: int = 0
    home_before: int = 0
    box9_phase: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A cell that stays as it is: an approved swap, or a decision of the officer."""

    person: int
    day: date
    home: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A day on which a unit and everything below it comes in (apel, pleno); unit None is everybody."""

    day: date
    unit: int | None = None


HomeCell = tuple[int, date]
"""(person id, day) of one day at home."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything one plan is made from.

    `days` are the working days of the period; holidays are left out by the caller.
    `days_after` is the number of working days of the last ISO week that lie after the period; with 0
    the last week counts as a short one.
    `previous` are the home cells of the plan in force; with `replan_from` they are what happened on
    every earlier day, and are taken over without being judged again.
    """

    days: tuple[date, ...]
    rules: Rules
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    groups: tuple[Group, ...] = ()
    blocked: tuple[Blocked, ...] = ()
    locked: tuple[Lock, ...] = ()
    previous: tuple[HomeCell, ...] = ()
    replan_from: date | None = None
    days_after: int = 0
    seed: int = 0

    def canonical(self) -> Problem:
        """The same problem in the one order the engine works in; raises ProblemError if it cannot be read."""
        from .codec import canonical

        return canonical(self)

    def fingerprint(self) -> str:
        """sha256 of the canonical problem, the solver's version and the seed; display names do not count."""
        from .codec import fingerprint

        return fingerprint(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; the form is described in docs/rotation-instance.md."""
        from .codec import to_dict

        return to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Problem:
        """Read what `to_dict` wrote; raises ProblemError naming the field that is wrong."""
        from .codec import from_dict

        return from_dict(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much work `solve` may do, in steps rather than seconds, so that two runs agree.

    `flow_rounds` 0 gives the greedy plan with exchanges: it always answers, and fast.
    """

    flow_rounds: int = 4
    exchange_passes: int = 6
    expansions: int = 60
    polish_passes: int = 6
    with_bound: bool = True

    @classmethod
    def quick(cls) -> Budget:
        """The fallback: greedy with exchanges, no flow."""
        return cls(flow_rounds=0, exchange_passes=1, expansions=12, polish_passes=1, with_bound=False)

    @classmethod
    def greedy(cls) -> Budget:
        """Greedy alone, the floor every other method is measured against."""
        return cls(flow_rounds=0, exchange_passes=0, polish_passes=0, with_bound=False)


def to_thousandths(value: Decimal) -> int:
    """A balance in whole thousandths of a day, rounded half to even."""
    return int((value / THOUSANDTH).to_integral_value(rounding=ROUND_HALF_EVEN))


def from_thousandths(value: int) -> Decimal:
    """The Decimal of a number of thousandths."""
    return Decimal(value) * THOUSANDTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two people trade: `person_a` gives `day_a` at home to `person_b` and takes `day_b` for it.

    With `day_b` None it is a gift: b takes a's day and gives nothing back.
    """

    person_a: int
    day_a: date
    person_b: int
    day_b: date | None = None


__all__ = [
    "SOLVER_VERSION",
    "Blocked",
    "Box9Mode",
    "Budget",
    "CapBase",
    "Group",
    "HomeCell",
    "Layer",
    "Lock",
    "Person",
    "PersonKind",
    "Problem",
    "ProblemError",
    "ReplanMode",
    "Rules",
    "Swap",
    "Unit",
    "from_thousandths",
    "to_thousandths",
]
