"""The processes of an embedded office: clear refusals, and nothing left behind."""

import hashlib
import os
import signal
import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from config import home, processes
from config.management.commands import demo
from config.processes import ADDRESS, CannotStart, Office, check_port

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind((ADDRESS, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_in_use_is_one_sentence(taken_port):
    with pytest.raises(CannotStart, match=f"Port {taken_port} is in use"):
        check_port(taken_port)
    with pytest.raises(CommandError, match=f"Port {taken_port} is in use"):
        call_command("demo", port=taken_port)


def test_a_number_that_is_no_port_is_one_sentence():
    with pytest.raises(CannotStart, match="70000 is not a port"):
        check_port(70_000)


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("KOTAK9_HOME", str(tmp_path / "file" / "home"))
    monkeypatch.setenv("KOTAK9_DEMO", "False")

    assert home.prepare("demo").startswith("Kotak9 cannot write in")


def test_only_the_demo_opens_the_one_click_sign_in(tmp_path, monkeypatch):
    monkeypatch.setenv("KOTAK9_HOME", str(tmp_path))
    monkeypatch.setenv("KOTAK9_DEMO", "True")

    assert home.prepare("start") == ""
    assert os.environ["KOTAK9_DEMO"] == "False"
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.setattr(Office, "_wait_for_the_first_page", lambda self: None)
    monkeypatch.setattr(processes, "_SECONDS_TO_STOP", 1)
    started: list[subprocess.Popen] = []
    begin = Office._start

    def start(self, name, arguments):
        begin(self, name, arguments)
        started.append(self._running[-1][1])

    monkeypatch.setattr(Office, "_start", start)
    return Office(home=tmp_path, port=1, say=print), started


def test_sigterm_ends_every_process_even_one_that_will_not(office, monkeypatch):
    running, started = office
    monkeypatch.setattr(
        Office, "_commands", lambda self: [("web server", SLEEPER), ("worker", STUBBORN), ("beat", SLEEPER)]
    )

    running.run(lambda: os.kill(os.getpid(), signal.SIGTERM))

    assert len(started) == 3
    assert all(process.poll() is not None for process in started)


def test_a_process_that_ends_by_itself_ends_the_office_and_is_named(office, monkeypatch):
    running, started = office
    fails = [sys.executable, "-c", "raise SystemExit(7)"]
    monkeypatch.setattr(Office, "_commands", lambda self: [("web server", SLEEPER), ("worker", fails)])

    with pytest.raises(CannotStart, match=r"worker ended by itself \(code 7\)"):
        running.run(lambda: None)
    assert all(process.poll() is not None for process in started)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        pytest.param({"people": 10}, "--people must be between 150 and 37,000", id="too few people"),
        pytest.param({"people": 40_000}, "--people must be between", id="too many people"),
        pytest.param({"months": 0}, "--months must be between 1 and 24", id="no history"),
    ],
)
def test_numbers_out_of_range_are_one_sentence(options, sentence, settings, tmp_path):
    settings.KOTAK9_HOME = tmp_path
    with pytest.raises(CommandError, match=sentence):
        call_command("demo", build_only=True, **options)


def test_other_parameters_than_those_of_the_built_office_are_refused(settings, tmp_path):
    settings.KOTAK9_HOME = tmp_path
    (tmp_path / demo._BUILT).write_text('{"people": 600, "months": 3, "seed": 9, "today": "2026-11-18"}')

    with pytest.raises(CommandError, match=r"built with --people 600: add --fresh"):
        call_command("demo", build_only=True, people=300)


@pytest.mark.django_db
def test_an_office_that_is_not_a_demo_is_never_cleared(cast, settings, tmp_path):
    settings.KOTAK9_HOME = tmp_path
    (tmp_path / demo._BUILDING).touch()

    with pytest.raises(CommandError, match="holds an office that is not a demo"):
        call_command("demo", build_only=True, people=200, fresh=True)
    assert type(cast.staff).objects.filter(pk=cast.staff.pk).exists()


@pytest.mark.django_db
def test_start_prints_a_code_for_an_empty_office_and_keeps_only_its_hash(settings, tmp_path, monkeypatch, capsys):
    settings.KOTAK9_HOME = tmp_path
    monkeypatch.setattr("config.static_files.collect", lambda: False)
    monkeypatch.setattr(Office, "run", lambda self, announce: announce())

    call_command("start", port=54_321)

    printed = capsys.readouterr().out
    code = printed.split("which works once:")[1].split()[0]
    kept = (tmp_path / "first_run_code").read_text()
    assert len(code) == 14
    assert code not in kept
    assert hashlib.sha256(code.encode()).hexdigest() == kept


@pytest.mark.django_db
def test_start_prints_no_code_once_somebody_has_an_account(cast, settings, tmp_path, monkeypatch, capsys):
    settings.KOTAK9_HOME = tmp_path
    monkeypatch.setattr("config.static_files.collect", lambda: False)
    monkeypatch.setattr(Office, "run", lambda self, announce: announce())

    call_command("start", port=54_321)

    assert "works once" not in capsys.readouterr().out
    assert not (tmp_path / "first_run_code").exists()
