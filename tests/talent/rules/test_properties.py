"""What must hold for any facts: better never costs, order never matters, contributions add up exactly."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talent.rules.bulk import BulkScorer, placed
from talent.rules.evidence import decode, encode
from talent.rules.facts import Facts, Record
from talent.rules.mapping import map_value
from talent.rules.numbers import apportion
from talent.rules.profile import Bands, Ratio, Table
from talent.rules.profile_json import from_text
from talent.rules.scoring import score, scorer_of
from tests.talent.rules.kit import DAY, shipped

RARE = from_text(Path(__file__).with_name("rare_profile.json").read_text())
PROFILES = [shipped("BKN-411"), shipped("DJBK"), shipped("DAERAH"), RARE]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def values_for(leaf):
    if isinstance(leaf.mapping, Table):
        return st.sampled_from([name for name, _ in leaf.mapping.entries] + ["UNKNOWN"])
    if isinstance(leaf.mapping, Bands):
        return st.integers(0, 12).map(str)
    if isinstance(leaf.mapping, Ratio):
        return st.integers(0, 130) | st.decimals(0, 130, places=2).map(str)
    return st.decimals(0, 130, places=2).map(str)


@st.composite
def some_facts(draw, profile):
    records = []
    scorer = scorer_of(profile)
    for leaf in scorer.leaves["y"] + scorer.leaves["x"]:
        for _ in range(draw(st.integers(0, 3))):
            day = DAY - timedelta(days=draw(st.integers(0, 2200)))
            records.append(
                Record(
                    key=leaf.source.fact,
                    on=day,
                    record_id=str(len(records)),
                    value=draw(values_for(leaf)),
                    standard=draw(st.sampled_from([100, "100", 97, 0])) if isinstance(leaf.mapping, Ratio) else None,
                    sample=draw(st.integers(1, 5)),
                    ends_on=draw(st.sampled_from([None, day + timedelta(days=200)])),
                    is_empty=draw(st.integers(0, 9)) == 0,
                )
            )
    return Facts(reckoning_on=DAY, records=tuple(records), traits={"unit": 1, "nip": "1"})


profile_and_facts = st.sampled_from(PROFILES).flatmap(lambda p: some_facts(p).map(lambda f: (p, f)))


@QUICK
@given(profile_and_facts)
def test_contributions_add_up_to_the_axis_to_the_last_digit(case):
    profile, facts = case
    result = score(profile, facts)

    for axis in (result.y, result.x):
        if axis.exact is None:
            continue
        leaves = [node.contribution for node in axis.nodes if not node.is_group]
        assert sum(leaves, Fraction(0)) == axis.exact
        assert axis.nodes[0].contribution == axis.exact
        assert sum(apportion(leaves, profile.rounding), Decimal(0)) == axis.value


@QUICK
@given(profile_and_facts, st.randoms())
def test_the_order_of_the_facts_changes_nothing(case, random):
    profile, facts = case
    shuffled = list(facts.records)
    random.shuffle(shuffled)

    assert score(profile, replace(facts, records=tuple(shuffled))) == score(profile, facts)


@QUICK
@given(profile_and_facts, st.data())
def test_a_better_value_never_lowers_the_axis(case, data):
    profile, facts = case
    scorer = scorer_of(profile)
    name = data.draw(st.sampled_from(["y", "x"]))
    readings = scorer.readings(name, facts.by_key(), facts)
    present = [key for key, reading in readings.items() if reading.mapped is not None]
    if not present:
        return
    key = data.draw(st.sampled_from(present))
    more = data.draw(st.fractions(0, 50, max_denominator=100))

    better = dict(readings)
    better[key] = replace(readings[key], mapped=readings[key].mapped + more)

    assert scorer.axis_result(name, better).exact >= scorer.axis_result(name, readings).exact


@QUICK
@given(st.sampled_from([p for p in PROFILES if p is not RARE]), st.data())
def test_a_better_raw_number_never_maps_lower(profile, data):
    leaves = scorer_of(profile).leaves["y"] + scorer_of(profile).leaves["x"]
    leaf = data.draw(st.sampled_from([leaf for leaf in leaves if not isinstance(leaf.mapping, Table)]))
    low, high = sorted(data.draw(st.tuples(st.decimals(0, 130, places=2), st.decimals(0, 130, places=2))))

    assert map_value(leaf.mapping, high, 100) >= map_value(leaf.mapping, low, 100)


@QUICK
@given(profile_and_facts)
def test_a_box_or_a_reason_never_both_never_neither(case):
    profile, facts = case
    result = score(profile, facts)

    assert (result.box is None) is bool(result.unmapped)


def test_the_same_facts_give_the_same_result_on_another_profile_object():
    facts = Facts(reckoning_on=DAY, records=(Record(key="predikat_tahunan", value="BAIK", on=date(2025, 12, 31)),))

    assert score(shipped("DJBK"), facts) == score(replace(shipped("DJBK")), facts)


@QUICK
@given(profile_and_facts)
def test_scoring_in_bulk_gives_the_same_text_to_the_last_digit(case):
    profile, facts = case
    bulk = BulkScorer(profile, DAY)
    text = encode(facts)

    expected = placed(score(profile, facts))

    assert bulk.place(text) == expected
    assert bulk.place(text) == expected  # now from what it remembers
    assert decode(text).by_key() == facts.by_key()


@QUICK
@given(st.lists(st.integers(0, 1300), min_size=2, max_size=40), st.sampled_from([1000, 997]))
def test_minutes_of_ones_own_are_scored_like_anybodys(worked, required):
    profile = shipped("DAERAH")
    bulk = BulkScorer(profile, DAY)
    for minutes in worked:
        hours = Record(key="pemenuhan_jam", value=minutes, standard=required, on=DAY, record_id="h")
        predikat = Record(key="predikat_tahunan", value="BAIK", on=date(2025, 12, 31), record_id="p")
        scores = [Record(key=k, value="30", on=DAY, record_id=k) for k in ("kompetensi_jpm", "potensi_8")]
        facts = Facts(reckoning_on=DAY, records=(hours, predikat, *scores))

        assert bulk.place_quickly(encode(facts)) == placed(score(profile, facts))


def test_bulk_scoring_takes_the_quick_way_for_ordinary_people():
    facts = Facts(
        reckoning_on=DAY,
        records=(
            Record(key="predikat_tahunan", value="BAIK", on=date(2025, 12, 31), record_id="1"),
            Record(key="kompetensi_jpm", value="81.5", on=date(2026, 1, 1), record_id="2"),
            Record(key="potensi_8", value="33", on=date(2026, 1, 1), record_id="3"),
        ),
    )
    bulk = BulkScorer(shipped("DAERAH"), DAY)
    bulk.scorer = None  # the careful way would now fail

    quick = bulk.place_quickly(encode(facts))

    assert quick == placed(score(shipped("DAERAH"), facts))
