"""Which of the documents that name a day decides."""

import pytest

from attendance.rules.places import Claim, expected_place, lifts_fence, place_of_absence


def claim(place="HOME", source="wfh-plan/1", rank=50, published=0.0):
    return Claim(place=place, source=source, version=1, label=source, rank=rank, published=published)


LEAVE = claim("LEAVE", "leave/1")
PLAN, LETTER = claim(), claim("TRAVEL", "letter/1", rank=80)


@pytest.mark.parametrize(
    ("absence", "claims", "is_free_day", "place"),
    [
        pytest.param(None, [], False, "OFFICE", id="nothing claims a working day"),
        pytest.param(None, [], True, "OFF", id="nothing claims a free day"),
        pytest.param(None, [PLAN], False, "HOME", id="the only document"),
        pytest.param(None, [PLAN], True, "OFF", id="a WFH day that became a holiday is a holiday"),
        pytest.param(None, [LETTER], True, "TRAVEL", id="travel stands on a free day"),
        pytest.param(None, [claim("TRAINING")], True, "TRAINING", id="training stands on a free day"),
        pytest.param(None, [PLAN, LETTER], False, "TRAVEL", id="the higher rank wins"),
        pytest.param(LEAVE, [LETTER], False, "LEAVE", id="an absence outranks every document"),
        pytest.param(LEAVE, [], True, "LEAVE", id="leave runs over a weekend"),
    ],
)
def test_the_expected_place(absence, claims, is_free_day, place):
    assert expected_place(absence=absence, claims=claims, is_free_day=is_free_day).place == place


def test_of_equal_rank_the_later_publication_wins_then_the_name():
    early, late = claim("OFFICE", "a", published=1), claim("HOME", "b", published=2)
    twin = claim("ANYWHERE", "a", published=2)

    assert expected_place(absence=None, claims=[early, late], is_free_day=False).place == "HOME"
    assert expected_place(absence=None, claims=[late, twin], is_free_day=False).place == "ANYWHERE"


def test_the_losers_are_listed_highest_first_whatever_the_order_of_asking():
    for claims in ([PLAN, LETTER], [LETTER, PLAN]):
        assert expected_place(absence=LEAVE, claims=claims, is_free_day=False).others == (LETTER, PLAN)
        assert expected_place(absence=None, claims=claims, is_free_day=False).others == (PLAN,)


def test_a_claim_that_a_free_day_silences_is_still_listed():
    assert expected_place(absence=None, claims=[PLAN], is_free_day=True).others == (PLAN,)


@pytest.mark.parametrize(
    ("kind", "place"),
    [("CT", "LEAVE"), ("CLTN", "LEAVE"), ("DL", "TRAVEL"), ("PD", "TRAVEL"), ("DK", "TRAINING"), ("TB", "TRAINING")],
)
def test_what_an_absence_means_for_the_place(kind, place):
    assert place_of_absence(kind) == place


def test_the_fence_stands_only_for_the_office():
    places = ("HOME", "ANYWHERE", "TRAVEL", "TRAINING", "OFFICE", "LEAVE", "OFF")
    assert [place for place in places if not lifts_fence(place)] == ["OFFICE", "LEAVE", "OFF"]
