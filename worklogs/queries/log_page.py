"""What the page of one's own log shows: a day, its week, its month and the meter."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.utils.translation import gettext

from attendance.rules import hours, places
from common.templatetags.kotak9 import duration
from worklogs.models import EntryState, Favourite, LogEntry
from worklogs.queries.diary import Diary, diary_of, rule_entry
from worklogs.rules import copying, entries, norms
from worklogs.rules.findings import Finding, Severity
from worklogs.rules.states import State

MEMORY = timedelta(days=31)
SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the strip or of the calendar; `status` is the weakest state among its entries."""

    day: date
    status: str
    minutes: int
    norm: int
    count: int
    is_today: bool
    is_shown: bool
    is_working: bool
    in_month: bool = True
    place: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry with what the rules say of it."""

    entry: LogEntry
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    day: date
    diary: Diary
    lines: list[EntryLine]
    day_findings: list[Finding]
    returned_elsewhere: list[LogEntry]
    week: list[DayCell]
    calendar: list[list[DayCell]]
    meter: norms.MonthMeter
    minutes: int
    norm: int
    deadline: date
    days_left: int
    sendable: int
    week_sendable: int
    can_copy_from: date | None
    proposal: tuple[int, int]
    suggestions: list[str]
    output_units: list[str]
    favourites: list[Favourite] = field(default_factory=list)
    states: tuple[str, ...] = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED", "REJECTED")

    @property
    def closed_because(self) -> str:
        """Why nothing new can be written on this day: FUTURE, LATE or "" where it can."""
        if self.day > self.diary.today:
            return "FUTURE"
        is_late = self.days_left < 0 and self.diary.policy.late_is_refused
        return "LATE" if is_late else ""

    @property
    def place(self) -> places.ExpectedDay | None:
        return self.diary.place(self.day)

    @property
    def clock(self) -> hours.DayResult | None:
        return self.diary.result(self.day)

    @property
    def zone(self) -> str:
        return self.diary.zone.key

    @property
    def week_before(self) -> date:
        return self.day - timedelta(days=7)

    @property
    def week_after(self) -> date:
        return self.day + timedelta(days=7)

    @property
    def month_before(self) -> date:
        return self.day.replace(day=1) - timedelta(days=1)

    @property
    def month_after(self) -> date:
        return (self.day.replace(day=28) + timedelta(days=4)).replace(day=1)

    @property
    def meter_share(self) -> Fraction | None:
        return Fraction(self.meter.written, self.meter.norm) if self.meter.norm else None

    @property
    def meter_words(self) -> str:
        """The bar in words, for those who hear it."""
        text = gettext("%(approved)s approved and %(open)s open of %(norm)s")
        meter = self.meter
        values = {"approved": meter.approved, "open": meter.open_minutes, "norm": meter.norm}
        return text % {name: duration(minutes) for name, minutes in values.items()}


# What a day looks like when its entries differ: what asks for a deed comes first.
WEAKEST = (EntryState.RETURNED, EntryState.DRAFT, EntryState.SUBMITTED, EntryState.REJECTED, EntryState.APPROVED)


def log_page(person_id: int, day: date, now: datetime) -> LogPage:
    """Everything for the page of `day`: six statements, however many entries."""
    first, last = grid_of(day)
    diary = diary_of(person_id, first, last + timedelta(days=14), now)
    rows = entries_around(person_id, first, last, day)
    favourites = list(Favourite.objects.filter(person_id=person_id).order_by("activity", "pk"))
    return _page(rows, favourites, diary, day)


def entries_around(person_id: int, first: date, last: date, day: date) -> list[LogEntry]:
    """Own entries of the shown weeks and of the month before, newest day first; returned ones of any age too."""
    since = min(first, day - MEMORY)
    mine = LogEntry.objects.of(person_id)
    wanted = mine.between(since, last) | mine.filter(state=EntryState.RETURNED)
    return list(wanted.select_related("validator", "decided_by").order_by("-day", "starts_minute", "pk"))


def grid_of(day: date) -> tuple[date, date]:
    """First Monday and last Sunday of the calendar sheet of the month of `day`."""
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _page(rows: Sequence[LogEntry], favourites: list[Favourite], diary: Diary, day: date) -> LogPage:
    by_day = group_by_day(rows)
    mine = by_day.get(day, [])
    lines, day_findings = judged(mine, by_day, diary, day)
    week = week_of(day)
    first, last = grid_of(day)
    deadline = diary.deadline(day)
    standing = [rule_entry(row) for row in mine if row.state != EntryState.REJECTED]
    schedule = diary.schedule(day) or (450, 960)
    until = diary.now_clock if day == diary.today else entries.DAY
    return LogPage(
        day=day,
        diary=diary,
        lines=lines,
        day_findings=day_findings,
        returned_elsewhere=[r for r in rows if r.state == EntryState.RETURNED and r.day != day],
        week=[cell(d, by_day, diary, day) for d in week],
        calendar=[
            [cell(first + timedelta(days=7 * w + i), by_day, diary, day) for i in range(7)]
            for w in range(((last - first).days + 1) // 7)
        ],
        meter=meter_of(rows, diary, day),
        minutes=sum(entry.minutes for entry in standing),
        norm=diary.day_norm(day),
        deadline=deadline,
        days_left=(deadline - diary.today).days,
        sendable=sum(1 for row in mine if row.may_be_sent),
        week_sendable=sum(1 for d in week for row in by_day.get(d, []) if row.may_be_sent),
        can_copy_from=max((d for d, found in by_day.items() if d < day and copyable(found)), default=None),
        proposal=entries.free_span(standing, schedule, until=until),
        suggestions=copying.commonest((row.activity for row in rows), limit=SUGGESTIONS),
        output_units=_units(rows, favourites),
        favourites=favourites,
    )


def _units(rows: Iterable[LogEntry], favourites: Iterable[Favourite]) -> list[str]:
    spellings = [*(row.output_unit for row in rows), *(kept.output_unit for kept in favourites)]
    return copying.commonest([text for text in spellings if text], limit=12)


def copyable(rows: Iterable[LogEntry]) -> bool:
    return any(row.state != EntryState.REJECTED for row in rows)


def group_by_day(rows: Iterable[LogEntry]) -> dict[date, list[LogEntry]]:
    found: dict[date, list[LogEntry]] = {}
    for row in rows:
        found.setdefault(row.day, []).append(row)
    return found


def week_of(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=i) for i in range(7)]


def judged(
    mine: Sequence[LogEntry],
    by_day: dict[date, list[LogEntry]],
    diary: Diary,
    day: date,
    *,
    stage: entries.Stage = entries.Stage.WRITING,
) -> tuple[list[EntryLine], list[Finding]]:
    """The day's entries, each with its findings, and the findings about the day as a whole.

    Only entries that can still be changed are judged: what was decided stands as it is. Signals are
    for the superior and are left out.
    """
    beside = [rule_entry(r) for step in (-1, 1) for r in by_day.get(day + timedelta(days=step), [])
              if r.state != EntryState.REJECTED]  # fmt: skip
    mend = max((row.mend_by_on for row in mine if row.mend_by_on), default=None)
    facts = diary.facts(day, mend_by=mend)
    standing = [rule_entry(row) for row in mine if row.state != EntryState.REJECTED]
    found = entries.check_day(standing, facts, diary.policy, stage=stage, neighbours=beside)
    open_keys = {row.pk for row in mine if row.may_be_changed}
    late = {row.pk for row in mine if row.state == EntryState.SUBMITTED}
    found = [f for f in found if f.entry_key is None or f.entry_key in open_keys]
    found = [f for f in found if not (f.code == "past_deadline" and f.entry_key in late)]
    found = [f for f in found if f.severity is not Severity.SIGNALS]
    lines = [EntryLine(row, tuple(f for f in found if f.entry_key == row.pk)) for row in mine]
    lines.sort(key=lambda line: (line.entry.state != EntryState.RETURNED, line.entry.starts_minute, line.entry.pk))
    return lines, [f for f in found if f.entry_key is None]


def status_of(rows: Sequence[LogEntry]) -> str:
    """One state for a day: the one that asks most; "" without entries."""
    states = {row.state for row in rows}
    return next((str(state) for state in WEAKEST if state in states), "")


def cell(day: date, by_day: dict[date, list[LogEntry]], diary: Diary, shown: date) -> DayCell:
    rows = by_day.get(day, [])
    place = diary.place(day)
    norm = diary.day_norm(day)
    status = status_of(rows)
    unsent = status in ("", EntryState.DRAFT)
    return DayCell(
        day=day,
        status=status,
        minutes=sum(row.length for row in rows if row.state != EntryState.REJECTED),
        norm=norm,
        count=len(rows),
        is_today=day == diary.today,
        is_shown=day == shown,
        is_working=diary.is_working(day),
        in_month=day.month == shown.month,
        place=place.place if place else "",
        is_late=bool(norm) and unsent and day < diary.today and diary.deadline(day) < diary.today,
    )


def minutes_per_state(rows: Iterable[LogEntry]) -> dict[date, dict[State, int]]:
    found: dict[date, dict[State, int]] = {}
    for row in rows:
        states = found.setdefault(row.day, {})
        states[State(row.state)] = states.get(State(row.state), 0) + row.length
    return found


def meter_of(rows: Sequence[LogEntry], diary: Diary, day: date) -> norms.MonthMeter:
    """The meter of the month of `day`."""
    first = day.replace(day=1)
    days = [first + timedelta(days=i) for i in range(monthrange(day.year, day.month)[1])]
    in_month = [row for row in rows if (row.day.year, row.day.month) == (day.year, day.month)]
    return norms.month_meter(
        [diary.norm_day(d) for d in days],
        minutes_per_state(in_month),
        diary.policy,
        today=diary.today,
        weekly_minutes=diary.weekly_minutes,
    )
