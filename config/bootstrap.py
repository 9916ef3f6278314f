"""Make the environment on a machine that has only Python: standard library alone, no Django.

Called by `manage.py`. Makes `.venv` beside it (with uv where present, else venv and pip, else
`pip --python`), installs what `pyproject.toml` names, and runs the same command again inside.
A stamp of the dependency list lies in the environment, so an update of the product updates it too.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "kotak9-installed"
IN_VENV = "KOTAK9_IN_VENV"


class BootstrapFailed(Exception):
    """The environment cannot be made; the sentence says why and what would help."""


def is_needed() -> bool:
    """Whether the packages still have to be installed, or a newer list of them has come."""
    if importlib.util.find_spec("django") is None:
        return True
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    return inside and os.environ.get(IN_VENV) != "1" and not _is_current()


def run_again(argv: list[str]) -> int:
    """Install what is missing and run `argv` inside; returns its exit code."""
    try:
        if not _is_current():
            _install()
    except BootstrapFailed as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    python = _python()
    environment = {**os.environ, IN_VENV: "1"}
    if os.name == "nt":
        return subprocess.call([str(python), *argv], env=environment)
    os.execve(str(python), [str(python), *argv], environment)


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["test"]]


def _fingerprint() -> str:
    text = "\n".join([*_requirements(), ".".join(map(str, sys.version_info[:2]))])
    return hashlib.sha256(text.encode()).hexdigest()


def _is_current() -> bool:
    return _python().exists() and STAMP.exists() and STAMP.read_text().strip() == _fingerprint()


def _say(text: str) -> None:
    sys.stderr.write(f"kotak9: {text}\n")
    sys.stderr.flush()


def _install() -> None:
    if not os.access(ROOT, os.W_OK):
        raise BootstrapFailed(f"No permission to write in {ROOT}: run Kotak9 from a folder of your own.")
    _say("first run: making the environment in .venv (about a minute, once)")
    uv = shutil.which("uv")
    if not _python().exists():
        _make_environment(uv)
    packages = _requirements()
    _say(f"installing {len(packages)} packages and what they need")
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(_python()), *packages]
    elif _has_pip():
        command = [str(_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    else:
        command = [sys.executable, "-m", "pip", "--python", str(_python()), "install", "--quiet", *packages]
    _run(
        command,
        "The packages could not be installed. Is this machine connected to the network? The first run needs it once.",
    )
    STAMP.write_text(_fingerprint() + "\n")
    _say("environment ready")


def _make_environment(uv: str | None) -> None:
    failed = "The environment .venv could not be made here."
    if uv:
        _run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)], failed)
        return
    # Debian keeps ensurepip in a package of its own; without it the venv is made bare.
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    _run([sys.executable, "-m", "venv", *([] if has_ensurepip else ["--without-pip"]), str(VENV)], failed)


def _has_pip() -> bool:
    return subprocess.run([str(_python()), "-c", "import pip"], capture_output=True).returncode == 0


def _run(command: list[str], sentence: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as failure:
        raise BootstrapFailed(f"{sentence} ({failure})") from failure
    if done.returncode:
        detail = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise BootstrapFailed("\n".join([sentence, *(f"  {line}" for line in detail)]))
