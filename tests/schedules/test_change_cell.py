"""One cell of a draft: set, locked, judged at once; never the past, never what nobody may choose."""

from datetime import date

import pytest

from personnel.models import AuditEvent
from schedules import actions
from schedules.actions.plans import CellRefused, NotADraft
from schedules.rules import cells
from tests.clock import NOW
from tests.factories.schedules import make_colleagues, make_policy, make_submitted, make_version


@pytest.fixture
def draft(cast):
    cast.team = make_colleagues(cast.seksi, 5)
    make_policy(ratio_percent=50)
    return make_version(cast.dinas_a)


def change(draft, person, position, *, now=NOW, **what):
    day = date(2026, 12, position + 1)
    return actions.change_cell(version=draft, person_id=person.pk, day=day, actor=None, now=now, **what)


def letters(draft, person):
    return draft.rows.get(person=person).cells


def test_a_home_day_can_be_taken_back(cast, draft):
    position = letters(draft, cast.team[0]).index(cells.HOME)

    found = change(draft, cast.team[0], position, home=False)

    assert letters(draft, cast.team[0])[position] == cells.OFFICE
    assert found == []


def test_one_too_many_is_kept_and_named(cast, draft):
    found = []
    for person in cast.team:
        if letters(draft, person)[1] == cells.OFFICE:
            found = change(draft, person, 1, home=True)

    assert all(letters(draft, person)[1] == cells.HOME for person in cast.team)
    assert ("UNIT_CAP", date(2026, 12, 2)) in {(v.code.value, v.day) for v in found}


def test_setting_what_is_set_changes_nothing(cast, draft):
    position = letters(draft, cast.team[0]).index(cells.HOME)

    change(draft, cast.team[0], position, home=True)

    assert not AuditEvent.objects.filter(verb="wfh_plan.change_cell").exists()


def test_it_leaves_a_trace(cast, draft):
    position = letters(draft, cast.team[0]).index(cells.HOME)

    change(draft, cast.team[0], position, home=False)

    event = AuditEvent.objects.get(verb="wfh_plan.change_cell")
    assert (event.before["cell"], event.after["cell"], event.after["person"]) == ("H", ".", cast.team[0].pk)


def test_a_locked_cell_is_unlocked_first(cast, draft):
    position = letters(draft, cast.team[0]).index(cells.HOME)
    change(draft, cast.team[0], position, locked=True)

    with pytest.raises(CellRefused):
        change(draft, cast.team[0], position, home=False)
    assert letters(draft, cast.team[0])[position] == cells.HOME

    change(draft, cast.team[0], position, locked=False)
    change(draft, cast.team[0], position, home=False)
    assert letters(draft, cast.team[0])[position] == cells.OFFICE


def test_a_weekend_is_no_choice(cast, draft):
    with pytest.raises(CellRefused):
        change(draft, cast.team[0], 4, home=True)
    assert letters(draft, cast.team[0])[4] == cells.WEEKEND


def test_the_past_is_not_changed(cast, draft):
    position = letters(draft, cast.team[0]).index(cells.HOME)

    with pytest.raises(CellRefused):
        change(draft, cast.team[0], position, home=False, now=NOW.replace(month=12, day=31))
    assert letters(draft, cast.team[0])[position] == cells.HOME


def test_somebody_of_another_perangkat_daerah_is_not_in_it(cast, draft):
    with pytest.raises(CellRefused):
        change(draft, cast.other_officer.person, 1, home=True)


def test_a_submitted_version_is_not_edited(cast):
    make_policy(ratio_percent=50)
    version = make_submitted(cast.dinas_a)

    with pytest.raises(NotADraft):
        change(version, cast.staff.person, 1, home=True)
