"""The processes of an embedded office: started together, watched, stopped in order, none left behind."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from common.errors import DomainError
from config.celery import app, make_broker_folders

ADDRESS = "127.0.0.1"
_SECONDS_TO_ANSWER = 30
_SECONDS_TO_STOP = 12
_PR_SET_PDEATHSIG = 1
# Celery warns of a worker run by root; whoever runs a container or a demo as root knows.
_KNOWN_WARNING = "ignore:You're running the worker"


class CannotStart(DomainError):
    code = "cannot_start"


def check_port(port: int) -> None:
    """Raises CannotStart when nothing could listen on `port`."""
    if not 1 <= port <= 65_535:
        raise CannotStart(f"{port} is not a port: choose a number from 1 to 65535 with --port.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} may be opened by the administrator only: choose another with --port."
            ) from None
        except OSError:
            raise CannotStart(f"Port {port} is in use: stop what runs there, or choose another with --port.") from None


class Office:
    """Web server, worker and beat as children in sessions of their own.

    They are stopped in the order in which they depend on each other: no new request, no new task, then the task that
    is running is let finish. Should this process be killed outright, Linux ends the children with it.
    """

    def __init__(self, *, home: Path, port: int, say: Callable[[str], None]) -> None:
        self.home, self.port, self.say = home, port, say
        self._running: list[tuple[str, subprocess.Popen[bytes]]] = []
        self._asked_to_stop = threading.Event()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/"

    def run(self, announce: Callable[[], None]) -> None:
        """Start everything, call `announce` when the first page answers, and return when asked to stop.

        Raises:
            CannotStart: a process ended by itself; the others are stopped.
        """
        make_broker_folders(dict(app.conf.broker_transport_options))
        former = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for name, arguments in self._commands():
                self._start(name, arguments)
            self._wait_for_the_first_page()
            if not self._asked_to_stop.is_set():
                announce()
            while not self._asked_to_stop.wait(0.5):
                self._check_that_all_run()
        finally:
            self._end_all()
            for number, handler in former.items():
                signal.signal(number, handler)

    def _commands(self) -> list[tuple[str, list[str]]]:
        celery = [sys.executable, "-m", "celery", "-A", "config.celery", "--quiet"]
        return [
            ("web server", [sys.executable, "-m", "config.web", str(self.port)]),
            ("worker", [
                *celery, "worker", "--pool=threads", "--concurrency=2", "--loglevel=WARNING", "--without-gossip",
                "--without-mingle", "--without-heartbeat", "--hostname=kotak9@localhost",
            ]),
            ("beat", [
                *celery, "beat", "--loglevel=WARNING", "--pidfile=", f"--schedule={self.home / 'beat-schedule'}",
            ]),
        ]  # fmt: skip

    def _start(self, name: str, arguments: list[str]) -> None:
        self._running.append((name, subprocess.Popen(
            arguments,
            cwd=Path(__file__).resolve().parent.parent,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONWARNINGS": _KNOWN_WARNING},
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )))  # fmt: skip

    def _wait_for_the_first_page(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_ANSWER
        while time.monotonic() < deadline and not self._asked_to_stop.is_set():
            self._check_that_all_run()
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                self._asked_to_stop.wait(0.2)
        if not self._asked_to_stop.is_set():
            raise CannotStart(f"The web server did not answer within {_SECONDS_TO_ANSWER} seconds.")

    def _check_that_all_run(self) -> None:
        for name, process in self._running:
            if process.poll() is not None and not self._asked_to_stop.is_set():
                raise CannotStart(f"The {name} ended by itself (code {process.returncode}); its lines stand above.")

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop.set()

    def _end_all(self) -> None:
        for name in ("web server", "beat", "worker"):
            for process in [process for running, process in self._running if running == name]:
                _end(process)
        self._running.clear()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_SECONDS_TO_STOP)
    if os.name != "nt":  # the session's other processes too, where one was left
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
        process.wait()


def _die_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
