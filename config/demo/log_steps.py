"""The history of daily logs and their validation, with a superior who approves too fast and others who are late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from config.demo import log_lines
from config.demo.people import DemoPerson
from personnel.models import Person, Unit
from worklogs.actions import HistoryRow, load_history
from worklogs.models import EntryState

if TYPE_CHECKING:
    from config.demo.build import Site

ZONE = ZoneInfo("Asia/Jakarta")
_PEOPLE_PER_STEP = 400
_LATE_SUPERIORS = 0.1
_ENTRIES_A_WEEK, _HASTE = 11, 44


@dataclass(slots=True)
class _Keys:
    """Keys in the database of demo people, their accounts, superiors and units."""

    person: dict[int, int]
    account: dict[int, int]
    unit: dict[int, int]


def history(site: "Site") -> str:
    loaded = load_history(_Diaries(site, _keys(site)).rows(), actor=None, now=site.now)
    refused = f", {len(loaded.refused)} days refused" if loaded.refused else ""
    return f"{loaded.written:,} entries{refused}"


def _keys(site: "Site") -> _Keys:
    by_nip = {nip: (pk, account) for nip, pk, account in Person.objects.values_list("nip", "pk", "user__pk")}
    codes = dict(Unit.objects.values_list("code", "pk"))
    people = site.office.people
    return _Keys(
        person={p.index: by_nip[p.nip][0] for p in people},
        account={p.index: by_nip[p.nip][1] for p in people},
        unit={unit.index: codes[unit.code] for unit in site.office.units},
    )


class _Diaries:
    """Entries in an order that reads a day of some hundred people at a time."""

    def __init__(self, site: "Site", keys: _Keys) -> None:
        self.site, self.keys, self.life = site, keys, site.life
        self.today = site.parameters.today
        self.work_days_left = self._work_days_back()
        self.hasty = self._hasty_superior()

    def rows(self) -> Iterator[HistoryRow]:
        people = self.site.office.people
        for start in range(0, len(people), _PEOPLE_PER_STEP):
            writers = [_Writer(self.site, person) for person in people[start : start + _PEOPLE_PER_STEP]]
            for day in self.life.days:
                for writer in writers:
                    yield from self._day(writer, day)

    def _work_days_back(self) -> dict[date, int]:
        """How many office days lie between a day and today; yesterday's is 0."""
        left: dict[date, int] = {}
        count = 0
        for day in reversed(self.life.days):
            left[day] = count
            count += bool(self.life.expected(day, None).scheduled_minutes)
        return left

    def _hasty_superior(self) -> int:
        """A head whose reports write some forty entries a week; all of them are approved within one minute."""
        reports: dict[int, int] = {}
        for person in self.site.office.people:
            if person.superior is not None:
                reports[person.superior] = reports.get(person.superior, 0) + 1
        return min(reports, key=lambda index: (abs(reports[index] * _ENTRIES_A_WEEK - _HASTE), index))

    def _day(self, writer: "_Writer", day: date) -> Iterator[HistoryRow]:
        person = writer.person
        span = self.life.span_on(person, day)
        if span is None or person.superior is None or not writer.writes_on(day):
            return
        rng = writer.rng
        for starts, ends in _pieces(*span, rng):
            activity, unit, amount, at_home = writer.activity()
            yield HistoryRow(
                person_id=self.keys.person[person.index],
                day=day,
                starts_minute=starts,
                ends_minute=ends,
                activity=activity,
                quantity=Decimal(amount),
                output_unit=unit,
                kind="ADDITIONAL" if rng.random() < 0.08 else "MAIN",
                can_be_done_from_home=at_home,
                validator_id=self.keys.person[person.superior],
                unit_id=self.keys.unit[person.unit],
                **self._fate(person, day, rng),
            )

    def _fate(self, person: DemoPerson, day: date, rng: Random) -> dict[str, Any]:
        """When it was written and sent, and what the superior made of it by today."""
        superior = person.superior
        assert superior is not None
        written = _at(day, 15, 20, rng)
        left = self.work_days_left[day]
        if left == 0 and rng.random() < 0.12:
            return {"state": EntryState.DRAFT, "written_at": written}
        sent = {
            "written_at": written,
            "submitted_at": written + timedelta(minutes=rng.randint(1, 40)),
            "submitted_on": day,
        }
        waits = 9 if self._is_late(superior) else 2
        if left < waits and rng.random() < (0.75 if left else 0.93):
            return {"state": EntryState.SUBMITTED, **sent}
        return {**sent, **self._decision(superior, day, left, rng)}

    @cache  # noqa: B019 - one object lives as long as the step
    def _is_late(self, superior: int) -> bool:
        chance = Random(f"{self.site.parameters.seed}/late/{superior}").random()
        return superior != self.hasty and chance < _LATE_SUPERIORS

    def _decision(self, superior: int, day: date, left: int, rng: Random) -> dict[str, Any]:
        by = {"decided_by_id": self.keys.account[superior]}
        if superior == self.hasty:
            friday = day + timedelta(days=(4 - day.weekday()) % 7)
            moment = datetime.combine(min(friday, self.today - timedelta(days=1)), time(17, 1), ZONE)
            return {"state": EntryState.APPROVED, "decided_at": moment + timedelta(seconds=rng.randint(0, 55)), **by}
        decided = min(_at(day + timedelta(days=1), 7, 150, rng), self.site.now - timedelta(minutes=5))
        chance = rng.random()
        if chance < 0.02 and left <= 4:
            mend = self.today + timedelta(days=2)
            reason = rng.choice(log_lines.REASONS_TO_RETURN)
            return {"state": EntryState.RETURNED, "decided_at": decided, "reason": reason, "mend_by_on": mend, **by}
        if chance > 0.994:
            reason = rng.choice(log_lines.REASONS_TO_REJECT)
            return {"state": EntryState.REJECTED, "decided_at": decided, "reason": reason, **by}
        return {"state": EntryState.APPROVED, "decided_at": decided, **by}


class _Writer:
    """One person's habit of writing: most write nearly every day, a few seldom, one always the same."""

    def __init__(self, site: "Site", person: DemoPerson) -> None:
        self.person = person
        self.rng = Random(f"{site.parameters.seed}/log/{person.index}")
        self.diligence = 0.5 if self.rng.random() < 0.06 else self.rng.uniform(0.9, 0.995)
        self.away = [(absence.starts_on, absence.ends_on) for absence in site.life.absences(person)]
        self.only_line = log_lines.pick(person.post, self.rng) if person.index % 149 == 60 else None

    def writes_on(self, day: date) -> bool:
        if day < self.person.employed_on or any(first <= day <= last for first, last in self.away):
            return False
        return self.rng.random() < self.diligence

    def activity(self) -> tuple[str, str, int, bool]:
        return self.only_line or log_lines.pick(self.person.post, self.rng)


def _pieces(starts: int, ends: int, rng: Random) -> list[tuple[int, int]]:
    """Two or three stretches of the duty around the noon break, in steps of five minutes; nights until midnight."""
    ends = min(ends, 1_435)
    if ends - starts <= 300 or starts >= 840:
        middle = starts + (ends - starts) // 10 * 5
        return [(starts + 5, middle), (middle, ends - 10)]
    cut = starts + rng.randint(12, 30) * 5
    pieces = [(starts + 10, cut), (cut, 690), (785, min(ends - 5, 785 + rng.randint(24, 36) * 5))]
    return pieces if rng.random() < 0.45 else [(pieces[0][0], pieces[1][1]), pieces[2]]


def _at(day: date, hour: int, minutes: int, rng: Random) -> datetime:
    return datetime.combine(day, time(hour), ZONE) + timedelta(seconds=rng.randint(0, minutes * 60))
