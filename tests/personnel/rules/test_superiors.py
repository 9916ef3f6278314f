from datetime import date

import pytest

from personnel.rules.superiors import people_in_rings, read_superiors

A, B, C, D = (f"19850315201006200{serial}" for serial in (1, 2, 3, 4))
HEADER = [" nip ", "NIP Atasan", "Berlaku Mulai"]


def test_a_row_names_person_superior_and_day():
    reading = read_superiors([["DAFTAR ATASAN"], HEADER, ["'" + A, B, "01-01-2026"], [C, B, None]])

    assert [(row.row, row.nip, row.superior_nip, row.starts_on) for row in reading.rows] == [
        (3, A, B, date(2026, 1, 1)),
        (4, C, B, None),
    ]
    assert reading.refusals == []


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        pytest.param([A, A, None], "NIP ATASAN", "own_superior", id="nobody is their own superior"),
        pytest.param([A, "12", None], "NIP ATASAN", "nip_not_18_digits", id="a short number"),
        pytest.param([1.98e17, A, None], "NIP", "nip_digits_lost", id="digits lost"),
        pytest.param([A, B, "31-02-2026"], "BERLAKU MULAI", "no_such_day", id="31 February"),
        pytest.param([A], "NIP ATASAN", "nip_empty", id="a short row"),
    ],
)
def test_refused_rows(cells, field, code):
    reading = read_superiors([HEADER, cells])

    assert [(refusal.row, refusal.field, refusal.code) for refusal in reading.refusals] == [(2, field, code)]
    assert reading.rows == []


def test_two_superiors_from_the_same_day_are_refused_and_a_repetition_is_not():
    reading = read_superiors([HEADER, [A, B, None], [A, C, None], [A, B, None]])

    assert [row.superior_nip for row in reading.rows] == [B]
    assert [(refusal.row, refusal.code) for refusal in reading.refusals] == [(3, "two_superiors")]


def test_a_later_superior_is_another_row():
    reading = read_superiors([HEADER, [A, B, "2026-01-01"], [A, C, "2026-07-01"]])

    assert [row.superior_nip for row in reading.rows] == [B, C]


def test_a_ring_is_refused_and_what_leads_into_it_stays():
    reading = read_superiors([HEADER, [A, B, None], [B, C, None], [C, A, None], [D, A, None]])

    assert [row.nip for row in reading.rows] == [D]
    assert [(refusal.row, refusal.code) for refusal in reading.refusals] == [(2, "ring"), (3, "ring"), (4, "ring")]


def test_a_file_without_the_two_columns_is_refused_as_a_whole():
    reading = read_superiors([["NIP", "NAMA"], [A, "x"]])

    assert [(refusal.row, refusal.code) for refusal in reading.refusals] == [(0, "file_without_header")]


@pytest.mark.parametrize(
    ("superior_of", "ring"),
    [
        pytest.param({"a": "b", "b": "c"}, set(), id="a chain is no ring"),
        pytest.param({"a": "b", "b": "a", "c": "a"}, {"a", "b"}, id="leading into a ring is not being in it"),
        pytest.param({"c": "a", "a": "b", "b": "a"}, {"a", "b"}, id="whatever comes first"),
        pytest.param({"a": "a"}, {"a"}, id="oneself"),
        pytest.param({"a": "b", "b": "a", "x": "y", "y": "x"}, {"a", "b", "x", "y"}, id="two rings"),
    ],
)
def test_people_in_rings(superior_of, ring):
    assert people_in_rings(superior_of) == ring
