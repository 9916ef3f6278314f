"""The facts of many people at once, and what the rules make of their days.

The same rules and the same reading as `Moment`, which does it for one person in two statements; here the statements
do not grow with the people. Shared facts (hours, calendar, zones, dispensations) are loaded once per run.
"""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from attendance.models import Absence, Arrangement, Dispensation, Punch, PunchSource, RosterDay
from attendance.queries.places import OfficeDays
from attendance.rules import hours, places
from personnel.models import Appointment, Employment, UnitTraits
from personnel.queries import DEFAULT_ZONE

ONE_DAY = timedelta(days=1)
DIRECTIONS = {str(direction): direction for direction in hours.Direction}
Holding = tuple[date, date | None, Any]
_RESULT_FIELDS = (
    "scheduled_minutes", "target_minutes", "presence_minutes", "break_minutes", "worked_minutes", "credited_minutes",
    "late_minutes", "early_minutes", "unexcused_minutes", "late_code", "early_code", "cut_points", "absent_days",
    "absence_code", "first_in_at", "last_out_at", "open_since", "missing_in", "missing_out", "auto_closed",
)  # fmt: skip
# Columns of a day summary that follow from the facts; all but the key and the time of computing.
STORED_VALUES = ("unit_id", "place", "status", "kind", *_RESULT_FIELDS)
_result_values = attrgetter(*_RESULT_FIELDS)


@dataclass(frozen=True, slots=True)
class ComputedDay:
    """What the rules say of one person-day, and where and for which unit it was spent."""

    person_id: int
    unit_id: int
    place: str
    result: hours.DayResult

    @property
    def values(self) -> tuple[Any, ...]:
        """What is stored of it, in the order of `STORED_VALUES`."""
        return (self.unit_id, self.place, str(self.result.status), str(self.result.kind), *_result_values(self.result))


@dataclass(frozen=True, slots=True)
class _Plan:
    """An ordinary day of everybody in one unit with one contract: who has no roster shares it."""

    policy: hours.HoursPolicy
    expected: hours.ExpectedDay


@dataclass(frozen=True, slots=True)
class _StoredPunch:
    """A punch with the duty day it is filed under."""

    id: int
    day: date
    punch: hours.Punch


class OfficeFacts:
    """What holds for units, whoever works there, from the day before `starts_on` to the day after `ends_on`."""

    def __init__(self, starts_on: date, ends_on: date) -> None:
        self.starts_on, self.ends_on = starts_on - 2 * ONE_DAY, ends_on + 2 * ONE_DAY
        self.office = OfficeDays(self.starts_on, self.ends_on)
        self._plans: dict[tuple[Any, ...], _Plan] = {}
        self._windows: dict[tuple[int, int, int], tuple[datetime, datetime]] = {}
        self._zones: dict[tuple[str, date], str] = {}

    @cached_property
    def _traits(self) -> list[dict[str, Any]]:
        rows = UnitTraits.objects.within(self.starts_on, self.ends_on).exclude(time_zone="").order_by("starts_on", "pk")
        return [dict(row) for row in rows.values("unit_id", "starts_on", "ends_on", "time_zone")]

    @cached_property
    def _dispensations(self) -> dict[date, list[tuple[int, int, int]]]:
        found: dict[date, list[tuple[int, int, int]]] = {}
        rows = Dispensation.objects.filter(day__range=(self.starts_on, self.ends_on)).order_by("pk")
        for day, unit_id, first, last in rows.values_list("day", "unit_id", "from_minute", "to_minute"):
            found.setdefault(day, []).append((unit_id, first, last))
        return found

    def zone(self, path: str, day: date) -> str:
        """The zone of the nearest unit upwards that names one."""
        key = (path, day)
        if key not in self._zones:
            chain = chain_of(path)
            named = {row["unit_id"]: row["time_zone"] for row in self._traits if _holds(row, day)}
            self._zones[key] = next((named[unit] for unit in chain if unit in named), DEFAULT_ZONE)
        return self._zones[key]

    def plan(
        self, path: str, weekly_minutes: int | None, day: date, shift: hours.DayPlan | object | None = hours.UNSET
    ) -> _Plan:
        """Policy and expected day of a unit, for a contract and, where there is one, a personal roster row."""
        key = (path, weekly_minutes, day, shift)
        if key not in self._plans:
            self._plans[key] = self._new_plan(*key)
        return self._plans[key]

    def _new_plan(self, path: str, weekly_minutes: int | None, day: date, shift: Any) -> _Plan:
        policy = self.office.policy(path, day)
        expected = hours.expected_day(
            policy,
            self.office.schedule(path, day),
            self.office.calendar,
            day,
            zone=self.zone(path, day),
            weekly_minutes=weekly_minutes,
            shift=shift,
        )
        return _Plan(policy, expected)

    def window(self, before: _Plan, today: _Plan, after: _Plan) -> tuple[datetime, datetime]:
        """From when until when a press belongs to the middle day; plans are shared, so windows are too."""
        key = (id(before), id(today), id(after))
        if key not in self._windows:
            self._windows[key] = hours.duty_window(today.policy, before.expected, today.expected, after.expected)
        return self._windows[key]

    def dispensations(self, policy: hours.HoursPolicy, path: str, day: date) -> list[hours.Absence]:
        """What was forgiven to the unit or to one above it on the day."""
        found = self._dispensations.get(day)
        if not found:
            return []
        chain, effect = chain_of(path), policy.effect_of("DISP")
        return [hours.Absence("DISP", effect, first, last) for unit_id, first, last in found if unit_id in chain]


class PeopleFacts:
    """The facts of these people from `starts_on` to `ends_on` (inclusive); seven statements however many."""

    def __init__(
        self, person_ids: Collection[int], starts_on: date, ends_on: date, office: OfficeFacts | None = None
    ) -> None:
        self.person_ids = sorted(person_ids)
        self.starts_on, self.ends_on = starts_on, ends_on
        self._first, self._last = starts_on - 2 * ONE_DAY, ends_on + 2 * ONE_DAY
        self.office = office or OfficeFacts(starts_on, ends_on)
        self._plans: dict[tuple[int, date], _Plan | None] = {}

    # ---- loading ----

    @cached_property
    def _appointments(self) -> dict[int, list[Holding]]:
        rows = Appointment.objects.substantive().within(self._first, self._last).filter(person_id__in=self.person_ids)
        listed = rows.order_by("person_id", "starts_on", "pk").values_list(
            "person_id", "starts_on", "ends_on", "unit_id", "unit__path"
        )
        return _grouped((person, (first, last, (unit, path))) for person, first, last, unit, path in listed)

    @cached_property
    def _employments(self) -> dict[int, list[Holding]]:
        rows = Employment.objects.within(self._first, self._last).filter(person_id__in=self.person_ids)
        listed = rows.order_by("person_id", "starts_on", "pk").values_list(
            "person_id", "starts_on", "ends_on", "weekly_minutes"
        )
        return _grouped((person, (first, last, minutes)) for person, first, last, minutes in listed)

    @cached_property
    def _rosters(self) -> dict[tuple[int, date], hours.DayPlan | None]:
        rows = RosterDay.objects.between(self._first, self._last).filter(person_id__in=self.person_ids)
        listed = rows.values_list(
            "person_id", "day", "shift__code", "shift__start_minute", "shift__end_minute", "shift__break_minutes"
        )
        return {
            (person, day): None if first is None else hours.shift_plan(first, last, pause or 0, code)
            for person, day, code, first, last, pause in listed
        }

    @cached_property
    def _absences(self) -> dict[int, list[Holding]]:
        rows = Absence.objects.standing().within(self._first, self._last).filter(person_id__in=self.person_ids)
        listed = rows.order_by("person_id", "pk").values_list(
            "person_id", "starts_on", "ends_on", "kind", "from_minute", "to_minute"
        )
        return _grouped((person, (first, last, (kind, a, b))) for person, first, last, kind, a, b in listed)

    @cached_property
    def _claims(self) -> dict[tuple[int, date], list[places.Claim]]:
        rows = Arrangement.objects.between(self._first, self._last).filter(person_id__in=self.person_ids)
        listed = rows.values_list(
            "person_id", "day", "place", "source__key", "source__version", "source__rank", "source__published_at"
        )
        return _grouped(
            (
                (person, day),
                places.Claim(
                    place=place, source=key, version=version, label="", rank=rank, published=published.timestamp()
                ),
            )
            for person, day, place, key, version, rank, published in listed
        )

    @cached_property
    def _punches(self) -> dict[int, list[_StoredPunch]]:
        # Two days on either side: a punch may be filed under the day before or after the duty day it belongs to.
        rows = Punch.objects.between(self._first, self._last).filter(person_id__in=self.person_ids)
        listed = rows.order_by("person_id", "instant", "pk").values_list(
            "person_id", "pk", "day", "instant", "direction", "source"
        )
        return {
            person: [
                _StoredPunch(pk, day, hours.Punch(at, DIRECTIONS[said], source != PunchSource.TERMINAL, pk))
                for _, pk, day, at, said, source in mine
            ]
            for person, mine in groupby(listed, key=itemgetter(0))
        }

    # ---- answers ----

    def unit_on(self, person_id: int, day: date) -> tuple[int, str] | None:
        """Key and path of the unit the person holds a position in; None without a position on the day."""
        return _held(self._appointments.get(person_id, ()), day)

    def _plan(self, person_id: int, day: date) -> _Plan | None:
        """The plan of one day; on a day beside an appointment that of the nearest one, so that windows have edges."""
        key = (person_id, day)
        if key not in self._plans:
            self._plans[key] = self._new_plan(person_id, day)
        return self._plans[key]

    def _new_plan(self, person_id: int, day: date) -> _Plan | None:
        held = self._appointments.get(person_id, ())
        unit = _held(held, day) or (held[-1][2] if held else None)
        if unit is None:
            return None
        weekly = _held(self._employments.get(person_id, ()), day)
        return self.office.plan(unit[1], weekly, day, self._rosters.get((person_id, day), hours.UNSET))

    def duty_days(self, person_id: int, days: Collection[date]) -> list[date]:
        """The days asked for and those to which punches filed under them really belong, in order."""
        wanted = set(days)
        for stored in self._punches.get(person_id, ()):
            if stored.day in days:
                wanted |= {day for day in self._beside(stored.day) if self._owns(person_id, day, stored.punch)}
        return sorted(wanted)

    @staticmethod
    def _beside(day: date) -> tuple[date, date]:
        return day - ONE_DAY, day + ONE_DAY

    def _owns(self, person_id: int, day: date, punch: hours.Punch) -> bool:
        window = self._window(person_id, day)
        return window is not None and window[0] <= punch.at < window[1]

    def _window(self, person_id: int, day: date) -> tuple[datetime, datetime] | None:
        before, today = self._plan(person_id, day - ONE_DAY), self._plan(person_id, day)
        after = self._plan(person_id, day + ONE_DAY)
        if before is None or today is None or after is None:
            return None
        return self.office.window(before, today, after)

    def computed(self, person_id: int, day: date, *, now: datetime | None) -> ComputedDay | None:
        """The sums of one day as they stand at `now` (None: the day is over).

        None for a day on which there is nothing to compute: no position, or a day that has not come yet without a
        punch on it.
        """
        unit, plan, window = self.unit_on(person_id, day), self._plan(person_id, day), self._window(person_id, day)
        if unit is None or plan is None or window is None:
            return None
        mine = [stored.punch for stored in self._within(person_id, window)]
        if not mine and now is not None and day > self.local_day(unit[1], now):
            return None
        listed = [a for a in self._absences.get(person_id, ()) if a[1] is not None and a[0] <= day <= a[1]]
        absences = [
            hours.Absence(kind, plan.policy.effect_of(kind), first, last) for _, _, (kind, first, last) in listed
        ]
        absences += self.office.dispensations(plan.policy, unit[1], day)
        result = hours.day_result(plan.policy, plan.expected, mine, absences, as_of=now, explain=False)
        return ComputedDay(person_id, unit[0], self._place(person_id, day, plan, listed), result)

    def _place(self, person_id: int, day: date, plan: _Plan, absences: list[Holding]) -> str:
        claims = self._claims.get((person_id, day), ())
        is_free = plan.expected.scheduled_minutes == 0
        kind = next((kind for _, _, (kind, first, _) in absences if first is None), None)
        if kind is not None:
            return places.place_of_absence(kind)
        if not claims:
            return "OFF" if is_free else "OFFICE"
        return places.expected_place(absence=None, claims=claims, is_free_day=is_free).place

    def local_day(self, path: str, now: datetime) -> date:
        """The date at `now` by the clock of the unit."""
        return now.astimezone(ZoneInfo(self.office.zone(path, now.date()))).date()

    def _within(self, person_id: int, window: tuple[datetime, datetime]) -> list[_StoredPunch]:
        """The person's punches from the start of the window up to, not including, its end, in order of time."""
        found = self._punches.get(person_id, [])
        return found[bisect_left(found, window[0], key=_instant) : bisect_left(found, window[1], key=_instant)]

    def misfiled(self, person_id: int, days: Collection[date]) -> dict[int, date]:
        """Punches whose duty day, among `days`, is not the one they are filed under: key to duty day."""
        wrong: dict[int, date] = {}
        for day in days:
            window = self._window(person_id, day)
            if window is None:
                continue
            for stored in self._within(person_id, window):
                if stored.day != day:
                    wrong[stored.id] = day
        return wrong


def _instant(stored: _StoredPunch) -> datetime:
    return stored.punch.at


def chain_of(path: str) -> list[int]:
    """Unit keys from the unit itself up to the institution."""
    return [int(key) for key in reversed(path.split(".")) if key]


def _holds(row: dict[str, Any], day: date) -> bool:
    return row["starts_on"] <= day and (row["ends_on"] is None or day <= row["ends_on"])


def _held(rows: Collection[Holding], day: date) -> Any:
    """The fact of the last row that holds on the day; None for none."""
    found = None
    for first, last, fact in rows:
        if first <= day and (last is None or day <= last):
            found = fact
    return found


def _grouped(pairs: Any) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
