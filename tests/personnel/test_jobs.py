"""Jobs: one at a time, always ended, found when dead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.errors import DomainError
from personnel import actions, jobs
from personnel.models import Job, JobState
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def _start(scope="a"):
    return actions.start_job(kind="test", scope=scope, title="Test", actor=None, now=timezone.now())


def test_a_second_live_job_for_the_same_scope_is_refused():
    _start()

    with pytest.raises(actions.JobAlreadyRunning):
        _start()
    assert Job.objects.count() == 1


def test_another_scope_may_run_beside_it_and_an_ended_one_may_start_again():
    first = _start()
    _start("b")
    Job.objects.filter(pk=first.pk).update(state=JobState.DONE)

    assert _start().pk != first.pk


def test_a_job_writes_progress_and_its_end():
    job = _start()
    with jobs.running(job.pk) as work:
        work.step(1, 4, "one of four")
        assert Job.objects.get().percent == 25
        work.finish({"rows": 4}, "/there/")

    job.refresh_from_db()
    assert (job.state, job.result, job.result_url) == (JobState.DONE, {"rows": 4}, "/there/")


def test_only_one_worker_gets_a_job():
    job = _start()
    with jobs.running(job.pk) as first, jobs.running(job.pk) as second:
        assert first is not None
        assert second is None


def test_a_cancelled_job_stops_at_its_next_step(cast):
    job = _start()
    reached = []
    with jobs.running(job.pk) as work:
        work.step(1, 2)
        actions.request_cancel(job=job, actor=cast.bkd, now=NOW)
        work.step(2, 2)
        reached.append("too far")

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert reached == []


def test_a_queued_job_is_cancelled_at_once(cast):
    job = _start()
    actions.request_cancel(job=job, actor=cast.bkd, now=NOW)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


@pytest.mark.parametrize(
    ("error", "message"),
    [
        pytest.param(
            DomainError("The unit has no policy."), "The unit has no policy.", id="a refusal says its sentence"
        ),
        pytest.param(ZeroDivisionError(), "An unexpected error stopped this. It has been logged.", id="a bug says so"),
    ],
)
def test_a_job_that_fails_is_written_as_failed(error, message, caplog):
    job = _start()
    with jobs.running(job.pk):
        raise error

    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, message)


def test_a_job_without_heartbeat_is_buried_and_may_start_again():
    job = _start()
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=now - timedelta(minutes=4))

    assert actions.fail_dead_jobs(now=now) == 1
    assert _start().pk != job.pk


def test_a_job_with_a_fresh_heartbeat_lives_on():
    job = _start()
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=now - timedelta(minutes=1))

    assert actions.fail_dead_jobs(now=now) == 0
