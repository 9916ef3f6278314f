"""The worked examples of the sources: each number there must come out of our engine."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from talent.rules.angka_kredit import accumulated, credit_of
from talent.rules.grid import BOX_OF, ROWS_FROM_TOP, box_of
from talent.rules.numbers import round_half_up
from talent.rules.predikat import pattern_warnings, predikat_of
from talent.rules.scoring import cut, score
from tests.talent.rules.kit import facts, rec, scored, shipped

GOLDEN = json.loads((Path(__file__).parents[1] / "golden_talent.json").read_text(), parse_float=str)
PUBLISHED = {case["id"]: case for case in GOLDEN["published_worked_examples"]}
KEYS_411 = {
    "predikat": "predikat_tahunan",
    "kompetensi": "kompetensi_jpm",
    "potensi": "potensi_8",
    "integritas": "hukdis",
}


@pytest.mark.parametrize("cell", GOLDEN["grid"]["cells"], ids=lambda c: f"{c['kinerja']} x {c['potensial']}")
def test_box_numbers_run_along_the_diagonal(cell):
    assert box_of(cell["kinerja"], cell["potensial"]) == cell["kotak"]


def test_every_cell_has_one_number_and_rows_read_479_258_136():
    assert sorted(BOX_OF.values()) == list(range(1, 10))
    assert ROWS_FROM_TOP == ((4, 7, 9), (2, 5, 8), (1, 3, 6))


@pytest.mark.parametrize(
    "cell", GOLDEN["predikat_matrix"]["cells"], ids=lambda c: f"{c['hasil_kerja']} x {c['perilaku']}"
)
def test_predikat_matrix(cell):
    assert predikat_of(cell["hasil_kerja"], cell["perilaku"]) == cell["predikat"]


@pytest.mark.parametrize("case", GOLDEN["threshold_cases"]["cases"], ids=lambda c: f"value {c['nilai']}")
@pytest.mark.parametrize("code", ["BKN-411", "DJBK", "DAERAH"])
def test_cuts_include_their_lower_edge(code, case):
    value = Decimal(str(case["nilai"]))

    assert cut(shipped(code).y.category, "y", value) == case["kategori_y"]
    assert cut(shipped(code).x.category, "x", value) == case["kategori_x"]


@pytest.mark.parametrize("case", GOLDEN["bkn411_cases"], ids=lambda c: c["id"])
def test_bkn_411(case):
    points = {KEYS_411.get(k, k): v for k, v in {**case["inputs"]["y"], **case["inputs"]["x"]}.items()}
    expected = case["expected"]

    result = score(shipped("BKN-411"), facts(*scored(**points)))

    assert result.y.value == Decimal(expected["nilai_y"])
    assert result.x.value == Decimal(expected["nilai_x"])
    assert result.talent == Decimal(expected["nilai_talenta"])
    assert (result.y.category, result.x.category) == (expected["kategori_y"], expected["kategori_x"])
    assert result.box == expected["kotak"]


def djbk_facts(case):
    given = case["inputs"]
    points = {"potkom": given["potkom"], "pendidikan": 90, "kesesuaian_ilmu": given["kesesuaian_ilmu"]}
    points |= {"pengembangan": given["pengembangan_kompetensi"], "lama_jabatan": given["lama_jabatan"]}
    points |= {"keragaman": given["keragaman"]}
    _word, _, points["hukdis"] = given["hukdis"].partition("=")
    _word, _, points["predikat_tahunan"] = given["predikat"].partition("=")
    return facts(*scored(**points, nondefinitif=given["substansi"]))


@pytest.mark.parametrize("who", ["djbk-iwan", "djbk-mardi"])
def test_djbk_worked_people(who):
    expected = PUBLISHED[who]["expected"]

    result = score(shipped("DJBK"), djbk_facts(PUBLISHED[who]))

    for name, key in [
        ("potkom", "potkom"),
        ("pendidikan", "pendidikan"),
        ("ilmu", "kesesuaian_ilmu"),
        ("pengembangan", "pengembangan"),
        ("pengalaman", "pengalaman"),
        ("integritas", "hukdis"),
    ]:
        shown = result.x.node(key).contribution
        assert abs(shown - Fraction(str(expected["kontribusi"][name]))) < Fraction(1, 10**9)
    assert abs(result.x.exact - Fraction(expected["nilai_x"])) < Fraction(1, 10**9)
    assert result.y.exact == expected["nilai_y"]
    assert abs(result.talent_exact - Fraction(expected["nilai_talenta"])) < Fraction(1, 10**9)
    assert result.box == expected["kotak"]


def test_djbk_talent_is_rounded_once_from_the_exact_axes():
    result = score(shipped("DJBK"), djbk_facts(PUBLISHED["djbk-iwan"]))

    assert result.talent == Decimal("86.79")


def test_mardi_has_more_talent_than_iwan_and_still_stands_behind_him():
    from talent.rules.ranking import rank

    people = [djbk_facts(PUBLISHED["djbk-mardi"]), djbk_facts(PUBLISHED["djbk-iwan"])]
    results = [score(shipped("DJBK"), person) for person in people]

    assert results[0].talent > results[1].talent
    assert rank(shipped("DJBK"), people, results) == [1, 0]


def test_daerah_shuts_out_a_person_who_serves_a_sanction_whatever_the_score():
    leaves = ["pemenuhan_jam", "penghargaan", "tim_kerja", "umpan_balik_360", "kompetensi_jpm", "pengembangan"]
    leaves += ["pengalaman", "potensi_8", "pendidikan", "kesesuaian_ilmu", "penghargaan_inovasi"]
    from datetime import date

    result = score(
        shipped("DAERAH"),
        facts(
            *scored(**dict.fromkeys(leaves, 100)),
            rec("predikat_tahunan", "SANGAT_BAIK", date(2025, 12, 31)),
            rec("status_kepegawaian", "PNS"),
            rec("hukdis", "BERAT", date(2026, 3, 1)),
        ),
    )

    assert result.x.value == Decimal("85.00")
    assert (result.y.category, result.x.category) == ("DIATAS", "TINGGI")
    assert result.box is None
    assert ("GATE", "gerbang_hukuman_berjalan") in [(reason.code, reason.key) for reason in result.unmapped]


@pytest.mark.parametrize(
    "case", GOLDEN["distribusi_predikat"]["cases"], ids=lambda c: f"{c['organisasi']} {c['hitung']}"
)
def test_distribution_pattern(case):
    warnings = pattern_warnings(case["organisasi"], case["hitung"])

    assert (not warnings) is case["ok"]


def test_pattern_warning_names_what_departs():
    (warning,) = pattern_warnings("BAIK", {"SANGAT_BAIK": 20, "BAIK": 75, "BUTUH_PERBAIKAN": 5})

    assert (warning.code, warning.predikat, warning.counted, warning.people, warning.limit) == (
        "AT_MOST",
        ("BAIK",),
        75,
        100,
        70,
    )
    assert pattern_warnings("BAIK", {}) == []


@pytest.mark.parametrize("name", ["ak-tahunan", "ak-periodik"])
def test_angka_kredit(name):
    given = PUBLISHED[name]["inputs"]

    credit = credit_of(given["predikat"], Fraction(given["koefisien"]), given["bulan"])

    assert credit == Decimal(PUBLISHED[name]["expected"]["angka_kredit"])


def test_angka_kredit_adds_up():
    case = PUBLISHED["ak-akumulasi"]

    assert accumulated([Decimal(part) for part in case["inputs"]["parts"]]) == Decimal(case["expected"]["angka_kredit"])


@pytest.mark.parametrize("months", [0, 13])
def test_angka_kredit_refuses_impossible_months(months):
    with pytest.raises(ValueError, match="1 to 12"):
        credit_of("BAIK", Fraction(5), months)


def test_mean_of_months_is_rounded_half_up():
    case = PUBLISHED["bps-kipapp"]
    months = [Fraction(value) for value in case["inputs"]["bulanan"]]

    assert round_half_up(sum(months) / 3) == Decimal(case["expected"]["rata_rata"])
