"""Calendar, rosters, absences, terminals, phones and the days that follow from them."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attendance import actions as attendance
from attendance.actions.loading import PressRow, load_pins, load_presses, load_roster, register_terminal, set_shift
from attendance.actions.summaries import recompute_marked_batch, recompute_range
from attendance.actions.terminals import import_attlog
from attendance.models import Arrangement, Place
from config.demo.clock_files import write_clock_files
from config.demo.files import UNITS_SINCE
from config.demo.life import OUTAGE_FROM, OUTAGE_UNTIL, SHIFT_PLANS
from personnel.models import Person, Unit

if TYPE_CHECKING:
    from config.demo.build import Site

ZONE = ZoneInfo("Asia/Jakarta")
_SHIFT_NAMES = {"P": "Pagi", "S": "Siang", "M": "Malam"}
_ROSTER_AHEAD_DAYS = 45


def calendar(site: "Site") -> str:
    done = attendance.import_calendar(path=site.files.calendar, actor=None, now=site.now)
    return f"{done.added} days off"


def rosters(site: "Site") -> str:
    """Shifts of each hospital unit around the clock, and everybody's roster until the end of next month."""
    shifts: dict[tuple[int, str], int] = {}
    units = {unit.code: unit for unit in Unit.objects.all()}
    for index in sorted(site.life.shift_units):
        for code, plan in SHIFT_PLANS.items():
            shift = set_shift(
                unit=units[site.office.units[index].code], code=code, name=_SHIFT_NAMES[code], start_minute=plan.starts,
                end_minute=plan.ends, starts_on=UNITS_SINCE, actor=None, now=site.now,
            )  # fmt: skip
            shifts[index, code] = shift.pk
    rows = load_roster(rows=_roster_rows(site, shifts), actor=None, now=site.now)
    return f"{len(shifts)} shifts, {rows:,} roster days"


def _roster_rows(site: "Site", shifts: dict[tuple[int, str], int]) -> Iterator[tuple[int, date, int | None]]:
    keys = _keys()
    first = site.parameters.history_starts_on - timedelta(days=3)
    days = (site.parameters.today - first).days + _ROSTER_AHEAD_DAYS
    for person in site.office.people:
        if not site.life.is_shift_worker(person):
            continue
        for number in range(days):
            day = first + timedelta(days=number)
            code = site.life.shift_on(person, day)
            yield keys[person.nip], day, shifts[person.unit, code] if code else None


def absences(site: "Site") -> str:
    """Leave and travel from their file, one action each; the outage morning with the minutes forgiven for it."""
    keys = _keys()
    taken = 0
    with site.files.absences.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            attendance.record_absence(
                person_id=keys[row["NIP"]], kind=row["JENIS"], starts_on=date.fromisoformat(row["MULAI"]),
                ends_on=date.fromisoformat(row["SAMPAI"]), document=row["DOKUMEN"], source=f"file/{row['DOKUMEN']}",
                actor=None, now=site.now,
            )  # fmt: skip
            taken += 1
    _outage(site)
    return f"{taken:,} absences, outage on {site.life.outage_on}"


def _outage(site: "Site") -> None:
    day = site.life.outage_on
    outage = attendance.record_outage(
        started_at=datetime.combine(day, OUTAGE_FROM, ZONE), ended_at=datetime.combine(day, OUTAGE_UNTIL, ZONE),
        what="Peladen presensi tidak menjawab", actor=None, now=site.now,
    )  # fmt: skip
    attendance.grant_dispensation(
        unit=Unit.objects.get(parent__isnull=True), day=day, from_minute=450, to_minute=540,
        reason="Gangguan peladen presensi pada pagi hari", decree=f"ND 800/77/{day.year}", outage=outage, actor=None,
        now=site.now,
    )  # fmt: skip


def clock_files(site: "Site") -> str:
    """What devices and phones hold of the history; on home days of the schedules everybody clocks on a phone."""
    by_nip = {person.nip: person.index for person in site.office.people}
    homes = Arrangement.objects.between(site.parameters.history_starts_on, site.parameters.history_ends_on)
    for nip, day in homes.filter(place=Place.HOME).values_list("person__nip", "day"):
        site.life.home_days.setdefault(by_nip[nip], set()).add(day)
    return f"{write_clock_files(site.life, site.files):,} clockings"


def terminals(site: "Site") -> str:
    """Devices with their PINs, then the memory of each, one after another."""
    keys, units = _keys(), {unit.code: unit for unit in Unit.objects.all()}
    pins = _pins(site, keys)
    taken = unmatched = 0
    with site.files.terminals.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            terminal = register_terminal(
                serial=row["SERI"], name=row["NAMA"], unit=units[row["KODE UNIT"]],
                trusts_state=row["TOMBOL STATUS"] == "YA",
                drift_seconds=int(row["MAJU DETIK"]), actor=None, now=site.now,
            )  # fmt: skip
            load_pins(terminal=terminal, rows=pins.get(terminal.serial, ()), actor=None, now=site.now)
            with (site.files.attlogs / f"{terminal.serial}_attlog.dat").open(encoding="ascii", newline="") as memory:
                done = import_attlog(terminal=terminal, lines=memory, actor=None, now=site.now)
            taken += done.taken
            unmatched += done.unmatched
    return f"{len(pins):,} devices, {taken:,} lines taken, {unmatched:,} of unknown PINs"


def _pins(site: "Site", keys: dict[str, int]) -> dict[str, list[tuple[str, int, date]]]:
    found: dict[str, list[tuple[str, int, date]]] = {}
    with site.files.pins.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            listed = found.setdefault(row["SERI"], [])
            listed.append((row["PIN"], keys[row["NIP"]], date.fromisoformat(row["MULAI"])))
    return found


def phones(site: "Site") -> str:
    keys = _keys()
    with site.files.phones.open(encoding="utf-8", newline="") as lines:
        loaded = load_presses(rows=_presses(csv.reader(lines), keys), actor=None, now=site.now)
    return f"{loaded.written:,} presses on phones"


def _presses(lines: Iterator[list[str]], keys: dict[str, int]) -> Iterator[PressRow]:
    next(lines)
    for nip, at, way, latitude, longitude, accuracy, device in lines:
        yield PressRow(
            person_id=keys[nip],
            at=datetime.fromisoformat(at).replace(tzinfo=ZONE),
            is_in=way == "MASUK",
            latitude=float(latitude),
            longitude=float(longitude),
            accuracy_metres=int(accuracy),
            device_id=device,
            provider="gps",
        )


def marks(site: "Site") -> str:
    """What leave, devices and schedules have marked, as the beat would do it."""
    read = 0
    while batch := recompute_marked_batch(now=site.now):
        read += batch
    return f"{read:,} marks"


def summaries(site: "Site") -> str:
    done = recompute_range(
        starts_on=site.parameters.history_starts_on, ends_on=site.parameters.history_ends_on, now=site.now
    )
    return f"{done.written:,} person-days"


def _keys() -> dict[str, int]:
    return dict(Person.objects.values_list("nip", "pk"))
