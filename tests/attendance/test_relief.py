"""Outages and dispensations."""

import pytest

from attendance import actions, queries
from attendance.models import DayMark, Dispensation, Outage
from personnel.models import AuditEvent
from tests.clock import NOW, WEDNESDAY, at


def _grant(unit, **fields):
    values = {
        "unit": unit, "day": WEDNESDAY, "from_minute": 450, "to_minute": 540, "reason": "Server padam",
        "decree": "ND 800/1/2026",
    } | fields  # fmt: skip
    return actions.grant_dispensation(**values, actor=None, now=NOW)


def test_everyone_of_the_subtree_is_credited_and_nobody_else(cast):
    _grant(cast.dinas_a)

    marked = set(DayMark.objects.values_list("person_id", flat=True))
    assert marked == {u.person_id for u in (cast.staff, cast.superior, cast.officer, cast.head)}
    mine = queries.moment_of(cast.staff.person_id, WEDNESDAY, WEDNESDAY).absences_on(WEDNESDAY)
    assert [(row.code, row.starts, row.ends) for row in mine] == [("DISP", 450, 540)]
    assert queries.moment_of(cast.other_officer.person_id, WEDNESDAY, WEDNESDAY).absences_on(WEDNESDAY) == []
    assert AuditEvent.objects.get(verb="dispensation.grant").after["people"] == 4


def test_a_morning_lost_to_the_server_costs_no_late_minute(cast):
    from tests.factories.attendance import press

    _grant(cast.dinas_a)

    press(cast.staff, at("09:00"))

    day = queries.day_summaries([cast.staff.person_id], WEDNESDAY, WEDNESDAY).get()
    assert (day.late_minutes, day.credited_minutes) == (0, 90)


def test_the_same_dispensation_again_is_refused_by_name(cast):
    _grant(cast.dinas_a)

    with pytest.raises(actions.AlreadyDispensed, match="Dinas Perizinan"):
        _grant(cast.dinas_a)

    assert Dispensation.objects.count() == 1
    assert AuditEvent.objects.filter(verb="dispensation.grant").count() == 1


@pytest.mark.parametrize(
    "fields", [{"from_minute": 600, "to_minute": 500}, {"to_minute": 1500}, {"reason": " "}, {"decree": ""}]
)
def test_a_dispensation_needs_an_interval_a_reason_and_a_decree(cast, fields):
    with pytest.raises(actions.DispensationRefused):
        _grant(cast.dinas_a, **fields)

    assert (Dispensation.objects.count(), DayMark.objects.count()) == (0, 0)


def test_an_outage_is_written_once_and_closed_later(cast):
    start = at("07:20")

    for end in (None, at("08:40"), at("08:40")):
        actions.record_outage(started_at=start, ended_at=end, what="Basis data penuh", actor=cast.bkd, now=NOW)

    assert Outage.objects.get().ended_at == at("08:40")
    assert AuditEvent.objects.filter(verb="outage.record").count() == 2


def test_an_outage_that_ends_before_it_starts_is_refused(cast):
    with pytest.raises(actions.OutageRefused):
        actions.record_outage(started_at=at("08:00"), ended_at=at("07:00"), what="x", actor=None, now=NOW)

    assert not Outage.objects.exists()
