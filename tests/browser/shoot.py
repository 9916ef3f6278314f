"""Pictures of the main pages for docs/screens: `python -m tests.browser.shoot [--home BUILT_OFFICE]`."""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.browser import office as offices
from tests.browser.conftest import DESKTOP, PHONE, Screen, account_of
from tests.browser.steps import ZONE

FOLDER = offices.ROOT / "docs" / "screens"
PEOPLE, MONTHS = 600, 3


@dataclass(frozen=True)
class Shot:
    """`go` leads from the home page of `key` to the page; None stays there."""

    name: str
    key: str
    go: Callable[[Any, str], None] | None = None
    theme: str = "light"


def _to(path: str) -> Callable[[Any, str], None]:
    return lambda page, url: page.goto(f"{url}{path}")


def _roster(page: Any, url: str) -> None:
    page.goto(f"{url}/wfh/jadwal/")
    page.locator("table a.btn").first.click()
    page.locator("#roster").wait_for()


def _validation(page: Any, url: str) -> None:
    page.goto(f"{url}/log/validasi/")
    first = page.locator('#inbox a[href^="?orang="]')
    if first.count():
        page.goto(f"{url}/log/validasi/{first.first.get_attribute('href')}")


SHOTS = (
    Shot("hari-ini", "staff"),
    Shot("hari-ini-gelap", "staff", theme="dark"),
    Shot("log", "staff", _to("/log/")),
    Shot("validasi", "superior", _validation),
    Shot("kotak-saya", "staff", _to("/talenta/kotak-saya/")),
    Shot("peta-talenta", "committee", _to("/talenta/peta/")),
    Shot("kebijakan", "bkd", _to("/wfh/kebijakan/")),
    Shot("jadwal", "officer", _roster),
    Shot("pengajuan", "bkd", _to("/wfh/pengajuan/")),
)


def next_working_morning() -> datetime:
    """07.20 of the next day from Monday to Friday, today included before that hour."""
    moment = datetime.now(ZONE)
    if moment.hour >= 7:
        moment += timedelta(days=1)
    while moment.weekday() > 4:
        moment += timedelta(days=1)
    return moment.replace(hour=7, minute=20, second=0, microsecond=0)


def shoot(office: offices.RunningOffice, screen: Screen, browser: Any) -> None:
    """Every page at one width, as PNG of the first screenful."""
    for shot in SHOTS:
        context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            color_scheme=shot.theme,
            is_mobile=screen.is_phone,
            has_touch=screen.is_phone,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
        )
        page = context.new_page()
        page.goto(f"{office.url}/")
        page.locator(f'button[name="username"][value="{account_of(office, shot.key)["username"]}"]').click()
        page.wait_for_url(f"{office.url}/")
        if shot.go:
            shot.go(page, office.url)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=FOLDER / f"{shot.name}-{screen.name}.png")
        context.close()


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="An office built before; without it one is built now.")
    parser.add_argument("--at", type=datetime.fromisoformat, default=next_working_morning(), help="Day and time shown.")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kotak9-shoot-") as folder, sync_playwright() as playwright:
        built = asked.home or Path(folder) / "built"
        if asked.home is None:
            offices.build(built, people=PEOPLE, months=MONTHS)
        browser = playwright.chromium.launch(executable_path=offices.CHROMIUM, args=offices.CHROMIUM_ARGUMENTS)
        with (
            offices.running(shutil.copytree(built, Path(folder) / "office")) as office,
            offices.on_another_day(office, asked.at.replace(tzinfo=ZONE)) as url,
        ):
            for screen in (PHONE, DESKTOP):
                shoot(replace(office, url=url), screen, browser)
        browser.close()


if __name__ == "__main__":
    main()
