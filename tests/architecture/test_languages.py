"""Both languages are complete, and what is compiled is what is written."""

from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"


def _entries(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def test_every_entry_has_its_indonesian():
    unfinished = [e.msgid for e in _entries("id") if not e.obsolete and (not e.translated() or e.fuzzy)]
    assert unfinished == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_compiled_catalogue_says_what_the_source_says(language):
    compiled = {e.msgid: e.msgstr for e in polib.mofile(str(LOCALE / language / "LC_MESSAGES" / "django.mo"))}
    written = {e.msgid: e.msgstr for e in _entries(language).translated_entries() if not e.msgid_plural}
    assert {key: compiled.get(key) for key in written} == written


def test_named_placeholders_survive_translation():
    import re

    pattern = re.compile(r"%\((\w+)\)[a-z]")
    broken = [
        e.msgid
        for e in _entries("id").translated_entries()
        if not e.msgid_plural and set(pattern.findall(e.msgid)) != set(pattern.findall(e.msgstr))
    ]
    assert broken == []
