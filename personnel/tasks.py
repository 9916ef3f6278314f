"""Background entry points of the ground."""

from celery import shared_task
from django.utils import timezone

from personnel import actions, jobs, queries
from personnel.actions import importing, sign_in
from personnel.models import AccountState, ImportBatch, Unit, User


@shared_task(acks_late=True, ignore_result=True)
def fail_dead_jobs(**_: object) -> int:
    """Bury jobs whose worker died, so that they can be started again."""
    return actions.fail_dead_jobs(now=timezone.now())


@shared_task(acks_late=True, ignore_result=True)
def seal_audit(**_: object) -> int:
    """Seal what was written since the last run; a backlog is taken in steps of 1,000."""
    sealed = 0
    while taken := actions.seal_events(now=timezone.now()):
        sealed += taken
    return sealed


@shared_task(acks_late=True, ignore_result=True)
def preview_import(*, job_id: int, **_: object) -> None:
    """Find what a received file would do. Nothing of it is taken over, so it may run any number of times."""
    with jobs.running(job_id) as work:
        if work is None:
            return
        batch = ImportBatch.objects.get(pk=work.params["batch_id"])
        outcome = importing.preview_batch(batch=batch, now=timezone.now(), progress=work.step)
        work.finish(outcome.counts(), work.params["url"])


@shared_task(acks_late=True, ignore_result=True)
def commit_import(*, job_id: int, **_: object) -> None:
    """Take a previewed file over in steps of 1,000 rows; after a stop it may run again, what stands is unchanged."""
    with jobs.running(job_id) as work:
        if work is None:
            return
        batch = ImportBatch.objects.get(pk=work.params["batch_id"])
        outcome = importing.commit_batch(batch=batch, actor=work.job.created_by, now=timezone.now(), progress=work.step)
        work.finish(outcome.counts(), work.params["url"])


@shared_task(acks_late=True, ignore_result=True)
def create_accounts(*, job_id: int, **_: object) -> None:
    """Open an account for everyone of the list as it was narrowed who has none; it may run again."""
    with jobs.running(job_id) as work:
        if work is None:
            return
        now, actor = timezone.now(), User.objects.get(pk=work.job.created_by_id)
        today = timezone.localdate(now)
        unit = Unit.objects.filter(pk=work.params["unit"]).first()
        rows = queries.narrowed_accounts(
            queries.accounts_in_reach(actor, today, now), today, text=work.params["text"], unit=unit
        )
        person_ids = list(rows.filter(state=AccountState.NONE).values_list("pk", flat=True))
        made = sign_in.open_accounts(person_ids=person_ids, actor=actor, now=now, progress=work.step)
        work.finish({"made": made}, work.params["url"])


@shared_task(acks_late=True, ignore_result=True)
def remove_expired_access(**_: object) -> int:
    """What the privacy page promises: neither codes nor sessions are kept longer than they open anything."""
    return sign_in.remove_expired_access(now=timezone.now())
