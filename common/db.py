"""Which named constraint refused a row, on PostgreSQL and on SQLite alike."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.apps import apps
from django.db import IntegrityError, models
from django.db.models.functions import JSONObject

Row = TypeVar("Row")


def is_violation_of(clash: IntegrityError, constraint_name: str) -> bool:
    """Whether `clash` came from the constraint of that name.

    PostgreSQL names it in its diagnosis. SQLite names a check, and for a unique constraint the
    columns of its table or the index, so there the columns are compared.
    """
    diagnosis = getattr(clash.__cause__, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == constraint_name)
    text = str(clash)
    return constraint_name in text or _columns_of(constraint_name) == set(re.findall(r"(\w+\.\w+)", text))


def _columns_of(constraint_name: str) -> set[str]:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == constraint_name and isinstance(constraint, models.UniqueConstraint):
                table = model._meta.db_table
                columns = [getattr(model._meta.get_field(field), "column", field) for field in constraint.fields]
                return {f"{table}.{column}" for column in columns}
    return set()


def in_chunks(rows: Iterable[Row], size: int = 1_000) -> Iterator[Sequence[Row]]:
    """Lists of at most `size` rows; SQLite wants bulk writes short so that the web can write between them."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class JsonRows(models.Subquery):
    """The rows of a subquery as one JSON list, so that small facts of many tables come in one statement.

    Dates and instants arrive as text, decimals as numbers, booleans as 0/1 on SQLite; an empty list for no rows.
    """

    def __init__(self, queryset: models.QuerySet, **columns: object) -> None:
        listed = queryset.annotate(item=JSONObject(**columns)).values("item")
        super().__init__(listed, output_field=models.JSONField())

    def as_sqlite(self, compiler, connection, **context):
        template = "(SELECT JSON_GROUP_ARRAY(JSON(listed.item)) FROM (%(subquery)s) AS listed)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "(SELECT COALESCE(JSONB_AGG(listed.item), '[]') FROM (%(subquery)s) AS listed)"
        return self.as_sql(compiler, connection, template=template, **context)
