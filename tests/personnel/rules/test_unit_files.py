from datetime import date

import pytest

from personnel.rules.contracts import read_contracts
from personnel.rules.unit_files import UNIT_COLUMNS, kind_of_name, read_heads, read_units

NIP = "198503152010062004"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Dinas Sosial", "DEPARTMENT"), ("Badan Pendapatan Daerah", "AGENCY"), ("Sekretariat Daerah", "SECRETARIAT"),
        ("Sekretariat", "FIELD"), ("UPTD Puskesmas Mekarsari", "HEALTH_CENTRE"), ("UPTD Metrologi", "TECHNICAL_UNIT"),
        ("SMP Negeri 1 Cibungur", "SCHOOL"), ("RSUD Cakra Husada", "HOSPITAL"), ("Kecamatan Cibungur", "DISTRICT"),
        ("Kelurahan Cibungur Wetan", "VILLAGE"), ("Bagian Hukum", "BUREAU"), ("Loket Informasi", "TEAM"),
        ("Pokja Reformasi", "SECTION"),
    ],
)  # fmt: skip
def test_the_kind_that_a_name_speaks_of(name, kind):
    assert kind_of_name(name) == kind


def unit(**cells):
    return [cells.get(name, "") for name in UNIT_COLUMNS]


def read(**cells):
    return read_units([["Daftar Unit"], [name.title() for name in UNIT_COLUMNS], unit(**cells)])


def test_a_unit_row():
    row = read(
        KODE="1.01", NAMA="Dinas Sosial", JENIS="Dinas", **{"PERANGKAT DAERAH": "ya", "ZONA WAKTU": "wita"},
        LINTANG="-6,835", BUJUR=108.215,
    ).rows[0]  # fmt: skip

    assert (row.row, row.kind, row.is_perangkat_daerah, row.time_zone) == (3, "DEPARTMENT", True, "Asia/Makassar")
    assert (row.latitude, row.longitude, row.radius_metres) == ("-6.835000", "108.215000", 100)
    assert (row.is_direct_service, row.is_shift_work) == (None, None)


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        pytest.param({"KODE": ""}, "KODE", "empty", id="no code"),
        pytest.param({"JENIS": "Istana"}, "JENIS", "unknown_kind", id="an unknown kind"),
        pytest.param({"ZONA WAKTU": "GMT"}, "ZONA WAKTU", "unknown_zone", id="a foreign zone"),
        pytest.param({"KERJA SIF": "mungkin"}, "KERJA SIF", "not_yes_or_no", id="neither yes nor no"),
        pytest.param({"LINTANG": "enam"}, "LINTANG", "not_a_number", id="a word for a number"),
        pytest.param({"LINTANG": "-6.8"}, "BUJUR", "place_incomplete", id="half a place"),
        pytest.param({"RADIUS METER": "jauh"}, "RADIUS METER", "not_a_number", id="a word for a radius"),
        pytest.param({"BERLAKU MULAI": "31-02-2026"}, "BERLAKU MULAI", "no_such_day", id="31 February"),
    ],
)
def test_refused_unit_rows(cells, field, code):
    records = read(**{"KODE": "1", "NAMA": "Dinas", **cells})

    assert [(refusal.row, refusal.field, refusal.code) for refusal in records.refusals] == [(3, field, code)]


def test_heads_definitive_by_default_and_plt_with_a_last_day():
    header = ["Kode Unit", "NIP", "Status", "Mulai", "Sampai", "Dasar"]
    records = read_heads(
        [
            header,
            ["1", "'" + NIP, "", "", "", ""],
            ["1", NIP, "Plt.", "2026-10-01", "31-12-2026", "SP 1"],
            ["1", NIP, "Plh", "", "", ""],
            ["1", NIP, "Pjs", "", "", ""],
            ["1", 1.9e17, "", "", "", ""],
        ]
    )

    assert [(row.kind, row.ends_on) for row in records.rows] == [("SUBSTANTIVE", None), ("PLT", date(2026, 12, 31))]
    assert [refusal.code for refusal in records.refusals] == ["end_missing", "unknown_state", "nip_digits_lost"]


def test_contracts():
    records = read_contracts([["NIP", "Menit per Pekan"], [NIP, 1200.0], [NIP, "59"], ["x", "1200"]])

    assert [(row.weekly_minutes, row.ends_on) for row in records.rows] == [(1200, None)]
    assert [refusal.code for refusal in records.refusals] == ["minutes_out_of_range", "nip_not_18_digits"]


def test_a_file_without_the_needed_columns_is_refused_as_a_whole():
    assert [refusal.code for refusal in read_units([["a", "b"]]).refusals] == ["file_without_header"]
