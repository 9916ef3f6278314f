from datetime import date

import pytest

from personnel.rules.nip import NipGender, NipKind, age_at_appointment, check_nip, normalise_nip, parse_nip

PNS = "198503152010062004"
PPPK = "199204102023211012"


def test_a_pns_number_gives_birth_appointment_gender_and_serial():
    nip = parse_nip(PNS)

    assert nip is not None
    assert (nip.birth_on, nip.appointed_year, nip.appointed_month) == (date(1985, 3, 15), 2010, 6)
    assert (nip.gender, nip.serial, nip.kind) == (NipGender.FEMALE, 4, NipKind.PNS)


def test_a_month_above_twelve_is_a_pppk_contract_number():
    nip = parse_nip(PPPK)

    assert nip is not None
    assert (nip.kind, nip.appointed_month, nip.contract_number) == (NipKind.PPPK, None, 21)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("'198503152010062004", PNS, id="a leading apostrophe goes"),
        pytest.param("19850315 201006 2 004", PNS, id="the spaces of the printed form go"),
        pytest.param(" 19850315.201006.2.004 ", PNS, id="dots go"),
    ],
)
def test_normalise(raw, clean):
    assert normalise_nip(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("19850315201006200", id="seventeen digits"),
        pytest.param("198502302010062004", id="30 February"),
        pytest.param("198503152010063004", id="a third gender digit"),
        pytest.param("19850315201006200A", id="a letter"),
        pytest.param("١٩٨٥٠٣١٥٢٠١٠٠٦٢٠٠٤", id="digits of another script"),
    ],
)
def test_numbers_without_meaning_are_none(text):
    assert parse_nip(text) is None


@pytest.mark.parametrize(
    ("text", "facts", "codes"),
    [
        pytest.param(PNS, {}, [], id="a sound number gives nothing"),
        pytest.param(PNS, {"birth_on": date(1985, 3, 16)}, ["birth_differs"], id="another birth date warns"),
        pytest.param(PNS, {"gender": NipGender.MALE}, ["gender_differs"], id="another gender warns"),
        pytest.param(PNS, {"kind": NipKind.PPPK}, ["kind_differs"], id="a PPPK with a PNS number warns"),
        pytest.param("200503152020061004", {}, ["appointed_too_young"], id="fifteen years old at appointment"),
        pytest.param("198503152010062000", {}, ["serial_zero"], id="serial 000"),
        pytest.param("123", {}, ["not_18_digits"], id="too short"),
        pytest.param("198513152010062004", {}, ["no_birth_date"], id="month thirteen"),
        pytest.param("198503152010069004", {}, ["no_gender"], id="gender digit nine"),
        pytest.param(
            PNS,
            {"birth_on": date(1985, 3, 16), "gender": NipGender.MALE},
            ["birth_differs", "gender_differs"],
            id="all doubts at once",
        ),
    ],
)
def test_check(text, facts, codes):
    assert [finding.code for finding in check_nip(text, **facts)] == codes


@pytest.mark.parametrize(
    ("text", "age"),
    [
        pytest.param("199206012010061001", 18, id="born on the first of the appointment month: eighteen that day"),
        pytest.param("199206022010061001", 17, id="born a day later: still seventeen"),
        pytest.param("199212312010211001", 18, id="PPPK: the number has no month, the year's last day counts"),
    ],
)
def test_age_at_appointment(text, age):
    nip = parse_nip(text)
    assert nip is not None
    assert age_at_appointment(nip) == age


def test_no_sentence_contains_the_number():
    findings = check_nip("200503152020061000", birth_on=date(2000, 1, 1), kind=NipKind.PPPK, gender=NipGender.FEMALE)

    assert len(findings) == 5
    assert all("2005" not in finding.message for finding in findings)
