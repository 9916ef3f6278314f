"""Bands, tables, ratios, lines: what each raw value is worth, edge by edge."""

from fractions import Fraction

import pytest

from talent.rules.mapping import map_value, raw_for
from talent.rules.profile import AsIs, Linear, Ratio, walk
from tests.talent.rules.kit import bands, shipped, table


def mapping_of(code, key):
    profile = shipped(code)
    nodes = [node for name in ("y", "x") for node, _ in walk(profile.axis(name).tree)]
    return next(node.mapping for node in nodes if node.key == key)


YEARS_411 = [(0, 60), ("2.99", 60), (3, 80), ("4.99", 80), (5, 100), (38, 100), (-1, "OUTSIDE_BANDS")]
YEARS_DAERAH = [(0, 60), ("1.99", 60), (2, 80), ("2.5", 80), ("4.5", 80), (5, 100)]
CERTIFICATES = [(0, 0), (1, 25), (3, 25), (4, 50), (5, 50), (6, 75), (7, 75), (8, 100), (40, 100)]


@pytest.mark.parametrize(("years", "points"), YEARS_411)
def test_years_in_post_by_411(years, points):
    assert map_value(mapping_of("BKN-411", "lama_jabatan"), years) == points


@pytest.mark.parametrize(("years", "points"), YEARS_DAERAH)
def test_years_in_post_by_daerah_leave_no_gap_between_two_and_three(years, points):
    assert map_value(mapping_of("DAERAH", "lama_jabatan"), years) == points


@pytest.mark.parametrize(("number", "points"), CERTIFICATES)
@pytest.mark.parametrize("code", ["BKN-411", "DJBK", "DAERAH"])
def test_certificates(code, number, points):
    assert map_value(mapping_of(code, "pengembangan"), number) == points


@pytest.mark.parametrize(
    ("worked", "required", "points"),
    [
        (1000, 1000, 100),
        (900, 1000, 100),
        (8999, 10000, 80),
        (800, 1000, 80),
        (7999, 10000, 60),
        (700, 1000, 60),
        (600, 1000, 40),
        (5999, 10000, 20),
        (0, 1000, 20),
        (2000, 1000, 100),
        (100, 0, "NO_STANDARD"),
        (100, None, "NO_STANDARD"),
    ],
)
def test_attendance_share(worked, required, points):
    assert map_value(mapping_of("DAERAH", "pemenuhan_jam"), worked, required) == points


@pytest.mark.parametrize(
    ("key", "value", "points"),
    [
        ("predikat_tahunan", "SANGAT_BAIK", 100),
        ("predikat_tahunan", "BAIK", 80),
        ("predikat_tahunan", "BUTUH_PERBAIKAN", 60),
        ("predikat_tahunan", "KURANG", 40),
        ("predikat_tahunan", "SANGAT_KURANG", 20),
        ("predikat_tahunan", "Cukup", "NOT_IN_TABLE"),
        ("penghargaan", "NASIONAL", 75),
        ("tim_kerja", "ANGGOTA_INTERNAL", 25),
        ("pendidikan", "S3", 100),
        ("pendidikan", "SLTA", 60),
        ("pendidikan", "SD", "NOT_IN_TABLE"),
        ("kesesuaian_ilmu", "TIDAK_SESUAI", 50),
        ("hukdis", "RINGAN", 75),
        ("hukdis", "SEDANG_MENJALANI", 0),
        ("nondefinitif", "PLH_LEBIH_TINGGI", 40),
        ("potensi_8", 40, 100),
        ("potensi_8", 32, 80),
        ("potensi_8", "32.5", Fraction(325, 4)),
        ("kompetensi_jpm", "104.2", 100),
        ("kompetensi_jpm", "79.99", Fraction("79.99")),
        ("kompetensi_jpm", "tinggi", "NOT_A_NUMBER"),
        ("kompetensi_jpm", None, "NO_VALUE"),
    ],
)
def test_411_values(key, value, points):
    assert map_value(mapping_of("BKN-411", key), value) == points


@pytest.mark.parametrize(
    ("closed", "value", "points"),
    [
        pytest.param("LOW", 0, 1, id="lowest edge belongs"),
        pytest.param("LOW", 10, 2, id="closed low: the seam belongs above"),
        pytest.param("LOW", 20, 2, id="highest edge belongs"),
        pytest.param("LOW", "20.01", "OUTSIDE_BANDS", id="beyond the highest edge"),
        pytest.param("HIGH", 0, 1, id="closed high: lowest edge still belongs"),
        pytest.param("HIGH", 10, 1, id="closed high: the seam belongs below"),
        pytest.param("HIGH", "10.01", 2, id="closed high: just above the seam"),
        pytest.param("HIGH", "-0.01", "OUTSIDE_BANDS", id="below the lowest edge"),
    ],
)
def test_band_edges(closed, value, points):
    assert map_value(bands(0, 1, 10, 2, 20, closed=closed), value) == points


@pytest.mark.parametrize(
    ("mapping", "value", "standard", "points"),
    [
        pytest.param(Ratio(), 45, 30, 150, id="a ratio without cap exceeds 100"),
        pytest.param(Ratio(cap=Fraction(100)), 45, 30, 100, id="a capped ratio does not"),
        pytest.param(Ratio(times=Fraction(3)), 1, 3, 1, id="a ratio on another scale"),
        pytest.param(Linear(low=1, high=5, gives_low=0, gives_high=100), 3, None, 50, id="the middle of a line"),
        pytest.param(Linear(low=1, high=5, gives_low=0, gives_high=100), 9, None, 100, id="a line is held at its end"),
        pytest.param(Linear(low=1, high=5, gives_low=0, gives_high=100, clamp=False), 9, None, 200, id="unless free"),
        pytest.param(Linear(low=0, high=10, gives_low=100, gives_high=0), 4, None, 60, id="a falling line"),
        pytest.param(AsIs(floor=Fraction(10)), 3, None, 10, id="a floor lifts"),
        pytest.param(AsIs(), "73.456", None, Fraction("73.456"), id="as it is, every digit"),
        pytest.param(table(YA=1), "YA ", None, "NOT_IN_TABLE", id="categories are matched exactly, never nearly"),
    ],
)
def test_other_mappings(mapping, value, standard, points):
    assert map_value(mapping, value, standard) == points


@pytest.mark.parametrize(
    ("mapping", "points", "standard", "raw"),
    [
        (table(A=10, B=20), Fraction(20), None, "B"),
        (bands(0, 1, 10, 2, None), Fraction(2), None, "10"),
        (
            Linear(low=Fraction(0), high=Fraction(40), gives_low=Fraction(0), gives_high=Fraction(100)),
            Fraction(80),
            None,
            "32",
        ),
        (Ratio(), Fraction(90), 2000, "1800"),
        (AsIs(), Fraction(90), None, "90"),
    ],
)
def test_the_raw_value_to_reach(mapping, points, standard, raw):
    assert raw_for(mapping, points, standard) == raw
    assert map_value(mapping, raw, standard) == points
