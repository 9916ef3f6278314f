"""Writing thousands of rows at once: COPY on PostgreSQL, plain inserts elsewhere."""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert `rows` into the table of `model`; None is null. Call it inside a transaction.

    Values are text and whole numbers that the columns understand; constraints hold as for any insert.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = StringIO("".join(["\t".join([_cell(value) for value in row]) + "\n" for row in rows]))
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


def _cell(value: object) -> str:
    if value is None:
        return r"\N"
    if value is True or value is False:
        return "t" if value else "f"
    text = str(value)
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text
