"""The perangkat daerah of the invented regency, scaled to a number of people, with a seat for each of them."""

import math
from collections.abc import Sequence
from random import Random

from config.demo import catalogue as posts
from config.demo.parameters import REGENCY
from config.demo.services import (
    district,
    education_department,
    health_department,
    hospital,
    inspectorate,
    secretariat,
)
from config.demo.tree import DemoUnit, Office, department

ROOT_NAME = f"Pemerintah {REGENCY}"


def _guards(office: Office, root: DemoUnit, size: int) -> DemoUnit:
    return department(
        office,
        root,
        size,
        name="Satuan Polisi Pamong Praja",
        short="Satuan",
        kind="OFFICE",
        head="Kepala Satuan Polisi Pamong Praja",
        direct=["Bidang Ketertiban Umum"],
        fields=["Bidang Ketertiban Umum", "Bidang Penegakan Perda", "Bidang Linmas"],
        staffed_by=(posts.GUARDS, posts.GUARD_WEIGHTS),
    )


def _licensing(office: Office, root: DemoUnit, size: int) -> DemoUnit:
    return department(
        office,
        root,
        size,
        name="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        short="DPMPTSP",
        fields=["Bidang Pelayanan Perizinan", "Bidang Penanaman Modal", "Bidang Pengaduan dan Informasi"],
        direct=["Bidang Pelayanan Perizinan"],
        sections=["Loket Perizinan Berusaha", "Loket Perizinan Nonberusaha", "Loket Informasi"][
            : 2 if size < 30 else 3
        ],
    )


def _badan(name: str, short: str, *topics: str, sections: Sequence[str] = (), direct: Sequence[str] = ()):
    def grow(office: Office, root: DemoUnit, size: int) -> DemoUnit:
        kind = "AGENCY" if name.startswith("Badan") else "DEPARTMENT"
        return department(
            office,
            root,
            size,
            name=name,
            short=short,
            fields=[f"Bidang {topic}" for topic in topics],
            kind=kind,
            sections=sections,
            direct=direct,
        )

    return grow


def _dinas(topic: str, *topics: str, direct: Sequence[str] = (), sections: Sequence[str] = ()):
    return _badan(f"Dinas {topic}", f"Dinas {topic}", *topics, direct=direct, sections=sections)


# (how much of the people outside schools, how it grows); taken from the top until the people are too few for more.
_PERANGKAT_DAERAH = [
    (6, secretariat),
    (4, inspectorate),
    (
        5,
        _badan(
            "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
            "BKPSDM",
            "Mutasi dan Promosi",
            "Pengembangan Kompetensi",
            "Penilaian Kinerja",
            sections=["Seksi Kepangkatan", "Seksi Promosi dan Manajemen Talenta"],
        ),
    ),
    (15, health_department),
    (14, lambda office, root, size: hospital(office, root, size, name="RSUD Cakra Husada")),
    (6, _licensing),
    (
        5,
        _dinas(
            "Komunikasi dan Informatika",
            "Aplikasi Informatika",
            "Informasi Publik",
            "Statistik dan Persandian",
            sections=["Seksi Tata Kelola", "Seksi Pengembangan Aplikasi"],
        ),
    ),
    (5, _guards),
    (3.4, lambda office, root, size: district(office, root, size, name="Mekarsari")),
    (
        5,
        _dinas(
            "Kependudukan dan Pencatatan Sipil",
            "Pelayanan Pendaftaran Penduduk",
            "Pencatatan Sipil",
            "Pemanfaatan Data",
            direct=["Bidang Pelayanan Pendaftaran Penduduk"],
            sections=["Loket Kartu Tanda Penduduk", "Loket Kartu Keluarga"],
        ),
    ),
    (
        4.5,
        _dinas(
            "Sosial",
            "Rehabilitasi Sosial",
            "Perlindungan dan Jaminan Sosial",
            "Pemberdayaan Sosial",
            sections=["Seksi Rehabilitasi Anak", "Seksi Rehabilitasi Lansia"],
        ),
    ),
    (3.4, lambda office, root, size: district(office, root, size, name="Sukamaju")),
    (5, _badan("Badan Perencanaan Pembangunan Daerah", "Bappeda", "Perencanaan Makro", "Ekonomi", "Infrastruktur")),
    (5, _dinas("Perhubungan", "Lalu Lintas", "Angkutan", "Prasarana")),
    (7, _dinas("Pekerjaan Umum dan Penataan Ruang", "Bina Marga", "Sumber Daya Air", "Cipta Karya", "Tata Ruang")),
    (
        6,
        _badan(
            "Badan Pendapatan Daerah",
            "Bapenda",
            "Pajak Daerah",
            "Penagihan",
            "Pengendalian",
            direct=["Bidang Pajak Daerah"],
        ),
    ),
    (5, _badan("Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD", "Anggaran", "Perbendaharaan", "Aset")),
    (5, _dinas("Lingkungan Hidup", "Pengelolaan Sampah", "Tata Lingkungan", "Pengendalian Pencemaran")),
    (4, _dinas("Tenaga Kerja dan Transmigrasi", "Penempatan Tenaga Kerja", "Pelatihan", "Hubungan Industrial")),
    (
        4,
        _dinas(
            "Perpustakaan dan Kearsipan", "Layanan Perpustakaan", "Kearsipan", direct=["Bidang Layanan Perpustakaan"]
        ),
    ),
    (4, _badan("Badan Penanggulangan Bencana Daerah", "BPBD", "Kesiapsiagaan", "Kedaruratan", "Rehabilitasi")),
    (3.4, lambda office, root, size: district(office, root, size, name="Cibungur")),
    (5, _dinas("Pertanian dan Ketahanan Pangan", "Tanaman Pangan", "Peternakan", "Penyuluhan")),
    (4, _dinas("Koperasi, Usaha Kecil dan Perdagangan", "Koperasi", "Usaha Kecil", "Perdagangan")),
    (4, _dinas("Pariwisata dan Kebudayaan", "Destinasi", "Pemasaran", "Kebudayaan")),
    (4, _dinas("Perumahan dan Kawasan Permukiman", "Perumahan", "Kawasan Permukiman")),
    (4, _dinas("Pemberdayaan Masyarakat dan Desa", "Pemerintahan Desa", "Usaha Ekonomi Desa")),
    (4, _dinas("Pengendalian Penduduk dan Keluarga Berencana", "Keluarga Berencana", "Ketahanan Keluarga")),
    (3.4, lambda office, root, size: district(office, root, size, name="Tanjungjaya")),
    (3, _dinas("Pemuda dan Olahraga", "Kepemudaan", "Keolahragaan")),
    (3, _badan("Badan Kesatuan Bangsa dan Politik", "Bakesbangpol", "Ideologi", "Politik Dalam Negeri")),
    (9, lambda office, root, size: hospital(office, root, size, name="RSUD Cakra Medika")),
    *[
        (3.4, lambda office, root, size, place=place: district(office, root, size, name=place))
        for place in (
            "Wanasari",
            "Kertajaya",
            "Cikembang",
            "Sindangsari",
            "Margaluyu",
            "Cipeundeuy",
            "Rancamanyar",
            "Pagerwangi",
            "Sukatani",
            "Jatimekar",
            "Bojongsari",
            "Girimukti",
        )
    ],
]
_PEOPLE_A_PERANGKAT_DAERAH = 33
_FEWEST_PERANGKAT_DAERAH = 7
_SMALLEST = 14


def school_share(people: int) -> float:
    """A fifth of the people in a small office, seven of ten in the largest, as published for a province."""
    return min(0.7, 0.2 + 0.5 * max(0.0, math.log(people / 600)) / math.log(37_000 / 600))


def grow_office(people: int, rng: Random) -> list[DemoUnit]:
    """Units with exactly `people` seats, parents before children."""
    office = Office(rng)
    root = office.unit(None, ROOT_NAME, "INSTITUTION")
    in_schools = round(people * school_share(people))
    left = people - in_schools
    count = max(_FEWEST_PERANGKAT_DAERAH, min(len(_PERANGKAT_DAERAH), left // _PEOPLE_A_PERANGKAT_DAERAH))
    chosen = _PERANGKAT_DAERAH[:count]
    total = sum(weight for weight, _grow in chosen)
    sizes = [max(_SMALLEST, int(left * weight / total)) for weight, _grow in chosen]
    for number, (_weight, grow) in enumerate(chosen):
        grow(office, root, sizes[number])
        if number == 2:
            education_department(office, root, people - sum(sizes) if people > sum(sizes) + 30 else 30)
    _settle(office, people)
    return office.units


def _settle(office: Office, people: int) -> None:
    """Make the number of seats exact: small offices round up, so the last seats of the largest units go again."""
    surplus = office.seats_from(0) - people
    order = sorted(office.units, key=lambda unit: -len(unit.seats))
    while surplus > 0:
        for unit in order:
            if surplus and len(unit.seats) > 2 and not unit.seats[-1][1]:
                unit.seats.pop()
                surplus -= 1
        order.sort(key=lambda unit: -len(unit.seats))
    if surplus < 0:
        office.office_staff([unit for unit in order if unit.seats][:20], -surplus)
