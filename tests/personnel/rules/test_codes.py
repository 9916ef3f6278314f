"""One-time codes as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personnel.rules import codes

CODES = st.text(alphabet=codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)


@given(CODES)
def test_what_is_shown_is_read_back_however_it_is_typed(code):
    on_paper = codes.shown(code)

    assert codes.normalised(on_paper) == code
    assert codes.normalised(on_paper.lower()) == code
    assert codes.normalised(f"  {on_paper.replace('-', ' ')} ") == code
    assert codes.normalised(on_paper.replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize(
    "text", ["", "7Q4K-2M9X", "7Q4K-2M9X-AB3U", "7Q4K-2M9X-AB3DE", "rahasia-sekali-9", "7Q4K2M9XAB3é"]
)
def test_what_cannot_be_a_code_is_none(text):
    assert codes.normalised(text) == ""


def test_the_draw_decides_every_letter():
    numbers = iter(range(12))

    assert codes.new_code(lambda size: next(numbers)) == "0123456789AB"
    assert codes.shown("0123456789AB") == "0123-4567-89AB"


@given(CODES, CODES)
def test_a_fingerprint_belongs_to_one_code_of_one_account_under_one_secret(code, other):
    kept = codes.fingerprint(code, owner=7, secret="s")

    assert codes.matches(code, kept, owner=7, secret="s")
    assert codes.matches(other, kept, owner=7, secret="s") is (code == other)
    assert not codes.matches(code, kept, owner=8, secret="s")
    assert not codes.matches(code, kept, owner=7, secret="t")
    assert not codes.matches("", kept, owner=7, secret="s")
    assert not codes.matches("", "", owner=0, secret="s")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_called_by_browser_and_system(agent, name):
    assert codes.device_name(agent) == name
