"""Who decides on an entry, and who else when that person is silent.

The validator is the direct superior on the ENTRY's day: a transfer in the middle of a month moves
nothing that was done before it. After each full `escalate_after_days` working days of waiting the
next superior up may decide too; nobody loses the right by it. Silence never approves an entry.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from worklogs.rules.deadlines import IsWorking, add_working_days, working_days_waited
from worklogs.rules.policy import LogPolicy

SuperiorOf = Callable[[int], int | None]
LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How long a sent entry has waited. `is_overdue` is the superior's delay, never the writer's fault."""

    working_days: int
    validate_by: date
    is_overdue: bool
    steps: int


def superiors_above(person_id: int, superior_of: SuperiorOf) -> tuple[int, ...]:
    """The line upwards, nearest first; a circle in the data ends the line instead of turning for ever."""
    line: list[int] = []
    current = superior_of(person_id)
    while current is not None and current != person_id and current not in line and len(line) < LONGEST_CHAIN:
        line.append(current)
        current = superior_of(current)
    return tuple(line)


def waiting(submitted_on: date, today: date, policy: LogPolicy, is_working: IsWorking) -> Waiting:
    """The wait of an entry sent on `submitted_on`; the validation day itself is not yet overdue."""
    days = working_days_waited(submitted_on, today, is_working)
    validate_by = add_working_days(submitted_on, policy.validate_within_days, is_working)
    return Waiting(
        working_days=days,
        validate_by=validate_by,
        is_overdue=today > validate_by,
        steps=days // policy.escalate_after_days,
    )


def deciders(line: Sequence[int], steps: int) -> tuple[int, ...]:
    """People who may decide: the validator and one more superior per escalation step; empty without a line."""
    return tuple(line[: max(0, steps) + 1])


def escalates_to(line: Sequence[int], steps: int) -> int | None:
    """The highest superior reached so far, or None while only the validator decides (or nobody is above)."""
    reached = deciders(line, steps)
    return reached[-1] if len(reached) > 1 else None
