"""How far from the work location, and what that says."""

import pytest

from attendance.rules.fence import Fence, FencePolicy, Fix, judge_fix, metres_between

HALL = Fence(name="Balai kota", latitude=-6.9, longitude=107.6, radius_metres=100)
ANNEX = Fence(name="Gedung B", latitude=-6.89, longitude=107.6, radius_metres=50)
DEGREE_METRES = 111_195


def fix(metres_north=0, **fields):
    return Fix(latitude=-6.9 + metres_north / DEGREE_METRES, longitude=107.6, **fields)


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        pytest.param((0, 0), (0, 0), 0, id="the same point"),
        pytest.param((0, 0), (1, 0), 111_195, id="one degree of latitude"),
        pytest.param((0, 0), (0, 1), 111_195, id="one degree of longitude on the equator"),
        pytest.param((60, 0), (60, 1), 55_597, id="half as much at 60 degrees"),
        pytest.param((0, 0), (90, 0), 10_007_558, id="a quarter of the way round"),
        pytest.param((0, 179.5), (0, -179.5), 111_195, id="across the date line"),
    ],
)
def test_metres_between(a, b, metres):
    assert metres_between(*a, *b) == metres_between(*b, *a) == metres


@pytest.mark.parametrize(
    ("position", "verdict", "outside"),
    [
        pytest.param(fix(0), "INSIDE", 0, id="in the middle"),
        pytest.param(fix(100), "INSIDE", 0, id="on the edge"),
        pytest.param(fix(101), "OUTSIDE", 1, id="one metre beyond"),
        pytest.param(fix(140, accuracy_metres=40), "INSIDE", 0, id="the doubt of the device is the person's"),
        pytest.param(fix(141, accuracy_metres=40), "OUTSIDE", 1, id="but no more than the doubt"),
        pytest.param(fix(0, accuracy_metres=501), "POOR", 0, id="too wide to judge by"),
        pytest.param(fix(0, accuracy_metres=500), "INSIDE", 0, id="just good enough"),
        pytest.param(fix(0, age_seconds=301), "POOR", 0, id="too old to judge by"),
        pytest.param(None, "NO_GPS", 0, id="no position"),
    ],
)
def test_the_verdict_on_a_position(position, verdict, outside):
    result = judge_fix(position, fences=[HALL], is_lifted=False)

    assert (result.verdict, result.metres_outside) == (verdict, outside)


def test_refused_on_the_device_differs_from_not_found():
    assert judge_fix(None, fences=[HALL], is_lifted=False, is_denied=True).verdict == "DENIED"


def test_the_location_with_the_nearest_edge_is_named():
    result = judge_fix(fix(1000), fences=[HALL, ANNEX], is_lifted=False)

    assert (result.place_name, result.verdict) == ("Gedung B", "OUTSIDE")


def test_a_lifted_fence_judges_nothing_but_keeps_the_distance():
    result = judge_fix(fix(5000), fences=[HALL], is_lifted=True)

    assert (result.verdict, result.distance_metres, result.metres_outside) == ("LIFTED", 5000, 0)


def test_without_a_recorded_location_nothing_is_judged():
    assert judge_fix(fix(5000), fences=[], is_lifted=False).verdict == "LIFTED"


def test_what_is_poor_is_for_the_policy_to_say():
    strict = FencePolicy(poor_above_metres=20)

    assert judge_fix(fix(0, accuracy_metres=25), fences=[HALL], is_lifted=False, policy=strict).verdict == "POOR"
