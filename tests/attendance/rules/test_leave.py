"""Leave: who may take what, for how long, and what is left. Corrections: how many and until when."""

from datetime import date

import pytest

from attendance.rules.corrections import Claim, CorrectionPolicy, check_claim
from attendance.rules.kinds import Finding
from attendance.rules.leave import (
    SENTENCES,
    TYPES,
    AnnualLeave,
    Applicant,
    LeavePolicy,
    Wish,
    add_months,
    annual_leave,
    blocking,
    check_wish,
)
from tests.clock import NOW, TODAY, at

POLICY = LeavePolicy()
FIRST = date(2026, 12, 1)


def _wish(kind: str, ends_on: date = FIRST, *, starts_on: date = FIRST, document: str = "", days: int = 1) -> Wish:
    return Wish(kind=kind, starts_on=starts_on, ends_on=ends_on, document=document, days_by_year={2026: days})


def _person(employment: str = "PNS", since: date | None = date(2015, 3, 1), *, is_woman: bool = True) -> Applicant:
    return Applicant(employment=employment, serves_since=since, is_woman=is_woman)


def _account(left: int = 12) -> dict[int, AnnualLeave]:
    return {2026: AnnualLeave(year=2026, entitled=left, carried=0, used=0)}


def _codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_every_kind_the_office_uses_is_in_the_table():
    assert set(TYPES) == {"CT", "CB", "CS", "CM", "CAP", "CLTN", "DL", "PD", "DK", "TB"}


@pytest.mark.parametrize(
    ("wish", "person", "codes"),
    [
        pytest.param(_wish("CT"), _person(), [], id="annual leave of a PNS is free"),
        pytest.param(_wish("CT"), _person("PPPK"), [], id="a PPPK has annual leave"),
        pytest.param(_wish("CT"), _person("CPNS", date(2025, 12, 1)), [], id="a CPNS after exactly one year"),
        pytest.param(
            _wish("CT"), _person(since=date(2025, 12, 2)), ["SERVICE_TOO_SHORT"], id="one day short of a year"
        ),
        pytest.param(_wish("CT"), _person(since=None), ["SERVICE_TOO_SHORT"], id="an unknown start of service is none"),
        pytest.param(_wish("CT", days=0), _person(), ["NO_WORKING_DAY"], id="a weekend needs no leave"),
        pytest.param(_wish("CT", days=13), _person(), ["QUOTA_EXCEEDED"], id="thirteen days of twelve"),
        pytest.param(_wish("CB"), _person(), [], id="long leave of a PNS after five years"),
        pytest.param(_wish("CB"), _person("PPPK"), ["NOT_FOR_EMPLOYMENT"], id="no long leave for PPPK"),
        pytest.param(
            _wish("CB"), _person(since=date(2023, 1, 1)), ["SERVICE_WAIVABLE"], id="the first hajj waives five years"
        ),
        pytest.param(_wish("CB", date(2027, 2, 28)), _person(), [], id="three months to the day"),
        pytest.param(_wish("CB", date(2027, 3, 1)), _person(), ["TOO_LONG"], id="three months and a day"),
        pytest.param(_wish("CS"), _person("PPPK_PARUH_WAKTU"), [], id="one sick day needs no note"),
        pytest.param(_wish("CS", date(2026, 12, 2)), _person(), ["DOCTORS_NOTE_MISSING"], id="two sick days do"),
        pytest.param(_wish("CS", date(2026, 12, 14), document="SKD 1"), _person(), [], id="fourteen days with a note"),
        pytest.param(
            _wish("CS", date(2026, 12, 15), document="SKD 1"),
            _person(),
            ["GOVERNMENT_DOCTOR"],
            id="from the fifteenth day a government doctor",
        ),
        pytest.param(
            _wish("CS", date(2028, 6, 1), document="SKD 1"),
            _person(),
            ["TOO_LONG", "GOVERNMENT_DOCTOR"],
            id="a year and a half at most",
        ),
        pytest.param(_wish("CM", date(2027, 2, 28)), _person("PPPK"), [], id="maternity leave is three months"),
        pytest.param(_wish("CM"), _person(is_woman=False), ["WOMEN_ONLY"], id="a father takes another kind"),
        pytest.param(_wish("CAP", date(2026, 12, 31)), _person(), [], id="an important reason fills a month"),
        pytest.param(_wish("CAP", date(2027, 1, 1)), _person(), ["TOO_LONG"], id="and no more"),
        pytest.param(_wish("CAP"), _person("PPPK"), ["NOT_FOR_EMPLOYMENT"], id="not in the list of PPPK"),
        pytest.param(_wish("CLTN"), _person(), ["PPK_DECIDES"], id="a superior cannot approve unpaid leave"),
        pytest.param(
            _wish("CLTN"),
            _person(since=date(2024, 1, 1)),
            ["PPK_DECIDES", "SERVICE_TOO_SHORT"],
            id="and it needs five years",
        ),
        pytest.param(_wish("DL"), _person(), ["DOCUMENT_MISSING"], id="duty needs its order"),
        pytest.param(_wish("PD", document=" "), _person(), ["DOCUMENT_MISSING"], id="blanks are no number"),
        pytest.param(_wish("DK", document="Und. 12"), _person("PPPK"), [], id="training with its invitation"),
        pytest.param(_wish("TB", document="SK 4"), _person(), [], id="study with its decree"),
        pytest.param(_wish("CT"), _person(""), ["NOT_EMPLOYED"], id="nobody without employment"),
        pytest.param(_wish("CT", date(2026, 11, 30)), _person(), ["DATES_REVERSED"], id="an end before the start"),
    ],
)
def test_conditions(wish, person, codes):
    findings = check_wish(wish, person, _account())

    assert _codes(findings) == codes
    assert all(finding.message == SENTENCES[finding.code] for finding in findings)
    assert all(finding.message % finding.values for finding in findings)


def test_a_warning_does_not_refuse():
    findings = check_wish(_wish("CB"), _person(since=date(2023, 1, 1)), {})

    assert (_codes(findings), blocking(findings)) == (["SERVICE_WAIVABLE"], [])


def test_each_year_of_a_leave_over_new_year_has_its_own_quota():
    wish = Wish(kind="CT", starts_on=date(2026, 12, 30), ends_on=date(2027, 1, 5), days_by_year={2026: 2, 2027: 3})
    accounts = {
        2026: AnnualLeave(year=2026, entitled=12, carried=0, used=11),
        2027: AnnualLeave(year=2027, entitled=12, carried=0, used=0),
    }

    findings = check_wish(wish, _person(), accounts)

    assert [(f.code, f.values["year"], f.values["left"]) for f in findings] == [("QUOTA_EXCEEDED", 2026, 1)]


@pytest.mark.parametrize(
    ("used", "fields", "entitled", "carried", "left"),
    [
        pytest.param({}, {}, 12, 0, 12, id="the first recorded year"),
        pytest.param({2026: 5}, {}, 12, 0, 7, id="five days taken"),
        pytest.param({2026: 15}, {}, 12, 0, 0, id="never below nothing"),
        pytest.param({2025: 8}, {"first_recorded_year": 2025}, 12, 4, 16, id="four days are carried"),
        pytest.param({}, {"first_recorded_year": 2025}, 12, 6, 18, id="at most six: eighteen in all"),
        pytest.param({}, {"first_recorded_year": 2024}, 12, 12, 24, id="two unused years: twenty-four in all"),
        pytest.param({2024: 1}, {"first_recorded_year": 2024}, 12, 6, 18, id="one day two years ago breaks it"),
        pytest.param({2025: 14}, {"first_recorded_year": 2024}, 12, 0, 12, id="a year used up carries nothing"),
        pytest.param({}, {"long_leave_years": {2026}}, 0, 0, 0, id="long leave consumes its year"),
        pytest.param(
            {}, {"long_leave_years": {2025}, "first_recorded_year": 2025}, 12, 0, 12, id="and leaves nothing to carry"
        ),
        pytest.param({}, {"waiting": 3}, 12, 0, 9, id="what waits is held back"),
    ],
)
def test_annual_leave(used, fields, entitled, carried, left):
    values = {"first_recorded_year": 2026} | fields

    account = annual_leave(POLICY, year=2026, applicant=_person(), used=used, **values)

    assert (account.entitled, account.carried, account.left) == (entitled, carried, left)


@pytest.mark.parametrize(
    ("since", "entitled", "carried"),
    [
        pytest.param(date(2026, 1, 2), 0, 0, id="the year of service is not full by its end"),
        pytest.param(date(2025, 12, 31), 12, 0, id="full on the last day"),
        pytest.param(date(2024, 6, 1), 12, 6, id="last year counted too"),
    ],
)
def test_a_year_without_service_gives_and_carries_nothing(since, entitled, carried):
    account = annual_leave(POLICY, year=2026, applicant=_person(since=since), used={}, first_recorded_year=2020)

    assert (account.entitled, account.carried) == (entitled, carried)


def test_an_office_may_give_contracts_six_days():
    policy = LeavePolicy(annual_days_contract=6)

    assert annual_leave(policy, year=2026, applicant=_person("PPPK"), used={}, first_recorded_year=2026).left == 6


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_end_where_the_month_does(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        pytest.param({}, [], id="yesterday, nothing taken"),
        pytest.param({"taken": 2}, [], id="the third of three"),
        pytest.param({"taken": 3}, ["CAP_REACHED"], id="the fourth"),
        pytest.param({"day": date(2026, 11, 4)}, [], id="fourteen days back"),
        pytest.param({"day": date(2026, 11, 3)}, ["DAY_TOO_OLD"], id="fifteen days back"),
        pytest.param({"instant": at("09:01")}, ["FUTURE"], id="a minute ahead"),
        pytest.param({"is_known": True}, ["PRESS_IS_KNOWN"], id="nothing is missing"),
    ],
)
def test_corrections(fields, codes):
    values = {"day": date(2026, 11, 17), "instant": at("07:30"), "is_known": False, "taken": 0} | fields

    findings = check_claim(CorrectionPolicy(), Claim(**values), today=TODAY, now=NOW)

    assert _codes(findings) == codes
    assert all(finding.message % finding.values for finding in findings)
