"""The states of an entry and what may be done in each.

    DRAFT ── submit ──▶ SUBMITTED ── approve ──▶ APPROVED ─┐
                        ▲   │   └─── reject ───▶ REJECTED ─┤ reopen, by a superior, with a reason
                 submit │   │ return                       │
                        │   ▼                              │
                      RETURNED ◀───────────────────────────┘

The writer may change an entry while it is DRAFT, RETURNED or SUBMITTED; a change after sending is
kept in the history and shown to the superior. A decision can be undone by the one who made it,
for `undo_seconds`, as long as nothing has happened to the entry since.
"""

from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class Deed(StrEnum):
    WRITE = "WRITE"
    CHANGE = "CHANGE"
    DELETE = "DELETE"
    SUBMIT = "SUBMIT"
    APPROVE = "APPROVE"
    RETURN = "RETURN"
    REJECT = "REJECT"
    REOPEN = "REOPEN"
    UNDO = "UNDO"


TRANSITIONS: dict[tuple[State, Deed], State] = {
    (State.DRAFT, Deed.CHANGE): State.DRAFT,
    (State.RETURNED, Deed.CHANGE): State.RETURNED,
    (State.SUBMITTED, Deed.CHANGE): State.SUBMITTED,
    (State.DRAFT, Deed.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Deed.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Deed.APPROVE): State.APPROVED,
    (State.SUBMITTED, Deed.RETURN): State.RETURNED,
    (State.SUBMITTED, Deed.REJECT): State.REJECTED,
    (State.APPROVED, Deed.REOPEN): State.RETURNED,
    (State.REJECTED, Deed.REOPEN): State.RETURNED,
    (State.APPROVED, Deed.UNDO): State.SUBMITTED,
    (State.RETURNED, Deed.UNDO): State.SUBMITTED,
    (State.REJECTED, Deed.UNDO): State.SUBMITTED,
}
DECISIONS = frozenset({Deed.APPROVE, Deed.RETURN, Deed.REJECT})
NEEDS_REASON = frozenset({Deed.RETURN, Deed.REJECT, Deed.REOPEN})
CHANGEABLE = frozenset(state for (state, deed) in TRANSITIONS if deed is Deed.CHANGE)
SENDABLE = frozenset(state for (state, deed) in TRANSITIONS if deed is Deed.SUBMIT)
DECIDED = frozenset({State.APPROVED, State.RETURNED, State.REJECTED})


def state_after(state: State, deed: Deed) -> State | None:
    """The state that the deed leads to, or None when the deed is not open in this state."""
    return TRANSITIONS.get((State(state), deed))


def may_be_deleted(state: State, *, was_ever_submitted: bool) -> bool:
    """Only a draft that was never sent may vanish; everything a superior may have read stays."""
    return state == State.DRAFT and not was_ever_submitted


def reason_is_missing(deed: Deed, reason: str) -> bool:
    """Returning, rejecting and reopening need words; approving does not."""
    return deed in NEEDS_REASON and not reason.strip()


def may_be_undone(
    state: State,
    *,
    decided_at: datetime | None,
    decided_by_same: bool,
    touched_since: bool,
    now: datetime,
    undo_seconds: int,
) -> bool:
    """Whether a decision can still be taken back; the last second counts.

    `touched_since` is True when anything happened to the entry after the decision.
    """
    if state not in DECIDED or decided_at is None or touched_since or not decided_by_same:
        return False
    return 0 <= (now - decided_at).total_seconds() <= undo_seconds
