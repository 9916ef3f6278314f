"""Storing what the rules made of a day."""

from collections.abc import Iterable
from datetime import datetime

from attendance.models import DaySummary
from attendance.rules import hours
from common.bulk import insert_rows
from common.db import in_chunks

RESULT_FIELDS = (
    "scheduled_minutes", "target_minutes", "presence_minutes", "break_minutes", "worked_minutes", "credited_minutes",
    "late_minutes", "early_minutes", "unexcused_minutes", "late_code", "early_code", "cut_points", "absent_days",
    "absence_code", "first_in_at", "last_out_at", "open_since", "missing_in", "missing_out", "auto_closed",
)  # fmt: skip
STORED_FIELDS = ("unit", "place", "status", "kind", *RESULT_FIELDS, "computed_at")


def summary_of(
    result: hours.DayResult, *, person_id: int, unit_id: int | None, place: str, now: datetime
) -> DaySummary:
    """The row that holds a day's result; not saved."""
    values = {name: getattr(result, name) for name in RESULT_FIELDS}
    return DaySummary(
        person_id=person_id,
        unit_id=unit_id,
        day=result.day,
        place=place,
        status=str(result.status),
        kind=str(result.kind),
        computed_at=now,
        **values,
    )


def store_summary(row: DaySummary) -> None:
    """Insert or overwrite one person-day in one statement."""
    DaySummary.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person", "day"], update_fields=STORED_FIELDS
    )


def store_summaries(rows: Iterable[DaySummary]) -> None:
    """Insert or overwrite the rows of their person-days, 1,000 a statement."""
    for chunk in in_chunks(rows):
        insert_rows(chunk, unique_fields=("person", "day"), update_fields=STORED_FIELDS)
