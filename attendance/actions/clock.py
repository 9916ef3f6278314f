"""The clock: one press, whatever the device knows of its place."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from attendance.actions.days import store_summary, summary_of
from attendance.models import DaySummary, Punch, PunchSource
from attendance.queries.moment import Moment, NotAppointed, StoredPunch, moment_of
from attendance.rules import fence, hours, places
from common.db import is_violation_of
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import Person, Unit, User

ONE_DAY = timedelta(days=1)


class CannotClock(DomainError):
    code = "cannot_clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What the device says of itself and of its position; everything may be missing."""

    latitude: float | None = None
    longitude: float | None = None
    accuracy_metres: int | None = None
    fix_age_seconds: int | None = None
    is_denied: bool = False
    device_id: str = ""
    provider: str = ""

    @property
    def fix(self) -> fence.Fix | None:
        if self.latitude is None or self.longitude is None:
            return None
        return fence.Fix(
            latitude=self.latitude,
            longitude=self.longitude,
            accuracy_metres=self.accuracy_metres,
            age_seconds=self.fix_age_seconds,
        )


@dataclass(frozen=True, slots=True)
class Clocked:
    """A recorded press; `is_new` is False where the key was known already."""

    punch: Punch | StoredPunch
    place: str
    metres_outside: int
    is_new: bool


def press_clock(*, person_id: int, client_key: str, device: Device, actor: User | None, now: datetime) -> Clocked:
    """Record one press at the server's time and bring the day's summary up to it.

    In or out follows from the schedule. A position that is outside, poor, denied or missing is recorded
    with its verdict and never refused. The same `client_key` sent again returns the first punch: the
    usual repeat is seen under the person's lock, one of another week by the constraint.

    Raises:
        CannotClock: the person holds no position, so no unit's clock applies.
    """
    try:
        return _press(person_id=person_id, client_key=client_key, device=device, actor=actor, now=now)
    except (NotAppointed, Person.DoesNotExist):
        raise CannotClock(
            _("You hold no position today, so there is no working day to clock. Ask your personnel officer.")
        ) from None
    except IntegrityError as clash:
        if not is_violation_of(clash, "attendance_punch_once_per_key"):
            raise
        known = Punch.objects.get(person_id=person_id, client_key=client_key)
        return Clocked(punch=known, place="", metres_outside=0, is_new=False)


@transaction.atomic
def _press(*, person_id: int, client_key: str, device: Device, actor: User | None, now: datetime) -> Clocked:
    today = now.date()
    moment = moment_of(person_id, today - ONE_DAY, today + ONE_DAY, locks=True)
    press = moment.press(now)
    place = moment.place_on(press.day).place
    known = next((punch for punch in moment.punches if punch.client_key == client_key), None)
    if known is not None:
        return Clocked(punch=known, place=place, metres_outside=0, is_new=False)
    seen = fence.judge_fix(
        device.fix,
        fences=moment.fences_on(press.day),
        is_lifted=places.lifts_fence(place),
        is_denied=device.is_denied,
    )
    punch = _store_punch(moment, press, seen, client_key=client_key, device=device, now=now)
    summary = _store_day(moment, press, place, now)
    record_audit(
        actor=actor,
        verb="clock.press",
        obj=punch,
        after={
            "direction": punch.direction,
            "day": str(punch.day),
            "verdict": punch.verdict,
            "distance": punch.distance_metres,
            "late": summary.late_minutes,
        },
        unit=Unit(pk=moment.unit_on(press.day)["unit_id"]),
        now=now,
    )
    return Clocked(punch=punch, place=place, metres_outside=seen.metres_outside, is_new=True)


def _store_punch(
    moment: Moment, press: hours.Press, seen: fence.FenceResult, *, client_key: str, device: Device, now: datetime
) -> Punch:
    return Punch.objects.create(
        person_id=moment.person_id,
        day=press.day,
        instant=now,
        zone=moment.zone_on(press.day),
        direction=str(press.direction),
        source=PunchSource.WEB,
        client_key=client_key,
        receipt=receipt_of(moment.person_id, client_key),
        recorded_at=now,
        latitude=device.latitude,
        longitude=device.longitude,
        accuracy_metres=device.accuracy_metres,
        fix_age_seconds=device.fix_age_seconds,
        distance_metres=seen.distance_metres,
        verdict=seen.verdict,
        place_name=seen.place_name,
        device_id=device.device_id,
        provider=device.provider,
    )


def _store_day(moment: Moment, press: hours.Press, place: str, now: datetime) -> DaySummary:
    pressed = hours.Punch(at=now, direction=press.direction, certain=True)
    result = moment.result(press.day, now=now, extra=(pressed,))
    unit_id = moment.unit_on(press.day)["unit_id"]
    summary = summary_of(result, person_id=moment.person_id, unit_id=unit_id, place=place, now=now)
    store_summary(summary)
    return summary


def receipt_of(person_id: int, client_key: str) -> str:
    """A short number to show and to read out, the same for the same press: `4F7Q-2MZK`."""
    digest = hashlib.blake2b(f"{person_id}:{client_key}".encode(), digest_size=5).digest()
    text = base64.b32encode(digest).decode()
    return f"{text[:4]}-{text[4:]}"
