"""Everything that changes the ground. Each function is one thing a person does, and says who and when."""

from personnel.actions.accounts import (
    create_accounts,
    create_first_administrator,
    grant_role,
    revoke_role,
    set_language,
    set_password,
    set_theme,
)
from personnel.actions.jobs import JobAlreadyRunning, fail_dead_jobs, request_cancel, start_job
from personnel.actions.notices import mark_all_read, mark_read, notify
from personnel.actions.people import (
    appoint,
    employ,
    end_appointment,
    register_person,
    set_rank,
    set_superior,
)
from personnel.actions.trace import broken_seals, record_audit, record_read, seal_events
from personnel.actions.units import add_location, create_unit, set_traits

__all__ = [
    "JobAlreadyRunning",
    "add_location",
    "appoint",
    "broken_seals",
    "create_accounts",
    "create_first_administrator",
    "create_unit",
    "employ",
    "end_appointment",
    "fail_dead_jobs",
    "grant_role",
    "mark_all_read",
    "mark_read",
    "notify",
    "record_audit",
    "record_read",
    "register_person",
    "request_cancel",
    "revoke_role",
    "seal_events",
    "set_language",
    "set_password",
    "set_rank",
    "set_superior",
    "set_theme",
    "set_traits",
    "start_job",
]
