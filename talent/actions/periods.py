"""Periods: open, compute, publish, close."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.db import is_violation_of
from common.errors import DomainError
from personnel.actions import notify, record_audit, start_job
from personnel.models import Employment, Job, User
from talent.models import Evidence, Period, PeriodState, Placement, Profile
from talent.queries.profiles import scheme_of

COMPUTE = "talent.compute"
NOTICE = gettext_noop("Your box of the period %(period)s is published. Objections until %(until)s.")


class PeriodRefused(DomainError):
    code = "period_refused"


@transaction.atomic
def open_period(*, name: str, profile_id: int, reckoning_on: date, actor: User | None, now: datetime) -> Period:
    """Open a reckoning of everyone by one profile version; from now on that version never changes.

    Raises:
        PeriodRefused: the day lies ahead, or a period of this name exists.
    """
    today = timezone.localdate(now)
    if reckoning_on > today:
        message = _("The day of reckoning %(day)s lies ahead; it may be today at the latest.") % {
            "day": date_format(reckoning_on)
        }
        raise PeriodRefused(message, field="reckoning_on")
    profile = Profile.objects.select_for_update().get(pk=profile_id)
    scheme_of(profile)
    try:
        with transaction.atomic():
            period = Period.objects.create(name=name, profile=profile, reckoning_on=reckoning_on, opened_at=now)
    except IntegrityError as clash:
        if not is_violation_of(clash, "talent_period_name_is_unique"):
            raise
        raise PeriodRefused(_("A period named %(name)s exists already.") % {"name": name}, field="name") from clash
    if profile.used_at is None:
        profile.used_at = now
        profile.save(update_fields=["used_at"])
    after = {"name": name, "profile": str(profile), "reckoning_on": reckoning_on.isoformat()}
    record_audit(actor=actor, verb="period.open", obj=period, after=after, now=now)
    return period


@transaction.atomic
def start_compute(*, period_id: int, actor: User | None, now: datetime) -> Job:
    """Put the computation of a period on the list; the caller sends `talent.tasks.compute_period`.

    Raises:
        PeriodRefused: the period is published or closed.
        JobAlreadyRunning: it is being computed already.
    """
    period = Period.objects.select_for_update().get(pk=period_id)
    _require_unpublished(period)
    job = start_job(
        kind=COMPUTE,
        scope=f"period/{period.pk}",
        title=_("Computing the boxes of %(period)s") % {"period": period.name},
        params={"period_id": period.pk},
        actor=actor,
        now=now,
    )
    record_audit(actor=actor, verb="period.compute", obj=period, after={"job": job.pk}, now=now)
    return job


def _require_unpublished(period: Period) -> None:
    if period.is_shown:
        message = _("The period %(period)s is %(state)s; its boxes stand.") % {
            "period": period.name,
            "state": period.get_state_display(),
        }
        raise PeriodRefused(message, state=period.state)


@transaction.atomic
def finish_compute(*, period_id: int, actor: User | None, now: datetime) -> dict[str, int]:
    """Close the computation: drop who is no longer of the population, mark the period computed, count the boxes.

    Raises:
        PeriodRefused: the period was published meanwhile.
    """
    period = Period.objects.select_for_update().get(pk=period_id)
    _require_unpublished(period)
    population = Employment.objects.on(period.reckoning_on).values("person_id")
    Placement.objects.filter(period=period).exclude(person_id__in=population).delete()
    Evidence.objects.filter(period=period).exclude(person_id__in=population).delete()
    placed = Placement.objects.filter(period=period)
    counts = {"people": placed.count(), "unmapped": placed.filter(box__isnull=True).count()}
    period.state, period.computed_at = PeriodState.COMPUTED, now
    period.save(update_fields=["state", "computed_at"])
    record_audit(actor=actor, verb="period.computed", obj=period, after=counts, now=now)
    return counts


@transaction.atomic
def publish_period(*, period_id: int, objections_until: date, actor: User | None, now: datetime) -> Period:
    """Show everyone the own box and tell them. Publishing twice is harmless: the second call changes nothing.

    Raises:
        PeriodRefused: it is not computed yet, or the last day for objections has passed already.
    """
    period = Period.objects.select_for_update().select_related("profile").get(pk=period_id)
    if period.is_shown:
        return period
    if period.state != PeriodState.COMPUTED:
        raise PeriodRefused(_("Only a computed period can be published."), state=period.state)
    today = timezone.localdate(now)
    if objections_until < today:
        message = _("The last day for objections is %(day)s; it may not lie before today.") % {
            "day": date_format(objections_until)
        }
        raise PeriodRefused(message, field="objections_until")
    period.state, period.published_at, period.objections_until = PeriodState.PUBLISHED, now, objections_until
    period.save(update_fields=["state", "published_at", "objections_until"])
    record_audit(
        actor=actor,
        verb="period.publish",
        obj=period,
        before={"state": PeriodState.COMPUTED},
        after={"state": PeriodState.PUBLISHED, "objections_until": objections_until.isoformat()},
        now=now,
    )
    users = User.objects.filter(person__placements__period=period).values_list("pk", flat=True)
    params = {"period": period.name, "until": f"{objections_until:%d-%m-%Y}"}
    notify(user_ids=users, kind="talent.published", text=NOTICE, params=params, url=reverse("talent:my_box"), now=now)
    return period


@transaction.atomic
def close_period(*, period_id: int, actor: User, now: datetime) -> Period:
    """Freeze a published period once the time for objections is over. Twice is once.

    Raises:
        PeriodRefused: it is not published, or objections may still come.
    """
    period = Period.objects.select_for_update().get(pk=period_id)
    if period.state == PeriodState.CLOSED:
        return period
    if period.state != PeriodState.PUBLISHED:
        raise PeriodRefused(_("Only a published period can be closed."), state=period.state)
    if period.objections_until and period.objections_until >= timezone.localdate(now):
        message = _("Objections may come until %(day)s; the period can be closed after that day.") % {
            "day": date_format(period.objections_until)
        }
        raise PeriodRefused(message, field="objections_until")
    period.state = PeriodState.CLOSED
    period.save(update_fields=["state"])
    record_audit(actor=actor, verb="period.close", obj=period, before={"state": "PUBLISHED"}, now=now)
    return period
