"""Placing people: first the evidence is kept, then the box is reckoned from what was kept."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q

from common.db import in_chunks
from talent.actions.storing import insert_rows
from talent.models import Evidence, Period, Placement
from talent.queries.gathering import facts_of
from talent.queries.profiles import scheme_of
from talent.rules.bulk import BulkScorer, Placed, placed
from talent.rules.evidence import decode, encode, fingerprint
from talent.rules.profile import Quota
from talent.rules.profile_json import fingerprint as fingerprint_of_profile
from talent.rules.ranking import score_all

PLACEMENT_COLUMNS = (
    "period_id", "person_id", "unit_id", "y_value", "x_value", "talent_value", "y_category", "x_category",
    "box", "unmapped", "is_rewarded", "result", "fingerprint",
)  # fmt: skip


class Placer:
    """One period made ready for many chunks: its profile unfolded, its fingerprint taken."""

    def __init__(self, period: Period):
        self.period = period
        self.scheme = scheme_of(period.profile)
        self.profile_fingerprint = fingerprint_of_profile(self.scheme)
        self.scorer = BulkScorer(self.scheme, period.reckoning_on)

    def row(self, person_id: int, unit_id: int | None, of: Placed, mark: str) -> tuple:
        return (
            self.period.pk, person_id, unit_id, of.y_value or None, of.x_value or None, of.talent or None,
            of.y_category, of.x_category, of.box, of.unmapped, of.is_rewarded, of.result, mark,
        )  # fmt: skip


def place_people(*, placer: Placer, person_ids: Collection[int]) -> int:
    """Keep the evidence of these people (at most 1,000) and reckon their boxes; returns how many rows changed.

    Safe to repeat: who has the same evidence under the same profile keeps the row untouched.
    """
    with transaction.atomic():
        keep_evidence(placer=placer, person_ids=person_ids)
        return place_from_evidence(placer=placer, person_ids=person_ids)


def keep_evidence(*, placer: Placer, person_ids: Collection[int]) -> None:
    """Write the facts of these people as they stand now; unchanged texts are not written again."""
    period = placer.period
    texts = {
        person_id: (facts.traits.get("unit") or None, encode(facts))
        for person_id, facts in facts_of(person_ids, period.reckoning_on).items()
    }
    held = {
        person_id: (unit_id, records)
        for person_id, unit_id, records in Evidence.objects.filter(period=period, person_id__in=person_ids).values_list(
            "person_id", "unit_id", "records"
        )
    }
    changed = {person_id: kept for person_id, kept in texts.items() if held.get(person_id) != kept}
    Evidence.objects.filter(period=period, person_id__in=changed.keys() & held.keys()).delete()
    rows = [(period.pk, person_id, unit_id, text) for person_id, (unit_id, text) in changed.items()]
    insert_rows(Evidence, ("period_id", "person_id", "unit_id", "records"), rows)


def place_from_evidence(*, placer: Placer, person_ids: Collection[int]) -> int:
    """Reckon boxes from kept evidence; only what differs is written. Returns how many rows changed."""
    period = placer.period
    wanted = set(person_ids)
    among = _among(wanted)
    held = dict(Placement.objects.filter(among, period=period).values_list("person_id", "fingerprint"))
    kept = Evidence.objects.filter(among, period=period).order_by("person_id")
    place, row = placer.scorer.place, placer.row
    rows = []
    for person_id, unit_id, text in kept.values_list("person_id", "unit_id", "records"):
        mark = fingerprint(placer.profile_fingerprint, text)
        if person_id in wanted and held.get(person_id) != mark:
            rows.append(row(person_id, unit_id, place(text), mark))
    _replace(period, rows, held)
    return len(rows)


def _among(person_ids: set[int]) -> Q:
    """These people, or, for a chunk of everyone, the stretch of keys they lie in: cheaper than naming a thousand."""
    if not person_ids or max(person_ids) - min(person_ids) > 2 * len(person_ids):
        return Q(person_id__in=person_ids)
    return Q(person_id__gte=min(person_ids), person_id__lte=max(person_ids))


def _replace(period: Period, rows: Sequence[tuple], held: Collection[int]) -> None:
    stale = [row[1] for row in rows if row[1] in held]
    if stale:
        Placement.objects.filter(period=period, person_id__in=stale).delete()
    if rows:
        insert_rows(Placement, PLACEMENT_COLUMNS, rows)


def settle_peers(*, placer: Placer) -> int:
    """Fill in the categories that hang on rank among peers, once everyone is reckoned. Nothing to do for cuts.

    The whole population is scored again from its evidence, since one person's rank moves others.
    """
    quotas = [name for name in ("y", "x") if isinstance(placer.scheme.axis(name).category, Quota)]
    if not quotas:
        return 0
    period = placer.period
    kept = list(
        Evidence.objects.filter(period=period).order_by("person_id").values_list("person_id", "unit_id", "records")
    )
    results = score_all(placer.scheme, [decode(text) for _person, _unit, text in kept])
    for chunk in in_chunks(zip(kept, results, strict=True)):
        rows = [
            placer.row(person_id, unit_id, placed(result), fingerprint(placer.profile_fingerprint, text))
            for (person_id, unit_id, text), result in chunk
        ]
        with transaction.atomic():
            _replace(period, rows, {row[1] for row in rows})
    return len(kept)
