"""The smallest valid attendance; written through the product's own actions."""

from datetime import date, datetime, timedelta

from attendance import actions
from attendance.actions.days import store_summaries, summary_of
from attendance.models import Absence, AbsenceKind, AbsenceRequest, CorrectionRequest, DaySummary, Place, Punch
from attendance.queries import moment_of
from personnel.models import Person, Unit, User, WorkLocation
from tests.clock import FRIDAY, LONG_AGO, NOW, TUESDAY, WEDNESDAY

# The square in front of the invented office of the tests.
OFFICE = (-6.900000, 107.600000)


def make_location(unit: Unit, *, name: str = "Kantor Dinas", radius_metres: int = 100) -> WorkLocation:
    return WorkLocation.objects.create(
        unit=unit, name=name, latitude=OFFICE[0], longitude=OFFICE[1], radius_metres=radius_metres, starts_on=LONG_AGO
    )


def device(*, metres_north: int = 0, accuracy: int | None = 12, **fields) -> actions.Device:
    """A phone so many metres north of the office."""
    return actions.Device(
        latitude=OFFICE[0] + metres_north / 111_195, longitude=OFFICE[1], accuracy_metres=accuracy, **fields
    )


def press(user: User, now: datetime = NOW, *, key: str = "", at_place: actions.Device | None = None) -> actions.Clocked:
    """One press of the clock by this account."""
    return actions.press_clock(
        person_id=user.person_id,
        client_key=key or f"key-{now.isoformat()}",
        device=at_place or actions.Device(),
        actor=user,
        now=now,
    )


def arrange(
    person: Person,
    *days: date,
    place: str = Place.HOME,
    source: str = "wfh-plan/1",
    version: int = 1,
    label: str = "Jadwal WFH November 2026 v1",
    rank: int = 50,
) -> int:
    expected = [actions.ExpectedPlace(person.pk, day, place) for day in days or (WEDNESDAY,)]
    return actions.replace_arrangements(
        source=source, version=version, label=label, expected=expected, actor=None, now=NOW, rank=rank
    )


def make_absence(
    person: Person,
    *,
    kind: str = AbsenceKind.CT,
    starts_on: date = WEDNESDAY,
    ends_on: date | None = None,
    source: str = "leave/1",
    **fields,
) -> Absence:
    return actions.record_absence(
        person_id=person.pk,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on or starts_on,
        document="SI 850/12/2026",
        source=source,
        actor=None,
        now=NOW,
        **fields,
    )


def ask_absence(user: User, *, now: datetime = NOW, **fields) -> AbsenceRequest:
    """A request for one day of annual leave on the coming Friday, unless named otherwise."""
    values = {
        "kind": AbsenceKind.CT, "starts_on": FRIDAY, "ends_on": FRIDAY, "reason": "Keperluan keluarga", "document": "",
    } | fields  # fmt: skip
    return actions.request_absence(person_id=user.person_id, **values, actor=user, now=now)


def ask_correction(user: User, *, now: datetime = NOW, **fields) -> CorrectionRequest:
    """A forgotten clock-in at 07:30 of yesterday, unless named otherwise."""
    values = {"day": TUESDAY, "direction": "IN", "minute": 450, "reason": "Lupa presensi"} | fields
    return actions.request_correction(person_id=user.person_id, **values, actor=user, now=now)


def make_day(person: Person, day: date, *clocks: datetime, now: datetime | None = None) -> DaySummary:
    """A stored day out of presses in turn in and out, computed by the rules as of the end of the next day."""
    for number, moment in enumerate(clocks):
        Punch.objects.create(
            person=person, day=day, instant=moment, zone="Asia/Jakarta", direction="OUT" if number % 2 else "IN",
            source="WEB", client_key=f"{day}-{number}", receipt=f"R{number}", recorded_at=moment, verdict="INSIDE",
        )  # fmt: skip
    facts = moment_of(person.pk, day, day)
    end = now or datetime.combine(day + timedelta(days=2), datetime.min.time(), tzinfo=NOW.tzinfo)
    row = summary_of(
        facts.result(day, now=end),
        person_id=person.pk,
        unit_id=facts.unit_on(day)["unit_id"],
        place=facts.place_on(day).place,
        now=end,
    )
    store_summaries([row])
    return DaySummary.objects.get(person=person, day=day)
