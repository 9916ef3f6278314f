"""Making stored days and weeks agree with their facts again: for marked days, for a period, for everybody.

One chunk is one short transaction that holds the people's rows, as the clock does for one person, so a press and a
recomputation never overwrite each other. What has not changed is not written.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from attendance.actions.days import store_summaries, summary_of
from attendance.actions.marks import PersonDay, take_marks
from attendance.models import DayMark, DaySummary, Punch, WeekSummary
from attendance.queries.facts import STORED_VALUES, ComputedDay, OfficeFacts, PeopleFacts
from attendance.rules import hours
from common.db import in_chunks
from common.errors import DomainError
from personnel.actions import record_audit, start_job
from personnel.models import Appointment, Job, Person, User

PERSON_DAYS_PER_CHUNK = 1_000
MARKS_PER_BATCH = 1_000
logger = logging.getLogger(__name__)
SUMMED = (
    "target_minutes", "worked_minutes", "credited_minutes", "late_minutes", "early_minutes", "unexcused_minutes",
    "absent_days",
)  # fmt: skip


class PeriodReversed(DomainError):
    code = "period_reversed"


@dataclass(slots=True)
class Recomputed:
    """How many days were looked at, written because they differed, and removed because nothing asks for them."""

    computed: int = 0
    written: int = 0
    removed: int = 0

    def add(self, other: "Recomputed") -> None:
        self.computed += other.computed
        self.written += other.written
        self.removed += other.removed


# ---- doors ----


def recompute_days(*, days: Iterable[PersonDay], now: datetime) -> Recomputed:
    """Bring the summaries of these person-days, and of the weeks they lie in, up to their facts.

    A day asked for may turn out to hold punches of the night before; that day is recomputed too. Safe to repeat:
    what agrees already is not touched.
    """
    total = Recomputed()
    for month, by_person in _by_month(days).items():
        office = OfficeFacts(month, _month_end(month))
        for chunk in _chunks(by_person):
            total.add(_recompute_chunk(chunk, office, now))
            _let_others_write()
    return total


def recompute_range(
    *,
    starts_on: date,
    ends_on: date,
    now: datetime,
    person_ids: Collection[int] | None = None,
    step: Callable[[int, int], None] | None = None,
) -> Recomputed:
    """Recompute every day from `starts_on` to `ends_on` (inclusive) of these people, or of everybody with a position.

    `step(done, total)` is called between chunks, in person-days; what it raises ends the work between two
    transactions, and what is written stands.
    """
    people = people_of(starts_on, ends_on) if person_ids is None else sorted(person_ids)
    days = hours.days_between(starts_on, ends_on)
    total, done = Recomputed(), 0
    for month_days in _months(days):
        office = OfficeFacts(month_days[0], month_days[-1])
        for group in in_chunks(people, max(1, PERSON_DAYS_PER_CHUNK // len(month_days))):
            total.add(_recompute_chunk(dict.fromkeys(group, month_days), office, now))
            done += len(group) * len(month_days)
            _let_others_write()
            if step is not None:
                step(done, len(people) * len(days))
    return total


def start_recompute(*, starts_on: date, ends_on: date, actor: User | None, now: datetime) -> Job:
    """Put the recomputation of a period for everybody on the list of jobs; the caller sends the task after the commit.

    Raises:
        PeriodReversed: the last day is before the first.
        JobAlreadyRunning: the same period is being worked on.
    """
    if ends_on < starts_on:
        raise PeriodReversed(
            _("The last day, %(last)s, is before the first, %(first)s.")
            % {"first": starts_on.isoformat(), "last": ends_on.isoformat()}
        )
    period = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    with transaction.atomic():
        job = start_job(
            kind="attendance.recompute",
            scope=f"{starts_on}/{ends_on}",
            title=_("Recompute attendance from %(first)s to %(last)s")
            % {"first": starts_on.isoformat(), "last": ends_on.isoformat()},
            params=period,
            actor=actor,
            now=now,
        )
        record_audit(actor=actor, verb="attendance.recompute", obj=job, after=period, now=now)
    return job


def recompute_marked_batch(*, now: datetime) -> int:
    """Recompute the oldest marked days, their marks taken in the same transaction; returns how many days were done.

    Days that cannot be computed (a policy that cannot be read, say) are logged and go to the end of the line, so that
    they do not hold up everybody else.
    """
    oldest = DayMark.objects.order_by("marked_at", "pk")[:MARKS_PER_BATCH]
    done = 0
    for month, by_person in _by_month(oldest.values_list("person_id", "day")).items():
        office = OfficeFacts(month, _month_end(month))
        for chunk in _chunks(by_person):
            done += _recompute_or_postpone(chunk, office, now)
            _let_others_write()
    return done


def _recompute_or_postpone(chunk: dict[int, Sequence[date]], office: OfficeFacts, now: datetime) -> int:
    try:
        _recompute_chunk(chunk, office, now)
    except Exception:
        logger.exception("marked days could not be recomputed", extra={"people": len(chunk)})
        days = [day for listed in chunk.values() for day in listed]
        DayMark.objects.filter(person_id__in=list(chunk), day__range=(min(days), max(days))).update(marked_at=now)
        return 0
    return sum(len(listed) for listed in chunk.values())


def refresh_weeks(*, monday: date, now: datetime, person_ids: Collection[int] | None = None) -> int:
    """Store the sums of one week out of its day summaries, for these people or for everybody; returns rows written.

    One statement; a sum that stands already is not written. Weeks without any stored day are removed.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(*_week_upsert(monday, now, person_ids))
        written: int = cursor.rowcount
        _empty_weeks(monday, person_ids).delete()
    return written


def people_of(starts_on: date, ends_on: date) -> list[int]:
    """Keys of everybody who holds a position on some day of the period, in order."""
    rows = Appointment.objects.substantive().within(starts_on, ends_on).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


# ---- one chunk ----


def _recompute_chunk(days_of: dict[int, Sequence[date]], office: OfficeFacts, now: datetime) -> Recomputed:
    """One transaction: hold the people, read their facts, write what differs."""
    every = [day for days in days_of.values() for day in days]
    with transaction.atomic():
        _hold(days_of)
        take_marks(days=[(person, day) for person, days in days_of.items() for day in days])
        facts = PeopleFacts(list(days_of), min(every), max(every), office)
        wanted = {person: facts.duty_days(person, set(days)) for person, days in days_of.items()}
        computed = [
            found
            for person, days in wanted.items()
            for day in days
            if (found := facts.computed(person, day, now=now)) is not None
        ]
        _refile(facts, wanted)
        outcome, touched = _store(wanted, computed, now)
        for monday, people in touched.items():
            refresh_weeks(monday=monday, now=now, person_ids=people)
    return outcome


def _let_others_write() -> None:
    """On SQLite one writer at a time: leave a gap in which the web gets its turn."""
    if connection.vendor == "sqlite":
        time.sleep(0.01)


def _hold(people: Iterable[int]) -> None:
    """Wait for presses of these people and make the next ones wait; in key order, so that two jobs cannot deadlock."""
    rows = Person.objects.filter(pk__in=list(people)).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def _refile(facts: PeopleFacts, wanted: dict[int, list[date]]) -> None:
    """File punches under the duty day they belong to: a night's morning under the evening before."""
    by_day: dict[date, list[int]] = {}
    for person, days in wanted.items():
        for punch_id, day in facts.misfiled(person, days).items():
            by_day.setdefault(day, []).append(punch_id)
    for day, keys in by_day.items():
        Punch.objects.filter(pk__in=keys).update(day=day)


def _store(
    wanted: dict[int, list[date]], computed: list[ComputedDay], now: datetime
) -> tuple[Recomputed, dict[date, set[int]]]:
    stored = _stored(wanted)
    changed = [found for found in computed if stored.get((found.person_id, found.result.day)) != found.values]
    store_summaries(
        [summary_of(f.result, person_id=f.person_id, unit_id=f.unit_id, place=f.place, now=now) for f in changed]
    )
    gone = stored.keys() - {(found.person_id, found.result.day) for found in computed}
    _remove(gone)
    touched: dict[date, set[int]] = {}
    for person, day in [*((f.person_id, f.result.day) for f in changed), *gone]:
        touched.setdefault(hours.monday_of(day), set()).add(person)
    return Recomputed(len(computed), len(changed), len(gone)), touched


def _stored(wanted: dict[int, list[date]]) -> dict[PersonDay, tuple[object, ...]]:
    every = [day for days in wanted.values() for day in days]
    if not every:
        return {}
    rows = DaySummary.objects.filter(person_id__in=list(wanted)).between(min(every), max(every))
    asked = {(person, day) for person, days in wanted.items() for day in days}
    return {
        (person, day): tuple(values)
        for person, day, *values in rows.values_list("person_id", "day", *STORED_VALUES)
        if (person, day) in asked
    }


def _remove(days: Iterable[PersonDay]) -> None:
    by_person: dict[int, list[date]] = {}
    for person, day in days:
        by_person.setdefault(person, []).append(day)
    for person, listed in by_person.items():
        DaySummary.objects.filter(person_id=person, day__in=listed).delete()


# ---- weeks ----


def _week_upsert(monday: date, now: datetime, person_ids: Collection[int] | None) -> tuple[str, list[Any]]:
    days, weeks = DaySummary._meta.db_table, WeekSummary._meta.db_table
    columns = (*SUMMED, "days")
    adapt = connection.ops.adapt_datefield_value
    whose = ""
    people: list[Any] = []
    if person_ids is not None:
        people = sorted(person_ids) or [0]
        whose = f"AND person_id IN ({', '.join(['%s'] * len(people))})"
    sql = f"""
        INSERT INTO {weeks} AS w (person_id, monday, {", ".join(columns)}, computed_at)
        SELECT person_id, %s, {", ".join(f"SUM({name})" for name in SUMMED)}, COUNT(*), %s
        FROM {days} WHERE day BETWEEN %s AND %s {whose}
        GROUP BY person_id
        ON CONFLICT (person_id, monday) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in columns)}, computed_at = excluded.computed_at
        WHERE {" OR ".join(f"w.{name} <> excluded.{name}" for name in columns)}
    """
    sunday = monday + timedelta(days=6)
    computed_at = connection.ops.adapt_datetimefield_value(now)
    return sql, [adapt(monday), computed_at, adapt(monday), adapt(sunday), *people]


def _empty_weeks(monday: date, person_ids: Collection[int] | None) -> QuerySet[WeekSummary]:
    days = DaySummary.objects.between(monday, monday + timedelta(days=6)).filter(person=OuterRef("person"))
    weeks = WeekSummary.objects.filter(~Exists(days), monday=monday)
    return weeks if person_ids is None else weeks.filter(person_id__in=person_ids)


# ---- cutting the work ----


def _by_month(days: Iterable[PersonDay]) -> dict[date, dict[int, list[date]]]:
    """First of the month -> person -> days, so that a chunk never loads a year for one marked day."""
    months: dict[date, dict[int, list[date]]] = {}
    for person, day in sorted(set(days)):
        months.setdefault(day.replace(day=1), {}).setdefault(person, []).append(day)
    return months


def _chunks(by_person: dict[int, list[date]]) -> Iterator[dict[int, Sequence[date]]]:
    chunk: dict[int, Sequence[date]] = {}
    held = 0
    for person, days in sorted(by_person.items()):
        chunk[person] = days
        held += len(days)
        if held >= PERSON_DAYS_PER_CHUNK:
            yield chunk
            chunk, held = {}, 0
    if chunk:
        yield chunk


def _months(days: list[date]) -> Iterator[list[date]]:
    listed: list[date] = []
    for day in days:
        if listed and day.month != listed[-1].month:
            yield listed
            listed = []
        listed.append(day)
    if listed:
        yield listed


def _month_end(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
