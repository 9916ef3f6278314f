"""A machine that has only Python: what is installed when, and one clear sentence for what cannot be."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import manage
from config import bootstrap


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """An empty project folder whose commands are recorded instead of run."""
    calls: list[list[str]] = []

    def run(command, **_):
        calls.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(bootstrap, "_requirements", lambda: ["Django"])
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    (tmp_path / ".venv").mkdir()
    return calls


def test_uv_is_used_where_it_is_on_the_path(bare_machine, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/uv")

    bootstrap._install()

    assert [command[:2] for command in bare_machine] == [["/usr/bin/uv", "venv"], ["/usr/bin/uv", "pip"]]
    assert bootstrap.STAMP.read_text().strip() == bootstrap._fingerprint()


def test_without_uv_the_venv_and_its_pip_are_used(bare_machine, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)

    bootstrap._install()

    assert bare_machine[0][:3] == [sys.executable, "-m", "venv"]
    assert bare_machine[-1][1:4] == ["-m", "pip", "install"]


def test_without_ensurepip_the_pip_of_the_system_installs_into_the_venv(bare_machine, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap, "_has_pip", lambda: False)

    bootstrap._install()

    assert "--without-pip" in bare_machine[0]
    assert bare_machine[-1][:4] == [sys.executable, "-m", "pip", "--python"]


def test_a_changed_list_of_packages_is_installed_again(bare_machine, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/uv")
    bootstrap._install()
    python = bootstrap._python()
    python.parent.mkdir(parents=True)
    python.touch()
    assert bootstrap._is_current()

    monkeypatch.setattr(bootstrap, "_requirements", lambda: ["Django", "celery"])

    assert not bootstrap._is_current()


def test_without_network_the_first_run_says_so_in_a_sentence(bare_machine, monkeypatch, capsys):
    def fail(command, **_):
        return subprocess.CompletedProcess(command, 1, "", "ERROR: Could not find a version that satisfies Django")

    monkeypatch.setattr(bootstrap.subprocess, "run", fail)
    (bootstrap.VENV / "bin").mkdir()
    bootstrap._python().touch()

    assert bootstrap.run_again(["manage.py", "demo"]) == 2
    assert "connected to the network" in capsys.readouterr().err
    assert not bootstrap.STAMP.exists()


def test_a_folder_without_write_permission_is_named(bare_machine, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.os, "access", lambda path, mode: False)

    assert bootstrap.run_again(["manage.py", "demo"]) == 2
    assert f"No permission to write in {bootstrap.ROOT}" in capsys.readouterr().err


def test_a_python_too_old_is_told_in_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(manage.sys, "version_info", (3, 9, 2, "final", 0))

    assert manage.main() == 2
    assert capsys.readouterr().err == "Kotak9 needs Python 3.11 or newer; this is Python 3.9.\n"


def test_the_entry_point_can_be_read_by_an_old_python():
    source = Path(manage.__file__).read_text(encoding="utf-8")

    ast.parse(source, feature_version=(3, 7))
