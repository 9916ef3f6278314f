"""The pages: what they show, to whom, at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from personnel.models import JobState, ReadEvent
from talent.models import Period, PeriodState, Placement
from tests.clock import NOW
from tests.factories.personnel import make_person
from tests.factories.talent import compute, give_all, make_period, make_published, profile_of

MY_BOX = reverse("talent:my_box")
MAP = reverse("talent:talent_map")


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def body(response):
    return " ".join(response.content.decode().split())


def test_before_publication_a_person_sees_that_nothing_is_there(cast, client_of):
    give_all(cast.staff.person)
    compute(make_period())

    page = body(client_of(cast.staff).get(MY_BOX))

    assert "Belum ada kotak yang terbit untuk Anda" in page
    assert "94,00" not in page


def test_my_box_shows_every_point_its_source_and_the_scheme(cast, client_of):
    give_all(cast.staff.person)
    make_published()

    page = body(client_of(cast.staff).get(MY_BOX))

    for words in ("Kotak 9", "DAERAH v1", "800/77/2026", "Kinerja 94,00", "Sangat Baik", "SIASN", "dari 60,00"):
        assert words in page
    assert "30 November 2026" in page


def test_my_box_says_what_would_move_me(cast, client_of):
    give_all(cast.staff.person, predikat_tahunan="BAIK", penghargaan="", tim_kerja="ANGGOTA_LINTAS")
    make_published()

    page = body(client_of(cast.staff).get(MY_BOX))

    assert "Kotak 8" in page
    assert "Langkah terdekat:" in page
    assert "penghargaan internasional" in page
    assert "82,00, kotak 9" in page


def test_who_is_outside_the_grid_reads_why(cast, client_of):
    give_all(cast.staff.person, kompetensi_jpm=None)
    make_published()

    page = body(client_of(cast.staff).get(MY_BOX))

    assert "Belum dapat dipetakan" in page
    assert "Penilaian kompetensi (JPM): belum dinilai: tidak ada catatan" in page


def test_a_superior_does_not_see_the_box_of_a_subordinate(cast, client_of):
    give_all(cast.staff.person)
    period = make_published()
    placement = period.placements.get(person_id=cast.staff.person_id)

    assert not Placement.objects.visible_to(cast.superior).filter(pk=placement.pk).exists()
    assert client_of(cast.superior).get(reverse("talent:dossier", args=[placement.pk])).status_code == 403
    assert "94,00" not in body(client_of(cast.superior).get(MY_BOX))


def test_the_map_counts_boxes_and_links_to_the_people(cast, client_of):
    give_all(cast.staff.person)
    period = make_published()

    page = body(client_of(cast.committee).get(MAP))
    cell = body(client_of(cast.committee).get(reverse("talent:cell", args=[period.pk, 9])))
    outside = body(client_of(cast.committee).get(reverse("talent:outside", args=[period.pk])))

    assert reverse("talent:cell", args=[period.pk, 9]) in page
    assert "1 dari 8 orang di dalam peta" in page
    assert "Rina Marlina" in cell
    assert "Rina Marlina" not in outside
    assert "indikator wajib belum ada" in outside


def test_the_map_of_one_unit_counts_only_its_people(cast, client_of):
    give_all(cast.staff.person)
    make_published()

    page = body(client_of(cast.bkd).get(MAP, {"unit": cast.dinas_b.pk}))

    assert "0 dari 1 orang di dalam peta" in page


def test_reading_a_dossier_leaves_a_trace(cast, client_of):
    give_all(cast.staff.person)
    placement = make_published().placements.get(person_id=cast.staff.person_id)

    page = body(client_of(cast.inspector).get(reverse("talent:dossier", args=[placement.pk])))

    assert "Rina Marlina" in page
    assert ReadEvent.objects.get().what == "talent.placement"
    assert cast.staff.person.nip not in page


def test_a_period_goes_from_open_to_published_by_its_pages(cast, client_of, now, django_capture_on_commit_callbacks):
    give_all(cast.staff.person)
    browser = client_of(cast.bkd)
    form = {"name": "2026", "profile": profile_of().pk, "reckoning_on": "2026-11-18"}
    opened = browser.post(reverse("talent:period_open"), form)
    period = Period.objects.get()
    assert opened.url == reverse("talent:period_detail", args=[period.pk])

    with django_capture_on_commit_callbacks() as callbacks:
        started = browser.post(reverse("talent:period_compute", args=[period.pk]))
    assert "/pekerjaan/" in started.url
    assert len(callbacks) == 1
    again = browser.post(reverse("talent:period_compute", args=[period.pk]), follow=True)
    assert "sedang dikerjakan" in body(again)

    from personnel.models import Job
    from talent.tasks import compute_period

    compute_period(job_id=Job.objects.get().pk)
    assert Job.objects.get().state == JobState.DONE

    done = browser.post(
        reverse("talent:period_publish", args=[period.pk]), {"objections_until": "2026-11-30"}, follow=True
    )
    assert "Sudah diterbitkan" in body(done)
    period.refresh_from_db()
    assert (period.state, period.objections_until) == (PeriodState.PUBLISHED, date(2026, 11, 30))


def test_a_period_of_tomorrow_is_refused_on_the_form(cast, client_of, now):
    form = {"name": "2027", "profile": profile_of().pk, "reckoning_on": "2027-01-01"}

    answer = client_of(cast.bkd).post(reverse("talent:period_open"), form)

    assert answer.status_code == 422
    assert "belum tiba" in body(answer)
    assert Period.objects.count() == 0


@pytest.mark.parametrize("url", [reverse("talent:period_open"), reverse("talent:period_compute", args=[1])])
def test_deeds_are_posts(cast, client_of, url):
    assert client_of(cast.bkd).get(url).status_code == 405


def test_a_cell_page_costs_the_same_for_one_and_for_many(cast, client_of, queries_for):
    people = [make_person(unit=cast.seksi) for _ in range(12)]
    give_all(people[0])
    period = make_published(name="sedikit")
    browser = client_of(cast.bkd)
    url = reverse("talent:cell", args=[period.pk, 9])
    browser.get(url)
    few = queries_for(lambda: browser.get(url))

    for person in people:
        give_all(person)
    more = make_published(name="banyak")
    many = queries_for(lambda: browser.get(reverse("talent:cell", args=[more.pk, 9])))

    assert Placement.objects.filter(period=more, box=9).count() == 12
    assert many == few
    assert many <= 15


def own_statements(browser, url):
    """Statements on the tables of talent; the shell around every page has its own budget elsewhere."""
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    return [query["sql"] for query in captured if '"talent_' in query["sql"]]


def test_the_grid_page_asks_three_things(cast, client_of):
    make_published()

    assert len(own_statements(client_of(cast.bkd), MAP)) == 3  # the period, its counts, the other periods


def test_my_box_asks_four_things(cast, client_of):
    give_all(cast.staff.person)
    make_published()

    assert len(own_statements(client_of(cast.staff), MY_BOX)) == 4  # placement, surroundings, evidence, facts


def test_the_home_card(cast, client_of):
    give_all(cast.staff.person)
    make_published()

    card = client_of(cast.staff).get(reverse("talent:my_box_card"), headers={"HX-Request": "true"})

    assert "Kotak 9" in body(card)


def test_the_api_tells_the_own_box(cast, client_of):
    give_all(cast.staff.person)
    make_published()

    answer = client_of(cast.staff).get(reverse("api_my_box"))

    assert answer.status_code == 200
    data = answer.json()
    assert (data["box"], data["profile"], data["axes"][0]["value"]) == (9, "DAERAH v1", "94.00")
    assert data["axes"][0]["indicators"][0]["contribution"] == "60.00"
