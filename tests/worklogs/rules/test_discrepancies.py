"""One truth per day: named disagreements of plan, clock, log and leave."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklogs.rules.discrepancies import PersonDay, Plan, discrepancies
from worklogs.rules.policy import LogPolicy

POLICY = LogPolicy()
GOOD = {
    "person_id": 1, "day": date(2026, 11, 18), "plan": Plan.OFFICE, "is_working": True, "clocked_in": True,
    "worked_minutes": 480, "clocked_at_office": True, "logged_minutes": 320, "sent_minutes": 320,
}  # fmt: skip


def names(**changes) -> list[str]:
    return [f.code for f in discrepancies(PersonDay(**{**GOOD, **changes}), POLICY)]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        pytest.param({}, [], id="planned, clocked, described"),
        pytest.param(
            {"clocked_at_office": False, "metres_from_plan": 40_200}, ["office_but_elsewhere"],
            id="planned at the office, clocked 40 km away",
        ),
        pytest.param({"clocked_at_office": None}, [], id="a clock without a place says nothing of the place"),
        pytest.param({"plan": Plan.HOME}, ["home_but_office"], id="planned at home, clocked at the office"),
        pytest.param({"plan": Plan.HOME, "clocked_at_office": False}, [], id="planned and clocked at home"),
        pytest.param({"plan": Plan.ANYWHERE, "clocked_at_office": False}, [], id="anywhere is anywhere"),
        pytest.param({"worked_minutes": 540, "logged_minutes": 120}, ["little_logged"], id="9 h present, 2 h logged"),
        pytest.param({"logged_minutes": 240}, [], id="exactly half described is enough"),
        pytest.param({"worked_minutes": 300, "logged_minutes": 316}, ["log_exceeds_presence"],
                     id="more logged than present, beyond tolerance"),
        pytest.param({"worked_minutes": 300, "logged_minutes": 315}, [], id="a quarter of an hour is tolerated"),
        pytest.param({"clocked_in": False, "worked_minutes": None, "clocked_at_office": None},
                     ["no_clock", "log_without_clock"], id="a log without any clock"),
        pytest.param({"clocked_in": False, "worked_minutes": None, "clocked_at_office": None,
                      "logged_minutes": 0, "sent_minutes": 0, "log_is_due": True},
                     ["no_clock"], id="absent: nothing logged is not a second fault"),
        pytest.param({"clocked_in": False, "worked_minutes": None, "clocked_at_office": None, "is_over": False,
                      "logged_minutes": 0, "sent_minutes": 0}, [], id="the day is not over"),
        pytest.param({"plan": Plan.TRAVEL, "clocked_in": False, "worked_minutes": None, "clocked_at_office": None},
                     [], id="travel needs no clock"),
        pytest.param({"plan": Plan.LEAVE}, ["clock_on_leave", "log_on_leave"], id="work on a leave day"),
        pytest.param({"away": Fraction(1)}, ["clock_on_leave", "log_on_leave"], id="leave recorded after the plan"),
        pytest.param({"plan": Plan.LEAVE, "clocked_in": False, "worked_minutes": None, "logged_minutes": 0,
                      "sent_minutes": 0, "log_is_due": True}, [], id="a quiet leave day"),
        pytest.param({"is_open": True, "worked_minutes": None}, ["no_clock_out"], id="never clocked out"),
        pytest.param({"plan": Plan.OFF, "is_working": False}, ["clock_on_day_off"], id="came on a day off"),
        pytest.param({"logged_minutes": 0, "sent_minutes": 0, "log_is_due": True}, ["no_log"],
                     id="present, nothing logged when it was due"),
        pytest.param({"logged_minutes": 0, "sent_minutes": 0}, [], id="nothing logged, still time"),
        pytest.param({"sent_minutes": 0, "log_is_due": True}, ["log_not_sent"], id="written, not sent in time"),
        pytest.param({"plan": Plan.HOME, "clocked_at_office": False, "office_only_minutes": 60},
                     ["office_work_at_home"], id="office work on a day at home"),
    ],
)  # fmt: skip
def test_discrepancies(changes, named):
    assert names(**changes) == named


def test_distances_are_told_in_km_from_one_km():
    far = discrepancies(PersonDay(**{**GOOD, "clocked_at_office": False, "metres_from_plan": 40_200}), POLICY)
    near = discrepancies(PersonDay(**{**GOOD, "clocked_at_office": False, "metres_from_plan": 999}), POLICY)

    assert far[0].params == {"kilometres": 40}
    assert near[0].params == {"metres": 999}


@given(
    st.builds(
        PersonDay,
        person_id=st.just(1),
        day=st.just(date(2026, 11, 18)),
        plan=st.sampled_from(Plan),
        is_working=st.booleans(),
        away=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]),
        clocked_in=st.booleans(),
        is_open=st.booleans(),
        worked_minutes=st.none() | st.integers(0, 900),
        clocked_at_office=st.none() | st.booleans(),
        logged_minutes=st.integers(0, 900),
        sent_minutes=st.integers(0, 900),
        log_is_due=st.booleans(),
    )
)
def test_each_name_is_given_once_and_every_message_takes_its_values(facts):
    found = discrepancies(facts, POLICY)

    assert len({f.code for f in found}) == len(found)
    for finding in found:
        assert "%(" not in finding.message % finding.params
