"""WFH policies: JSON and back, limits in words, documents over documents, conflicts and presets."""
# ruff: noqa: E501 (one named case a line)

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.rules import policy_kinds as kinds
from schedules.rules.conflicts import DECIDABLE, blocking, box9_stands, conflicts
from schedules.rules.findings import Severity
from schedules.rules.policy import (
    FIELDS,
    BlockedDate,
    Box9Mode,
    Category,
    CategoryRule,
    Decision,
    Layer,
    Treatment,
    WfhRules,
    merge,
    read_parameters,
    with_decision,
    write_overrides,
    write_parameters,
)
from schedules.rules.presets import PRESETS

START = date(2026, 1, 1)
DAY = date(2026, 12, 2)


def layer(depth=0, starts_on=START, ends_on=None, number="SE 1", **parameters):
    values, findings = read_parameters(parameters)
    assert findings == []
    return Layer(
        depth=depth,
        place=f"level {depth}",
        number=number,
        legal_basis="",
        starts_on=starts_on,
        ends_on=ends_on,
        values=values,
    )


def codes(*layers):
    return [(f.code, f.severity) for f in conflicts(merge(layers, DAY))]


def test_defaults_survive_json():
    values, findings = read_parameters(write_parameters(WfhRules()))

    assert findings == []
    assert WfhRules(**values) == WfhRules()


def test_a_full_policy_survives_json():
    rules = WfhRules(
        ratio_percent=40,
        fixed_weekdays=(2, 4),
        blocked_dates=(BlockedDate(day=DAY, label="Pleno"),),
        max_consecutive=None,
        excluded_units=(3, 7),
        excluded_echelons=("II", "III"),
        min_predikat=None,
        categories=(CategoryRule(category=Category.AGE, treatment=Treatment.PRIORITY),),
        box9_mode=Box9Mode.WEEKS_IN_TURN,
        decisions=(Decision(code="box9_weekly_cap", note="Disetujui", decided_by="Sekda", decided_on=DAY),),
    )

    values, findings = read_parameters(write_parameters(rules))

    assert findings == []
    assert WfhRules(**values) == rules


@given(st.data())
def test_whatever_is_read_is_written_back_the_same(data):
    stored = {}
    for field in fields(WfhRules):
        kind = field.metadata["kind"]
        match kind:
            case kinds.WholeNumber():
                stored[field.name] = data.draw(st.integers(kind.low, kind.high))
            case kinds.Flag():
                stored[field.name] = data.draw(st.booleans())
            case kinds.OneOf():
                stored[field.name] = str(data.draw(st.sampled_from(list(kind.members))))
            case kinds.Numbers():
                stored[field.name] = sorted(data.draw(st.sets(st.integers(kind.low, min(kind.high, 90)), max_size=4)))

    values, findings = read_parameters(stored)

    assert findings == []
    assert write_overrides(values) == stored


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        pytest.param("ratio_percent", 120, "120 is outside the limit of 0 to 100.", id="ratio above 100"),
        pytest.param("ratio_percent", -1, "-1 is outside the limit of 0 to 100.", id="negative ratio"),
        pytest.param("ratio_percent", "50", "50 is not a whole number.", id="a number as text"),
        pytest.param("ratio_percent", 50.0, "50.0 is not a whole number.", id="a fraction"),
        pytest.param("ratio_percent", True, "True is not a whole number.", id="yes is not one"),
        pytest.param("ratio_percent", None, "None is not a whole number.", id="a ratio cannot be empty"),
        pytest.param("max_days_per_week", 8, "8 is outside the limit of 0 to 7.", id="eight days a week"),
        pytest.param("max_consecutive", 0, "0 is outside the limit of 1 to 31.", id="zero days in a row"),
        pytest.param("ratio_base", "ALL", "ALL is not one of PRESENT, ROSTER.", id="unknown base"),
        pytest.param("exclude_direct_service", 1, "1 is neither yes nor no.", id="one is not yes"),
        pytest.param("fixed_weekdays", [0], "0 is outside the limit of 1 to 7.", id="weekday zero"),
        pytest.param("fixed_weekdays", "45", "45 is not a list.", id="a text is not a list of days"),
        pytest.param("fixed_weekdays", {"4": 1}, "{'4': 1} is not a list.", id="a record is not a list"),
        pytest.param("blocked_dates", [{"day": "2-12-2026", "label": "x"}], "2-12-2026 is not a date written YYYY-MM-DD.", id="a date another way round"),
        pytest.param("blocked_dates", [{"day": "2026-02-30", "label": "x"}], "2026-02-30 is not a date written YYYY-MM-DD.", id="30 February"),
        pytest.param("blocked_dates", [{"day": "2026-12-02"}], "The part label is missing in a record.", id="a pleno without label"),
        pytest.param("blocked_dates", [{"day": "2026-12-02", "label": "x", "who": 1}], "who is not a known part of a record.", id="a strange part"),
        pytest.param("blocked_dates", ["2026-12-02"], "2026-12-02 is not a record.", id="a bare date"),
        pytest.param("categories", [{"category": "FLU", "treatment": "MANDATORY", "entered_by": "BKD"}], "FLU is not one of AGE, PREGNANT, BREASTFEEDING, HEALTH_WATCH, TRAVEL_ABROAD.", id="a diagnosis is no category"),
        pytest.param("excluded_echelons", [3], "3 is not a text.", id="an echelon as number"),
        pytest.param("box9_boxes", [10], "10 is outside the limit of 1 to 9.", id="a tenth box"),
        pytest.param("excluded_unit_kinds", ["x" * 61], "A text of 61 characters; the limit is 60.", id="too long a kind"),
    ],
)  # fmt: skip
def test_an_unfit_value_is_refused_by_field_value_and_limit(name, value, words):
    values, findings = read_parameters({name: value, "min_office_heads": 2})

    assert values == {"min_office_heads": 2}
    assert [(f.code, f.field, str(f.message), f.severity) for f in findings] == [
        ("unfit_value", name, words, Severity.BLOCKS)
    ]


def test_a_misspelled_parameter_is_refused():
    values, findings = read_parameters({"ratio_percnt": 50})

    assert values == {}
    assert [(f.code, f.field) for f in findings] == [("unknown_field", "ratio_percnt")]


def test_all_faults_come_at_once():
    _, findings = read_parameters({"ratio_percent": 120, "max_days_per_week": 9, "x": 1})

    assert [f.field for f in findings] == ["max_days_per_week", "ratio_percent", "x"]


class TestMerge:
    def test_no_document_no_policy(self):
        assert merge([], DAY) is None
        assert merge([layer(starts_on=date(2027, 1, 1))], DAY) is None

    def test_a_document_holds_on_its_first_and_last_day(self):
        one_day = layer(starts_on=DAY, ends_on=DAY)

        assert merge([one_day], DAY) is not None
        assert merge([one_day], date(2026, 12, 1)) is None
        assert merge([one_day], date(2026, 12, 3)) is None

    def test_the_deeper_document_wins_whatever_the_order(self):
        above, dinas, seksi = layer(ratio_percent=50), layer(1, ratio_percent=40), layer(2, ratio_percent=30)

        for order in ([above, dinas, seksi], [seksi, above, dinas]):
            assert merge(order, DAY).rules.ratio_percent == 30

    def test_what_the_deeper_document_does_not_set_is_inherited(self):
        merged = merge([layer(ratio_percent=40, max_days_per_week=1), layer(1, ratio_percent=30)], DAY)

        assert (merged.rules.ratio_percent, merged.rules.max_days_per_week) == (30, 1)

    def test_each_field_names_its_document(self):
        merged = merge([layer(number="SE 1", max_days_per_week=1), layer(1, number="SK 7", ratio_percent=30)], DAY)

        assert merged.basis("ratio_percent") == "SK 7"
        assert merged.basis("max_days_per_week") == "SE 1"
        assert merged.basis("ratio_base") == "SE 1"

    def test_dates_units_and_decisions_add_up(self):
        apel = {"day": "2026-12-07", "label": "Apel"}
        pleno = {"day": "2026-12-02", "label": "Pleno"}

        merged = merge(
            [layer(blocked_dates=[apel], excluded_units=[5]), layer(1, blocked_dates=[pleno], excluded_units=[3, 5])],
            DAY,
        )

        assert [b.label for b in merged.rules.blocked_dates] == ["Pleno", "Apel"]
        assert merged.rules.excluded_units == (3, 5)

    def test_weekdays_are_replaced_not_added(self):
        merged = merge([layer(fixed_weekdays=[4]), layer(1, fixed_weekdays=[5])], DAY)

        assert merged.rules.fixed_weekdays == (5,)

    def test_an_optional_limit_can_be_lifted_below(self):
        assert merge([layer(max_consecutive=2), layer(1, max_consecutive=None)], DAY).rules.max_consecutive is None


class TestConflicts:
    def test_the_defaults_agree_with_themselves(self):
        assert codes(layer()) == []

    def test_three_and_three_against_the_two_day_cap_needs_a_decision(self):
        found = codes(layer(max_days_per_week=2, max_consecutive=3, box9_mode="ROLLING_3_3"))

        assert found == [("box9_weekly_cap", Severity.DECIDE)]

    def test_a_recorded_decision_settles_it(self):
        decision = {
            "code": "box9_weekly_cap",
            "note": "3+3 berlaku",
            "decided_by": "Bupati",
            "decided_on": "2026-11-20",
        }

        found = conflicts(
            merge([layer(max_days_per_week=2, max_consecutive=3, box9_mode="ROLLING_3_3", decisions=[decision])], DAY)
        )

        assert [(f.code, f.severity) for f in found] == [("box9_weekly_cap", Severity.DECIDED)]
        assert blocking(found) == []

    def test_the_pattern_inside_a_limit_of_two_in_a_row_is_refused_and_not_decidable(self):
        decision = {"code": "box9_consecutive", "note": "x", "decided_by": "y", "decided_on": "2026-11-20"}

        found = codes(layer(max_days_per_week=2, max_consecutive=2, box9_mode="ROLLING_3_3", decisions=[decision]))

        assert found == [("box9_consecutive", Severity.BLOCKS), ("box9_weekly_cap", Severity.DECIDE)]

    def test_an_exempt_pattern_conflicts_with_nothing(self):
        assert codes(layer(max_consecutive=2, box9_mode="ROLLING_3_3", box9_exempt_from_limits=True)) == []

    def test_the_pattern_against_three_office_days_needs_a_decision(self):
        parameters = {
            "max_days_per_week": 3,
            "max_consecutive": 3,
            "box9_mode": "ROLLING_3_3",
            "min_office_days_per_week": 3,
        }

        assert ("box9_office_days", Severity.DECIDE) in codes(layer(**parameters))
        assert not box9_stands(merge([layer(**parameters)], DAY).rules)

    def test_a_decision_lets_the_pattern_stand(self):
        decision = {"code": "box9_office_days", "note": "x", "decided_by": "Bupati", "decided_on": "2026-11-20"}

        assert box9_stands(merge([layer(box9_mode="ROLLING_3_3", decisions=[decision])], DAY).rules)

    def test_two_home_days_a_week_fit_every_cap(self):
        assert codes(layer(max_consecutive=2, box9_mode="FIXED_3_2")) == []

    def test_more_than_two_days_a_week_meet_the_national_rule(self):
        assert codes(layer(max_days_per_week=3)) == [("weekly_cap_national", Severity.DECIDE)]

    def test_a_unit_that_allows_more_than_its_institution(self):
        found = conflicts(
            merge([layer(number="SE 1", ratio_percent=50), layer(1, number="SK 7", ratio_percent=75)], DAY)
        )

        assert [(f.code, str(f.message)) for f in found] == [
            ("looser_ratio_percent", "SK 7 allows 75 where SE 1 allows 50.")
        ]

    def test_a_unit_that_allows_less_is_no_conflict(self):
        assert codes(layer(ratio_percent=50), layer(1, ratio_percent=25)) == []

    def test_everybody_home_without_a_weekday(self):
        assert codes(layer(fixed_days_for_everyone=True)) == [("fixed_days_missing", Severity.BLOCKS)]

    def test_everybody_home_on_a_closed_weekday(self):
        found = codes(layer(fixed_days_for_everyone=True, fixed_weekdays=[1], blocked_weekdays=[1], ratio_percent=100))
        assert found == [("fixed_days_blocked", Severity.BLOCKS)]

    def test_everybody_home_on_three_days_against_two(self):
        found = codes(layer(fixed_days_for_everyone=True, fixed_weekdays=[3, 4, 5], ratio_percent=100))
        assert found == [("fixed_days_weekly_cap", Severity.BLOCKS)]

    def test_everybody_home_against_half(self):
        assert codes(layer(fixed_days_for_everyone=True, fixed_weekdays=[4])) == [("fixed_days_ratio", Severity.DECIDE)]

    def test_only_the_reward_without_a_pattern(self):
        assert codes(layer(only_reward=True)) == [("reward_missing", Severity.BLOCKS)]

    def test_a_guarantee_above_what_the_ratio_leaves(self):
        assert codes(layer(guaranteed_days_per_month=9)) == [("guarantee_out_of_reach", Severity.BLOCKS)]
        assert codes(layer(guaranteed_days_per_month=8)) == []

    def test_a_week_too_short_for_both_limits_is_a_warning(self):
        found = conflicts(merge([layer(max_days_per_week=2, min_office_days_per_week=4)], DAY))

        assert [(f.code, f.severity) for f in found] == [("week_too_short", Severity.WARNS)]
        assert "1 home days remain" in str(found[0].message)
        assert blocking(found) == []

    def test_coverage_that_leaves_less_than_the_ratio_is_a_warning(self):
        assert codes(layer(min_office_percent=60)) == [("coverage_above_ratio", Severity.WARNS)]
        assert codes(layer(min_office_percent=50)) == []

    def test_a_decision_can_be_added_and_replaced(self):
        first = Decision(code="weekly_cap_national", note="a", decided_by="Sekda", decided_on=DAY)
        second = Decision(code="weekly_cap_national", note="b", decided_by="Sekda", decided_on=DAY)

        rules = with_decision(with_decision(WfhRules(), first), second)

        assert rules.decisions == (second,)


class TestPresets:
    @pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.key)
    def test_every_preset_can_be_read_and_nothing_in_it_is_impossible(self, preset):
        values, findings = read_parameters(preset.parameters)
        merged = merge(
            [
                Layer(
                    depth=0,
                    place="",
                    number=preset.number,
                    legal_basis=preset.legal_basis,
                    starts_on=START,
                    values=values,
                )
            ],
            DAY,
        )

        assert findings == []
        assert [f.code for f in conflicts(merged) if f.severity == Severity.BLOCKS] == []
        assert {f.code for f in conflicts(merged) if f.severity == Severity.DECIDE} <= DECIDABLE

    def test_the_seven_are_there(self):
        assert [p.key for p in PRESETS] == [
            "jabar_5050",
            "jabar_thursday",
            "national_friday",
            "panrb_two_days",
            "karawang_box9",
            "dki_2020",
            "permanent_wfa",
        ]

    @pytest.mark.parametrize(
        ("key", "undecided"),
        [
            ("jabar_5050", {"weekly_cap_national"}),
            ("jabar_thursday", set()),
            ("national_friday", set()),
            ("panrb_two_days", set()),
            ("karawang_box9", {"weekly_cap_national"}),
            ("dki_2020", {"weekly_cap_national"}),
            ("permanent_wfa", set()),
        ],
    )
    def test_which_presets_ask_for_a_decision(self, key, undecided):
        preset = next(p for p in PRESETS if p.key == key)

        found = conflicts(merge([layer(**preset.parameters)], DAY))

        assert {f.code for f in found if f.severity == Severity.DECIDE} == undecided

    def test_the_box_9_reward_over_the_national_two_days_is_a_conflict_of_decrees(self):
        karawang = next(p for p in PRESETS if p.key == "karawang_box9")
        parameters = {**karawang.parameters, "max_days_per_week": 2}

        assert codes(layer(**parameters)) == [("box9_weekly_cap", Severity.DECIDE)]


def test_every_parameter_has_a_kind_that_accepts_its_default():
    defaults = write_parameters(WfhRules())

    assert set(defaults) == set(FIELDS)
    assert read_parameters(defaults)[1] == []
