"""The invented office: complete, consistent, and the same for the same seed."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from itertools import pairwise

import pytest

from config.demo.catalogue import FUNGSIONAL, PELAKSANA, STRUKTURAL
from config.demo.life import Life
from config.demo.parameters import FEWEST_PEOPLE, Parameters
from config.demo.people import PNS, DemoOffice, invent_office
from personnel.rules.nip import NipGender, NipKind, check_nip
from personnel.rules.superiors import people_in_rings

TODAY = date(2026, 11, 18)


def parameters(people: int = 600, *, seed: int = 9, months: int = 1) -> Parameters:
    return Parameters(people=people, months=months, seed=seed, today=TODAY)


@pytest.fixture(scope="module")
def office() -> DemoOffice:
    return invent_office(parameters())


@pytest.mark.parametrize("people", [FEWEST_PEOPLE, 333, 600, 2_000])
def test_there_are_exactly_as_many_people_as_asked_for(people):
    office = invent_office(parameters(people))

    assert len(office.people) == people
    assert sum(len(unit.seats) for unit in office.units) == people


def test_the_same_seed_gives_the_same_office_and_another_seed_another(office):
    again, other = invent_office(parameters()), invent_office(parameters(seed=10))

    assert [asdict(p) for p in office.people] == [asdict(p) for p in again.people]
    assert [p.nip for p in office.people] != [p.nip for p in other.people]


def test_every_nip_is_unique_and_agrees_with_the_person(office):
    kinds = {True: NipKind.PNS, False: NipKind.PPPK}
    doubts = [
        finding.code
        for p in office.people
        for finding in check_nip(
            p.nip, birth_on=p.birth_on, gender=NipGender(p.gender), kind=kinds[p.employment in (PNS, "CPNS")]
        )
    ]

    assert doubts == []
    assert len({p.nip for p in office.people}) == len(office.people)


def test_everybody_but_one_has_a_superior_and_no_chain_closes(office):
    without = [p.position for p in office.people if p.superior is None]
    lines = {str(p.index): str(p.superior) for p in office.people if p.superior is not None}

    assert without == ["Sekretaris Daerah"]
    assert people_in_rings(lines) == set()
    assert all(p.superior != p.index for p in office.people)


def test_every_unit_is_led_but_the_one_with_a_plt(office):
    led = Counter(p.unit for p in office.people if p.is_head)
    vacant = [unit.index for unit in office.units if unit.parent is not None and led[unit.index] != 1]

    assert vacant == [office.plt[0]]
    assert led[office.plh[0]] == 1
    assert office.people[office.plt[1]].is_head
    assert office.people[office.plh[1]].unit != office.plh[0]


def test_the_kinds_of_perangkat_daerah_are_all_there(office):
    kinds = {unit.kind for unit in office.units}
    assert kinds >= {
        "INSTITUTION", "SECRETARIAT", "INSPECTORATE", "AGENCY", "DEPARTMENT", "OFFICE", "DISTRICT", "HOSPITAL",
        "HEALTH_CENTRE", "SCHOOL", "FIELD", "SECTION", "TEAM",
    }  # fmt: skip
    assert any(unit.is_shift_work for unit in office.units)
    assert any(unit.name.startswith("Loket") for unit in office.units)


def test_shares_are_near_the_published_ones():
    people = invent_office(parameters(5_000)).people
    share = {name: count / 5_000 for name, count in Counter(p.post.group for p in people).items()}
    contracts = sum(p.employment.startswith("PPPK") for p in people) / 5_000
    women = sum(p.gender == "F" for p in people) / 5_000

    assert share[FUNGSIONAL] == pytest.approx(0.63, abs=0.06)
    assert share[PELAKSANA] == pytest.approx(0.31, abs=0.06)
    assert share[STRUKTURAL] == pytest.approx(0.06, abs=0.03)
    assert contracts == pytest.approx(0.36, abs=0.001)
    assert women == pytest.approx(0.56, abs=0.03)


def test_presses_are_the_same_in_any_order_and_late_about_one_time_in_seventeen(office):
    life, again = Life(office, parameters()), Life(office, parameters())
    day_workers = [p for p in office.people if not life.is_shift_worker(p)]
    firsts = [next(life.presses(p), None) for p in reversed(day_workers[:50])]

    assert firsts == [next(again.presses(p), None) for p in day_workers[:50]][::-1]
    late = total = 0
    for person in day_workers:
        for press in life.presses(person):
            if press.is_in and not press.is_repeat:
                total += 1
                late += press.at.hour * 60 + press.at.minute >= life.span_on(person, press.day)[0] + 1
    assert late / total == pytest.approx(0.06, abs=0.015)


def test_nobody_clocks_on_leave_and_nobody_is_on_leave_twice_a_day(office):
    life = Life(office, parameters(months=3))
    for person in office.people[:200]:
        away = life.absences(person)
        days = {press.day for press in life.presses(person)}
        assert all(first.ends_on < second.starts_on for first, second in pairwise(away))
        assert not any(absence.starts_on <= day <= absence.ends_on for absence in away for day in days)


def test_one_phone_serves_three_people_of_one_unit(office):
    life = Life(office, parameters())

    assert len(life.one_phone) == 3
    assert len({life.phone_of(index) for index in life.one_phone}) == 1
    assert len({office.people[index].unit for index in life.one_phone}) == 1


def test_on_a_home_day_of_the_schedule_people_clock_at_home_and_seldom_at_the_office(office):
    life = Life(office, parameters())
    staff = [p for p in office.people if not life.is_shift_worker(p)][:200]
    life.home_days = {p.index: set(life.days) for p in staff}
    presses = [press for person in staff for press in life.presses(person)]

    at_home = sum(press.is_at_home for press in presses) / len(presses)
    assert at_home == pytest.approx(0.95, abs=0.02)
    home = next(press for press in presses if press.is_at_home)
    assert life.position_of(home) == life.position_of(home)
