"""Setting what is allowed, from a day on."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.db import is_violation_of
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import Unit, User
from schedules.models import PolicyState, WfhPolicy
from schedules.queries.policies import layer_of, policy_book
from schedules.queries.wording import tell
from schedules.rules.conflicts import conflicts
from schedules.rules.findings import Finding, Severity
from schedules.rules.policy import Decision, merge, read_parameters, write_overrides


class PolicyRefused(DomainError):
    """`details["findings"]` lists every sentence, so that the form can show them all at once."""

    code = "policy_refused"


def set_policy(
    *,
    unit: Unit | None,
    number: str,
    legal_basis: str,
    starts_on: date,
    ends_on: date | None = None,
    parameters: Mapping[str, Any],
    decision_note: str = "",
    actor: User | None,
    now: datetime,
) -> WfhPolicy:
    """Put a document in force for `unit` (None: the institution) from `starts_on`; the past stays as it was.

    The document that held before ends the day before; one that would start the same day is withdrawn; a
    later one stays and ends this one. A contradiction between decrees needs `decision_note`, which is
    recorded with the actor's name. The same document sent twice is one document.

    Raises:
        PolicyRefused: the day lies in the past, a value does not fit, or parts contradict each other.
    """
    _check_frame(number, starts_on, ends_on, now)
    stored = checked_parameters(
        unit=unit, number=number, legal_basis=legal_basis, starts_on=starts_on, parameters=parameters,
        decision_note=decision_note, actor=actor, now=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return _put_in_force(unit, number, legal_basis, starts_on, ends_on, stored, actor, now)
    except IntegrityError as clash:
        names = ("schedules_wfhpolicy_one_per_unit_and_start", "schedules_wfhpolicy_one_per_start")
        if not any(is_violation_of(clash, name) for name in names):
            raise
        raise PolicyRefused(_("Somebody else has just set a policy from that day. Look at it first.")) from clash


def _check_frame(number: str, starts_on: date, ends_on: date | None, now: datetime) -> None:
    today = timezone.localdate(now)
    if not number.strip():
        raise PolicyRefused(_("The document needs a number."), field="number")
    if starts_on < today:
        raise PolicyRefused(
            _("The policy starts on %(day)s; the past stays as it was, so %(today)s is the earliest.")
            % {"day": starts_on.strftime("%d-%m-%Y"), "today": today.strftime("%d-%m-%Y")},
            field="starts_on",
        )
    if ends_on is not None and ends_on < starts_on:
        raise PolicyRefused(_("The last day must not be before the first day."), field="ends_on")


def checked_parameters(
    *,
    unit: Unit | None,
    number: str,
    legal_basis: str,
    starts_on: date,
    parameters: Mapping[str, Any],
    decision_note: str,
    actor: User | None,
    now: datetime,
) -> dict[str, Any]:
    """What would be stored, decisions included.

    Raises:
        PolicyRefused: as `set_policy`.
    """
    values, findings = read_parameters(parameters)
    if findings:
        raise _refusal(findings)
    found = findings_of(unit=unit, number=number, legal_basis=legal_basis, starts_on=starts_on, values=values)
    if any(f.severity == Severity.BLOCKS for f in found):
        raise _refusal([f for f in found if f.severity == Severity.BLOCKS])
    open_codes = [f.code for f in found if f.severity == Severity.DECIDE]
    if open_codes and not decision_note.strip():
        raise _refusal([f for f in found if f.severity == Severity.DECIDE])
    made = tuple(
        Decision(code=code, note=decision_note.strip(), decided_by=str(actor or ""), decided_on=timezone.localdate(now))
        for code in open_codes
    )
    decisions = {d.code: d for d in (*values.get("decisions", ()), *made)}
    if decisions:
        values["decisions"] = tuple(decisions[code] for code in sorted(decisions))
    return write_overrides(values)


def findings_of(
    *, unit: Unit | None, number: str, legal_basis: str, starts_on: date, values: Mapping[str, Any]
) -> list[Finding]:
    """Contradictions that this document would bring, alone and with the documents above it."""
    ancestors = unit.ancestor_ids if unit else []
    above = [
        layer
        for layer in policy_book(starts_on, starts_on).layers_for(ancestors)
        if layer.unit_id != (unit.pk if unit else None)
    ]
    own = layer_of(WfhPolicy(unit=unit, number=number, legal_basis=legal_basis, starts_on=starts_on))
    own = type(own)(
        depth=own.depth, place=own.place, number=number, legal_basis=legal_basis, starts_on=starts_on,
        unit_id=own.unit_id, values=values,
    )  # fmt: skip
    policy = merge([*above, own], starts_on)
    return conflicts(policy) if policy else []


def _refusal(findings: list[Finding]) -> PolicyRefused:
    listed = [
        {"code": f.code, "field": f.field, "severity": str(f.severity), "message": tell(f.message)} for f in findings
    ]
    return PolicyRefused(" ".join(row["message"] for row in listed), findings=listed)


def _put_in_force(
    unit: Unit | None,
    number: str,
    legal_basis: str,
    starts_on: date,
    ends_on: date | None,
    stored: dict[str, Any],
    actor: User | None,
    now: datetime,
) -> WfhPolicy:
    ours = WfhPolicy.objects.select_for_update().in_force().filter(unit=unit).order_by("starts_on")
    held = list(ours)
    same = next((row for row in held if row.starts_on == starts_on), None)
    if same and (same.number, same.parameters, same.legal_basis) == (number, stored, legal_basis):
        return same
    later = next((row for row in held if row.starts_on > starts_on), None)
    if later and (ends_on is None or ends_on >= later.starts_on):
        ends_on = later.starts_on - timedelta(days=1)
    changed = _make_room(held, starts_on)
    row = WfhPolicy.objects.create(
        unit=unit,
        number=number,
        legal_basis=legal_basis,
        starts_on=starts_on,
        ends_on=ends_on,
        parameters=stored,
        state=PolicyState.IN_FORCE,
        created_by=actor,
        created_at=now,
    )
    record_audit(
        actor=actor,
        verb="wfh_policy.set",
        obj=row,
        before={"documents": changed} if changed else None,
        after={"number": number, "starts_on": starts_on.isoformat(), "parameters": stored},
        unit=unit,
        now=now,
    )
    return row


def _make_room(held: list[WfhPolicy], starts_on: date) -> list[dict[str, Any]]:
    """End what holds on `starts_on`; withdraw what would start that very day; say what was changed."""
    changed = []
    for row in held:
        if row.starts_on == starts_on:
            row.state = PolicyState.WITHDRAWN
        elif row.starts_on < starts_on and (row.ends_on is None or row.ends_on >= starts_on):
            row.ends_on = starts_on - timedelta(days=1)
        else:
            continue
        row.save(update_fields=["state", "ends_on"])
        changed.append({"id": row.pk, "number": row.number, "state": row.state, "ends_on": str(row.ends_on)})
    return changed
