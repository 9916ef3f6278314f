"""Holidays and the national list."""

from pathlib import Path

import pytest
from django.core.management import call_command

from attendance import actions, queries
from attendance.models import DayMark, DaySummary, Holiday, HoursPolicyDocument, RamadanPeriod
from personnel.models import AuditEvent
from tests.clock import FRIDAY, MONDAY, NOW, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY, at
from tests.factories.attendance import arrange, make_day

NATIONAL = Path(__file__).resolve().parents[2] / "attendance" / "data" / "holidays_id.csv"


def _record(**fields):
    values = {"day": WEDNESDAY, "name": "Hari jadi", "kind": "REGIONAL", "decree": "Perbup 1/2026"} | fields
    return actions.record_holiday(**values, actor=None, now=NOW)


def test_a_new_day_off_frees_the_day_even_where_wfh_was_planned_and_marks_stored_days(cast):
    arrange(cast.staff.person, WEDNESDAY)
    make_day(cast.staff.person, WEDNESDAY, at("07:30"))
    DayMark.objects.all().delete()

    _record()

    place = queries.expected_place(cast.staff.person_id, WEDNESDAY)
    assert (place.place, place.label) == ("OFF", "Hari jadi")
    assert DayMark.objects.get().person == cast.staff.person
    assert queries.working_days(cast.seksi, MONDAY, SATURDAY) == [MONDAY, TUESDAY, THURSDAY, FRIDAY]


def test_recording_it_twice_is_once_and_a_new_name_is_a_correction(cast):
    _record()
    _record()
    _record(name="Hari jadi ke-400")

    assert Holiday.objects.get().name == "Hari jadi ke-400"
    assert AuditEvent.objects.filter(verb="holiday.record").count() == 2


@pytest.mark.parametrize("fields", [{"kind": "XX"}, {"name": " "}, {"decree": ""}])
def test_a_day_off_without_kind_name_or_decree_is_refused(cast, fields):
    with pytest.raises(actions.CalendarRefused):
        _record(**fields)

    assert not Holiday.objects.exists()


def test_withdrawing_makes_it_a_working_day_again(cast):
    holiday = _record()
    make_day(cast.staff.person, WEDNESDAY)
    DayMark.objects.all().delete()

    assert actions.withdraw_holiday(holiday_id=holiday.pk, actor=None, now=NOW) == 1
    assert actions.withdraw_holiday(holiday_id=holiday.pk, actor=None, now=NOW) == 0

    assert queries.is_working_day(cast.seksi, WEDNESDAY)
    assert DayMark.objects.get().day == WEDNESDAY


def test_the_national_list_is_read_once_and_says_what_nobody_has_read_in_a_decree(db):
    first = actions.import_calendar(path=NATIONAL, actor=None, now=NOW)
    again = actions.import_calendar(path=NATIONAL, actor=None, now=NOW)

    assert (first.added, first.changed) == (79, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 79)
    assert not Holiday.objects.filter(day__year__lt=2027, is_estimate=True).exists()
    estimates = Holiday.objects.filter(is_estimate=True)
    assert estimates.count() == Holiday.objects.filter(day__year=2027).count() == 26
    assert set(estimates.values_list("decree", flat=True)) == {"SKB 3 Menteri 2027"}


@pytest.mark.parametrize(("year", "days"), [(2025, 237), (2026, 240), (2027, 242)])
def test_the_working_days_of_a_year_are_those_of_the_decree(db, year, days):
    actions.import_calendar(path=NATIONAL, actor=None, now=NOW)

    assert len(queries.working_days(None, MONDAY.replace(year, 1, 1), MONDAY.replace(year, 12, 31))) == days


def test_only_days_that_are_new_are_marked(cast, tmp_path):
    make_day(cast.staff.person, MONDAY)
    make_day(cast.staff.person, TUESDAY)
    _record(day=MONDAY, kind="NATIONAL", name="Lama")
    DayMark.objects.all().delete()
    path = tmp_path / "k.csv"
    path.write_text("date,name,kind,decree\n2026-11-16,Baru,national,SKB 9\n2026-11-17,Lagi,cuti_bersama,SKB 9\n")

    done = actions.import_calendar(path=path, actor=None, now=NOW)

    assert (done.added, done.changed, done.marked) == (1, 1, 1)
    assert DayMark.objects.get().day == TUESDAY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("tanggal,nama\n", "date,name,kind,decree", id="other columns"),
        pytest.param("date,name,kind,decree\n17-08-2026,HUT,national,SKB\n", "17-08-2026", id="another form of date"),
        pytest.param("date,name,kind,decree\n2026-08-17,HUT,libur,SKB\n", "2", id="unknown kind"),
        pytest.param("date,name,kind,decree\n2026-08-17,HUT,national,\n", "2", id="no decree"),
        pytest.param(
            "date,name,kind,decree\n2026-08-17,HUT,national,SKB\n2026-08-17,HUT,national,SKB\n", "3", id="twice"
        ),
    ],
)
def test_a_line_that_cannot_be_read_stores_nothing(db, tmp_path, text, words):
    path = tmp_path / "k.csv"
    path.write_text(text)

    with pytest.raises(actions.CalendarRefused, match=words):
        actions.import_calendar(path=path, actor=None, now=NOW)

    assert not Holiday.objects.exists()


def test_the_command_reads_the_list_that_comes_with_the_product(db, capsys):
    call_command("import_calendar")

    assert "79 days added" in capsys.readouterr().out
    assert Holiday.objects.count() == 79


def test_ramadan_and_the_hours_of_the_perpres_are_there_from_the_start(db):
    assert list(RamadanPeriod.objects.order_by("hijri_year").values_list("hijri_year", "is_estimate")) == [
        (1446, False), (1447, False), (1448, True),
    ]  # fmt: skip
    assert HoursPolicyDocument.objects.get().legal_basis == "Perpres 21/2023"
    assert not DaySummary.objects.exists()
