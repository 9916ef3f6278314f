"""One's month, a superior's team, a unit's day."""

import pytest
from django.urls import reverse

from attendance.models import Absence, Arrangement, DaySummary, Punch
from personnel.models import ReadEvent
from tests.clock import FRIDAY, MONDAY, TUESDAY, WEDNESDAY, at
from tests.factories.attendance import arrange, device, make_absence, make_day, make_location, press
from tests.factories.personnel import make_person

pytestmark = pytest.mark.usefixtures("wednesday")
MINE = reverse("attendance:my_attendance")
TEAM = reverse("attendance:team_today")
UNIT = reverse("attendance:unit_days")


def _month(cast, client_of, query=""):
    return client_of(cast.staff).get(MINE + query).context["month"]


def test_the_month_shows_plan_presses_sums_and_remarks_day_by_day(cast, client_of):
    make_day(cast.staff.person, MONDAY, at("07:46", MONDAY), at("16:00", MONDAY))
    make_day(cast.staff.person, TUESDAY, at("07:20", TUESDAY))
    arrange(cast.staff.person, FRIDAY)

    days = {day.day: day for day in _month(cast, client_of).days}

    assert len(days) == 30
    monday = days[MONDAY]
    presses = [(punch.direction, punch.instant) for punch in monday.punches]
    assert presses == [("IN", at("07:46", MONDAY)), ("OUT", at("16:00", MONDAY))]
    assert (monday.result.worked_minutes, monday.result.late_minutes) == (434, 16)
    assert [remark.text for remark in monday.remarks] == ["Terlambat 16\u00a0m"]
    assert [remark.level for remark in days[TUESDAY].remarks] == ["no"]
    assert (days[FRIDAY].place.place, days[FRIDAY].mark) == ("HOME", "ahead")


def test_the_weeks_are_whole_and_their_target_is_corrected(cast, client_of):
    from attendance import actions
    from tests.clock import NOW

    actions.record_holiday(day=TUESDAY, name="Pilkada", kind="REGIONAL", decree="Perbup 2/2026", actor=None, now=NOW)

    weeks = {week.monday: week for week in _month(cast, client_of).weeks}

    assert len(weeks) == 6
    assert weeks[MONDAY].target_minutes == 4 * 450
    assert min(weeks).day == 26


def test_a_month_of_ramadan_owes_less(cast, client_of):
    month = _month(cast, client_of, "?bulan=2026-03")

    assert {week.monday.day: week.target_minutes for week in month.weeks}[2] == 1950


def test_totals_are_the_sum_of_the_days(cast, client_of):
    make_day(cast.staff.person, MONDAY, at("07:46", MONDAY), at("16:00", MONDAY))
    month = _month(cast, client_of)

    assert month.totals["done"] == sum(d.result.total_minutes for d in month.days if not d.is_future) == 434


def test_an_empty_month_says_what_to_do(cast, client_of):
    response = client_of(cast.staff).get(MINE)

    assert not response.context["month"].has_news
    assert "Belum ada presensi bulan ini" in response.content.decode()


@pytest.mark.parametrize("odd", ["?bulan=2026-13", "?bulan=x", "?bulan=0001-01", "?bulan=9999-12"])
def test_an_odd_month_is_this_month(cast, client_of, odd):
    assert client_of(cast.staff).get(MINE + odd).context["first"] == WEDNESDAY.replace(day=1)


def test_a_full_month_costs_what_an_empty_one_costs(cast, client_of, queries_for):
    browser = client_of(cast.staff)
    empty = queries_for(lambda: browser.get(MINE))
    for day in range(2, 7):
        each = WEDNESDAY.replace(day=day)
        make_day(cast.staff.person, each, at("07:30", each), at("16:00", each))

    assert queries_for(lambda: browser.get(MINE)) == empty


def test_the_team_shows_who_is_where(cast, client_of):
    colleague = make_person(unit=cast.seksi, name="Asep", superior=cast.superior.person)
    away = make_person(unit=cast.seksi, name="Budi", superior=cast.superior.person)
    press(cast.staff, at("07:40"))
    arrange(colleague, WEDNESDAY)
    make_absence(away, kind="CS")

    board = client_of(cast.superior).get(TEAM).context["board"]

    seen = {row.person.name: (row.place.place, row.whereabouts) for row in board.rows}
    assert seen == {"Asep": ("HOME", "NONE"), "Budi": ("LEAVE", "AWAY"), "Rina Marlina": ("OFFICE", "PRESENT")}
    assert board.counts == {"office": 1, "home": 1, "away": 0, "leave": 1, "no_news": 1}


def test_the_team_page_answers_htmx_with_the_board_alone(cast, client_of):
    response = client_of(cast.superior).get(TEAM, HTTP_HX_REQUEST="true")

    assert "<html" not in response.content.decode()
    assert 'id="board"' in response.content.decode()


def test_an_officer_sees_the_subtree_and_nobody_elses_unit(cast, client_of):
    browser = client_of(cast.officer)

    names = {row.person.name for row in browser.get(UNIT).context["page"].object_list}

    assert names == {"Hendra Gunawan", "Dedi Kurnia", "Rina Marlina", "Yanti Oktavia"}
    assert browser.get(UNIT, {"unit": cast.dinas_b.pk}).status_code == 404
    assert browser.get(UNIT, {"unit": cast.seksi.pk}).context["page"].paginator.count == 2


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"status": "LATE"}, ["Rina Marlina"]),
        ({"status": "NO_NEWS"}, ["Dedi Kurnia", "Hendra Gunawan", "Yanti Oktavia"]),
        ({"q": "rina"}, ["Rina Marlina"]),
        ({"status": "nonsense"}, ["Dedi Kurnia", "Hendra Gunawan", "Rina Marlina", "Yanti Oktavia"]),
        ({"hari": "2026-11-17", "status": "LATE"}, []),
        ({"hari": "0001-01-01", "q": "rina"}, ["Rina Marlina"]),
    ],
)
def test_the_filters_of_the_unit_page(cast, client_of, filters, names):
    make_day(cast.staff.person, WEDNESDAY, at("07:50"), at("16:00"))

    page = client_of(cast.officer).get(UNIT, filters).context["page"]

    assert [row.person.name for row in page.object_list] == names


@pytest.mark.parametrize(("url", "who", "budget"), [(TEAM, "superior", 15), (UNIT, "officer", 15)])
def test_twenty_people_cost_what_two_cost(cast, client_of, queries_for, url, who, budget):
    browser = client_of(getattr(cast, who))
    few = queries_for(lambda: browser.get(url, HTTP_HX_REQUEST="true"))
    for number in range(18):
        person = make_person(unit=cast.seksi, superior=cast.superior.person)
        make_day(person, WEDNESDAY, at(f"07:{10 + number}"))
        arrange(person, FRIDAY, source=f"wfh-plan/{number + 10}")

    many = queries_for(lambda: browser.get(url, HTTP_HX_REQUEST="true"))

    assert many == few
    assert many <= budget


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("staff", True), ("superior", True), ("officer", True), ("head", True), ("bkd", True), ("inspector", True),
        ("other_officer", False), ("committee", False),
    ],
)  # fmt: skip
def test_whose_presence_an_account_may_know_of(cast, who, sees):
    press(cast.staff)
    arrange(cast.staff.person)
    make_absence(cast.staff.person, starts_on=FRIDAY)
    user = getattr(cast, who)

    for model in (Punch, DaySummary, Arrangement, Absence):
        assert model.objects.visible_to(user).filter(person=cast.staff.person).exists() is sees, model


def test_a_colleague_sees_nothing_of_mine(cast):
    from tests.factories.personnel import make_user

    press(cast.staff)
    colleague = make_user(make_person(unit=cast.seksi, superior=cast.superior.person))

    assert not Punch.objects.visible_to(colleague).exists()
    assert not DaySummary.objects.visible_to(colleague).exists()


def test_the_position_of_a_punch_stands_on_no_page(cast, client_of):
    make_location(cast.dinas_a)
    press(cast.staff, at_place=device(metres_north=1234))
    punch = Punch.objects.get()

    for who, url in ((cast.superior, TEAM), (cast.officer, UNIT), (cast.bkd, UNIT)):
        text = client_of(who).get(url).content.decode()
        assert str(punch.latitude) not in text


def _day_page(cast, day=WEDNESDAY):
    return reverse("attendance:person_day", args=(cast.staff.person_id, day.isoformat()))


def test_the_day_page_derives_its_sum_step_by_step(cast, client_of):
    make_day(cast.staff.person, TUESDAY, at("07:46", TUESDAY), at("16:00", TUESDAY))

    lines = client_of(cast.superior).get(_day_page(cast, TUESDAY)).context["lines"]

    figures = {line.words: line.figure for line in lines}
    assert figures["Bekerja, menit utuh"] == "7\u00a0j\u00a014\u00a0m"
    assert figures["Istirahat di dalam kehadiran"] == "1\u00a0j"
    assert figures["Terlambat (TL1)"] == "16\u00a0m"
    assert figures["Jumlah hari ini"] == "7\u00a0j\u00a014\u00a0m"


@pytest.mark.parametrize(
    ("who", "sees", "traces"),
    [
        ("staff", True, 0), ("officer", True, 1), ("bkd", True, 1), ("superior", False, 0), ("head", False, 0),
        ("inspector", False, 0),
    ],
)  # fmt: skip
def test_a_position_is_shown_to_oneself_and_for_review_with_a_trace(cast, client_of, who, sees, traces):
    make_location(cast.dinas_a)
    press(cast.staff, at_place=device(metres_north=1234))
    punch = Punch.objects.get()

    text = client_of(getattr(cast, who)).get(_day_page(cast)).content.decode()

    assert (str(punch.latitude) in text) is sees
    written = list(ReadEvent.objects.values_list("person_id", "what"))
    assert written == [(cast.staff.person_id, "attendance.position")] * traces


@pytest.mark.parametrize("odd", ["2026-02-30", "x", "0001-01-01"])
def test_a_day_that_does_not_exist_is_not_found(cast, client_of, odd):
    url = reverse("attendance:person_day", args=(cast.staff.person_id, odd))

    assert client_of(cast.staff).get(url).status_code == 404
