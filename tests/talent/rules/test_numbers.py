from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.rules.numbers import apportion, as_text, exact, round_half_up

FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        pytest.param("59.995", "60.00", id="half goes up"),
        pytest.param("59.9949", "59.99", id="below half goes down"),
        pytest.param("83.125", "83.13", id="no banker's rounding"),
        pytest.param("-0.005", "-0.01", id="half goes away from zero"),
        pytest.param("2/3", "0.67", id="a fraction without an end"),
        pytest.param("60", "60.00", id="a whole number"),
    ],
)
def test_round_half_up(value, rounded):
    assert round_half_up(Fraction(value)) == Decimal(rounded)


@pytest.mark.parametrize("value", [True, None, "abc", float("nan"), float("inf"), [], "1/0"])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        exact(value)


def test_decimal_text_has_no_binary_drift():
    assert exact(0.1) + exact(0.2) == exact("0.3")


@given(FRACTIONS)
def test_text_is_exact(value):
    assert exact(as_text(value)) == value


@given(st.lists(FRACTIONS, max_size=15))
def test_shown_parts_add_up_to_the_shown_total(parts):
    assert sum(apportion(parts), Decimal(0)) == round_half_up(sum(parts, Fraction(0)))
