"""Short ways to write a day down: "07:31 16:00" are presses, "08:00-12:00 13:00-16:00" are pairs."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from attendance.rules import hours
from tests.clock import FRIDAY, MONDAY, SATURDAY, WIB

POLICY = hours.DEFAULT_POLICY
NO_HOLIDAYS = hours.Calendar()
RAMADAN_DAY = date(2026, 2, 23)  # a Monday in 1447 H
RAMADAN_FRIDAY = date(2026, 2, 27)
CALENDAR = hours.Calendar(ramadans=hours.KNOWN_RAMADANS)
IN, OUT = hours.Direction.IN, hours.Direction.OUT


def minute(clock: str) -> int:
    """ "07:30" is 450; "31:00" is 07:00 of the next morning."""
    hour, minutes = clock.split(":")[:2]
    return int(hour) * 60 + int(minutes)


def moment(clock: str, day: date = MONDAY, zone=WIB) -> datetime:
    """ "07:30:59" on that day; hours above 23 run into the next one."""
    parts = [int(p) for p in clock.split(":")] + [0]
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return midnight + timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])


def punches(text: str, day: date = MONDAY, zone=WIB) -> list[hours.Punch]:
    """ "i07:30 o16:00" say in and out for certain, "I07:30 O16:00" are terminal states, "07:30" says nothing."""
    directions = {"i": (IN, True), "o": (OUT, True), "I": (IN, False), "O": (OUT, False)}
    directions |= {"B": (hours.Direction.BREAK_OUT, False), "b": (hours.Direction.BREAK_IN, False)}
    result = []
    for word in text.split():
        direction, certain = directions.get(word[0], (hours.Direction.NONE, False))
        result.append(hours.Punch(moment(word.lstrip("ioIOBb"), day, zone), direction, certain))
    return result


def pairs(text: str, day: date = MONDAY, zone=WIB) -> list[hours.Pair]:
    return [hours.Pair(*(moment(c, day, zone) for c in word.split("-"))) for word in text.split()]


def office(day: date = MONDAY, policy: hours.HoursPolicy = POLICY, **more) -> hours.ExpectedDay:
    """An ordinary five-day week."""
    return hours.expected_day(policy, hours.standard_five_day(policy), CALENDAR, day, **more)


def loose(day: date = MONDAY, policy: hours.HoursPolicy = POLICY, core=None) -> hours.ExpectedDay:
    """Flexible hours."""
    return hours.expected_day(policy, hours.flexible(policy, core=core), CALENDAR, day)


def shift(plan: hours.DayPlan | None, day: date = MONDAY) -> hours.ExpectedDay:
    """A roster row."""
    return hours.expected_day(POLICY, hours.three_shift(day), CALENDAR, day, shift=plan)


def result(text: str, expected: hours.ExpectedDay | None = None, absences=(), policy=POLICY, **more) -> hours.DayResult:
    """The result of presses written down as above, on the expected day's own date."""
    expected = expected or office()
    zone = expected.zone
    return hours.day_result(policy, expected, punches(text, expected.day, zone), absences, **more)


__all__ = ["CALENDAR", "FRIDAY", "MONDAY", "NO_HOLIDAYS", "POLICY", "RAMADAN_DAY", "RAMADAN_FRIDAY", "SATURDAY"]
