"""Who works from home when: a rotation that keeps every rule, is as even as arithmetic allows, and is explained.

`solve` makes a plan of a `Problem`; `check` judges any set of home cells by rules written a second time,
apart from the solver; `explain` and `validate` say what cannot work before anything is planned.
"""

from .carry import RunState, close_period, run_state
from .check import Checker, check, check_swap
from .explain import explain
from .findings import (
    Away,
    Code,
    Conflict,
    DayReason,
    DayState,
    Help,
    Issue,
    Metrics,
    Overrun,
    Plan,
    Reason,
    Remedy,
    Revocation,
    Standing,
    Violation,
)
from .metrics import metrics_of, standings
from .model import (
    SOLVER_VERSION,
    Blocked,
    Box9Mode,
    Budget,
    CapBase,
    Group,
    HomeCell,
    Layer,
    Lock,
    Person,
    PersonKind,
    Problem,
    ProblemError,
    ReplanMode,
    Rules,
    Swap,
    Unit,
)
from .replan import replan
from .solve import solve
from .validate import validate
from .why import why

__all__ = [
    "SOLVER_VERSION",
    "Away",
    "Blocked",
    "Box9Mode",
    "Budget",
    "CapBase",
    "Checker",
    "Code",
    "Conflict",
    "DayReason",
    "DayState",
    "Group",
    "Help",
    "HomeCell",
    "Issue",
    "Layer",
    "Lock",
    "Metrics",
    "Overrun",
    "Person",
    "PersonKind",
    "Plan",
    "Problem",
    "ProblemError",
    "Reason",
    "Remedy",
    "ReplanMode",
    "Revocation",
    "Rules",
    "RunState",
    "Standing",
    "Swap",
    "Unit",
    "Violation",
    "check",
    "check_swap",
    "close_period",
    "explain",
    "metrics_of",
    "replan",
    "run_state",
    "solve",
    "standings",
    "validate",
    "why",
]
