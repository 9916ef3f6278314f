"""How an app says what it holds about a person; found by its `held` module (UU 27/2022, right of access)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of data: what it is, what it is for, how long it is kept, and its rows.

    `count` is how many rows there are in all; `rows` may hold only the newest of them for the page.
    """

    title: Any
    purpose: Any
    headings: list[Any]
    rows: Iterable[list[Any]]
    kept: Any = ""
    count: int | None = None
    notes: list[Any] = field(default_factory=list)


def sections_about(person_id: int, *, limit: int | None) -> Iterator[Section]:
    """Everything every installed app holds about one person; `limit` rows of each kind, None for all."""
    for config in apps.get_app_configs():
        name = f"{config.name}.held"
        if config.name != "common" and find_spec(name) is not None:
            yield from import_module(name).sections(person_id, limit)
