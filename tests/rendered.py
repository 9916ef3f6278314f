"""Every template is rendered by some test: a pytest plug-in that compares after a whole run.

Each worker writes the names it rendered; the controller reads them all. A run of chosen tests is
not compared.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.template import Template
from django.test.signals import template_rendered

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FOLDER = "KOTAK9_RENDERED"
# Loaded by the service worker or the web server, not by a view.
NOT_BY_TESTS: set[str] = set()


def is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    if is_controller(config):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="kotak9-rendered-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ[FOLDER], ignore_errors=True))


@pytest.fixture(autouse=True, scope="session")
def _note_rendered_templates():
    names: set[str] = set()

    def note(sender: object, template: Template, **_: object) -> None:
        if template.name:
            names.add(str(template.name).split("#")[0])

    template_rendered.connect(note)
    yield
    template_rendered.disconnect(note)
    (Path(os.environ[FOLDER]) / f"{os.getpid()}.txt").write_text("\n".join(sorted(names)))


def never_rendered() -> list[str]:
    rendered = {name for path in Path(os.environ[FOLDER]).glob("*.txt") for name in path.read_text().splitlines()}
    expected = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    return sorted(expected - rendered - NOT_BY_TESTS)


def is_whole_run(config: pytest.Config) -> bool:
    chosen = (
        config.option.collectonly
        or config.option.keyword
        or config.option.markexpr
        or getattr(config.option, "lf", False)
    )
    return not chosen and list(config.args) in ([str(p) for p in config.getini("testpaths")], [str(config.rootpath)])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if is_controller(session.config) and exitstatus == 0 and is_whole_run(session.config) and never_rendered():
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    config = terminalreporter.config
    if is_controller(config) and is_whole_run(config) and never_rendered():
        terminalreporter.write_line("Templates that no test rendered: " + ", ".join(never_rendered()), red=True)
