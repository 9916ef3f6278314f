"""The one moment at which tests happen: Wednesday 18 November 2026, 09:00 WIB."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
WITA = ZoneInfo("Asia/Makassar")
WIT = ZoneInfo("Asia/Jayapura")

MONDAY = date(2026, 11, 16)
TUESDAY = date(2026, 11, 17)
TODAY = WEDNESDAY = date(2026, 11, 18)
THURSDAY = date(2026, 11, 19)
FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)
LONG_AGO = date(2020, 1, 1)


def at(clock: str, day: date = WEDNESDAY, zone: ZoneInfo = WIB) -> datetime:
    """`at("07:30")` or `at("07:30:59", MONDAY, WITA)`: an aware moment."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)


NOW = at("09:00")
