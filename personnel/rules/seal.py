"""A chain of hashes over audit events: a changed, removed or inserted row breaks it from there on.

Each link is SHA-256 over the link before and the event in one canonical form. Pure: no ORM, no clock.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEvent:
    """What the chain vouches for. `happened_at` is ISO 8601 in UTC, `before` and `after` plain JSON values."""

    number: int
    key: int
    happened_at: str
    actor: int | None
    capacity: str
    verb: str
    object_type: str
    object_id: int | None
    before: Any
    after: Any
    address: str | None


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain no longer holds: `number` is the place of the link, `what` one of changed, removed, inserted."""

    number: int
    what: str


def link(previous: str, event: SealedEvent) -> str:
    """The hash of `event` standing after `previous`; 64 hexadecimal digits."""
    text = json.dumps(asdict(event), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def breaks(chain: Iterable[tuple[SealedEvent, str]], *, sealed_count: int, last_seal: str) -> Iterator[Break]:
    """Every place at which the chain (in order of number, with the stored seals) does not hold.

    Numbers run from 1 without a gap up to `sealed_count`, whose seal is `last_seal`. After a changed row the
    walk goes on from the stored seal, so that one change is one finding.
    """
    previous, expected = GENESIS, 1
    for event, stored in chain:
        is_after_gap = expected < event.number
        yield from (Break(number, "removed") for number in range(expected, min(event.number, sealed_count + 1)))
        if event.number > sealed_count:
            yield Break(event.number, "inserted")
        elif not is_after_gap and link(previous, event) != stored:
            # Behind a gap the true predecessor is unknown; the removal is the finding.
            yield Break(event.number, "changed")
        previous, expected = stored, event.number + 1
    yield from (Break(number, "removed") for number in range(expected, sealed_count + 1))
    if expected == sealed_count + 1 and previous != (last_seal or GENESIS):
        yield Break(sealed_count, "changed")
