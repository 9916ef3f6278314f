"""Writes the invented office to files in the formats of the outside world, with the habits of real files."""

import csv
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from config.demo.parameters import REGENCY, Parameters
from config.demo.people import CPNS, PNS, PPPK, PPPK_PARUH_WAKTU, DemoOffice, DemoPerson
from config.demo.tree import DemoUnit

HOLIDAYS = Path(__file__).resolve().parents[2] / "attendance" / "data" / "holidays_id.csv"
UNITS_SINCE = date(2009, 1, 1)
# The place of an invented regency; its offices lie within some twenty kilometres.
CENTRE_LATITUDE, CENTRE_LONGITUDE = -6.835, 108.215
SIASN_COLUMNS = (
    "PNS ID", "NIP BARU", "NIP LAMA", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TEMPAT LAHIR ID", "TEMPAT LAHIR NAMA",
    "TANGGAL LAHIR", "JENIS KELAMIN", "AGAMA ID", "AGAMA NAMA", "JENIS KAWIN ID", "JENIS KAWIN NAMA", "NIK", "NOMOR HP",
    "EMAIL", "EMAIL GOV", "ALAMAT", "NPWP NOMOR", "BPJS", "JENIS PEGAWAI ID", "JENIS PEGAWAI NAMA",
    "KEDUDUKAN HUKUM ID", "KEDUDUKAN HUKUM NAMA",
    "STATUS CPNS PNS", "KARTU ASN VIRTUAL", "NOMOR SK CPNS", "TANGGAL SK CPNS", "TMT CPNS",
    "NOMOR SK PNS", "TANGGAL SK PNS", "TMT PNS", "GOL AWAL ID", "GOL AWAL NAMA", "GOL AKHIR ID", "GOL AKHIR NAMA",
    "TMT GOLONGAN", "MK TAHUN", "MK BULAN", "JENIS JABATAN ID", "JENIS JABATAN NAMA", "JABATAN ID", "JABATAN NAMA",
    "TMT JABATAN", "TINGKAT PENDIDIKAN ID", "TINGKAT PENDIDIKAN NAMA", "PENDIDIKAN ID", "PENDIDIKAN NAMA",
    "TAHUN LULUS", "KPKN ID", "KPKN NAMA",
    "LOKASI KERJA ID", "LOKASI KERJA NAMA", "UNOR ID", "UNOR NAMA", "INSTANSI INDUK ID",
    "INSTANSI INDUK NAMA", "INSTANSI KERJA ID", "INSTANSI KERJA NAMA", "SATUAN KERJA INDUK ID",
    "SATUAN KERJA INDUK NAMA", "SATUAN KERJA KERJA ID",
    "SATUAN KERJA KERJA NAMA", "IS VALID NIK", "NAMA SEKOLAH", "FLAG IKD",
)  # fmt: skip
_LEGAL_STATE = {PNS: "Aktif", CPNS: "Aktif", PPPK: "PPPK Aktif", PPPK_PARUH_WAKTU: "PPPK Paruh Waktu Aktif"}
_RELIGIONS = ("Islam",) * 9 + ("Kristen", "Katholik", "Hindu")


class OfficeFiles:
    """The folder of one demo office and the names of its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.siasn = folder / "siasn_data_utama.xlsx"
        self.units = folder / "unit_organisasi.csv"
        self.superiors = folder / "atasan_langsung.csv"
        self.heads = folder / "pimpinan_unit.csv"
        self.contracts = folder / "kontrak_paruh_waktu.csv"
        self.calendar = folder / "hari_libur.csv"
        self.terminals = folder / "mesin_presensi.csv"
        self.pins = folder / "pin_mesin.csv"
        self.absences = folder / "cuti_dan_dinas.csv"
        self.facts = folder / "fakta_talenta"
        self.phones = folder / "presensi_ponsel.csv"
        self.attlogs = folder / "attlog"


def write_people_files(office: DemoOffice, parameters: Parameters, files: OfficeFiles) -> None:
    """Units, SIASN, superiors, heads, contracts and the calendar."""
    files.folder.mkdir(parents=True, exist_ok=True)
    rng = parameters.rng("files")
    write_units(office, files.units, rng)
    write_siasn(office, parameters, files.siasn, rng)
    write_superiors(office, parameters, files.superiors)
    write_heads(office, parameters, files.heads)
    part_time = [p for p in office.people if p.employment == PPPK_PARUH_WAKTU]
    write_csv(
        files.contracts, ("NIP", "MENIT PER PEKAN", "BERAKHIR"), ([p.nip, p.weekly_minutes, ""] for p in part_time)
    )
    shutil.copyfile(HOLIDAYS, files.calendar)


def write_csv(path: Path, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)


def write_units(office: DemoOffice, path: Path, rng: Random) -> None:
    header = ("Kode", "Nama", "Jenis", "Kode Induk", "Perangkat Daerah", "Zona Waktu", "Layanan Langsung", "Kerja Sif",
              "Lokasi", "Lintang", "Bujur", "Radius Meter", "Berlaku Mulai")  # fmt: skip
    write_csv(path, header, (_unit_row(unit, office, rng) for unit in office.units))


def _unit_row(unit: DemoUnit, office: DemoOffice, rng: Random) -> list[Any]:
    latitude, longitude = place_of(unit)
    return [
        unit.code,
        unit.name,
        unit.kind,
        office.units[unit.parent].code if unit.parent is not None else "",
        "Ya" if unit.is_perangkat_daerah else "",
        "WIB" if unit.parent is None else "",
        _yes(unit.is_direct_service),
        _yes(unit.is_shift_work),
        f"Kantor {unit.name}" if unit.has_place else "",
        f"{latitude:.6f}" if unit.has_place else "",
        f"{longitude:.6f}" if unit.has_place else "",
        rng.choice((80, 100, 150, 200)) if unit.has_place else "",
        UNITS_SINCE.isoformat(),
    ]


def place_of(unit: DemoUnit) -> tuple[float, float]:
    """Where a unit's office stands: scattered evenly, the same for every run."""
    return CENTRE_LATITUDE + (unit.index * 7919 % 401 - 200) / 1000, CENTRE_LONGITUDE + (
        unit.index * 104_729 % 401 - 200
    ) / 1000


def _yes(flag: bool | None) -> str:
    return "" if flag is None else "Ya" if flag else "Tidak"


def write_superiors(office: DemoOffice, parameters: Parameters, path: Path) -> None:
    """As offices keep it: apostrophes before the numbers, days written DD-MM-YYYY."""
    first = date(parameters.today.year - 1, 1, 2)
    rows = (
        [f"'{person.nip}", f"'{office.people[person.superior].nip}", f"{max(first, person.employed_on):%d-%m-%Y}"]
        for person in office.people
        if person.superior is not None
    )
    write_csv(path, ("NIP", "NIP Atasan", "Berlaku Mulai"), rows)


def write_heads(office: DemoOffice, parameters: Parameters, path: Path) -> None:
    """Functional heads, whom SIASN does not mark, and one Plt and one Plh."""
    rows: list[list[Any]] = [
        [office.units[p.unit].code, p.nip, "DEFINITIF", f"{p.position_on:%d-%m-%Y}", "", ""]
        for p in office.people
        if p.is_head
    ]
    today = parameters.today
    for (unit, person), kind, first, last in (
        (office.plt, "Plt.", today - timedelta(days=60), today + timedelta(days=30)),
        (office.plh, "Plh.", today - timedelta(days=4), today + timedelta(days=9)),
    ):
        decree = f"SP {kind[:3].upper()}/{unit:03d}/BKPSDM/{today.year}"
        rows.append(
            [office.units[unit].code, office.people[person].nip, kind, first.isoformat(), last.isoformat(), decree]
        )
    write_csv(path, ("Kode Unit", "NIP", "Status", "Mulai", "Sampai", "Dasar"), rows)


def write_siasn(office: DemoOffice, parameters: Parameters, path: Path, rng: Random) -> None:
    """The 66 columns, row by row in bounded memory, with a title above and the stray habits of real exports."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("Data Utama")
    sheet.write(0, 0, f"DATA UTAMA ASN {REGENCY.upper()}")
    sheet.write(1, 0, f"Keadaan {parameters.today:%d-%m-%Y}")
    sheet.write_row(3, 0, _header_as_typed(rng))
    row = 4
    for cells in _rows(office, rng):
        for column, value in cells.items():
            sheet.write(row, _COLUMN_INDEX[column], value)
        row += 1
    book.close()


_COLUMN_INDEX = {name: index for index, name in enumerate(SIASN_COLUMNS)}


def _rows(office: DemoOffice, rng: Random) -> Iterator[dict[str, Any]]:
    for person in office.people:
        yield from _rows_of_person(person, office, rng)
    yield from _rows_that_cannot_be_taken(office.people[-1], office, rng)


def _header_as_typed(rng: Random) -> list[str]:
    habits = (str, str, str, str.title, str.lower, lambda name: f" {name} ", lambda name: name.replace(" ", "  "))
    return [rng.choice(habits)(name) for name in SIASN_COLUMNS]


def _rows_of_person(person: DemoPerson, office: DemoOffice, rng: Random) -> list[dict[str, Any]]:
    cells = _cells(person, office, rng)
    if person.index and person.index % 397 == 0:  # somebody who also stands in a former unit
        chain = office.chain_of(office.people[person.index - 40].unit)
        before = {**cells, "UNOR NAMA": " - ".join(unit.name for unit in chain), "TMT JABATAN": "2014-03-03"}
        return [before, cells]
    return [cells, cells] if person.index and person.index % 503 == 0 else [cells]


def _rows_that_cannot_be_taken(person: DemoPerson, office: DemoOffice, rng: Random) -> list[dict[str, Any]]:
    """A number that lost its digits and a day that no calendar has."""
    cells = _cells(person, office, rng)
    return [
        {**cells, "NIP BARU": float(person.nip), "NAMA": "NOMOR RUSAK"},
        {**cells, "NIP BARU": "197503152005011999", "NAMA": "TANGGAL RUSAK", "TANGGAL LAHIR": "31-02-1975"},
    ]


def _cells(person: DemoPerson, office: DemoOffice, rng: Random) -> dict[str, Any]:
    is_pppk = person.employment in (PPPK, PPPK_PARUH_WAKTU)
    top = office.units[office.perangkat_daerah_of(person.unit)]
    written = rng.choice((_iso, _day_first, _day_first, _serial))
    return {
        "PNS ID": f"A5EB{person.index:012X}",
        "NIP BARU": f"'{person.nip}" if person.index % 3 else person.nip,
        "NAMA": person.name.upper() if person.index % 5 else f"  {person.name.upper()} ",
        "GELAR DEPAN": person.title_before,
        "GELAR BELAKANG": person.title_after,
        "TEMPAT LAHIR NAMA": REGENCY,
        "TANGGAL LAHIR": written(person.birth_on),
        "JENIS KELAMIN": person.gender,
        "AGAMA NAMA": rng.choice(_RELIGIONS),
        "JENIS KAWIN NAMA": rng.choice(("Menikah", "Menikah", "Belum Kawin")),
        "NIK": f"'3299{person.index:012d}",
        "NOMOR HP": f"0800{person.index:08d}",
        "EMAIL GOV": f"pegawai{person.index}@cakrawala.example",
        "ALAMAT": f"Jalan Contoh No. {person.index % 200 + 1}",
        "NPWP NOMOR": f"99.{person.index:012d}",
        "BPJS": f"000{person.index:010d}",
        "JENIS PEGAWAI NAMA": "PPPK" if is_pppk else "PNS Daerah Kabupaten",
        "KEDUDUKAN HUKUM NAMA": _LEGAL_STATE[person.employment],
        "STATUS CPNS PNS": "" if is_pppk else person.employment,
        "TMT CPNS": written(person.employed_on),
        "TMT PNS": "-" if is_pppk or person.employment == CPNS else written(_a_year_later(person.employed_on)),
        "NOMOR SK PNS": "-" if is_pppk else f"821/{person.index}",
        "GOL AKHIR NAMA": person.grade,
        "TMT GOLONGAN": written(person.grade_on),
        "JENIS JABATAN NAMA": person.post.group if person.index % 7 else person.post.group.title(),
        "JABATAN NAMA": person.position,
        "TMT JABATAN": written(person.position_on),
        "TINGKAT PENDIDIKAN NAMA": person.education,
        "PENDIDIKAN NAMA": f"{person.education.split('/')[0]} {person.field}".upper(),
        "TAHUN LULUS": person.graduated,
        "UNOR ID": f"8AE4{person.unit:028X}",
        "UNOR NAMA": " - ".join(unit.name for unit in office.chain_of(person.unit)),
        "INSTANSI KERJA NAMA": office.units[0].name,
        "SATUAN KERJA KERJA NAMA": top.name,
        "IS VALID NIK": "1",
    }


def _iso(day: date) -> str:
    return day.isoformat()


def _day_first(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def _a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1)
