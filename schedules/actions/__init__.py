"""Everything that changes policies, records and schedules. Each function is one thing somebody does."""

from schedules.actions.plans import (
    CellRefused,
    NotADraft,
    PlanRefused,
    change_cell,
    generate_version,
    request_generation,
)
from schedules.actions.policies import PolicyRefused, set_policy
from schedules.actions.records import (
    RecordRefused,
    RewardRefused,
    choose_reward,
    create_group,
    end_group,
    grant_exception,
    leave_reward,
    record_category,
    withdraw_category,
    withdraw_exception,
)
from schedules.actions.versions import (
    DecreeMissing,
    NotSubmitted,
    ReasonMissing,
    SubmissionRefused,
    ratify_version,
    return_version,
    revise_version,
    submit_version,
    withdraw_version,
)

__all__ = [
    "CellRefused",
    "DecreeMissing",
    "NotADraft",
    "NotSubmitted",
    "PlanRefused",
    "PolicyRefused",
    "ReasonMissing",
    "RecordRefused",
    "RewardRefused",
    "SubmissionRefused",
    "change_cell",
    "choose_reward",
    "create_group",
    "end_group",
    "generate_version",
    "grant_exception",
    "leave_reward",
    "ratify_version",
    "record_category",
    "request_generation",
    "return_version",
    "revise_version",
    "set_policy",
    "submit_version",
    "withdraw_category",
    "withdraw_exception",
    "withdraw_version",
]
