"""Asking for absence or for a forgotten clocking, and what the superior makes of it."""

from datetime import date, datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from attendance.actions.absences import record_absence
from attendance.actions.clock import receipt_of
from attendance.actions.marks import mark_days
from attendance.models import (
    Absence,
    AbsenceKind,
    AbsenceRequest,
    CorrectionRequest,
    Direction,
    Punch,
    PunchSource,
    RequestState,
)
from attendance.queries import requests as queries
from attendance.queries.moment import NotAppointed
from attendance.rules import corrections, leave
from common.db import is_violation_of
from common.errors import DomainError
from personnel.actions import notify, record_audit
from personnel.models import Person, User
from personnel.queries import superior_of

AnyRequest = TypeVar("AnyRequest", AbsenceRequest, CorrectionRequest)
ASKED = gettext_noop("%(name)s asks for a decision: %(what)s, %(day)s.")
GRANTED = gettext_noop("Approved: %(what)s, %(day)s.")
REFUSED = gettext_noop("Rejected: %(what)s, %(day)s. Reason: %(reason)s")
TAKEN_BACK = gettext_noop("%(name)s withdrew the request: %(what)s, %(day)s.")


class RequestRefused(DomainError):
    """The conditions are not met; `codes` names the findings."""

    code = "request_refused"


class NoSuperior(DomainError):
    code = "no_superior"


class AlreadyAsked(DomainError):
    code = "already_asked"


class AlreadyDecided(DomainError):
    code = "already_decided"


class RejectionNeedsReason(DomainError):
    code = "rejection_needs_reason"


# ---- asking ----


@transaction.atomic
def request_absence(
    *,
    person_id: int,
    kind: str,
    starts_on: date,
    ends_on: date,
    reason: str,
    document: str,
    actor: User | None,
    now: datetime,
) -> AbsenceRequest:
    """Put an absence to the superior of its first day. Of sick leave no reason is kept, whatever was typed.

    Raises:
        RequestRefused: the conditions of the kind are not met; the sentence names each.
        AlreadyAsked: another request or a recorded absence touches these days.
        NoSuperior: nobody answers for the person on the first day.
    """
    if kind not in leave.TYPES:
        raise RequestRefused(_("%(kind)s cannot be asked for here.") % {"kind": kind}, field="kind")
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    document = " ".join(document.split())
    _refuse_blocked(
        queries.findings_of(person_id=person_id, kind=kind, starts_on=starts_on, ends_on=ends_on, document=document)
    )
    _check_free(person_id, starts_on, ends_on)
    request = AbsenceRequest(
        person_id=person_id, superior_id=_superior(person_id, starts_on), kind=kind, starts_on=starts_on,
        ends_on=ends_on, reason="" if kind == AbsenceKind.CS else " ".join(reason.split())[:300],
        document=document[:120], asked_at=now,
    )  # fmt: skip
    return _put(request, "attendance_absencerequest_one_open_per_start", actor, now)


@transaction.atomic
def request_correction(
    *, person_id: int, day: date, direction: str, minute: int, reason: str, actor: User | None, now: datetime
) -> CorrectionRequest:
    """Ask for a forgotten clock-in or clock-out at `minute` (local, from midnight) of the duty day `day`.

    Raises:
        RequestRefused: too old, in the future, over the monthly cap, nothing missing, no reason, or no position.
        AlreadyAsked: the same clocking waits already.
        NoSuperior: nobody answers for the person on that day.
    """
    if direction not in (Direction.IN, Direction.OUT) or not 0 <= minute < 1440:
        raise RequestRefused(_("A correction is for a clock-in or a clock-out."), field="direction")
    if not reason.strip():
        raise RequestRefused(_("A correction needs a reason."), field="reason")
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    try:
        moment = queries.correction_moment(person_id, day)
    except NotAppointed:
        raise RequestRefused(_("You held no position on that day."), field="day") from None
    instant = queries.correction_instant(moment, day, direction, minute)
    claim = corrections.Claim(
        day=day,
        instant=instant,
        is_known=queries.press_is_known(moment, day, direction, now),
        taken=queries.corrections_taken(person_id, day),
    )
    _refuse_blocked(corrections.check_claim(queries.CORRECTIONS, claim, today=moment.local_day(now), now=now))
    request = CorrectionRequest(
        person_id=person_id, superior_id=_superior(person_id, day), day=day, direction=direction, instant=instant,
        zone=moment.zone_on(day), reason=" ".join(reason.split())[:300], asked_at=now,
    )  # fmt: skip
    return _put(request, "attendance_correctionrequest_one_open_per_press", actor, now)


def _refuse_blocked(findings) -> None:
    stops = leave.blocking(findings)
    if stops:
        raise RequestRefused(" ".join(queries.said(stop) for stop in stops), codes=[stop.code for stop in stops])


def _check_free(person_id: int, starts_on: date, ends_on: date) -> None:
    waiting = AbsenceRequest.objects.open().within(starts_on, ends_on).filter(person_id=person_id)
    recorded = Absence.objects.standing().within(starts_on, ends_on).filter(
        person_id=person_id, from_minute__isnull=True
    )  # fmt: skip
    clash = waiting.order_by("starts_on").first() or recorded.order_by("starts_on").first()
    if clash is not None:
        raise AlreadyAsked(
            _("%(kind)s from %(starts)s to %(ends)s already stands for these days.")
            % {
                "kind": clash.get_kind_display(),
                "starts": date_format(clash.starts_on, "j M Y"),
                "ends": date_format(clash.ends_on, "j M Y"),
            },
            field="starts_on",
        )


def _superior(person_id: int, day: date) -> int:
    found = superior_of(person_id, day)
    if found is None:
        raise NoSuperior(
            _("No superior is recorded for you on %(day)s. Ask your unit personnel officer.")
            % {"day": date_format(day, "j F Y")}
        )
    return found.person_id


def _put(request: AnyRequest, constraint: str, actor: User | None, now: datetime) -> AnyRequest:
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as clash:
        if not is_violation_of(clash, constraint):
            raise
        raise AlreadyAsked(_("This request is already waiting for a decision.")) from clash
    record_audit(actor=actor, verb=f"{_word(request)}.request", obj=request, after=_facts(request), now=now)
    _tell_superior(request, ASKED, "requested", now)
    return request


# ---- deciding ----


@transaction.atomic
def approve_absence(*, request_id: int, actor: User, now: datetime) -> AbsenceRequest:
    """Approve and record the absence, so that place, target and rotation follow. Twice by the same account is once.

    Raises:
        AlreadyDecided: it was decided or withdrawn first.
        RequestRefused: the conditions are no longer met, for instance because the leave was used up meanwhile.
        AbsenceOverlaps: another absence was recorded for these days meanwhile.
    """
    request = _locked(AbsenceRequest, request_id)
    if not _is_mine_to_write(request, RequestState.APPROVED, actor):
        return request
    _refuse_blocked(
        queries.findings_of(
            person_id=request.person_id, kind=request.kind, starts_on=request.starts_on, ends_on=request.ends_on,
            document=request.document, but_request=request.pk,
        )
    )  # fmt: skip
    # The label of the day is read by the team: the number of a doctor's note stays with the request.
    document = request.document if request.document and not request.is_sick_leave else f"Permohonan {request.pk}"
    request.absence = record_absence(
        person_id=request.person_id, kind=request.kind, starts_on=request.starts_on, ends_on=request.ends_on,
        document=document, source=f"request/{request.pk}", actor=actor, now=now,
    )  # fmt: skip
    return _decide(request, RequestState.APPROVED, "", actor, now)


@transaction.atomic
def approve_correction(*, request_id: int, actor: User, now: datetime) -> CorrectionRequest:
    """Approve and write the clocking with the source CORRECTION; its day is computed again.

    Raises:
        AlreadyDecided: it was decided or withdrawn first.
    """
    request = _locked(CorrectionRequest, request_id)
    if not _is_mine_to_write(request, RequestState.APPROVED, actor):
        return request
    key = f"correction/{request.pk}"
    request.punch = Punch.objects.create(
        person_id=request.person_id, day=request.day, instant=request.instant, zone=request.zone,
        direction=request.direction, source=PunchSource.CORRECTION, client_key=key,
        receipt=receipt_of(request.person_id, key), recorded_at=now,
    )  # fmt: skip
    mark_days(days=[(request.person_id, request.day)], reason="correction", now=now)
    return _decide(request, RequestState.APPROVED, "", actor, now)


def reject_absence(*, request_id: int, reason: str, actor: User, now: datetime) -> AbsenceRequest:
    """Reject with a reason. Raises RejectionNeedsReason, AlreadyDecided."""
    return _reject(AbsenceRequest, request_id, reason, actor, now)


def reject_correction(*, request_id: int, reason: str, actor: User, now: datetime) -> CorrectionRequest:
    """Reject with a reason. Raises RejectionNeedsReason, AlreadyDecided."""
    return _reject(CorrectionRequest, request_id, reason, actor, now)


@transaction.atomic
def _reject(model: type[AnyRequest], request_id: int, reason: str, actor: User, now: datetime) -> AnyRequest:
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise RejectionNeedsReason(_("A rejection needs a reason, so that the person knows what to do."))
    request = _locked(model, request_id)
    if not _is_mine_to_write(request, RequestState.REJECTED, actor):
        return request
    return _decide(request, RequestState.REJECTED, reason, actor, now)


def withdraw_absence_request(*, request_id: int, actor: User, now: datetime) -> AbsenceRequest:
    """Take one's own request back while it is open. Twice is once. Raises AlreadyDecided."""
    return _withdraw(AbsenceRequest, request_id, actor, now)


def withdraw_correction_request(*, request_id: int, actor: User, now: datetime) -> CorrectionRequest:
    """Take one's own request back while it is open. Twice is once. Raises AlreadyDecided."""
    return _withdraw(CorrectionRequest, request_id, actor, now)


@transaction.atomic
def _withdraw(model: type[AnyRequest], request_id: int, actor: User, now: datetime) -> AnyRequest:
    request = _locked(model, request_id)
    if request.state == RequestState.WITHDRAWN:
        return request
    if not request.is_open:
        raise _already(request)
    request.state = RequestState.WITHDRAWN
    request.save(update_fields=["state"])
    record_audit(actor=actor, verb=f"{_word(request)}.withdraw", obj=request, before=_facts(request), now=now)
    _tell_superior(request, TAKEN_BACK, "withdrawn", now)
    return request


def _locked(model: type[AnyRequest], request_id: int) -> AnyRequest:
    rows = model.objects.select_related("person", "decided_by").select_for_update(no_key=True, of=("self",))
    return rows.get(pk=request_id)


def _is_mine_to_write(request: AbsenceRequest | CorrectionRequest, state: RequestState, actor: User) -> bool:
    """True when the decision is to be written, False when this very one stands; otherwise somebody was first."""
    if request.is_open:
        return True
    if request.state == state and request.decided_by_id == actor.pk:
        return False
    raise _already(request)


def _already(request: AbsenceRequest | CorrectionRequest) -> AlreadyDecided:
    if request.decided_by is None:
        return AlreadyDecided(_("This request was withdrawn."), request_id=request.pk)
    return AlreadyDecided(
        _("This request is already %(state)s by %(name)s.")
        % {"state": request.get_state_display().lower(), "name": request.decided_by},
        request_id=request.pk,
        state=request.state,
    )


def _decide(request: AnyRequest, state: RequestState, reason: str, actor: User, now: datetime) -> AnyRequest:
    request.state, request.decision_reason = state, reason
    request.decided_at, request.decided_by = now, actor
    request.save()
    verb = "approve" if state == RequestState.APPROVED else "reject"
    after = {**_facts(request), "reason": reason}
    record_audit(actor=actor, verb=f"{_word(request)}.{verb}", obj=request, after=after, now=now)
    text = GRANTED if state == RequestState.APPROVED else REFUSED
    account = User.objects.filter(person_id=request.person_id, is_active=True).first()
    _tell(account, request, text, verb, reverse("attendance:request_list"), now)
    return request


# ---- words ----


def _word(request: AbsenceRequest | CorrectionRequest) -> str:
    return "leave" if isinstance(request, AbsenceRequest) else "correction"


def _facts(request: AbsenceRequest | CorrectionRequest) -> dict[str, object]:
    """Plain values for the audit trail; neither the reason nor the document of a person goes there."""
    common = {"person": request.person_id, "superior": request.superior_id}
    if isinstance(request, AbsenceRequest):
        return common | {"kind": request.kind, "from": str(request.starts_on), "until": str(request.ends_on)}
    return common | {"day": str(request.day), "direction": request.direction, "at": request.instant.isoformat()}


def _tell_superior(request: AbsenceRequest | CorrectionRequest, text: str, word: str, now: datetime) -> None:
    account = User.objects.filter(person_id=request.superior_id, is_active=True).first()
    _tell(account, request, text, word, reverse("attendance:request_inbox"), now)


def _tell(
    account: User | None, request: AbsenceRequest | CorrectionRequest, text: str, word: str, url: str, now: datetime
) -> None:
    """One notice in the reader's language: kind and day, never a reason of leave."""
    if account is None:
        return
    with override(account.language):
        is_absence = isinstance(request, AbsenceRequest)
        what = request.get_kind_display() if is_absence else request.get_direction_display()
        params = {
            "name": request.person.name,
            "what": str(what),
            "day": date_format(request.first_day, "j F Y"),
            "reason": request.decision_reason,
        }
    notify(user_ids=[account.pk], kind=f"{_word(request)}.{word}", text=text, params=params, url=url, now=now)
