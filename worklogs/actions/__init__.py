"""Everything that changes the log. Each function is one thing a person does, and says who and when."""

from worklogs.actions.decisions import (
    Decided,
    Refusal,
    approve,
    decide_many,
    reject,
    reopen,
    return_entry,
    undo_decision,
)
from worklogs.actions.entries import (
    EntryDetails,
    change_entry,
    copy_day,
    delete_draft,
    drop_favourite,
    duplicate_entry,
    keep_favourite,
    write_entry,
)
from worklogs.actions.escalation import escalate_waiting
from worklogs.actions.history import HistoryRow, Loaded, load_history
from worklogs.actions.policies import set_log_policy
from worklogs.actions.refusals import (
    EntryRefused,
    NoSuperior,
    NothingToCopy,
    NothingToSend,
    PolicyRefused,
    ReasonMissing,
    StaleEntry,
    TooLateToUndo,
    WrongState,
)
from worklogs.actions.sending import WeekSent, submit_day, submit_week

__all__ = [
    "Decided",
    "EntryDetails",
    "EntryRefused",
    "HistoryRow",
    "Loaded",
    "NoSuperior",
    "NothingToCopy",
    "NothingToSend",
    "PolicyRefused",
    "ReasonMissing",
    "Refusal",
    "StaleEntry",
    "TooLateToUndo",
    "WeekSent",
    "WrongState",
    "approve",
    "change_entry",
    "copy_day",
    "decide_many",
    "delete_draft",
    "drop_favourite",
    "duplicate_entry",
    "escalate_waiting",
    "keep_favourite",
    "load_history",
    "reject",
    "reopen",
    "return_entry",
    "set_log_policy",
    "submit_day",
    "submit_week",
    "undo_decision",
    "write_entry",
]
