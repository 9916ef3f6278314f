"""Names for the keys that findings carry."""

from collections.abc import Iterable

from personnel.models import Person, Unit
from schedules.models import PlanVersion, ServiceGroup
from schedules.queries.wording import Names


def names_for(version: PlanVersion, person_ids: Iterable[int | None] = ()) -> Names:
    """Names of the people asked for, and of the units and groups of one version."""
    asked = {key for key in person_ids if key}
    people = dict(Person.objects.filter(pk__in=asked).values_list("pk", "name")) if asked else {}
    units = dict(Unit.objects.subtree(version.plan.unit).values_list("pk", "name"))
    groups = dict(ServiceGroup.objects.filter(unit__path__startswith=version.plan.unit.path).values_list("pk", "name"))
    return Names(people=people, units=units, groups=groups)
