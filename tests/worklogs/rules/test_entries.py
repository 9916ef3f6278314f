"""Findings about the entries of one day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklogs.rules.entries import (
    DayFacts,
    Entry,
    Stage,
    check_day,
    check_overlaps,
    free_span,
    minutes_outside,
)
from worklogs.rules.findings import Severity, blocking
from worklogs.rules.policy import LogPolicy

WEDNESDAY = date(2026, 11, 18)
POLICY = LogPolicy()


def clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def entry(starts="08:00", ends="09:00", *, key="e", day=WEDNESDAY, text="Memeriksa berkas izin", **rest) -> Entry:
    return Entry(key=key, day=day, starts=clock(starts), ends=clock(ends), text=text, **rest)


def facts(**rest) -> DayFacts:
    return DayFacts(**{"today": WEDNESDAY, "now_clock": clock("17:00"), **rest})


def codes(entries, day_facts=None, stage=Stage.SENDING, policy=POLICY, **rest):
    return [(f.code, f.severity.value) for f in check_day(entries, day_facts or facts(), policy, stage=stage, **rest)]


@pytest.mark.parametrize(
    ("given_entry", "given_facts", "found"),
    [
        pytest.param(entry(), facts(), [], id="a plain entry of today has no finding"),
        pytest.param(entry(text="  "), facts(), [("no_text", "BLOCKS")], id="an empty activity blocks"),
        pytest.param(entry("09:00", "09:00"), facts(), [("no_time", "BLOCKS")], id="zero minutes block"),
        pytest.param(entry("10:00", "09:00"), facts(), [("no_time", "BLOCKS")], id="an end before the start blocks"),
        pytest.param(
            entry("23:00", "25:00"),
            facts(today=WEDNESDAY + timedelta(days=1)),
            [("past_midnight", "BLOCKS")],
            id="past midnight blocks for office staff",
        ),
        pytest.param(
            entry("23:00", "25:00"),
            facts(today=WEDNESDAY + timedelta(days=1), shift_work=True),
            [],
            id="past midnight is plain for shift work",
        ),
        pytest.param(entry(quantity=0), facts(), [("no_output", "BLOCKS")], id="an output of zero blocks"),
        pytest.param(entry(quantity=Fraction(1, 2)), facts(), [], id="half an output passes"),
        pytest.param(
            entry(day=WEDNESDAY + timedelta(days=1)), facts(), [("future_day", "BLOCKS")], id="tomorrow blocks"
        ),
        pytest.param(
            entry("16:30", "17:01"), facts(), [("future_time", "BLOCKS")], id="one minute ahead of now blocks sending"
        ),
        pytest.param(entry("16:30", "17:00"), facts(), [], id="an entry ending this minute can be sent"),
        pytest.param(
            entry(), facts(deadline=WEDNESDAY), [], id="the day of the deadline is still in time"
        ),
        pytest.param(
            entry(),
            facts(today=WEDNESDAY + timedelta(days=1), deadline=WEDNESDAY),
            [("past_deadline", "BLOCKS")],
            id="the day after the deadline blocks",
        ),
        pytest.param(
            entry(was_returned=True),
            facts(
                today=WEDNESDAY + timedelta(days=1), deadline=WEDNESDAY, mend_by=WEDNESDAY + timedelta(days=1)
            ),
            [],
            id="a returned entry has its own later deadline",
        ),
        pytest.param(entry(), facts(away=Fraction(1)), [("on_leave", "BLOCKS")], id="leave blocks"),
        pytest.param(entry(), facts(away=Fraction(1, 2)), [("part_leave", "WARNS")], id="half a leave day warns"),
        pytest.param(entry(), facts(is_working=False), [("day_off", "WARNS")], id="work on a day off warns"),
        pytest.param(
            entry(can_be_done_from_home=False), facts(at_home=True), [("needs_office", "WARNS")],
            id="office work on a home day warns",
        ),
        pytest.param(
            entry("06:00", "08:00"),
            facts(presence=((clock("07:30"), clock("16:00")),)),
            [("outside_presence", "WARNS")],
            id="an hour and a half before the clock-in warns",
        ),
        pytest.param(
            entry("07:15", "08:00"),
            facts(presence=((clock("07:30"), clock("16:00")),)),
            [],
            id="a quarter of an hour before the clock-in is tolerated",
        ),
        pytest.param(
            entry("07:14", "08:00"),
            facts(presence=((clock("07:30"), clock("16:00")),)),
            [("outside_presence", "WARNS")],
            id="sixteen minutes before the clock-in warn",
        ),
        pytest.param(
            entry("05:00", "06:00"), facts(schedule=(clock("07:30"), clock("16:00"))),
            [("outside_schedule", "WARNS")],
            id="without a clock the schedule is compared",
        ),
        pytest.param(
            entry("05:00", "06:00"),
            facts(schedule=(clock("07:30"), clock("16:00")), presence=((clock("04:50"), clock("12:00")),)),
            [],
            id="a clock outweighs the schedule",
        ),
        pytest.param(
            entry("07:00", "18:01"), facts(now_clock=clock("19:00")), [("day_too_long", "BLOCKS")],
            id="one minute over the day's maximum blocks",
        ),
        pytest.param(
            entry("07:00", "18:00"), facts(now_clock=clock("19:00")), [], id="exactly the day's maximum passes"
        ),
    ],
)  # fmt: skip
def test_one_entry(given_entry, given_facts, found):
    assert codes([given_entry], given_facts) == found


def test_a_draft_may_reach_into_the_next_hour():
    assert codes([entry("16:30", "18:00")], stage=Stage.WRITING) == [("future_time", "WARNS")]


def test_policy_may_accept_late_days_and_work_on_leave_with_a_warning():
    lenient = LogPolicy(late_is_refused=False, leave_is_refused=False)
    late_on_leave = facts(today=WEDNESDAY + timedelta(days=9), deadline=WEDNESDAY, away=Fraction(1))

    found = check_day([entry()], late_on_leave, lenient, stage=Stage.SENDING)

    assert [f.code for f in found] == ["past_deadline", "on_leave"]
    assert blocking(found) == []


def test_copied_text_is_a_signal_and_never_refuses():
    earlier = ("Memeriksa berkas izin 12",) * 10 + ("Rapat",) * 5

    found = check_day([entry(text="memeriksa BERKAS izin 14!")], facts(earlier_texts=earlier), POLICY, stage="SENDING")

    assert [(f.code, f.severity) for f in found] == [("copied_text", Severity.SIGNALS)]
    assert found[0].params == {"count": 10, "among": 15}


@pytest.mark.parametrize(
    ("entries", "neighbours", "overlapping"),
    [
        pytest.param([entry(key=1), entry("09:00", "10:00", key=2)], [], [], id="touching ends do not overlap"),
        pytest.param([entry(key=1), entry("08:59", "10:00", key=2)], [], [(2, 1)], id="one shared minute overlaps"),
        pytest.param(
            [entry("08:00", "12:00", key=1), entry("09:00", "10:00", key=2), entry("11:00", "13:00", key=3)], [],
            [(2, 1), (3, 1)], id="a long entry overlaps with each inside it",
        ),
        pytest.param(
            [entry("00:30", "02:00", key=1)], [entry("22:00", "25:00", key=9, day=WEDNESDAY - timedelta(days=1))],
            [(1, 9)], id="yesterday's night work overlaps with this morning",
        ),
        pytest.param(
            [entry("23:00", "26:00", key=1)], [entry("01:00", "03:00", key=9, day=WEDNESDAY + timedelta(days=1))],
            [(1, 9)], id="tonight's work is told at this day when it overlaps with tomorrow",
        ),
        pytest.param(
            [entry(key=1)],
            [entry(key=8, day=WEDNESDAY + timedelta(days=1)), entry(key=9, day=WEDNESDAY + timedelta(days=1))],
            [], id="two neighbours overlapping each other are not this day's matter",
        ),
    ],
)  # fmt: skip
def test_overlap(entries, neighbours, overlapping):
    later = facts(today=WEDNESDAY + timedelta(days=2), shift_work=True)
    found = check_day(entries, later, POLICY, stage=Stage.SENDING, neighbours=neighbours)

    assert [(f.entry_key, f.params["other_key"]) for f in found if f.code == "overlap"] == overlapping


spans = st.tuples(st.integers(0, 1_400), st.integers(1, 300)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(spans, max_size=8))
def test_overlap_is_found_exactly_when_minutes_are_shared(given_spans):
    entries = [Entry(key=i, day=WEDNESDAY, starts=a, ends=b, text="x") for i, (a, b) in enumerate(given_spans)]
    minutes = [m for a, b in given_spans for m in range(a, b)]

    assert bool(check_overlaps(entries)) == (len(minutes) != len(set(minutes)))


@given(spans, st.lists(spans, max_size=6))
def test_minutes_outside_counts_each_uncovered_minute_once(own, others):
    subject = Entry(key=1, day=WEDNESDAY, starts=own[0], ends=own[1])
    covered = {m for a, b in others for m in range(a, b)}

    assert minutes_outside(subject, others) == sum(1 for m in range(*own) if m not in covered)


@pytest.mark.parametrize(
    ("entries", "until", "span"),
    [
        pytest.param([], "17:00", ("07:30", "08:30"), id="an empty day begins with the schedule"),
        pytest.param([entry("07:30", "09:10")], "17:00", ("09:10", "10:10"), id="the next entry follows the last"),
        pytest.param([entry("07:30", "15:30")], "17:00", ("15:30", "16:00"), id="the end of the schedule cuts it"),
        pytest.param([], "07:50", ("07:30", "07:50"), id="the present minute cuts it"),
        pytest.param([entry("07:30", "16:30")], "23:00", ("16:30", "17:30"), id="after hours it goes on"),
    ],
)
def test_free_span(entries, until, span):
    proposed = free_span(entries, (clock("07:30"), clock("16:00")), until=clock(until))

    assert proposed == (clock(span[0]), clock(span[1]))
