"""*Presensi saya*: one person's month, day by day, with every discrepancy named."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from attendance.models import AbsenceKind, DaySummary, FenceVerdict
from attendance.queries.cards import described_place
from attendance.queries.days import UNFINISHED, Week, day_summaries, result_of, week_from
from attendance.queries.moment import Moment, StoredPunch, moment_of
from attendance.queries.places import PlaceOfDay
from attendance.rules import hours
from common.templatetags.kotak9 import duration

REVIEWED = (FenceVerdict.OUTSIDE, FenceVerdict.NO_GPS, FenceVerdict.DENIED, FenceVerdict.POOR)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to notice about a day: `level` is a tag kind, `text` says it in words."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day as the month shows it."""

    day: date
    place: PlaceOfDay
    expected: hours.ExpectedDay
    result: hours.DayResult
    punches: tuple[StoredPunch, ...]
    remarks: tuple[Remark, ...]
    holiday: str
    is_today: bool
    is_future: bool

    @property
    def is_free(self) -> bool:
        return self.place.place == "OFF"

    @property
    def mark(self) -> str:
        """The shade of the day in the strip: free, to come, away, without news, with a remark, or well."""
        if self.is_free:
            return "free"
        if self.is_future:
            return "ahead"
        if self.result.absence_code:
            return "away"
        if self.result.absent_days:
            return "bad"
        return "warn" if self.remarks else "well" if self.result.first_in_at else "ahead"


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    days: list[DayOfMonth] = field(default_factory=list)
    weeks: list[Week] = field(default_factory=list)

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def totals(self) -> dict[str, int]:
        """Sums of whole minutes over the days of the month that are not to come."""
        past = [day.result for day in self.days if not day.is_future]
        return {
            "done": sum(r.total_minutes for r in past),
            "target": sum(r.target_minutes for r in past),
            "late": sum(r.late_minutes for r in past),
            "early": sum(r.early_minutes for r in past),
            "absent": sum(r.absent_days for r in past),
            "late_days": sum(1 for r in past if r.late_minutes),
        }

    @property
    def has_news(self) -> bool:
        """Whether anything was clocked or excused in this month."""
        return any(day.punches or day.result.absence_code or day.result.total_minutes for day in self.days)


def month_of(person_id: int, first: date, *, now: datetime) -> Month:
    """The month that begins on `first`, and the whole weeks it touches; a constant number of queries.

    Raises NotAppointed for somebody without a position in those weeks.
    """
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    monday = hours.monday_of(first)
    end = hours.monday_of(last) + timedelta(days=6)
    moment = moment_of(person_id, monday, end)
    stored = {row.day: row for row in day_summaries([person_id], monday, end)}
    days = [
        day_of(moment, first + timedelta(days=n), stored.get(first + timedelta(days=n)), now=now)
        for n in range((last - first).days + 1)
    ]
    mondays = [monday + timedelta(days=7 * n) for n in range((end - monday).days // 7 + 1)]
    weeks = [week_from(moment, each, now=now, stored=stored) for each in mondays]
    return Month(first, days, weeks)


def own_day(person_id: int, day: date, *, now: datetime) -> DayOfMonth:
    """One day of one person; three queries. Raises NotAppointed for somebody without a position."""
    stored = day_summaries([person_id], day, day).first()
    return day_of(moment_of(person_id, day, day), day, stored, now=now)


@dataclass(frozen=True, slots=True)
class DerivedDay:
    """A day as the rules read it now, step by step, beside what is stored of it."""

    day: date
    place: PlaceOfDay
    result: hours.DayResult
    stored: DaySummary | None
    punches: tuple[StoredPunch, ...]
    path: str
    zone: str
    legal_basis: str


def derived_day(person_id: int, day: date, *, now: datetime) -> DerivedDay:
    """One day of one person with the steps of its sum. Raises NotAppointed for somebody without a position."""
    moment = moment_of(person_id, day, day)
    document = moment.document_on(day)
    return DerivedDay(
        day=day,
        place=described_place(moment, day),
        result=moment.result(day, now=now, explain=True),
        stored=day_summaries([person_id], day, day).first(),
        punches=tuple(punch for punch in moment.punches if punch.day == day),
        path=moment.unit_on(day)["path"],
        zone=moment.zone_on(day),
        legal_basis=document["legal_basis"] if document else "",
    )


def day_of(moment: Moment, day: date, stored: DaySummary | None, *, now: datetime) -> DayOfMonth:
    """One day: stored sums where they stand, otherwise what the rules say now."""
    today = moment.local_day(now)
    is_live = stored is None or stored.status in UNFINISHED or day >= today
    result = moment.result(day, now=now) if stored is None or is_live else result_of(stored)
    punches = tuple(punch for punch in moment.punches if punch.day == day)
    return DayOfMonth(
        day=day,
        place=described_place(moment, day),
        expected=moment.expected(day),
        result=result,
        punches=punches,
        remarks=tuple(remarks_on(result, punches)),
        holiday=moment.calendar.name_of(day),
        is_today=day == today,
        is_future=day > today,
    )


def remarks_on(result: hours.DayResult, punches: tuple[StoredPunch, ...]) -> list[Remark]:
    """Everything worth a word about a day: absence, lateness, missing presses, positions to look at."""
    found: list[Remark] = []
    if result.absence_code:
        found.append(Remark("info", absence_words(result.absence_code)))
    if result.absent_days and not result.first_in_at:
        found.append(Remark("no", _("No news")))
    if result.late_minutes:
        found.append(Remark("wait", _("Late %(time)s") % {"time": duration(result.late_minutes)}))
    if result.early_minutes:
        found.append(Remark("wait", _("Left %(time)s early") % {"time": duration(result.early_minutes)}))
    found += _missing(result)
    found += [Remark("wait", punch.verdict_words) for punch in punches if punch.verdict in REVIEWED]
    return list(dict.fromkeys(found))


def _missing(result: hours.DayResult) -> list[Remark]:
    if result.auto_closed:
        return [Remark("no", _("No clock-out: closed by rule"))]
    found = []
    if result.missing_in:
        found.append(Remark("no", _("No clock-in")))
    if result.missing_out:
        found.append(Remark("no", _("No clock-out")))
    return found


def absence_words(code: str) -> str:
    if code == "DISP":
        return _("Dispensation")
    return str(AbsenceKind(code).label) if code in AbsenceKind.values else code
