"""Figures about many people: validated minutes and how faithfully logs are sent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, F, Q, Sum

from attendance.models import RosterDay
from attendance.queries import absences, working_days
from attendance.queries.places import OfficeDays
from attendance.rules.places import place_of_absence
from common.db import in_chunks
from personnel.models import Appointment
from worklogs.models import EntryState, LogEntry
from worklogs.queries.policies import policies_of
from worklogs.rules.norms import counted_minutes
from worklogs.rules.policy import LogPolicy


def validated_minutes(person_ids: Iterable[int], starts_on: date, ends_on: date) -> dict[int, int]:
    """Approved minutes of each person from `starts_on` to `ends_on`, each day cut to its maximum.

    People without an approved entry are in the answer with 0. Two statements per 1,000 people and one
    for the policies.
    """
    found: dict[int, int] = {}
    for people in in_chunks(person_ids):
        found |= dict.fromkeys(people, 0)
        approved = LogEntry.objects.filter(person_id__in=people, state=EntryState.APPROVED).between(starts_on, ends_on)
        days = list(
            approved.order_by().values_list("person_id", "unit_id", "day")
            .annotate(minutes=Sum(F("ends_minute") - F("starts_minute")))
        )  # fmt: skip
        policies = policies_of({unit for _person, unit, _day, _minutes in days if unit}, ends_on)
        for person_id, unit_id, _day, minutes in days:
            found[person_id] += counted_minutes(minutes, policies.get(unit_id) or LogPolicy())
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries of one person that wait: `overdue` is the superior's delay, never the person's fault."""

    count: int
    minutes: int
    overdue: int


def pending_of(
    person_ids: Collection[int], starts_on: date, ends_on: date, *, overdue_before: date
) -> dict[int, Waiting]:
    """Sent and undecided entries by person; those sent before `overdue_before` are overdue. One statement."""
    rows = LogEntry.objects.waiting().filter(person_id__in=person_ids).between(starts_on, ends_on)
    sums = rows.order_by().values("person_id").annotate(
        count=Count("pk"), minutes=Sum(F("ends_minute") - F("starts_minute")),
        overdue=Count("pk", filter=Q(submitted_on__lt=overdue_before)),
    )  # fmt: skip
    return {row["person_id"]: Waiting(row["count"], row["minutes"], row["overdue"]) for row in sums}


def overdue_since(within_days: int, today: date) -> date:
    """Entries sent before this day have waited more than `within_days` working days of the institution."""
    days = working_days(None, today - timedelta(days=60), today)
    return days[-(within_days + 1)] if len(days) > within_days else today - timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Compliance:
    """On how many of the days that asked for a log one was sent."""

    sent_days: int
    working_days: int

    @property
    def share(self) -> Fraction | None:
        """0 to 1; None when no day asked for a log."""
        return Fraction(self.sent_days, self.working_days) if self.working_days else None


def log_compliance(person_ids: Iterable[int], starts_on: date, ends_on: date) -> dict[int, Compliance]:
    """Share of working days with a sent log (submitted, returned, approved or rejected), both ends included.

    Days off, leave and training ask for no log; official travel does. A log sent on a day off adds
    nothing. Four statements for each 1,000 people, four more for the calendar.
    """
    office = OfficeDays(starts_on, ends_on)
    by_path: dict[str, frozenset[date]] = {}
    days = [starts_on + timedelta(days=i) for i in range((ends_on - starts_on).days + 1)]
    found: dict[int, Compliance] = {}
    for people in in_chunks(person_ids):
        paths = _paths(people, starts_on, ends_on)
        away, rostered = _away(people, starts_on, ends_on), _rostered(people, starts_on, ends_on)
        sent = _sent(people, starts_on, ends_on)
        for person_id in people:
            path = paths.get(person_id, "")
            if path not in by_path:
                by_path[path] = frozenset(day for day in days if not office.is_free(path, day))
            on, off = rostered.get(person_id, (frozenset(), frozenset()))
            working = ((by_path[path] - off) | on) - away.get(person_id, frozenset())
            found[person_id] = Compliance(len(sent.get(person_id, frozenset()) & working), len(working))
    return found


def _paths(people: Collection[int], starts_on: date, ends_on: date) -> dict[int, str]:
    rows = Appointment.objects.substantive().within(starts_on, ends_on).filter(person_id__in=people)
    return dict(rows.order_by("starts_on", "pk").values_list("person_id", "unit__path"))


def _away(people: Collection[int], starts_on: date, ends_on: date) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {}
    rows = absences(people, starts_on, ends_on).filter(from_minute__isnull=True)
    for person_id, kind, first, last in rows.values_list("person_id", "kind", "starts_on", "ends_on"):
        if place_of_absence(kind) in ("LEAVE", "TRAINING"):
            first, last = max(first, starts_on), min(last, ends_on)
            found.setdefault(person_id, set()).update(first + timedelta(days=i) for i in range((last - first).days + 1))
    return found


def _rostered(people: Collection[int], starts_on: date, ends_on: date) -> dict[int, tuple[set[date], set[date]]]:
    """Days on and days off of those with a personal roster."""
    found: dict[int, tuple[set[date], set[date]]] = {}
    rows = RosterDay.objects.between(starts_on, ends_on).filter(person_id__in=people)
    for person_id, day, shift_id in rows.values_list("person_id", "day", "shift_id"):
        found.setdefault(person_id, (set(), set()))[shift_id is None].add(day)
    return found


def _sent(people: Collection[int], starts_on: date, ends_on: date) -> dict[int, set[date]]:
    found: dict[int, set[date]] = {}
    rows = LogEntry.objects.sent().filter(person_id__in=people).between(starts_on, ends_on)
    for person_id, day in rows.order_by().values_list("person_id", "day").distinct():
        found.setdefault(person_id, set()).add(day)
    return found
