"""Durations, times, shares and drawings as the templates show them."""

from datetime import UTC, datetime, time
from fractions import Fraction

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from common.templatetags import kotak9 as tags

NBSP = "\u00a0"


def words(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        pytest.param(450, "7 j 30 m", "7 h 30 m", id="hours and minutes"),
        pytest.param(45, "45 m", "45 m", id="under an hour shows no hours"),
        pytest.param(120, "2 j", "2 h", id="whole hours show no minutes"),
        pytest.param(0, "0 m", "0 m", id="nothing is nought minutes"),
        pytest.param(-75, "−1 j 15 m", "−1 h 15 m", id="a shortfall keeps its sign"),
        pytest.param(75_000, "1.250 j", "1,250 h", id="thousands are grouped as the language does"),
        pytest.param(None, "–", "–", id="unknown is a dash"),
    ],
)
def test_duration(minutes, indonesian, english):
    with translation.override("id"):
        assert words(tags.duration(minutes)) == indonesian
    with translation.override("en"):
        assert words(tags.duration(minutes)) == english


def test_clock_time_is_in_the_zone_asked_for():
    moment = datetime(2026, 11, 18, 0, 24, tzinfo=UTC)

    with translation.override("id"):
        assert tags.clock_time(moment) == "07.24"
        assert tags.clock_time(moment, "Asia/Jayapura") == "09.24"
        assert tags.clock_time(time(16, 4)) == "16.04"
        assert tags.clock_time(None) == "–"
    with translation.override("en"):
        assert tags.clock_time(moment) == "07:24"


@pytest.mark.parametrize(
    ("share", "digits", "shown"),
    [
        pytest.param(0.978, 1, "97,8 %", id="a decimal comma and a space"),
        pytest.param(Fraction(1, 3), 1, "33,3 %", id="a fraction is not turned into a float first"),
        pytest.param(Fraction(1, 8), 0, "13 %", id="half is rounded up"),
        pytest.param(1, 0, "100 %", id="all"),
        pytest.param(None, 1, "–", id="unknown is a dash"),
    ],
)
def test_percent(share, digits, shown):
    with translation.override("id"):
        assert words(tags.percent(share, digits)) == shown


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        pytest.param("Rina Marlina", "RM", id="first and last word"),
        pytest.param("dr. Sari Ayu Wulandari, M.Kes.", "SW", id="titles do not count"),
        pytest.param("Suparman", "S", id="one word, one letter"),
        pytest.param("", "?", id="nobody"),
    ],
)
def test_initials(name, letters):
    assert tags.initials(name) == letters


def test_place_is_told_by_letters_shape_and_words():
    with translation.override("en"):
        html = Template('{% place_tag "HOME" %}').render(Context())

    assert "WFH" in html
    assert "Work from home" in html
    assert "<svg" in html


def test_no_place_shows_nothing():
    assert Template("{% place_tag nothing %}").render(Context({"nothing": None})) == ""


@pytest.mark.parametrize("name", tags.icon_names())
def test_every_icon_can_be_drawn(name):
    assert tags.icon(name).startswith("<svg")


def test_an_icon_without_a_file_is_refused():
    with pytest.raises(TemplateSyntaxError, match="no icon 'unicorn'"):
        tags.icon("unicorn")


def test_a_label_makes_an_icon_speak_and_cannot_break_out():
    html = tags.icon("bell", 'a" onload="x')

    assert 'role="img"' in html
    assert 'onload="x"' not in html


def test_every_place_of_attendance_has_its_letters():
    from attendance.models import Place

    assert set(Place.values) == set(tags.PLACES)


def test_bar_lengths_keep_a_point_in_indonesian():
    with translation.override("id"):
        html = Template("{% bar 454 2250 900 %}").render(Context())

    assert 'width="20.18%"' in html
    assert 'width="40.00%"' in html
    assert words("7 j 34 m dari 37 j 30 m") in words(html)


def test_bar_beyond_the_whole_marks_the_rest():
    html = Template("{% bar 300 200 %}").render(Context())

    assert 'class="over"' in html
    assert 'x="66.67%"' in html


def test_changing_a_filter_goes_back_to_the_first_page(rf):
    context = Context({"request": rf.get("/", {"unit": "3", "page": "4"})})

    assert Template("{% address_with page=5 %}").render(context) == "?unit=3&amp;page=5"
    assert Template('{% address_with state="late" %}').render(context) == "?unit=3&amp;state=late"
    assert Template("{% address_with unit=None %}").render(context) == "?"
