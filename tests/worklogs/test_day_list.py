"""The page of one's own log."""

import pytest
from django.urls import reverse

from attendance.models import Punch
from tests.clock import MONDAY, NOW, TODAY, TUESDAY, at
from tests.factories.personnel import make_user
from tests.factories.worklogs import make_entry
from worklogs.models import EntryState, Favourite, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = reverse("worklogs:day_list")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.staff)


def form(**changes) -> dict[str, str]:
    plain = {
        "tanggal": TUESDAY.isoformat(), "start": "07.30", "end": "9", "activity": "Rapat  koordinasi",
        "quantity": "1,5", "output_unit": "notula", "kind": "MAIN", "from_home": "yes", "evidence_link": "",
    }  # fmt: skip
    return {**plain, **changes}


def post(browser, name, data=None, *args, headers=None):
    return browser.post(reverse(f"worklogs:{name}", args=args), data or {}, headers=headers or {})


def test_the_page_shows_the_day_with_its_deadline_and_meter(browser, cast):
    make_entry(person=cast.staff.person, activity="Verifikasi berkas izin usaha")

    page = browser.get(URL, {"tanggal": TUESDAY.isoformat()}).content.decode()

    assert "Verifikasi berkas izin usaha" in page
    assert "08.00–09.00" in page
    assert "Jum, 20 Nov" in page
    assert "norma 100" in page


def test_htmx_gets_the_content_alone(browser):
    page = browser.get(URL, headers=HTMX).content.decode()

    assert 'id="log"' in page
    assert "<html" not in page


def test_an_entry_is_written_from_times_as_people_type_them(browser, cast):
    response = post(browser, "entry_write", form())

    entry = LogEntry.objects.get(person=cast.staff.person)
    assert response.headers["Location"] == f"{URL}?tanggal={TUESDAY.isoformat()}"
    assert (entry.starts_minute, entry.ends_minute, entry.activity) == (450, 540, "Rapat koordinasi")
    assert (str(entry.quantity), entry.output_unit) == ("1.50", "notula")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"start": "7.75"}, "Tulis waktu seperti 07.30.", id="no such time"),
        pytest.param({"activity": ""}, "kegiatan masih kosong", id="no words"),
        pytest.param({"end": "7.30"}, "tidak berdurasi", id="no time"),
        pytest.param({"start": "8.30", "quantity": "0"}, "lebih besar", id="no output"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(browser, changes, sentence):
    response = post(browser, "entry_write", form(**changes), headers=HTMX)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="notula"' in page
    assert not LogEntry.objects.exists()


def test_a_day_that_closed_meanwhile_refuses_in_words(browser):
    response = post(browser, "entry_write", form(tanggal="2026-11-20"), headers=HTMX)

    assert response.status_code == 422
    assert "Jumat, 20 November belum tiba; hari ini Rabu, 18 November." in response.content.decode()


def test_what_was_refused_keeps_its_key(browser):
    refused = post(browser, "entry_write", form(activity="", client_key="abc"), headers=HTMX)

    assert refused.context["client_key"] == "abc"


def test_a_double_click_on_add_writes_one_entry(browser):
    data = form(client_key="abc")
    post(browser, "entry_write", data, headers=HTMX)
    post(browser, "entry_write", data, headers=HTMX)

    assert LogEntry.objects.count() == 1


def test_after_adding_the_form_carries_a_new_key(browser):
    page = post(browser, "entry_write", form(client_key="abc"), headers=HTMX)

    assert page.context["client_key"] != "abc"


def test_an_entry_opens_for_change_and_is_changed(browser, cast):
    entry = make_entry(person=cast.staff.person)
    page = browser.get(URL, {"tanggal": TUESDAY.isoformat(), "ubah": entry.pk}).content.decode()

    post(browser, "entry_change", form(version="1", start="10.00", end="11.00"), entry.pk)

    entry.refresh_from_db()
    assert 'id="edit-entry"' in page
    assert (entry.starts_minute, entry.version) == (600, 2)


def test_a_stale_change_is_told_in_the_form(browser, cast):
    entry = make_entry(person=cast.staff.person, version=4)

    response = post(browser, "entry_change", form(version="3", start="10.00", end="11.00"), entry.pk, headers=HTMX)

    assert response.status_code == 422
    assert "berubah setelah Anda membacanya" in response.content.decode()


@pytest.mark.parametrize("name", ["entry_change", "entry_delete", "entry_duplicate", "favourite_keep"])
def test_entries_of_another_are_not_ones_own(client_of, cast, name):
    draft = make_entry(person=cast.staff.person)
    sent = make_entry(person=cast.staff.person, starts="10:00", ends="11:00", state=EntryState.SUBMITTED)
    superior = client_of(cast.superior)

    assert post(superior, name, form(), draft.pk).status_code == 404
    assert post(superior, name, form(), sent.pk).status_code == 403
    assert LogEntry.objects.count() == 2


def test_the_deeds_of_a_day(browser, cast):
    entry = make_entry(person=cast.staff.person, day=MONDAY)
    post(browser, "entry_duplicate", {}, entry.pk)
    post(browser, "favourite_keep", {}, entry.pk)
    post(browser, "day_copy", {"dari": MONDAY.isoformat(), "tanggal": TUESDAY.isoformat()})
    page = post(browser, "day_submit", {"tanggal": TUESDAY.isoformat()}, headers=HTMX).content.decode()

    assert "2 kegiatan dikirim ke atasan." in page
    assert LogEntry.objects.filter(day=TUESDAY, state=EntryState.SUBMITTED).count() == 2
    assert Favourite.objects.get().activity == entry.activity
    post(browser, "entry_delete", {}, entry.pk)
    assert not LogEntry.objects.filter(pk=entry.pk).exists()


def test_a_favourite_fills_the_form(browser, cast):
    favourite = Favourite.objects.create(
        person=cast.staff.person, activity="Menjawab pengaduan", minutes=45, output_unit="aduan", created_at=NOW
    )

    page = browser.get(URL, {"tanggal": TUESDAY.isoformat(), "favorit": favourite.pk}).content.decode()
    assert 'value="Menjawab pengaduan"' in page
    assert 'value="08.15"' in page
    post(browser, "favourite_drop", {"tanggal": TUESDAY.isoformat()}, favourite.pk)
    assert not Favourite.objects.exists()


def test_a_week_is_sent_and_the_refused_day_named(browser, cast):
    make_entry(person=cast.staff.person, day=MONDAY)
    make_entry(person=cast.staff.person, day=TODAY, starts="08:30", ends="09:30")

    page = post(browser, "week_submit", {"tanggal": TUESDAY.isoformat()}, headers=HTMX).content.decode()

    assert "1 kegiatan dikirim ke atasan." in page
    assert "Rabu, 18 November: Selesai pukul 09.30" in page


def test_returned_entries_stand_on_top_with_the_reason(browser, cast):
    make_entry(person=cast.staff.person, starts="07:30", ends="07:45", activity="Pertama")
    make_entry(
        person=cast.staff.person, state=EntryState.RETURNED, decided_by=cast.superior, activity="Dikembalikan",
        mend_by_on=TODAY,
    )  # fmt: skip
    make_entry(
        person=cast.staff.person, day=MONDAY, state=EntryState.RETURNED, decided_by=cast.superior, reason="Kurang jelas"
    )

    response = browser.get(URL, {"tanggal": TUESDAY.isoformat()})
    page = response.content.decode()

    assert [line.entry.activity for line in response.context["log"].lines] == ["Dikembalikan", "Pertama"]
    assert "Lampirkan daftar berkas" in page
    assert "Kurang jelas" in page


def test_the_calendar_says_each_state_by_letter(browser, cast):
    make_entry(person=cast.staff.person, day=MONDAY, state=EntryState.APPROVED, decided_by=cast.superior)
    make_entry(person=cast.staff.person, day=TUESDAY)

    response = browser.get(URL)
    cells = {cell.day: cell for week in response.context["log"].calendar for cell in week}

    assert (cells[MONDAY].status, cells[TUESDAY].status) == ("APPROVED", "DRAFT")
    assert cells[MONDAY.replace(day=10)].is_late
    assert not cells[MONDAY.replace(day=15)].is_late
    assert '<b class="mark approved">S</b>' in response.content.decode()


def test_an_account_without_a_person_has_no_log(client_of, db):
    browser = client_of(make_user(username="admin1"))

    assert "tidak memiliki log" in browser.get(URL).content.decode()
    assert post(browser, "entry_write", form()).status_code == 403


def test_the_history_shows_before_and_after(browser, client_of, cast):
    entry = make_entry(person=cast.staff.person, state=EntryState.SUBMITTED)
    post(browser, "entry_change", form(version="1", activity="Rapat dinas", start="10.00", end="11.00"), entry.pk)

    for who in (cast.staff, cast.superior):
        page = client_of(who).get(reverse("worklogs:entry_history", args=(entry.pk,))).content.decode()
        assert "<del>Verifikasi berkas izin</del>" in page
        assert "<ins>10.00–11.00</ins>" in page


def test_more_entries_cost_no_more_statements(browser, cast, queries_for):
    make_entry(person=cast.staff.person)
    browser.get(URL, {"tanggal": TUESDAY.isoformat()})
    few = queries_for(lambda: browser.get(URL, {"tanggal": TUESDAY.isoformat()}))
    for hour in range(9, 18):
        make_entry(person=cast.staff.person, starts=f"{hour:02d}:00", ends=f"{hour:02d}:30")
        make_entry(
            person=cast.staff.person, day=MONDAY, starts=f"{hour:02d}:00", ends=f"{hour:02d}:30", state="SUBMITTED"
        )

    assert queries_for(lambda: browser.get(URL, {"tanggal": TUESDAY.isoformat()})) == few


def test_the_content_for_htmx_costs_seven_statements(browser, cast, django_assert_num_queries):
    make_entry(person=cast.staff.person)
    with django_assert_num_queries(7):
        # session, account, what is held, facts around it, log policy, entries, favourites
        browser.get(URL, {"tanggal": TUESDAY.isoformat()}, headers=HTMX)


def test_the_card_of_today_adds_inline(browser, cast):
    url = reverse("worklogs:card_today")
    assert browser.get(url).headers["Location"] == URL
    assert "Log hari ini" in browser.get(url, headers=HTMX).content.decode()

    data = form(tanggal=TODAY.isoformat(), kartu="1", start="08.00", end="08.45")
    card = post(browser, "entry_write", data, headers=HTMX).content.decode()
    assert 'id="card-log"' in card
    assert "Rapat koordinasi" in card
    wrong = post(browser, "entry_write", {**data, "start": "x", "client_key": "k"}, headers=HTMX)
    assert (wrong.status_code, "Tulis waktu" in wrong.content.decode()) == (422, True)


def test_the_card_of_what_waits(client_of, cast):
    url = reverse("worklogs:card_waiting")
    make_entry(person=cast.staff.person, state=EntryState.RETURNED, decided_by=cast.superior, reason="Kurang jelas")
    make_entry(person=cast.staff.person, starts="10:00", ends="11:00", state=EntryState.SUBMITTED)

    assert "Kurang jelas" in client_of(cast.staff).get(url, headers=HTMX).content.decode()
    mine = client_of(cast.superior).get(url, headers=HTMX).content.decode()
    assert "1 kegiatan tim menunggu validasi" in mine
    assert "tertua 1 hari kerja" in mine
    assert "Tidak ada yang menunggu Anda" in client_of(cast.officer).get(url, headers=HTMX).content.decode()


def test_the_clock_of_the_day_is_compared(browser, cast, frozen):
    for clock, direction in (("07:24", "IN"), ("12:00", "OUT")):
        Punch.objects.create(
            person=cast.staff.person, day=TUESDAY, instant=at(clock, TUESDAY), zone="Asia/Jakarta", direction=direction,
            source="WEB", client_key=clock, receipt=clock, recorded_at=at(clock, TUESDAY),
        )  # fmt: skip
    make_entry(person=cast.staff.person, starts="11:00", ends="13:00")

    page = browser.get(URL, {"tanggal": TUESDAY.isoformat()}).content.decode()

    assert "masuk 07.24" in page
    assert "di luar waktu presensi" in page


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        pytest.param("2026-11-20", "belum tiba", id="a day to come"),
        pytest.param("2026-11-11", "dapat dikirim sampai Senin, 16 November", id="a day past its deadline"),
    ],
)
def test_a_closed_day_says_why_and_offers_no_form(browser, day, sentence):
    page = browser.get(URL, {"tanggal": day}).content.decode()

    assert sentence in page
    assert 'id="new-entry"' not in page
