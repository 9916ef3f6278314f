"""Passing up what waits too long."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from attendance.queries import working_days
from personnel.actions import record_audit
from personnel.models import Unit
from personnel.queries import superior_of
from worklogs.actions.trail import account_of, event, ids, tell
from worklogs.models import LogEntry, LogEvent, LogEventKind
from worklogs.queries.policies import policies_of
from worklogs.rules import escalation

ENTRIES_PER_RUN = 1_000


def escalate_waiting(*, now: datetime) -> int:
    """Let the next superior decide too on entries that waited `escalate_after_days` working days; returns how many.

    The validator keeps the right. Running it again passes nothing up twice: an entry moves only when
    one more step is due. One transaction for each unit and sending day; at most 1,000 entries a run,
    oldest first, the rest follows with the next.
    """
    today = timezone.localdate(now)
    rows = LogEntry.objects.waiting().filter(submitted_on__lt=today, validator__isnull=False)
    groups: dict[tuple[int, date, int], list[int]] = {}
    found = rows.order_by("submitted_on", "pk").values_list("pk", "unit_id", "submitted_on", "validator_id")
    for pk, unit_id, sent_on, validator_id in found[:ENTRIES_PER_RUN]:
        if unit_id and sent_on and validator_id:
            groups.setdefault((unit_id, sent_on, validator_id), []).append(pk)
    units = Unit.objects.in_bulk({unit_id for unit_id, _sent, _validator in groups})
    policies = policies_of(list(units), today)
    moved = 0
    for (unit_id, sent_on, validator_id), keys in groups.items():
        wait = escalation.waiting(sent_on, today, policies[unit_id], _working(units[unit_id], sent_on, today))
        moved += _pass_up(keys, validator_id, wait.steps, today, now) if wait.steps else 0
    return moved


def _working(unit: Unit, since: date, until: date) -> escalation.IsWorking:
    days = frozenset(working_days(unit, since, until + timedelta(days=14)))
    return days.__contains__


@transaction.atomic
def _pass_up(keys: list[int], validator_id: int, steps: int, today: date, now: datetime) -> int:
    above = escalation.superiors_above(validator_id, lambda person_id: _superior(person_id, today))
    reached = escalation.escalates_to((validator_id, *above), steps)
    if reached is None:
        return 0
    waiting = LogEntry.objects.waiting().filter(pk__in=keys).exclude(escalated_to_id=reached).exclude(person_id=reached)
    rows = list(waiting.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if not rows:
        return 0
    LogEntry.objects.filter(pk__in=ids(rows)).update(escalated_to_id=reached)
    LogEvent.objects.bulk_create([event(row, LogEventKind.ESCALATE, actor=None, now=now) for row in rows])
    after = {"entries": ids(rows), "escalated_to": reached}
    record_audit(actor=None, verb="worklogs.escalate", obj=rows[0], after=after, now=now)
    tell(
        account_of(reached),
        kind="worklogs.escalate",
        text=gettext_noop("%(count)s work log entries waited too long and were passed up to you."),
        params={"count": len(rows)},
        url=reverse("worklogs:validation"),
        now=now,
    )
    return len(rows)


def _superior(person_id: int, day: date) -> int | None:
    found = superior_of(person_id, day)
    return found.person_id if found else None
