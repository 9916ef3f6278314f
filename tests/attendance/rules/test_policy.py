"""The policy as data: defaults, JSON, values that cannot be right."""

import json
from dataclasses import fields

import pytest

from attendance.rules import hours
from tests.attendance.rules.cases import POLICY


def test_a_policy_survives_json():
    changed = POLICY.with_changes(
        tolerance_minutes=15,
        breaks=((690, 720), (900, 930)),
        late_brackets=(hours.Bracket(1, 61, "TL1", 50), hours.Bracket(61, None, "TL2", 100)),
        leave_effect="CUT_TARGET",
    )

    for policy in (POLICY, changed):
        assert hours.HoursPolicy.from_dict(json.loads(json.dumps(policy.to_dict()))) == policy


def test_a_stored_policy_names_every_field():
    assert set(POLICY.to_dict()) == {f.name for f in fields(hours.HoursPolicy)}


def test_fields_that_are_not_stored_keep_their_default():
    assert hours.HoursPolicy.from_dict({"tolerance_minutes": 5}) == POLICY.with_changes(tolerance_minutes=5)


def test_the_default_policy_is_sound():
    assert hours.check_policy(POLICY) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param({"tolerance": 5}, "unknown policy field: tolerance", id="an unknown field"),
        pytest.param(
            {"leave_effect": "MAYBE"}, "leave_effect is MAYBE; allowed: CREDIT, CUT_TARGET", id="a bad choice"
        ),
        pytest.param({"debounce_seconds": -1}, "debounce_seconds is -1", id="a negative length"),
        pytest.param({"minutes_per_absent_day": 0}, "must be above 0", id="a day of no minutes"),
        pytest.param({"breaks": [[780, 720]]}, "a break must end after it begins", id="a break the wrong way round"),
        pytest.param(
            {"late_brackets": [{"from_minutes": 1, "to_minutes": 31, "code": "TL1", "points": 50}]},
            "must have no upper end",
            id="a table that ends",
        ),
        pytest.param(
            {
                "early_brackets": [
                    {"from_minutes": 1, "to_minutes": 31, "code": "A", "points": 50},
                    {"from_minutes": 41, "to_minutes": None, "code": "B", "points": 50},
                ]
            },
            "B begins at 41, A ends at 31",
            id="a table with a hole",
        ),
    ],
)
def test_a_policy_that_cannot_be_right_says_why(data, message):
    with pytest.raises(ValueError, match=message):
        hours.HoursPolicy.from_dict(data)


@pytest.mark.parametrize(
    ("code", "effect"),
    [
        pytest.param("CT", "CREDIT", id="annual leave credits"),
        pytest.param("CM", "CREDIT", id="maternity leave credits"),
        pytest.param("PD", "CREDIT", id="a journey credits"),
        pytest.param("CLTN", "CUT_TARGET", id="unpaid leave cuts the target"),
        pytest.param("TBL", "CUT_TARGET", id="study with release cuts the target"),
        pytest.param("TK", "UNEXCUSED", id="without reason is without reason"),
    ],
)
def test_effect_of_a_leave_type(code, effect):
    assert POLICY.effect_of(code) == effect
