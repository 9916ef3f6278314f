"""The positions of the invented regency: who may hold them, with which education, and how they grow with service."""

from dataclasses import dataclass

STRUKTURAL, FUNGSIONAL, PELAKSANA = "STRUKTURAL", "FUNGSIONAL", "PELAKSANA"
# How the level of a functional position grows with full years of service: expertise and skill are separate ladders.
EXPERTISE = ((0, "Ahli Pertama"), (9, "Ahli Muda"), (20, "Ahli Madya"))
SKILL = ((0, "Terampil"), (8, "Mahir"), (17, "Penyelia"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One kind of position. `education` and `fields` are drawn from; `ages` bounds the holder's age."""

    name: str
    group: str
    ladder: tuple[tuple[int, str], ...] = ()
    education: tuple[tuple[str, int], ...] = (("S-1/Sarjana", 1),)
    fields: tuple[str, ...] = ("Administrasi Publik",)
    ages: tuple[int, int] = (23, 57)
    pns_only: bool = False

    def name_after(self, years: int) -> str:
        """The name as it stands in the file, with the level reached after `years` of service."""
        reached = [level for from_year, level in self.ladder if years >= from_year]
        return f"{self.name} {reached[-1]}" if reached else self.name


_S1, _S2, _S3, _D3, _SMA, _SMP, _SD = (
    "S-1/Sarjana",
    "S-2",
    "S-3/Doktor",
    "Diploma III/Sarjana Muda",
    "SLTA",
    "SLTP",
    "Sekolah Dasar",
)
_MANAGERS = ("Administrasi Publik", "Ilmu Pemerintahan", "Manajemen", "Ilmu Hukum", "Akuntansi")
_EXPERT = ((_S1, 82), (_S2, 17), (_S3, 1))


def head(name: str, *, rank: str) -> Post:
    """A structural post that leads a unit; `rank` is JPT, ADMINISTRATOR or PENGAWAS."""
    education = {
        "JPT": ((_S2, 80), (_S3, 12), (_S1, 8)),
        "ADMINISTRATOR": ((_S2, 55), (_S1, 45)),
        "PENGAWAS": ((_S1, 75), (_S2, 25)),
    }[rank]
    ages = {"JPT": (47, 58), "ADMINISTRATOR": (41, 56), "PENGAWAS": (36, 56)}[rank]
    return Post(name=name, group=STRUKTURAL, education=education, fields=_MANAGERS, ages=ages, pns_only=True)


def expert(name: str, *fields: str, ages: tuple[int, int] = (24, 57), **more) -> Post:
    return Post(name=name, group=FUNGSIONAL, ladder=EXPERTISE, education=_EXPERT, fields=fields, ages=ages, **more)


def skilled(name: str, *fields: str) -> Post:
    return Post(name=name, group=FUNGSIONAL, ladder=SKILL, education=((_D3, 1),), fields=fields, ages=(22, 57))


POLICY_ANALYST = expert("Analis Kebijakan", "Administrasi Publik", "Ilmu Hukum", "Ekonomi Pembangunan")
OFFICE_EXPERTS = (
    POLICY_ANALYST,
    expert("Analis Sumber Daya Manusia Aparatur", "Manajemen", "Psikologi", "Administrasi Publik"),
    expert("Perencana", "Ekonomi Pembangunan", "Perencanaan Wilayah dan Kota"),
    expert("Pranata Komputer", "Teknik Informatika", "Sistem Informasi"),
    expert("Arsiparis", "Ilmu Perpustakaan", "Ilmu Sejarah"),
    expert("Analis Keuangan Pusat dan Daerah", "Akuntansi", "Manajemen"),
    expert("Statistisi", "Statistika", "Matematika"),
    skilled("Pranata Komputer", "Teknik Informatika"),
    skilled("Arsiparis", "Kearsipan"),
    skilled("Pranata Hubungan Masyarakat", "Hubungan Masyarakat"),
)
AUDITORS = (
    expert("Auditor", "Akuntansi", "Ilmu Hukum"),
    expert("Pengawas Penyelenggaraan Urusan Pemerintahan Daerah", "Ilmu Pemerintahan", "Ilmu Hukum"),
)
OFFICE_STAFF = (
    Post(name="Penelaah Teknis Kebijakan", group=PELAKSANA, fields=("Administrasi Publik", "Manajemen", "Ilmu Hukum")),
    Post(name="Penata Layanan Operasional", group=PELAKSANA, fields=("Manajemen", "Ilmu Komunikasi", "Akuntansi")),
    Post(
        name="Pengolah Data dan Informasi",
        group=PELAKSANA,
        education=((_D3, 1),),
        fields=("Manajemen Informatika", "Akuntansi"),
    ),
    Post(
        name="Pengadministrasi Perkantoran",
        group=PELAKSANA,
        education=((_SMA, 1),),
        fields=("SMA", "SMK"),
        ages=(20, 57),
    ),
    Post(
        name="Operator Layanan Operasional",
        group=PELAKSANA,
        education=((_SMA, 8), (_SMP, 2)),
        fields=("SMA", "SMK"),
        ages=(20, 57),
    ),
    Post(
        name="Pengelola Umum Operasional",
        group=PELAKSANA,
        education=((_SMP, 5), (_SD, 5)),
        fields=("Umum",),
        ages=(22, 57),
    ),
)
STAFF_WEIGHTS = (30, 20, 16, 18, 12, 4)
TEACHER = expert(
    "Guru", "Pendidikan Guru Sekolah Dasar", "Pendidikan Matematika", "Pendidikan Bahasa Indonesia", ages=(24, 59)
)
SCHOOL_HEAD = expert("Guru", "Manajemen Pendidikan", "Pendidikan Guru Sekolah Dasar", ages=(42, 58), pns_only=True)
DOCTOR = Post(
    name="Dokter",
    group=FUNGSIONAL,
    ladder=EXPERTISE,
    education=((_S1, 75), (_S2, 25)),
    fields=("Pendidikan Profesi Dokter",),
    ages=(27, 58),
)
SENIOR_DOCTOR = Post(
    name="Dokter",
    group=FUNGSIONAL,
    ladder=EXPERTISE,
    education=((_S2, 1),),
    fields=("Kesehatan Masyarakat",),
    ages=(40, 58),
    pns_only=True,
)
NURSE = expert("Perawat", "Keperawatan")
SKILLED_NURSE = skilled("Perawat", "Keperawatan")
MIDWIFE = skilled("Bidan", "Kebidanan")
HEALTH = (
    DOCTOR,
    NURSE,
    SKILLED_NURSE,
    MIDWIFE,
    expert("Apoteker", "Farmasi"),
    skilled("Pranata Laboratorium Kesehatan", "Analis Kesehatan"),
    skilled("Nutrisionis", "Gizi"),
    skilled("Perekam Medis", "Rekam Medis"),
)
HEALTH_WEIGHTS = (10, 22, 30, 20, 5, 6, 4, 3)
GUARDS = (
    skilled("Polisi Pamong Praja", "Ilmu Pemerintahan"),
    expert("Polisi Pamong Praja", "Ilmu Hukum", "Ilmu Pemerintahan"),
)
GUARD_WEIGHTS = (75, 25)
TEAM_LEADER = expert("Analis Kebijakan", "Administrasi Publik", "Manajemen", ages=(35, 56), pns_only=True)
