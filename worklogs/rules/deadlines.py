"""Deadlines counted in working days: H+n means the n-th working day after day H.

Whether a day works is asked of the caller, because calendars differ by unit.
"""

from collections.abc import Callable
from datetime import date, timedelta

IsWorking = Callable[[date], bool]
FARTHEST_DAYS = 366


def add_working_days(day: date, count: int, is_working: IsWorking) -> date:
    """The `count`-th working day strictly after `day`; `day` itself for 0.

    When a year passes without enough working days (a calendar not yet filled in), the
    counting falls back to calendar days, so that a deadline always exists.
    Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"A deadline cannot lie {count} working days away.")
    reached, found = day, 0
    while found < count:
        reached += timedelta(days=1)
        if (reached - day).days > FARTHEST_DAYS:
            return day + timedelta(days=count)
        found += is_working(reached)
    return reached


def working_days_waited(since: date, today: date, is_working: IsWorking) -> int:
    """Working days in the half-open span after `since` up to and including `today`; never negative.

    Sent on Monday and looked at on Monday is 0; on Wednesday 2; a weekend adds nothing.
    """
    span = range(1, min((today - since).days, FARTHEST_DAYS) + 1)
    return sum(1 for step in span if is_working(since + timedelta(days=step)))


def submission_deadline(day: date, within_days: int, is_working: IsWorking) -> date:
    """Last local day on which the log of `day` may be sent; that whole day still counts."""
    return add_working_days(day, within_days, is_working)


def mending_deadline(
    day: date, returned_on: date, *, submit_within: int, mend_within: int, is_working: IsWorking
) -> date:
    """Last day to send a returned entry again: the later of the day's own deadline and H+n after the return.

    A superior who returns late never shortens the time to mend.
    """
    return max(
        add_working_days(day, submit_within, is_working),
        add_working_days(returned_on, mend_within, is_working),
    )


def days_left(deadline: date, today: date) -> int:
    """Calendar days until the deadline: 0 on the last day, negative when it has passed."""
    return (deadline - today).days
