"""Kinds of leave and other absence with their conditions, as data, and the check of one request against them.

Leave: PP 11/2017 jo PP 17/2020, Peraturan BKN 24/2017 jo 7/2021 (PNS); PP 49/2018 Pasal 93, Peraturan BKN 7/2022
(PPPK). Duty, travel, training and study rest on their own letter. Where the texts are silent or sources disagree the
value is a field of `LeavePolicy` with a stated default.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.rules.kinds import Finding

PNS, CPNS, PPPK, PPPK_PART = "PNS", "CPNS", "PPPK", "PPPK_PARUH_WAKTU"
CIVIL_SERVANTS = frozenset({PNS, CPNS})
CONTRACTS = frozenset({PPPK, PPPK_PART})
EVERYONE = CIVIL_SERVANTS | CONTRACTS
BLOCKS, WARNS = "BLOCKS", "WARNS"


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue of translations; it is put into the reader's language where it is shown."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveType:
    """One kind of absence and what it asks for.

    `longest_months` is counted from the first day (three months from 10 January end on 9 April); None has no limit.
    `document_after_days`: longer than so many calendar days needs the number of a document; None never does.
    `decided_by_ppk`: the PPK may not delegate it, so a superior cannot approve it.
    """

    code: str
    open_to: frozenset[str] = EVERYONE
    min_service_months: int = 0
    service_is_waivable: bool = False
    longest_months: int | None = None
    document_after_days: int | None = None
    takes_annual_quota: bool = False
    for_women_only: bool = False
    decided_by_ppk: bool = False


TYPES: Mapping[str, LeaveType] = {
    row.code: row
    for row in (
        LeaveType(code="CT", min_service_months=12, takes_annual_quota=True),
        LeaveType(
            code="CB", open_to=frozenset({PNS}), min_service_months=60, service_is_waivable=True, longest_months=3
        ),
        LeaveType(code="CS", longest_months=18, document_after_days=1),
        LeaveType(code="CM", longest_months=3, for_women_only=True),
        LeaveType(code="CAP", open_to=CIVIL_SERVANTS, longest_months=1),
        LeaveType(code="CLTN", open_to=frozenset({PNS}), min_service_months=60, longest_months=36, decided_by_ppk=True),
        LeaveType(code="DL", document_after_days=0),
        LeaveType(code="PD", document_after_days=0),
        LeaveType(code="DK", document_after_days=0),
        LeaveType(code="TB", document_after_days=0),
    )
}
# From so many calendar days on the note comes from a government doctor.
GOVERNMENT_DOCTOR_AFTER_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavePolicy:
    """Numbers an office may set otherwise. Working days, unless named.

    Annual leave: 12; of a year that is over at most 6 are carried (18 in all), after two wholly unused years at most
    12 (24 in all). PPPK: sources print 6 and 12 days, the default is 12.
    """

    annual_days: int = 12
    annual_days_contract: int = 12
    carried_days: int = 6
    carried_days_after_two_unused: int = 12

    def days_of(self, employment: str) -> int:
        return self.annual_days_contract if employment in CONTRACTS else self.annual_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who asks, as of the first day: kind of employment (empty: none), first day of service, whether a woman."""

    employment: str
    serves_since: date | None
    is_woman: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualLeave:
    """Annual leave of one person in one calendar year, in working days. `waiting` is asked for and not decided."""

    year: int
    entitled: int
    carried: int
    used: int
    waiting: int = 0

    @property
    def left(self) -> int:
        return max(0, self.entitled + self.carried - self.used - self.waiting)

    @property
    def whole(self) -> int:
        return self.entitled + self.carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for, both days included. `days_by_year`: the working days of it in each calendar year."""

    kind: str
    starts_on: date
    ends_on: date
    document: str = ""
    days_by_year: Mapping[int, int] = field(default_factory=dict)

    @property
    def calendar_days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that day does not exist (31 January + 1)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def served_months_by(serves_since: date | None, months: int, day: date) -> bool:
    """Whether `months` of service are complete on `day`; an unknown start of service never is."""
    return serves_since is not None and add_months(serves_since, months) <= day


def annual_leave(
    policy: LeavePolicy,
    *,
    year: int,
    applicant: Applicant,
    used: Mapping[int, int],
    long_leave_years: Collection[int] = (),
    first_recorded_year: int,
    waiting: int = 0,
) -> AnnualLeave:
    """Entitlement, carried days and use of one calendar year.

    A year gives days when one year of service is complete by its end (Peraturan BKN 24/2017, cuti tahunan) and no long
    leave was taken in it (long leave consumes the annual leave of its year). Years before `first_recorded_year` are
    not known and carry nothing: nobody gets days out of a gap in the records.
    """
    return AnnualLeave(
        year=year,
        entitled=_entitled(policy, year, applicant, long_leave_years),
        carried=_carried(policy, year, applicant, used, long_leave_years, first_recorded_year),
        used=used.get(year, 0),
        waiting=waiting,
    )


def _entitled(policy: LeavePolicy, year: int, applicant: Applicant, long_leave_years: Collection[int]) -> int:
    if year in long_leave_years or not served_months_by(applicant.serves_since, 12, date(year, 12, 31)):
        return 0
    return policy.days_of(applicant.employment)


def _carried(
    policy: LeavePolicy,
    year: int,
    applicant: Applicant,
    used: Mapping[int, int],
    long_leave_years: Collection[int],
    first_recorded_year: int,
) -> int:
    def unused(past: int) -> int:
        if past < first_recorded_year:
            return 0
        return max(0, _entitled(policy, past, applicant, long_leave_years) - used.get(past, 0))

    def is_wholly_unused(past: int) -> bool:
        return unused(past) > 0 and used.get(past, 0) == 0

    if is_wholly_unused(year - 1) and is_wholly_unused(year - 2):
        return min(policy.carried_days_after_two_unused, unused(year - 1) + unused(year - 2))
    return min(policy.carried_days, unused(year - 1))


def check_wish(wish: Wish, applicant: Applicant, accounts: Mapping[int, AnnualLeave]) -> list[Finding]:
    """What speaks against the request; a finding that BLOCKS refuses it, one that WARNS is for the one who decides.

    `accounts` holds the annual leave of every year the wish touches; needed only for kinds that take from it.
    """
    kind = TYPES[wish.kind]
    if wish.ends_on < wish.starts_on:
        return [_finding("DATES_REVERSED", BLOCKS, wish)]
    found = _check_person(kind, wish, applicant)
    found += _check_length(kind, wish)
    if kind.takes_annual_quota:
        found += _check_quota(wish, accounts)
    return found


def blocking(findings: Collection[Finding]) -> list[Finding]:
    """Only the findings that refuse the request, in their order."""
    return [finding for finding in findings if finding.severity == BLOCKS]


def _check_person(kind: LeaveType, wish: Wish, applicant: Applicant) -> list[Finding]:
    if not applicant.employment:
        return [_finding("NOT_EMPLOYED", BLOCKS, wish)]
    found = []
    if applicant.employment not in kind.open_to:
        found.append(_finding("NOT_FOR_EMPLOYMENT", BLOCKS, wish, employment=applicant.employment))
    if kind.for_women_only and not applicant.is_woman:
        found.append(_finding("WOMEN_ONLY", BLOCKS, wish))
    if kind.decided_by_ppk:
        found.append(_finding("PPK_DECIDES", BLOCKS, wish))
    if not served_months_by(applicant.serves_since, kind.min_service_months, wish.starts_on):
        code, severity = ("SERVICE_WAIVABLE", WARNS) if kind.service_is_waivable else ("SERVICE_TOO_SHORT", BLOCKS)
        found.append(_finding(code, severity, wish, years=kind.min_service_months // 12))
    return found


def _check_length(kind: LeaveType, wish: Wish) -> list[Finding]:
    found = []
    if kind.longest_months and wish.ends_on > add_months(wish.starts_on, kind.longest_months) - timedelta(days=1):
        found.append(_finding("TOO_LONG", BLOCKS, wish, months=kind.longest_months))
    needs_document = kind.document_after_days is not None and wish.calendar_days > kind.document_after_days
    if needs_document and not wish.document.strip():
        code = "DOCTORS_NOTE_MISSING" if wish.kind == "CS" else "DOCUMENT_MISSING"
        found.append(_finding(code, BLOCKS, wish))
    if wish.kind == "CS" and wish.calendar_days > GOVERNMENT_DOCTOR_AFTER_DAYS:
        found.append(_finding("GOVERNMENT_DOCTOR", WARNS, wish, days=GOVERNMENT_DOCTOR_AFTER_DAYS))
    return found


def _check_quota(wish: Wish, accounts: Mapping[int, AnnualLeave]) -> list[Finding]:
    if not sum(wish.days_by_year.values()):
        return [_finding("NO_WORKING_DAY", BLOCKS, wish)]
    return [
        _finding("QUOTA_EXCEEDED", BLOCKS, wish, days=days, left=accounts[year].left, year=year)
        for year, days in sorted(wish.days_by_year.items())
        if days > accounts[year].left
    ]


SENTENCES = {
    "DATES_REVERSED": gettext_noop("The last day lies before the first day."),
    "NOT_EMPLOYED": gettext_noop("On the first day no employment is recorded for you."),
    "NOT_FOR_EMPLOYMENT": gettext_noop("%(kind)s is not open to %(employment)s."),
    "WOMEN_ONLY": gettext_noop(
        "%(kind)s is for women; for a birth in the family choose leave for an important reason."
    ),
    "PPK_DECIDES": gettext_noop("%(kind)s is decided by the PPK and recorded by BKD with the decree."),
    "SERVICE_TOO_SHORT": gettext_noop("%(kind)s needs %(years)s years of service on the first day."),
    "SERVICE_WAIVABLE": gettext_noop(
        "%(kind)s needs %(years)s years of service; only the first hajj or a fourth child waives them."
    ),
    "TOO_LONG": gettext_noop("%(kind)s lasts %(months)s months at most."),
    "DOCTORS_NOTE_MISSING": gettext_noop("Sick leave of more than one day needs the number of a doctor's note."),
    "DOCUMENT_MISSING": gettext_noop("%(kind)s needs the number of the letter it rests on."),
    "GOVERNMENT_DOCTOR": gettext_noop("Sick leave of more than %(days)s days needs a note of a government doctor."),
    "NO_WORKING_DAY": gettext_noop("There is no working day between these dates."),
    "QUOTA_EXCEEDED": gettext_noop("%(days)s working days are asked for; %(left)s are left of the leave of %(year)s."),
}


def _finding(code: str, severity: str, wish: Wish, **values: int | str) -> Finding:
    named = {"kind": wish.kind, **values}
    return Finding(code=code, severity=severity, message=SENTENCES[code], day=wish.starts_on, values=named)
