"""The tree of units: subtrees, inheritance, perangkat daerah."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from personnel import actions, queries
from personnel.models import AuditEvent, Unit, UnitKind, WorkLocation
from tests.clock import LONG_AGO, NOW, TODAY
from tests.factories.personnel import make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    root = make_unit(kind=UnitKind.INSTITUTION)
    department = make_unit(parent=root, kind=UnitKind.DEPARTMENT, pd=True)
    field = make_unit(parent=department)
    return root, department, field


def test_a_subtree_holds_the_unit_and_everything_below_and_nothing_beside(tree):
    root, department, field = tree
    beside = make_unit(parent=root)

    assert set(Unit.objects.subtree(department)) == {department, field}
    assert set(Unit.objects.subtree(root)) == {root, department, field, beside}


def test_everything_below_a_perangkat_daerah_belongs_to_it(tree):
    root, department, field = tree

    assert root.perangkat_daerah is None
    assert department.is_perangkat_daerah
    assert field.perangkat_daerah == department
    assert not field.is_perangkat_daerah


def test_traits_are_inherited_until_a_unit_says_otherwise(tree):
    root, department, field = tree
    actions.set_traits(unit=root, starts_on=LONG_AGO, time_zone="Asia/Makassar", actor=None, now=NOW)
    actions.set_traits(unit=department, starts_on=LONG_AGO, is_direct_service=True, actor=None, now=NOW)

    below = queries.units_on(TODAY)[field.pk]

    assert (below.zone, below.is_direct_service, below.is_shift_work) == ("Asia/Makassar", True, False)
    assert queries.zone_of(field, TODAY) == ZoneInfo("Asia/Makassar")


def test_new_traits_hold_from_their_day_and_the_past_stays(tree):
    _root, department, field = tree
    actions.set_traits(unit=department, starts_on=LONG_AGO, is_direct_service=True, actor=None, now=NOW)
    actions.set_traits(unit=department, starts_on=TODAY, is_direct_service=False, actor=None, now=NOW)

    assert queries.units_on(TODAY - timedelta(days=1))[field.pk].is_direct_service is True
    assert queries.units_on(TODAY)[field.pk].is_direct_service is False


def test_without_any_word_the_zone_is_wib(tree):
    assert queries.zone_of(tree[2], TODAY) == ZoneInfo("Asia/Jakarta")


def test_the_whole_tree_costs_two_queries(tree, queries_for):
    for _ in range(10):
        make_unit(parent=tree[1])

    assert queries_for(lambda: queries.units_on(TODAY)) == 2


def test_a_second_unit_with_the_same_code_is_refused_by_name(tree):
    root, department, _field = tree

    with pytest.raises(actions.units.UnitExists) as refusal:
        actions.create_unit(
            code=department.code, name="Lain", kind=UnitKind.SECTION, parent=root, starts_on=TODAY, actor=None, now=NOW
        )

    assert refusal.value.details == {"code": department.code}
    assert Unit.objects.count() == 3


def test_opening_a_unit_leaves_an_audit_event(tree):
    event = AuditEvent.objects.filter(verb="unit.create", object_id=tree[1].pk).get()

    assert event.after["kind"] == "DEPARTMENT"
    assert event.capacity == "SYSTEM"


def test_people_of_a_unit_are_those_appointed_there_or_below_on_the_day(tree):
    root, department, field = tree
    inside = make_person(unit=field)
    make_person(unit=root)

    assert list(queries.people_in(department, TODAY)) == [inside]
    assert list(queries.people_in(department, LONG_AGO - timedelta(days=1))) == []


def test_a_fence_of_five_metres_is_refused_in_words_and_by_the_database(tree):
    place = WorkLocation(unit=tree[0], name="x", latitude=-6, longitude=107, radius_metres=5, starts_on=TODAY)

    with translation.override("en"), pytest.raises(ValidationError, match="between 10 and 20,000 metres"):
        place.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        place.save()
