"""A profile is a file: read with every fault named, written back the same, of any structure."""

import copy
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from talent.rules.profile_json import ProfileError, fingerprint, from_json, from_text, json_schema, to_json, to_text
from talent.rules.ranking import score_all
from talent.rules.tree import NodeResult
from tests.talent.rules.kit import PROFILES, facts, rec, shipped

RARE = Path(__file__).with_name("rare_profile.json").read_text()
CODES = ["BKN-411", "DJBK", "DAERAH"]


@pytest.mark.parametrize("code", CODES)
def test_shipped_profiles_survive_the_round_trip(code):
    text = (PROFILES / f"{code}.json").read_text()

    assert to_text(from_text(text)) == text


def test_a_round_trip_keeps_every_part_of_a_rare_profile():
    profile = from_text(RARE)

    assert from_text(to_text(profile)) == profile
    assert fingerprint(from_text(to_text(profile))) == fingerprint(profile)


def test_equal_profiles_have_equal_fingerprints_and_others_do_not():
    assert len({fingerprint(shipped(code)) for code in CODES}) == 3
    assert fingerprint(from_json(to_json(shipped("DAERAH")))) == fingerprint(shipped("DAERAH"))


def test_the_published_schema_is_the_one_in_force():
    published = json.loads((PROFILES.parent / "profile.schema.json").read_text())

    assert published == json_schema()


def rare_facts(nip, toefl, grade, *more):
    return facts(rec("toefl", toefl), rec("pangkat", grade), *more, unit=1, nip=nip)


def test_a_structure_no_shipped_profile_has_scores_by_hand():
    """Y of A: attendance 990/1200 = 0.825 -> 1.2375 points; best of prestasi: innovations 2 -> 40 %, tasks
    (4 + 5) of 10 = 90 % -> 1.35 points; together 2.5875, shown 2.6, above 2.4.
    X of A: TOEFL 490 -> 60 of 120 = 50 %; grade IV -> 100 %; mean 75 % of 3 = 2.25.
    """
    a = rare_facts(
        "1",
        490,
        "IV",
        rec("jam", 990, standard=1200, on=date(2026, 11, 1)),
        rec("inovasi", "x", date(2024, 2, 1)),
        rec("inovasi", "y", date(2025, 2, 1)),
        rec("tim", 4),
        rec("narasumber", 2, record_id="n1"),
        rec("narasumber", 3, record_id="n2"),
    )
    # B: attendance too old (before the six months): only prestasi, 3 innovations = 100 % -> stretched in its group.
    b = rare_facts("2", 310, "III", rec("jam", 1, standard=1, on=date(2026, 1, 1)), *innovations(3))
    # C: no grade: mandatory, outside the grid, and not in the quota.
    c = facts(rec("toefl", 670), *innovations(1), unit=1, nip="3")
    d = rare_facts("4", 400, "III", *innovations(1), rec("status", "CLTN"))

    profile = from_text(RARE)
    of_a, of_b, of_c, of_d = score_all(profile, [a, b, c, d])

    assert of_a.y.exact == Fraction("2.5875")
    assert (of_a.y.value, of_a.x.value) == (Decimal("2.6"), Decimal("2.3"))
    assert of_a.x.exact == Fraction(9, 4)
    assert of_a.y.node("kehadiran").contribution == Fraction("1.2375")
    assert of_a.y.node("tim").contribution == Fraction("0.6")
    assert of_a.y.node("narasumber").contribution == Fraction("0.75")
    assert of_a.y.node("inovasi").contribution == 0
    assert of_a.talent_exact == Fraction("0.6") * Fraction("2.5875") + Fraction("0.4") * Fraction(9, 4)
    assert (of_b.y.value, of_b.y.coverage) == (Decimal("3.0"), Fraction(1, 2))
    assert [(reason.code, reason.key) for reason in of_c.unmapped] == [
        ("MANDATORY_MISSING", "pangkat"),
        ("LOW_COVERAGE", ""),
    ]
    assert [r.x.category for r in (of_a, of_b, of_d)] == ["TINGGI", "RENDAH", "MENENGAH"]
    assert (of_a.box, of_b.box, of_d.box) == (9, 4, 3)
    assert (of_a.rewarded, of_d.rewarded) == (True, False)
    assert sum(leaves(of_a.y.nodes)) == of_a.y.exact


def innovations(count):
    return [rec("inovasi", "x", date(2025, 1, 1 + n)) for n in range(count)]


def leaves(nodes: tuple[NodeResult, ...]):
    return [node.contribution for node in nodes if not node.is_group]


def daerah():
    return copy.deepcopy(to_json(shipped("DAERAH")))


def first_bands(data):
    return data["x"]["tree"]["children"][0]["children"][1]["mapping"]["bands"]


def change(data, path, value):
    *way, last = path
    for step in way:
        data = data[step]
    data[last] = value


Y, X = ("y", "tree"), ("x", "tree")


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        pytest.param(("format",), "other", "unknown_format", id="another format"),
        pytest.param(("colour",), "red", "unknown_key", id="unknown key at the top"),
        pytest.param((*Y, "combin"), "WEIGHTED", "unknown_key", id="misspelt key deep in the tree"),
        pytest.param((*Y, "combine"), "MEDIAN", "unknown_choice", id="unknown combination"),
        pytest.param((*Y, "children", 0, "weight"), 61, "weight_sum", id="weights add up to 101"),
        pytest.param((*Y, "children", 0, "weight"), 0, "no_weight", id="a weight of zero"),
        pytest.param((*Y, "children", 0, "weight"), "enam", "not_a_number", id="a weight in words"),
        pytest.param((*Y, "combine"), "MEAN", "idle_weight", id="weights where a mean ignores them"),
        pytest.param((*Y, "combine"), "POINTS", None, id="points of 100 are a fine profile"),
        pytest.param((*Y, "scale"), 0, "scale", id="a scale of zero"),
        pytest.param((*Y, "children"), [], "no_children", id="an empty group"),
        pytest.param((*X, "children", 0, "children", 1, "mapping", "bands", 1, "from"), 2, "band_gap", id="a gap"),
        pytest.param(
            (*X, "children", 0, "children", 1, "mapping", "bands", 1, "to"), 5, "band_overlap", id="an overlap"
        ),
        pytest.param(
            (*X, "children", 0, "children", 1, "mapping", "bands", 1, "to"), 1, "band_order", id="an empty band"
        ),
        pytest.param((*X, "children", 0, "children", 1, "mapping", "bands"), [], "no_bands", id="no bands"),
        pytest.param(("y", "category", "middle"), 80, "cuts", id="cuts that meet"),
        pytest.param(("y", "min_coverage"), 0, "coverage", id="no least coverage"),
        pytest.param(("talent_y",), "0.7", "talent_weights", id="talent weights of 1.2"),
        pytest.param(("rounding",), 9, "rounding", id="nine decimals"),
        pytest.param(("rounding",), True, "wrong_type", id="true is no whole number"),
        pytest.param(("gates", 0, "test"), {}, "gate_test", id="a gate that asks nothing"),
        pytest.param(("gates", 0, "test"), {"at_least": 1, "at_most": 2}, "gate_test", id="a gate that asks twice"),
        pytest.param(("gates", 0, "reason"), {}, "gate_reason", id="a gate without a reason"),
        pytest.param(("gates", 0, "key"), "hukdis", "double_key", id="a key that stands twice"),
        pytest.param(("ties", 0), {"by": "BOX", "trait": "nip"}, "tie_trait", id="a trait where none is asked"),
        pytest.param(
            (*Y, "children", 1, "children", 0, "source", "window"), {}, "window", id="a window without length"
        ),
        pytest.param(
            (*Y, "children", 1, "children", 0, "source", "window"),
            {"months": 3, "calendar_years": 1},
            "window",
            id="a window of two lengths",
        ),
        pytest.param(
            ("y", "category"),
            {"method": "BY_TABLE", "indicator": "predikat_tahunan", "entries": {"BAIK": "SESUAI"}},
            "category_gap",
            id="a predikat without category",
        ),
        pytest.param(
            ("y", "category"),
            {"method": "BY_TABLE", "indicator": "nil", "entries": {}},
            "unknown_indicator",
            id="a category from an unknown indicator",
        ),
        pytest.param(
            ("x", "category"),
            {"method": "BY_TABLE", "indicator": "kompetensi_jpm", "entries": {"A": "TINGGI"}},
            "not_a_table",
            id="a category from a number",
        ),
        pytest.param(
            ("y", "category"),
            {
                "method": "QUOTA",
                "peer_trait": "unit",
                "top": "0.6",
                "bottom": "0.5",
                "min_group": 5,
                "small": {"middle": 1, "high": 2},
            },
            "quota",
            id="quotas above one",
        ),
        pytest.param((*X, "children", 1, "mapping", "to"), 0, "flat_line", id="a line of one point"),
        pytest.param((*X, "children", 0, "children", 0, "mapping", "floor"), 100, "cap", id="a floor at the cap"),
    ],
)
def test_faults_are_refused_by_name(path, value, code):
    data = daerah()
    change(data, path, value)

    if code is None:
        from_json(data)
        return
    with pytest.raises(ProfileError) as refusal:
        from_json(data)

    assert code in [problem.code for problem in refusal.value.problems]


def test_every_fault_is_named_at_once_with_its_path():
    data = daerah()
    change(data, (*Y, "children", 0, "weight"), 61)
    change(data, ("talent_y",), 1)
    first_bands(data)[1]["from"] = 2

    with pytest.raises(ProfileError) as refusal:
        from_json(data)

    assert [(p.code, p.path) for p in refusal.value.problems] == [
        ("weight_sum", "axes.y.tree"),
        ("band_gap", "axes.x.tree.children[0].children[1].mapping.bands[1]"),
        ("talent_weights", "talent_y"),
    ]


def test_broken_json_names_the_line():
    with pytest.raises(ProfileError, match="line 2"):
        from_text('{\n "format": ,}')


def test_a_missing_key_is_named():
    data = daerah()
    del data["sk_number"]

    with pytest.raises(ProfileError, match="'sk_number' is required"):
        from_json(data)
