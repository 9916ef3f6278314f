"""What each of the people of the walk does, by what stands on the page; no text of a language is relied on."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jakarta")
OFFICE_SPOT = {"latitude": -6.9147, "longitude": 107.6098, "accuracy": 12}
DECREE = "800/977/2026"
REASON = "Lampirkan daftar berkas yang diverifikasi."


@dataclass(frozen=True)
class Activity:
    start: str
    end: str
    text: str
    quantity: str
    unit: str


@dataclass(frozen=True)
class WorkedTime:
    """A day and two stretches of it that lie in the past, whatever the hour of the test."""

    day: date
    first: tuple[str, str]
    second: tuple[str, str]


def worked_time(now: datetime) -> WorkedTime:
    """The last hour in two stretches; just after midnight the last hour of the day before."""
    end = now.astimezone(ZONE)
    if end.hour < 1:
        end = end.replace(hour=23, minute=50) - timedelta(days=1)
    at = [f"{end - timedelta(minutes=back):%H.%M}" for back in (55, 35, 30, 5)]
    return WorkedTime(end.date(), (at[0], at[1]), (at[2], at[3]))


def minutes_in(text: str) -> int:
    """ "7 j 30 m" → 450."""
    hours, minutes = re.search(r"(\d+)\s*j", text), re.search(r"(\d+)\s*m\b", text)
    return int(hours[1]) * 60 * bool(hours) + int(minutes[1]) if hours and minutes else _one(hours, minutes)


def _one(hours: re.Match[str] | None, minutes: re.Match[str] | None) -> int:
    return int(hours[1]) * 60 if hours else int(minutes[1]) if minutes else 0


# ---- the employee ----


def clock_in(page: Any) -> str:
    """Press the clock and confirm; returns the receipt."""
    page.locator(".clock-card .place").wait_for()
    page.wait_for_load_state("networkidle")  # before its script has come, the button sends the form as it stands
    assert page.locator(".clock-card .why").inner_text().strip() != ""
    page.locator("[data-clock-open]").click()
    page.locator('#clock-sheet[open] [data-fix]:not([data-state="locating"])').wait_for()
    before = page.locator(".clock-card .last code")
    former = before.inner_text() if before.count() else ""
    page.locator("[data-clock-confirm]").click()
    page.locator(f".clock-card .last code:not(:text-is('{former}'))").wait_for()
    return page.locator(".clock-card .last code").inner_text()


def week_target(page: Any) -> int:
    """Minutes that the week asks for, as *Hari ini* shows them."""
    page.locator("#week-card .bar").wait_for()
    return minutes_in(page.locator("#week-card .week-stats dd").nth(1).inner_text())


def write(page: Any, activity: Activity) -> None:
    form = page.locator("#new-entry")
    form.locator('[name="start"]').fill(activity.start)
    form.locator('[name="end"]').fill(activity.end)
    form.locator('[name="activity"]').fill(activity.text)
    form.locator('[name="quantity"]').fill(activity.quantity)
    form.locator('[name="output_unit"]').fill(activity.unit)
    form.locator("button.primary").click()
    page.locator("tr.entry", has_text=activity.text).wait_for()


def open_log(page: Any, url: str, day: date) -> None:
    page.goto(f"{url}/log/?tanggal={day:%Y-%m-%d}")


def submit_day(page: Any) -> None:
    page.locator('form[action$="/log/hari/kirim/"] button').first.click()
    page.locator("tr.entry.submitted").first.wait_for()


def state_of(page: Any, text: str) -> str:
    """The state of one entry in the log: the class of its row."""
    return page.locator("tr.entry", has_text=text).get_attribute("class").replace("entry", "").strip()


def mend(page: Any, text: str, addition: str) -> None:
    page.locator("tr.entry", has_text=text).locator("[data-edit]").click()
    field = page.locator('#edit-entry [name="activity"]')
    field.fill(f"{text} {addition}")
    page.locator("#edit-entry button.primary").click()
    page.locator("tr.entry", has_text=addition).wait_for()


def expected_at_home(page: Any, url: str, month: date) -> list[int]:
    """Days of `month` on which attendance expects this person at home."""
    page.goto(f"{url}/presensi/saya/?bulan={month:%Y-%m}")
    return page.eval_on_selector_all(
        ".month-strip li",
        """days => days.filter(day => day.querySelector("span").textContent === "WFH")
                       .map(day => Number(day.querySelector("b").textContent))""",
    )


# ---- the superior ----


def count_beside(page: Any, address: str) -> int:
    """What the rail says is waiting there."""
    return int(page.locator(f'.rail a[href="{address}"] .count').first.text_content().split()[0])


def open_bundle(page: Any, url: str, text: str) -> None:
    """Find the person and day whose entries hold `text` in the inbox."""
    page.goto(f"{url}/log/validasi/")
    links = [link.get_attribute("href") for link in page.locator('#inbox a[href^="?orang="]').all()]
    for address in dict.fromkeys(links):
        page.goto(f"{url}/log/validasi/{address}")
        if page.locator("tr[data-entry]", has_text=text).count():
            return
    raise AssertionError(f"{text!r} does not wait for this superior")


def decide(page: Any, text: str, deed: str, reason: str = "") -> None:
    row = page.locator("tr[data-entry]", has_text=text)
    row.locator('input[name="entry"]').check()
    if reason:
        page.locator("#refuse summary").click()
        page.locator("#reason").fill(reason)
    page.locator(f'button[data-deed="{deed}"]').click()
    page.locator("tr[data-entry]", has_text=text).wait_for(state="detached")


# ---- long work ----


def wait_for_job(page: Any) -> None:
    """Watch the progress until the job has ended well; the result is one click away."""
    page.wait_for_url("**/pegawai/pekerjaan/**")
    page.locator("section.job footer a.btn.primary").wait_for(timeout=120_000)
    page.locator("section.job footer a.btn.primary").click()


# ---- BKD ----


def open_period(page: Any, url: str, name: str, *, reckoning_on: date) -> None:
    page.goto(f"{url}/talenta/periode/")
    form = page.locator('form[action$="/talenta/periode/buka/"]')
    form.locator('[name="name"]').fill(name)
    profile = form.locator('[name="profile"] option', has_text="DAERAH").first.get_attribute("value")
    form.locator('[name="profile"]').select_option(profile)
    form.locator('[name="reckoning_on"]').fill(f"{reckoning_on:%Y-%m-%d}")
    form.locator("button.primary").click()
    page.locator('form[action$="/hitung/"]').wait_for()


def compute_boxes(page: Any) -> None:
    page.locator('form[action$="/hitung/"] button').click()
    wait_for_job(page)
    page.locator(".box9").wait_for()


def publish_boxes(page: Any, *, objections_until: date) -> None:
    form = page.locator('form[action$="/terbitkan/"]')
    form.locator('[name="objections_until"]').fill(f"{objections_until:%Y-%m-%d}")
    page.once("dialog", lambda dialog: dialog.accept())
    form.locator("button").click()
    form.wait_for(state="detached")


def set_ratio(page: Any, url: str, unit: str, *, percent: int, starts_on: date) -> None:
    page.goto(f"{url}/wfh/kebijakan/")
    page.locator("tr", has_text=unit).locator("a.btn").click()
    page.locator('[name="number"]').fill("800/955/2026")
    page.locator('[name="legal_basis"]').fill("Perbup Cakrawala 17/2026")
    page.locator('[name="starts_on"]').fill(f"{starts_on:%Y-%m-%d}")
    page.locator('[name="ratio_percent"]').fill(str(percent))
    page.locator("form.stack button.primary").click()
    page.wait_for_url("**/wfh/kebijakan/")


def ratify(page: Any, url: str, unit: str, month: date) -> None:
    page.goto(f"{url}/wfh/pengajuan/?month={month:%Y-%m}")
    page.locator("tr", has_text=unit).locator("a.btn").click()
    page.locator('[data-open-dialog="ratify"]').click()
    page.locator('#ratify [name="decree_number"]').fill(DECREE)
    page.locator("#ratify button.primary").click()
    page.wait_for_url("**/wfh/pengajuan/**")


# ---- the officer ----


def generate(page: Any, url: str, month: date) -> None:
    page.goto(f"{url}/wfh/jadwal/")
    page.locator("#f-month").select_option(f"{month:%Y-%m}")
    page.locator('form[action$="/wfh/jadwal/susun/"] button.primary').click()
    wait_for_job(page)
    page.locator("#roster").wait_for()


def submit_schedule(page: Any) -> None:
    page.locator('form[action$="/ajukan/"] button').click()
    page.wait_for_load_state("networkidle")
    assert page.locator('form[action$="/ajukan/"]').count() == 0


def home_days_of(page: Any, name: str) -> list[int]:
    """Days of the month on which somebody stands as at home in the roster."""
    row = page.locator("#roster tr[data-person]", has_text=name)
    return row.evaluate(
        "row => [...row.cells].map((cell, at) => cell.classList.contains('H') ? at : 0).filter(Boolean)"
    )
