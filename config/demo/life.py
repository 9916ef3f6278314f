"""How the invented people come and go: arrivals, departures, leave, travel, and the flaws of life."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from attendance.rules import hours
from attendance.rules.calendar import read_holidays_csv
from config.demo.files import HOLIDAYS, place_of
from config.demo.parameters import Parameters
from config.demo.people import PNS, PPPK_PARUH_WAKTU, DemoOffice, DemoPerson
from config.demo.tree import DemoUnit

# As fixed by the government for 2025 and 2026; 2027 as the published calendars expect it.
RAMADANS = (
    (1446, date(2025, 3, 1), date(2025, 3, 30)),
    (1447, date(2026, 2, 19), date(2026, 3, 20)),
    (1448, date(2027, 2, 8), date(2027, 3, 9)),
)
OUTAGE_FROM, OUTAGE_UNTIL = time(7, 5), time(8, 40)
_LATE_SHARE = 0.06
_SHIFT_CYCLE = ("P", "P", "S", "S", "M", None, None)
SHIFT_PLANS = {
    "P": hours.DayPlan(starts=420, ends=840),
    "S": hours.DayPlan(starts=840, ends=1260),
    "M": hours.DayPlan(starts=1260, ends=1860),
}
_KINDS_WITHOUT_PHONES = {"SCHOOL", "HOSPITAL", "HEALTH_CENTRE"}
_PHONE_SHARE = 0.3
_COMES_ALL_THE_SAME = 0.05


@dataclass(frozen=True, slots=True)
class Absence:
    person: int
    kind: str
    starts_on: date
    ends_on: date
    number: int


@dataclass(frozen=True, slots=True)
class Press:
    """One clocking at a local time; `repeat` is the same finger read again within seconds."""

    person: int
    day: date
    at: datetime
    is_in: bool
    is_repeat: bool = False
    is_at_home: bool = False


class Life:
    """The days of one demo office. Answers depend on the seed and the person alone, so any order is good."""

    def __init__(self, office: DemoOffice, parameters: Parameters) -> None:
        self.office, self.parameters = office, parameters
        self.policy = hours.HoursPolicy()
        self.week = hours.standard_five_day(self.policy)
        rows = read_holidays_csv(HOLIDAYS.read_text(encoding="utf-8-sig").splitlines())
        self.calendar = hours.Calendar.from_rows(rows, [hours.Ramadan(first, last) for _year, first, last in RAMADANS])
        self.days = [
            parameters.history_starts_on + timedelta(days=number)
            for number in range((parameters.today - parameters.history_starts_on).days)
        ]
        self.shift_units = self._units_with(lambda unit: bool(unit.is_shift_work))
        self.terminal_of_unit = {unit.index: self._nearest_place(unit) for unit in office.units}
        self.outage_on = self._outage_day()
        self.one_phone = self._three_with_one_phone()
        # Index of a person to the days on which a ratified schedule says home; known once schedules stand.
        self.home_days: dict[int, set[date]] = {}

    def _units_with(self, wanted) -> set[int]:
        return {
            unit.index for unit in self.office.units if any(wanted(above) for above in self.office.chain_of(unit.index))
        }

    def _nearest_place(self, unit: DemoUnit) -> int:
        return next((above.index for above in self.office.chain_of(unit.index) if above.has_place), 0)

    def _outage_day(self) -> date:
        """A Wednesday about three weeks ago on which the office worked."""
        work = [day for day in self.days if day.weekday() == 2 and self.expected(day, None).scheduled_minutes]
        return work[-3] if len(work) >= 3 else self.days[-1]

    # ---- who ----

    def is_shift_worker(self, person: DemoPerson) -> bool:
        return person.unit in self.shift_units and person.weekly_minutes is None

    @cache  # noqa: B019 - one object lives as long as the build
    def uses_phone(self, index: int) -> bool:
        """Whether the person clocks on a phone; in schools and hospitals everybody uses the terminal."""
        person = self.office.people[index]
        kinds = {unit.kind for unit in self.office.chain_of(person.unit)}
        return not kinds & _KINDS_WITHOUT_PHONES and self._rng("phone", index).random() < _PHONE_SHARE

    def phone_of(self, index: int) -> str:
        owner = self.one_phone[0] if index in self.one_phone else index
        return f"demo-phone-{owner:05d}"

    def _three_with_one_phone(self) -> tuple[int, ...]:
        by_unit: dict[int, list[int]] = {}
        for person in self.office.people:
            if self.uses_phone(person.index) and not person.is_head:
                by_unit.setdefault(person.unit, []).append(person.index)
        return next((tuple(found[:3]) for found in by_unit.values() if len(found) >= 3), ())

    def _rng(self, purpose: str, index: int) -> Random:
        return Random(f"{self.parameters.seed}/{purpose}/{index}")

    # ---- what is expected ----

    @cache  # noqa: B019
    def expected(self, day: date, weekly_minutes: int | None) -> hours.ExpectedDay:
        return hours.expected_day(self.policy, self.week, self.calendar, day, weekly_minutes=weekly_minutes)

    def shift_on(self, person: DemoPerson, day: date) -> str | None:
        """P, S or M, or None for a free day; neighbours stand at different places of the cycle."""
        return _SHIFT_CYCLE[(day.toordinal() + person.index * 3) % len(_SHIFT_CYCLE)]

    def span_on(self, person: DemoPerson, day: date) -> tuple[int, int] | None:
        """Start and end of the duty in minutes from midnight; None for a day without work."""
        if self.is_shift_worker(person):
            shift = self.shift_on(person, day)
            return (SHIFT_PLANS[shift].starts, SHIFT_PLANS[shift].ends) if shift else None
        expected = self.expected(day, person.weekly_minutes)
        if not expected.scheduled_minutes or expected.starts is None or expected.ends is None:
            return None
        return expected.starts, expected.ends

    # ---- absences ----

    def absences(self, person: DemoPerson) -> list[Absence]:
        """Leave, travel and training of the history, never two on one day."""
        rng = self._rng("absence", person.index)
        found: list[Absence] = []
        months = max(1, self.parameters.months)
        for kind, monthly, longest in _habits(person):
            if rng.random() >= min(0.9, monthly * months):
                continue
            first = rng.choice(self.days)
            last = min(
                first + timedelta(days=rng.randint(0, longest - 1)), self.parameters.history_ends_on + timedelta(days=9)
            )
            if all(last < other.starts_on or first > other.ends_on for other in found):
                found.append(Absence(person.index, kind, first, last, person.index * 10 + len(found)))
        return sorted(found, key=lambda absence: absence.starts_on)

    # ---- presses ----

    def presses(self, person: DemoPerson) -> Iterator[Press]:
        """Every clocking of the history in the order of time."""
        rng = self._rng("days", person.index)
        lateness = min(0.5, rng.betavariate(1.2, 1.2 / _LATE_SHARE - 1.2))
        away = [(absence.starts_on, absence.ends_on) for absence in self.absences(person)]
        punctual, lingering = rng.uniform(8, 24), rng.uniform(4, 26)
        for day in self.days:
            span = self.span_on(person, day)
            if span is None or day < person.employed_on or any(first <= day <= last for first, last in away):
                continue
            if rng.random() < 0.004:  # nobody knows why
                continue
            yield from self._day(person, day, span, rng, lateness, punctual, lingering)

    def _day(
        self, person: DemoPerson, day: date, span: tuple[int, int], rng: Random, lateness: float,
        punctual: float, lingering: float,
    ) -> Iterator[Press]:  # fmt: skip
        starts, ends = span
        arrives = starts * 60 - abs(rng.gauss(punctual, 7)) * 60
        if rng.random() < lateness:
            arrives = starts * 60 + 60 + rng.expovariate(1 / 15) * 60
        leaves = ends * 60 + 30 + rng.expovariate(1 / lingering) * 60
        if rng.random() < 0.012:
            leaves = ends * 60 - rng.uniform(3, 70) * 60
        forgets_in, forgets_out = rng.random() < 0.004, rng.random() < 0.013
        if person.index in self.one_phone and rng.random() < 0.8:
            arrives = starts * 60 - 540 + 20 * self.one_phone.index(person.index)
        if self._is_caught_by_the_outage(person, day, arrives):
            arrives = _seconds(OUTAGE_UNTIL) + rng.uniform(20, 900)
            forgets_in = forgets_in or rng.random() < 0.15
        if not forgets_in:
            yield from self._press(person, day, arrives, rng, is_in=True)
        if not forgets_out:
            yield from self._press(person, day, max(leaves, arrives + 300), rng, is_in=False)

    def _is_caught_by_the_outage(self, person: DemoPerson, day: date, arrives: float) -> bool:
        inside = _seconds(OUTAGE_FROM) <= arrives < _seconds(OUTAGE_UNTIL)
        return day == self.outage_on and inside and self.uses_phone(person.index)

    def _press(self, person: DemoPerson, day: date, second: float, rng: Random, *, is_in: bool) -> Iterator[Press]:
        at = datetime.combine(day, time()) + timedelta(seconds=int(second))
        is_at_home = self.works_at_home(person, day)
        yield Press(person.index, day, at, is_in, is_at_home=is_at_home)
        if not is_at_home and not self.uses_phone(person.index) and rng.random() < 0.04:
            yield Press(person.index, day, at + timedelta(seconds=rng.randint(2, 18)), is_in, is_repeat=True)

    def works_at_home(self, person: DemoPerson, day: date) -> bool:
        """Whether the person keeps to the schedule of a home day; now and then somebody comes to the office."""
        if day not in self.home_days.get(person.index, ()):
            return False
        return self._rng("home", person.index * 1_000_000 + day.toordinal()).random() > _COMES_ALL_THE_SAME

    def position_of(self, press: Press) -> tuple[float, float, int]:
        """Latitude, longitude and accuracy in metres: at the office or at home, now and then elsewhere on earth."""
        rng = self._rng("place", press.person * 1_000_000 + press.at.toordinal() * 2 + press.is_in)
        latitude, longitude = place_of(self.office.units[self.terminal_of_unit[self.office.people[press.person].unit]])
        if press.is_at_home:
            home = self._rng("home", press.person)
            latitude, longitude = latitude + home.uniform(-0.09, 0.09), longitude + home.uniform(-0.09, 0.09)
        if rng.random() < 0.0002:
            return 53.349805, -6.26031, 20
        spread = 0.0004 if rng.random() < 0.97 else 0.01
        return latitude + rng.gauss(0, spread), longitude + rng.gauss(0, spread), rng.randint(4, 40)


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60


def _habits(person: DemoPerson) -> Sequence[tuple[str, float, int]]:
    """(kind, chance a month, longest in days); PPPK have no leave for important reasons."""
    if person.gender == "F" and person.index % 40 < 2 and person.employment != PPPK_PARUH_WAKTU:
        return [("CM", 0.06, 90), ("CT", 0.06, 3)]
    habits = [("CT", 0.10, 4), ("CS", 0.05, 3), ("PD", 0.05, 3), ("DL", 0.06, 1), ("DK", 0.02, 5)]
    return [*habits, ("CAP", 0.01, 4)] if person.employment == PNS else habits
