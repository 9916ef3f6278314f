"""Files and pushes of fingerprint terminals, as they really come."""

from datetime import datetime

import pytest

from attendance.rules import attlog
from attendance.rules.kinds import Direction

AT = datetime(2026, 10, 3, 8, 59, 1)
USB, ADMS, VERIFY_FIRST = attlog.Layout.USB, attlog.Layout.ADMS, attlog.Layout.ADMS_VERIFY_FIRST


@pytest.mark.parametrize(
    ("line", "layout", "wanted"),
    [
        pytest.param("        1\t2026-10-03 08:59:01\t1\t0\t1\t0", USB, ("1", "1", 0, 1, "0"), id="the USB line"),
        pytest.param("1\t2026-10-03 08:59:01\t1\t0\t1", USB, ("1", "1", 0, 1, ""), id="five columns, no padding"),
        pytest.param("1\t2026-10-03 08:59:01\t1\t0\t1\t0\r\n", USB, ("1", "1", 0, 1, "0"), id="CRLF"),
        pytest.param("  007\t2026-10-03 08:59:01\t1\t0\t1\t0", USB, ("007", "1", 0, 1, "0"), id="zeros of a PIN stay"),
        pytest.param("9\t2026-10-03 08:59:01\t1\t255\t15\t0", USB, ("9", "1", 255, 15, "0"), id="state 255, by face"),
        pytest.param("9\t2026-10-03 08:59:01\t1\t1\t1\t0\t0\t0", USB, ("9", "1", 1, 1, "0"), id="columns too many"),
        pytest.param("9\t2026-10-03 08:59:01", USB, ("9", "", -1, -1, ""), id="PIN and time alone"),
        pytest.param("9\t2026-10-03 08:59:01\t1\t\t\t", USB, ("9", "1", -1, -1, ""), id="empty columns"),
        pytest.param("   9  2026-10-03 08:59:01  1  0  1  0", USB, ("9", "1", 0, 1, "0"), id="blanks for tabs"),
        pytest.param("9\t2026/10/03 08:59:01\t1\t0\t1\t0", USB, ("9", "1", 0, 1, "0"), id="slashes in the date"),
        pytest.param("9\t2026-10-3 8:59:01\t1\t0\t1\t0", USB, ("9", "1", 0, 1, "0"), id="single digits"),
        pytest.param("AB12\t2026-10-03 08:59:01\t1\t0\t1\t0", USB, ("AB12", "1", 0, 1, "0"), id="letters in a PIN"),
        pytest.param("198503152010011001\t2026-10-03 08:59:01\t1\t0\t1\t0", USB, None, id="a PIN as long as a NIP"),
        pytest.param("9\t2026-10-03 08:59:01\t1\t15\t0", ADMS, ("9", "", 1, 15, "0"), id="the pushed line"),
        pytest.param("9\t2026-10-03 08:59:01\t0\t1\t0\t0\t0\t0\t0", ADMS, ("9", "", 0, 1, "0"), id="reserved columns"),
        pytest.param("9\t2026-10-03 08:59:01\t1\t0\t0", VERIFY_FIRST, ("9", "", 0, 1, "0"), id="verify before state"),
    ],
)
def test_a_line(line, layout, wanted):
    parsed = attlog.parse([line], layout)

    (row,) = parsed.rows
    wanted = wanted or ("198503152010011001", "1", 0, 1, "0")
    assert (row.pin, row.device, row.state, row.verify, row.workcode) == wanted
    assert row.at == AT
    assert parsed.bad == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("6583152000123", "COLUMNS", id="the serial in the first line"),
        pytest.param("CHK=8A31", "COLUMNS", id="the checksum in the last line"),
        pytest.param("1\tyesterday\t1\t0\t1\t0", "TIME", id="no time"),
        pytest.param("1\t2026-10-03\t1\t0\t1\t0", "TIME", id="a date without a time"),
        pytest.param("1\t2026-02-30 08:00:00\t1\t0\t1\t0", "TIME", id="a day that does not exist"),
        pytest.param("1\t2026-10-03 25:00:00\t1\t0\t1\t0", "TIME", id="an hour that does not exist"),
        pytest.param("1\t2026-10-03 08:59:01+07:00\t1\t0\t1\t0", "TIME", id="a zone nobody asked for"),
        pytest.param("1\t2000-01-01 00:03:12\t1\t0\t1\t0", "CLOCK_NOT_SET", id="a clock that was never set"),
        pytest.param("\t2026-10-03 08:59:01\t1\t0\t1\t0", "PIN", id="no PIN"),
        pytest.param("1 2\t2026-10-03 08:59:01\t1\t0\t1\t0", "PIN", id="a PIN in two words"),
        pytest.param("1" * 25 + "\t2026-10-03 08:59:01\t1\t0\t1\t0", "PIN", id="a PIN without end"),
        pytest.param("1\t2026-10-03 08:59:01\t1\tx\t1\t0", "NUMBER", id="a state that is no number"),
        pytest.param("1\t2026-10-03 08:59:01\t1\t99999\t1\t0", "NUMBER", id="a state no device has"),
        pytest.param("1\t2026-10-03 08:59:01\t1\t-3\t1\t0", "NUMBER", id="a negative state"),
    ],
)
def test_a_bad_line_is_reported(line, reason):
    parsed = attlog.parse(["2\t2026-10-03 08:59:01\t1\t0\t1\t0", line])

    assert len(parsed.rows) == 1
    assert parsed.bad == [attlog.BadLine(2, reason, line)]


def test_blank_lines_and_end_marks_are_not_lines():
    parsed = attlog.parse(["", "  \r\n", "\x1a", "\0\0"])

    assert parsed == attlog.Parsed([], [])


def test_line_numbers_count_every_line():
    parsed = attlog.parse(["", "1\t2026-10-03 08:59:01\t1\t0\t1\t0", "x"])

    assert (parsed.rows[0].line, parsed.bad[0].line) == (2, 3)


@pytest.mark.parametrize(
    ("states", "has_states"),
    [
        pytest.param([0, 0, 0], False, id="always in"),
        pytest.param([255, 255], False, id="always 255"),
        pytest.param([0, 1, 0, 1], True, id="in and out"),
        pytest.param([0, 2, 3, 1], True, id="with break keys"),
        pytest.param([4, 5], True, id="overtime keys"),
        pytest.param([-1], False, id="not given"),
    ],
)
def test_whether_a_device_has_states(states, has_states):
    lines = [f"1\t2026-10-03 08:59:0{n}\t1\t{state}\t1\t0" for n, state in enumerate(states)]

    assert attlog.parse(lines).has_states is has_states


@pytest.mark.parametrize(
    ("state", "direction"),
    [
        pytest.param(0, Direction.IN, id="0 in"),
        pytest.param(1, Direction.OUT, id="1 out"),
        pytest.param(2, Direction.BREAK_OUT, id="2 break-out"),
        pytest.param(3, Direction.BREAK_IN, id="3 break-in"),
        pytest.param(4, Direction.IN, id="4 overtime-in"),
        pytest.param(5, Direction.OUT, id="5 overtime-out"),
        pytest.param(255, Direction.NONE, id="255 says nothing"),
        pytest.param(77, Direction.NONE, id="an unknown code says nothing"),
        pytest.param(-1, Direction.NONE, id="no code says nothing"),
    ],
)
def test_direction_of_a_state(state, direction):
    assert attlog.direction_of(state) is direction


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("1\tä".encode(), "1\tä", id="UTF-8"),
        pytest.param(b"\xef\xbb\xbf1\t2", "1\t2", id="UTF-8 with a mark"),
        pytest.param("1\t2".encode("utf-16"), "1\t2", id="UTF-16"),
        pytest.param(b"1\t\xe4", "1\tä", id="Latin-1"),
    ],
)
def test_decode(data, text):
    assert attlog.decode(data) == text
