"""Copied texts and suggestions."""

from datetime import datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklogs.rules.copying import commonest, plain, shared_texts, similarity, times_copied
from worklogs.rules.signals import Burst, approval_bursts, written_in_one_go

NINE = datetime(2026, 11, 18, 9, tzinfo=timezone(timedelta(hours=7)))


@pytest.mark.parametrize(
    ("text", "earlier", "times"),
    [
        pytest.param(
            "Input data izin ke sistem", ["input DATA izin, ke sistem."], 1, id="case and marks do not matter"
        ),
        pytest.param("Verifikasi 14 berkas izin", ["Verifikasi 20 berkas izin"], 1, id="numbers do not matter"),
        pytest.param("Rapat", ["Rapat", "Rapat"], 0, id="short texts mean nothing"),
        pytest.param("Menyusun laporan bulanan", ["Menyusun laporan tahunan"], 0, id="another word is another text"),
    ],
)
def test_times_copied(text, earlier, times):
    assert times_copied(text, earlier) == times


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_a_share(one, other):
    found = similarity(one, other)

    assert found == similarity(other, one)
    assert 0 <= found <= 1
    assert similarity(one, one) == 1


def test_similarity_falls_with_each_different_word():
    base = "menyusun laporan bulanan kegiatan seksi"

    near = similarity(base, "menyusun laporan bulanan kegiatan bidang")
    assert Fraction(1, 2) < near < 1
    assert similarity(base, "rapat koordinasi") < Fraction(1, 10)


@given(st.text(max_size=80))
def test_plain_is_stable(text):
    assert plain(plain(text)) == plain(text)


def test_shared_texts_names_the_people():
    texts = [(1, "Input data izin ke sistem"), (2, "input data izin ke sistem 2"), (2, "Rapat"), (3, "Rapat")]

    assert shared_texts(texts, at_least=2) == {"input data izin ke sistem": frozenset({1, 2})}


def test_commonest_keeps_the_newest_spelling_and_the_order_of_use():
    texts = ["Verifikasi berkas", "Rapat OSS", "rapat oss", "RAPAT OSS!", "verifikasi BERKAS", ""]

    assert commonest(texts, limit=5) == ["Rapat OSS", "Verifikasi berkas"]


def test_forty_approvals_in_a_minute_are_one_burst():
    moments = [NINE + timedelta(seconds=s) for s in range(40)] + [NINE + timedelta(hours=1)]

    assert approval_bursts(moments) == [Burst(starts_at=NINE, ends_at=NINE + timedelta(seconds=39), count=40)]
    assert approval_bursts(moments, at_least=41) == []


@given(st.lists(st.integers(0, 300), max_size=60))
def test_bursts_never_share_a_moment(seconds):
    bursts = approval_bursts([NINE + timedelta(seconds=s) for s in seconds], at_least=5)

    assert sum(b.count for b in bursts) <= len(seconds)
    assert all(b.count >= 5 and (b.ends_at - b.starts_at).total_seconds() <= 60 for b in bursts)


@pytest.mark.parametrize(
    ("minutes", "days", "one_go"),
    [
        pytest.param([0, 20, 90], 3, True, id="three days in an hour and a half"),
        pytest.param([0, 20, 91], 3, False, id="a minute longer"),
        pytest.param([0, 5], 2, False, id="two days are ordinary"),
        pytest.param([], 5, False, id="nothing written"),
    ],
)
def test_written_in_one_go(minutes, days, one_go):
    assert written_in_one_go([NINE + timedelta(minutes=m) for m in minutes], days_covered=days) is one_go
