"""What an import did, and the refusals it lists."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.errors import DomainError

Progress = Callable[[int, int], None]
ROWS_PER_STEP = 1_000


class ImportRefused(DomainError):
    code = "import_refused"


@dataclass(frozen=True, slots=True)
class Refused:
    """One row (0: the whole file) that was not taken. `value` may be personal data: show it, never log it."""

    row: int
    field: str
    value: str
    code: str
    reason: str


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Counts of rows; `refused` in the order of the file, `gone` people who stand no longer in it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    opened_units: int = 0
    doubts: int = 0
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, row: int, name: str, value: str, code: str, reason: str) -> None:
        self.refused.append(Refused(row, name, value, code, _(reason)))

    def counts(self) -> dict[str, int]:
        """For the audit event and the progress line."""
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "gone": self.gone,
            "opened_units": self.opened_units,
            "doubts": self.doubts,
            "refused": len(self.refused),
        }


def silent(_done: int, _total: int) -> None:
    """A progress nobody watches."""
