"""What the invented people write into their logs: activities with their output, by kind of work."""

from collections.abc import Sequence
from random import Random

from config.demo.catalogue import STRUKTURAL, Post

# (activity, unit of output, most of it a day, can be done at home)
Line = tuple[str, str, int, bool]
_MANAGERS: Sequence[Line] = (
    ("Memimpin rapat koordinasi bidang", "kegiatan", 2, True),
    ("Memeriksa dan memaraf naskah dinas", "surat", 25, True),
    ("Menyusun bahan paparan untuk pimpinan", "dokumen", 2, True),
    ("Membahas rencana kerja dan anggaran", "kegiatan", 1, True),
    ("Membina staf dan memeriksa hasil kerja", "orang", 8, False),
    ("Menghadiri rapat pembahasan lintas perangkat daerah", "kegiatan", 2, True),
    ("Meninjau pelaksanaan kegiatan di lapangan", "lokasi", 3, False),
)
_OFFICE: Sequence[Line] = (
    ("Menyusun telaahan staf", "dokumen", 2, True),
    ("Mengolah data laporan bulanan", "berkas", 12, True),
    ("Menyusun konsep surat keluar", "surat", 8, True),
    ("Memutakhirkan basis data kegiatan", "data", 60, True),
    ("Mengarsipkan dokumen kegiatan", "berkas", 30, False),
    ("Menyiapkan bahan rapat", "berkas", 4, True),
    ("Melayani konsultasi perangkat daerah", "orang", 6, False),
    ("Memeriksa kelengkapan berkas pertanggungjawaban", "berkas", 15, True),
    ("Menyusun notula rapat", "dokumen", 2, True),
    ("Menginput realisasi kegiatan ke aplikasi", "data", 40, True),
)
_ICT: Sequence[Line] = (
    ("Mengembangkan modul aplikasi layanan", "modul", 2, True),
    ("Menangani laporan gangguan jaringan", "tiket", 6, False),
    ("Menguji fitur aplikasi sebelum rilis", "skenario", 20, True),
    ("Memantau kinerja peladen", "laporan", 2, True),
    ("Menyusun dokumentasi teknis", "dokumen", 2, True),
)
_TEACHERS: Sequence[Line] = (
    ("Mengajar tatap muka di kelas", "jam pelajaran", 8, False),
    ("Menyusun rencana pelaksanaan pembelajaran", "dokumen", 2, True),
    ("Memeriksa hasil tugas siswa", "berkas", 35, True),
    ("Membimbing kegiatan ekstrakurikuler", "kegiatan", 1, False),
    ("Melaksanakan penilaian harian", "kelas", 2, False),
)
_HEALTH: Sequence[Line] = (
    ("Melayani pemeriksaan pasien", "pasien", 30, False),
    ("Melakukan asuhan keperawatan", "pasien", 15, False),
    ("Mengisi rekam medis elektronik", "berkas", 30, False),
    ("Melaksanakan penyuluhan kesehatan", "kegiatan", 1, False),
    ("Menyiapkan obat dan alat kesehatan", "resep", 40, False),
)
_FIELD: Sequence[Line] = (
    ("Patroli ketertiban umum", "lokasi", 6, False),
    ("Penertiban pelanggaran peraturan daerah", "kasus", 4, False),
    ("Pengamanan kegiatan pemerintah daerah", "kegiatan", 2, False),
    ("Menyusun laporan pelaksanaan tugas", "laporan", 2, True),
)
_AUDIT: Sequence[Line] = (
    ("Melaksanakan pemeriksaan pada perangkat daerah", "berkas", 12, False),
    ("Menyusun kertas kerja pemeriksaan", "dokumen", 3, True),
    ("Menyusun laporan hasil pemeriksaan", "laporan", 1, True),
    ("Memantau tindak lanjut temuan", "temuan", 8, True),
)
_BY_NAME = (
    ("Guru", _TEACHERS), ("Dokter", _HEALTH), ("Perawat", _HEALTH), ("Bidan", _HEALTH), ("Apoteker", _HEALTH),
    ("Pranata Laboratorium", _HEALTH), ("Nutrisionis", _HEALTH), ("Perekam Medis", _HEALTH), ("Polisi", _FIELD),
    ("Auditor", _AUDIT), ("Pengawas Penyelenggaraan", _AUDIT), ("Pranata Komputer", _ICT),
)  # fmt: skip
REASONS_TO_RETURN = (
    "Hasil belum disebutkan, mohon dilengkapi.",
    "Bukti tidak dapat dibuka.",
    "Uraian terlalu umum; sebutkan kegiatan yang dimaksud.",
    "Waktu tidak sesuai dengan jadwal rapat.",
)
REASONS_TO_REJECT = ("Bukan tugas pada hari tersebut.", "Kegiatan ini sudah dilaporkan pada hari sebelumnya.")


def lines_of(post: Post) -> Sequence[Line]:
    if post.group == STRUKTURAL:
        return _MANAGERS
    return next((lines for name, lines in _BY_NAME if post.name.startswith(name)), _OFFICE)


def pick(post: Post, rng: Random) -> tuple[str, str, int, bool]:
    """One activity with an amount of its output."""
    activity, unit, most, at_home = rng.choice(lines_of(post))
    return activity, unit, rng.randint(max(1, most // 3), most), at_home
