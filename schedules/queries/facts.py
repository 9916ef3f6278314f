"""What eligibility looks at, read from the tables for many people at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils import timezone

from attendance.models import Absence, AbsenceKind
from personnel.models import Appointment, Employment, PositionWorkability
from personnel.queries import UnitOnDay, units_on
from schedules.models import Box9Choice, CategoryRecord, EligibilityException
from schedules.rules import cells
from schedules.rules.person_facts import (
    Answer,
    BoxChoice,
    BoxFact,
    CategoryFact,
    DisciplineFact,
    ExceptionFact,
    PersonFacts,
    Span,
    UnitFact,
)
from schedules.rules.policy import Category, EmploymentKind, Predikat
from talent.models import Fact
from talent.queries import latest_boxes

ABSENT_LETTER = {
    AbsenceKind.DL: cells.TRAVEL,
    AbsenceKind.PD: cells.TRAVEL,
    AbsenceKind.DK: cells.TRAINING,
    AbsenceKind.TB: cells.TRAINING,
}


PREDIKAT_KEY, SANCTION_KEY = "predikat_tahunan", "hukdis"
"""Names of the records in every scoring profile that is shipped."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody stands in the stretch: the appointment that holds first, and on which days it holds."""

    appointment: Appointment
    starts_on: date
    ends_on: date


def placed_in(unit_path: str, starts_on: date, ends_on: date) -> dict[int, Placed]:
    """Everybody with a substantive appointment below `unit_path` during the stretch, by person."""
    rows = Appointment.objects.substantive().within(starts_on, ends_on).filter(unit__path__startswith=unit_path)
    found: dict[int, Placed] = {}
    for row in rows.select_related("person", "unit", "position").order_by("starts_on", "pk"):
        last = min(row.ends_on or ends_on, ends_on)
        found.setdefault(row.person_id, Placed(row, max(row.starts_on, starts_on), last))
    return found


def facts_of(placed: Collection[Placed], starts_on: date, ends_on: date) -> dict[int, PersonFacts]:
    """The facts of each person for the stretch; the number of queries does not grow with the people."""
    person_ids = [p.appointment.person_id for p in placed]
    units = units_on(starts_on)
    employment, since = employments_of(person_ids, starts_on, ends_on)
    workable = workability_of({p.appointment.position_id for p in placed}, starts_on, ends_on)
    categories = categories_of(person_ids, starts_on, ends_on)
    exceptions = exceptions_of(person_ids, starts_on, ends_on)
    predikat, sanctions = record_of(person_ids, starts_on, ends_on)
    boxes, choices = boxes_of(person_ids, ends_on), choices_of(person_ids, starts_on, ends_on)
    found = {}
    for place in placed:
        held, who = place.appointment, place.appointment.person_id
        spans = workable.get(held.position_id, [])
        found[who] = PersonFacts(
            person_id=who,
            units=unit_chain(held, units),
            employment=employment.get(who),
            born_on=held.person.birth_on,
            serving_since=since.get(who),
            is_unit_head=held.is_head,
            position_kind=held.position.kind,
            echelon=held.position.echelon,
            workable_anywhere=tuple(Span(starts_on=s.starts_on, ends_on=s.ends_on) for s in spans),
            workable_basis=spans[-1].legal_basis if spans else "",
            predikat=predikat.get(who),
            discipline=tuple(sanctions.get(who, ())),
            categories=tuple(categories.get(who, ())),
            exceptions=tuple(exceptions.get(who, ())),
            boxes=boxes.get(who, ()),
            box_choices=tuple(choices.get(who, ())),
        )
    return found


def unit_chain(held: Appointment, units: dict[int, UnitOnDay]) -> tuple[UnitFact, ...]:
    """From the person's own unit up to the institution, flags inherited."""
    known = [units[unit_id] for unit_id in reversed(held.unit.ancestor_ids) if unit_id in units]
    return tuple(
        UnitFact(unit_id=u.id, kind=u.kind, direct_service=u.is_direct_service, shift_work=u.is_shift_work)
        for u in known
    )


def employments_of(
    person_ids: Iterable[int], starts_on: date, ends_on: date
) -> tuple[dict[int, EmploymentKind], dict[int, date]]:
    """Kind of employment during the stretch, and the first day of service."""
    rows = Employment.objects.filter(person_id__in=person_ids)
    kinds = {
        person_id: EmploymentKind(kind)
        for person_id, kind in rows.within(starts_on, ends_on).order_by("starts_on").values_list("person_id", "kind")
    }
    since = dict(rows.values("person_id").annotate(first=Min("starts_on")).values_list("person_id", "first"))
    return kinds, since


def workability_of(position_ids: Iterable[int], starts_on: date, ends_on: date) -> dict[int, list[PositionWorkability]]:
    rows = PositionWorkability.objects.within(starts_on, ends_on).filter(
        position_id__in=position_ids, is_workable_from_anywhere=True
    )
    found: dict[int, list[PositionWorkability]] = defaultdict(list)
    for row in rows.order_by("starts_on"):
        found[row.position_id].append(row)
    return found


def categories_of(person_ids: Iterable[int], starts_on: date, ends_on: date) -> dict[int, list[CategoryFact]]:
    """Recorded circumstances; a journey counts on for days after it ended, so the read begins earlier."""
    rows = CategoryRecord.objects.standing().filter(person_id__in=person_ids, starts_on__lte=ends_on)
    found: dict[int, list[CategoryFact]] = defaultdict(list)
    for row in rows.order_by("starts_on", "pk"):
        found[row.person_id].append(
            CategoryFact(category=Category(row.category), starts_on=row.starts_on, ends_on=row.ends_on)
        )
    return found


def exceptions_of(person_ids: Iterable[int], starts_on: date, ends_on: date) -> dict[int, list[ExceptionFact]]:
    rows = EligibilityException.objects.standing().within(starts_on, ends_on).filter(person_id__in=person_ids)
    found: dict[int, list[ExceptionFact]] = defaultdict(list)
    for row in rows.select_related("granted_by").order_by("granted_at", "pk"):
        found[row.person_id].append(
            ExceptionFact(
                answer=Answer(row.answer),
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                granted_by=str(row.granted_by),
                granted_on=timezone.localdate(row.granted_at),
                basis=row.legal_basis or row.reason,
            )
        )
    return found


def choices_of(person_ids: Iterable[int], starts_on: date, ends_on: date) -> dict[int, list[BoxChoice]]:
    rows = Box9Choice.objects.within(starts_on, ends_on).filter(person_id__in=person_ids).order_by("starts_on", "pk")
    found: dict[int, list[BoxChoice]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(BoxChoice(starts_on=row.starts_on, ends_on=row.ends_on))
    return found


def boxes_of(person_ids: Collection[int], day: date) -> dict[int, tuple[BoxFact, ...]]:
    """The newest published box of each person on `day` that carries its reward; a gate may keep the reward away."""
    placed = latest_boxes(person_ids, day)
    return {
        person_id: (BoxFact(box=row.box, published_on=timezone.localdate(row.published_at)),)
        for person_id, row in placed.items()
        if row.box and row.is_rewarded
    }


def record_of(
    person_ids: Collection[int], starts_on: date, ends_on: date
) -> tuple[dict[int, Predikat], dict[int, list[DisciplineFact]]]:
    """The newest verified predikat and the sanctions that run in the stretch, from the talent records; one query.

    A sanction without an end runs until its end is recorded. Cases under way are not kept there.
    """
    rows = Fact.objects.accepted().filter(
        person_id__in=person_ids, key__in=(PREDIKAT_KEY, SANCTION_KEY), is_empty=False, observed_on__lte=ends_on
    )
    predikat: dict[int, Predikat] = {}
    sanctions: dict[int, list[DisciplineFact]] = defaultdict(list)
    for row in rows.order_by("observed_on", "pk"):
        if row.key == PREDIKAT_KEY and row.value in Predikat.__members__:
            predikat[row.person_id] = Predikat[str(row.value)]
        elif row.key == SANCTION_KEY and (row.ends_on is None or row.ends_on >= starts_on):
            sanctions[row.person_id].append(DisciplineFact(starts_on=row.observed_on, ends_on=row.ends_on))
    return predikat, sanctions


def absent_days(person_ids: Collection[int], starts_on: date, ends_on: date) -> dict[int, dict[date, str]]:
    """Whole days of approved absence with their letter: leave, official travel, training."""
    rows = (
        Absence.objects.standing().within(starts_on, ends_on).filter(person_id__in=person_ids, from_minute__isnull=True)
    )
    found: dict[int, dict[date, str]] = defaultdict(dict)
    for row in rows.order_by("starts_on", "pk"):
        letter = ABSENT_LETTER.get(AbsenceKind(row.kind), cells.LEAVE)
        for day in cells.days_of(max(row.starts_on, starts_on), min(row.ends_on, ends_on)):
            found[row.person_id][day] = letter
    return found
