"""What people did, minute by minute, and what their superiors said to it."""

from worklogs.models.entries import EntryKind, EntryState, LogEntry, LogEvent, LogEventKind
from worklogs.models.favourites import Favourite
from worklogs.models.policies import LogPolicyDocument

__all__ = [
    "EntryKind",
    "EntryState",
    "Favourite",
    "LogEntry",
    "LogEvent",
    "LogEventKind",
    "LogPolicyDocument",
]
