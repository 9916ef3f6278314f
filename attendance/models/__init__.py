"""What the office knows about presence: calendar, places, punches, days and weeks."""

from attendance.models.absences import Absence, AbsenceKind
from attendance.models.calendar import Holiday, HolidayKind, RamadanPeriod
from attendance.models.places import Arrangement, ArrangementSource, Place
from attendance.models.policies import HoursPolicyDocument, WorkSchedule
from attendance.models.punches import Direction, FenceVerdict, Punch, PunchSource
from attendance.models.relief import Dispensation, Outage
from attendance.models.requests import AbsenceRequest, CorrectionRequest, RequestState
from attendance.models.rosters import RosterDay, Shift
from attendance.models.summaries import DayMark, DayStatus, DaySummary, WeekSummary
from attendance.models.terminals import RawPunch, RawPunchState, Terminal, TerminalPin

__all__ = [
    "Absence",
    "AbsenceKind",
    "AbsenceRequest",
    "Arrangement",
    "ArrangementSource",
    "CorrectionRequest",
    "DayMark",
    "DayStatus",
    "DaySummary",
    "Direction",
    "Dispensation",
    "FenceVerdict",
    "Holiday",
    "HolidayKind",
    "HoursPolicyDocument",
    "Outage",
    "Place",
    "Punch",
    "PunchSource",
    "RamadanPeriod",
    "RawPunch",
    "RawPunchState",
    "RequestState",
    "RosterDay",
    "Shift",
    "Terminal",
    "TerminalPin",
    "WeekSummary",
    "WorkSchedule",
]
