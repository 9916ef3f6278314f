"""Statements built once and run with other values, for the few that must cost next to nothing.

Building and compiling a query of a dozen subqueries costs the ORM about 17 ms of CPU, running it less than one.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a value of the caller goes; `index` into a list of values, None for a single one."""

    name: str
    index: int | None = None


class Prepared:
    """One row of JSON columns out of a query whose shape never changes.

    `build` gets the stand-ins and gives the queryset; where they stand in the compiled parameters the values of
    `row` go. Stand-ins must be unlike any constant of the query. A list of stand-ins takes at most as many
    values; fewer are filled up by repeating the last, which changes nothing inside IN.
    """

    def __init__(self, build: Callable[..., QuerySet], **stand_ins: Any) -> None:
        self._build = build
        self._stand_ins = stand_ins
        self._statements: dict[str, tuple[str, list[Any], list[str]]] = {}

    def row(self, **values: Any) -> dict[str, Any] | None:
        """The columns of the only row, JSON read; None when there is none."""
        sql, params, columns = self._statement()
        with connection.cursor() as cursor:
            cursor.execute(sql, [self._value(param, values) for param in params])
            found = cursor.fetchone()
        return {name: _read(value) for name, value in zip(columns, found, strict=True)} if found else None

    def holds(self, name: str, values: Sequence[Any]) -> bool:
        """Whether so many values fit the list of that name."""
        return 0 < len(values) <= len(self._stand_ins[name])

    def _statement(self) -> tuple[str, list[Any], list[str]]:
        if connection.vendor not in self._statements:
            query = self._build(**self._stand_ins).query
            sql, params = query.sql_with_params()
            slots = _slots(self._stand_ins)
            marked = [slots.get(str(param), param) for param in params]
            self._statements[connection.vendor] = (sql, marked, list(query.annotation_select))
        return self._statements[connection.vendor]

    def _value(self, param: Any, values: Mapping[str, Any]) -> Any:
        if not isinstance(param, _Slot):
            return param
        given = values[param.name]
        if param.index is not None:
            return given[min(param.index, len(given) - 1)]
        return connection.ops.adapt_datefield_value(given) if hasattr(given, "isoformat") else given


def _slots(stand_ins: Mapping[str, Any]) -> dict[str, _Slot]:
    found: dict[str, _Slot] = {}
    for name, mark in stand_ins.items():
        if isinstance(mark, list):
            found |= {str(each): _Slot(name, index) for index, each in enumerate(mark)}
        else:
            found[str(mark)] = _Slot(name)
    return found


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
