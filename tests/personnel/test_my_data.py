"""*Data saya*: what is held, who looked, and the whole as a file."""

import json

import pytest
from django.urls import reverse

from personnel import actions
from tests.clock import NOW
from tests.factories.personnel import make_user

pytestmark = pytest.mark.django_db
URL = reverse("personnel:my_data")


def _look(cast):
    actions.record_read(
        reader=cast.bkd, person_ids=[cast.staff.person_id], what="talent.placement", purpose="kalibrasi", now=NOW
    )


def test_one_sees_who_looked_and_why(cast, client_of):
    _look(cast)

    page = client_of(cast.staff).get(URL).content.decode()

    assert "Lilis Suryani" in page
    assert "kalibrasi" in page
    assert "Seksi Perizinan Usaha" in page


def test_one_does_not_see_what_is_held_about_others(cast, client_of):
    _look(cast)

    page = client_of(cast.superior).get(URL).content.decode()

    assert cast.staff.person.nip not in page
    assert "kalibrasi" not in page


def test_the_file_holds_everything_and_its_download_is_traced(cast, client_of):
    response = client_of(cast.staff).get(reverse("personnel:my_data_export"))

    held = {section["title"]: section["rows"] for section in json.loads(response.content)}
    assert any(cast.staff.person.nip in row.values() for row in held["Identitas"])
    assert "attachment" in response["Content-Disposition"]


def test_an_account_without_a_person_gets_a_sentence(client_of, db):
    assert client_of(make_user()).get(URL).status_code == 200
