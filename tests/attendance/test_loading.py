"""What other systems hold: rosters, terminals with their PINs, presses on phones."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from attendance.actions.loading import (
    PressRow,
    ShiftRefused,
    TerminalRefused,
    load_pins,
    load_presses,
    load_roster,
    register_terminal,
    set_shift,
)
from attendance.actions.summaries import recompute_range
from attendance.actions.terminals import import_attlog
from attendance.models import DayMark, DaySummary, Punch, RosterDay, Shift, Terminal, TerminalPin
from personnel.actions import add_location
from personnel.models import AuditEvent
from tests.clock import LONG_AGO, MONDAY, NOW, TUESDAY, at
from tests.factories.personnel import make_person, make_unit

pytestmark = pytest.mark.django_db
WHO = {"actor": None, "now": NOW}


@pytest.fixture
def ward(db):
    return make_unit(name="Ruang Melati")


@pytest.fixture
def night(ward):
    return set_shift(unit=ward, code="M", name="Malam", start_minute=1260, end_minute=1860, starts_on=LONG_AGO, **WHO)


def test_a_shift_is_set_once_and_one_that_ends_before_it_starts_is_refused(ward, night):
    again = set_shift(unit=ward, code="M", name="Malam", start_minute=1260, end_minute=1860, starts_on=LONG_AGO, **WHO)

    assert again.pk == night.pk
    assert AuditEvent.objects.filter(verb="shift.set").count() == 1
    with pytest.raises(ShiftRefused, match=r"ends after it starts|berakhir"):
        set_shift(unit=ward, code="X", name="X", start_minute=900, end_minute=800, starts_on=LONG_AGO, **WHO)
    assert Shift.objects.count() == 1


def test_a_roster_replaces_what_stood_and_marks_days_that_were_computed(ward, night):
    person = make_person(unit=ward)
    load_roster(rows=[(person.pk, MONDAY, night.pk), (person.pk, TUESDAY, None)], **WHO)
    recompute_range(starts_on=MONDAY, ends_on=MONDAY, now=NOW)
    before = DaySummary.objects.get(person=person, day=MONDAY).scheduled_minutes

    load_roster(rows=[(person.pk, MONDAY, None), (person.pk, TUESDAY, None)], **WHO)

    assert before == 600
    assert list(RosterDay.objects.order_by("day").values_list("shift", flat=True)) == [None, None]
    assert list(DayMark.objects.values_list("day", flat=True)) == [MONDAY]


def test_a_terminal_is_registered_once_and_corrected_by_its_serial(ward):
    first = register_terminal(serial="A1", name="Mesin", unit=ward, **WHO)
    register_terminal(serial="A1", name="Mesin", unit=ward, **WHO)
    register_terminal(serial="A1", name="Mesin lobi", unit=ward, drift_seconds=240, **WHO)

    stored = Terminal.objects.get()
    assert (stored.pk, stored.name, stored.drift_seconds) == (first.pk, "Mesin lobi", 240)
    assert AuditEvent.objects.filter(verb="terminal.register").count() == 2


@pytest.mark.parametrize("wrong", [{"serial": " "}, {"zone": "Asia/Bandung"}], ids=["no serial", "no such zone"])
def test_a_terminal_that_cannot_be_is_refused(ward, wrong):
    with pytest.raises(TerminalRefused):
        register_terminal(**{"serial": "A1", "name": "Mesin", "unit": ward, **WHO, **wrong})
    assert not Terminal.objects.exists()


def test_pins_are_given_and_lines_that_waited_become_punches(ward):
    person = make_person(unit=ward)
    terminal = register_terminal(serial="A1", name="Mesin", unit=ward, **WHO)
    import_attlog(terminal=terminal, lines=["       7\t2026-11-16 07:21:00\t1\t0\t1\t0"], **WHO)

    given = load_pins(terminal=terminal, rows=[("7", person.pk, LONG_AGO)], **WHO)
    again = load_pins(terminal=terminal, rows=[("7", make_person().pk, LONG_AGO)], **WHO)

    assert (given, again) == (1, 0)
    assert TerminalPin.objects.get().person_id == person.pk
    assert Punch.objects.get().instant == at("07:21", MONDAY)


def press(person, moment, *, is_in=True, latitude=None, longitude=None) -> PressRow:
    return PressRow(
        person_id=person.pk, at=moment, is_in=is_in, latitude=latitude, longitude=longitude, device_id="hp-1"
    )


def test_presses_are_judged_by_the_fence_and_twice_is_once(ward):
    person = make_person(unit=ward)
    add_location(
        unit=ward, name="Gedung", latitude=Decimal("-6.8"), longitude=Decimal("108.2"), radius_metres=100,
        starts_on=LONG_AGO, **WHO,
    )  # fmt: skip
    rows = [
        press(person, at("07:20", MONDAY), latitude=-6.8, longitude=108.2),
        press(person, at("16:05", MONDAY), is_in=False, latitude=-6.9, longitude=108.2),
        press(person, at("07:25", TUESDAY)),
    ]

    first, second = load_presses(rows=rows, **WHO), load_presses(rows=rows, **WHO)

    assert (first.written, first.skipped, second.written, second.skipped) == (3, 0, 0, 3)
    stored = Punch.objects.order_by("instant").values_list("day", "direction", "verdict", "source")
    assert list(stored) == [
        (MONDAY, "IN", "INSIDE", "WEB"),
        (MONDAY, "OUT", "OUTSIDE", "WEB"),
        (TUESDAY, "IN", "NO_GPS", "WEB"),
    ]


def test_a_press_after_midnight_belongs_to_the_day_before_and_strangers_are_counted(ward):
    person, stranger = make_person(unit=ward), make_person()

    loaded = load_presses(rows=[press(person, at("01:10", TUESDAY)), press(stranger, at("08:00", MONDAY))], **WHO)

    assert (loaded.written, loaded.unplaced) == (1, 1)
    assert Punch.objects.get().day == TUESDAY - timedelta(days=1)
    assert date(2026, 11, 16) == MONDAY
