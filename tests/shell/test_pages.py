"""Search, notices, the account and jobs, as a person meets them."""

import pytest
from django.urls import reverse

from personnel import actions
from personnel.models import Job
from tests.clock import NOW


def fragment(browser, url, **data):
    return browser.get(url, data, headers={"HX-Request": "true"})


def test_search_finds_a_colleague_one_may_see_and_hides_the_rest(cast, client_of):
    url = reverse("personnel:search")

    seen = client_of(cast.superior).get(url, {"q": "Rina"}).content.decode()
    unseen = client_of(cast.other_officer).get(url, {"q": "Rina"}).content.decode()

    assert reverse("personnel:person_detail", args=[cast.staff.person_id]) in seen
    assert reverse("personnel:person_detail", args=[cast.staff.person_id]) not in unseen
    assert "Tidak ada hasil untuk" in unseen


def test_search_finds_units_and_pages(cast, client_of):
    browser = client_of(cast.staff)

    units = browser.get(reverse("personnel:search"), {"q": "Perizinan"}).content.decode()
    pages = browser.get(reverse("personnel:search"), {"q": "presensi"}).content.decode()

    assert reverse("personnel:unit_detail", args=[cast.seksi.pk]) in units
    assert reverse("attendance:my_attendance") in pages


def test_the_palette_gets_only_what_was_found(cast, client_of):
    answer = fragment(client_of(cast.staff), reverse("personnel:search"), q="Perizinan")

    assert "<html" not in answer.content.decode()
    assert "Dinas Perizinan" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_search_text_is_shown_as_text(cast, client_of):
    page = client_of(cast.staff).get(reverse("personnel:search"), {"q": "<script>x</script>"}).content.decode()

    assert "<script>x" not in page


def test_opening_a_notice_marks_it_read_and_leads_to_its_page(cast, client_of):
    target = reverse("personnel:account")
    actions.notify(user_ids=[cast.staff.pk], kind="a", text="%(who)s asks", params={"who": "Dedi"}, url=target, now=NOW)
    notice = cast.staff.notices.get()
    browser = client_of(cast.staff)
    assert "Dedi asks" in browser.get(reverse("personnel:notice_list")).content.decode()

    answer = browser.post(reverse("personnel:notice_open", args=[notice.pk]))

    notice.refresh_from_db()
    assert answer["Location"] == target
    assert notice.read_at is not None


def test_notices_page_says_what_will_come_when_there_is_none(cast, client_of):
    assert "Tidak ada pemberitahuan" in client_of(cast.staff).get(reverse("personnel:notice_list")).content.decode()


@pytest.mark.parametrize(
    ("state", "polls", "may_cancel"),
    [
        pytest.param("RUNNING", True, True, id="a running job is asked for again and may be cancelled"),
        pytest.param("DONE", False, False, id="a finished job is left alone"),
        pytest.param("FAILED", False, False, id="a failed job is left alone"),
    ],
)
def test_job_page(cast, client_of, state, polls, may_cancel):
    job = actions.start_job(kind="test", scope="x", title="Hitung kotak", actor=cast.bkd, now=NOW)
    Job.objects.filter(pk=job.pk).update(state=state, done=1234, total=2000)
    url = reverse("personnel:job_detail", args=[job.pk])

    page = fragment(client_of(cast.bkd), url).content.decode()

    assert ('hx-trigger="every 1s"' in page) is polls
    assert (reverse("personnel:job_cancel", args=[job.pk]) in page) is may_cancel
    if polls:
        assert '<progress value="1234" max="2000"' in page  # no thousands separator inside an attribute
        assert "61 %" in page


def test_password_is_changed_with_the_old_one(cast, client_of):
    cast.staff.set_password("sandi-lama-sekali")
    cast.staff.save()
    browser = client_of(cast.staff)
    url = reverse("personnel:account_change_password")
    new = {"new_password1": "rahasia-baru-77", "new_password2": "rahasia-baru-77"}

    wrong = browser.post(url, {"old_password": "bukan", **new})
    cast.staff.refresh_from_db()
    assert wrong.status_code == 422
    assert cast.staff.check_password("sandi-lama-sekali")

    right = browser.post(url, {"old_password": "sandi-lama-sekali", **new})
    cast.staff.refresh_from_db()
    assert right["Location"] == reverse("personnel:account")
    assert cast.staff.check_password("rahasia-baru-77")
    assert browser.get(reverse("personnel:account")).status_code == 200  # still signed in


def test_account_page_names_the_roles_held(cast, client_of):
    page = client_of(cast.officer).get(reverse("personnel:account")).content.decode()

    assert "Dinas Perizinan" in page
    assert cast.officer.username in page


def test_one_click_accounts_stand_on_the_sign_in_page_of_the_demo_only(cast, client_of, settings, tmp_path):
    settings.KOTAK9_HOME = tmp_path
    offered = f'[{{"username": "{cast.staff.username}", "name": "Rina Marlina", "role": "ASN", "unit": "Seksi"}}]'
    (tmp_path / "demo_accounts.json").write_text(offered)
    url = reverse("personnel:sign_in")

    settings.KOTAK9_DEMO = False
    assert "Rina Marlina" not in client_of(None).get(url).content.decode()

    settings.KOTAK9_DEMO = True
    assert "Rina Marlina" in client_of(None).get(url).content.decode()
