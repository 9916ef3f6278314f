"""May a forgotten clock-in or clock-out be asked for? A practice of offices, not of a regulation; all is policy.

Permen ESDM 21/2014 Pasal 7 accepts a manual register where the device fails. Statements of forgetting with the
superior's consent and a monthly cap are common; no text names the number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from attendance.rules.kinds import Finding
from attendance.rules.leave import BLOCKS, gettext_noop


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPolicy:
    """At most `per_month` asked for or granted in the calendar month of the day; `days_back` calendar days to ask."""

    per_month: int = 3
    days_back: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is claimed: the duty day, the moment, and what is known of the day.

    `is_known`: the day shows a press of that direction already. `taken`: corrections of the month, open or granted.
    """

    day: date
    instant: datetime
    is_known: bool
    taken: int


SENTENCES = {
    "FUTURE": gettext_noop("A correction is for a moment that has passed."),
    "DAY_TOO_OLD": gettext_noop("A correction can be asked for until %(days)s days after the day."),
    "CAP_REACHED": gettext_noop("%(taken)s of %(limit)s corrections of this month are taken."),
    "PRESS_IS_KNOWN": gettext_noop("This day already has that clocking, so nothing is missing."),
}


def check_claim(policy: CorrectionPolicy, claim: Claim, *, today: date, now: datetime) -> list[Finding]:
    """What speaks against the correction, in the order in which it is said; each refuses it."""
    found = []
    if claim.instant > now:
        found.append(_finding("FUTURE", claim))
    if (today - claim.day).days > policy.days_back:
        found.append(_finding("DAY_TOO_OLD", claim, days=policy.days_back))
    if claim.taken >= policy.per_month:
        found.append(_finding("CAP_REACHED", claim, taken=claim.taken, limit=policy.per_month))
    if claim.is_known:
        found.append(_finding("PRESS_IS_KNOWN", claim))
    return found


def _finding(code: str, claim: Claim, **values: int | str) -> Finding:
    return Finding(code=code, severity=BLOCKS, message=SENTENCES[code], day=claim.day, values=dict(values))
