"""A policy of each preset gives a month that can be submitted, for a small office."""

import pytest

from personnel.actions import set_traits
from personnel.models import PositionKind, PositionWorkability
from schedules import actions
from schedules.models import VersionState
from schedules.queries.stored import broken_rules
from schedules.rules import cells
from schedules.rules.presets import PRESETS
from tests.clock import LONG_AGO, NOW
from tests.factories.personnel import make_person, make_position, make_unit
from tests.factories.schedules import make_colleagues, make_group, make_preset_policy, make_version

HOME = "".join(sorted(cells.HOME_LETTERS))


@pytest.mark.parametrize("preset", PRESETS, ids=lambda p: p.key)
def test_each_preset_makes_a_valid_month(cast, preset):
    team = make_colleagues(cast.seksi, 7)
    counter = make_unit(parent=cast.dinas_a, name="Loket Terpadu")
    served = make_colleagues(counter, 4)
    set_traits(unit=counter, is_direct_service=True, starts_on=LONG_AGO, actor=None, now=NOW)
    analyst = make_position(name="Analis Kebijakan", kind=PositionKind.FUNGSIONAL)
    PositionWorkability.objects.create(
        position=analyst, is_workable_from_anywhere=True, legal_basis="Kajian 2022", starts_on=LONG_AGO
    )
    permanent = make_person(unit=cast.bidang, name="Analis", position=analyst)
    make_group(cast.seksi, team[:3], min_office=1)
    make_preset_policy(preset.key)

    version = make_version(cast.dinas_a)

    assert broken_rules(version) == []
    rows = dict(version.rows.values_list("person_id", "cells"))
    assert all(cells.count_home(rows[person.pk]) == 0 for person in served)
    assert (cells.count_home(rows[permanent.pk]) > 20) == (preset.key == "permanent_wfa")
    wants_home = preset.key not in ("permanent_wfa", "karawang_box9")
    assert (sum(cells.count_home(rows[person.pk]) for person in team) > 0) == wants_home
    assert actions.submit_version(version=version, actor=cast.officer, now=NOW).state == VersionState.SUBMITTED


def test_thursday_for_everybody_keeps_the_counter_and_no_other_day(cast):
    team = make_colleagues(cast.seksi, 5)
    make_group(cast.seksi, team[:2], min_office=1)
    make_preset_policy("jabar_thursday")

    version = make_version(cast.dinas_a)

    by_day = cells.home_by_day(list(version.rows.values_list("cells", flat=True)))
    thursdays = {n for n in range(31) if (n + 1) in (3, 10, 17, 24, 31)}
    assert {n for n, count in enumerate(by_day) if count} == thursdays
    assert {by_day[n] for n in thursdays} == {len(version.rows.all()) - 1}
