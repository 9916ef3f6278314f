"""Why a deed on the log is refused."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from common.errors import DomainError
from worklogs.models import LogEntry
from worklogs.rules.findings import Finding
from worklogs.wording import sentences


class EntryRefused(DomainError):
    """The rules block the entry or the day; `findings` says why, one by one."""

    code = "entry_refused"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(sentences(findings), findings=[finding.code for finding in findings])
        self.findings = list(findings)


class StaleEntry(DomainError):
    code = "stale_entry"


class WrongState(DomainError):
    code = "wrong_state"


class NothingToSend(DomainError):
    code = "nothing_to_send"


class NothingToCopy(DomainError):
    code = "nothing_to_copy"


class NoSuperior(DomainError):
    code = "no_superior"


class ReasonMissing(DomainError):
    code = "reason_missing"


class TooLateToUndo(DomainError):
    code = "too_late_to_undo"


class PolicyRefused(DomainError):
    code = "policy_refused"


def stale(entry: LogEntry) -> StaleEntry:
    message = _("“%(activity)s” was changed after you read it; read it again before you act.")
    return StaleEntry(message % {"activity": short(entry)}, entry_id=entry.pk, version=entry.version)


def wrong_state(entry: LogEntry, *, needed: object) -> WrongState:
    message = _("“%(activity)s” is now %(state)s; only %(needed)s entries allow this.")
    values = {"activity": short(entry), "state": entry.get_state_display().lower(), "needed": str(needed).lower()}
    return WrongState(message % values, entry_id=entry.pk, state=entry.state)


def short(entry: LogEntry) -> str:
    return entry.activity if len(entry.activity) <= 60 else f"{entry.activity[:57]}…"
