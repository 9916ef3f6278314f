"""Writes the talent facts of the invented people: what e-Kinerja, assessments and SIASN would know of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from config.demo.files import OfficeFiles, write_csv
from config.demo.parameters import Parameters
from config.demo.people import PPPK_PARUH_WAKTU, DemoOffice, DemoPerson

HEADER = (
    "NIP",
    "INDIKATOR",
    "NILAI",
    "TANGGAL",
    "BERAKHIR",
    "BERLAKU SAMPAI",
    "STANDAR",
    "JUMLAH",
    "SUMBER",
    "DOKUMEN",
    "NOMOR",
)
EMPTY = "KOSONG"
_PEOPLE_PER_FILE = 2_000
_RATINGS = ("SANGAT_KURANG", "KURANG", "BUTUH_PERBAIKAN", "BAIK", "SANGAT_BAIK")
_AWARDS = ("INSTANSI", "LINTAS_INSTANSI", "NASIONAL")
_TEAMS = ("ANGGOTA_INTERNAL", "ANGGOTA_LINTAS", "KETUA_INTERNAL", "KETUA_LINTAS")
_SOURCES = {
    "predikat_tahunan": "e-Kinerja",
    "umpan_balik_360": "e-Kinerja",
    "kompetensi_jpm": "Asesmen",
    "potensi_8": "Asesmen",
}


def write_facts(office: DemoOffice, parameters: Parameters, files: OfficeFiles) -> int:
    """One row a fact; returns how many. Ability runs through all of a person's facts, luck through each."""
    files.facts.mkdir(parents=True, exist_ok=True)
    written = 0
    for number, start in enumerate(range(0, len(office.people), _PEOPLE_PER_FILE), start=1):
        rows = [row for person in office.people[start : start + _PEOPLE_PER_FILE] for row in _rows(person, parameters)]
        write_csv(files.facts / f"fakta_talenta_{number:02d}.csv", HEADER, rows)
        written += len(rows)
    return written


def _rows(person: DemoPerson, parameters: Parameters) -> Iterator[list[object]]:
    for key, value, on, more in facts_of(person, parameters):
        yield [
            person.nip, key, value, on.isoformat(), more.get("ends", ""), "", "", more.get("count", ""),
            _SOURCES.get(key, "SIASN"), more.get("document", ""), more.get("number", ""),
        ]  # fmt: skip


def facts_of(person: DemoPerson, parameters: Parameters) -> Iterator[tuple[str, object, date, dict[str, object]]]:
    """(key, value, day, further cells). A missing assessment is missing, not zero."""
    rng = Random(f"{parameters.seed}/talent/{person.index}")
    ability = rng.gauss(0, 1) + (0.5 if person.is_head else 0)
    last_year_ends = date(parameters.today.year - 1, 12, 31)
    checked_on = parameters.today - timedelta(days=45)
    if person.employed_on <= last_year_ends:
        yield "predikat_tahunan", _rating(ability, rng), last_year_ends, {}
        yield "umpan_balik_360", _rating(ability * 0.7, rng), last_year_ends, {"count": rng.randint(3, 9)}
    yield "penghargaan", *_award(ability, rng, checked_on), {}
    yield "tim_kerja", *_team(ability, rng, checked_on), {}
    if rng.random() < (0.55 if person.employment == PPPK_PARUH_WAKTU else 0.86):
        assessed_on = checked_on - timedelta(days=rng.randint(20, 800))
        yield "kompetensi_jpm", round(min(105, max(45, 79 + 8 * ability + rng.gauss(0, 5))), 1), assessed_on, {}
        yield "potensi_8", round(min(40, max(12, 29 + 3.4 * ability + rng.gauss(0, 2.4)))), assessed_on, {}
    yield from _certificates(person, ability, rng, checked_on)
    yield "kesesuaian_ilmu", "SESUAI" if rng.random() < 0.8 else "TIDAK_SESUAI", checked_on, {}
    yield _discipline(rng, checked_on)


def _rating(ability: float, rng: Random) -> str:
    score = ability + rng.gauss(0, 0.6)
    place = sum(score > limit for limit in (-3.1, -2.5, -1.9, 1.0))
    return _RATINGS[place]


def _award(ability: float, rng: Random, checked_on: date) -> tuple[str, date]:
    if rng.random() > 0.10 + 0.08 * max(0, ability):
        return EMPTY, checked_on
    return rng.choices(_AWARDS, (6, 3, 1))[0], checked_on - timedelta(days=rng.randint(60, 1_500))


def _team(ability: float, rng: Random, checked_on: date) -> tuple[str, date]:
    if rng.random() > 0.34 + 0.12 * max(0, ability):
        return EMPTY, checked_on
    place = min(3, max(0, round(0.8 + 0.8 * ability + rng.gauss(0, 0.7))))
    return _TEAMS[place], checked_on - timedelta(days=rng.randint(30, 600))


def _certificates(
    person: DemoPerson, ability: float, rng: Random, checked_on: date
) -> Iterator[tuple[str, object, date, dict]]:
    count = max(0, round(2.4 + 1.6 * ability + rng.gauss(0, 1.2)))
    if not count:
        yield "pengembangan", EMPTY, checked_on, {}
    for number in range(min(count, 9)):
        on = checked_on - timedelta(days=rng.randint(10, 1_600))
        yield "pengembangan", "SERTIFIKAT", on, {"number": f"S-{person.index}-{number + 1}"}


def _discipline(rng: Random, checked_on: date) -> tuple[str, object, date, dict[str, object]]:
    chance = rng.random()
    if chance > 0.03:
        return "hukdis", EMPTY, checked_on, {}
    level = "RINGAN" if chance > 0.01 else "SEDANG" if chance > 0.002 else "BERAT"
    on = checked_on - timedelta(days=rng.randint(30, 1_400))
    return "hukdis", level, on, {"ends": (on + timedelta(days=365)).isoformat(), "number": f"SK-{on:%Y%m%d}"}
