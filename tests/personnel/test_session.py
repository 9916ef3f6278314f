"""Signing in, the first run of an empty office, the account."""

import json

import pytest
from django.urls import reverse

from personnel import actions
from personnel.models import AuditEvent, Unit, User
from tests.factories.personnel import PASSWORD, make_user

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("personnel:sign_in")
FIRST_RUN = reverse("personnel:first_run")


@pytest.fixture
def empty_office(settings, tmp_path):
    settings.KOTAK9_HOME = tmp_path
    actions.accounts.remember_code(home=tmp_path, code="7Q4-K2M")
    return {
        "code": "7Q4-K2M",
        "institution": "Kabupaten Contoh",
        "name": "Sari Wulandari",
        "username": "sari",
        "password": "kopi-hitam-tanpa-gula",
        "password_again": "kopi-hitam-tanpa-gula",
    }


def test_nip_and_password_open_the_home_page(client):
    make_user(username="198503122010012001")

    response = client.post(SIGN_IN, {"username": "198503122010012001", "password": PASSWORD})

    assert response.status_code == 302
    assert response.url == reverse("home")


def test_the_refusal_does_not_tell_whether_the_nip_exists(client):
    make_user(username="known")

    wrong = client.post(SIGN_IN, {"username": "known", "password": "wrong"})
    unknown = client.post(SIGN_IN, {"username": "unknown", "password": "wrong"})

    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_after_eight_failures_the_account_rests(client, settings):
    settings.AXES_ENABLED = True
    make_user(username="known")
    for _ in range(8):
        client.post(SIGN_IN, {"username": "known", "password": "wrong"})

    response = client.post(SIGN_IN, {"username": "known", "password": PASSWORD})

    assert response.status_code == 429


def test_an_empty_office_leads_to_its_first_run(client):
    response = client.get(SIGN_IN)

    assert (response.status_code, response.url) == (302, FIRST_RUN)


def test_the_code_of_the_terminal_opens_the_office_once(client, empty_office):
    response = client.post(FIRST_RUN, empty_office)

    assert response.status_code == 302
    user = User.objects.get()
    assert (user.username, user.is_staff) == ("sari", True)
    assert Unit.objects.get().name == "Kabupaten Contoh"
    assert AuditEvent.objects.filter(verb="office.open").count() == 1
    assert client.post(FIRST_RUN, empty_office).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("code", "wrong", id="another code"),
        pytest.param("password_again", "different", id="passwords that differ"),
        pytest.param("username", "a b", id="a user name with a blank"),
        pytest.param("institution", "", id="no institution"),
    ],
)
def test_a_first_run_with_a_fault_names_the_field_and_writes_nothing(client, empty_office, field, value):
    response = client.post(FIRST_RUN, {**empty_office, field: value})

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_the_demo_accounts_open_with_one_click_only_in_the_demo(client, settings, tmp_path):
    make_user(username="contoh")
    settings.KOTAK9_HOME = tmp_path
    (tmp_path / "demo_accounts.json").write_text(json.dumps([{"role": "ASN", "label": "Rina", "username": "contoh"}]))
    url = reverse("personnel:sign_in_demo")

    settings.KOTAK9_DEMO = False
    assert client.post(url, {"username": "contoh"}).status_code == 404

    settings.KOTAK9_DEMO = True
    assert client.post(url, {"username": "somebody else"}).status_code == 404
    assert client.post(url, {"username": "contoh"}).status_code == 302


def test_the_language_of_the_account_is_kept_and_used(cast, client_of):
    browser = client_of(cast.staff)

    browser.post(reverse("personnel:account_set_language"), {"language": "en"})

    cast.staff.refresh_from_db()
    assert cast.staff.language == "en"
    assert browser.get(reverse("personnel:account")).headers["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(cast, client_of):
    client_of(cast.staff).post(reverse("personnel:account_set_language"), {"language": "xx"})

    cast.staff.refresh_from_db()
    assert cast.staff.language == "id"


def test_after_changing_the_language_one_is_not_sent_to_another_host(cast, client_of):
    response = client_of(cast.staff).post(
        reverse("personnel:account_set_language"), {"language": "en", "next": "https://elsewhere.example/"}
    )

    assert response.url == reverse("home")
