"""What the engine answers: the plan, its records and figures, and everything that is wrong.

Every finding carries a code and its numbers, so that a screen can say it in its own language; the
`message` is the plain English sentence. People appear as ids only, and the reason why somebody must
be at home is never repeated: `Away.layer` says MANDATORY, not which of the mandatory reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .model import HomeCell, Layer


class Code(StrEnum):
    """The rule a finding speaks about."""

    UNKNOWN_CELL = "UNKNOWN_CELL"  # a person or day the problem does not know, or a cell twice
    ABSENT = "ABSENT"  # at home while on leave, travel or training
    PAST = "PAST"  # differs from what happened before the re-plan
    MANDATORY = "MANDATORY"  # must be at home and is not
    PERMANENT = "PERMANENT"  # works from anywhere and is not at home
    LOCKED = "LOCKED"  # differs from a locked cell
    EXCLUDED = "EXCLUDED"  # always at the office, and is at home
    CLOSED = "CLOSED"  # at home on a blocked day, a wrong weekday or outside the policy's dates
    BOX9_PATTERN = "BOX9_PATTERN"  # at home outside the own pattern
    BOX9_WITHHELD = "BOX9_WITHHELD"  # a day of the pattern taken away without need
    UNIT_CAP = "UNIT_CAP"
    UNIT_OFFICE = "UNIT_OFFICE"
    GROUP_OFFICE = "GROUP_OFFICE"
    CONSECUTIVE = "CONSECUTIVE"
    WEEK_OFFICE = "WEEK_OFFICE"
    WEEK_HOME = "WEEK_HOME"
    PERIOD_HOME = "PERIOD_HOME"
    GUARANTEE = "GUARANTEE"


class Remedy(StrEnum):
    """What would mend a conflict. Each is enough alone, except people too few to cover the whole shortage."""

    LOWER_MINIMUM = "LOWER_MINIMUM"  # amount: the minimum that would hold
    RAISE_CAP = "RAISE_CAP"  # amount: the cap that would hold
    RAISE_LIMIT = "RAISE_LIMIT"  # amount: the limit per run, week or period that would hold
    RECALL = "RECALL"  # amount: absent people who would have to be back; people: who is absent
    RELEASE_LOCK = "RELEASE_LOCK"  # amount: locks to release; people: whose
    OPEN_DAY = "OPEN_DAY"  # lift the block, the weekday or the date limit
    CHANGE_LAYER = "CHANGE_LAYER"  # amount: mandatory or permanent days to move; people: whose
    LOWER_GUARANTEE = "LOWER_GUARANTEE"  # amount: the guarantee that would hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A contradiction in the problem itself, found at save time. `blocks` means it cannot be planned."""

    code: str
    message: str
    blocks: bool = True
    field: str = ""
    unit: int | None = None
    group: int | None = None
    person: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody who is not at the office; layer None is absence, of whatever sort."""

    person: int
    layer: Layer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """One way out of a conflict."""

    remedy: Remedy
    amount: int = 0
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A rule that no plan can keep, because of what is fixed.

    `need` is what the rule asks and `possible` the best there is, in the rule's own terms: people at
    the office, people at home (caps), days in a row, days in the week.
    """

    code: Code
    message: str
    need: int
    possible: int
    unit: int | None = None
    group: int | None = None
    person: int | None = None
    day: date | None = None
    away: tuple[Away, ...] = ()
    helps: tuple[Help, ...] = ()

    @property
    def key(self) -> tuple[str, int, int, int, str]:
        """What the conflict is about, comparable with `Violation.key`."""
        return _key(self.code, self.unit, self.group, self.person, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One broken rule in a set of home cells. `limit` and `found` are in the rule's own terms."""

    code: Code
    message: str
    limit: int = 0
    found: int = 0
    unit: int | None = None
    group: int | None = None
    person: int | None = None
    day: date | None = None

    @property
    def key(self) -> tuple[str, int, int, int, str]:
        """What the violation is about, without its numbers."""
        return _key(self.code, self.unit, self.group, self.person, self.day)


def _key(
    code: Code, unit: int | None, group: int | None, person: int | None, day: date | None
) -> tuple[str, int, int, int, str]:
    return (
        code.value,
        -1 if unit is None else unit,
        -1 if group is None else group,
        -1 if person is None else person,
        day.isoformat() if day else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun:
    """A cap exceeded by people who must be at home; on that day no regular of the unit is."""

    unit: int
    day: date
    cap: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A box-9 day that had to yield, and to which rule."""

    person: int
    day: date
    code: Code
    unit: int | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """The figures of a plan. Balances are in days; None stands for a bound that was not computed.

    `utilisation` is free home days over the most the flow relaxation allows. `square_sum` is the sum
    of squared balances and `square_ratio` that over the bound's. `min_gap` is how far the worst balance
    lies below the worst of the bound. `identical_spread` is the largest difference in home days between
    people alike in everything, `identical_over` the number of such classes above one, of
    `identical_classes`. `peer_spread` is the mean over peer classes of the balance spread inside.
    `weekday_mean` and `weekday_max` are spreads of home days per weekday between peers with equally many
    open days on that weekday. `preferred` is the share of wishes met, 1 when there are none.
    """

    free_days: int
    open_days: int
    rate: float
    bound_days: int | None
    utilisation: float | None
    square_sum: float
    square_bound: float | None
    square_ratio: float | None
    min_balance: float
    min_bound: float | None
    min_gap: float | None
    identical_spread: int
    identical_over: int
    identical_classes: int
    peer_spread: float
    peer_bound: float | None
    weekday_mean: float
    weekday_max: int
    preferred: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one regular person stands in a plan, in days.

    `fair_days` are the days on which a home day by choice was possible, `home_days` those taken, of
    which locked and past ones count too. `balance` is carry plus home days minus the even share of
    the whole; `against_peers` is its distance from the mean of people of the same unit and groups.
    """

    person: int
    home_days: int
    fair_days: int
    carry: float
    balance: float
    against_peers: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A set of home cells and everything worth knowing about it.

    `rows` is sorted by person, then day, and holds every home day of whatever layer; `layers` runs
    beside it. `relaxed` names the rows (code, unit or group, day) that are broken whatever is done; in
    them nobody has a free day. `changes` counts cells that differ from `previous`, `forced_changes` the
    part that could not be avoided; both are 0 outside a re-plan.
    """

    rows: tuple[HomeCell, ...]
    layers: tuple[Layer, ...]
    overruns: tuple[Overrun, ...]
    revocations: tuple[Revocation, ...]
    conflicts: tuple[Conflict, ...]
    relaxed: tuple[tuple[str, int, int, int, str], ...]
    metrics: Metrics
    box9_phases: tuple[tuple[int, int], ...]
    fingerprint: str
    method: str
    changes: int = 0
    forced_changes: int = 0

    @property
    def publishable(self) -> bool:
        """Whether nothing stands in the way of submitting the plan."""
        return not self.conflicts

    def home_of(self, person: int) -> tuple[date, ...]:
        """The home days of one person, in order."""
        return tuple(day for who, day in self.rows if who == person)


class DayState(StrEnum):
    """What `why` says about one day of one person."""

    HOME = "HOME"  # at home; `layer` says by what
    ABSENT = "ABSENT"
    PAST = "PAST"  # at the office, before the re-plan
    EXCLUDED = "EXCLUDED"
    LOCKED = "LOCKED"  # locked at the office
    BLOCKED = "BLOCKED"  # apel, pleno
    WEEKDAY = "WEEKDAY"
    NOT_IN_FORCE = "NOT_IN_FORCE"
    PATTERN = "PATTERN"  # an office day of the box-9 pattern
    REVOKED = "REVOKED"  # a home day of the pattern that had to yield
    CAP_FULL = "CAP_FULL"  # the cap of `unit` is used up
    OFFICE_NEEDED = "OFFICE_NEEDED"  # `unit` or `group` needs everybody who is left
    CONSECUTIVE = "CONSECUTIVE"
    WEEK_OFFICE = "WEEK_OFFICE"
    WEEK_HOME = "WEEK_HOME"
    PERIOD_HOME = "PERIOD_HOME"
    NOT_CHOSEN = "NOT_CHOSEN"  # nothing stood in the way: the day is still free


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReason:
    """Why one day is as it is.

    For CAP_FULL and OFFICE_NEEDED `limit` is the number the row allows or asks and `found` how many are
    at home or at the office; `instead` are the people whose free day fills the row, lowest balance first.
    """

    day: date
    state: DayState
    message: str
    layer: Layer | None = None
    unit: int | None = None
    group: int | None = None
    limit: int = 0
    found: int = 0
    instead: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one person has the days they have.

    `share` is home days per open day, `peer_share` the same over the peers (same unit, same groups);
    balances count carry and share together, in days: positive means more than the peers' even share.
    """

    person: int
    home_days: int
    free_days: int
    open_days: int
    share: float
    peer_count: int
    peer_share: float
    carry: float
    balance: float
    peer_balance_min: float
    peer_balance_max: float
    days: tuple[DayReason, ...]


__all__ = [
    "Away",
    "Code",
    "Conflict",
    "DayReason",
    "DayState",
    "Help",
    "Issue",
    "Metrics",
    "Overrun",
    "Plan",
    "Reason",
    "Remedy",
    "Revocation",
    "Standing",
    "Violation",
]
