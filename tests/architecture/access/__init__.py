"""Who may open which address: one module an app, every address in it, every role with its answer.

302 for the anonymous is the way to the sign-in page; elsewhere it is the answer to a POST that worked.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import ROLES, Cast


@dataclass(frozen=True)
class Row:
    method: str
    statuses: dict[str, int]
    args: Callable[[Cast], tuple[Any, ...]] = field(default=lambda cast: ())
    data: Callable[[Cast], dict[str, Any]] = field(default=lambda cast: {})


def row(
    method: str,
    *,
    args: Callable[[Cast], tuple[Any, ...]] = lambda cast: (),
    data: Callable[[Cast], dict[str, Any]] = lambda cast: {},
    everyone: int | None = None,
    **statuses: int,
) -> Row:
    """`everyone` fills the signed-in roles that are not named; a role left out is an error."""
    filled = dict.fromkeys(ROLES, everyone) if everyone is not None else {}
    filled.update(statuses)
    missing = {"anonymous", *ROLES} - filled.keys()
    if missing:
        raise ValueError(f"the access row lacks {sorted(missing)}")
    return Row(method, filled, args, data)
