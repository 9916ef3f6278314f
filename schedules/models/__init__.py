"""What is kept about working from home: policies, personal records, counters and plans with their versions."""

from schedules.models.plans import OPEN_STATES, Plan, PlanRow, PlanVersion, VersionState
from schedules.models.policies import PolicyState, WfhPolicy
from schedules.models.records import (
    AnswerChoice,
    Box9Choice,
    CategoryChoice,
    CategoryRecord,
    EligibilityException,
    GroupMember,
    ServiceGroup,
)

__all__ = [
    "OPEN_STATES",
    "AnswerChoice",
    "Box9Choice",
    "CategoryChoice",
    "CategoryRecord",
    "EligibilityException",
    "GroupMember",
    "Plan",
    "PlanRow",
    "PlanVersion",
    "PolicyState",
    "ServiceGroup",
    "VersionState",
    "WfhPolicy",
]
