"""A built demo office and a browser for the walks; only where KOTAK9_BROWSER is set."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser import office as offices

# Enough people for each part to be played by somebody else.
PEOPLE, MONTHS = 240, 1
# The parts of the walk and the roles under which the demo offers them.
PARTS = {
    "staff": "Employee",
    "superior": "Direct superior",
    "officer": "Unit personnel officer",
    "head": "Head of perangkat daerah",
    "bkd": "BKD administrator",
    "committee": "Talent committee",
    "inspector": "Inspector",
    "other_officer": "Officer of another unit",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if not os.environ.get("KOTAK9_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="KOTAK9_BROWSER is not set"))


@dataclass(frozen=True)
class Screen:
    name: str
    width: int
    height: int

    @property
    def is_phone(self) -> bool:
        return self.width < 760


PHONE, DESKTOP = Screen("phone", 390, 844), Screen("desktop", 1440, 900)


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office as `manage.py demo` builds it, not running; KOTAK9_BROWSER_OFFICE names one built before."""
    if built := os.environ.get("KOTAK9_BROWSER_OFFICE"):
        return Path(built)
    home = tmp_path_factory.mktemp("built") / "office"
    if not offices.has_a_server():
        offices.build(home, people=PEOPLE, months=MONTHS)
    return home


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=offices.CHROMIUM, args=offices.CHROMIUM_ARGUMENTS, headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", params=[PHONE, DESKTOP], ids=lambda screen: screen.name)
def screen(request: pytest.FixtureRequest) -> Screen:
    return request.param


@pytest.fixture(scope="session")
def office(built_home: Path, screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A running office for each width, so that one walk does not stand in the other's way.

    A folder is copied; a database server holds one office, which is built anew.
    """
    home = built_home
    if offices.has_a_server():
        offices.build(home, people=PEOPLE, months=MONTHS)
    else:
        home = shutil.copytree(built_home, tmp_path_factory.mktemp(screen.name) / "office")
    with offices.running(home) as running:
        yield running


@pytest.fixture
def page_for(browser: Any, office: Any, screen: Screen) -> Iterator[Callable[..., Any]]:
    """``page_for("staff")``: a fresh browser in which the demo account with that key has signed in by one click.

    Anything the page reports as an error, and any request to another host, fails the test.
    """
    contexts: list[Any] = []
    troubles: list[str] = []

    def open_page(key: str | None, url: str = office.url, **options: Any) -> Any:
        context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            is_mobile=screen.is_phone,
            has_touch=screen.is_phone,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("request", lambda request: _note_stranger(request.url, url, troubles))
        page.on("response", lambda answer: _note_failure(answer, troubles))
        page.goto(f"{url}/")
        if key is not None:
            account = account_of(office, key)
            page.locator(f'button[name="username"][value="{account["username"]}"]').click()
            page.wait_for_url(f"{url}/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def account_of(office: Any, key: str) -> dict[str, str]:
    """The demo account that plays this part."""
    return next(account for account in office.accounts if account["role"] == PARTS[key])


def _note_stranger(url: str, home: str, troubles: list[str]) -> None:
    if not url.startswith((home, "data:", "blob:")):
        troubles.append(f"another host was asked: {url}")


def _note_failure(answer: Any, troubles: list[str]) -> None:
    if answer.status >= 500:
        troubles.append(f"{answer.status} from {answer.url}")
