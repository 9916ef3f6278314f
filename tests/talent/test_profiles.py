"""Profiles are taken in from files and never change once used."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from talent import actions
from talent.models import Profile
from talent.queries import scheme_of
from talent.rules.profile_json import to_text
from tests.clock import NOW
from tests.factories.talent import make_period, profile_of

pytestmark = pytest.mark.django_db


def text_of(**changes):
    data = json.loads(to_text(scheme_of(profile_of())))
    return json.dumps(data | changes)


def test_a_new_office_has_the_three_shipped_profiles():
    assert list(Profile.objects.newest_first().values_list("code", "version")) == [
        ("BKN-411", 1),
        ("DAERAH", 1),
        ("DJBK", 1),
    ]


def test_a_new_version_stands_beside_the_old():
    saved = actions.save_profile(text=text_of(version=2, sk_number="800/1/2027"), actor=None, now=NOW)

    assert (str(saved), saved.sk_number) == ("DAERAH v2", "800/1/2027")
    assert Profile.objects.filter(code="DAERAH").count() == 2


def test_the_same_file_twice_is_kept_once():
    first = actions.save_profile(text=text_of(), actor=None, now=NOW)

    assert first == profile_of()
    assert Profile.objects.count() == 3


def test_an_unused_version_may_be_corrected_and_a_used_one_not(cast):
    actions.save_profile(text=text_of(sk_number="lain"), actor=None, now=NOW)
    make_period()

    with pytest.raises(actions.ProfileRefused, match="versi 2"):
        actions.save_profile(text=text_of(sk_number="lain lagi"), actor=None, now=NOW)

    assert profile_of().sk_number == "lain"


def test_a_faulty_file_is_refused_with_every_fault():
    with pytest.raises(actions.ProfileRefused) as refusal:
        actions.save_profile(text=text_of(talent_y="0.9", rounding=9), actor=None, now=NOW)

    assert [problem["code"] for problem in refusal.value.details["problems"]] == ["talent_weights", "rounding"]
    assert Profile.objects.count() == 3


def test_a_profile_goes_out_and_comes_back_the_same(tmp_path):
    out = StringIO()
    call_command("export_profile", "DAERAH", stdout=out)
    path = tmp_path / "daerah.json"
    path.write_text(out.getvalue())

    call_command("import_profile", str(path), stdout=StringIO())

    assert Profile.objects.count() == 3


def test_the_commands_say_what_is_wrong(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}")

    with pytest.raises(CommandError, match="kotak9/profile/1"):
        call_command("import_profile", str(path))
    with pytest.raises(CommandError, match="no profile NIL"):
        call_command("export_profile", "NIL")
    with pytest.raises(CommandError, match=r"nil\.csv"):
        call_command("import_facts", str(tmp_path / "nil.csv"))
