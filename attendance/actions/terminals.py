"""What fingerprint terminals send: kept line by line, turned into punches where the PIN is known.

Every upload repeats the whole memory of the device. A line is its terminal, PIN and device time; a line that is stored
already changes nothing. Lines of unknown PINs wait until somebody says whose they are.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext as _

from attendance.actions.clock import receipt_of
from attendance.actions.marks import mark_days
from attendance.models import Punch, PunchSource, RawPunch, RawPunchState, Terminal, TerminalPin
from attendance.rules import attlog, hours
from common.bulk import insert_values
from common.db import in_chunks
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import User

# One transaction. SQLite counts every value of a statement and lets nobody write meanwhile.
LINES_PER_CHUNK = 1_000
LINES_PER_CHUNK_ON_A_SERVER = 5_000
BAD_LINES_KEPT = 200
# A duty day of day workers runs from 04:00 to 04:00; the recomputation files nights where they belong.
DAY_CUT = timedelta(hours=4)
NOT_GIVEN = 255


class TerminalInactive(DomainError):
    code = "terminal_inactive"


class PinTaken(DomainError):
    code = "pin_taken"


@dataclass(slots=True)
class AttlogImport:
    """What became of the lines of one file or push.

    lines = known + taken + unmatched + bad. `known`: stored before. `taken`: became punches. `unmatched`: the PIN is
    nobody's yet. `bad`: could not be read; the first of them with line and reason. `has_states`: the device shows both
    in and out, so its keys may be worth trusting.
    """

    lines: int = 0
    known: int = 0
    taken: int = 0
    unmatched: int = 0
    bad: int = 0
    bad_lines: list[attlog.BadLine] = field(default_factory=list)
    days: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    has_states: bool = False


class _Line(NamedTuple):
    """A line on its way to the database."""

    pin: str
    device_at: datetime
    state_code: int
    verify_code: int
    work_code: str
    person_id: int | None


# ---- whose PIN ----


class PinBook:
    """Whose PIN it was on which day, for one terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self._starts: dict[str, list[date]] = {}
        self._rows: dict[str, list[tuple[date | None, int]]] = {}
        rows = TerminalPin.objects.filter(terminal=terminal).order_by("pin", "starts_on", "pk")
        for pin, first, last, person_id in rows.values_list("pin", "starts_on", "ends_on", "person_id"):
            self._starts.setdefault(pin, []).append(first)
            self._rows.setdefault(pin, []).append((last, person_id))

    @property
    def pins(self) -> list[str]:
        return sorted(self._rows)

    def person_on(self, pin: str, day: date) -> int | None:
        """The latest holder whose time covers the day; None when the PIN is nobody's then."""
        starts = self._starts.get(pin)
        if starts is None:
            return None
        position = bisect_right(starts, day) - 1
        if position < 0:
            return None
        last, person_id = self._rows[pin][position]
        return person_id if last is None or day <= last else None


@transaction.atomic
def assign_pin(
    *,
    terminal: Terminal,
    pin: str,
    person_id: int,
    starts_on: date,
    ends_on: date | None = None,
    actor: User | None,
    now: datetime,
) -> TerminalPin:
    """Say whose a PIN is from a day on, and turn the lines that waited for it into punches.

    An earlier holder without an end keeps the PIN until the day before. The same assignment again changes nothing.

    Raises:
        PinTaken: the PIN is somebody else's from the very same day.
    """
    row, is_new = TerminalPin.objects.get_or_create(
        terminal=terminal, pin=pin, starts_on=starts_on, defaults={"person_id": person_id, "ends_on": ends_on}
    )
    if row.person_id != person_id:
        raise PinTaken(
            _("PIN %(pin)s of %(terminal)s belongs to somebody else from %(day)s on.")
            % {"pin": pin, "terminal": terminal.name, "day": starts_on.isoformat()},
            pin=pin,
            day=starts_on.isoformat(),
        )
    if is_new:
        earlier = TerminalPin.objects.filter(terminal=terminal, pin=pin, ends_on=None, starts_on__lt=starts_on)
        earlier.update(ends_on=starts_on - timedelta(days=1))
        record_audit(
            actor=actor, verb="terminal.assign_pin", obj=row, after={"starts_on": str(starts_on)}, unit=terminal.unit,
            now=now,
        )  # fmt: skip
    match_pins(terminal=terminal, now=now)
    return row


def match_pins(*, terminal: Terminal, now: datetime) -> int:
    """Turn waiting lines whose PIN is known by now into punches; returns how many. Safe to repeat."""
    book = PinBook(terminal)
    zone = ZoneInfo(terminal.zone)
    waiting = RawPunch.objects.filter(terminal=terminal, state=RawPunchState.UNMATCHED, pin__in=book.pins)
    matched = 0
    found = [
        (raw, person_id)
        for raw in waiting.order_by("pk").iterator(chunk_size=LINES_PER_CHUNK)
        if (person_id := book.person_on(raw.pin, raw.device_at.astimezone(zone).date())) is not None
    ]
    for chunk in in_chunks(found, LINES_PER_CHUNK):
        with transaction.atomic():
            lines = [_Line(r.pin, r.device_at, r.state_code, r.verify_code, r.work_code, person) for r, person in chunk]
            for raw, person_id in chunk:
                raw.state, raw.person_id = RawPunchState.TAKEN, person_id
            RawPunch.objects.bulk_update([raw for raw, _person in chunk], ["state", "person"])
            _punch(terminal, lines, now)
        matched += len(chunk)
    return matched


# ---- the lines ----


def import_attlog(
    *,
    terminal: Terminal,
    lines: Iterable[str],
    actor: User | None,
    now: datetime,
    layout: attlog.Layout = attlog.Layout.USB,
) -> AttlogImport:
    """Store every line once, make punches of those whose PIN is known, and mark their days for recomputation.

    Lines may come in any order and any number of times. Each thousand lines is one transaction; an upload that breaks
    off is simply sent again. Bad lines are counted and the first of them returned, never dropped in silence.

    Raises:
        TerminalInactive: the terminal has been taken out of service.
    """
    if not terminal.is_active:
        raise TerminalInactive(
            _("The terminal %(name)s has been taken out of service.") % {"name": terminal.name}, terminal=terminal.pk
        )
    parsed = attlog.parse(lines, layout)
    done = AttlogImport(
        lines=len(parsed.rows) + len(parsed.bad),
        bad=len(parsed.bad),
        bad_lines=parsed.bad[:BAD_LINES_KEPT],
        has_states=parsed.has_states,
    )
    book = PinBook(terminal)
    size = LINES_PER_CHUNK if connection.vendor == "sqlite" else LINES_PER_CHUNK_ON_A_SERVER
    for chunk in in_chunks(_prepared(parsed.rows, terminal, book), size):
        _take(terminal, chunk, done, now)
    _finish(terminal, done, actor, now)
    return done


def _prepared(rows: Sequence[attlog.AttlogRow], terminal: Terminal, book: PinBook) -> Iterator[_Line]:
    """Lines with instants and persons, each once, in order of PIN and time so that the index is filled in order."""
    zone = ZoneInfo(terminal.zone)
    zones: dict[date, Any] = {}
    last: tuple[str, datetime] | None = None
    for row in sorted(rows, key=_by_pin_and_time):
        if (row.pin, row.at) == last:
            continue
        last = (row.pin, row.at)
        day = row.at.date()
        if day not in zones:
            zones[day] = zone if _changes_clock(zone, day) else hours_zone(terminal.zone, day)
        yield _Line(
            row.pin,
            row.at.replace(tzinfo=zones[day]),
            row.state if row.state >= 0 else NOT_GIVEN,
            row.verify if row.verify >= 0 else NOT_GIVEN,
            row.workcode[:16],
            book.person_on(row.pin, day),
        )


def _by_pin_and_time(row: attlog.AttlogRow) -> tuple[str, datetime]:
    return row.pin, row.at


def hours_zone(zone: str, day: date) -> Any:
    """The fixed offset of a zone on that day; much cheaper to reckon with than the zone itself."""
    return hours.ExpectedDay(day=day, offset_minutes=hours.offset_minutes(zone, day)).zone


def _changes_clock(zone: ZoneInfo, day: date) -> bool:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()


def _take(terminal: Terminal, chunk: Sequence[_Line], done: AttlogImport, now: datetime) -> None:
    with transaction.atomic():
        fresh = _store_raw(terminal, chunk, now)
        matched = [line for line in fresh if line.person_id is not None]
        days = _punch(terminal, matched, now)
    done.taken += len(matched)
    done.unmatched += len(fresh) - len(matched)
    done.days += len(days)
    for line in chunk:
        done.first_at = line.device_at if done.first_at is None else min(done.first_at, line.device_at)
        done.last_at = line.device_at if done.last_at is None else max(done.last_at, line.device_at)


def _finish(terminal: Terminal, done: AttlogImport, actor: User | None, now: datetime) -> None:
    done.known = done.lines - done.bad - done.taken - done.unmatched
    with transaction.atomic():
        Terminal.objects.filter(pk=terminal.pk).update(last_seen_at=now)
        record_audit(
            actor=actor,
            verb="terminal.import",
            obj=terminal,
            after={"lines": done.lines, "taken": done.taken, "unmatched": done.unmatched, "bad": done.bad},
            unit=terminal.unit,
            now=now,
        )


# ---- writing many rows ----


def _store_raw(terminal: Terminal, lines: Sequence[_Line], now: datetime) -> list[_Line]:
    """Insert the lines that are new and return them."""
    taken, waiting = RawPunchState.TAKEN.value, RawPunchState.UNMATCHED.value
    rows = [
        (
            line.pin,
            line.device_at,
            line.state_code,
            line.verify_code,
            line.work_code,
            waiting if line.person_id is None else taken,
            line.person_id,
        )
        for line in lines
    ]
    columns = ("pin", "device_at", "state_code", "verify_code", "work_code", "state", "person_id")
    kept = insert_values(
        RawPunch,
        columns,
        rows,
        same={"terminal_id": terminal.pk, "received_at": now},
        conflict=("terminal_id", "pin", "device_at"),
        returning=("pin", "device_at"),
    )
    fresh = {(pin, _aware(at)) for pin, at in kept}
    return [line for line in lines if (line.pin, line.device_at) in fresh]


def _punch(terminal: Terminal, lines: Sequence[_Line], now: datetime) -> set[tuple[int, date]]:
    """Make punches of lines with a person and mark the person-days they touch; returns those."""
    zone = ZoneInfo(terminal.zone)
    rows, days = [], set()
    for line in lines:
        instant = corrected(terminal, line.device_at)
        day = (instant.astimezone(zone) - DAY_CUT).date()
        key = f"attlog:{terminal.pk}:{line.pin}:{line.device_at:%Y%m%d%H%M%S}"
        direction = attlog.direction_of(line.state_code) if terminal.trusts_state else hours.Direction.NONE
        rows.append((line.person_id, day, instant, direction.value, key, receipt_of(line.person_id or 0, key)))
        days.add((line.person_id or 0, day))
    same = {
        "zone": terminal.zone,
        "source": PunchSource.TERMINAL.value,
        "recorded_at": now,
        "verdict": "",
        "place_name": terminal.name[:120],
        "device_id": terminal.serial,
        "provider": "terminal",
    }
    columns = ("person_id", "day", "instant", "direction", "client_key", "receipt")
    insert_values(Punch, columns, rows, same=same, conflict=("person_id", "client_key"))
    mark_days(days=days, reason="terminal", now=now)
    return days


def corrected(terminal: Terminal, device_at: datetime) -> datetime:
    """The instant behind a device's time: drift is how far its clock runs ahead, from a known moment on."""
    if not terminal.drift_seconds or (terminal.drift_from_at is not None and device_at < terminal.drift_from_at):
        return device_at
    return device_at - timedelta(seconds=terminal.drift_seconds)


def _aware(value: Any) -> datetime:
    """An instant as a cursor returns it: aware on PostgreSQL, text in UTC on SQLite."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=hours_zone("UTC", found.date()))
