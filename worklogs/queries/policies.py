"""Which log policy holds."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q

from personnel.models import Unit
from worklogs.models import LogPolicyDocument
from worklogs.rules.policy import LogPolicy, policy_from


def policy_for_chain(chain: Sequence[int], day: date) -> LogPolicy:
    """The policy in force on `day` for a unit, given its line upwards (nearest first); one statement."""
    rows = LogPolicyDocument.objects.on(day).filter(Q(unit_id__in=chain) | Q(unit__isnull=True))
    return _nearest(list(rows.order_by("starts_on", "pk")), chain)


def policy_in_force(unit: Unit, day: date) -> LogPolicy:
    """The policy of the nearest unit upwards that is in force on `day`, else the defaults."""
    return policy_for_chain(list(reversed(unit.ancestor_ids)), day)


def policies_of(unit_ids: Collection[int], day: date) -> dict[int, LogPolicy]:
    """The policy of each unit on `day`; two statements however many units."""
    paths = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "path"))
    rows = list(LogPolicyDocument.objects.on(day).order_by("starts_on", "pk"))
    found: dict[int, LogPolicy] = {}
    for unit_id, path in paths.items():
        found[unit_id] = _nearest(rows, [int(key) for key in reversed(path.split(".")) if key])
    return found


def _nearest(rows: Sequence[LogPolicyDocument], chain: Sequence[int]) -> LogPolicy:
    place = {unit_id: steps for steps, unit_id in enumerate(chain)}
    standing = [row for row in rows if row.unit_id is None or row.unit_id in place]
    if not standing:
        return LogPolicy()
    far = len(chain)
    nearest = max(standing, key=lambda r: (-(far if r.unit_id is None else place[r.unit_id]), r.starts_on))
    return policy_from(nearest.parameters)
