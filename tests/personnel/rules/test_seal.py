"""The chain of hashes: whole it is silent, touched it names the place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personnel.rules.seal import GENESIS, Break, SealedEvent, breaks, link


def _event(number: int) -> SealedEvent:
    return SealedEvent(
        number=number,
        key=number * 10,
        happened_at="2026-11-18T02:00:00+00:00",
        actor=1,
        capacity="",
        verb="x",
        object_type="personnel.person",
        object_id=5,
        before=None,
        after={"é": 1},
        address=None,
    )


def _chain(length: int) -> list[tuple[SealedEvent, str]]:
    chain, previous = [], GENESIS
    for number in range(1, length + 1):
        event = _event(number)
        previous = link(previous, event)
        chain.append((event, previous))
    return chain


def _found(chain, whole):
    return list(breaks(chain, sealed_count=len(whole), last_seal=whole[-1][1] if whole else ""))


@given(st.integers(0, 12))
def test_an_untouched_chain_is_silent(length):
    whole = _chain(length)

    assert _found(whole, whole) == []


@given(st.integers(1, 10), st.data())
def test_a_changed_row_is_named(length, data):
    whole = _chain(length)
    place = data.draw(st.integers(0, length - 1))
    touched = list(whole)
    touched[place] = (replace(whole[place][0], after={"é": 2}), whole[place][1])

    assert _found(touched, whole) == [Break(place + 1, "changed")]


@given(st.integers(1, 10), st.data())
def test_a_removed_row_is_named_the_last_one_too(length, data):
    whole = _chain(length)
    place = data.draw(st.integers(0, length - 1))

    assert _found(whole[:place] + whole[place + 1 :], whole) == [Break(place + 1, "removed")]


def test_a_row_put_behind_the_head_is_named():
    whole = _chain(3)
    extra = _event(4)

    assert _found([*whole, (extra, link(whole[-1][1], extra))], whole) == [Break(4, "inserted")]


def test_a_changed_row_with_a_new_seal_breaks_the_row_behind_it():
    whole = _chain(3)
    forged = replace(whole[1][0], verb="y")
    touched = [whole[0], (forged, link(whole[0][1], forged)), whole[2]]

    assert _found(touched, whole) == [Break(3, "changed")]


@pytest.mark.parametrize("field", ["happened_at", "actor", "capacity", "verb", "object_id", "before", "address", "key"])
def test_every_field_is_vouched_for(field):
    event = _event(1)

    assert link(GENESIS, event) != link(GENESIS, replace(event, **{field: "other"}))
