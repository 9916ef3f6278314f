"""People and units over the API."""

import pytest
from django.urls import reverse
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


def _names(response):
    return {row["name"] for row in response.json()["results"]}


def test_an_officer_gets_the_people_of_the_own_subtree(cast, client_of):
    response = client_of(cast.officer).get(reverse("api_people"))

    assert _names(response) == {"Dedi Kurnia", "Hendra Gunawan", "Rina Marlina", "Yanti Oktavia"}


def test_the_filters_of_the_page_work_here(cast, client_of):
    browser = client_of(cast.bkd)

    assert _names(browser.get(reverse("api_people"), {"unit": cast.seksi.pk})) == {"Dedi Kurnia", "Rina Marlina"}
    assert _names(browser.get(reverse("api_people"), {"jenis": "JPT"})) == {"Hendra Gunawan"}


def test_a_filter_that_is_none_is_refused_in_the_one_shape(cast, client_of):
    response = client_of(cast.bkd).get(reverse("api_people"), {"jenis": "RAJA"})

    assert response.status_code == 400
    assert response.json()["code"] == "invalid"
    assert "jenis" in response.json()["details"]


def test_a_token_opens_what_its_account_may_see(cast):
    token = Token.objects.create(user=cast.other_officer)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token.key}")

    assert _names(client.get(reverse("api_people"))) == {"Bambang Susanto"}


def test_who_looks_after_nobody_is_refused_in_the_one_shape(cast, client_of):
    response = client_of(cast.staff).get(reverse("api_people"))

    assert response.status_code == 403
    assert response.json().keys() == {"code", "message", "details"}


def test_the_tree_of_units(cast, client_of):
    rows = client_of(cast.staff).get(reverse("api_units")).json()["results"]

    assert {row["name"] for row in rows} >= {"Dinas Perizinan", "Dinas Sosial", "BKPSDM"}
