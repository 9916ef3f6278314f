"""What pages, exports and other apps need to know about logs."""

from worklogs.queries.diary import Diary, diary_of
from worklogs.queries.inbox import (
    inbox_of,
    recent_decisions,
    review_of,
    reviewable,
    usual_reasons,
    waiting_for,
    waiting_of,
)
from worklogs.queries.log_page import log_page
from worklogs.queries.numbers import Compliance, log_compliance, overdue_since, pending_of, validated_minutes
from worklogs.queries.policies import policies_of, policy_in_force

__all__ = [
    "Compliance",
    "Diary",
    "diary_of",
    "inbox_of",
    "log_compliance",
    "log_page",
    "overdue_since",
    "pending_of",
    "policies_of",
    "policy_in_force",
    "recent_decisions",
    "review_of",
    "reviewable",
    "usual_reasons",
    "validated_minutes",
    "waiting_for",
    "waiting_of",
]
