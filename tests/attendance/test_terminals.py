"""Lines of terminals become punches, once."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from attendance import tasks
from attendance.actions import terminals
from attendance.models import DayMark, DaySummary, Punch, RawPunch, Terminal
from attendance.rules import attlog
from personnel.models import AuditEvent
from tests.clock import LONG_AGO, MONDAY, NOW, TUESDAY, WITA, at


@pytest.fixture
def terminal(cast):
    return Terminal.objects.create(serial="SN1", name="Lobi", unit=cast.dinas_a)


def line(pin, day, clock, state=0):
    return f"{pin:>9}\t{day} {clock}\t1\t{state}\t1\t0\r\n"


def load(terminal, *lines, now=NOW, **more):
    return terminals.import_attlog(terminal=terminal, lines=lines, actor=None, now=now, **more)


def give(terminal, pin, person, starts_on=LONG_AGO, **more):
    return terminals.assign_pin(
        terminal=terminal, pin=pin, person_id=person.pk, starts_on=starts_on, actor=None, now=NOW, **more
    )


DAY = [line(7, MONDAY, "07:25:00"), line(7, MONDAY, "16:05:00")]


def test_a_file_becomes_punches_and_marks_and_a_trace(cast, terminal):
    give(terminal, "7", cast.staff.person)

    done = load(terminal, *DAY)

    assert (done.lines, done.taken, done.known, done.unmatched, done.bad, done.days) == (2, 2, 0, 0, 0, 1)
    first = Punch.objects.order_by("instant").first()
    assert (first.person_id, first.day, first.instant, first.source) == (
        cast.staff.person_id, MONDAY, at("07:25", MONDAY), "TERMINAL",
    )  # fmt: skip
    assert (first.direction, first.place_name, first.device_id, first.zone) == ("NONE", "Lobi", "SN1", "Asia/Jakarta")
    assert list(DayMark.objects.values_list("person_id", "day")) == [(cast.staff.person_id, MONDAY)]
    event = AuditEvent.objects.get(verb="terminal.import")
    assert event.after == {"lines": 2, "taken": 2, "unmatched": 0, "bad": 0}
    terminal.refresh_from_db()
    assert terminal.last_seen_at == NOW


def test_the_day_follows_within_the_next_recomputation(cast, terminal):
    give(terminal, "7", cast.staff.person)
    load(terminal, *DAY)

    tasks.recompute_marked()

    day = DaySummary.objects.get()
    assert (day.worked_minutes, day.late_minutes, day.status) == (455, 0, "PRESENT")


def test_the_whole_memory_again_changes_nothing(cast, terminal):
    give(terminal, "7", cast.staff.person)
    load(terminal, *DAY)
    before = list(Punch.objects.values()), list(RawPunch.objects.values())
    DayMark.objects.all().delete()

    done = load(terminal, *DAY, now=NOW + timedelta(days=1))

    assert (done.known, done.taken, done.days) == (2, 0, 0)
    assert (list(Punch.objects.values()), list(RawPunch.objects.values())) == before
    assert not DayMark.objects.exists()


def test_of_a_longer_memory_only_the_new_lines_are_taken(cast, terminal):
    give(terminal, "7", cast.staff.person)
    load(terminal, *DAY)
    DayMark.objects.all().delete()

    done = load(terminal, *DAY, line(7, TUESDAY, "07:28:00"))

    assert (done.known, done.taken) == (2, 1)
    assert list(DayMark.objects.values_list("day", flat=True)) == [TUESDAY]


def test_a_line_twice_in_one_file_is_one(cast, terminal):
    give(terminal, "7", cast.staff.person)

    done = load(terminal, DAY[0], DAY[0])

    assert (done.taken, done.known) == (1, 1)


def test_lines_may_come_in_any_order(cast, terminal):
    give(terminal, "7", cast.staff.person)

    load(terminal, *reversed(DAY))
    load(terminal, line(7, MONDAY, "12:00:00"))
    tasks.recompute_marked()

    assert Punch.objects.count() == 3
    assert DaySummary.objects.get().worked_minutes == 455


def test_an_unknown_pin_waits_and_is_matched_when_it_is_known(cast, terminal):
    done = load(terminal, *DAY)
    assert (done.taken, done.unmatched) == (0, 2)
    assert not Punch.objects.exists()

    give(terminal, "7", cast.staff.person)

    assert Punch.objects.filter(person=cast.staff.person).count() == 2
    assert set(RawPunch.objects.values_list("state", "person_id")) == {("TAKEN", cast.staff.person_id)}
    assert DayMark.objects.count() == 1
    assert terminals.match_pins(terminal=terminal, now=NOW) == 0


def test_a_matched_line_sent_again_makes_no_second_punch(cast, terminal):
    load(terminal, *DAY)
    give(terminal, "7", cast.staff.person)

    load(terminal, *DAY)

    assert Punch.objects.count() == 2


def test_a_pin_has_one_holder_a_day(cast, terminal):
    give(terminal, "7", cast.staff.person)
    give(terminal, "7", cast.superior.person, starts_on=TUESDAY)

    load(terminal, *DAY, line(7, TUESDAY, "07:28:00"), line(7, LONG_AGO - timedelta(days=1), "07:00:00"))

    held = dict(Punch.objects.order_by("instant").values_list("day", "person_id"))
    assert held == {MONDAY: cast.staff.person_id, TUESDAY: cast.superior.person_id}
    assert RawPunch.objects.filter(state="UNMATCHED").count() == 1


def test_a_pin_given_twice_from_one_day_is_refused_and_nothing_changes(cast, terminal):
    give(terminal, "7", cast.staff.person)

    with pytest.raises(terminals.PinTaken, match="7"):
        give(terminal, "7", cast.superior.person)

    assert terminal.pins.get().person_id == cast.staff.person_id


def test_the_same_pin_given_again_is_no_second_row(cast, terminal):
    give(terminal, "7", cast.staff.person)

    give(terminal, "7", cast.staff.person)

    assert terminal.pins.count() == 1
    assert AuditEvent.objects.filter(verb="terminal.assign_pin").count() == 1


def test_pins_of_two_terminals_are_two_people(cast, terminal):
    other = Terminal.objects.create(serial="SN2", name="Gudang", unit=cast.dinas_b)
    give(terminal, "7", cast.staff.person)
    give(other, "7", cast.other_officer.person)

    load(terminal, DAY[0])
    load(other, DAY[0])

    assert set(Punch.objects.values_list("person_id", "device_id")) == {
        (cast.staff.person_id, "SN1"),
        (cast.other_officer.person_id, "SN2"),
    }


@pytest.mark.parametrize(
    ("trusts", "state", "direction"),
    [
        pytest.param(True, 0, "IN", id="a trusted in"),
        pytest.param(True, 1, "OUT", id="a trusted out"),
        pytest.param(True, 2, "BREAK_OUT", id="a trusted break"),
        pytest.param(True, 255, "NONE", id="255 says nothing"),
        pytest.param(False, 1, "NONE", id="a state that is not trusted"),
    ],
)
def test_the_state_is_believed_where_the_terminal_is_trusted(cast, terminal, trusts, state, direction):
    Terminal.objects.update(trusts_state=trusts)
    terminal.refresh_from_db()
    give(terminal, "7", cast.staff.person)

    load(terminal, line(7, MONDAY, "07:25:00", state))

    assert Punch.objects.get().direction == direction
    assert RawPunch.objects.get().state_code == state


def test_a_fast_clock_is_put_right_from_its_date_on(cast, terminal):
    Terminal.objects.update(drift_seconds=300, drift_from_at=at("00:00", TUESDAY))
    terminal.refresh_from_db()
    give(terminal, "7", cast.staff.person)

    load(terminal, line(7, MONDAY, "07:25:00"), line(7, TUESDAY, "07:25:00"))

    assert list(Punch.objects.order_by("instant").values_list("instant", flat=True)) == [
        at("07:25", MONDAY),
        at("07:20", TUESDAY),
    ]
    assert set(RawPunch.objects.values_list("device_at", flat=True)) == {at("07:25", MONDAY), at("07:25", TUESDAY)}


def test_the_time_of_a_terminal_is_local_to_it(cast, terminal):
    Terminal.objects.update(zone="Asia/Makassar")
    terminal.refresh_from_db()
    give(terminal, "7", cast.staff.person)

    load(terminal, DAY[0])

    assert Punch.objects.get().instant == at("07:25", MONDAY, WITA)


def test_a_press_after_midnight_is_filed_under_the_day_before(cast, terminal):
    give(terminal, "7", cast.staff.person)

    load(terminal, line(7, TUESDAY, "01:10:00"))

    assert Punch.objects.get().day == MONDAY


def test_bad_lines_are_told_and_the_good_ones_taken(cast, terminal):
    give(terminal, "7", cast.staff.person)

    done = load(terminal, "6583152000123", *DAY, "7\t2000-01-01 00:00:05\t1\t0\t1\t0", "CHK=12")

    assert (done.lines, done.taken, done.bad) == (5, 2, 3)
    assert [(bad.line, bad.reason) for bad in done.bad_lines] == [(1, "COLUMNS"), (4, "CLOCK_NOT_SET"), (5, "COLUMNS")]


def test_a_push_has_its_own_columns(cast, terminal):
    Terminal.objects.update(trusts_state=True)
    terminal.refresh_from_db()
    give(terminal, "7", cast.staff.person)

    load(terminal, f"7\t{MONDAY} 07:25:00\t1\t15\t0\t0\t0", layout=attlog.Layout.ADMS)

    raw = RawPunch.objects.get()
    assert (raw.state_code, raw.verify_code, Punch.objects.get().direction) == (1, 15, "OUT")


def test_a_terminal_out_of_service_is_refused_and_nothing_is_stored(cast, terminal):
    Terminal.objects.update(is_active=False)
    terminal.refresh_from_db()

    with pytest.raises(terminals.TerminalInactive, match="Lobi"):
        load(terminal, *DAY)

    assert not RawPunch.objects.exists()


def test_an_upload_that_broke_off_is_completed_by_the_next(cast, terminal, monkeypatch):
    monkeypatch.setattr(terminals, "LINES_PER_CHUNK", 2)
    give(terminal, "7", cast.staff.person)
    many = [line(7, date(2026, 11, 1) + timedelta(days=n), "07:25:00") for n in range(6)]
    load(terminal, *many[:3])

    done = load(terminal, *many)

    assert (done.known, done.taken) == (3, 3)
    assert Punch.objects.count() == 6


def test_the_statements_do_not_grow_with_the_lines(cast, terminal, queries_for):
    give(terminal, "7", cast.staff.person)
    few = [line(7, date(2026, 10, 1) + timedelta(days=n), "07:25:00") for n in range(3)]
    many = [line(7, date(2026, 8, 1) + timedelta(days=n), "07:25:00") for n in range(60)]

    assert queries_for(lambda: load(terminal, *few)) == queries_for(lambda: load(terminal, *many))


def test_the_command_loads_a_file(cast, terminal, tmp_path):
    give(terminal, "7", cast.staff.person)
    path = tmp_path / "1_attlog.dat"
    path.write_bytes("".join([*DAY, "x\r\n"]).encode())
    told, complained = StringIO(), StringIO()

    call_command("import_attlog", str(path), "--terminal", "SN1", stdout=told, stderr=complained)

    assert "3 lines: 2 punches, 0 of unknown PINs, 0 known before, 1 not readable" in told.getvalue()
    assert "line 3: COLUMNS: x" in complained.getvalue()


@pytest.mark.parametrize(
    ("serial", "name", "message"),
    [
        pytest.param("SN9", "a.dat", "serial number SN9", id="an unknown terminal"),
        pytest.param("SN1", "missing.dat", "There is no file", id="a missing file"),
    ],
)
def test_the_command_says_what_is_missing(cast, terminal, tmp_path, serial, name, message):
    (tmp_path / "a.dat").write_text("")

    with pytest.raises(CommandError, match=message):
        call_command("import_attlog", str(tmp_path / name), "--terminal", serial)
