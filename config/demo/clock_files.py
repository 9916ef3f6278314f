"""Writes terminals, their PINs and memories (attlog.dat), presses on phones, and absences, one device at a time."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from config.demo.files import OfficeFiles, write_csv
from config.demo.life import Life, Press
from config.demo.people import DemoPerson

_FAST_CLOCK_SECONDS = 240


def write_clock_files(life: Life, files: OfficeFiles) -> int:
    """Everything that clocks leave behind; returns the number of clockings. Memory holds one device at a time."""
    files.attlogs.mkdir(parents=True, exist_ok=True)
    people = _people_by_terminal(life)
    _write_terminals(life, files, people)
    written = 0
    with files.phones.open("w", encoding="utf-8", newline="\n") as phones:
        phones.write("NIP,WAKTU,ARAH,LINTANG,BUJUR,AKURASI,PERANGKAT\n")
        for terminal, members in people.items():
            by_terminal: list[Press] = []
            by_phone: list[Press] = []
            for person in members:
                for press in life.presses(person):
                    on_phone = press.is_at_home or life.uses_phone(person.index)
                    (by_phone if on_phone else by_terminal).append(press)
            phones.writelines(_phone_lines(life, by_phone))
            _write_attlog(life, files.attlogs / f"{serial_of(terminal)}_attlog.dat", terminal, by_terminal)
            written += len(by_phone) + len(by_terminal)
    return written


def serial_of(terminal: int) -> str:
    return f"CKR{terminal:07d}"


def pin_of(person: DemoPerson) -> str:
    """A short number given at enrolment; unique over the regency here, as an office that plans ahead would have it."""
    return str(person.index + 1)


def _people_by_terminal(life: Life) -> dict[int, list[DemoPerson]]:
    people: dict[int, list[DemoPerson]] = {}
    for person in life.office.people:
        people.setdefault(life.terminal_of_unit[person.unit], []).append(person)
    return dict(sorted(people.items()))


def _write_terminals(life: Life, files: OfficeFiles, people: dict[int, list[DemoPerson]]) -> None:
    units = life.office.units
    write_csv(
        files.terminals,
        ("SERI", "NAMA", "KODE UNIT", "ZONA", "TOMBOL STATUS", "MAJU DETIK"),
        (
            [
                serial_of(key),
                f"Mesin {units[key].name}"[:80],
                units[key].code,
                "WIB",
                _yes(_keys_pressed(key)),
                drift_of(key),
            ]
            for key in people
        ),
    )
    write_csv(
        files.pins,
        ("SERI", "PIN", "NIP", "MULAI"),
        (
            [serial_of(key), pin_of(person), person.nip, max(date(2020, 1, 1), person.employed_on).isoformat()]
            for key, members in people.items()
            for person in members
        ),
    )


def _yes(flag: bool) -> str:
    return "YA" if flag else "TIDAK"


def _keys_pressed(terminal: int) -> bool:
    return terminal % 3 == 1


def drift_of(terminal: int) -> int:
    """One device in nine runs four minutes ahead; the office has measured it."""
    return _FAST_CLOCK_SECONDS if terminal % 9 == 4 else 0


def _write_attlog(life: Life, path: Path, terminal: int, presses: list[Press]) -> None:
    """The device's memory in the order of time, in the dialect of its maker, with strangers among its PINs."""
    rng = life.parameters.rng(f"terminal/{terminal}")
    presses.sort(key=lambda press: (press.at, press.person))
    ending = "\r\n" if terminal % 2 else "\n"
    with path.open("w", encoding="ascii", newline="") as out:
        for press in presses:
            out.write(_attlog_line(life, press, terminal, rng) + ending)


def _attlog_line(life: Life, press: Press, terminal: int, rng: Random) -> str:
    state = (0 if press.is_in else 1) if _keys_pressed(terminal) else 255 if terminal % 5 == 2 else 0
    pin = pin_of(life.office.people[press.person])
    if rng.random() < 0.0006:
        pin = str(90_000 + terminal % 1_000)  # enrolled at the device and nowhere else
    at = press.at + timedelta(seconds=drift_of(terminal))
    verify = 15 if terminal % 4 == 0 else 1
    if terminal % 7 == 3:  # five columns, no padding
        return f"{pin}\t{at:%Y-%m-%d %H:%M:%S}\t1\t{state}\t{verify}"
    return f"{pin:>9}\t{at:%Y-%m-%d %H:%M:%S}\t1\t{state}\t{verify}\t0"


def _phone_lines(life: Life, presses: list[Press]) -> Iterator[str]:
    for press in presses:
        latitude, longitude, accuracy = life.position_of(press)
        nip, phone = life.office.people[press.person].nip, life.phone_of(press.person)
        way = "MASUK" if press.is_in else "PULANG"
        yield f"{nip},{press.at:%Y-%m-%d %H:%M:%S},{way},{latitude:.6f},{longitude:.6f},{accuracy},{phone}\n"


def write_absences(life: Life, files: OfficeFiles) -> None:
    rows = (
        [
            life.office.people[a.person].nip,
            a.kind,
            a.starts_on.isoformat(),
            a.ends_on.isoformat(),
            f"{_PAPER[a.kind]}/{a.number}/{a.starts_on.year}",
        ]
        for person in life.office.people
        for a in life.absences(person)
    )
    write_csv(files.absences, ("NIP", "JENIS", "MULAI", "SAMPAI", "DOKUMEN"), rows)


_PAPER = {"CT": "SIC", "CS": "SKS", "CM": "SICM", "CAP": "SIC-AP", "PD": "SPPD", "DL": "ST", "DK": "SPT"}
