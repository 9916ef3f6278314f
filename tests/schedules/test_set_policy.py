"""Setting a policy: it holds from a day on, the past stays, and what cannot hold is refused in words."""

from datetime import date

import pytest

from personnel.models import AuditEvent
from schedules import actions
from schedules.actions.policies import PolicyRefused
from schedules.models import PolicyState, WfhPolicy
from schedules.queries.policies import policy_book
from tests.clock import NOW, TODAY
from tests.factories.schedules import make_policy

DECEMBER = date(2026, 12, 1)


def set_policy(cast, **changes):
    given = {
        "unit": None, "number": "SE 9/2026", "legal_basis": "SE Bupati", "starts_on": DECEMBER,
        "parameters": {"ratio_percent": 40}, "actor": cast.bkd, "now": NOW,
    }  # fmt: skip
    return actions.set_policy(**{**given, **changes})


def test_it_holds_from_its_first_day(cast):
    set_policy(cast)

    book = policy_book(date(2026, 11, 1), date(2026, 12, 31))
    assert book.policy_for(cast.dinas_a.ancestor_ids, date(2026, 11, 30)) is None
    assert book.policy_for(cast.dinas_a.ancestor_ids, DECEMBER).rules.ratio_percent == 40


def test_the_document_before_ends_the_day_before_and_stays(cast):
    first = make_policy(ratio_percent=50)

    second = set_policy(cast)

    first.refresh_from_db()
    assert (first.ends_on, first.state) == (date(2026, 11, 30), PolicyState.IN_FORCE)
    assert second.ends_on is None


def test_a_document_of_the_same_day_is_withdrawn_not_edited(cast):
    first = set_policy(cast)

    second = set_policy(cast, number="SE 10/2026", parameters={"ratio_percent": 30})

    first.refresh_from_db()
    assert (first.state, first.parameters) == (PolicyState.WITHDRAWN, {"ratio_percent": 40})
    assert second.state == PolicyState.IN_FORCE


def test_a_later_document_stays_and_ends_this_one(cast):
    later = set_policy(cast, starts_on=date(2027, 1, 1))

    now_one = set_policy(cast)

    later.refresh_from_db()
    assert now_one.ends_on == date(2026, 12, 31)
    assert later.ends_on is None


def test_twice_is_once(cast):
    assert set_policy(cast).pk == set_policy(cast).pk
    assert WfhPolicy.objects.count() == 1
    assert AuditEvent.objects.filter(verb="wfh_policy.set").count() == 1


def test_it_leaves_a_trace_with_before_and_after(cast):
    make_policy()
    set_policy(cast)

    event = AuditEvent.objects.filter(verb="wfh_policy.set").latest("pk")
    assert event.actor == cast.bkd
    assert event.after["parameters"] == {"ratio_percent": 40}
    assert event.before["documents"][0]["ends_on"] == "2026-11-30"


def test_a_unit_overrides_only_what_it_names(cast):
    make_policy(ratio_percent=50, max_days_per_week=1)
    set_policy(cast, unit=cast.dinas_a, parameters={"ratio_percent": 30})

    book = policy_book(DECEMBER, DECEMBER)
    own = book.policy_for(cast.seksi.ancestor_ids, DECEMBER)
    other = book.policy_for(cast.dinas_b.ancestor_ids, DECEMBER)
    assert (own.rules.ratio_percent, own.rules.max_days_per_week, own.basis("ratio_percent")) == (
        30, 1, "SE 9/2026 · SE Bupati",
    )  # fmt: skip
    assert other.rules.ratio_percent == 50


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"starts_on": date(2026, 11, 17)}, "18-11-2026", id="the past stays as it was"),
        pytest.param({"number": " "}, "nomor|number", id="a document has a number"),
        pytest.param({"ends_on": date(2026, 11, 30)}, "last day|[Hh]ari terakhir", id="the last day before the first"),
        pytest.param({"parameters": {"ratio_percent": 120}}, "120", id="a value outside its limit"),
        pytest.param({"parameters": {"ratio": 50}}, "ratio", id="an unknown parameter"),
        pytest.param({"parameters": {"only_reward": True}}, "box 9|kotak 9", id="parts that cannot hold together"),
        pytest.param(
            {"parameters": {"max_days_per_week": 3}}, "PermenPANRB 4/2025", id="a contradiction nobody decided"
        ),
    ],
)
def test_refused_and_nothing_changed(cast, changes, words):
    before = make_policy(starts_on=TODAY)

    with pytest.raises(PolicyRefused, match=words):
        set_policy(cast, **changes)

    before.refresh_from_db()
    assert before.ends_on is None
    assert WfhPolicy.objects.count() == 1


def test_a_decision_is_recorded_with_name_and_day(cast):
    row = set_policy(cast, parameters={"max_days_per_week": 3}, decision_note="Sekda: tiga hari berlaku")

    assert row.parameters["decisions"] == [
        {
            "code": "weekly_cap_national",
            "note": "Sekda: tiga hari berlaku",
            "decided_by": "Lilis Suryani",
            "decided_on": "2026-11-18",
        }
    ]


def test_a_unit_that_allows_more_than_above_needs_a_decision(cast):
    make_policy(ratio_percent=50)

    with pytest.raises(PolicyRefused, match="75"):
        set_policy(cast, unit=cast.dinas_a, parameters={"ratio_percent": 75})

    assert set_policy(cast, unit=cast.dinas_a, parameters={"ratio_percent": 75}, decision_note="ya").pk
