"""A statement built once says what the query itself says."""

from datetime import date

import pytest
from django.db.models import F

from common.db import JsonRows
from common.prepared import Prepared
from personnel.models import Appointment, Person, Unit
from tests.clock import LONG_AGO, WEDNESDAY

SLOTS = [8_800_000_000_000_001, 8_800_000_000_000_002, 8_800_000_000_000_003]


def _query(*, person_id, day, units):
    held = Appointment.objects.on(day).filter(person_id=person_id)
    return Person.objects.filter(pk=person_id).values(
        held=JsonRows(held, unit_id=F("unit_id"), starts_on=F("starts_on"), is_head=F("is_head")),
        near=JsonRows(Unit.objects.filter(pk__in=units).order_by("pk"), id=F("pk"), name=F("name")),
    )


@pytest.fixture
def statement():
    return Prepared(_query, person_id=8_800_000_000_000_000, day=date(1802, 2, 2), units=SLOTS)


@pytest.mark.parametrize("who", ["staff", "head"])
def test_it_gives_the_row_of_the_query(cast, statement, who):
    asked = {
        "person_id": getattr(cast, who).person_id,
        "day": WEDNESDAY,
        "units": [cast.seksi.pk, cast.dinas_a.pk, cast.root.pk],
    }

    row = statement.row(**asked)

    assert row == _query(**asked).get()
    assert row["held"][0]["starts_on"] == LONG_AGO.isoformat()
    assert [unit["id"] for unit in row["near"]] == [cast.root.pk, cast.dinas_a.pk, cast.seksi.pk]


def test_a_list_shorter_than_its_slots_is_filled_up_without_effect(cast, statement):
    row = statement.row(person_id=cast.staff.person_id, day=WEDNESDAY, units=[cast.root.pk])

    assert [unit["id"] for unit in row["near"]] == [cast.root.pk]


def test_the_second_use_runs_with_its_own_values(cast, statement):
    statement.row(person_id=cast.staff.person_id, day=WEDNESDAY, units=[cast.root.pk])

    row = statement.row(person_id=cast.staff.person_id, day=date(2019, 1, 1), units=[cast.dinas_b.pk])

    assert row == {"held": [], "near": [{"id": cast.dinas_b.pk, "name": "Dinas Sosial"}]}


def test_nobody_gives_nothing(cast, statement):
    assert statement.row(person_id=-1, day=WEDNESDAY, units=[1]) is None


@pytest.mark.parametrize(("values", "fits"), [([], False), ([1], True), ([1, 2, 3], True), ([1, 2, 3, 4], False)])
def test_how_many_values_a_list_holds(statement, values, fits):
    assert statement.holds("units", values) is fits
