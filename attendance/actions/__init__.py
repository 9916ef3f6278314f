"""Everything that changes attendance. Each function is one thing somebody does, and says who and when."""

from attendance.actions.absences import AbsenceOverlaps, AbsenceRefused, record_absence, withdraw_absence
from attendance.actions.arrangements import ArrangementRefused, ExpectedPlace, replace_arrangements
from attendance.actions.calendar import (
    CalendarImport,
    CalendarRefused,
    import_calendar,
    record_holiday,
    withdraw_holiday,
)
from attendance.actions.clock import CannotClock, Clocked, Device, press_clock
from attendance.actions.marks import mark_days, mark_summaries
from attendance.actions.relief import (
    AlreadyDispensed,
    DispensationRefused,
    OutageRefused,
    grant_dispensation,
    record_outage,
)
from attendance.actions.summaries import (
    PeriodReversed,
    Recomputed,
    recompute_days,
    recompute_range,
    refresh_weeks,
    start_recompute,
)
from attendance.actions.terminals import (
    AttlogImport,
    PinTaken,
    TerminalInactive,
    assign_pin,
    import_attlog,
    match_pins,
)

__all__ = [
    "AbsenceOverlaps",
    "AbsenceRefused",
    "AlreadyDispensed",
    "ArrangementRefused",
    "AttlogImport",
    "CalendarImport",
    "CalendarRefused",
    "CannotClock",
    "Clocked",
    "Device",
    "DispensationRefused",
    "ExpectedPlace",
    "OutageRefused",
    "PeriodReversed",
    "PinTaken",
    "Recomputed",
    "TerminalInactive",
    "assign_pin",
    "grant_dispensation",
    "import_attlog",
    "import_calendar",
    "mark_days",
    "mark_summaries",
    "match_pins",
    "press_clock",
    "recompute_days",
    "recompute_range",
    "record_absence",
    "record_holiday",
    "record_outage",
    "refresh_weeks",
    "replace_arrangements",
    "start_recompute",
    "withdraw_absence",
    "withdraw_holiday",
]
