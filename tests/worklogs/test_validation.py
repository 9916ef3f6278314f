"""The inbox of a superior."""

from datetime import timedelta

import pytest
from django.urls import reverse

from attendance.models import DaySummary, Punch
from tests.clock import MONDAY, NOW, TUESDAY, at
from tests.factories.personnel import make_person, make_user
from tests.factories.worklogs import details, make_entry
from worklogs import actions
from worklogs.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
URL = reverse("worklogs:validation")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.superior)


@pytest.fixture
def pair(cast):
    """Two sent entries of one person-day."""
    return [
        make_entry(person=cast.staff.person, starts=f"{hour}:00", ends=f"{hour}:45", activity=text, state="SUBMITTED")
        for hour, text in (("08", "Verifikasi berkas izin"), ("10", "Menjawab pengaduan daring"))
    ]


def decide(browser, entries, deed, *, all_of=False, headers=None, **rest):
    name = "all" if all_of else "entry"
    data = {name: [f"{e.pk}:{e.version}" for e in entries], "deed": deed, "orang": entries[0].person_id,
            "tanggal": entries[0].day.isoformat(), **rest}  # fmt: skip
    return browser.post(reverse("worklogs:validation_decide"), data, headers=headers or {})


def states(entries) -> list[str]:
    return [LogEntry.objects.get(pk=entry.pk).state for entry in entries]


def test_the_inbox_opens_the_oldest_bundle_with_clock_place_and_age(browser, cast, pair):
    DaySummary.objects.create(person=cast.staff.person, day=TUESDAY, place="HOME", status="PRESENT", computed_at=NOW)
    other = make_person(unit=cast.seksi, name="Asep Hidayat", superior=cast.superior.person)
    make_entry(person=other, day=MONDAY, state="SUBMITTED")

    response = browser.get(URL)
    inbox, page = response.context["inbox"], response.content.decode()

    assert [(b.person.name, b.count, b.waited, b.place) for b in inbox.bundles] == [
        ("Asep Hidayat", 1, 2, ""),
        ("Rina Marlina", 2, 1, "HOME"),
    ]
    assert (inbox.count, inbox.oldest, inbox.overdue) == (3, 2, 0)
    assert "Asep Hidayat · Senin, 16 November" in page
    assert "Tim · 3 menunggu" in page
    assert "seharusnya bekerja, tanpa presensi" in page


def test_a_bundle_can_be_opened_by_its_address(browser, cast, pair):
    page = browser.get(URL, {"orang": cast.staff.person_id, "tanggal": TUESDAY.isoformat()}).content.decode()

    assert "dikirim 17 Nov 16.00" in page
    assert "14 berkas" in page
    assert "tanpa bukti" in page


def test_chosen_entries_are_approved_and_the_rest_waits(browser, pair):
    response = decide(browser, pair[:1], "APPROVE")

    assert states(pair) == ["APPROVED", "SUBMITTED"]
    assert response.headers["Location"].startswith(f"{URL}?orang=")


def test_nothing_chosen_means_the_whole_day(browser, pair):
    response = decide(browser, pair, "APPROVE", all_of=True)

    assert states(pair) == ["APPROVED", "APPROVED"]
    assert response.headers["Location"] == URL


def test_returning_without_a_reason_is_told_and_changes_nothing(browser, pair):
    page = decide(browser, pair, "RETURN", headers=HTMX).content.decode()

    assert "perlu alasan" in page
    assert states(pair) == ["SUBMITTED", "SUBMITTED"]


def test_a_reason_given_once_is_offered_again(browser, cast, pair):
    decide(browser, pair[:1], "RETURN", reason="Lampirkan daftar berkas")

    page = browser.get(URL).content.decode()
    assert 'data-reason="Lampirkan daftar berkas"' in page


def test_after_the_last_entry_the_next_bundle_opens(browser, cast, pair):
    other = make_person(unit=cast.seksi, name="Sari Wulandari", superior=cast.superior.person)
    make_entry(person=other, state="SUBMITTED")

    response = decide(browser, pair, "APPROVE", headers=HTMX)

    assert response.context["review"].person.name == "Sari Wulandari"


def test_a_stale_entry_is_named_and_the_other_decided(browser, cast, pair):
    actions.change_entry(
        entry_id=pair[0].pk, version=1, details=details("08:00", "08:30", activity="Verifikasi ulang"),
        actor=cast.staff, now=NOW,
    )  # fmt: skip

    page = decide(browser, pair, "APPROVE", headers=HTMX).content.decode()

    assert states(pair) == ["SUBMITTED", "APPROVED"]
    assert "berubah setelah Anda membacanya" in page
    assert "diubah 09.00" in page


def test_a_decision_is_offered_back_for_a_minute_and_taken_back(browser, pair, frozen):
    page = decide(browser, pair, "APPROVE", headers=HTMX).content.decode()
    assert 'id="undo"' in page

    browser.post(reverse("worklogs:validation_undo"), {"entry": [e.pk for e in pair]})
    assert states(pair) == ["SUBMITTED", "SUBMITTED"]
    decide(browser, [LogEntry.objects.get(pk=e.pk) for e in pair], "APPROVE")
    frozen(NOW + timedelta(seconds=61))
    assert 'id="undo"' not in browser.get(URL).content.decode()
    late = browser.post(reverse("worklogs:validation_undo"), {"entry": [e.pk for e in pair]}, headers=HTMX)
    assert "tidak dapat diurungkan" in late.content.decode()
    assert states(pair) == ["APPROVED", "APPROVED"]


def test_a_closed_entry_is_reopened_with_a_reason(browser, cast, pair):
    decide(browser, pair[:1], "APPROVE")

    browser.post(reverse("worklogs:entry_reopen", args=(pair[0].pk,)), {"version": "2", "reason": "Salah tekan"})

    assert states(pair) == ["RETURNED", "SUBMITTED"]


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 403), ("officer", 404), ("head", 404), ("other_officer", 404), ("bkd", 403)]
)
def test_nobody_else_decides(client_of, cast, pair, who, status):
    assert decide(client_of(getattr(cast, who)), pair, "APPROVE").status_code == status
    assert states(pair) == ["SUBMITTED", "SUBMITTED"]


def test_bkd_reads_but_has_nothing_to_press(client_of, cast, pair):
    page = client_of(cast.bkd).get(URL, {"orang": cast.staff.person_id, "tanggal": TUESDAY.isoformat()})

    assert "Verifikasi berkas izin" in page.content.decode()
    assert "data-deed" not in page.content.decode()


def test_the_officer_does_not_read_texts(client_of, cast, pair):
    asked = {"orang": cast.staff.person_id, "tanggal": TUESDAY.isoformat()}

    assert client_of(cast.officer).get(URL, asked).status_code == 404


def test_an_empty_inbox_says_why(client_of, cast):
    assert "Tidak ada yang menunggu Anda" in client_of(cast.superior).get(URL).content.decode()
    assert "Tidak ada yang melapor kepada Anda" in client_of(cast.staff).get(URL).content.decode()
    assert client_of(make_user(username="admin1")).get(URL).status_code == 200


def test_the_rail_counts_what_waits(browser, pair):
    page = browser.get(URL).content.decode()

    assert '<span class="count">2' in page or ">2</span>" in page


def test_more_people_and_entries_cost_no_more_statements(browser, cast, pair, queries_for):
    browser.get(URL)
    few = queries_for(lambda: browser.get(URL))
    for number in range(8):
        other = make_person(unit=cast.seksi, name=f"Pegawai {number}", superior=cast.superior.person)
        for hour in (8, 9, 10):
            make_entry(person=other, day=MONDAY, starts=f"{hour:02d}:00", ends=f"{hour:02d}:30", state="SUBMITTED")

    assert queries_for(lambda: browser.get(URL)) == few


def test_the_content_for_htmx_costs_sixteen_statements(browser, pair, django_assert_num_queries):
    with django_assert_num_queries(16):
        # session, account, stands for; own diary 3; bundles, places of their days; roles, entries of the day;
        # the writer's diary 3, earlier texts; usual reasons; what was decided just now
        browser.get(URL, headers=HTMX)


def test_the_log_of_a_day_beside_its_clock(browser, cast, pair):
    for clock, direction in (("07:24", "IN"), ("16:04", "OUT")):
        Punch.objects.create(
            person=cast.staff.person, day=TUESDAY, instant=at(clock, TUESDAY), zone="Asia/Jakarta", direction=direction,
            source="WEB", client_key=clock, receipt=clock, recorded_at=at(clock, TUESDAY),
        )  # fmt: skip

    page = browser.get(URL).content.decode()

    assert "Hadir 07.24–16.04" in page
    assert "hadir 7\xa0j\xa0" in page
