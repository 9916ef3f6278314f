"""Where people are expected, one by one or all at once; the number of queries does not grow with them."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from attendance.models import Absence, Arrangement, Holiday, HoursPolicyDocument, RamadanPeriod, RosterDay, WorkSchedule
from attendance.queries.moment import HOLIDAY_KINDS, claim_of, claim_of_absence, policy_of, schedule_of
from attendance.rules import calendar as rules_calendar
from attendance.rules import hours, places
from personnel.models import Appointment, Unit

Rows = list[dict[str, Any]]
# Per person the stretches of their appointments with the path of the unit, in order of their start.
Paths = dict[int, list[tuple[date, date | None, str]]]


@dataclass(frozen=True, slots=True)
class PlaceOfDay:
    """The expected place and the document that says so; `source` is empty for the default rule.

    `others` are labels of documents that claim the day too and lost.
    """

    place: str
    source: str
    version: int
    label: str
    others: tuple[str, ...] = ()


def expected_place(person_id: int, day: date) -> PlaceOfDay:
    """Where one person is expected on `day`."""
    return expected_places([person_id], [day])[person_id, day]


def expected_places(
    person_ids: Iterable[int], days: Iterable[date], *, paths: Paths | None = None
) -> dict[tuple[int, date], PlaceOfDay]:
    """The expected place of every person on every day, in eight queries however many are asked for.

    Somebody without an appointment on a day follows the hours of the whole institution. `paths` are the
    appointments where the caller has read them already.
    """
    people, asked = list(dict.fromkeys(person_ids)), sorted(set(days))
    if not people or not asked:
        return {}
    office = OfficeDays(asked[0], asked[-1])
    claims = _claims(people, asked)
    absent = _absences(people, asked)
    rosters = _rosters(people, asked)
    paths = _paths(people, asked) if paths is None else paths
    answer = {}
    for person_id in people:
        held = paths.get(person_id, [])
        for day in asked:
            path = next((row[2] for row in reversed(held) if row[0] <= day and (row[1] is None or day <= row[1])), "")
            rostered = rosters.get((person_id, day), hours.UNSET)
            is_free = office.is_free(path, day) if rostered is hours.UNSET else rostered is None
            absence = next((claim for first, last, claim in absent.get(person_id, []) if first <= day <= last), None)
            found = places.expected_place(absence=absence, claims=claims.get((person_id, day), []), is_free_day=is_free)
            answer[person_id, day] = place_of(found, office, path, day)
    return answer


def place_of(found: places.ExpectedDay, office: "OfficeDays", path: str, day: date) -> PlaceOfDay:
    """The rule's answer with words: the document's label, or the default rule and its legal basis."""
    others = tuple(claim.label for claim in found.others)
    if found.claim is not None:
        return PlaceOfDay(found.place, found.claim.source, found.claim.version, found.claim.label, others)
    if found.place == "OFF":
        name = office.calendar.name_of(day)
        return PlaceOfDay("OFF", "", 0, name or _("No working hours on this day"), others)
    label = _("Default: office hours · %(basis)s") % {"basis": office.basis(path, day)}
    return PlaceOfDay("OFFICE", "", 0, label, others)


class OfficeDays:
    """The office's own hours over a period, for any unit: policies, schedules, holidays, Ramadan; four queries."""

    def __init__(self, starts_on: date, ends_on: date) -> None:
        self.starts_on, self.ends_on = starts_on, ends_on
        self._free: dict[tuple[str, date], bool] = {}

    @cached_property
    def policies(self) -> Rows:
        rows = HoursPolicyDocument.objects.within(self.starts_on, self.ends_on)
        return [dict(row) for row in rows.values("unit_id", "starts_on", "ends_on", "parameters", "legal_basis")]

    @cached_property
    def schedules(self) -> Rows:
        rows = WorkSchedule.objects.within(self.starts_on, self.ends_on)
        return [dict(row) for row in rows.values("unit_id", "starts_on", "ends_on", "parameters")]

    @cached_property
    def calendar(self) -> hours.Calendar:
        holidays = [
            rules_calendar.Holiday(day=row.day, kind=HOLIDAY_KINDS[row.kind], name=row.name)
            for row in Holiday.objects.between(self.starts_on, self.ends_on)
        ]
        ramadans = [
            hours.Ramadan(row.starts_on, row.ends_on)
            for row in RamadanPeriod.objects.within(self.starts_on, self.ends_on)
        ]
        return hours.Calendar.from_rows(holidays, ramadans)

    def basis(self, path: str, day: date) -> str:
        row = _nearest(self.policies, path, day)
        return row["legal_basis"] if row else "Perpres 21/2023"

    def policy(self, path: str, day: date) -> hours.HoursPolicy:
        row = _nearest(self.policies, path, day)
        return policy_of(json.dumps(row["parameters"], sort_keys=True)) if row else hours.DEFAULT_POLICY

    def schedule(self, path: str, day: date) -> hours.Schedule:
        row = _nearest(self.schedules, path, day)
        if row is None:
            return hours.standard_five_day(self.policy(path, day))
        return schedule_of(json.dumps(row["parameters"], sort_keys=True))

    def is_free(self, path: str, day: date) -> bool:
        """Whether the unit with this path asks for no minutes on `day`."""
        key = (path, day)
        if key not in self._free:
            expected = hours.expected_day(self.policy(path, day), self.schedule(path, day), self.calendar, day)
            self._free[key] = expected.scheduled_minutes == 0
        return self._free[key]


def working_days(unit: Unit | None, starts_on: date, ends_on: date) -> list[date]:
    """Days from `starts_on` to `ends_on` (inclusive) on which the unit owes minutes; None = the institution."""
    office = OfficeDays(starts_on, ends_on)
    path = unit.path if unit else ""
    days = (starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1))
    return [day for day in days if not office.is_free(path, day)]


def is_working_day(unit: Unit | None, day: date) -> bool:
    return bool(working_days(unit, day, day))


def absences(person_ids: Collection[int], starts_on: date, ends_on: date):
    """Standing absences of these people that touch the period, by person and start."""
    rows = Absence.objects.standing().within(starts_on, ends_on).filter(person_id__in=person_ids)
    return rows.order_by("person_id", "starts_on", "pk")


def _claims(people: list[int], days: list[date]) -> dict[tuple[int, date], list[places.Claim]]:
    found: dict[tuple[int, date], list[places.Claim]] = {}
    rows = Arrangement.objects.between(days[0], days[-1]).filter(person_id__in=people)
    for row in rows.values(
        "person_id", "day", "place", "source__key", "source__version", "source__label", "source__rank",
        "source__published_at",
    ):  # fmt: skip
        named = {key.removeprefix("source__"): value for key, value in row.items()}
        named["source"] = named.pop("key")
        found.setdefault((row["person_id"], row["day"]), []).append(claim_of(named))
    return found


def _absences(people: list[int], days: list[date]) -> dict[int, list[tuple[date, date, places.Claim]]]:
    found: dict[int, list[tuple[date, date, places.Claim]]] = {}
    for row in absences(people, days[0], days[-1]).filter(from_minute__isnull=True).values():
        found.setdefault(row["person_id"], []).append((row["starts_on"], row["ends_on"], claim_of_absence(row)))
    return found


def _rosters(people: list[int], days: list[date]) -> dict[tuple[int, date], int | None]:
    rows = RosterDay.objects.between(days[0], days[-1]).filter(person_id__in=people)
    return {(person_id, day): shift for person_id, day, shift in rows.values_list("person_id", "day", "shift_id")}


def _paths(people: list[int], days: list[date]) -> Paths:
    found: Paths = {}
    rows = Appointment.objects.substantive().within(days[0], days[-1]).filter(person_id__in=people)
    for person_id, first, last, path in rows.order_by("starts_on", "pk").values_list(
        "person_id", "starts_on", "ends_on", "unit__path"
    ):
        found.setdefault(person_id, []).append((first, last, path))
    return found


def _nearest(rows: Rows, path: str, day: date) -> dict[str, Any] | None:
    """The row of the nearest unit on the path; a row without a unit holds for everyone; then the later start."""
    chain = [int(key) for key in path.split(".") if key]
    standing = [
        row
        for row in rows
        if row["starts_on"] <= day
        and (row["ends_on"] is None or day <= row["ends_on"])
        and (row["unit_id"] is None or row["unit_id"] in chain)
    ]
    if not standing:
        return None
    return max(standing, key=lambda r: (chain.index(r["unit_id"]) if r["unit_id"] else -1, r["starts_on"]))


__all__ = [
    "OfficeDays",
    "PlaceOfDay",
    "absences",
    "expected_place",
    "expected_places",
    "is_working_day",
    "place_of",
    "working_days",
]
