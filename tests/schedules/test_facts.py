"""What eligibility is told about a person, read from the tables."""

from datetime import date

import pytest

from personnel.models import PositionKind, PositionWorkability
from schedules.queries.eligibility import counts_of, impact_of, judged_in, judged_person
from schedules.rules.person_facts import Answer
from schedules.rules.policy import Layer
from schedules.rules.verdicts import Rule
from talent.models import Fact, FactState
from tests.clock import LONG_AGO, NOW, TODAY
from tests.factories.personnel import make_person, make_position
from tests.factories.schedules import make_colleagues, make_policy


def fact(person, key, value, *, on=date(2026, 1, 2), ends_on=None, state=FactState.ACCEPTED):
    return Fact.objects.create(
        person=person, key=key, value=value, observed_on=on, ends_on=ends_on, source="uji", reference=f"{key}{on}",
        state=state, recorded_at=NOW,
    )  # fmt: skip


def rule_of(person, day=TODAY):
    return judged_person(person, day).verdict.deciding.rule


@pytest.fixture
def office(cast):
    make_policy(permanent_wfa=True)
    return cast


def test_the_newest_verified_predikat_counts(office):
    fact(office.staff.person, "predikat_tahunan", "BAIK", on=date(2025, 1, 2))
    assert rule_of(office.staff.person) == Rule.RATIO

    fact(office.staff.person, "predikat_tahunan", "KURANG")
    assert rule_of(office.staff.person) == Rule.PREDIKAT


def test_an_unverified_predikat_does_not_count(office):
    fact(office.staff.person, "predikat_tahunan", "KURANG", state=FactState.PENDING)

    assert rule_of(office.staff.person) == Rule.RATIO


def test_a_sanction_counts_while_it_runs(office):
    fact(office.staff.person, "hukdis", "SEDANG", ends_on=date(2026, 11, 20))

    assert rule_of(office.staff.person) == Rule.DISCIPLINE
    assert rule_of(office.staff.person, date(2026, 11, 21)) == Rule.RATIO


def test_an_analysed_position_is_permanent_from_its_analysis_on(office):
    analyst = make_position(name="Analis Kebijakan", kind=PositionKind.FUNGSIONAL)
    person = make_person(unit=office.seksi, position=analyst)
    PositionWorkability.objects.create(
        position=analyst, is_workable_from_anywhere=True, legal_basis="Kajian 2022", starts_on=TODAY
    )

    found = judged_person(person, TODAY).verdict
    assert (found.answer, found.deciding.basis) == (Answer.PERMANENT, "Kajian 2022")
    assert rule_of(person, date(2026, 11, 17)) == Rule.NO_POLICY


def test_tenure_counts_from_the_first_employment(office):
    newcomer = make_person(unit=office.seksi, starts_on=date(2026, 6, 1))

    assert rule_of(newcomer) == Rule.TENURE
    assert rule_of(office.staff.person) == Rule.RATIO


def test_somebody_without_appointment_has_no_verdict(office):
    assert judged_person(make_person(name="Tanpa unit"), TODAY) is None
    assert judged_person(office.staff.person, date(2019, 1, 1)) is None


def test_more_people_cost_no_more_queries(office, queries_for):
    make_colleagues(office.seksi, 2)
    few = queries_for(lambda: judged_in(office.dinas_a, TODAY))
    make_colleagues(office.bidang, 18)

    assert queries_for(lambda: judged_in(office.dinas_a, TODAY)) == few
    assert few <= 14


def test_the_impact_of_a_draft_counts_who_newly_may_not(office):
    before = counts_of(judged_in(office.dinas_a, TODAY))
    draft = Layer(depth=0, place="", number="SE 2", legal_basis="", starts_on=TODAY, values={"ratio_percent": 0})

    found = impact_of(None, draft, TODAY)

    everybody = before["MAY"] + len(judged_in(office.dinas_b, TODAY)) + 3
    assert found["changes"] == [{"before": "MAY", "after": "MAY_NOT", "count": everybody}]
    assert LONG_AGO < TODAY
