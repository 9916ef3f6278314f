"""Bringing in what other systems hold: rosters of units in shifts, terminals with PINs, presses on phones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from attendance.actions.clock import receipt_of
from attendance.actions.marks import mark_days
from attendance.actions.terminals import match_pins
from attendance.models import DaySummary, Punch, PunchSource, RosterDay, Shift, Terminal, TerminalPin
from attendance.queries.facts import OfficeFacts
from attendance.queries.places import expected_places
from attendance.rules import fence, places
from common.bulk import insert_rows
from common.db import in_chunks
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import Appointment, Unit, User, WorkLocation

ROWS_PER_STEP = 1_000
# Days of one person come together, so a step holds few people and its questions stay small.
PRESSES_PER_STEP = 2_000


class ShiftRefused(DomainError):
    code = "shift_refused"


class TerminalRefused(DomainError):
    code = "terminal_refused"


@transaction.atomic
def set_shift(
    *,
    unit: Unit,
    code: str,
    name: str,
    start_minute: int,
    end_minute: int,
    break_minutes: int = 0,
    starts_on: date,
    actor: User | None,
    now: datetime,
) -> Shift:
    """Define one shift of a unit from a day, in minutes from midnight; past 1,440 it ends the next morning.

    The same shift again changes nothing.

    Raises:
        ShiftRefused: it does not end after it starts, or lasts beyond the next day.
    """
    if not 0 <= start_minute < 1_440 or not start_minute < end_minute <= 2_880:
        raise ShiftRefused(_("A shift ends after it starts, on the next day at the latest."), field="end_minute")
    values = {"name": name, "start_minute": start_minute, "end_minute": end_minute, "break_minutes": break_minutes}
    known = Shift.objects.filter(unit=unit, code=code, starts_on=starts_on).first()
    if known is not None and all(getattr(known, field) == value for field, value in values.items()):
        return known
    shift, _created = Shift.objects.update_or_create(unit=unit, code=code, starts_on=starts_on, defaults=values)
    record_audit(actor=actor, verb="shift.set", obj=shift, after={"code": code, **values}, unit=unit, now=now)
    return shift


def load_roster(*, rows: Iterable[tuple[int, date, int | None]], actor: User | None, now: datetime) -> int:
    """Take (person, day, shift or None for a free day) as the roster; returns how many rows were given.

    What stands for a person-day is replaced; days that have a summary already are marked for recomputation. Twice is
    once.
    """
    given = 0
    for chunk in in_chunks(rows, ROWS_PER_STEP):
        with transaction.atomic():
            insert_rows(
                [RosterDay(person_id=person, day=day, shift_id=shift) for person, day, shift in chunk],
                unique_fields=("person", "day"),
                update_fields=("shift",),
            )
            _mark_known([(person, day) for person, day, _shift in chunk], now)
        given += len(chunk)
    with transaction.atomic():
        record_audit(actor=actor, verb="roster.load", obj=None, after={"rows": given}, now=now)
    return given


def _mark_known(pairs: Sequence[tuple[int, date]], now: datetime) -> None:
    people, days = {person for person, _day in pairs}, [day for _person, day in pairs]
    stored = DaySummary.objects.filter(person_id__in=people, day__range=(min(days), max(days)))
    known = set(stored.values_list("person_id", "day"))
    mark_days(days=[pair for pair in pairs if pair in known], reason="roster", now=now)


@transaction.atomic
def register_terminal(
    *,
    serial: str,
    name: str,
    unit: Unit,
    zone: str = "Asia/Jakarta",
    trusts_state: bool = False,
    drift_seconds: int = 0,
    actor: User | None,
    now: datetime,
) -> Terminal:
    """Make a device known, or correct what is known of it; the same again changes nothing.

    Raises:
        TerminalRefused: it has no serial number, or the zone does not exist.
    """
    if not serial.strip():
        raise TerminalRefused(_("A terminal needs its serial number."), field="serial")
    if zone not in available_timezones():
        raise TerminalRefused(_("%(zone)s is not a time zone.") % {"zone": zone}, field="zone")
    values = {
        "name": name, "unit": unit, "zone": zone, "trusts_state": trusts_state, "drift_seconds": drift_seconds,
        "is_active": True,
    }  # fmt: skip
    known = Terminal.objects.filter(serial=serial).first()
    if known is not None and all(getattr(known, field) == value for field, value in values.items()):
        return known
    terminal, _created = Terminal.objects.update_or_create(serial=serial, defaults=values)
    after = {**values, "unit": unit.pk}
    record_audit(actor=actor, verb="terminal.register", obj=terminal, after=after, unit=unit, now=now)
    return terminal


def load_pins(*, terminal: Terminal, rows: Iterable[tuple[str, int, date]], actor: User | None, now: datetime) -> int:
    """Take the list of a device, (PIN, person, from): PINs that nobody holds are given, the others are left alone.

    Lines that waited for one of them become punches. Returns how many PINs were given.
    """
    held = set(TerminalPin.objects.filter(terminal=terminal).values_list("pin", flat=True))
    fresh = {pin: (person, day) for pin, person, day in rows if pin not in held}
    with transaction.atomic():
        insert_rows(
            [TerminalPin(terminal=terminal, pin=pin, person_id=p, starts_on=day) for pin, (p, day) in fresh.items()]
        )
        record_audit(
            actor=actor,
            verb="terminal.load_pins",
            obj=terminal,
            after={"pins": len(fresh)},
            unit=terminal.unit,
            now=now,
        )
    match_pins(terminal=terminal, now=now)
    return len(fresh)


@dataclass(frozen=True, slots=True, kw_only=True)
class PressRow:
    """One press of the past: `at` is aware; the position may be missing."""

    person_id: int
    at: datetime
    is_in: bool
    latitude: float | None = None
    longitude: float | None = None
    accuracy_metres: int | None = None
    device_id: str = ""
    provider: str = ""


@dataclass(slots=True)
class PressesLoaded:
    """`skipped` were known already, `unplaced` belong to nobody with a position on the day."""

    written: int = 0
    skipped: int = 0
    unplaced: int = 0


def load_presses(*, rows: Iterable[PressRow], actor: User | None, now: datetime) -> PressesLoaded:
    """Take presses that were made on phones in another application, judged by the same fence as here.

    Summaries are not computed: whoever loads a history recomputes its period afterwards. The key of a press is its
    device and second, so loading twice is once.
    """
    loaded = PressesLoaded()
    for chunk in in_chunks(rows, PRESSES_PER_STEP):
        _load_step(chunk, now, loaded)
    after = {"written": loaded.written, "skipped": loaded.skipped, "unplaced": loaded.unplaced}
    with transaction.atomic():
        record_audit(actor=actor, verb="presses.load", obj=None, after=after, now=now)
    return loaded


def _load_step(rows: Sequence[PressRow], now: datetime, loaded: PressesLoaded) -> None:
    ground = _Ground(rows)
    built = [punch for row in rows if (punch := ground.punch(row, now)) is not None]
    loaded.unplaced += len(rows) - len(built)
    known = set(
        Punch.objects.filter(
            person_id__in=ground.people, day__range=(ground.first - timedelta(days=1), ground.last)
        ).values_list("person_id", "client_key")
    )
    fresh = [punch for punch in built if (punch.person_id, punch.client_key) not in known]
    with transaction.atomic():
        insert_rows(fresh, ignore_conflicts=True)
    loaded.written += len(fresh)
    loaded.skipped += len(built) - len(fresh)


class _Ground:
    """Units, zones, fences and expected places of the people in one step."""

    def __init__(self, rows: Sequence[PressRow]) -> None:
        self.people = sorted({row.person_id for row in rows})
        moments = [row.at for row in rows]
        self.first, self.last = min(moments).date() - timedelta(days=1), max(moments).date() + timedelta(days=1)
        self.office = OfficeFacts(self.first, self.last)
        held = Appointment.objects.substantive().within(self.first, self.last).filter(person_id__in=self.people)
        self._paths: dict[int, list[tuple[date, date | None, str]]] = {}
        for person, first, last, path in held.order_by("starts_on", "pk").values_list(
            "person_id", "starts_on", "ends_on", "unit__path"
        ):
            self._paths.setdefault(person, []).append((first, last, path))
        days = [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]
        self._places = expected_places(self.people, days)
        self._locations = self._load_locations()

    def _load_locations(self) -> dict[int, list[WorkLocation]]:
        units = {int(key) for held in self._paths.values() for _f, _l, path in held for key in path.split(".") if key}
        found: dict[int, list[WorkLocation]] = {}
        for place in WorkLocation.objects.within(self.first, self.last).filter(unit_id__in=units).order_by("pk"):
            found.setdefault(place.unit_id, []).append(place)
        return found

    def punch(self, row: PressRow, now: datetime) -> Punch | None:
        path = self._path(row.person_id, row.at.date())
        if path is None:
            return None
        zone = self.office.zone(path, row.at.date())
        local = row.at.astimezone(ZoneInfo(zone))
        cut = self.office.office.policy(path, local.date()).day_cut_minute
        day = (local - timedelta(minutes=cut)).date()
        place = self._places.get((row.person_id, day))
        seen = fence.judge_fix(
            _fix(row), fences=self._fences(path, day), is_lifted=place is not None and places.lifts_fence(place.place)
        )
        key = f"{row.device_id}/{row.at.timestamp():.0f}"[:64]
        return Punch(
            person_id=row.person_id,
            day=day,
            instant=row.at,
            zone=zone,
            direction="IN" if row.is_in else "OUT",
            source=PunchSource.WEB,
            client_key=key,
            receipt=receipt_of(row.person_id, key),
            recorded_at=now,
            latitude=row.latitude,
            longitude=row.longitude,
            accuracy_metres=row.accuracy_metres,
            distance_metres=seen.distance_metres,
            verdict=seen.verdict,
            place_name=seen.place_name,
            device_id=row.device_id[:64],
            provider=row.provider[:40],
        )

    def _path(self, person_id: int, day: date) -> str | None:
        held = self._paths.get(person_id, [])
        standing = [path for first, last, path in held if first <= day and (last is None or day <= last)]
        return standing[-1] if standing else None

    def _fences(self, path: str, day: date) -> list[fence.Fence]:
        return [
            fence.Fence(
                name=place.name,
                latitude=float(place.latitude),
                longitude=float(place.longitude),
                radius_metres=place.radius_metres,
            )
            for key in path.split(".")
            if key
            for place in self._locations.get(int(key), ())
            if place.holds_on(day)
        ]


def _fix(row: PressRow) -> fence.Fix | None:
    if row.latitude is None or row.longitude is None:
        return None
    return fence.Fix(latitude=row.latitude, longitude=row.longitude, accuracy_metres=row.accuracy_metres)
