"""What pages, exports and other apps need to know about attendance."""

from attendance.queries.days import Share, Week, attendance_share, day_summaries, week_of
from attendance.queries.moment import Moment, NotAppointed, moment_of
from attendance.queries.places import (
    PlaceOfDay,
    absences,
    expected_place,
    expected_places,
    is_working_day,
    working_days,
)

__all__ = [
    "Moment",
    "NotAppointed",
    "PlaceOfDay",
    "Share",
    "Week",
    "absences",
    "attendance_share",
    "day_summaries",
    "expected_place",
    "expected_places",
    "is_working_day",
    "moment_of",
    "week_of",
    "working_days",
]
