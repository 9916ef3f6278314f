"""What surrounds one person's log: working days, places, clock, norms and deadlines, from two statements.

A `Diary` holds a stretch of days; everything else is asked of it without touching the database.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from attendance.queries.moment import Moment, NotAppointed, moment_of
from attendance.rules import hours, places
from personnel.queries import DEFAULT_ZONE
from worklogs.models import EntryState, LogEntry
from worklogs.queries.policies import policy_for_chain
from worklogs.rules import deadlines, entries, norms
from worklogs.rules.policy import LogPolicy

WEEK = timedelta(days=7)
NOT_WORK = frozenset({"LEAVE", "TRAINING"})


class Diary:
    """The days of one person from `starts_on` to `ends_on`, as they stand at `now`."""

    def __init__(self, person_id: int, moment: Moment | None, policy: LogPolicy, now: datetime) -> None:
        self.person_id = person_id
        self.moment = moment
        self.policy = policy
        self.now = now
        self._expected: dict[date, hours.ExpectedDay] = {}
        self._places: dict[date, places.ExpectedDay] = {}
        self.zone = ZoneInfo(moment.zone_on(now.date()) if moment else DEFAULT_ZONE)
        local = now.astimezone(self.zone)
        self.today = local.date()
        # Minutes of the contract where it differs from the full week.
        self.weekly_minutes = moment.weekly_minutes_on(self.today) if moment else None
        self.now_clock = local.hour * 60 + local.minute

    @property
    def unit_id(self) -> int | None:
        return self.unit_on(self.today)

    def unit_on(self, day: date) -> int | None:
        """The unit in which the person worked on `day`."""
        return self.moment.unit_on(day)["unit_id"] if self.moment else None

    # ---- the days ----

    def expected(self, day: date) -> hours.ExpectedDay | None:
        if self.moment is None:
            return None
        if day not in self._expected:
            self._expected[day] = self.moment.expected(day)
        return self._expected[day]

    def is_working(self, day: date) -> bool:
        """By the person's own schedule and calendar; Monday to Friday for somebody without an appointment."""
        expected = self.expected(day)
        return day.weekday() < 5 if expected is None else expected.scheduled_minutes > 0

    def place(self, day: date) -> places.ExpectedDay | None:
        if self.moment is None:
            return None
        if day not in self._places:
            self._places[day] = self.moment.place_on(day)
        return self._places[day]

    def away(self, day: date) -> Fraction:
        """The share of a working day on leave or training; travel is work."""
        expected, place = self.expected(day), self.place(day)
        if expected is None or place is None or not expected.scheduled_minutes:
            return Fraction(0)
        if place.place in NOT_WORK and place.claim is not None:
            return Fraction(1)
        return self._part_of_leave(day, expected)

    def _part_of_leave(self, day: date, expected: hours.ExpectedDay) -> Fraction:
        parts = [
            entries.Entry(key=None, day=day, starts=a.starts, ends=a.ends)
            for a in (self.moment.absences_on(day) if self.moment else ())
            if a.starts is not None and a.ends is not None and places.place_of_absence(a.code) in NOT_WORK
            and a.code != "DISP"
        ]  # fmt: skip
        if not parts or expected.starts is None or expected.ends is None:
            return Fraction(0)
        span = (expected.starts, expected.ends)
        gone = sum(p.minutes - entries.minutes_outside(p, [span]) for p in parts)
        return min(Fraction(1), Fraction(gone, expected.ends - expected.starts))

    def schedule(self, day: date) -> tuple[int, int] | None:
        """Working hours of the day in local minutes; None on a day off."""
        expected = self.expected(day)
        if expected is None or expected.starts is None or expected.ends is None:
            return None
        return (expected.starts, expected.ends) if expected.scheduled_minutes else None

    def is_shift(self, day: date) -> bool:
        expected = self.expected(day)
        if expected is None:
            return False
        return expected.mode is hours.HoursMode.SHIFT or (expected.ends or 0) > entries.DAY

    def result(self, day: date) -> hours.DayResult | None:
        """The clock's sums of the day as they stand now."""
        return self.moment.result(day, now=self.now) if self.moment else None

    def presence(self, day: date) -> tuple[tuple[int, int], ...] | None:
        """From first in to last out in local minutes, an open day until now; None where nothing was clocked."""
        result = self.result(day)
        if result is None or result.first_in_at is None:
            return None
        begins = self._minute(result.first_in_at, day)
        if result.last_out_at is not None and result.last_out_at > result.first_in_at:
            return ((begins, self._minute(result.last_out_at, day)),)
        schedule = self.schedule(day)
        closing = self.now_clock if day == self.today else max(schedule[1] if schedule else entries.DAY, begins)
        return ((begins, max(begins, closing)),)

    def _minute(self, moment: datetime, day: date) -> int:
        local = moment.astimezone(self.zone)
        return (local.date() - day).days * entries.DAY + local.hour * 60 + local.minute

    # ---- deadlines and norms ----

    def deadline(self, day: date) -> date:
        """Last day on which the log of `day` may be sent."""
        return deadlines.submission_deadline(day, self.policy.submit_within_days, self.is_working)

    def mend_by(self, day: date, returned_on: date) -> date:
        return deadlines.mending_deadline(
            day,
            returned_on,
            submit_within=self.policy.submit_within_days,
            mend_within=self.policy.mend_within_days,
            is_working=self.is_working,
        )

    def norm_day(self, day: date) -> norms.NormDay:
        return norms.NormDay(day=day, is_working=self.is_working(day), away=self.away(day))

    def day_norm(self, day: date) -> int:
        return norms.day_norm(self.norm_day(day), self.policy, weekly_minutes=self.weekly_minutes)

    # ---- for the rules ----

    def facts(
        self, day: date, *, mend_by: date | None = None, earlier_texts: Sequence[str] = (), with_clock: bool = True
    ) -> entries.DayFacts:
        """What the rules must know of `day`; `with_clock=False` leaves the comparison with presence out."""
        place = self.place(day)
        return entries.DayFacts(
            today=self.today,
            now_clock=self.now_clock,
            is_working=self.is_working(day),
            away=self.away(day),
            at_home=bool(place and place.place == "HOME"),
            shift_work=self.is_shift(day),
            schedule=self.schedule(day) if with_clock else None,
            presence=self.presence(day) if with_clock else None,
            deadline=self.deadline(day),
            mend_by=mend_by,
            earlier_texts=tuple(earlier_texts),
        )


def diary_of(person_id: int, starts_on: date, ends_on: date, now: datetime) -> Diary:
    """The diary of a stretch of days; three statements."""
    try:
        moment = moment_of(person_id, starts_on, ends_on)
    except NotAppointed:
        return Diary(person_id, None, LogPolicy(), now)
    policy = policy_for_chain(moment.chain_on(ends_on), ends_on)
    return Diary(person_id, moment, policy, now)


def rule_entry(row: LogEntry) -> entries.Entry:
    """A stored entry as the rules take it."""
    return entries.Entry(
        key=row.pk,
        day=row.day,
        starts=row.starts_minute,
        ends=row.ends_minute,
        text=row.activity,
        quantity=None if row.quantity is None else Fraction(row.quantity),
        output_unit=row.output_unit,
        can_be_done_from_home=row.can_be_done_from_home,
        was_returned=row.state == EntryState.RETURNED,
    )
