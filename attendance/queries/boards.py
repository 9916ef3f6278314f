"""Who is where: a superior's team now, a unit's people on any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from attendance.models import DayStatus, DaySummary
from attendance.models.visibility import READS_PRESENCE
from attendance.queries.days import result_of
from attendance.queries.months import Remark, remarks_on
from attendance.queries.places import PlaceOfDay, expected_places
from personnel import access as roles
from personnel.models import Appointment, Person, Unit
from personnel.queries import people_in, reports_of

NO_NEWS = "NO_NEWS"


@dataclass(frozen=True, slots=True)
class PersonOnDay:
    """One person on one day: expected place, stored sums (None before any news), what to notice."""

    day: date
    person: Person
    position: str
    unit: str
    place: PlaceOfDay
    summary: DaySummary | None
    remarks: tuple[Remark, ...]

    @property
    def whereabouts(self) -> str:
        """PRESENT inside, LEFT after the day, AWAY with a reason, OFF, or NONE without news."""
        if self.summary is not None and self.summary.open_since is not None:
            return "PRESENT"
        if self.summary is not None and self.summary.first_in_at is not None:
            return "LEFT"
        if self.place.place in ("LEAVE", "TRAVEL", "TRAINING"):
            return "AWAY"
        return "OFF" if self.place.place == "OFF" else "NONE"


@dataclass(frozen=True, slots=True)
class Board:
    """People of one day, and how many are where."""

    day: date
    rows: list[PersonOnDay]

    @property
    def counts(self) -> dict[str, int]:
        places = [row.place.place for row in self.rows]
        return {
            "office": places.count("OFFICE"),
            "home": places.count("HOME") + places.count("ANYWHERE"),
            "away": places.count("TRAVEL") + places.count("TRAINING"),
            "leave": places.count("LEAVE"),
            "no_news": sum(1 for row in self.rows if row.whereabouts == "NONE"),
        }


def team_board(superior_person_id: int, day: date) -> Board:
    """The direct reports of `superior_person_id` on `day`, by name; a constant number of queries."""
    people = reports_of(superior_person_id, day).employed_on(day).order_by("name", "pk")
    return Board(day, people_on(people, day))


def people_on(people: QuerySet[Person] | Sequence[Person], day: date) -> list[PersonOnDay]:
    """These people in their order, with place and stored day."""
    listed = list(people)
    keys = [person.pk for person in listed]
    posts = {
        row.person_id: row
        for row in Appointment.objects.substantive()
        .on(day)
        .filter(person_id__in=keys)
        .select_related("position", "unit")
        .order_by("starts_on", "pk")
    }
    stored = {row.person_id: row for row in DaySummary.objects.filter(person_id__in=keys, day=day)}
    paths = {key: [(row.starts_on, row.ends_on, row.unit.path)] for key, row in posts.items()}
    places = expected_places(keys, [day], paths=paths)
    return [
        _on_day(day, person, posts.get(person.pk), stored.get(person.pk), places[person.pk, day]) for person in listed
    ]


def _on_day(
    day: date, person: Person, post: Appointment | None, summary: DaySummary | None, place: PlaceOfDay
) -> PersonOnDay:
    remarks = tuple(remarks_on(result_of(summary), ())) if summary is not None else ()
    position, unit = (str(post.position), str(post.unit)) if post else ("", "")
    return PersonOnDay(day, person, position, unit, place, summary, remarks)


def unit_people(unit: Unit, day: date, *, status: str = "", text: str = "") -> QuerySet[Person]:
    """People of the subtree on `day`, by name; `status` is a DayStatus or NO_NEWS, `text` a part of the name."""
    stored = DaySummary.objects.filter(person_id=OuterRef("pk"), day=day)
    people = people_in(unit, day).annotate(day_status=Subquery(stored.values("status")[:1]))
    if status == NO_NEWS:
        people = people.filter(Q(day_status__isnull=True) | Q(day_status=DayStatus.ABSENT))
    elif status:
        people = people.filter(day_status=status)
    if text:
        people = people.filter(name__icontains=text)
    return people.order_by("name", "pk")


def units_to_read(user, day: date) -> QuerySet[Unit]:
    """Units whose presence the account reads by role, from the top down."""
    below = Q(pk__in=[])
    for path in roles.paths_of(user, READS_PRESENCE, day):
        below |= Q(path__startswith=path)
    return Unit.objects.on(day).filter(below).order_by("path")


def listed_units(user, day: date) -> list[Unit]:
    """The same as a list for a menu: each with `indented_name`, moved in below the unit it belongs to."""
    units = list(units_to_read(user, day))
    for unit in units:
        steps = max(0, unit.depth - units[0].depth)
        unit.indented_name = "\u2003" * steps + unit.name
    return units
