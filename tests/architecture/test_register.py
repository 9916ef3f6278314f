"""The register of regulations names only what exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LINE = re.compile(r"^\| ([A-Z]{3}-\d\d) \| .+ \| `([\w.]+)` \| `([\w/.]+)` \|$", re.MULTILINE)
RULES = LINE.findall((ROOT / "docs" / "regulations.md").read_text(encoding="utf-8"))


def test_the_register_is_read():
    assert len(RULES) >= 25
    assert len({name for name, _function, _test in RULES}) == len(RULES)


@pytest.mark.parametrize(("rule", "function", "shown_by"), RULES, ids=[name for name, *_rest in RULES])
def test_the_function_and_the_test_exist(rule, function, shown_by):
    module, _dot, name = function.rpartition(".")

    assert callable(getattr(import_module(module), name))
    assert (ROOT / shown_by).is_file()
