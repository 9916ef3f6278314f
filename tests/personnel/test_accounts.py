"""Accounts for the imported: opening, one-time codes, the first password, unlocking, sessions."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from personnel import actions, queries, tasks
from personnel.actions import sign_in
from personnel.models import AccessCode, AuditEvent, Job, JobState, Notice, Role, User, UserSession
from tests.clock import NOW, TODAY
from tests.factories.personnel import PASSWORD, grant, make_person, make_user

pytestmark = pytest.mark.django_db
ACCOUNTS = reverse("personnel:account_list")
CREATE = reverse("personnel:account_create")
CODES = reverse("personnel:account_issue_codes")
SIGN_IN = reverse("personnel:sign_in")
FIRST = reverse("personnel:first_sign_in")
ACCOUNT = reverse("personnel:account")
EVERYWHERE = reverse("personnel:account_sign_out_everywhere")
NEW = "kopi-hitam-tanpa-gula"
CHOICE = {"password": NEW, "password_again": NEW}


@pytest.fixture
def newcomer(cast):
    """Imported, in the subtree of the officer of dinas_a, without an account."""
    return make_person(unit=cast.seksi, name="Asep Saepudin")


@pytest.fixture
def code(cast, newcomer):
    """A code for the newcomer, as it stands on the sheet."""
    return sign_in.issue_codes(person_ids=[newcomer.pk], actor=cast.officer, now=timezone.now())[0].code


def states(user):
    now = timezone.now()
    rows = queries.accounts_in_reach(user, timezone.localdate(now), now)
    return dict(rows.values_list("name", "state"))


def fail(browser, username, times=8):
    for _ in range(times):
        browser.post(SIGN_IN, {"username": username, "password": "salah"})


# ---- the list ----


def test_an_officer_sees_the_own_subtree_and_bkd_everyone(cast, newcomer):
    assert set(states(cast.officer)) == {
        "Hendra Gunawan", "Dedi Kurnia", "Rina Marlina", "Yanti Oktavia", "Asep Saepudin",
    }  # fmt: skip
    assert set(states(cast.other_officer)) == {"Bambang Susanto"}
    assert len(states(cast.bkd)) == 9
    assert states(cast.staff) == {}


def test_each_state_is_told_apart(cast, newcomer):
    names = ["Belum Berakun", "Tanpa Kode", "Sudah Berkode", "Kode Lewat", "Terkunci", "Ditutup"]
    people = {name: make_person(unit=cast.seksi, name=name) for name in names}
    opened = [people[name] for name in names if name != "Belum Berakun"]
    actions.create_accounts(people=opened, actor=None, now=NOW)
    now = timezone.now()
    sign_in.issue_codes(person_ids=[people["Sudah Berkode"].pk], actor=cast.officer, now=now)
    sign_in.issue_codes(person_ids=[people["Kode Lewat"].pk], actor=cast.officer, now=now - timedelta(days=14))
    AccessAttempt.objects.create(
        username=people["Terkunci"].nip, ip_address="10.0.0.1", user_agent="x", failures_since_start=8
    )
    AccessAttempt.objects.create(
        username=people["Tanpa Kode"].nip, ip_address="10.0.0.1", user_agent="x", failures_since_start=7
    )
    User.objects.filter(person=people["Ditutup"]).update(is_active=False)

    found = states(cast.officer)

    assert {name: found[name] for name in names} == {
        "Belum Berakun": "NONE", "Tanpa Kode": "WAITING", "Sudah Berkode": "CODE", "Kode Lewat": "WAITING",
        "Terkunci": "LOCKED", "Ditutup": "CLOSED",
    }  # fmt: skip
    assert found["Rina Marlina"] == "ACTIVE"


def test_the_filters_stand_in_the_url(cast, client_of, newcomer):
    browser = client_of(cast.officer)

    def names(**wanted):
        page = browser.get(ACCOUNTS, wanted).context["page"]
        return [person.name for person in page]

    assert names(keadaan="NONE") == ["Asep Saepudin"]
    assert names(q="marlina") == ["Rina Marlina"]
    assert names(unit=cast.bidang.pk) == ["Asep Saepudin", "Dedi Kurnia", "Rina Marlina"]
    assert len(names(unit=cast.dinas_b.pk, keadaan="nothing")) == 5  # what is not offered narrows nothing


def test_the_list_costs_the_same_however_many_there_are(cast, client_of, queries_for, newcomer):
    browser = client_of(cast.officer)
    browser.get(ACCOUNTS)
    few = queries_for(lambda: browser.get(ACCOUNTS))
    for number in range(15):
        make_person(unit=cast.seksi, name=f"Pegawai {number}")

    assert queries_for(lambda: browser.get(ACCOUNTS)) == few


# ---- opening accounts ----


def test_accounts_of_the_filter_are_opened_by_a_job_that_may_run_twice(cast, client_of, newcomer, monkeypatch):
    elsewhere = make_person(unit=cast.dinas_b, name="Orang Lain")
    sent = []
    monkeypatch.setattr(tasks.create_accounts, "delay_on_commit", lambda **values: sent.append(values))

    response = client_of(cast.officer).post(f"{CREATE}?unit={cast.seksi.pk}")
    job = Job.objects.get(kind="accounts.create")
    assert response.url == reverse("personnel:job_detail", args=[job.pk])
    assert sent == [{"job_id": job.pk}]
    tasks.create_accounts(job_id=job.pk)
    tasks.create_accounts(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.total) == (JobState.DONE, {"made": 1}, 1, 1)
    user = User.objects.get(person=newcomer)
    assert user.username == newcomer.nip
    assert not user.has_usable_password()
    assert not User.objects.filter(person=elsewhere).exists()


def test_many_are_opened_in_chunks_and_a_second_run_makes_none(cast):
    people = [make_person(unit=cast.seksi).pk for _ in range(3)]
    steps = []

    def run():
        return sign_in.open_accounts(
            person_ids=people, actor=cast.bkd, now=NOW, progress=lambda done, total: steps.append((done, total))
        )

    assert (run(), run()) == (3, 0)
    assert steps == [(3, 3), (3, 3)]
    assert AuditEvent.objects.filter(verb="accounts.create").get().after == {"count": 3}


def test_a_cancelled_job_stops_between_two_chunks(cast, newcomer):
    job = actions.start_job(
        kind="accounts.create", scope="x", title="x", params={"text": "", "unit": None, "url": ""},
        actor=cast.bkd, now=NOW,
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(is_cancel_requested=True)

    tasks.create_accounts(job_id=job.pk)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert User.objects.filter(person=newcomer).exists()  # what was written stands


def test_the_first_administrator_gets_the_person_with_the_same_nip(cast, newcomer):
    admin = make_user(username=newcomer.nip, is_staff=True)

    actions.create_accounts(people=[newcomer], actor=None, now=NOW)

    admin.refresh_from_db()
    assert admin.person == newcomer
    assert User.objects.filter(username=newcomer.nip).count() == 1


# ---- codes ----


def test_the_sheet_shows_the_code_once_and_only_its_hash_is_kept(cast, client_of, newcomer):
    browser = client_of(cast.officer)

    page = browser.post(CODES, {"person": newcomer.pk})

    text = page.content.decode()
    shown = re.findall(r"<code>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</code>", text)
    assert len(shown) == 1
    assert newcomer.name in text
    assert cast.seksi.name in text
    assert newcomer.nip not in text
    assert "no-store" in page.headers["Cache-Control"]
    row = AccessCode.objects.get(user__person=newcomer)
    assert row.issued_by == cast.officer
    assert row.expires_at - row.issued_at == timedelta(days=14)
    plain = shown[0].replace("-", "")
    event = AuditEvent.objects.get(verb="account.issue_code")
    assert plain not in row.code_hash
    assert (event.object_id, event.actor) == (row.user_id, cast.officer)
    assert plain not in str(event.after)
    assert shown[0] not in browser.get(ACCOUNTS).content.decode()


def test_everyone_without_a_password_in_the_filter_gets_a_code_and_nobody_twice(cast, client_of, newcomer):
    second = make_person(unit=cast.bidang, name="Euis Kartika")
    make_person(unit=cast.dinas_b, name="Orang Lain")
    browser = client_of(cast.officer)

    page = browser.post(f"{CODES}?unit={cast.seksi.pk}", {"everyone": "1"})
    assert [strip["issued"].user.person for strip in page.context["strips"]] == [newcomer]
    page = browser.post(CODES, {"everyone": "1"})
    assert [strip["issued"].user.person for strip in page.context["strips"]] == [second]

    assert browser.post(CODES, {"everyone": "1"}).url == ACCOUNTS


def test_a_full_sheet_says_how_many_still_wait(cast, client_of, newcomer, monkeypatch):
    make_person(unit=cast.bidang, name="Zaenal Arifin")
    monkeypatch.setattr(sign_in, "CODES_AT_ONCE", 1)

    page = client_of(cast.officer).post(CODES, {"everyone": "1"})

    assert len(page.context["strips"]) == 1
    assert page.context["left"] == 1


def test_nobody_outside_the_own_units_is_reached(cast, client_of, newcomer):
    browser = client_of(cast.other_officer)

    assert browser.post(CODES, {"person": [cast.other_officer.person_id, newcomer.pk]}).status_code == 404
    assert browser.post(reverse("personnel:account_unlock", args=[newcomer.pk])).status_code == 404
    with pytest.raises(sign_in.CodeRefused):
        sign_in.issue_codes(person_ids=[newcomer.pk], actor=cast.other_officer, now=NOW)
    assert not AccessCode.objects.exists()


def test_a_code_never_opens_more_than_its_giver_may_do(cast, client_of):
    colleague = make_person(unit=cast.bkd_unit, name="Admin Kedua")
    grant(make_user(colleague), Role.BKD_ADMIN, cast.root)
    grant(cast.officer, Role.UNIT_OFFICER, cast.bkd_unit)
    root_account = make_user(make_person(unit=cast.bkd_unit, name="Super"))
    User.objects.filter(pk=root_account.pk).update(is_superuser=True)

    def may(actor, person):
        rows = queries.accounts_in_reach(actor, TODAY, NOW)
        return rows.get(pk=person.pk).may_receive_code

    assert may(cast.officer, cast.staff.person)
    assert not may(cast.officer, cast.head.person)  # holds a role
    assert not may(cast.officer, colleague)
    assert not may(cast.officer, cast.officer.person)  # oneself
    assert may(cast.bkd, colleague)
    assert not may(cast.bkd, root_account.person)
    response = client_of(cast.officer).post(CODES, {"person": cast.head.person_id}, follow=True)
    assert [str(message) for message in response.context["messages"]]
    assert not AccessCode.objects.exists()


def test_whoever_has_a_password_is_told_of_the_code(cast, newcomer):
    sign_in.issue_codes(person_ids=[newcomer.pk, cast.staff.person_id], actor=cast.officer, now=NOW)

    assert Notice.objects.get(kind="account.code").recipient == cast.staff


def test_a_new_code_kills_the_old_one_and_unused_ones_are_removed(cast, newcomer, code):
    again = sign_in.issue_codes(person_ids=[newcomer.pk], actor=cast.officer, now=timezone.now())[0].code

    assert sign_in.code_of(username=newcomer.nip, typed=code, now=timezone.now()) is None
    assert sign_in.code_of(username=newcomer.nip, typed=again, now=timezone.now())
    assert sign_in.remove_expired_access(now=timezone.now()) == 0
    assert sign_in.remove_expired_access(now=timezone.now() + timedelta(days=14)) == 1


# ---- the first sign-in ----


def test_nip_and_code_lead_to_an_own_password_and_the_code_is_dead(client, newcomer, code):
    response = client.post(SIGN_IN, {"username": newcomer.nip, "password": code.lower().replace("-", " ")})
    assert response.url == FIRST
    assert newcomer.name in client.get(FIRST).content.decode()

    response = client.post(FIRST, CHOICE)

    assert response.url == reverse("home")
    assert client.get(ACCOUNT).status_code == 200
    user = User.objects.get(person=newcomer)
    assert user.check_password(NEW)
    assert not AccessCode.objects.exists()
    assert AuditEvent.objects.get(verb="account.first_password").actor == user
    other = Client()
    assert other.post(SIGN_IN, {"username": newcomer.nip, "password": code}).status_code == 200
    assert other.post(SIGN_IN, {"username": newcomer.nip, "password": NEW}).url == reverse("home")


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        pytest.param({"password": NEW, "password_again": "lain-sekali-99"}, "password_again", id="two that differ"),
        pytest.param({"password": "pendek", "password_again": "pendek"}, "password", id="too short"),
        pytest.param({"password": "password123", "password_again": "password123"}, "password", id="common"),
        pytest.param({"password": "", "password_again": ""}, "password", id="none"),
    ],
)
def test_a_password_that_will_not_do_gets_a_sentence_and_the_code_lives_on(client, newcomer, code, choice, field):
    client.post(SIGN_IN, {"username": newcomer.nip, "password": code})

    for _ in range(2):
        response = client.post(FIRST, choice)
        assert response.status_code == 422
        assert response.context["form"].errors[field]

    assert not User.objects.get(person=newcomer).has_usable_password()
    assert AccessCode.objects.exists()
    assert client.post(FIRST, CHOICE).url == reverse("home")


def test_the_code_itself_and_the_nip_are_no_passwords(client, newcomer, code):
    client.post(SIGN_IN, {"username": newcomer.nip, "password": code})

    for bad in (code, code.lower(), newcomer.nip):
        assert client.post(FIRST, {"password": bad, "password_again": bad}).status_code == 422


def test_before_the_change_no_other_page_opens(client, newcomer, code):
    client.post(SIGN_IN, {"username": newcomer.nip, "password": code})

    for url in (reverse("home"), ACCOUNT, reverse("personnel:my_data"), reverse("personnel:search"), "/admin/"):
        response = client.get(url)
        assert response.status_code == 302
        assert "masuk" in response.url or "login" in response.url
    assert client.get(reverse("api_units")).status_code == 401
    assert "_auth_user_id" not in client.session


def test_the_door_of_the_admin_does_not_take_a_code(client, cast, newcomer, code):
    User.objects.filter(person=newcomer).update(is_staff=True)

    response = client.post("/admin/login/", {"username": newcomer.nip, "password": code})

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_without_a_code_the_page_of_the_first_password_leads_to_the_door(client, cast):
    assert client.get(FIRST).url == SIGN_IN
    assert client.post(FIRST, CHOICE).url == SIGN_IN


def test_two_browsers_with_one_code_give_one_password(client, newcomer, code):
    other = Client()
    for browser in (client, other):
        browser.post(SIGN_IN, {"username": newcomer.nip, "password": code})
    held = AccessCode.objects.get()

    assert client.post(FIRST, CHOICE).url == reverse("home")
    assert other.post(FIRST, {"password": "lain-sekali-99", "password_again": "lain-sekali-99"}).url == SIGN_IN
    with pytest.raises(sign_in.CodeRefused):
        sign_in.choose_first_password(code=held, password="lain-sekali-99", now=timezone.now())

    assert User.objects.get(person=newcomer).check_password(NEW)


def test_what_is_wrong_about_a_code_is_not_told(client, cast, newcomer, code):
    expired = make_person(unit=cast.seksi)
    old = sign_in.issue_codes(
        person_ids=[expired.pk], actor=cast.officer, now=timezone.now() - timedelta(days=14, minutes=1)
    )[0].code
    closed = make_person(unit=cast.seksi)
    dead = sign_in.issue_codes(person_ids=[closed.pk], actor=cast.officer, now=timezone.now())[0].code
    User.objects.filter(person=closed).update(is_active=False)
    tries = [
        (newcomer.nip, "AAAA-AAAA-AAAA"), (expired.nip, old), (closed.nip, dead), ("000000000000000000", code),
        (cast.staff.username, code),
    ]  # fmt: skip

    answers = [client.post(SIGN_IN, {"username": nip, "password": typed}) for nip, typed in tries]

    assert {answer.status_code for answer in answers} == {200}
    assert len({str(answer.context["form"].errors) for answer in answers}) == 1


def test_the_half_hour_for_the_choice_ends(client, newcomer, code):
    client.post(SIGN_IN, {"username": newcomer.nip, "password": code})
    session = client.session
    session["kotak9_first_sign_in"] = {**session["kotak9_first_sign_in"], "at": 0}
    session.save()

    assert client.post(FIRST, CHOICE).url == SIGN_IN


def test_a_changed_password_kills_the_code_that_still_lay_somewhere(client, cast):
    sign_in.issue_codes(person_ids=[cast.staff.person_id], actor=cast.officer, now=timezone.now())
    client.post(SIGN_IN, {"username": cast.staff.username, "password": PASSWORD})

    client.post(
        reverse("personnel:account_change_password"),
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )

    assert not AccessCode.objects.exists()


# ---- unlocking ----


def test_wrong_codes_lock_the_account_and_the_officer_unlocks_it(client, client_of, cast, newcomer, code, settings):
    settings.AXES_ENABLED = True
    fail(client, newcomer.nip)
    assert client.post(SIGN_IN, {"username": newcomer.nip, "password": code}).status_code == 429
    assert states(cast.officer)["Asep Saepudin"] == "LOCKED"
    page = client_of(cast.officer).get(ACCOUNTS).content.decode()
    unlock = reverse("personnel:account_unlock", args=[newcomer.pk])
    assert unlock in page

    client_of(cast.officer).post(unlock)

    assert states(cast.officer)["Asep Saepudin"] == "CODE"
    assert client.post(SIGN_IN, {"username": newcomer.nip, "password": code}).url == FIRST
    event = AuditEvent.objects.get(verb="account.unlock")
    assert (event.actor, event.object_id) == (cast.officer, User.objects.get(person=newcomer).pk)


# ---- sessions ----


@pytest.fixture(params=["db", "cached_db"])
def two_browsers(request, cast, settings):
    """The same account signed in twice, on either kind of session the product runs on."""
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{request.param}"
    agents = [
        "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537",
        "Mozilla/5.0 (Windows NT 10.0) Firefox/132",
    ]
    browsers = [Client(headers={"user-agent": agent}) for agent in agents]
    for browser in browsers:
        browser.post(SIGN_IN, {"username": cast.staff.username, "password": PASSWORD})
    return browsers


def test_signing_out_everywhere_ends_the_other_sessions_and_keeps_this_one(two_browsers, cast):
    here, there = two_browsers
    page = here.get(ACCOUNT).content.decode()
    assert "Chrome · Android" in page
    assert "Firefox · Windows" in page

    response = here.post(EVERYWHERE, follow=True)

    assert response.status_code == 200
    assert there.get(ACCOUNT).status_code == 302
    assert here.get(ACCOUNT).status_code == 200
    assert UserSession.objects.get(user=cast.staff).device == "Chrome · Android"
    assert AuditEvent.objects.get(verb="account.sign_out_everywhere").actor == cast.staff


def test_a_session_that_was_opened_elsewhere_ends_as_well(cast, client_of):
    here, there = client_of(cast.staff), client_of(cast.staff)

    here.post(EVERYWHERE)

    assert (here.get(ACCOUNT).status_code, there.get(ACCOUNT).status_code) == (200, 302)


def test_signing_out_and_another_password_take_sessions_off_the_list(two_browsers, cast):
    here, there = two_browsers
    there.post(reverse("personnel:sign_out"))
    assert UserSession.objects.get(user=cast.staff).device == "Chrome · Android"

    there.post(SIGN_IN, {"username": cast.staff.username, "password": PASSWORD})
    assert UserSession.objects.filter(user=cast.staff).count() == 2
    here.post(
        reverse("personnel:account_change_password"),
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW},
    )

    assert UserSession.objects.get(user=cast.staff).device == "Chrome · Android"
    assert there.get(ACCOUNT).status_code == 302
    assert here.get(ACCOUNT).status_code == 200


def test_use_pushes_the_idle_limit_away_at_most_every_five_minutes(client, cast, settings):
    settings.SESSION_COOKIE_AGE = 3600
    client.post(SIGN_IN, {"username": cast.staff.username, "password": PASSWORD})
    row = UserSession.objects.get(user=cast.staff)
    client.get(ACCOUNT)
    row.refresh_from_db()
    first = row.seen_at
    session = client.session
    session["kotak9_seen"] -= 301
    session.save()

    response = client.get(ACCOUNT)

    row.refresh_from_db()
    assert row.seen_at > first
    assert response.cookies["sessionid"]["max-age"] == 3600
    assert "sessionid" not in client.get(ACCOUNT).cookies


def test_what_was_idle_too_long_is_neither_listed_nor_kept(client, cast, settings):
    settings.SESSION_COOKIE_AGE = 3600
    old = timezone.now() - timedelta(seconds=3601)
    UserSession.objects.create(user=cast.staff, device="Lama", started_at=old, seen_at=old)
    other = UserSession.objects.create(user=cast.head, device="Orang lain", started_at=NOW, seen_at=timezone.now())

    client.post(SIGN_IN, {"username": cast.staff.username, "password": PASSWORD})

    page = client.get(ACCOUNT)
    assert [held.device for held in page.context["sessions"]] == [""]
    assert not UserSession.objects.filter(device="Lama").exists()
    assert UserSession.objects.filter(pk=other.pk).exists()


def test_every_night_what_opens_nothing_any_more_is_removed(client, cast, settings, newcomer):
    sign_in.issue_codes(person_ids=[newcomer.pk], actor=cast.officer, now=timezone.now() - timedelta(days=14))
    sign_in.issue_codes(person_ids=[cast.staff.person_id], actor=cast.officer, now=timezone.now())
    client.post(SIGN_IN, {"username": cast.staff.username, "password": PASSWORD})
    idle = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)
    UserSession.objects.create(user=cast.head, started_at=idle, seen_at=idle)
    Session.objects.create(session_key="gone", session_data="", expire_date=idle)

    assert tasks.remove_expired_access() == 2

    assert AccessCode.objects.get().user == cast.staff
    assert UserSession.objects.get().user == cast.staff
    assert Session.objects.count() == 1
    assert client.get(ACCOUNT).status_code == 200
