"""Trees, missing weight, gates, categories: hand-computed."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from talent.rules.profile import ByTable, Cuts, Gate, Question, Quota, Source, Tie, Window
from talent.rules.ranking import rank, score_all
from talent.rules.scoring import score
from tests.talent.rules.kit import axis, empty, facts, group, leaf, profile, rec, scored, table

X80 = rec("x_value", 80)


def y_of(tree, *records, **more):
    return score(profile(y=axis(tree, **more)), facts(*records, X80)).y


W6040 = group("w", "WEIGHTED", leaf("a", 60), leaf("b", 40))
SHARES = group("w", "WEIGHTED", leaf("a", "0.6"), leaf("b", "0.4"), total=1)
NESTED = group(
    "w",
    "WEIGHTED",
    leaf("a", 60),
    group("g", "WEIGHTED", leaf("b", 15), leaf("c", 15), leaf("d", 10), weight=40, total=40),
)
POINTS = group("w", "POINTS", leaf("a", 70), leaf("b", 30))
MEAN = group("w", "MEAN", leaf("a"), leaf("b"), leaf("c"))
SUM = group("w", "SUM", leaf("a", scale=60), leaf("b", scale=60))
BEST = group("w", "BEST", leaf("a"), leaf("b", scale=4))


@pytest.mark.parametrize(
    ("tree", "given", "value"),
    [
        pytest.param(W6040, {"a": 80, "b": 50}, "68.00", id="weighted sum"),
        pytest.param(SHARES, {"a": 80, "b": 50}, "68.00", id="weights as shares of one"),
        pytest.param(NESTED, {"a": 80, "b": 0, "c": 0, "d": 80}, "56.00", id="nested weights are not multiplied twice"),
        pytest.param(POINTS, {"a": 50, "b": 100}, "65.00", id="weights as most points"),
        pytest.param(MEAN, {"a": 100, "b": 100, "c": 0}, "66.67", id="mean of three"),
        pytest.param(SUM, {"a": 20, "b": 35}, "55.00", id="sum of points"),
        pytest.param(SUM, {"a": 60, "b": 60}, "100.00", id="sum of points stops at the scale"),
        pytest.param(BEST, {"a": 60, "b": 3}, "75.00", id="best of two scales"),
        pytest.param(BEST, {"a": 80}, "80.00", id="best of what is known"),
        pytest.param(W6040, {"a": 0, "b": 0}, "0.00", id="all zero is a value"),
    ],
)
def test_combinations(tree, given, value):
    assert y_of(tree, *[rec(key, raw) for key, raw in given.items()]).value == Decimal(value)


@pytest.mark.parametrize(
    ("tree", "given", "stretch", "value", "coverage"),
    [
        pytest.param(W6040, {"a": 90}, "AXIS", "90.00", "0.6", id="missing weight is spread, not zero"),
        pytest.param(NESTED, {"a": 80, "b": 100, "c": 100}, "AXIS", "86.67", "0.9", id="spread over the whole axis"),
        pytest.param(NESTED, {"a": 80, "b": 100, "c": 100}, "GROUP", "88.00", "0.9", id="spread within the group"),
        pytest.param(MEAN, {"a": 60, "b": 90}, "AXIS", "75.00", "2/3", id="mean of the present"),
        pytest.param(SUM, {"a": 30}, "AXIS", "60.00", "1/2", id="sum of points stretched by most points"),
        pytest.param(SUM, {"a": 60}, "AXIS", "100.00", "1/2", id="stretched sum stops at the scale"),
        pytest.param(SUM, {"a": 60}, "GROUP", "100.00", "1/2", id="within the group as well"),
        pytest.param(BEST, {"a": 50}, "AXIS", "50.00", "1", id="one of the best-of is enough"),
    ],
)
def test_missing_weight(tree, given, stretch, value, coverage):
    result = y_of(tree, *[rec(key, raw) for key, raw in given.items()], stretch=stretch, coverage="0.01")

    assert result.value == Decimal(value)
    assert result.coverage == Fraction(coverage)


@pytest.mark.parametrize(
    ("given", "coverage", "codes"),
    [
        pytest.param({"a": 90, "b": 1}, "0.8", [], id="all known"),
        pytest.param({"a": 90}, "0.6", [], id="exactly the least coverage"),
        pytest.param({"a": 90}, "0.61", ["LOW_COVERAGE"], id="a hair below the least coverage"),
        pytest.param({}, "0.6", ["NOTHING_KNOWN"], id="nothing known is outside the grid, not box 1"),
    ],
)
def test_least_coverage(given, coverage, codes):
    tree = profile(y=axis(W6040, coverage=coverage))

    result = score(tree, facts(*[rec(key, raw) for key, raw in given.items()], X80))

    assert [reason.code for reason in result.unmapped] == codes
    assert (result.box is None) is bool(codes)


def test_a_missing_mandatory_indicator_is_named():
    tree = group("w", "WEIGHTED", leaf("a", 10, mandatory=True, window=Window(months=12)), leaf("b", 90))

    result = score(profile(y=axis(tree)), facts(rec("b", 100), rec("a", 5, date(2020, 1, 1)), X80))

    (reason,) = result.unmapped
    assert (reason.code, reason.axis, reason.key, reason.detail) == ("MANDATORY_MISSING", "y", "a", "OUTSIDE_WINDOW")
    assert result.y.value == Decimal("100.00")


def test_a_group_scored_by_its_source_stands_for_its_mandatory_leaves():
    tree = group("w", "WEIGHTED", group("g", "MEAN", leaf("a", mandatory=True), leaf("b"), weight=100))

    result = score(profile(y=axis(tree)), facts(*scored(g=66), X80))

    assert result.unmapped == ()
    assert result.y.value == Decimal("66.00")
    assert [node.key for node in result.y.leaves()] == ["g"]


@pytest.mark.parametrize(
    ("value", "strict", "category"),
    [
        ("59.994", False, "DIBAWAH"),
        ("59.995", False, "SESUAI"),
        ("60", False, "SESUAI"),
        ("60", True, "DIBAWAH"),
        ("60.004", True, "DIBAWAH"),
        ("60.005", True, "SESUAI"),
        ("79.995", False, "DIATAS"),
        ("80", True, "SESUAI"),
        ("80.01", True, "DIATAS"),
    ],
)
def test_rounded_once_then_cut(value, strict, category):
    cuts = Cuts(middle=Fraction(60), high=Fraction(80), strict=strict)

    assert y_of(group("w", "WEIGHTED", leaf("a", 100)), rec("a", value), category=cuts).category == category


def test_an_axis_may_have_another_scale():
    tree = group("w", "WEIGHTED", leaf("a", 50, scale=3), leaf("b", 50, scale=3), scale=3)
    cuts = Cuts(middle=Fraction("2.2"), high=Fraction("2.4"))

    result = score(profile(y=axis(tree, scale=3, category=cuts)), facts(rec("a", 2), rec("b", "2.6"), X80))

    assert result.y.value == Decimal("2.30")
    assert result.y.category == "SESUAI"
    assert result.talent == Decimal("78.33")  # 2.3 of 3 is 76.667 of 100; with 80 the mean is 78.33


GATE = Gate(
    key="g",
    labels=(("id", "g"),),
    reason=(("id", "alasan"),),
    source=Source(fact="gf", pick="EVERY", window=Window(months=24, counts_from="END"), running_value="RUNS"),
    test=Question(none_of=("BAD", "RUNS")),
)


def gated(gate, *records):
    y = axis(group("w", "WEIGHTED", leaf("a", 100)))
    return score(profile(y=y, gates=(gate,)), facts(*records, rec("a", 90), X80))


def gate_with(test=None, **more):
    from dataclasses import replace

    source = Source(fact="gf", pick=more.pop("pick", "LATEST"))
    return replace(GATE, source=source, test=test or GATE.test, **more)


def share(worked, required):
    return rec("gf", worked, standard=required)


@pytest.mark.parametrize(
    ("gate", "records", "box"),
    [
        pytest.param(GATE, [], 9, id="nothing recorded passes"),
        pytest.param(gate_with(when_missing="FAIL"), [], None, id="nothing recorded fails where so written"),
        pytest.param(gate_with(when_missing="FAIL"), [empty("gf")], 9, id="checked and empty passes"),
        pytest.param(GATE, [rec("gf", "BAD", ends_on=date(2025, 1, 1))], None, id="within two years of its end"),
        pytest.param(GATE, [rec("gf", "BAD", date(2020, 1, 1), ends_on=date(2024, 11, 18))], 9, id="two years over"),
        pytest.param(GATE, [rec("gf", "MILD", ends_on=date(2026, 1, 20))], 9, id="mild and over"),
        pytest.param(GATE, [rec("gf", "MILD")], None, id="mild but running"),
        pytest.param(
            GATE,
            [rec("gf", "BAD", date(2026, 1, 1), ends_on=date(2026, 1, 2)), rec("gf", "MILD", ends_on=date(2026, 2, 1))],
            None,
            id="every record is asked, not the last",
        ),
        pytest.param(gate_with(Question(one_of=("PNS",))), [rec("gf", "PNS")], 9, id="one of"),
        pytest.param(gate_with(Question(one_of=("PNS",))), [rec("gf", "THL")], None, id="none of the allowed"),
        pytest.param(gate_with(Question(at_least=Fraction(3))), [rec("gf", 3)], 9, id="at least, on the edge"),
        pytest.param(gate_with(Question(at_least=Fraction(3))), [rec("gf", "2.99")], None, id="at least, below"),
        pytest.param(gate_with(Question(at_least=Fraction(3))), [rec("gf", "many")], None, id="a word is not at least"),
        pytest.param(gate_with(Question(at_most=Fraction(3))), [rec("gf", 3)], 9, id="at most, on the edge"),
        pytest.param(gate_with(Question(at_most=Fraction(3))), [rec("gf", 4)], None, id="at most, above"),
        pytest.param(gate_with(Question(share_at_least=Fraction(4, 5))), [share(8, 10)], 9, id="a share, on the edge"),
        pytest.param(gate_with(Question(share_at_least=Fraction(4, 5))), [share(7, 10)], None, id="a share, below"),
        pytest.param(gate_with(Question(share_at_least=Fraction(4, 5))), [share(7, 0)], None, id="a share of nothing"),
        pytest.param(
            gate_with(Question(at_most=Fraction(1)), pick="COUNT"),
            [rec("gf", "x", record_id="1"), rec("gf", "y", record_id="2")],
            None,
            id="counted",
        ),
        pytest.param(
            gate_with(Question(at_least=Fraction(5)), pick="SUM"),
            [rec("gf", 2, record_id="1"), rec("gf", 3, record_id="2")],
            9,
            id="summed",
        ),
    ],
)
def test_gates(gate, records, box):
    assert gated(gate, *records).box == box


def test_a_reward_gate_keeps_the_box_and_takes_the_reward():
    result = gated(gate_with(Question(one_of=("YA",)), effect="NO_REWARD"), rec("gf", "TIDAK"))

    assert (result.box, result.rewarded) == (9, False)
    assert gated(gate_with(Question(one_of=("YA",)), effect="NO_REWARD"), rec("gf", "YA")).rewarded is True


PREDIKAT = table(SB=100, B=80, K=40)
BY_TABLE = ByTable(indicator="p", entries=(("SB", "DIATAS"), ("B", "SESUAI"), ("K", "DIBAWAH")))


@pytest.mark.parametrize(("word", "category", "box"), [("SB", "DIATAS", 9), ("B", "SESUAI", 8), ("K", "DIBAWAH", 6)])
def test_category_directly_from_predikat(word, category, box):
    tree = group("w", "WEIGHTED", leaf("p", 100, PREDIKAT))

    result = score(profile(y=axis(tree, category=BY_TABLE)), facts(rec("p", word), X80))

    assert (result.y.category, result.box) == (category, box)


def test_a_predikat_that_the_source_scored_gives_no_category():
    tree = group("w", "WEIGHTED", leaf("p", 100, PREDIKAT))

    result = score(profile(y=axis(tree, category=BY_TABLE)), facts(*scored(p=80), X80))

    assert [reason.code for reason in result.unmapped] == ["NO_CATEGORY"]


SMALL = Cuts(middle=Fraction(60), high=Fraction(80))
QUOTA = Quota(peer_trait="unit", top=Fraction(1, 5), bottom=Fraction(1, 5), min_group=5, small=SMALL)
TIES = (
    Tie(by="BOX"),
    Tie(by="TALENT"),
    Tie(by="TRAIT", trait="service"),
    Tie(by="TRAIT", trait="nip", descending=False),
)


def quota_profile():
    return profile(y=axis(group("w", "WEIGHTED", leaf("a", 100)), category=QUOTA), ties=TIES)


def people(values, unit=1):
    return [facts(rec("a", v), X80, unit=unit, service=10, nip=f"{i:03}") for i, v in enumerate(values)]


def test_quota_ranks_within_the_peer_group_rounding_people_down():
    group_of_11 = people([50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60])

    results = score_all(quota_profile(), group_of_11)

    assert [result.y.category for result in results] == ["DIBAWAH"] * 2 + ["SESUAI"] * 7 + ["DIATAS"] * 2
    assert results[10].box == 9


def test_a_small_peer_group_is_cut_by_value():
    assert [r.y.category for r in score_all(quota_profile(), people([50, 60, 80, 90]))] == [
        "DIBAWAH",
        "SESUAI",
        "DIATAS",
        "DIATAS",
    ]


def test_peer_groups_do_not_mix():
    both = people([10, 20, 30, 40, 50]) + people([60, 70, 80, 90, 99], unit=2)

    results = score_all(quota_profile(), both)

    assert [results[4].y.category, results[5].y.category, results[9].y.category] == ["DIATAS", "DIBAWAH", "DIATAS"]


def test_equal_values_at_the_quota_edge_are_parted_by_the_tie_order():
    five = people([70, 70, 70, 70, 70])

    assert [result.y.category for result in score_all(quota_profile(), five)] == [
        "DIATAS",
        "SESUAI",
        "SESUAI",
        "SESUAI",
        "DIBAWAH",
    ]


def test_one_person_alone_awaits_the_peers():
    result = score(quota_profile(), people([70])[0])

    assert [reason.code for reason in result.unmapped] == ["AWAITS_PEERS"]


def test_tie_order_box_then_talent_then_service_then_nip():
    prof = profile(y=axis(group("w", "WEIGHTED", leaf("a", 100))), ties=TIES)
    crowd = [
        facts(rec("a", 90), X80, service=5, nip="2"),
        facts(rec("a", 90), X80, service=5, nip="1"),
        facts(rec("a", 90), X80, service=9, nip="3"),
        facts(rec("a", 99), rec("x_value", 70), service=5, nip="4"),
        facts(X80, service=99, nip="0"),
    ]

    order = rank(prof, crowd, [score(prof, person) for person in crowd])

    assert order == [2, 1, 0, 3, 4]
