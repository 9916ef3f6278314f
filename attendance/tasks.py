"""Background entry points of attendance: bring summaries up to their facts."""

from datetime import date, timedelta

from celery import shared_task
from django.utils import timezone

from attendance.actions.summaries import people_of, recompute_marked_batch, recompute_range, refresh_weeks
from attendance.rules import hours
from personnel.jobs import running

# Bounds one run of the minute's task; what is left waits for the next beat.
BATCHES_PER_RUN = 20
# A night shift of the day before yesterday may have been closed by rule only this noon.
DAYS_TO_CLOSE = 3


@shared_task(acks_late=True, ignore_result=True)
def recompute_marked(**_: object) -> int:
    """Recompute what corrections, leave, plans and holidays have marked; safe to run twice at once."""
    taken = 0
    for _batch in range(BATCHES_PER_RUN):
        marks = recompute_marked_batch(now=timezone.now())
        taken += marks
        if not marks:
            break
    return taken


@shared_task(acks_late=True, ignore_result=True)
def close_days(**_: object) -> int:
    """Give everybody a row for the days that have ended: absences, forgotten clock-outs, free days, then the week."""
    now = timezone.now()
    today = timezone.localdate(now)
    starts_on = today - timedelta(days=DAYS_TO_CLOSE)
    done = recompute_range(starts_on=starts_on, ends_on=today - timedelta(days=1), now=now)
    for monday in sorted({hours.monday_of(starts_on), hours.monday_of(today)}):
        refresh_weeks(monday=monday, now=now)
    return done.written


@shared_task(acks_late=True, ignore_result=True)
def recompute_period(*, job_id: int, **_: object) -> None:
    """The long deed behind a `Job`: every day of a period, for everybody or for `person_ids` in its parameters."""
    with running(job_id) as work:
        if work is None:
            return
        starts_on = date.fromisoformat(work.params["starts_on"])
        ends_on = date.fromisoformat(work.params["ends_on"])
        done = recompute_range(
            starts_on=starts_on,
            ends_on=ends_on,
            now=timezone.now(),
            person_ids=work.params.get("person_ids") or people_of(starts_on, ends_on),
            step=work.step,
        )
        work.finish({"computed": done.computed, "written": done.written, "removed": done.removed})
