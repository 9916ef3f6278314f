"""Rows of cells from a spreadsheet (.xlsx, .xls, .ods) or a text table (.csv), as they stand in the file."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from common.errors import DomainError

_TEXT_SUFFIXES = {".csv", ".txt", ".tsv"}
_SAMPLE_CHARACTERS = 8_192


class UnreadableTable(DomainError):
    code = "unreadable_table"


def rows_of(path: Path) -> Iterator[list[Any]]:
    """Every row of the first sheet, or of the text table, from the first row on, blank ones included.

    Raises:
        UnreadableTable: there is no such file, or it is neither a workbook nor text.
    """
    if not path.is_file():
        raise UnreadableTable(_("There is no file %(name)s.") % {"name": path.name}, name=path.name)
    return _text_rows(path) if path.suffix.lower() in _TEXT_SUFFIXES else _workbook_rows(path)


def rows_of_upload(name: str, content: BinaryIO) -> Iterator[list[Any]]:
    """The same from an upload, without a file of our own on the disk.

    Raises:
        UnreadableTable: it is neither a workbook nor text.
    """
    if Path(name).suffix.lower() in _TEXT_SUFFIXES:
        return _parsed(io.StringIO(_decoded(content.read()), newline=""))
    return _opened(lambda: CalamineWorkbook.from_filelike(content), name)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _parsed(lines: TextIO) -> Iterator[list[Any]]:
    sample = lines.read(_SAMPLE_CHARACTERS)
    lines.seek(0)
    yield from csv.reader(lines, delimiter=max(",;\t|", key=sample.count))


def _opened(load: Callable[[], CalamineWorkbook], name: str) -> Iterator[list[Any]]:
    try:
        sheet = load().get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError) as failure:
        sentence = _("%(name)s is not a spreadsheet that can be opened.") % {"name": name}
        raise UnreadableTable(sentence, name=name) from failure
    return sheet.iter_rows()


def _workbook_rows(path: Path) -> Iterator[list[Any]]:
    yield from _opened(lambda: CalamineWorkbook.from_path(path), path.name)


def _text_rows(path: Path) -> Iterator[list[Any]]:
    encoding = _encoding_of(path)
    with path.open(encoding=encoding, newline="") as lines:
        yield from _parsed(lines)


def _encoding_of(path: Path) -> str:
    """UTF-8 with or without its mark; anything else is what Windows in Indonesia saves."""
    try:
        with path.open(encoding="utf-8") as lines:
            for _line in lines:
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
