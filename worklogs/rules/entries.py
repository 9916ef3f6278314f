"""What is wrong, doubtful or worth a look in the entries of one day.

Times of day are ints: minutes after local midnight. An entry that runs past midnight ends above
1,440 and belongs to the day on which it began (night shifts). Spans are half-open: one entry may
begin in the minute in which another ends.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from worklogs.rules import copying
from worklogs.rules.findings import Finding, Severity, gettext_noop
from worklogs.rules.policy import LogPolicy

DAY = 1_440
Span = tuple[int, int]


class Stage(StrEnum):
    """WRITING lets a draft be unfinished; SENDING asks for everything."""

    WRITING = "WRITING"
    SENDING = "SENDING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One activity as the rules see it. `key` is whatever the caller recognises it by."""

    key: object
    day: date
    starts: int
    ends: int
    text: str = ""
    quantity: Fraction | int | None = None
    output_unit: str = ""
    can_be_done_from_home: bool = True
    was_returned: bool = False

    @property
    def minutes(self) -> int:
        return max(0, self.ends - self.starts)

    @property
    def absolute(self) -> Span:
        """Start and end on one line of minutes through all days, so that neighbours across midnight compare."""
        base = self.day.toordinal() * DAY
        return base + self.starts, base + self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What is known of the person's day beside the log.

    `now_clock` is the minute of `today` in the person's zone. `presence` are clocked spans, an
    open one closed at now; None means no clock is known (nothing to compare with). `schedule` are
    the working hours, None on a day off. `away` is the share of the day on approved leave.
    `deadline` is the last day to send; `mend_by` the same for returned entries.
    """

    today: date
    now_clock: int
    is_working: bool = True
    away: Fraction = Fraction(0)
    at_home: bool = False
    shift_work: bool = False
    schedule: Span | None = None
    presence: tuple[Span, ...] | None = None
    deadline: date | None = None
    mend_by: date | None = None
    earlier_texts: tuple[str, ...] = field(default=())


def check_day(
    entries: Sequence[Entry],
    facts: DayFacts,
    policy: LogPolicy,
    *,
    stage: Stage,
    neighbours: Sequence[Entry] = (),
) -> list[Finding]:
    """Everything to say about one day's entries, entry by entry in order of start, then the day as a whole.

    `neighbours` are own entries of the day before and after: they matter for overlap only.
    All findings come at once, so that the writer mends the day in one pass.
    """
    ordered = sorted(entries, key=lambda e: (e.starts, e.ends, str(e.key)))
    findings: list[Finding] = []
    for entry in ordered:
        findings += check_entry(entry, facts, policy, stage=stage)
    findings += check_overlaps([*ordered, *neighbours], own={id(e) for e in ordered})
    findings += check_total(ordered, policy)
    return findings


def check_entry(entry: Entry, facts: DayFacts, policy: LogPolicy, *, stage: Stage) -> list[Finding]:
    """Findings about one entry alone; overlap and the day's sum are looked at with the whole day."""
    found = [*_form(entry, facts), *_time(entry, facts, policy, stage), *_day(entry, facts, policy)]
    if not any(f.code == "future_day" for f in found):
        found += _surroundings(entry, facts, policy)
    copies = copying.times_copied(entry.text, facts.earlier_texts[: policy.copied_among])
    if copies >= policy.copied_at_least:
        message = gettext_noop("The same words stand in %(count)s of the last %(among)s entries.")
        among = min(len(facts.earlier_texts), policy.copied_among)
        found.append(_finding(entry, "copied_text", Severity.SIGNALS, message, count=copies, among=among))
    return found


def _finding(entry: Entry, code: str, severity: Severity, message: str, **params: object) -> Finding:
    return Finding(code=code, severity=severity, message=message, params=params, day=entry.day, entry_key=entry.key)


def _form(entry: Entry, facts: DayFacts) -> Iterator[Finding]:
    blocks = Severity.BLOCKS
    if not entry.text.strip():
        yield _finding(entry, "no_text", blocks, gettext_noop("Say what was done: the activity is empty."))
    if entry.ends <= entry.starts:
        message = gettext_noop("%(start_clock)s–%(end_clock)s lasts no time: the end must be later than the start.")
        yield _finding(entry, "no_time", blocks, message, start_clock=entry.starts, end_clock=entry.ends)
    elif entry.ends > DAY and not facts.shift_work:
        message = gettext_noop("%(start_clock)s–%(end_clock)s runs past midnight; only shift work may. Check the end.")
        yield _finding(entry, "past_midnight", blocks, message, start_clock=entry.starts, end_clock=entry.ends)
    if entry.quantity is not None and entry.quantity <= 0:
        message = gettext_noop("The output is %(quantity)s; it must be more than zero, or left empty.")
        yield _finding(entry, "no_output", blocks, message, quantity=str(entry.quantity))


def _time(entry: Entry, facts: DayFacts, policy: LogPolicy, stage: Stage) -> Iterator[Finding]:
    if entry.day > facts.today:
        message = gettext_noop("%(entry_day)s is still to come; today is %(today)s.")
        yield _finding(entry, "future_day", Severity.BLOCKS, message, entry_day=entry.day, today=facts.today)
        return
    now = (facts.today - entry.day).days * DAY + facts.now_clock
    if entry.ends > now:
        message = gettext_noop("It ends at %(end_clock)s, which is still to come; it can be sent after that.")
        severity = Severity.BLOCKS if stage is Stage.SENDING else Severity.WARNS
        yield _finding(entry, "future_time", severity, message, end_clock=entry.ends)
    last = facts.mend_by if entry.was_returned and facts.mend_by else facts.deadline
    if last is not None and facts.today > last:
        severity = Severity.BLOCKS if policy.late_is_refused else Severity.WARNS
        message = gettext_noop("The log of %(entry_day)s could be sent until %(deadline)s; today is %(today)s.")
        params = {"entry_day": entry.day, "deadline": last, "today": facts.today}
        yield _finding(entry, "past_deadline", severity, message, **params)


def _day(entry: Entry, facts: DayFacts, policy: LogPolicy) -> Iterator[Finding]:
    if facts.away >= 1:
        severity = Severity.BLOCKS if policy.leave_is_refused else Severity.WARNS
        message = gettext_noop("%(entry_day)s is a day of leave; no work is logged on leave.")
        yield _finding(entry, "on_leave", severity, message, entry_day=entry.day)
    elif facts.away > 0:
        message = gettext_noop("Part of %(entry_day)s is leave.")
        yield _finding(entry, "part_leave", Severity.WARNS, message, entry_day=entry.day)
    elif not facts.is_working:
        message = gettext_noop("%(entry_day)s is a day off; say who ordered the work.")
        yield _finding(entry, "day_off", Severity.WARNS, message, entry_day=entry.day)


def _surroundings(entry: Entry, facts: DayFacts, policy: LogPolicy) -> Iterator[Finding]:
    if facts.at_home and not entry.can_be_done_from_home:
        message = gettext_noop("This work needs the office, and the place of that day is home.")
        yield _finding(entry, "needs_office", Severity.WARNS, message)
    if facts.presence is not None:
        outside = minutes_outside(entry, facts.presence)
        if outside > policy.presence_tolerance_minutes:
            message = gettext_noop("%(outside_minutes)s of it lie outside the clocked presence.")
            yield _finding(entry, "outside_presence", Severity.WARNS, message, outside_minutes=outside)
    elif facts.schedule is not None:
        outside = minutes_outside(entry, (facts.schedule,))
        if outside > policy.presence_tolerance_minutes:
            message = gettext_noop("%(outside_minutes)s of it lie outside working hours.")
            yield _finding(entry, "outside_schedule", Severity.WARNS, message, outside_minutes=outside)


def minutes_outside(entry: Entry, spans: Sequence[Span]) -> int:
    """Minutes of the entry not covered by any of the spans; the spans may overlap each other."""
    covered = 0
    reached = entry.starts
    for start, end in sorted(spans):
        start, end = max(start, reached), min(end, entry.ends)
        if end > start:
            covered += end - start
            reached = end
    return max(0, entry.minutes - covered)


def check_overlaps(entries: Sequence[Entry], *, own: set[int] | None = None) -> list[Finding]:
    """One BLOCKS finding for each pair of own entries sharing a minute, told at the one that starts later.

    Pairs of two neighbours (ids not in `own`) are not this day's matter.
    """
    message = gettext_noop("%(start_clock)s–%(end_clock)s overlaps with %(other_start_clock)s–%(other_end_clock)s.")
    findings: list[Finding] = []
    ordered = sorted(entries, key=lambda e: (*e.absolute, str(e.key)))
    for place, later in enumerate(ordered):
        for earlier in ordered[:place]:
            mine = own is None or id(earlier) in own or id(later) in own
            if mine and later.minutes and earlier.minutes and earlier.absolute[1] > later.absolute[0]:
                subject, other = (later, earlier) if own is None or id(later) in own else (earlier, later)
                findings.append(
                    _finding(
                        subject, "overlap", Severity.BLOCKS, message,
                        start_clock=subject.starts, end_clock=subject.ends,
                        other_start_clock=other.starts, other_end_clock=other.ends, other_key=other.key,
                    )
                )  # fmt: skip
    return findings


def check_total(entries: Sequence[Entry], policy: LogPolicy) -> list[Finding]:
    """A BLOCKS finding when one day's entries together exceed the day's maximum; exactly the maximum passes."""
    total = sum(e.minutes for e in entries)
    if not entries or total <= policy.day_max_minutes:
        return []
    message = gettext_noop("The entries of %(entry_day)s add up to %(total_minutes)s; at most %(limit_minutes)s count.")
    return [
        Finding(
            code="day_too_long",
            severity=Severity.BLOCKS,
            message=message,
            params={
                "entry_day": entries[0].day,
                "total_minutes": total,
                "limit_minutes": policy.day_max_minutes,
            },
            day=entries[0].day,
        )
    ]


def free_span(entries: Sequence[Entry], schedule: Span, *, length: int = 60, until: int = DAY) -> Span:
    """Where a new entry most likely goes: the first free stretch of the schedule, `length` minutes at most.

    Looks after the last entry first, since days are written in order; `until` (the present minute)
    cuts the proposal when that leaves at least 15 minutes. Never empty: it may run past the schedule.
    """
    starts = max([schedule[0], *(e.ends for e in entries if e.ends < DAY - 15)])
    ends = min(starts + length, DAY)
    if starts + 15 <= until < ends:
        ends = until
    if starts < schedule[1] < ends:
        ends = schedule[1]
    return starts, ends
