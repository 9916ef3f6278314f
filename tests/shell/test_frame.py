"""The frame of every page: rail, phone bar, unread notices, language, appearance, errors."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from common import navigation
from common.navigation import HomeCard, NavEntry
from personnel import actions
from tests.clock import NOW

ROOT = Path(__file__).resolve().parent.parent.parent
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_no_template_has_inline_style_or_script():
    guilty = [
        f"{path.relative_to(ROOT)}: {found.group(0).strip()}"
        for path in (ROOT / "templates").rglob("*.html")
        for found in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_nothing_is_fetched_from_another_host():
    guilty = [
        str(path.relative_to(ROOT))
        for folder in ("templates", "static")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".css", ".js"}
        and re.search(r"""(src|href|action)=["']?(https?:)?//|@import|url\(\s*["']?(https?:)?//""", path.read_text())
    ]
    assert guilty == []


@pytest.mark.parametrize("role", ["staff", "superior", "officer", "head", "bkd", "committee", "inspector"])
def test_every_entry_and_card_leads_somewhere(role, cast, client_of, caplog):
    answer = client_of(getattr(cast, role)).get(reverse("home"))

    assert answer.status_code == 200
    assert "address that does not exist" not in caplog.text


def test_a_wrong_name_in_the_navigation_does_not_take_the_page_down(cast, client_of, monkeypatch, caplog):
    class Broken:
        @staticmethod
        def entries(user, context):
            return [NavEntry("me", "Gone", "nowhere:at_all", 1)]

        @staticmethod
        def home_cards(user):
            return [HomeCard("nowhere:card", 1)]

    monkeypatch.setattr(navigation, "modules", lambda: [Broken])

    answer = client_of(cast.staff).get(reverse("home"))

    assert answer.status_code == 200
    assert "Gone" not in answer.content.decode()
    assert "nowhere:at_all" in caplog.text


def test_home_is_the_current_page_in_the_rail_and_the_phone_bar(cast, client_of):
    page = client_of(cast.staff).get(reverse("home")).content.decode()

    assert page.count('<a href="/" aria-current="page">') == 2  # rail, phone bar


def test_the_bell_counts_only_my_unread_notices(cast, client_of):
    actions.notify(user_ids=[cast.staff.pk, cast.superior.pk], kind="a", text="One", now=NOW)
    actions.notify(user_ids=[cast.superior.pk], kind="b", text="Two", now=NOW)

    page = client_of(cast.staff).get(reverse("home")).content.decode()

    assert "Pemberitahuan, 1 belum dibaca" in page


def test_a_page_carries_the_appearance_of_the_account(cast, client_of):
    browser = client_of(cast.staff)

    assert "data-theme" not in browser.get(reverse("home")).content.decode()
    browser.post(reverse("personnel:account_set_theme"), {"theme": "dark", "next": "/"})

    assert 'data-theme="dark"' in browser.get(reverse("home")).content.decode()


def test_language_switch_changes_the_page_and_comes_back_to_it(cast, client_of):
    browser = client_of(cast.staff)
    here = reverse("personnel:notice_list")
    assert '<html lang="id"' in browser.get(here).content.decode()

    answer = browser.post(reverse("personnel:account_set_language"), {"language": "en", "next": here})

    assert (answer.status_code, answer["Location"]) == (302, here)
    assert '<html lang="en"' in browser.get(here).content.decode()
    cast.staff.refresh_from_db()
    assert cast.staff.language == "en"


def test_language_switch_never_leads_to_another_host(cast, client_of):
    answer = client_of(cast.staff).post(
        reverse("personnel:account_set_language"), {"language": "en", "next": "https://elsewhere.example/"}
    )

    assert answer["Location"] == reverse("home")


def test_an_unknown_address_is_answered_in_the_same_dress(cast, client_of):
    signed_in = client_of(cast.staff).get("/tidak/ada/")
    anonymous = client_of(None).get("/tidak/ada/")

    assert (signed_in.status_code, anonymous.status_code) == (404, 404)
    assert 'class="rail"' in signed_in.content.decode()
    assert 'class="rail"' not in anonymous.content.decode()
    assert "Tidak ada apa-apa di alamat ini" in anonymous.content.decode()


def test_a_forbidden_page_says_whom_to_ask(cast, client_of):
    answer = client_of(cast.staff).get(reverse("design"))

    assert answer.status_code == 403
    assert "mintalah peran itu kepada BKD" in answer.content.decode()


def test_the_error_page_needs_neither_request_nor_database():
    from config.views import failed

    answer = failed(None)

    assert answer.status_code == 500
    assert "Kesalahan kami" in answer.content.decode()


def test_the_living_page_shows_every_component_to_staff(cast, client_of):
    cast.bkd.is_staff = True
    cast.bkd.save()

    page = client_of(cast.bkd).get(reverse("design"))

    assert page.status_code == 200
    assert 'class="box9"' in page.content.decode()


def test_frame_costs_the_same_number_of_queries_with_many_notices(cast, client_of, queries_for):
    browser = client_of(cast.staff)
    page = reverse("personnel:account")
    browser.get(page)
    few = queries_for(lambda: browser.get(page))

    actions.notify(user_ids=[cast.staff.pk] * 1, kind="a", text="One", now=NOW)
    for _ in range(20):
        actions.notify(user_ids=[cast.staff.pk], kind="a", text="One", now=NOW)

    assert queries_for(lambda: browser.get(page)) == few


def test_the_service_worker_keeps_the_offline_page_and_its_styles(client_of, db):
    answer = client_of(None).get("/sw.js")

    script = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript"
    assert f'const PAGE = "{reverse("offline")}"' in script
    assert "css/tokens.css" in script
    assert client_of(None).get(reverse("offline")).status_code == 200


def test_no_key_is_written_with_a_thousands_separator():
    shown = re.compile(r"\{\{ ([\w.]*\b(?:pk|\w+_id|id)) \}\}")
    guilty = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(
            r"\{% localize off %\}.*?\{% endlocalize %\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        guilty += [f"{path.relative_to(ROOT)}: {key}" for key in shown.findall(text) if not key.endswith("auto_id")]
    assert guilty == []
