"""Units of the invented regency that are not shaped like a dinas: secretariat, hospital, schools, districts."""

from config.demo import catalogue as posts
from config.demo.tree import DemoUnit, Office, chief, department, section, words


def secretariat(office: Office, root: DemoUnit, size: int) -> DemoUnit:
    start = len(office.units)
    top = office.unit(
        root,
        "Sekretariat Daerah",
        "SECRETARIAT",
        posts.head("Sekretaris Daerah", rank="JPT"),
        is_perangkat_daerah=True,
        has_place=True,
    )
    names = [
        "Umum",
        "Hukum",
        "Organisasi",
        "Pemerintahan",
        "Kesejahteraan Rakyat",
        "Perekonomian",
        "Pengadaan Barang dan Jasa",
    ]
    parts = []
    for name in names[: max(3, min(len(names), size // 9))]:
        parts.append(
            office.unit(top, f"Bagian {name}", "BUREAU", posts.head(f"Kepala Bagian {name}", rank="ADMINISTRATOR"))
        )
    parts.append(section(office, parts[0], "Subbagian Rumah Tangga dan Perlengkapan"))
    office.office_staff(parts, size - office.seats_from(start))
    return top


def inspectorate(office: Office, root: DemoUnit, size: int) -> DemoUnit:
    start = len(office.units)
    top = office.unit(
        root,
        "Inspektorat Daerah",
        "INSPECTORATE",
        posts.head("Inspektur", rank="JPT"),
        is_perangkat_daerah=True,
        has_place=True,
    )
    secretary = office.unit(top, "Sekretariat", "FIELD", posts.head("Sekretaris Inspektorat", rank="ADMINISTRATOR"))
    desk = section(office, secretary, "Subbagian Umum dan Kepegawaian")
    teams = []
    for roman in ["I", "II", "III", "IV"][: 2 if size < 36 else 4]:
        name = f"Inspektur Pembantu Wilayah {roman}"
        teams.append(office.unit(top, name, "FIELD", posts.head(name, rank="ADMINISTRATOR")))
    left = size - office.seats_from(start)
    office.office_staff([desk], left // 4, functional=0.2)
    office.staff(teams, left - left // 4, posts.AUDITORS, [7, 3])
    return top


def hospital(office: Office, root: DemoUnit, size: int, *, name: str) -> DemoUnit:
    """A hospital: wards and emergency in shifts, the rest on office hours."""
    start = len(office.units)
    top = office.unit(
        root,
        name,
        "HOSPITAL",
        posts.head(f"Direktur {name}", rank="JPT"),
        is_perangkat_daerah=True,
        is_direct_service=True,
        has_place=True,
    )
    admin = office.unit(
        top,
        "Bagian Tata Usaha",
        "FIELD",
        posts.head("Kepala Bagian Tata Usaha", rank="ADMINISTRATOR"),
        is_direct_service=False,
    )
    desk = section(office, admin, "Subbagian Umum dan Kepegawaian")
    care = office.unit(top, "Bidang Pelayanan Medik", "FIELD", chief("Bidang Pelayanan Medik"))
    emergency = office.unit(care, "Instalasi Gawat Darurat", "SECTION", posts.SENIOR_DOCTOR, is_shift_work=True)
    clinic = office.unit(care, "Instalasi Rawat Jalan", "SECTION", posts.SENIOR_DOCTOR)
    nursing = office.unit(top, "Bidang Keperawatan", "FIELD", chief("Bidang Keperawatan"))
    flowers = ["Melati", "Anggrek", "Kenanga", "Dahlia", "Teratai", "Cempaka", "Bougenvil", "Flamboyan"]
    wards = [
        office.unit(nursing, f"Ruang Rawat Inap {flower}", "SECTION", _ward_head(), is_shift_work=True)
        for flower in flowers[: max(1, min(len(flowers), size // 60))]
    ]
    left = size - office.seats_from(start)
    office.office_staff([desk], left // 8, functional=0.2)
    office.staff([clinic], left // 6, posts.HEALTH, posts.HEALTH_WEIGHTS)
    office.staff([emergency, *wards], left - left // 8 - left // 6, posts.HEALTH[:4], [8, 34, 40, 18])
    return top


def _ward_head() -> posts.Post:
    return posts.expert("Perawat", "Keperawatan", ages=(38, 56), pns_only=True)


def district(office: Office, root: DemoUnit, size: int, *, name: str) -> DemoUnit:
    start = len(office.units)
    top = office.unit(
        root,
        f"Kecamatan {name}",
        "DISTRICT",
        posts.head(f"Camat {name}", rank="ADMINISTRATOR"),
        is_perangkat_daerah=True,
        has_place=True,
    )
    secretary = office.unit(
        top, "Sekretariat", "FIELD", posts.head(f"Sekretaris Kecamatan {name}", rank="ADMINISTRATOR")
    )
    desk = section(office, secretary, "Subbagian Umum dan Kepegawaian")
    service = office.unit(
        top,
        "Seksi Pelayanan Umum",
        "SECTION",
        posts.head("Kepala Seksi Pelayanan Umum", rank="PENGAWAS"),
        is_direct_service=True,
    )
    order = section(office, top, "Seksi Pemerintahan dan Ketertiban")
    for number in range(max(0, (size - 20) // 8)):
        village = f"Kelurahan {name} {['Wetan', 'Kulon', 'Kaler', 'Kidul', 'Tengah'][number % 5]}"
        leader = posts.head(f"Lurah {name} {village.split()[-1]}", rank="PENGAWAS")
        if number < 5:
            unit = office.unit(top, village, "VILLAGE", leader, is_direct_service=True, has_place=True)
            office.staff([unit], 4, posts.OFFICE_STAFF, posts.STAFF_WEIGHTS)
    office.office_staff([service, desk, order], size - office.seats_from(start), functional=0.2)
    return top


_PLACES = words(
    "Mekarsari Sukamaju Cibungur Pasirhuni Tanjungjaya Wanasari Kertajaya Cikembang Sindangsari Margaluyu Cipeundeuy "
    "Rancamanyar Pagerwangi Cilengkrang Sukatani Jatimekar Karangpaninggal Bojongsari Cihideung Girimukti"
)


def health_department(office: Office, root: DemoUnit, size: int) -> DemoUnit:
    """Dinas Kesehatan: the office, and puskesmas with doctors, nurses and midwives."""
    own = min(size, max(24, size // 4))
    top = department(
        office,
        root,
        own,
        name="Dinas Kesehatan",
        short="Dinas Kesehatan",
        fields=["Bidang Kesehatan Masyarakat", "Bidang Pelayanan Kesehatan", "Bidang Pencegahan Penyakit"],
        staffed_by=(posts.HEALTH[1:], posts.HEALTH_WEIGHTS[1:]),
    )
    left = size - own
    count = max(1, round(left / 32))
    for number in range(count):
        share = left // count + (number < left % count)
        place = _PLACES[number % len(_PLACES)] + ("" if number < len(_PLACES) else f" {number // len(_PLACES) + 1}")
        centre = office.unit(
            top, f"UPTD Puskesmas {place}", "HEALTH_CENTRE", posts.SENIOR_DOCTOR, is_direct_service=True, has_place=True
        )
        if share > 8:
            desk = section(office, centre, "Subbagian Tata Usaha")
            office.office_staff([desk], max(1, share // 10), functional=0)
            share -= max(1, share // 10) + 1
        office.staff([centre], share - 1, posts.HEALTH, posts.HEALTH_WEIGHTS)
    return top


def education_department(office: Office, root: DemoUnit, size: int) -> DemoUnit:
    """Dinas Pendidikan: the office, and by far most of its people in schools."""
    own = min(size, max(24, min(120, size // 6)))
    top = department(
        office,
        root,
        own,
        name="Dinas Pendidikan",
        short="Dinas Pendidikan",
        fields=["Bidang Pembinaan Sekolah Dasar", "Bidang Pembinaan SMP", "Bidang Ketenagaan"],
    )
    left, numbers = size - own, {"SMP": 0, "SD": 0}
    while left > 0:
        level, share = ("SMP", 32) if numbers["SD"] >= 3 * (numbers["SMP"] + 1) else ("SD", 14)
        share = left if left - share < 8 else share
        numbers[level] += 1
        number = numbers[level]
        name = f"{level} Negeri {number // len(_PLACES) + 1} {_PLACES[number % len(_PLACES)]}"
        school = office.unit(top, name, "SCHOOL", posts.SCHOOL_HEAD, is_direct_service=True, has_place=True)
        staff = share // 6
        office.staff([school], share - 1 - staff, [posts.TEACHER], [1])
        office.staff([school], staff, posts.OFFICE_STAFF, posts.STAFF_WEIGHTS)
        left -= share
    return top
