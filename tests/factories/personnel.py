"""The smallest valid ground; nothing random that matters. Written through the product's own actions."""

import itertools
from datetime import date

from django.contrib.auth.hashers import make_password

from personnel import actions
from personnel.models import (
    EmploymentKind,
    Gender,
    Person,
    Position,
    PositionKind,
    RoleGrant,
    Unit,
    UnitKind,
    User,
)
from tests.clock import LONG_AGO, NOW

_numbers = itertools.count(1)
PASSWORD = "rahasia-sekali-9"


def make_unit(*, parent: Unit | None = None, name: str = "", kind: str = UnitKind.SECTION, pd: bool = False) -> Unit:
    number = next(_numbers)
    return actions.create_unit(
        code=f"U{number}",
        name=name or f"Unit {number}",
        kind=kind,
        parent=parent,
        starts_on=LONG_AGO,
        is_perangkat_daerah=pd,
        actor=None,
        now=NOW,
    )


def make_position(*, name: str = "Penelaah Teknis Kebijakan", kind: str = PositionKind.PELAKSANA) -> Position:
    position, _created = Position.objects.get_or_create(name=name, kind=kind, level="")
    return position


def make_person(
    *,
    unit: Unit | None = None,
    name: str = "",
    superior: Person | None = None,
    is_head: bool = False,
    position: Position | None = None,
    employment: str = EmploymentKind.PNS,
    weekly_minutes: int | None = None,
    birth_on: date = date(1985, 3, 12),
    gender: str = Gender.FEMALE,
    starts_on: date = LONG_AGO,
) -> Person:
    """A person employed since 2020, in `unit` and under `superior` where they are named."""
    number = next(_numbers)
    sex = "1" if gender == Gender.MALE else "2"
    person = Person.objects.create(
        nip=f"{birth_on:%Y%m%d}201001{sex}{number:03d}"[:18] if number < 1000 else f"{number:018d}",
        name=name or f"Pegawai {number}",
        gender=gender,
        birth_on=birth_on,
    )
    actions.employ(
        person=person, kind=employment, weekly_minutes=weekly_minutes, starts_on=starts_on, actor=None, now=NOW
    )
    if unit is not None:
        actions.appoint(
            person=person,
            unit=unit,
            position=position or make_position(),
            is_head=is_head,
            starts_on=starts_on,
            actor=None,
            now=NOW,
        )
    if superior is not None:
        actions.set_superior(person=person, superior=superior, starts_on=starts_on, source="test", actor=None, now=NOW)
    return person


def make_user(person: Person | None = None, *, username: str = "", is_staff: bool = False) -> User:
    return User.objects.create(
        username=username or (person.nip if person else f"admin{next(_numbers)}"),
        person=person,
        display_name=person.full_name if person else "Administrator",
        password=make_password(PASSWORD),
        is_staff=is_staff,
    )


def grant(user: User, role: str, unit: Unit, *, starts_on: date = LONG_AGO, ends_on: date | None = None) -> RoleGrant:
    return actions.grant_role(
        user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on, actor=None, now=NOW
    )
