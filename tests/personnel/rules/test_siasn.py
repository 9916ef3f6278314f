from datetime import date

import pytest

from personnel.rules.nip import NipGender
from personnel.rules.siasn import (
    PURPOSES,
    REASONS,
    EmploymentKind,
    PositionGroup,
    employment_of,
    gender_of,
    is_active,
    position_group_of,
    read_siasn,
    readable_name,
)

TODAY = date(2026, 11, 18)
COLUMNS = [
    "PNS ID", "NIP BARU", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TANGGAL LAHIR", "JENIS KELAMIN", "AGAMA NAMA",
    "NIK", "JENIS PEGAWAI NAMA", "KEDUDUKAN HUKUM NAMA", "STATUS CPNS PNS", "TMT CPNS", "TMT PNS", "GOL AKHIR NAMA",
    "TMT GOLONGAN", "JENIS JABATAN NAMA", "JABATAN NAMA", "TMT JABATAN", "TINGKAT PENDIDIKAN NAMA", "PENDIDIKAN NAMA",
    "TAHUN LULUS", "UNOR ID", "UNOR NAMA",
]  # fmt: skip
SITI = {
    "NIP BARU": "198503152010062004",
    "NAMA": "SITI AMINAH",
    "GELAR BELAKANG": "S.Sos., M.Si.",
    "TANGGAL LAHIR": "15-03-1985",
    "JENIS KELAMIN": "F",
    "AGAMA NAMA": "Islam",
    "NIK": "'3215",
    "KEDUDUKAN HUKUM NAMA": "Aktif",
    "STATUS CPNS PNS": "PNS",
    "TMT CPNS": "2010-06-01",
    "TMT PNS": "01-07-2011",
    "GOL AKHIR NAMA": "III/c",
    "TMT GOLONGAN": 43556.0,
    "JENIS JABATAN NAMA": "PELAKSANA",
    "JABATAN NAMA": "Penelaah Teknis Kebijakan",
    "TMT JABATAN": "2021-01-04",
    "TINGKAT PENDIDIKAN NAMA": "S-2",
    "PENDIDIKAN NAMA": "S-2 Administrasi Publik",
    "TAHUN LULUS": 2018.0,
    "UNOR ID": "A8ACA7",
    "UNOR NAMA": "Subbagian Umum - Sekretariat - Dinas Sosial",
}
BUDI = {
    **SITI,
    "NIP BARU": "199204102023211012",
    "NAMA": "BUDI SANTOSA",
    "TANGGAL LAHIR": "1992-04-10",
    "JENIS KELAMIN": "M",
    "KEDUDUKAN HUKUM NAMA": "PPPK Aktif",
    "STATUS CPNS PNS": "-",
    "TMT CPNS": "-",
    "TMT PNS": "-",
    "GOL AKHIR NAMA": "IX",
    "TMT JABATAN": "2023-04-01",
    "UNOR NAMA": "Seksi Data - Bidang Rehabilitasi - Dinas Sosial",
}


def table(*people, columns=COLUMNS, above=()):
    return [*above, columns, *([person.get(name) for name in COLUMNS] for person in people)]


def read(*people, **options):
    return read_siasn(table(*people, **options), today=TODAY)


def test_a_row_becomes_a_person_with_the_path_from_the_top():
    reading = read(SITI, BUDI)

    siti = reading.people[0]
    assert (siti.row, siti.nip, siti.name, siti.title_after) == (
        2,
        "198503152010062004",
        "Siti Aminah",
        "S.Sos., M.Si.",
    )
    assert (siti.birth_on, siti.gender, siti.employment) == (date(1985, 3, 15), NipGender.FEMALE, EmploymentKind.PNS)
    assert (siti.employed_on, siti.grade, siti.grade_on) == (date(2010, 6, 1), "III/c", date(2019, 4, 1))
    assert (siti.position_group, siti.position) == (PositionGroup.PELAKSANA, "Penelaah Teknis Kebijakan")
    assert (siti.education_level, siti.graduated_year) == ("S-2", 2018)
    assert siti.unit_path == ("Dinas Sosial", "Sekretariat", "Subbagian Umum")
    assert reading.refusals == []
    assert reading.doubts == []


def test_a_pppk_with_dashes_for_the_pns_dates_begins_in_the_year_of_the_nip():
    budi = read(BUDI).people[0]

    assert (budi.employment, budi.grade, budi.employed_on) == (EmploymentKind.PPPK, "IX", date(2023, 1, 1))


@pytest.mark.parametrize(
    ("columns", "above"),
    [
        pytest.param([f"  {name.lower()} " for name in COLUMNS], (), id="stray spaces and lower case"),
        pytest.param([name.replace(" ", "_") for name in COLUMNS], (), id="underscores"),
        pytest.param([name.title() + " :" for name in COLUMNS], (), id="mixed case and a colon"),
        pytest.param(COLUMNS, (["DAFTAR PEGAWAI"], [], ["Keadaan 1 November 2026"]), id="a title above the header"),
        pytest.param([*COLUMNS, "CATATAN", "NAMA"], (), id="extra columns, one of them a repeated name"),
    ],
)
def test_the_header_is_found(columns, above):
    reading = read(SITI, columns=columns, above=above)

    assert [person.name for person in reading.people] == ["Siti Aminah"]
    assert reading.header is not None
    assert reading.header.row == len(above) + 1


def test_missing_columns_that_are_not_needed_leave_their_facts_to_the_nip():
    needed = ["NIP BARU", "NAMA", "JABATAN NAMA", "UNOR NAMA"]
    reading = read_siasn([needed, [SITI[name] for name in needed]], today=TODAY)

    person = reading.people[0]
    assert (person.birth_on, person.gender, person.employed_on) == (
        date(1985, 3, 15),
        NipGender.FEMALE,
        date(2010, 6, 1),
    )
    assert reading.header is not None
    assert "TANGGAL LAHIR" in reading.header.missing


def test_a_file_without_a_header_is_refused_as_a_whole():
    reading = read_siasn([["a", "b"]] * 40, today=TODAY)

    assert [(refusal.row, refusal.code) for refusal in reading.refusals] == [(0, "file_without_header")]
    assert reading.people == []


def test_columns_without_a_purpose_are_dropped_at_the_door():
    reading = read(SITI)

    assert reading.header is not None
    assert {"AGAMA NAMA", "NIK"} <= set(reading.header.dropped)
    assert "Islam" not in repr(reading.people)
    assert "3215" not in repr(reading.people)
    assert not {"AGAMA NAMA", "JENIS KAWIN NAMA", "NIK", "NPWP NOMOR", "BPJS", "ALAMAT", "NOMOR HP"} & set(PURPOSES)


@pytest.mark.parametrize(
    ("change", "field", "value", "code"),
    [
        pytest.param(
            {"NIP BARU": 1.98503152010062e17}, "NIP BARU", "1.98503152010062e+17", "nip_digits_lost", id="float"
        ),
        pytest.param({"NIP BARU": "1.98503E+17"}, "NIP BARU", "1.98503E+17", "nip_digits_lost", id="float as text"),
        pytest.param({"NIP BARU": None}, "NIP BARU", "None", "nip_empty", id="no NIP"),
        pytest.param({"NIP BARU": "123"}, "NIP BARU", "123", "nip_not_18_digits", id="short NIP"),
        pytest.param({"NAMA": " "}, "NAMA", "", "empty", id="no name"),
        pytest.param({"UNOR NAMA": "-"}, "UNOR NAMA", "", "empty", id="no unit"),
        pytest.param({"JABATAN NAMA": None}, "JABATAN NAMA", "", "empty", id="no position"),
        pytest.param({"TANGGAL LAHIR": "31-02-1985"}, "TANGGAL LAHIR", "31-02-1985", "no_such_day", id="31 February"),
        pytest.param({"TMT JABATAN": "segera"}, "TMT JABATAN", "segera", "not_a_date", id="a word for a date"),
        pytest.param({"TANGGAL LAHIR": "2031-01-01"}, "TANGGAL LAHIR", "2031-01-01", "birth_in_future", id="unborn"),
        pytest.param({"NIP BARU": "NIP BARU"}, "NIP BARU", "NIP BARU", "repeated_header", id="a second header"),
    ],
)
def test_a_row_that_cannot_be_trusted_is_refused_with_its_reason(change, field, value, code):
    reading = read({**SITI, **change}, BUDI)

    refusal = reading.refusals[0]
    assert (refusal.row, refusal.field, refusal.value, refusal.code) == (2, field, value, code)
    assert refusal.reason == REASONS[code]
    assert [person.name for person in reading.people] == ["Budi Santosa"]


def test_the_same_row_twice_is_taken_once():
    reading = read(SITI, SITI)

    assert [person.row for person in reading.people] == [2]
    assert [(refusal.row, refusal.code) for refusal in reading.refusals] == [(3, "duplicate")]


@pytest.mark.parametrize(
    ("first_on", "second_on", "taken", "refused"),
    [
        pytest.param("2021-01-04", "2024-01-02", 3, 2, id="the later position is taken"),
        pytest.param("2024-01-02", "2021-01-04", 2, 3, id="also when it stands first"),
        pytest.param("2024-01-02", "2024-01-02", 2, 3, id="the earlier row when both began together"),
        pytest.param("-", "2019-01-02", 3, 2, id="a known day beats an unknown one"),
    ],
)
def test_of_two_units_the_later_position_is_taken(first_on, second_on, taken, refused):
    first = {**SITI, "TMT JABATAN": first_on}
    second = {**SITI, "TMT JABATAN": second_on, "UNOR NAMA": "Seksi Data - Bidang Rehabilitasi - Dinas Sosial"}
    reading = read(first, second)

    assert [person.row for person in reading.people] == [taken]
    assert [(refusal.row, refusal.code) for refusal in reading.refusals] == [(refused, "second_unit")]


def test_paths_written_from_the_top_are_kept_as_they_are():
    reading = read(
        {**SITI, "UNOR NAMA": "Dinas Sosial - Sekretariat - Subbagian Umum"},
        {**BUDI, "UNOR NAMA": "Dinas Sosial - Bidang Rehabilitasi"},
    )

    assert [person.unit_path[0] for person in reading.people] == ["Dinas Sosial", "Dinas Sosial"]


def test_doubts_warn_and_the_row_is_taken():
    reading = read({**SITI, "TANGGAL LAHIR": "1985-03-16", "STATUS CPNS PNS": "PPPK"})

    assert len(reading.people) == 1
    assert [(doubt.row, doubt.finding.code) for doubt in reading.doubts] == [(2, "birth_differs"), (2, "kind_differs")]


def test_blank_rows_are_passed_over_and_still_counted():
    rows = [COLUMNS, [], [None, "", "-"], [SITI.get(name) for name in COLUMNS]]
    reading = read_siasn(rows, today=TODAY)

    assert [person.row for person in reading.people] == [4]
    assert reading.refusals == []


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        pytest.param({"STATUS CPNS PNS": "CPNS"}, EmploymentKind.CPNS, id="a CPNS"),
        pytest.param({"KEDUDUKAN HUKUM NAMA": "PPPK Aktif"}, EmploymentKind.PPPK, id="PPPK by legal state"),
        pytest.param(
            {"JENIS PEGAWAI NAMA": "PPPK Paruh Waktu"}, EmploymentKind.PPPK_PARUH_WAKTU, id="part-time in words"
        ),
        pytest.param({"GOL AKHIR NAMA": "IX"}, EmploymentKind.PPPK, id="a grade without a slash is PPPK"),
        pytest.param({"GOL AKHIR NAMA": "III/a"}, EmploymentKind.PNS, id="a grade with a slash is PNS"),
        pytest.param({}, EmploymentKind.PNS, id="with nothing at all, PNS"),
    ],
)
def test_employment(texts, kind):
    assert employment_of(texts, nip_kind=None) is kind


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("F", NipGender.FEMALE),
        ("Wanita", NipGender.FEMALE),
        ("P", NipGender.FEMALE),
        ("L", NipGender.MALE),
        ("M", NipGender.MALE),
        ("?", None),
    ],
)
def test_gender(text, gender):
    assert gender_of(text) is gender


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("I MADE SUARDANA", "I Made Suardana", id="capitals become a name"),
        pytest.param("NI'MAH AL-HADAD", "Ni'mah Al-Hadad", id="an apostrophe starts no word, a hyphen does"),
        pytest.param("Siti NURHALIZA", "Siti NURHALIZA", id="a name with small letters is left alone"),
    ],
)
def test_readable_name(text, name):
    assert readable_name(text) == name


def test_legal_state_and_position_group():
    assert is_active("PPPK Aktif")
    assert is_active("")
    assert not is_active("Pemberhentian dengan hormat / Pensiun")
    assert position_group_of("Jabatan Fungsional Umum") is PositionGroup.PELAKSANA
    assert position_group_of("FUNGSIONAL") is PositionGroup.FUNGSIONAL
    assert position_group_of("Struktural") is PositionGroup.STRUKTURAL
    assert position_group_of("") is None
