"""Writing many rows at the price of the rows, not of the machinery.

`bulk_create` builds its SQL value by value, about 0.25 ms for a row of twenty columns; an import or a history of
hundreds of thousands of rows spends most of its time there. Here the statement is built once.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

ROWS_PER_STATEMENT = 1_000
Adapt = Callable[[Any], Any]


def insert_rows(
    rows: Sequence[models.Model],
    *,
    ignore_conflicts: bool = False,
    unique_fields: Sequence[str] = (),
    update_fields: Sequence[str] = (),
) -> int:
    """Insert unsaved instances of one model, or update those that clash on `unique_fields`.

    Like `bulk_create` with the same arguments, except that the instances do not learn their keys. Returns how many
    were given. The caller opens the transaction.
    """
    if not rows:
        return 0
    fields = [field for field in rows[0]._meta.local_concrete_fields if not field.primary_key and not field.generated]
    names = [field.attname for field in fields]
    adapts = [_adapt_of(field) for field in fields]
    values = [
        tuple(
            adapt(value) if adapt else value for adapt, value in zip(adapts, map(row.__dict__.get, names), strict=True)
        )
        for row in rows
    ]
    conflict = _on_conflict(rows[0], ignore_conflicts, unique_fields, update_fields)
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    _execute(f"INSERT INTO {table} ({columns}) VALUES", len(fields), conflict, values)
    return len(rows)


def _execute(head: str, width: int, conflict: str, values: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"{head} ({', '.join(['%s'] * width)}) {conflict}", values)
            return
        from psycopg2.extras import execute_values

        execute_values(cursor.cursor, f"{head} %s {conflict}", values, page_size=ROWS_PER_STATEMENT)


def _on_conflict(
    row: models.Model, ignore_conflicts: bool, unique_fields: Sequence[str], update_fields: Sequence[str]
) -> str:
    if ignore_conflicts:
        return "ON CONFLICT DO NOTHING"
    if not unique_fields:
        return ""
    column = {field.name: connection.ops.quote_name(str(field.column)) for field in row._meta.local_concrete_fields}
    changes = ", ".join(f"{column[name]} = EXCLUDED.{column[name]}" for name in update_fields)
    return f"ON CONFLICT ({', '.join(column[name] for name in unique_fields)}) DO UPDATE SET {changes}"


def _adapt_of(field: models.Field) -> Adapt | None:
    """How a value of this field becomes what the database takes; None when it is taken as it is."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return _date_text if connection.vendor == "sqlite" else None
    if isinstance(field, models.DecimalField | models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


@lru_cache(maxsize=10_000)
def _date_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def insert_values(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    same: Mapping[str, Any],
    conflict: Sequence[str],
    updating: Sequence[str] = (),
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Insert rows given as plain values in one statement; for lines that may exist already and must tell which are new.

    `columns` are database columns, `same` holds the values every row shares. A row that exists by the columns of
    `conflict` stays as it is, or takes over `updating`. Returns the columns of `returning` for the rows written.
    At most about 2,000 rows at a time: SQLite counts every value.
    """
    if not rows:
        return []
    types = [_cast_of(model, column) for column in columns]
    source, given = _rows_as_arrays(types, rows) if connection.vendor == "postgresql" else _rows_as_values(rows)
    picked = ", ".join(f"CAST(column{n} AS {name})" for n, name in enumerate(types, start=1))
    shared = ", ".join(["%s"] * len(same))
    sql = (
        f"INSERT INTO {model._meta.db_table} ({', '.join([*columns, *same])}) "
        f"SELECT {picked}{', ' if same else ''}{shared} FROM {source} WHERE TRUE "
        f"ON CONFLICT ({', '.join(conflict)}) DO "
    )
    sql += f"UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in updating)}" if updating else "NOTHING"
    if returning:
        sql += f" RETURNING {', '.join(returning)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*map(_adapted, same.values()), *given])
        return list(cursor.fetchall()) if returning else []


def _rows_as_values(rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    place = f"({', '.join(['%s'] * len(rows[0]))})"
    return f"(VALUES {', '.join([place] * len(rows))}) AS given", [_adapted(v) for row in rows for v in row]


def _rows_as_arrays(types: Sequence[str], rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    """One text per column instead of one parameter per value: PostgreSQL reads it several times faster."""
    names = ", ".join(f"column{n}" for n in range(1, len(types) + 1))
    arrays = ", ".join(f"%s::{name}[]" for name in types)
    columns = zip(*rows, strict=True)
    return f"unnest({arrays}) AS given({names})", [f"{{{','.join(map(_element, column))}}}" for column in columns]


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cast_of(model: type[models.Model], column: str) -> str:
    field = next(f for f in model._meta.concrete_fields if f.column == column)
    return field.cast_db_type(connection) or "text"


def _adapted(value: Any) -> Any:
    if connection.vendor != "sqlite":
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
