"""What the cards of *Hari ini* show."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from attendance.models import Place
from attendance.queries.days import Week, week_from
from attendance.queries.moment import Moment, StoredPunch, moment_of
from attendance.queries.places import PlaceOfDay
from attendance.rules import fence, hours, places

ONE_DAY = timedelta(days=1)
UPCOMING_DAYS = 35
ZONE_LETTERS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCard:
    """Today's place and why, what the button will do, and what was pressed last."""

    now: datetime
    place: PlaceOfDay
    direction: str
    expected: hours.ExpectedDay
    last: StoredPunch | None
    is_last_today: bool
    fences: tuple[fence.Fence, ...]
    is_lifted: bool
    zone: str

    @property
    def zone_letters(self) -> str:
        return ZONE_LETTERS.get(self.zone, self.zone)

    @property
    def is_in(self) -> bool:
        return self.direction == "IN"

    @property
    def fences_json(self) -> str:
        """The fences for the confirm sheet; the server judges by its own copy."""
        return json.dumps([asdict(row) for row in self.fences])


def clock_card(person_id: int, now: datetime) -> ClockCard:
    """Two queries. Raises NotAppointed for somebody without a position."""
    today = timezone.localdate(now)
    moment = moment_of(person_id, today - timedelta(days=5), today + ONE_DAY)
    last = moment.punches[-1] if moment.punches else None
    press = moment.press(_after_debounce(moment, last, now))
    found = moment.place_on(press.day)
    return ClockCard(
        now=now,
        place=described_place(moment, press.day),
        direction=str(press.direction),
        expected=moment.expected(press.day),
        last=last,
        is_last_today=last is not None and last.day == press.day,
        fences=tuple(moment.fences_on(press.day)),
        is_lifted=places.lifts_fence(found.place),
        zone=moment.zone_on(press.day),
    )


def _after_debounce(moment: Moment, last: StoredPunch | None, now: datetime) -> datetime:
    """The moment the button is meant for: a press just made must not show as the one to make next."""
    if last is None:
        return now
    pause = timedelta(seconds=moment.policy_on(last.day).debounce_seconds + 1)
    return max(now, last.instant + pause)


def described_place(moment: Moment, day: date) -> PlaceOfDay:
    """The place of a day with the words for why."""
    found = moment.place_on(day)
    others = tuple(claim.label for claim in found.others)
    if found.claim is not None:
        return PlaceOfDay(found.place, found.claim.source, found.claim.version, found.claim.label, others)
    if found.place == "OFF":
        return PlaceOfDay("OFF", "", 0, moment.calendar.name_of(day) or _("No working hours on this day"), others)
    document = moment.document_on(day)
    basis = document["legal_basis"] if document else "Perpres 21/2023"
    return PlaceOfDay("OFFICE", "", 0, _("Default: office hours · %(basis)s") % {"basis": basis}, others)


@dataclass(frozen=True, slots=True)
class WeekCard:
    """The running week and what the coach has to say."""

    week: Week
    zone: str

    @property
    def ahead_minutes(self) -> int:
        """What the schedule can still bring, for the hatched part of the bar."""
        coach = self.week.coach
        return min(coach.ahead_minutes, self.week.left_minutes) if coach else 0

    @property
    def short_minutes(self) -> int:
        """What the schedule alone will not reach."""
        coach = self.week.coach
        return max(0, self.week.left_minutes - coach.ahead_minutes) if coach else 0


def week_card(person_id: int, now: datetime) -> WeekCard:
    """Three queries. Raises NotAppointed for somebody without a position."""
    monday = hours.monday_of(timezone.localdate(now))
    moment = moment_of(person_id, monday, monday + timedelta(days=6))
    return WeekCard(week_from(moment, monday, now=now), moment.zone_on(monday))


@dataclass(frozen=True, slots=True)
class UpcomingDay:
    day: date
    place: PlaceOfDay


def upcoming_card(person_id: int, now: datetime, *, limit: int = 5) -> list[UpcomingDay]:
    """The next days arranged outside the office, at most `limit`; two queries."""
    today = timezone.localdate(now)
    moment = moment_of(person_id, today, today + timedelta(days=UPCOMING_DAYS))
    away = (Place.HOME, Place.ANYWHERE, Place.TRAVEL, Place.TRAINING)
    days = sorted({day for place in away for day in moment.arranged_days(today, place)})
    return [UpcomingDay(day, described_place(moment, day)) for day in days[:limit]]
