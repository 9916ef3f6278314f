"""Writing a spreadsheet of exactly what a list shows, in bounded memory."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(filename: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """An attachment with one sheet: bold headings, then `rows`, written row by row to a temporary file.

    Text is written as text (a NIP keeps its digits, and nothing is taken for a formula); aware moments lose
    their zone after conversion to the office's own.
    """
    place = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it after sending
    book = xlsxwriter.Workbook(place, {"constant_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm"})
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, str(heading), bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, line, column, value, day, moment)
    book.close()
    place.seek(0)
    return FileResponse(place, as_attachment=True, filename=filename, content_type=CONTENT_TYPE)


def _write(sheet: Any, line: int, column: int, value: Any, day: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(line, column, timezone.localtime(value), moment)
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif isinstance(value, bool) or not isinstance(value, int | float):
        sheet.write_string(line, column, str(value))
    else:
        sheet.write_number(line, column, value)
