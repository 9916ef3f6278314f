"""Everything the clock must know of one person around one day, in two statements."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from attendance.models import (
    Absence,
    AbsenceKind,
    Arrangement,
    Dispensation,
    FenceVerdict,
    Holiday,
    HoursPolicyDocument,
    Punch,
    PunchSource,
    RamadanPeriod,
    RosterDay,
    WorkSchedule,
)
from attendance.rules import calendar as rules_calendar
from attendance.rules import fence, hours, places
from common.db import JsonRows
from common.prepared import Prepared
from personnel.models import Appointment, Employment, Person, UnitTraits, WorkLocation
from personnel.queries import DEFAULT_ZONE

HOLIDAY_KINDS = {
    "NATIONAL": hours.DayKind.NATIONAL_HOLIDAY,
    "CUTI_BERSAMA": hours.DayKind.COLLECTIVE_LEAVE,
    "REGIONAL": hours.DayKind.REGIONAL_HOLIDAY,
}
ONE_DAY = timedelta(days=1)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredPunch:
    """A punch as the pages show it; `position` is left out on purpose."""

    id: int
    instant: datetime
    day: date
    direction: str
    source: str
    client_key: str
    receipt: str
    verdict: str
    distance_metres: int | None
    place_name: str
    zone: str

    @property
    def verdict_words(self) -> str:
        """What was seen of the position, with the distance where one is known; empty for a terminal."""
        if self.verdict == FenceVerdict.OUTSIDE and self.distance_metres is not None:
            return _("%(n)s m from the work location") % {"n": number_format(self.distance_metres)}
        return str(FenceVerdict(self.verdict).label) if self.verdict else ""


class NotAppointed(Exception):
    """The person holds no position around this day, so no unit's clock applies."""


class Moment:
    """The facts of one person from `starts_on` to `ends_on` (inclusive), and the rules' answers on them."""

    def __init__(self, person_id: int, starts_on: date, ends_on: date, held: Row, rows: Row) -> None:
        self.person_id = person_id
        self.starts_on, self.ends_on = starts_on, ends_on
        self._appointments = sorted(held["appointments"], key=lambda r: (r["starts_on"], r["id"]))
        self._employments = sorted(held["employments"], key=lambda r: r["starts_on"])
        self._rows = rows

    # ---- who and where ----

    def unit_on(self, day: date) -> Row:
        """The appointment row of the day; the nearest one where the day itself has none."""
        standing = [row for row in self._appointments if _holds(row, day)]
        return (standing or self._appointments)[-1]

    @cached_property
    def chain(self) -> list[int]:
        """Keys from the person's own unit up to the institution, at the end of the period."""
        return [int(key) for key in reversed(self.unit_on(self.ends_on)["path"].split(".")) if key]

    def chain_on(self, day: date) -> list[int]:
        return [int(key) for key in reversed(self.unit_on(day)["path"].split(".")) if key]

    def zone_on(self, day: date) -> str:
        named = {r["unit_id"]: r["time_zone"] for r in _in_force(self._rows["traits"], day) if r["time_zone"]}
        return next((named[unit] for unit in self.chain_on(day) if unit in named), DEFAULT_ZONE)

    def fences_on(self, day: date) -> list[fence.Fence]:
        """Work locations of the unit and of those above it that hold on the day."""
        return [
            fence.Fence(
                name=row["name"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                radius_metres=row["radius_metres"],
            )
            for row in _in_force(self._rows["locations"], day)
        ]

    # ---- hours ----

    def document_on(self, day: date) -> Row | None:
        """The hours policy document of the nearest unit, whose legal basis is shown."""
        return _nearest(self._rows["policies"], day, self.chain_on(day))

    def policy_on(self, day: date) -> hours.HoursPolicy:
        row = self.document_on(day)
        return policy_of(json.dumps(_json(row["parameters"]), sort_keys=True)) if row else hours.HoursPolicy()

    def schedule_on(self, day: date) -> hours.Schedule:
        row = _nearest(self._rows["schedules"], day, self.chain_on(day))
        if row is None:
            return hours.standard_five_day(self.policy_on(day))
        return schedule_of(json.dumps(_json(row["parameters"]), sort_keys=True))

    @cached_property
    def calendar(self) -> hours.Calendar:
        holidays = [
            rules_calendar.Holiday(
                day=date.fromisoformat(row["day"]), kind=HOLIDAY_KINDS[row["kind"]], name=row["name"]
            )
            for row in self._rows["holidays"]
        ]
        ramadans = [
            hours.Ramadan(date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
            for row in self._rows["ramadans"]
        ]
        return hours.Calendar.from_rows(holidays, ramadans)

    def weekly_minutes_on(self, day: date) -> int | None:
        """Minutes of the contract where it differs from the full week."""
        employment = next((row for row in reversed(self._employments) if _holds(row, day)), None)
        return employment["weekly_minutes"] if employment else None

    def expected(self, day: date) -> hours.ExpectedDay:
        return hours.expected_day(
            self.policy_on(day),
            self.schedule_on(day),
            self.calendar,
            day,
            zone=self.zone_on(day),
            weekly_minutes=self.weekly_minutes_on(day),
            shift=self._shift_on(day),
        )

    def _shift_on(self, day: date) -> Any:
        for row in self._rows["roster"]:
            if row["day"] == day.isoformat():
                return _plan_of(row)
        return hours.UNSET

    # ---- where the day is claimed ----

    def place_on(self, day: date) -> places.ExpectedDay:
        absence = next((row for row in self._absences_on(day) if row["from_minute"] is None), None)
        claims = [claim_of(row) for row in self._rows["arrangements"] if row["day"] == day.isoformat()]
        is_free = self.expected(day).scheduled_minutes == 0
        claimed = claim_of_absence(absence) if absence else None
        return places.expected_place(absence=claimed, claims=claims, is_free_day=is_free)

    def arranged_days(self, after: date, place: str) -> list[date]:
        """Days after `after` whose expected place is `place`, in order."""
        days = sorted({date.fromisoformat(r["day"]) for r in self._rows["arrangements"] if r["place"] == place})
        return [day for day in days if day > after and self.place_on(day).place == place]

    def _absences_on(self, day: date) -> list[Row]:
        return [row for row in self._rows["absences"] if _holds(row, day)]

    def absences_on(self, day: date) -> list[hours.Absence]:
        """Absences and dispensations of the day, as the rules take them."""
        policy = self.policy_on(day)
        chain = self.chain_on(day)
        found = [
            hours.Absence(
                code=row["kind"],
                effect=policy.effect_of(row["kind"]),
                starts=row["from_minute"],
                ends=row["to_minute"],
            )
            for row in self._absences_on(day)
        ]
        return found + [
            hours.Absence(
                code="DISP", effect=policy.effect_of("DISP"), starts=row["from_minute"], ends=row["to_minute"]
            )
            for row in self._rows["dispensations"]
            if row["day"] == day.isoformat() and row["unit_id"] in chain
        ]

    # ---- the clock ----

    @cached_property
    def punches(self) -> tuple[StoredPunch, ...]:
        """All punches of the period in time order."""
        found = [
            StoredPunch(**{**row, "instant": _instant(row["instant"]), "day": date.fromisoformat(row["day"])})
            for row in self._rows["punches"]
        ]
        return tuple(sorted(found, key=lambda punch: (punch.instant, punch.id)))

    def local_day(self, now: datetime) -> date:
        """The local date at `now` in the zone of the person's unit."""
        return now.astimezone(ZoneInfo(self.zone_on(now.date()))).date()

    def press(self, now: datetime) -> hours.Press:
        """What a press at `now` would mean."""
        today = self.local_day(now)
        days = (self.expected(today - ONE_DAY), self.expected(today), self.expected(today + ONE_DAY))
        return hours.press_direction(self.policy_on(today), days, [rule_punch(p) for p in self.punches], now)

    def result(
        self, day: date, *, now: datetime | None, extra: tuple[hours.Punch, ...] = (), explain: bool = False
    ) -> hours.DayResult:
        """The sums of one day as they stand at `now`, with `extra` punches that are not stored yet."""
        days = [self.expected(day - ONE_DAY), self.expected(day), self.expected(day + ONE_DAY)]
        punches = [*(rule_punch(p) for p in self.punches), *extra]
        mine = hours.assign_punches(self.policy_on(day), days, punches).get(day, [])
        return hours.day_result(self.policy_on(day), days[1], mine, self.absences_on(day), as_of=now, explain=explain)


def moment_of(person_id: int, starts_on: date, ends_on: date, *, locks: bool = False) -> Moment:
    """Load the facts of one person from the day before `starts_on` to the day after `ends_on`.

    `locks`: two presses of one person wait for each other; the second statement then sees the first
    one's punch. Raises NotAppointed, and Person.DoesNotExist.
    """
    first, last = starts_on - ONE_DAY, ends_on + ONE_DAY
    held = _held(person_id, first, last, locks=locks)
    if not held["appointments"]:
        raise NotAppointed
    units = {int(key) for row in held["appointments"] for key in row["path"].split(".") if key}
    return Moment(person_id, starts_on, ends_on, held, _facts(person_id, units, first, last))


# Stand-ins of the prepared statements: no person, unit or day of an office looks like these.
SOMEBODY, DAY_A, DAY_B = 8_900_000_000_000_001, date(1801, 1, 1), date(1801, 1, 2)
UNIT_SLOTS = [8_900_000_000_000_100 + n for n in range(16)]


def _held_query(*, person_id: int, first: date, last: date, locks: bool = False) -> QuerySet:
    """The person with their appointments and employments of the period."""
    people = Person.objects.filter(pk=person_id)
    if locks:
        people = people.select_for_update(no_key=True)
    mine = {"person_id": OuterRef("pk")}
    dated = {"starts_on": F("starts_on"), "ends_on": F("ends_on")}
    appointments = Appointment.objects.substantive().within(first, last).filter(**mine)
    employments = Employment.objects.within(first, last).filter(**mine)
    return people.values(
        appointment_rows=JsonRows(
            appointments, id=F("pk"), unit_id=F("unit_id"), path=F("unit__path"), name=F("unit__name"), **dated
        ),
        employment_rows=JsonRows(employments, weekly_minutes=F("weekly_minutes"), **dated),
    )


def _facts_query(*, person_id: int, units: Collection[int], first: date, last: date) -> QuerySet:
    """Each kind of fact as a JSON list beside the person's key."""
    lists = _of_units(units, first, last) | _of_person(person_id, first, last)
    # The suffix keeps the aliases apart from the relations of the model.
    return Person.objects.filter(pk=person_id).values(**{f"{name}_rows": rows for name, rows in lists.items()})


def _locked_query(**values: Any) -> QuerySet:
    return _held_query(**values, locks=True)


HELD = Prepared(_held_query, person_id=SOMEBODY, first=DAY_A, last=DAY_B)
LOCKED = Prepared(_locked_query, person_id=SOMEBODY, first=DAY_A, last=DAY_B)
FACTS = Prepared(_facts_query, person_id=SOMEBODY, units=UNIT_SLOTS, first=DAY_A, last=DAY_B)


def _held(person_id: int, first: date, last: date, *, locks: bool) -> Row:
    row = (LOCKED if locks else HELD).row(person_id=person_id, first=first, last=last)
    if row is None:
        raise Person.DoesNotExist
    return {"appointments": row["appointment_rows"], "employments": row["employment_rows"]}


def _facts(person_id: int, units: Collection[int], first: date, last: date) -> Row:
    """All facts in one statement; a chain too long for the prepared one is asked for in its own."""
    asked: dict[str, Any] = {"person_id": person_id, "units": sorted(units), "first": first, "last": last}
    row = FACTS.row(**asked) if FACTS.holds("units", asked["units"]) else _facts_query(**asked).get()
    if row is None:
        raise Person.DoesNotExist
    return {name.removesuffix("_rows"): rows for name, rows in row.items()}


def _of_units(units: Collection[int], first: date, last: date) -> dict[str, JsonRows]:
    dated = {"starts_on": F("starts_on"), "ends_on": F("ends_on")}
    ours = {"unit_id__in": units}

    def own_or_common(rows: QuerySet) -> QuerySet:
        return rows.filter(unit_id__in=units) | rows.filter(unit__isnull=True)

    return {
        "traits": JsonRows(
            UnitTraits.objects.within(first, last).filter(**ours),
            unit_id=F("unit_id"), time_zone=F("time_zone"), **dated,
        ),
        "locations": JsonRows(
            WorkLocation.objects.within(first, last).filter(**ours),
            name=F("name"), latitude=F("latitude"), longitude=F("longitude"), radius_metres=F("radius_metres"), **dated,
        ),
        "policies": JsonRows(
            own_or_common(HoursPolicyDocument.objects.within(first, last)),
            unit_id=F("unit_id"), parameters=F("parameters"), legal_basis=F("legal_basis"), **dated,
        ),
        "schedules": JsonRows(
            own_or_common(WorkSchedule.objects.within(first, last)),
            unit_id=F("unit_id"), parameters=F("parameters"), **dated,
        ),
        "dispensations": JsonRows(
            Dispensation.objects.filter(day__range=(first, last), **ours),
            unit_id=F("unit_id"), day=F("day"), from_minute=F("from_minute"), to_minute=F("to_minute"),
        ),
    }  # fmt: skip


def _of_person(person_id: int, first: date, last: date) -> dict[str, JsonRows]:
    mine = {"person_id": person_id, "day__range": (first, last)}
    return {
        "holidays": JsonRows(Holiday.objects.between(first, last), day=F("day"), kind=F("kind"), name=F("name")),
        "ramadans": JsonRows(
            RamadanPeriod.objects.within(first, last), starts_on=F("starts_on"), ends_on=F("ends_on")
        ),
        "roster": JsonRows(
            RosterDay.objects.filter(**mine),
            day=F("day"), code=F("shift__code"), starts=F("shift__start_minute"), ends=F("shift__end_minute"),
            pause=F("shift__break_minutes"),
        ),
        "arrangements": JsonRows(
            Arrangement.objects.filter(**mine),
            day=F("day"), place=F("place"), source=F("source__key"), version=F("source__version"),
            label=F("source__label"), rank=F("source__rank"), published_at=F("source__published_at"),
        ),
        "absences": JsonRows(
            Absence.objects.standing().within(first, last).filter(person_id=person_id),
            kind=F("kind"), starts_on=F("starts_on"), ends_on=F("ends_on"), from_minute=F("from_minute"),
            to_minute=F("to_minute"), document=F("document"), source=F("source"),
        ),
        "punches": JsonRows(
            Punch.objects.filter(**mine),
            id=F("pk"), instant=F("instant"), day=F("day"), direction=F("direction"), source=F("source"),
            client_key=F("client_key"), receipt=F("receipt"), verdict=F("verdict"),
            distance_metres=F("distance_metres"), place_name=F("place_name"), zone=F("zone"),
        ),
    }  # fmt: skip


# ---- rows to facts ----


@lru_cache(maxsize=256)
def policy_of(parameters: str) -> hours.HoursPolicy:
    """A stored policy; the same text is read once."""
    return hours.HoursPolicy.from_dict(json.loads(parameters))


@lru_cache(maxsize=256)
def schedule_of(parameters: str) -> hours.Schedule:
    return hours.Schedule.from_dict(json.loads(parameters))


def claim_of(row: Mapping[str, Any]) -> places.Claim:
    return places.Claim(
        place=row["place"],
        source=row["source"],
        version=row["version"],
        label=row["label"],
        rank=row["rank"],
        published=_instant(row["published_at"]).timestamp(),
    )


def claim_of_absence(row: Mapping[str, Any]) -> places.Claim:
    """An absence as a claim; its label names kind and document."""
    label = _("%(kind)s · %(document)s") % {"kind": AbsenceKind(row["kind"]).label, "document": row["document"]}
    return places.Claim(
        place=places.place_of_absence(row["kind"]), source=row["source"], version=1, label=label.rstrip(" ·")
    )


def rule_punch(punch: StoredPunch) -> hours.Punch:
    """A stored punch as the rules take it: a person's own press is believed, a terminal's state is a hint."""
    return hours.Punch(
        at=punch.instant,
        direction=hours.Direction(punch.direction),
        certain=punch.source != PunchSource.TERMINAL,
        id=punch.id,
    )


def _plan_of(row: Row) -> hours.DayPlan | None:
    if row["starts"] is None:
        return None
    return hours.shift_plan(row["starts"], row["ends"], row["pause"] or 0, row["code"])


def _instant(value: Any) -> datetime:
    """An instant out of JSON: PostgreSQL writes an offset, SQLite writes UTC without one."""
    moment = value if isinstance(value, datetime) else parse_datetime(str(value))
    if moment is None:
        raise ValueError(f"not an instant: {value!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _holds(row: Row, day: date) -> bool:
    text = day.isoformat()
    return row["starts_on"] <= text and (row["ends_on"] is None or text <= row["ends_on"])


def _in_force(rows: list[Row], day: date) -> list[Row]:
    return sorted((row for row in rows if _holds(row, day)), key=lambda row: row["starts_on"])


def _nearest(rows: list[Row], day: date, chain: list[int]) -> Row | None:
    """The row of the nearest unit; a row without a unit holds for everyone; of two of one unit the later start."""
    standing = [row for row in _in_force(rows, day) if row["unit_id"] is None or row["unit_id"] in chain]
    if not standing:
        return None
    far = len(chain)
    return max(standing, key=lambda r: (-(far if r["unit_id"] is None else chain.index(r["unit_id"])), r["starts_on"]))
