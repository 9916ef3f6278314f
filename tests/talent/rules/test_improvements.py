"""What would move a person: the smallest single step, or two together, computed by the same engine."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from talent.rules.improvements import outlook
from talent.rules.profile import AsIs, ByTable, Cuts
from tests.talent.rules.kit import axis, empty, facts, group, leaf, profile, rec, shipped, table

LAST = date(2025, 12, 31)


def person(*more):
    return facts(
        rec("predikat_tahunan", "BAIK", LAST),
        rec("pemenuhan_jam", 978, standard=1000),
        empty("penghargaan"),
        rec("tim_kerja", "ANGGOTA_LINTAS"),
        rec("umpan_balik_360", "BAIK", sample=6),
        *more,
    )


def moves_of(moves):
    return [([(step.key, step.raw, step.gain) for step in move.steps], move.value, move.category) for move in moves]


def test_the_nearest_single_step_comes_first():
    y = outlook(shipped("DAERAH"), person())["y"]

    assert moves_of(y.moves) == [
        ([("penghargaan_inovasi", "INTERNASIONAL", 10)], Decimal("82.00"), "DIATAS"),
        ([("predikat_tahunan", "SANGAT_BAIK", 12)], Decimal("84.00"), "DIATAS"),
    ]


def test_two_smaller_steps_may_do_it_together():
    """72 + 5 (an award across agencies) + 5 (head of a team across agencies) = 82; 72 + 7.5 + 1 would be 80.5."""
    y = outlook(shipped("DAERAH"), person())["y"]

    assert moves_of(y.pairs)[0] == (
        [("penghargaan_inovasi", "NASIONAL", Fraction("7.5")), ("umpan_balik_360", "SANGAT_BAIK", 1)],
        Decimal("80.50"),
        "DIATAS",
    )


def test_next_steps_name_the_next_better_value_and_its_gain():
    y = outlook(shipped("DAERAH"), person())["y"]

    assert (y.next_steps["tim_kerja"].raw, y.next_steps["tim_kerja"].gain) == ("KETUA_INTERNAL", Fraction("2.5"))
    assert y.next_steps["penghargaan_inovasi"].raw == "INSTANSI"
    assert "pemenuhan_jam" not in y.next_steps


def test_a_pair_where_no_single_step_is_enough():
    tree = group("w", "WEIGHTED", leaf("a", 50, table(P=0, Q=50)), leaf("b", 50, table(P=0, Q=50, R=60)))
    prof = profile(y=axis(tree, category=Cuts(middle=Fraction(50), high=Fraction(80))))

    y = outlook(prof, facts(rec("a", "P"), rec("b", "P"), rec("x_value", 90)))["y"]

    ((steps, value, category),) = moves_of(y.pairs)
    assert y.moves == ()
    assert steps == [("a", "Q", 25), ("b", "Q", 25)]
    assert (value, category, y.pairs[0].box) == (Decimal("50.00"), "SESUAI", 8)


def test_a_continuous_value_is_asked_only_to_the_cut():
    """0.4 x 70 + 0.6 x 75 = 73; 80 is shown from 79.995: b needs (79.995 - 28) / 0.6 = 86.6583…, asked as 86.66."""
    tree = group("w", "WEIGHTED", leaf("a", 40, AsIs(cap=Fraction(100))), leaf("b", 60, AsIs(cap=Fraction(100))))

    y = outlook(profile(y=axis(tree)), facts(rec("a", 70), rec("b", 75), rec("x_value", 90)))["y"]

    assert moves_of(y.moves) == [
        ([("a", "87.49", Fraction("6.996"))], Decimal("80.00"), "DIATAS"),
        ([("b", "86.66", Fraction("6.996"))], Decimal("80.00"), "DIATAS"),
    ]


def test_a_missing_indicator_can_be_the_step():
    tree = group("w", "WEIGHTED", leaf("a", 80, AsIs(cap=Fraction(100))), leaf("b", 20, table(LOW=10, TOP=100)))

    y = outlook(profile(y=axis(tree)), facts(rec("a", 76), rec("x_value", 90)))["y"]

    assert (["b"], Decimal("80.80")) in [([step.key for step in move.steps], move.value) for move in y.moves]


def test_at_the_top_nothing_is_asked():
    prof = profile(y=axis(group("w", "WEIGHTED", leaf("a", 100, table(P=10, Q=90)))))

    assert outlook(prof, facts(rec("a", "Q"), rec("x_value", 90)))["y"].moves == ()


def test_a_category_from_predikat_moves_with_the_predikat():
    by = ByTable(indicator="p", entries=(("B", "SESUAI"), ("SB", "DIATAS")))
    tree = group("w", "WEIGHTED", leaf("p", 100, table(B=80, SB=100)))

    y = outlook(profile(y=axis(tree, category=by)), facts(rec("p", "B"), rec("x_value", 90)))["y"]

    assert moves_of(y.moves) == [([("p", "SB", 20)], Decimal("100.00"), "DIATAS")]
    assert y.moves[0].box == 9


def test_nothing_is_promised_where_nothing_is_known():
    assert outlook(shipped("DAERAH"), facts())["y"].next_steps == {}


def test_a_lighter_sanction_is_never_a_step_to_strive_for():
    x = outlook(shipped("DAERAH"), facts(rec("kompetensi_jpm", "70"), rec("hukdis", "BERAT", date(2026, 1, 2))))["x"]

    assert "kompetensi_jpm" in x.next_steps
    assert "hukdis" not in x.next_steps
