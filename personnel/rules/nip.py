"""The employee number (NIP) of PNS and PPPK: what its eighteen digits say, and what looks wrong.

Layout (Perka BKN 43/2007; for PPPK by its contract practice, where sources differ):
digits 1-8 birth date YYYYMMDD, 9-12 year of first appointment, 13-14 month 01-12 (PNS) or a contract
number above 12 (PPPK), 15 gender (1 male, 2 female), 16-18 serial from 001.

A finding warns and never blocks: numbers issued wrongly long ago are still the person's number.
Only a text that is not eighteen digits identifies nobody.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from personnel.rules.wording import gettext_noop

NIP_DIGITS = 18
YOUNGEST_AT_APPOINTMENT = 18
DOUBTS = {
    "birth_differs": gettext_noop("The birth date differs from the one in the NIP."),
    "gender_differs": gettext_noop("The gender differs from the one in the NIP."),
    "kind_differs": gettext_noop("The kind of employment in the file does not fit the build of the NIP."),
    "appointed_too_young": gettext_noop("By the NIP the person was appointed before the age of 18."),
    "serial_zero": gettext_noop("The serial in the NIP is 000; serials start at 001."),
    "not_18_digits": gettext_noop("A NIP has 18 digits."),
    "no_gender": gettext_noop("The 15th digit of the NIP must be 1 or 2."),
    "no_birth_date": gettext_noop("The first eight digits of the NIP are not a date."),
}
_SEPARATORS = re.compile(r"[\s.\-'’`]+")
_EIGHTEEN_DIGITS = re.compile(r"[0-9]{18}")


class NipKind(StrEnum):
    PNS = "PNS"
    PPPK = "PPPK"


class NipGender(StrEnum):
    MALE = "M"
    FEMALE = "F"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nip:
    """The facts inside one number. `appointed_month` is None for PPPK, `contract_number` None for PNS."""

    text: str
    birth_on: date
    appointed_year: int
    appointed_month: int | None
    contract_number: int | None
    gender: NipGender
    serial: int

    @property
    def kind(self) -> NipKind:
        return NipKind.PNS if self.appointed_month is not None else NipKind.PPPK


@dataclass(frozen=True, slots=True, kw_only=True)
class NipFinding:
    """One doubt about a number; `message` is a sentence without the number itself, which is personal data."""

    code: str
    message: str


def normalise_nip(raw: str) -> str:
    """The number without the apostrophes, spaces, dots and hyphens that offices write into it."""
    return _SEPARATORS.sub("", raw)


def is_nip(text: str) -> bool:
    """Whether `text` is eighteen digits; says nothing about their meaning."""
    return _EIGHTEEN_DIGITS.fullmatch(text) is not None


def parse_nip(text: str) -> Nip | None:
    """The facts in a normalised number, or None where it has none: wrong length, no such birth date, no gender."""
    if not is_nip(text) or text[14] not in "12":
        return None
    try:
        birth_on = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    month = int(text[12:14])
    is_pns = 1 <= month <= 12
    return Nip(
        text=text,
        birth_on=birth_on,
        appointed_year=int(text[8:12]),
        appointed_month=month if is_pns else None,
        contract_number=None if is_pns else month,
        gender=NipGender.MALE if text[14] == "1" else NipGender.FEMALE,
        serial=int(text[15:]),
    )


def age_at_appointment(nip: Nip) -> int:
    """Full years on the first day of the appointment month (PNS) or on the last day of its year (PPPK)."""
    if nip.appointed_month is None:
        return nip.appointed_year - nip.birth_on.year
    before_birthday = (nip.appointed_month, 1) < (nip.birth_on.month, nip.birth_on.day)
    return nip.appointed_year - nip.birth_on.year - before_birthday


def check_nip(
    text: str,
    *,
    birth_on: date | None = None,
    gender: NipGender | None = None,
    kind: NipKind | None = None,
) -> list[NipFinding]:
    """Everything doubtful about a number, also against what the personnel file says; empty when all agree.

    A fact that is not given is not compared. A number without meaning gives one finding and ends there.
    """
    nip = parse_nip(text)
    if nip is None:
        return [_meaningless(text)]
    doubts = (
        ("birth_differs", birth_on is not None and birth_on != nip.birth_on),
        ("gender_differs", gender is not None and gender != nip.gender),
        ("kind_differs", kind is not None and kind != nip.kind),
        ("appointed_too_young", age_at_appointment(nip) < YOUNGEST_AT_APPOINTMENT),
        ("serial_zero", nip.serial == 0),
    )
    return [NipFinding(code=code, message=DOUBTS[code]) for code, is_so in doubts if is_so]


def _meaningless(text: str) -> NipFinding:
    code = "not_18_digits" if not is_nip(text) else "no_gender" if text[14] not in "12" else "no_birth_date"
    return NipFinding(code=code, message=DOUBTS[code])
