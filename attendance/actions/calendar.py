"""Holidays, cuti bersama and regional days off, one by one or from the national list."""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from attendance.actions.marks import mark_summaries
from attendance.models import DaySummary, Holiday, HolidayKind
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import User

COLUMNS = ["date", "name", "kind", "decree"]
# A remark in brackets that says that nobody has read the decree yet.
ESTIMATE = re.compile(r"\s*\((?:[^)]*not (?:yet )?read[^)]*|[^)]*estimate[^)]*|[^)]*perkiraan[^)]*)\)", re.IGNORECASE)


class CalendarRefused(DomainError):
    code = "calendar_refused"


@dataclass(frozen=True, slots=True)
class CalendarImport:
    """What an import did; `marked` counts the stored person-days that will be recomputed."""

    added: int
    changed: int
    unchanged: int
    marked: int


@transaction.atomic
def record_holiday(
    *, day: date, name: str, kind: str, decree: str, is_estimate: bool = False, actor: User | None, now: datetime
) -> Holiday:
    """Put a day off into the calendar, or correct what stands for that day and kind; the same again changes nothing.

    Stored days it touches are marked for recomputation.

    Raises:
        CalendarRefused: the kind is unknown, or name or decree is empty.
    """
    if kind not in HolidayKind.values:
        raise CalendarRefused(_("%(kind)s is not a kind of holiday.") % {"kind": kind}, field="kind")
    if not name.strip() or not decree.strip():
        raise CalendarRefused(_("A holiday needs a name and the decree it rests on."), field="decree")
    wanted = {"name": name.strip(), "decree": decree.strip(), "is_estimate": is_estimate}
    known = Holiday.objects.select_for_update().filter(day=day, kind=kind).first()
    before = {field: getattr(known, field) for field in wanted} if known else None
    if known and before == wanted:
        return known
    holiday = known or Holiday(day=day, kind=kind)
    for field, value in wanted.items():
        setattr(holiday, field, value)
    holiday.save()
    if known is None:
        mark_summaries(summaries=DaySummary.objects.filter(day=day), reason="calendar", now=now)
    after = {**wanted, "day": str(day), "kind": kind}
    record_audit(actor=actor, verb="holiday.record", obj=holiday, before=before, after=after, now=now)
    return holiday


@transaction.atomic
def withdraw_holiday(*, holiday_id: int, actor: User | None, now: datetime) -> int:
    """Take a day off out of the calendar; returns how many stored days will be recomputed. Twice is once."""
    holiday = Holiday.objects.select_for_update().filter(pk=holiday_id).first()
    if holiday is None:
        return 0
    before = {"day": str(holiday.day), "kind": holiday.kind, "name": holiday.name, "decree": holiday.decree}
    record_audit(actor=actor, verb="holiday.withdraw", obj=holiday, before=before, now=now)
    marked = mark_summaries(summaries=DaySummary.objects.filter(day=holiday.day), reason="calendar", now=now)
    holiday.delete()
    return marked


@transaction.atomic
def import_calendar(*, path: Path | str, actor: User | None, now: datetime) -> CalendarImport:
    """Read a national calendar (CSV: date,name,kind,decree) and bring the stored one up to it.

    A day that is not in the file stays as it is: regional days and later decrees are recorded by hand.
    A decree with a remark that it was not read is stored as an estimate. Twice is once.

    Raises:
        CalendarRefused: a line cannot be read; nothing is stored then.
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = _read(csv.DictReader(file))
    known = {(row.day, row.kind): row for row in Holiday.objects.filter(day__in={row.day for row in rows})}
    added = [row for row in rows if (row.day, row.kind) not in known]
    changed = [row for row in rows if _take_over(known.get((row.day, row.kind)), row)]
    Holiday.objects.bulk_create(added, batch_size=1_000)
    renamed = [known[(row.day, row.kind)] for row in changed]
    Holiday.objects.bulk_update(renamed, ["name", "decree", "is_estimate"], batch_size=1_000)
    fresh = DaySummary.objects.filter(day__in=[row.day for row in added])
    marked = mark_summaries(summaries=fresh, reason="calendar", now=now) if added else 0
    result = CalendarImport(len(added), len(changed), len(rows) - len(added) - len(changed), marked)
    if added or changed:
        after = {"file": Path(path).name, "added": result.added, "changed": result.changed, "marked": marked}
        record_audit(actor=actor, verb="calendar.import", obj=None, after=after, now=now)
    return result


def _read(lines: csv.DictReader) -> list[Holiday]:
    if [str(name).strip().lower() for name in lines.fieldnames or []] != COLUMNS:
        raise CalendarRefused(_("The first line must read: %(columns)s.") % {"columns": ",".join(COLUMNS)}, line=1)
    rows: dict[tuple[date, str], Holiday] = {}
    for line in lines:
        row = _holiday(line, lines.line_num)
        if (row.day, row.kind) in rows:
            raise CalendarRefused(
                _("Line %(line)s: %(day)s is listed twice with this kind.") % {"line": lines.line_num, "day": row.day},
                line=lines.line_num,
            )
        rows[row.day, row.kind] = row
    return list(rows.values())


def _holiday(line: dict[str, str | None], number: int) -> Holiday:
    kind = (line["kind"] or "").strip().upper()
    decree = (line["decree"] or "").strip()
    name = (line["name"] or "").strip()
    try:
        day = date.fromisoformat((line["date"] or "").strip())
    except ValueError:
        raise CalendarRefused(
            _("Line %(line)s: %(value)s is not a date like 2026-08-17.") % {"line": number, "value": line["date"]},
            line=number,
        ) from None
    if kind not in HolidayKind.values or not name or not decree:
        raise CalendarRefused(
            _("Line %(line)s: name, kind (national, cuti_bersama, regional) and decree are needed.") % {"line": number},
            line=number,
        )
    bare = ESTIMATE.sub("", decree)
    return Holiday(day=day, name=name, kind=kind, decree=bare or decree, is_estimate=bare != decree)


def _take_over(stored: Holiday | None, row: Holiday) -> bool:
    """Copy what the file says onto the stored day; whether anything differs."""
    if stored is None or _content(stored) == _content(row):
        return False
    stored.name, stored.decree, stored.is_estimate = row.name, row.decree, row.is_estimate
    return True


def _content(row: Holiday) -> tuple[str, str, bool]:
    return row.name, row.decree, row.is_estimate
