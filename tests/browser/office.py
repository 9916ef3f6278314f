"""A real demo office for a browser to walk: built once by `manage.py demo`, then run from copies."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
SECONDS_TO_BUILD = 420
SECONDS_TO_START = 90


class OfficeFailed(Exception):
    """The command ended or did not answer; what it printed is in the message."""


@dataclass(frozen=True)
class RunningOffice:
    """`accounts` are those of the sign-in page, by their role."""

    url: str
    home: Path
    accounts: list[dict[str, str]]


def has_a_server() -> bool:
    """Whether the office keeps its database in a server, so that a copy of its folder is not a copy of it."""
    return bool(os.environ.get("DATABASE_URL"))


def build(home: Path, *, people: int, months: int) -> None:
    """`manage.py demo --build-only --fresh` into `home`."""
    command = _command("--build-only", "--fresh", "--people", str(people), "--months", str(months))
    done = subprocess.run(
        command, env=_environment(home), capture_output=True, text=True, timeout=SECONDS_TO_BUILD, cwd=ROOT, check=False
    )
    if done.returncode:
        raise OfficeFailed(f"{done.stdout}\n{done.stderr}")


@contextlib.contextmanager
def running(home: Path) -> Iterator[RunningOffice]:
    """Run a built office on a free port until the block ends; its processes are stopped by their parent."""
    port = free_port()
    lines = (home / "printed.txt").open("w+", encoding="utf-8")
    process = subprocess.Popen(
        _command("--port", str(port)), env=_environment(home), cwd=ROOT, stdout=lines, stderr=subprocess.STDOUT
    )
    try:
        url = f"http://localhost:{port}"
        _wait_for(url, process, home / "printed.txt")
        accounts = json.loads((home / "demo_accounts.json").read_text(encoding="utf-8"))
        yield RunningOffice(url, home, accounts)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        lines.close()


@contextlib.contextmanager
def on_another_day(office: RunningOffice, moment: datetime) -> Iterator[str]:
    """A second web server on the same database, for which it is `moment` now; yields its address."""
    port = free_port()
    url = f"http://localhost:{port}"
    environment = {
        **_environment(office.home),
        "KOTAK9_DEMO": "True",
        "DJANGO_SETTINGS_MODULE": "tests.browser.later",
        "KOTAK9_LATER_SECONDS": str(round((moment - datetime.now(moment.tzinfo)).total_seconds())),
    }
    with (office.home / "later.txt").open("w", encoding="utf-8") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "config.web", str(port)], env=environment, cwd=ROOT, stdout=lines, stderr=lines
        )
        try:
            _wait_for(url, process, office.home / "later.txt")
            yield url
        finally:
            process.terminate()
            process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), "demo", *arguments]


def _environment(home: Path) -> dict[str, str]:
    """The environment without what the test run itself has set."""
    hidden = ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "KOTAK9_DEMO", "PYTEST_CURRENT_TEST")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    if has_a_server():
        kept["SECRET_KEY"] = f"only-for-walks-{home.name}-{'x' * 40}"
    return {**kept, "KOTAK9_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def _wait_for(url: str, process: subprocess.Popen[bytes], printed: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise OfficeFailed(printed.read_text(encoding="utf-8"))
        try:
            with urllib.request.urlopen(f"{url}/sehat/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise OfficeFailed(f"No answer from {url} in {SECONDS_TO_START} s.")
