"""The environment decides: nothing set is the embedded office, DATABASE_URL is production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = "from django.conf import settings as s; print({})"


def _settings(expression: str, tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        **kept,
        "KOTAK9_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
        **variables,
    }
    return subprocess.run(
        [sys.executable, "-c", ASK.format(expression)], env=environment, cwd=ROOT, capture_output=True, text=True
    )


PRODUCTION = {"DATABASE_URL": "postgres://u@127.0.0.1/k", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "k.example.go.id"}


def test_without_any_variable_it_is_the_embedded_office_with_a_secret_of_its_own(tmp_path):
    first = _settings("s.DATABASES['default']['ENGINE'], s.SECRET_KEY", tmp_path).stdout
    second = _settings("s.DATABASES['default']['ENGINE'], s.SECRET_KEY", tmp_path).stdout
    elsewhere = _settings("s.SECRET_KEY", tmp_path / "other").stdout

    assert "sqlite3" in first
    assert first == second
    assert elsewhere.strip() not in first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_database_without_a_secret_does_not_start(tmp_path):
    done = _settings("s.SECRET_KEY", tmp_path, DATABASE_URL=PRODUCTION["DATABASE_URL"])

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr.splitlines()[-1]


def test_production_is_secure(tmp_path):
    asked = "s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.DEBUG, s.ALLOWED_HOSTS"

    done = _settings(asked, tmp_path, **PRODUCTION)

    assert done.stdout.strip() == "True True False ['k.example.go.id']"
    assert not (tmp_path / "secret_key").exists()


def test_a_secret_may_come_from_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from-a-file\n")
    variables = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}

    done = _settings("s.SECRET_KEY", tmp_path, **variables, SECRET_KEY_FILE=str(secret))

    assert done.stdout.strip() == "from-a-file"


@pytest.mark.parametrize("value", ["yes", "1", "true"])
def test_a_flag_that_is_neither_true_nor_false_stops_the_start_with_its_name(tmp_path, value):
    done = _settings("s.DEBUG", tmp_path, DEBUG=value)

    assert done.stderr.splitlines()[-1].endswith(f"DEBUG='{value}': use True or False.")


def test_a_session_ends_after_the_minutes_that_are_set(tmp_path):
    asked = "s.SESSION_COOKIE_AGE"

    assert _settings(asked, tmp_path).stdout.strip() == "43200"
    assert _settings(asked, tmp_path, IDLE_MINUTES="15").stdout.strip() == "900"
    wrong = _settings(asked, tmp_path, IDLE_MINUTES="0").stderr.splitlines()[-1]
    assert wrong.endswith("IDLE_MINUTES='0': use a whole number above zero.")


def test_the_demo_is_off_unless_asked_for(tmp_path):
    assert _settings("s.KOTAK9_DEMO", tmp_path).stdout.strip() == "False"
