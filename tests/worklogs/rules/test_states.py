"""The state machine of an entry: every pair of state and deed."""

from datetime import datetime, timedelta, timezone

import pytest

from worklogs.rules.states import (
    CHANGEABLE,
    SENDABLE,
    Deed,
    State,
    may_be_deleted,
    may_be_undone,
    reason_is_missing,
    state_after,
)

OPEN = {
    ("DRAFT", "CHANGE"): "DRAFT",
    ("RETURNED", "CHANGE"): "RETURNED",
    ("SUBMITTED", "CHANGE"): "SUBMITTED",
    ("DRAFT", "SUBMIT"): "SUBMITTED",
    ("RETURNED", "SUBMIT"): "SUBMITTED",
    ("SUBMITTED", "APPROVE"): "APPROVED",
    ("SUBMITTED", "RETURN"): "RETURNED",
    ("SUBMITTED", "REJECT"): "REJECTED",
    ("APPROVED", "REOPEN"): "RETURNED",
    ("REJECTED", "REOPEN"): "RETURNED",
    ("APPROVED", "UNDO"): "SUBMITTED",
    ("RETURNED", "UNDO"): "SUBMITTED",
    ("REJECTED", "UNDO"): "SUBMITTED",
}
NOW = datetime(2026, 11, 18, 9, tzinfo=timezone(timedelta(hours=7)))


@pytest.mark.parametrize("deed", list(Deed))
@pytest.mark.parametrize("state", list(State))
def test_every_pair_of_state_and_deed(state, deed):
    expected = OPEN.get((state.value, deed.value))

    assert state_after(state, deed) == (State(expected) if expected else None)


def test_an_approved_entry_is_closed_to_its_writer():
    assert State.APPROVED not in CHANGEABLE | SENDABLE
    assert State.REJECTED not in CHANGEABLE | SENDABLE


@pytest.mark.parametrize(
    ("state", "was_sent", "deletable"),
    [
        pytest.param(State.DRAFT, False, True, id="a draft never sent may vanish"),
        pytest.param(State.DRAFT, True, False, id="what was once sent stays"),
        pytest.param(State.RETURNED, True, False, id="a returned entry stays"),
        pytest.param(State.APPROVED, True, False, id="an approved entry stays"),
    ],
)
def test_deleting(state, was_sent, deletable):
    assert may_be_deleted(state, was_ever_submitted=was_sent) is deletable


@pytest.mark.parametrize(
    ("deed", "reason", "missing"),
    [
        pytest.param(Deed.APPROVE, "", False, id="approving needs no words"),
        pytest.param(Deed.RETURN, "", True, id="returning needs words"),
        pytest.param(Deed.REJECT, " \n", True, id="blanks are no words"),
        pytest.param(Deed.REOPEN, "Salah tekan", False, id="reopening with words"),
    ],
)
def test_reasons(deed, reason, missing):
    assert reason_is_missing(deed, reason) is missing


@pytest.mark.parametrize(
    ("changes", "undoable"),
    [
        pytest.param({}, True, id="at once"),
        pytest.param({"decided_at": NOW - timedelta(seconds=60)}, True, id="the last second counts"),
        pytest.param({"decided_at": NOW - timedelta(seconds=61)}, False, id="a second later is too late"),
        pytest.param({"decided_at": NOW + timedelta(seconds=1)}, False, id="a decision in the future is none"),
        pytest.param({"decided_by_same": False}, False, id="only who decided"),
        pytest.param({"touched_since": True}, False, id="not after the writer moved on"),
        pytest.param({"state": State.SUBMITTED}, False, id="nothing was decided"),
        pytest.param({"decided_at": None}, False, id="no moment of decision"),
    ],
)
def test_undo(changes, undoable):
    facts = {"state": State.APPROVED, "decided_at": NOW, "decided_by_same": True, "touched_since": False, **changes}

    assert may_be_undone(facts.pop("state"), now=NOW, undo_seconds=60, **facts) is undoable
