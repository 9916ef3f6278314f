"""Fast inserts store what `bulk_create` stores."""

from datetime import date
from decimal import Decimal

import pytest

from common.bulk import insert_rows
from personnel.models import AuditEvent, Unit, UnitTraits, WorkLocation
from tests.clock import NOW
from tests.factories.personnel import make_unit

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)


def place(unit: Unit) -> WorkLocation:
    return WorkLocation(
        unit=unit, name="Kantor 'A'", latitude=Decimal("-6.835"), longitude=Decimal("108.215"), starts_on=MONDAY
    )


def event() -> AuditEvent:
    return AuditEvent(happened_at=NOW, verb="a.b", object_type="", object_id=None, after={"n": [1, None, "é"]})


@pytest.mark.parametrize(
    "make", [lambda unit: place(unit), lambda unit: event()], ids=["decimals", "json and instants"]
)
def test_the_same_values_as_bulk_create(make):
    unit = make_unit()
    model = type(make(unit))
    before = set(model.objects.values_list("pk", flat=True))
    model.objects.bulk_create([make(unit)])
    assert insert_rows([make(unit)]) == 1

    slow, fast = (
        {name: value for name, value in row.items() if name != "id"}
        for row in model.objects.exclude(pk__in=before).order_by("pk").values()
    )
    assert slow == fast


def test_a_clash_updates_or_is_passed_over():
    unit = make_unit()
    row = UnitTraits(unit=unit, starts_on=MONDAY, is_shift_work=True)
    insert_rows([row])

    insert_rows([UnitTraits(unit=unit, starts_on=MONDAY, is_shift_work=False)], ignore_conflicts=True)
    assert UnitTraits.objects.get().is_shift_work is True

    changed = UnitTraits(unit=unit, starts_on=MONDAY, is_shift_work=False, is_direct_service=True)
    insert_rows([changed], unique_fields=("unit", "starts_on"), update_fields=("is_shift_work",))
    stored = UnitTraits.objects.get()
    assert (stored.is_shift_work, stored.is_direct_service) == (False, None)


def test_nothing_is_nothing():
    assert insert_rows([]) == 0
