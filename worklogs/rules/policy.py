"""The parameters of the log, as one dated document sets them for a unit.

The defaults are those of a new installation: 300 minutes a day and 6,000 a month (the norm of
the Jawa Barat allowance; Jawa Timur uses 330 and 6,750), a day to be sent within three working
days. They are data: each office puts its own numbers, with the legal basis, in a document.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum


class MonthBasis(StrEnum):
    """How the norm of a month follows from effective days.

    SHARE: monthly norm × effective days ÷ working days. DAILY: daily norm × effective days.
    FIXED: the monthly norm whatever the month, cut only for leave days at the daily norm.
    """

    SHARE = "SHARE"
    DAILY = "DAILY"
    FIXED = "FIXED"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPolicy:
    """Every limit of the log. Minutes are ints; `*_days` are working days unless named otherwise."""

    daily_minutes: int = 300
    monthly_minutes: int = 6_000
    month_basis: MonthBasis = MonthBasis.SHARE
    full_week_minutes: int = 2_250
    day_max_minutes: int = 660
    submit_within_days: int = 3
    mend_within_days: int = 3
    late_is_refused: bool = True
    leave_is_refused: bool = True
    validate_within_days: int = 3
    escalate_after_days: int = 5
    presence_tolerance_minutes: int = 15
    copied_at_least: int = 10
    copied_among: int = 20
    undo_seconds: int = 60
    little_logged_share_percent: int = 50

    def __post_init__(self) -> None:
        for name in ("daily_minutes", "monthly_minutes", "day_max_minutes", "full_week_minutes"):
            if not 0 < getattr(self, name) <= 50_000:
                raise ValueError(f"{name} must lie between 1 and 50,000 minutes, not {getattr(self, name)}.")
        if self.day_max_minutes > 1_440:
            raise ValueError(
                f"day_max_minutes must not exceed 1,440, the minutes of a day; it is {self.day_max_minutes}."
            )
        for name in ("submit_within_days", "mend_within_days", "validate_within_days"):
            if not 0 <= getattr(self, name) <= 60:
                raise ValueError(f"{name} must lie between 0 and 60 working days, not {getattr(self, name)}.")
        if not 1 <= self.escalate_after_days <= 60:
            raise ValueError(f"escalate_after_days must lie between 1 and 60, not {self.escalate_after_days}.")
        if not 0 <= self.little_logged_share_percent <= 100:
            raise ValueError("little_logged_share_percent is a percentage between 0 and 100.")


def policy_from(parameters: Mapping[str, object]) -> LogPolicy:
    """A policy from the parameters of a document; names left out keep their default.

    Raises ValueError for an unknown name, a wrong type or a value outside its range.
    """
    known = {f.name: f.default for f in fields(LogPolicy)}
    values: dict[str, object] = {}
    for name, value in parameters.items():
        if name not in known:
            raise ValueError(f"{name} is not a parameter of the log policy.")
        default = known[name]
        if isinstance(default, MonthBasis):
            values[name] = MonthBasis(str(value))
        elif type(value) is not type(default):
            raise ValueError(f"{name} must be {type(default).__name__}, not {value!r}.")
        else:
            values[name] = value
    return LogPolicy(**values)  # type: ignore[arg-type]


def parameters_of(policy: LogPolicy) -> dict[str, object]:
    """The policy as plain values for a document; `policy_from` reads them back unchanged."""
    return {name: str(value) if isinstance(value, MonthBasis) else value for name, value in asdict(policy).items()}
