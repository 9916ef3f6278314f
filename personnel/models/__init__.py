"""The ground: units, positions, people, what binds them over time, accounts, trace, jobs, notices."""

from personnel.models.access_codes import AccessCode, AccountState, UserSession
from personnel.models.accounts import Role, RoleGrant, User
from personnel.models.imports import FindingKind, ImportBatch, ImportFinding, ImportState
from personnel.models.jobs import Job, JobState
from personnel.models.notices import Notice
from personnel.models.people import (
    Appointment,
    AppointmentKind,
    Education,
    EducationLevel,
    Employment,
    EmploymentKind,
    Gender,
    Person,
    Rank,
    ReportingLine,
)
from personnel.models.positions import Position, PositionKind, PositionWorkability
from personnel.models.trace import AuditEvent, ReadEvent, SealHead
from personnel.models.units import Unit, UnitKind, UnitTraits, WorkLocation

__all__ = [
    "AccessCode",
    "AccountState",
    "Appointment",
    "AppointmentKind",
    "AuditEvent",
    "Education",
    "EducationLevel",
    "Employment",
    "EmploymentKind",
    "FindingKind",
    "Gender",
    "ImportBatch",
    "ImportFinding",
    "ImportState",
    "Job",
    "JobState",
    "Notice",
    "Person",
    "Position",
    "PositionKind",
    "PositionWorkability",
    "Rank",
    "ReadEvent",
    "ReportingLine",
    "Role",
    "RoleGrant",
    "SealHead",
    "Unit",
    "UnitKind",
    "UnitTraits",
    "User",
    "UserSession",
    "WorkLocation",
]
