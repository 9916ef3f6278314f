"""Rows as plain values in one statement: what is new, what stays, what is taken over."""

import pytest

from attendance.models import DayMark
from common.bulk import insert_values
from tests.clock import MONDAY, NOW, TUESDAY


def insert(rows, **more):
    return insert_values(
        DayMark,
        ("person_id", "day"),
        rows,
        conflict=("person_id", "day"),
        **{"same": {"reason": "a", "marked_at": NOW}, **more},
    )


def test_new_rows_are_written_and_returned(cast):
    written = insert([(cast.staff.person_id, MONDAY), (cast.head.person_id, TUESDAY)], returning=("person_id",))

    assert sorted(written) == sorted([(cast.staff.person_id,), (cast.head.person_id,)])
    assert set(DayMark.objects.values_list("person_id", "day", "reason", "marked_at")) == {
        (cast.staff.person_id, MONDAY, "a", NOW),
        (cast.head.person_id, TUESDAY, "a", NOW),
    }


@pytest.mark.parametrize(
    ("updating", "reason"),
    [
        pytest.param((), "a", id="a row that exists stays as it is"),
        pytest.param(("reason",), "b", id="or takes over the columns that are named"),
    ],
)
def test_a_row_that_exists(cast, updating, reason):
    insert([(cast.staff.person_id, MONDAY)])

    written = insert(
        [(cast.staff.person_id, MONDAY)],
        same={"reason": "b", "marked_at": NOW},
        updating=updating,
        returning=("person_id",),
    )

    assert len(written) == len(updating)
    assert DayMark.objects.get().reason == reason


@pytest.mark.parametrize("text", ['a "quoted" word', "back\\slash", "{brace, comma}", "NULL", "", "per cent %s"])
def test_any_text_arrives_as_it_is(cast, text):
    insert_values(
        DayMark,
        ("person_id", "day", "reason"),
        [(cast.staff.person_id, MONDAY, text)],
        same={"marked_at": NOW},
        conflict=("person_id", "day"),
    )

    assert DayMark.objects.get().reason == text


def test_no_rows_ask_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert([]) == []
