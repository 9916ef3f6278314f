"""The frame as a person meets it: keyboard, weight, contrast, no connection, no other host."""

import pytest

from tests.browser.conftest import account_of

MOST_KILOBYTES = 200
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def rail_addresses(page):
    return page.eval_on_selector_all(
        ".rail li > a", "links => [...new Set(links.map(link => link.getAttribute('href')))]"
    )


def complaints_about(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{page.url} {item['id']}: {node['html'][:160]}" for item in found for node in item["nodes"]]


@pytest.mark.parametrize("key", ["staff", "superior", "officer", "bkd"])
def test_every_page_of_the_rail_fits_and_can_be_read_by_all(page_for, office, key):
    page = page_for(key)
    complaints, wide = [], []

    for address in rail_addresses(page):
        page.goto(office.url + address)
        page.wait_for_load_state("networkidle")
        complaints += complaints_about(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(page.url)

    assert complaints == []
    assert wide == []


def test_the_first_visit_of_the_home_page_is_light(page_for, office):
    page = page_for(None)
    username = account_of(office, "staff")["username"]
    received = {"bytes": 0}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.locator(f'button[name="username"][value="{username}"]').click()
    page.wait_for_load_state("networkidle")
    session.on(
        "Network.loadingFinished", lambda event: received.update(bytes=received["bytes"] + event["encodedDataLength"])
    )

    page.goto(f"{office.url}/")
    page.wait_for_load_state("networkidle")

    assert 10_000 < received["bytes"] <= MOST_KILOBYTES * 1000


def test_search_opens_by_keyboard_and_leads_to_a_person(page_for, office):
    page = page_for("bkd")
    name = account_of(office, "staff")["name"]

    page.keyboard.press("Control+k")
    page.locator("#palette[open]").wait_for()
    page.keyboard.type(name.split(",")[0])
    page.locator("#palette-found a", has_text=name).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pegawai/orang/**")

    assert name.split(",")[0] in page.locator("h1").inner_text()


def test_escape_closes_what_is_open_and_gives_the_focus_back(page_for):
    page = page_for("staff")

    page.locator("summary.person").click()
    assert page.locator(".menu .panel").is_visible()
    page.keyboard.press("Escape")

    assert page.locator(".menu .panel").is_hidden()
    assert page.evaluate("document.activeElement.matches('summary.person')")


def test_the_first_tab_offers_to_skip_to_the_content(page_for):
    page = page_for("staff")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_language_and_appearance_are_switched_from_the_menu(page_for):
    page = page_for("inspector")

    page.locator("summary.person").click()
    page.locator('.menu button[name="language"][value="en"]').click()
    page.wait_for_selector('html[lang="en"]')
    page.locator("summary.person").click()
    page.locator('.menu button[name="theme"][value="dark"]').click()
    page.wait_for_selector('html[data-theme="dark"]')

    assert "Today" in page.locator("nav .rail [aria-current], nav.rail [aria-current]").first.text_content()


def test_without_a_connection_a_page_of_our_own_is_shown(page_for):
    page = page_for("staff")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")

    page.context.set_offline(True)
    page.goto(page.url + "pegawai/akun/")

    assert page.locator("h1").inner_text() == "Tidak ada koneksi"


def test_everything_can_be_read_without_script(page_for, office):
    page = page_for("staff", java_script_enabled=False)

    links = page.locator(".slot a.bone-title")
    assert links.count() > 0
    for address in rail_addresses_without_script(page):
        page.goto(office.url + address)
        assert page.locator("h1").count() == 1


def rail_addresses_without_script(page):
    return [link.get_attribute("href") for link in page.locator("nav.rail li > a").all()]
