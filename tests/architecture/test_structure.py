"""Promises about the whole tree."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ["personnel", "attendance", "worklogs", "talent", "schedules", "evaluation"]
FRAMEWORKS = {"django", "celery", "rest_framework"}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def _modules(*parts: str) -> list[Path]:
    return [path for app in APPS for path in (ROOT / app).joinpath(*parts).rglob("*.py")]


def test_rules_are_plain_python():
    guilty = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in _modules("rules")
        for name in _imports(path)
        if name.split(".")[0] in FRAMEWORKS
    ]
    assert guilty == []


def test_apps_import_downwards_only():
    order = ["common", *APPS, "config"]
    guilty = [
        f"{path.relative_to(ROOT)} imports {name}"
        for level, app in enumerate(order)
        for path in (ROOT / app).rglob("*.py")
        for name in _imports(path)
        if name.split(".")[0] in order[level + 1 :]
    ]
    assert guilty == []


def test_no_module_reads_the_clock_or_the_environment_by_itself():
    guilty = []
    for app in ["common", *APPS]:
        for path in (ROOT / app).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            guilty += [
                f"{path.relative_to(ROOT)}: {word}"
                for word in ("datetime.now(", "date.today(", "os.environ")
                if word in text
            ]
    assert guilty == []
