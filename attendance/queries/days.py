"""Stored days and weeks, and the sums other apps ask for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet, Sum

from attendance.models import DayStatus, DaySummary
from attendance.queries.moment import Moment, moment_of
from attendance.rules import hours

# A day stored while it was still running; once it is over the rules say more than the row does.
UNFINISHED = (DayStatus.OPEN, DayStatus.UPCOMING)


def day_summaries(person_ids: Collection[int] | QuerySet, starts_on: date, ends_on: date) -> QuerySet[DaySummary]:
    """Stored days of these people from `starts_on` to `ends_on` (inclusive), by person and day."""
    rows = DaySummary.objects.filter(person_id__in=person_ids).between(starts_on, ends_on)
    return rows.order_by("person_id", "day")


@dataclass(frozen=True, slots=True)
class Share:
    """Minutes done (worked and credited) against minutes owed."""

    worked: int
    required: int


def attendance_share(person_ids: Collection[int] | QuerySet, starts_on: date, ends_on: date) -> dict[int, Share]:
    """Done and owed minutes of each person over stored days of the period; people without any are left out."""
    rows = DaySummary.objects.filter(person_id__in=person_ids).between(starts_on, ends_on)
    sums = rows.order_by().values("person_id").annotate(
        done=Sum(F("worked_minutes") + F("credited_minutes")), owed=Sum("target_minutes")
    )  # fmt: skip
    return {row["person_id"]: Share(row["done"], row["owed"]) for row in sums}


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """One day of somebody's week: the sums, the expected place, whether it is the day asked about."""

    day: date
    place: str
    result: hours.DayResult
    is_today: bool
    is_future: bool

    @property
    def is_running(self) -> bool:
        return self.result.open_since is not None


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday of one person: `done` counts worked and credited minutes, the running pair included."""

    monday: date
    days: list[DayOfWeek] = field(default_factory=list)
    coach: hours.Coach | None = None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def target_minutes(self) -> int:
        return sum(day.result.target_minutes for day in self.days)

    @property
    def done_minutes(self) -> int:
        running = self.coach.running_minutes if self.coach else 0
        return sum(day.result.total_minutes for day in self.days) + running

    @property
    def left_minutes(self) -> int:
        return max(0, self.target_minutes - self.done_minutes)

    @property
    def shown_days(self) -> list[DayOfWeek]:
        """Monday to Friday, and a weekend day only where something is owed or done on it."""
        return [d for d in self.days if d.day.weekday() < 5 or d.result.target_minutes or d.result.total_minutes]


def week_of(person_id: int, day: date, *, now: datetime | None = None) -> Week:
    """The week of `day`: stored sums where they stand, the rules' answer for days not stored, today as of `now`.

    Without `now` nothing runs and the coach is silent. Raises NotAppointed for somebody without a position.
    """
    monday = hours.monday_of(day)
    return week_from(moment_of(person_id, monday, monday + timedelta(days=6)), monday, now=now)


def week_from(
    moment: Moment, monday: date, *, now: datetime | None, stored: dict[date, DaySummary] | None = None
) -> Week:
    """As `week_of`, from facts that are loaded already; one query for the stored days where they are not given."""
    days = [monday + timedelta(days=n) for n in range(7)]
    if stored is None:
        stored = {row.day: row for row in day_summaries([moment.person_id], days[0], days[-1])}
    today = moment.local_day(now) if now else None
    listed = [_day_of(moment, day, stored.get(day), today=today, now=now) for day in days]
    coach = None
    if now is not None:
        expected = [moment.expected(day) for day in days]
        coach = hours.coach(moment.policy_on(days[0]), expected, [d.result for d in listed], now=now)
    return Week(monday, listed, coach)


def _day_of(
    moment: Moment, day: date, stored: DaySummary | None, *, today: date | None, now: datetime | None
) -> DayOfWeek:
    is_live = stored is None or stored.status in UNFINISHED or (today is not None and day >= today)
    result = moment.result(day, now=now) if stored is None or is_live else result_of(stored)
    place = moment.place_on(day).place if stored is None or is_live else stored.place
    return DayOfWeek(day, place, result, is_today=day == today, is_future=today is not None and day > today)


def result_of(row: DaySummary) -> hours.DayResult:
    """A stored day as the rules' result."""
    names = hours.DayResult.__dataclass_fields__.keys() - {"status", "kind", "steps"}
    return hours.DayResult(
        status=hours.DayStatus(row.status), kind=hours.DayKind(row.kind), **{name: getattr(row, name) for name in names}
    )
