"""Verdicts for pages: a list for a unit, an explanation for one person, the impact of a draft."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from personnel.models import Appointment, Person, Unit
from schedules.queries.facts import Placed, facts_of, placed_in
from schedules.queries.policies import PolicyBook, policy_book
from schedules.queries.wording import tell
from schedules.rules.eligibility import verdict
from schedules.rules.person_facts import Answer
from schedules.rules.policy import Layer, merge
from schedules.rules.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """One person with the verdict of the day."""

    appointment: Appointment
    verdict: Verdict


def judged_in(unit: Unit, day: date) -> list[Judged]:
    """Everybody below `unit` with the verdict of `day`, in the order of the office; the count of queries is fixed."""
    placed = placed_in(unit.path, day, day)
    return judged_of(placed, policy_book(day, day), day)


def judged_of(placed: Mapping[int, Placed], book: PolicyBook, day: date) -> list[Judged]:
    facts = facts_of(list(placed.values()), day, day)
    rows = sorted(placed.values(), key=lambda p: (p.appointment.unit.path, p.appointment.person.name))
    return [
        Judged(
            place.appointment,
            verdict(facts[who], book.policy_for(place.appointment.unit.ancestor_ids, day), day),
        )
        for place in rows
        for who in [place.appointment.person_id]
    ]


def judged_person(person: Person, day: date) -> Judged | None:
    """One person's verdict; None without an appointment on the day."""
    rows = Appointment.objects.substantive().on(day).filter(person=person)
    held = rows.select_related("person", "unit__perangkat_daerah", "position").order_by("-starts_on").first()
    if held is None:
        return None
    return judged_of({person.pk: Placed(held, day, day)}, policy_book(day, day), day)[0]


def explained(found: Verdict, *, with_health: bool) -> dict[str, Any]:
    """The verdict in the reader's language; health reasons only for those with the purpose."""
    shown = found if with_health else found.without_health()
    return {
        "answer": shown.answer,
        "deciding": voice_text(shown.deciding),
        "others": [voice_text(voice) for voice in shown.others],
        "has_priority": shown.has_priority,
    }


def voice_text(voice) -> dict[str, str]:
    return {
        "rule": str(voice.rule),
        "answer": str(voice.answer),
        "text": tell(voice.sentence),
        "basis": voice.basis,
    }


def counts_of(rows: list[Judged]) -> dict[str, int]:
    """How many may, must, may not, are permanent."""
    found = Counter(str(row.verdict.answer) for row in rows)
    return {str(answer): found[str(answer)] for answer in Answer}


# ---- the impact of a draft ----

IMPACT_LIMIT = 4_000
"""People up to whom a preview is computed while somebody waits; above it only the count is shown."""


def impact_of(unit: Unit | None, draft: Layer, day: date) -> dict[str, Any]:
    """Who newly may, must or may not if `draft` held on `day`, against what holds now."""
    placed = placed_in(unit.path if unit else "", day, day)
    if len(placed) > IMPACT_LIMIT:
        return {"people": len(placed), "changes": None}
    book = policy_book(day, day)
    facts = facts_of(list(placed.values()), day, day)
    changes: Counter[tuple[str, str]] = Counter()
    for who, place in placed.items():
        ancestors = place.appointment.unit.ancestor_ids
        now = verdict(facts[who], book.policy_for(ancestors, day), day)
        others = [layer for layer in book.layers_for(ancestors) if layer.unit_id != draft.unit_id]
        then = verdict(facts[who], merge([*others, draft], day), day)
        changes[str(now.answer), str(then.answer)] += 1
    return {
        "people": len(placed),
        "changes": [
            {"before": before, "after": after, "count": count}
            for (before, after), count in sorted(changes.items())
            if before != after
        ],
        "after": {str(a): sum(n for (_b, after), n in changes.items() if after == a) for a in Answer},
    }
