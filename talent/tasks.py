"""Background entry points: the work over everyone."""

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from common.db import in_chunks
from personnel.jobs import running
from personnel.models import Employment
from talent import actions
from talent.actions.placing import Placer
from talent.models import Period

# Measured on 2 cores: 500 people with their registers take about 0.6 s on SQLite; the web can write in between.
PEOPLE_PER_STEP = 500


@shared_task(acks_late=True, ignore_result=True)
def compute_period(*, job_id: int, **_: object) -> None:
    """Reckon the boxes of everyone in a period, chunk by chunk.

    Stopped half-way and started again it continues: finished people are recognised by their fingerprint.
    """
    with running(job_id) as work:
        if work is None:
            return
        period = Period.objects.select_related("profile").get(pk=work.params["period_id"])
        placer = Placer(period)
        population = Employment.objects.on(period.reckoning_on).order_by("person_id")
        people = list(population.values_list("person_id", flat=True).distinct())
        work.step(0, len(people))
        done = 0
        for chunk in in_chunks(people, PEOPLE_PER_STEP):
            actions.place_people(placer=placer, person_ids=chunk)
            done += len(chunk)
            work.step(done, len(people))
        actions.settle_peers(placer=placer)
        counts = actions.finish_compute(period_id=period.pk, actor=work.job.created_by, now=timezone.now())
        work.finish(counts, url=reverse("talent:period_detail", args=[period.pk]))
