"""Facts, the computed nine boxes and their publication."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from personnel.models import User
from talent import actions as talent
from talent.models import Placement, Profile
from talent.tasks import compute_period

if TYPE_CHECKING:
    from config.demo.build import Site

_PROFILE = "DAERAH"
_PUBLISHED_DAYS_AGO, _OBJECTION_DAYS = 9, 14


def facts(site: "Site") -> str:
    """Load the facts files."""
    taken = refused = 0
    for path in sorted(site.files.facts.glob("*.csv")):
        loaded = talent.import_facts(path=path, actor=None, now=site.now)
        taken += loaded.created
        refused += len(loaded.refused)
    return f"{taken:,} facts" + (f", {refused} refused" if refused else "")


def period(site: "Site") -> str:
    """Compute the boxes of everyone by the regional profile and publish them."""
    reckoning_on = _reckoning_day(site)
    profile = Profile.objects.filter(code=_PROFILE).order_by("-pk").first()
    assert profile is not None
    then = site.now - timedelta(days=min(_PUBLISHED_DAYS_AGO, (site.parameters.today - reckoning_on).days))
    period = talent.open_period(
        name=f"Pemetaan {reckoning_on:%Y-%m}", profile_id=profile.pk, reckoning_on=reckoning_on, actor=None, now=then
    )
    job = talent.start_compute(period_id=period.pk, actor=_committee(site), now=then)
    compute_period(job_id=job.pk)
    until = site.parameters.today + timedelta(days=_OBJECTION_DAYS)
    talent.publish_period(period_id=period.pk, objections_until=until, actor=_committee(site), now=then)
    boxes = Counter(Placement.objects.filter(period=period).values_list("box", flat=True))
    return f"{sum(boxes.values()) - boxes[None]:,} of {sum(boxes.values()):,} people mapped, {boxes[9]} in box 9"


def _reckoning_day(site: "Site") -> date:
    """The end of the last whole month of the history, or yesterday where there is none."""
    last = site.parameters.today.replace(day=1) - timedelta(days=1)
    return last if last > site.parameters.history_starts_on else site.parameters.history_ends_on


def _committee(site: "Site") -> User:
    top = next(person for person in site.office.people if person.superior is None)
    return User.objects.get(username=top.nip)
