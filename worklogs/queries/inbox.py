"""What waits for a superior, by person and day, and the one bundle that is open."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q, Sum

from attendance.queries import day_summaries
from attendance.rules import places
from personnel.models import Person
from worklogs.models import EntryState, LogEntry, LogEvent, LogEventKind
from worklogs.models.entries import LogEntryQuerySet
from worklogs.queries.diary import Diary, diary_of, rule_entry
from worklogs.rules import copying, discrepancies, entries
from worklogs.rules.deadlines import working_days_waited
from worklogs.rules.findings import Finding

BUNDLES_SHOWN = 200
# What a name with titles is made of.
NAMES = ("person__name", "person__title_before", "person__title_after")


def waiting_of(people: Collection[int]) -> LogEntryQuerySet:
    """Entries that wait for any of these people: as validator, or passed up to them; never their own."""
    mine = Q(validator_id__in=people) | Q(escalated_to_id__in=people)
    return LogEntry.objects.waiting().filter(mine)


def waiting_for(superior_person_id: int) -> LogEntryQuerySet:
    """Entries that wait for the decision of one superior."""
    return waiting_of([superior_person_id]).exclude(person_id=superior_person_id)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One person's day in the inbox."""

    person: Person
    day: date
    count: int
    minutes: int
    sent_on: date
    waited: int
    is_overdue: bool
    place: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Inbox:
    bundles: list[Bundle]
    count: int
    oldest: int
    overdue: int


def inbox_of(people: Collection[int], *, own: Diary, opened: tuple[int, date] | None = None) -> Inbox:
    """Bundles in order of age, then name; two statements. `own` is the superior's diary: it counts working days.

    At most 200 bundles, the oldest first; the rest waits behind them.
    """
    rows = list(
        waiting_of(people).exclude(person_id=own.person_id)
        .values("person_id", "day", *NAMES)
        .annotate(count=Count("pk"), minutes=Sum(F("ends_minute") - F("starts_minute")), sent_on=Min("submitted_on"))
        .order_by("sent_on", "day", "person_id")[:BUNDLES_SHOWN]
    )  # fmt: skip
    where = _places(rows)
    bundles = [_bundle(row, own, opened, where) for row in rows]
    return Inbox(
        bundles=bundles,
        count=sum(b.count for b in bundles),
        oldest=max((b.waited for b in bundles), default=0),
        overdue=sum(b.count for b in bundles if b.is_overdue),
    )


def _places(rows: Sequence[dict]) -> dict[tuple[int, date], str]:
    """The place of each day as attendance stored it; a day not stored yet shows none."""
    if not rows:
        return {}
    days = [row["day"] for row in rows]
    stored = day_summaries({row["person_id"] for row in rows}, min(days), max(days))
    return {(person_id, day): place for person_id, day, place in stored.values_list("person_id", "day", "place")}


def _bundle(row: dict, own: Diary, opened: tuple[int, date] | None, where: dict) -> Bundle:
    person = Person(pk=row["person_id"], **{name.removeprefix("person__"): row[name] for name in NAMES})
    waited = working_days_waited(row["sent_on"], own.today, own.is_working)
    return Bundle(
        person=person,
        day=row["day"],
        count=row["count"],
        minutes=row["minutes"],
        sent_on=row["sent_on"],
        waited=waited,
        is_overdue=waited > own.policy.validate_within_days,
        place=where.get((person.pk, row["day"]), ""),
        is_open=opened == (person.pk, row["day"]),
    )


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One entry beside what the rules noticed."""

    entry: LogEntry
    findings: tuple[Finding, ...]
    is_mine_to_decide: bool
    may_be_reopened: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """One person's day as its superior sees it: log, clock, place, disagreements."""

    person: Person
    day: date
    lines: list[ReviewLine]
    place: places.ExpectedDay | None
    first_in_at: datetime | None
    last_out_at: datetime | None
    worked_minutes: int | None
    logged_minutes: int
    findings: list[Finding]
    zone: str

    @property
    def waiting(self) -> list[ReviewLine]:
        return [line for line in self.lines if line.is_mine_to_decide]


def review_of(rows: Sequence[LogEntry], person: Person, day: date, *, people: Collection[int], now: datetime) -> Review:
    """The review of `rows` (sent entries of one person-day); five statements."""
    diary = diary_of(person.pk, day, day + timedelta(days=14), now)
    earlier = LogEntry.objects.of(person.pk).sent().filter(day__lt=day, day__gte=day - timedelta(days=60))
    texts = list(earlier.order_by("-day", "-pk").values_list("activity", flat=True)[: diary.policy.copied_among])
    facts = diary.facts(day, earlier_texts=texts)
    standing = [rule_entry(row) for row in rows if row.state != EntryState.REJECTED]
    found = entries.check_day(standing, facts, diary.policy, stage=entries.Stage.WRITING)
    found = [f for f in found if f.code not in ("past_deadline", "future_time")]
    result = diary.result(day)
    return Review(
        person=person,
        day=day,
        lines=[
            ReviewLine(
                row,
                tuple(f for f in found if f.entry_key == row.pk),
                is_mine_to_decide=row.state == EntryState.SUBMITTED and _is_mine(row, people),
                may_be_reopened=row.state in (EntryState.APPROVED, EntryState.REJECTED) and _is_mine(row, people),
            )
            for row in rows
        ],
        place=diary.place(day),
        first_in_at=result.first_in_at if result else None,
        last_out_at=result.last_out_at if result else None,
        worked_minutes=result.worked_minutes if result and result.first_in_at else None,
        logged_minutes=sum(row.length for row in rows if row.state != EntryState.REJECTED),
        findings=discrepancies.discrepancies(person_day(rows, diary, day), diary.policy),
        zone=diary.zone.key,
    )


def _is_mine(row: LogEntry, people: Collection[int]) -> bool:
    return row.validator_id in people or row.escalated_to_id in people


def person_day(rows: Iterable[LogEntry], diary: Diary, day: date) -> discrepancies.PersonDay:
    """The facts of one person-day for the rules of disagreement."""
    result, place = diary.result(day), diary.place(day)
    standing = [row for row in rows if row.state != EntryState.REJECTED]
    punches = [p for p in (diary.moment.punches if diary.moment else ()) if p.day == day]
    verdicts = {p.verdict for p in punches if p.verdict in ("INSIDE", "OUTSIDE")}
    far = [p.distance_metres for p in punches if p.verdict == "OUTSIDE" and p.distance_metres is not None]
    return discrepancies.PersonDay(
        person_id=diary.person_id,
        day=day,
        plan=discrepancies.Plan(place.place if place else "OFFICE"),
        is_working=diary.is_working(day),
        away=diary.away(day),
        clocked_in=bool(result and result.first_in_at),
        is_open=bool(result and result.missing_out) and day < diary.today,
        is_over=day < diary.today,
        worked_minutes=result.worked_minutes if result and result.last_out_at else None,
        clocked_at_office=("INSIDE" in verdicts) if verdicts else None,
        metres_from_plan=max(far, default=None),
        logged_minutes=sum(row.length for row in standing),
        sent_minutes=sum(row.length for row in standing if row.state in (EntryState.SUBMITTED, EntryState.APPROVED)),
        office_only_minutes=sum(row.length for row in standing if not row.can_be_done_from_home),
        log_is_due=diary.deadline(day) < diary.today,
    )


@dataclass(frozen=True, slots=True)
class Recent:
    """What an account decided within the last minute and may still take back."""

    ids: list[int]
    count: int
    until: datetime
    state: str


def recent_decisions(user_id: int, now: datetime, undo_seconds: int) -> Recent | None:
    """The last decision of the account if its minute is not over; one statement."""
    since = now - timedelta(seconds=undo_seconds)
    rows = LogEntry.objects.filter(decided_by_id=user_id, decided_at__gte=since)
    found = list(rows.order_by("-decided_at", "pk").values_list("pk", "decided_at", "state", "changed_at"))
    if not found:
        return None
    last = found[0][1]
    assert last is not None  # the filter asks for a moment
    batch = [row for row in found if row[1] == last and not (row[3] and row[3] > last)]
    if not batch:
        return None
    return Recent([row[0] for row in batch], len(batch), last + timedelta(seconds=undo_seconds), batch[0][2])


def usual_reasons(user_id: int, *, limit: int = 6) -> list[str]:
    """Reasons this account gave before, the most used first."""
    kinds = (LogEventKind.RETURN, LogEventKind.REJECT)
    texts = LogEvent.objects.filter(actor_id=user_id, kind__in=kinds).exclude(reason="")
    return copying.commonest(texts.order_by("-pk").values_list("reason", flat=True)[:100], limit=limit)


def reviewable(rows: LogEntryQuerySet, person_id: int, day: date) -> list[LogEntry]:
    """Sent entries of one person-day out of those the reader may see, in order of time."""
    found = rows.of(person_id).filter(day=day).sent().select_related("person", "decided_by", "escalated_to")
    return list(found.order_by("starts_minute", "pk"))
