"""The way of a version to BKD and back: submit, return, ratify, withdraw, revise."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from attendance.actions import ExpectedPlace, replace_arrangements
from attendance.models import Place
from common.db import in_chunks
from common.errors import DomainError
from personnel.actions import notify, record_audit
from personnel.models import Role, RoleGrant, Unit, User
from schedules.actions.plans import NotADraft, locked_draft, month_name, next_number
from schedules.models import PlanRow, PlanVersion, VersionState
from schedules.queries.names import names_for
from schedules.queries.problem import ground_of, problem_of
from schedules.queries.stored import checker_of
from schedules.queries.wording import finding_texts, stored_finding
from schedules.rules import cells
from schedules.rules import rotation as engine

FINDINGS_IN_ONE_SENTENCE = 5


class SubmissionRefused(DomainError):
    """`details["findings"]` lists every sentence."""

    code = "submission_refused"


class NotSubmitted(DomainError):
    code = "not_submitted"


class ReasonMissing(DomainError):
    code = "reason_missing"


class DecreeMissing(DomainError):
    code = "decree_missing"


# ---- the unit's side ----


@transaction.atomic
def submit_version(*, version: PlanVersion, actor: User | None, now: datetime) -> PlanVersion:
    """Send a draft to BKD after the automatic checks: complete, and nothing broken on the facts of now.

    Raises:
        NotADraft: it was sent or replaced already.
        SubmissionRefused: somebody is missing from the schedule, or a rule is broken.
    """
    held = locked_draft(version)
    refuse_if_broken(held)
    held.state, held.submitted_by, held.submitted_at = VersionState.SUBMITTED, actor, now
    held.save(update_fields=["state", "submitted_by", "submitted_at"])
    audit(held, "wfh_plan.submit", {"state": VersionState.DRAFT}, {"state": held.state}, actor, now)
    notify(
        user_ids=accounts_with([Role.BKD_ADMIN], held.plan.unit, timezone.localdate(now)),
        kind="wfh_plan.submitted",
        text=gettext_noop("%(unit)s has submitted its WFH schedule for %(month)s (version %(number)s)."),
        params=notice_params(held),
        url=reverse("schedules:board"),
        now=now,
    )
    return held


def refuse_if_broken(version: PlanVersion) -> None:
    """Raise SubmissionRefused with every finding of the automatic checks."""
    found = automatic_check(version)
    if not found:
        return
    names = names_for(version, (row["person"] for row in found))
    texts = finding_texts(found, names)
    shown = " ".join(texts[:FINDINGS_IN_ONE_SENTENCE])
    more = len(texts) - FINDINGS_IN_ONE_SENTENCE
    if more > 0:
        shown += " " + _("And %(count)s more.") % {"count": more}
    raise SubmissionRefused(shown, findings=texts)


def automatic_check(version: PlanVersion) -> list[dict[str, Any]]:
    """What a version breaks on today's facts: people missing or gone, leave entered later, ratio, coverage.

    The carried balance and the box 9 phases are those of the generation, everything else is asked again.
    """
    plan = version.plan
    ground = ground_of(plan.unit, plan.starts_on, plan.ends_on)
    problem = problem_of(ground, seed=version.seed)
    kept = {p.id: p.box9_phase for p in checker_of(version).problem.people}
    problem = with_kept_phases(problem, kept)
    rows = dict(version.rows.values_list("person_id", "cells"))
    missing = sorted(set(ground.placed) - set(rows))
    gone = sorted(set(rows) - set(ground.placed))
    home = cells.home_cells(((who, rows[who]) for who in rows if who in ground.placed), plan.starts_on)
    return [
        *(completeness("missing", who) for who in missing),
        *(completeness("gone", who) for who in gone),
        *(stored_finding("violation", found) for found in engine.check(problem, home)),
    ]


def with_kept_phases(problem: engine.Problem, kept: dict[int, int | None]) -> engine.Problem:
    people = tuple(
        replace(p, box9_phase=kept.get(p.id)) if p.kind == engine.PersonKind.BOX9 else p for p in problem.people
    )
    return replace(problem, people=people)


def completeness(kind: str, person_id: int) -> dict[str, Any]:
    return {
        "kind": kind, "code": kind, "day": "", "person": person_id, "unit": None, "group": None, "limit": 0, "found": 0,
    }  # fmt: skip


@transaction.atomic
def revise_version(*, version: PlanVersion, actor: User | None, now: datetime) -> PlanVersion:
    """Begin the next draft as a copy of a returned or ratified version; a ratified one stays in force meanwhile.

    Raises:
        NotADraft: another version is open, or this one was never decided.
    """
    held = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=version.pk)
    plan = held.plan
    if plan.versions.open().exists():
        raise NotADraft(_("Another version of this schedule is being worked on."))
    if held.state not in (VersionState.RETURNED, VersionState.RATIFIED):
        raise NotADraft(_("Only a returned or ratified version can be corrected."))
    draft = PlanVersion.objects.create(
        plan=plan, number=next_number(plan), seed=held.seed, fingerprint=held.fingerprint, method=held.method,
        problem=held.problem, metrics=held.metrics, findings=held.findings, created_by=actor, created_at=now,
    )  # fmt: skip
    copy_rows(held, draft)
    audit(draft, "wfh_plan.revise", {"number": held.number}, {"number": draft.number}, actor, now)
    return draft


def copy_rows(source: PlanVersion, target: PlanVersion, after: date | None = None) -> None:
    """The rows of `source` in `target`; with `after`, home days later than that day become office days."""
    keep = None if after is None else max(0, (after - source.plan.starts_on).days + 1)
    fresh = (
        PlanRow(
            version=target,
            person_id=row.person_id,
            unit_id=row.unit_id,
            cells=row.cells if keep is None else row.cells[:keep] + emptied(row.cells[keep:]),
            locked=row.locked,
            carry_thousandths=row.carry_thousandths,
        )
        for row in source.rows.order_by("person_id").iterator(chunk_size=1_000)
    )
    for chunk in in_chunks(fresh):
        PlanRow.objects.bulk_create(chunk)


def emptied(letters: str) -> str:
    return "".join(cells.OFFICE if letter in cells.HOME_LETTERS else letter for letter in letters)


# ---- BKD's side ----


@transaction.atomic
def return_version(*, version: PlanVersion, reason: str, actor: User | None, now: datetime) -> PlanVersion:
    """Send a submitted version back with a reason.

    Raises:
        ReasonMissing, NotSubmitted.
    """
    if not reason.strip():
        raise ReasonMissing(_("Returning needs a reason."), field="reason")
    held = locked_submitted(version)
    decide(held, VersionState.RETURNED, actor, now)
    held.decision_reason = reason.strip()[:500]
    held.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    audit(
        held, "wfh_plan.return", {"state": VersionState.SUBMITTED}, {"state": held.state, "reason": reason}, actor, now
    )
    tell_unit(
        held, "wfh_plan.returned",
        gettext_noop("BKD has returned the WFH schedule for %(month)s (version %(number)s): %(reason)s"),
        {**notice_params(held), "reason": held.decision_reason[:120]}, now,
    )  # fmt: skip
    return held


@transaction.atomic
def ratify_version(*, version: PlanVersion, decree_number: str, actor: User | None, now: datetime) -> PlanVersion:
    """Put a submitted version in force: attendance gets every home day of it, as one versioned set.

    The version before is superseded in the same transaction; a lost worker leaves it standing. Ratifying
    what is ratified already changes nothing.

    Raises:
        DecreeMissing, NotSubmitted; SubmissionRefused if the facts have changed since submission.
    """
    if not decree_number.strip():
        raise DecreeMissing(_("Ratifying needs the number of the decree."), field="decree_number")
    held = locked_any(version)
    if held.state == VersionState.RATIFIED and held.decree_number == decree_number.strip():
        return held
    refuse_unless_submitted(held)
    refuse_if_broken(held)
    before = held.plan.versions.filter(state=VersionState.RATIFIED).first()
    if before is not None:
        PlanVersion.objects.filter(pk=before.pk).update(state=VersionState.SUPERSEDED)
    decide(held, VersionState.RATIFIED, actor, now)
    held.decree_number = decree_number.strip()[:120]
    held.save(update_fields=["state", "decided_by", "decided_at", "decree_number"])
    count = publish(held, actor, now)
    audit(
        held, "wfh_plan.ratify", {"state": VersionState.SUBMITTED},
        {"state": held.state, "decree": held.decree_number, "days": count}, actor, now,
    )  # fmt: skip
    tell_unit(
        held, "wfh_plan.ratified",
        gettext_noop("BKD has ratified the WFH schedule for %(month)s (version %(number)s)."), notice_params(held), now,
    )  # fmt: skip
    tell_people(held, before, now)
    return held


@transaction.atomic
def withdraw_version(*, version: PlanVersion, reason: str, actor: User | None, now: datetime) -> PlanVersion:
    """Take a ratified version out of force from tomorrow; days that have been stay as they were.

    The withdrawal is itself the next numbered version, so that attendance accepts it as newer.

    Raises:
        ReasonMissing, NotSubmitted.
    """
    if not reason.strip():
        raise ReasonMissing(_("Withdrawing needs a reason."), field="reason")
    held = locked_any(version)
    if held.state != VersionState.RATIFIED:
        raise NotSubmitted(_("Only a ratified version can be withdrawn."))
    plan = held.plan
    PlanVersion.objects.filter(pk=held.pk).update(state=VersionState.SUPERSEDED)
    empty = PlanVersion.objects.create(
        plan=plan, number=next_number(plan), state=VersionState.WITHDRAWN, seed=held.seed, fingerprint=held.fingerprint,
        problem=held.problem, created_by=actor, created_at=now, decided_by=actor, decided_at=now,
        decision_reason=reason.strip()[:500], decree_number=held.decree_number,
    )  # fmt: skip
    copy_rows(held, empty, after=timezone.localdate(now))
    publish(empty, actor, now)
    audit(empty, "wfh_plan.withdraw", {"number": held.number}, {"number": empty.number, "reason": reason}, actor, now)
    tell_unit(
        empty, "wfh_plan.withdrawn",
        gettext_noop("The WFH schedule for %(month)s has been withdrawn: %(reason)s"),
        {**notice_params(empty), "reason": empty.decision_reason[:120]}, now,
    )  # fmt: skip
    tell_people(empty, held, now)
    return empty


# ---- pieces ----


def locked_any(version: PlanVersion) -> PlanVersion:
    return PlanVersion.objects.select_for_update(of=("self",)).select_related("plan__unit").get(pk=version.pk)


def locked_submitted(version: PlanVersion) -> PlanVersion:
    held = locked_any(version)
    refuse_unless_submitted(held)
    return held


def refuse_unless_submitted(version: PlanVersion) -> None:
    if version.state != VersionState.SUBMITTED:
        raise NotSubmitted(
            _("Version %(number)s of %(unit)s does not wait for a decision; it is: %(state)s.")
            % {"number": version.number, "unit": version.plan.unit.name, "state": version.get_state_display()}
        )


def decide(version: PlanVersion, state: str, actor: User | None, now: datetime) -> None:
    version.state, version.decided_by, version.decided_at = state, actor, now


def publish(version: PlanVersion, actor: User | None, now: datetime) -> int:
    """Tell attendance every home day of the version; returns how many."""
    plan = version.plan
    rows = version.rows.order_by("person_id").values_list("person_id", "cells")
    return replace_arrangements(
        source=plan.source,
        version=version.number,
        label=label_of(version, now),
        expected=expected_places(rows, plan.starts_on),
        actor=actor,
        now=now,
    )


def expected_places(rows: Iterable[tuple[int, str]], starts_on: date) -> Iterable[ExpectedPlace]:
    """One expected place per home letter; permanent work from anywhere is a place of its own."""
    for person_id, letters in rows:
        for position, letter in enumerate(letters):
            if letter in cells.HOME_LETTERS:
                place = Place.ANYWHERE if letter == cells.PERMANENT else Place.HOME
                yield ExpectedPlace(person_id, starts_on + timedelta(days=position), place)


def label_of(version: PlanVersion, now: datetime) -> str:
    """The text on *Hari ini*; stored once, so in the language of the office."""
    with translation.override("id"):
        return _("WFH schedule %(month)s v%(number)s · ratified by BKD %(day)s · %(decree)s") % {
            "month": month_name(version.plan.starts_on),
            "number": version.number,
            "day": date_format(timezone.localdate(now), "j M"),
            "decree": version.decree_number,
        }


def audit(
    version: PlanVersion, verb: str, before: dict[str, Any], after: dict[str, Any], actor: User | None, now: datetime
) -> None:
    record_audit(actor=actor, verb=verb, obj=version, before=before, after=after, unit=version.plan.unit, now=now)


def accounts_with(roles: Iterable[str], unit: Unit, day: date) -> list[int]:
    """Accounts that hold one of `roles` over `unit` on `day`."""
    grants = RoleGrant.objects.on(day).filter(role__in=list(roles), unit_id__in=unit.ancestor_ids)
    return list(grants.values_list("user_id", flat=True).distinct())


def notice_params(version: PlanVersion) -> dict[str, Any]:
    with translation.override("id"):
        month = month_name(version.plan.starts_on)
    return {"unit": version.plan.unit.name, "month": month, "number": version.number}


def tell_unit(version: PlanVersion, kind: str, text: str, params: dict[str, Any], now: datetime) -> None:
    planners = accounts_with([Role.UNIT_OFFICER, Role.UNIT_HEAD], version.plan.unit, timezone.localdate(now))
    notify(
        user_ids=planners,
        kind=kind,
        text=text,
        params=params,
        url=reverse("schedules:version_detail", args=[version.pk]),
        now=now,
    )


def tell_people(version: PlanVersion, before: PlanVersion | None, now: datetime) -> None:
    """A notice to everybody whose home days have changed against the version before."""
    old = dict(before.rows.values_list("person_id", "cells")) if before else {}
    changed = [
        who
        for who, letters in version.rows.values_list("person_id", "cells")
        if cells.changed_days(old.get(who, "-" * len(letters)), letters)
    ]
    users = User.objects.filter(person_id__in=changed, is_active=True).values_list("pk", flat=True)
    notify(
        user_ids=users,
        kind="wfh_plan.my_days",
        text=gettext_noop("Your home days in %(month)s have been set."),
        params=notice_params(version),
        url=reverse("schedules:my_days"),
        now=now,
    )
