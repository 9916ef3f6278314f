from datetime import date, datetime

import pytest

from personnel.rules.cells import Unreadable, date_of, nip_of, text_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param("  Siti   Aminah ", "Siti Aminah", id="stray spaces go"),
        pytest.param("Siti\u00a0Aminah\n", "Siti Aminah", id="unbreakable spaces and line ends too"),
        pytest.param("'0812", "0812", id="a leading apostrophe goes"),
        pytest.param("-", "", id="a dash means empty"),
        pytest.param("NULL", "", id="NULL means empty"),
        pytest.param(None, "", id="nothing is empty"),
        pytest.param(2012.0, "2012", id="a whole number loses its point"),
        pytest.param(3.5, "3.5", id="a broken number keeps it"),
        pytest.param(True, "", id="a tick box is no text"),
    ],
)
def test_text_of(cell, text):
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        pytest.param("1985-03-15", date(1985, 3, 15), id="year first"),
        pytest.param("15-03-1985", date(1985, 3, 15), id="day first"),
        pytest.param("5/3/1985", date(1985, 3, 5), id="slashes are day first, as in Indonesia"),
        pytest.param("1985-03-15 00:00:00", date(1985, 3, 15), id="a midnight is dropped"),
        pytest.param("1985-03-15T00:00:00.000Z", date(1985, 3, 15), id="also an ISO midnight"),
        pytest.param(31121.0, date(1985, 3, 15), id="a spreadsheet serial"),
        pytest.param("31121", date(1985, 3, 15), id="a serial that became text"),
        pytest.param(31121.75, date(1985, 3, 15), id="the time of a serial is dropped"),
        pytest.param(datetime(1985, 3, 15, 7), date(1985, 3, 15), id="a datetime cell"),
        pytest.param(date(1985, 3, 15), date(1985, 3, 15), id="a date cell"),
        pytest.param("-", None, id="a dash is no date, as for PPPK"),
        pytest.param("", None, id="empty is no date"),
        pytest.param("0000-00-00", None, id="the zero date of databases is empty"),
        pytest.param("31-02-2020", Unreadable("no_such_day"), id="31 February"),
        pytest.param("2019-02-29", Unreadable("no_such_day"), id="29 February outside a leap year"),
        pytest.param("15-03-85", Unreadable("not_a_date"), id="two digits of a year are not guessed at"),
        pytest.param("15 Maret 1985", Unreadable("not_a_date"), id="month names are not read"),
        pytest.param(12.0, Unreadable("not_a_date"), id="a small number is no serial"),
        pytest.param(198503.0, Unreadable("not_a_date"), id="a year and month is no serial"),
    ],
)
def test_date_of(cell, day):
    assert date_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "nip"),
    [
        pytest.param("198503152010062004", "198503152010062004", id="plain text"),
        pytest.param("'198503152010062004", "198503152010062004", id="a leading apostrophe"),
        pytest.param("19850315 201006 2 004", "198503152010062004", id="printed with spaces"),
        pytest.param(198503152010062004.0, Unreadable("nip_digits_lost"), id="a number cell has lost digits"),
        pytest.param("1.98503E+17", Unreadable("nip_digits_lost"), id="scientific notation"),
        pytest.param("1,98503E+17", Unreadable("nip_digits_lost"), id="scientific notation with a comma"),
        pytest.param("198503152010062000", Unreadable("nip_digits_lost"), id="a serial 000 is the trace of a float"),
        pytest.param("19850315201006200", Unreadable("nip_not_18_digits"), id="seventeen digits"),
        pytest.param(480123456.0, Unreadable("nip_not_18_digits"), id="an old nine-digit number"),
        pytest.param("-", Unreadable("nip_empty"), id="a dash"),
        pytest.param(None, Unreadable("nip_empty"), id="nothing"),
    ],
)
def test_nip_of(cell, nip):
    assert nip_of(cell) == nip
