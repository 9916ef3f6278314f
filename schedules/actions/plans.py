"""Making a month's schedule: asking for it, computing it, changing single cells."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.models import Holiday
from common.db import in_chunks, is_violation_of
from common.errors import DomainError
from personnel.actions import record_audit, start_job
from personnel.models import Job, Unit, User
from schedules.models import Plan, PlanRow, PlanVersion, VersionState
from schedules.queries.problem import Ground, ground_of, letters_of, problem_of
from schedules.queries.stored import broken_rules
from schedules.queries.wording import stored_finding
from schedules.rules import cells
from schedules.rules import rotation as engine

GENERATE = "schedules.generate"
OnStep = Callable[[str, int, int], None]


class PlanRefused(DomainError):
    code = "plan_refused"


class NotADraft(DomainError):
    code = "not_a_draft"


class CellRefused(DomainError):
    code = "cell_refused"


def month_of(starts_on: date) -> tuple[date, date]:
    """First and last day of the month of `starts_on`."""
    first = starts_on.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_name(day: date) -> str:
    """ "Desember 2026" in the active language."""
    return date_format(day, "F Y")


# ---- asking for it ----


@transaction.atomic
def request_generation(
    *, unit: Unit, starts_on: date, seed: int = 0, actor: User | None, now: datetime
) -> tuple[Plan, Job]:
    """Open the month's plan where it is missing, and put its computation on the list; the caller sends the task.

    Raises:
        PlanRefused: the unit is no perangkat daerah, the month is over, or a version waits at BKD.
        JobAlreadyRunning: the plan is being computed.
    """
    first, last = month_of(starts_on)
    if not unit.is_perangkat_daerah:
        raise PlanRefused(_("Only a perangkat daerah has a schedule; %(unit)s has none.") % {"unit": unit.name})
    if last < timezone.localdate(now):
        raise PlanRefused(_("%(month)s is over; its schedule stays as it was.") % {"month": month_name(first)})
    plan = open_plan(unit, first, last, now)
    refuse_if_submitted(plan)
    with translation.override("id"):
        title = _("Schedule %(month)s · %(unit)s") % {"month": month_name(first), "unit": unit.name}
    job = start_job(
        kind=GENERATE, scope=f"plan/{plan.pk}", title=title[:200], params={"plan": plan.pk, "seed": seed},
        actor=actor, now=now,
    )  # fmt: skip
    return plan, job


def open_plan(unit: Unit, first: date, last: date, now: datetime) -> Plan:
    """The plan of the month, made once; two who ask at once get the same."""
    try:
        with transaction.atomic():
            plan, _made = Plan.objects.get_or_create(
                unit=unit, starts_on=first, defaults={"ends_on": last, "created_at": now}
            )
    except IntegrityError as clash:
        if not is_violation_of(clash, "schedules_plan_one_per_unit_and_month"):
            raise
        plan = Plan.objects.get(unit=unit, starts_on=first)
    return plan


def refuse_if_submitted(plan: Plan) -> None:
    if plan.versions.filter(state=VersionState.SUBMITTED).exists():
        raise PlanRefused(_("A version waits at BKD. It must be returned or ratified before the schedule changes."))


# ---- computing it ----


def generate_version(
    *, plan: Plan, seed: int = 0, actor: User | None, now: datetime, on_step: OnStep | None = None
) -> PlanVersion:
    """Compute the month and store it as the next draft; the draft before it is superseded.

    Cells that the officer locked in the last version stay; days that are past stay as the ratified version
    had them. The same facts and seed give the same fingerprint, and then the draft that has it is returned
    and nothing is written. Nothing is written before the computation has ended.

    Raises:
        PlanRefused: no policy, no working day, nobody to plan for, or a policy that cannot be planned.
        Whatever `on_step` raises to stop it.
    """
    ground = ground_of(plan.unit, plan.starts_on, plan.ends_on)
    check_ground(ground)
    problem = problem_of(ground, seed=seed)
    asked = replace(problem, locked=with_locks(problem, chosen_locks(plan, ground, timezone.localdate(now))))
    refuse_if_impossible(asked)
    fingerprint = asked.fingerprint()
    same = plan.versions.filter(state=VersionState.DRAFT, fingerprint=fingerprint).first()
    if same is not None:
        return same
    solved = engine.solve(asked, on_step=on_step)
    return store_version(plan, ground, with_phases(problem, solved), solved, fingerprint, seed, actor, now)


def check_ground(ground: Ground) -> None:
    """Raise PlanRefused where there is nothing to plan, with what to do about it."""
    if not ground.working:
        raise PlanRefused(_("The month has no working day."))
    if ground.policy is None:
        raise PlanRefused(
            _("No WFH policy is in force for %(unit)s in this month. BKD sets one first.") % {"unit": ground.unit.name}
        )
    if not ground.placed:
        raise PlanRefused(_("Nobody is appointed in %(unit)s in this month.") % {"unit": ground.unit.name})


def refuse_if_impossible(problem: engine.Problem) -> None:
    """Raise PlanRefused for contradictions that the engine finds in the problem itself."""
    blocking = [issue for issue in engine.validate(problem) if issue.blocks]
    if blocking:
        codes = sorted({issue.code for issue in blocking})
        raise PlanRefused(
            _("The policy and the lists contradict each other (%(codes)s); the schedule cannot be made.")
            % {"codes": ", ".join(codes)},
            issues=[{"code": i.code, "message": i.message} for i in blocking[:20]],
        )


def chosen_locks(plan: Plan, ground: Ground, today: date) -> list[engine.Lock]:
    """Cells that must come out as they are: locked by the officer, or past under the ratified version.

    Only cells in which the rotation has a choice can be held; the rest follow from the facts.
    """
    latest = plan.versions.exclude(state=VersionState.WITHDRAWN).order_by("-number").first()
    ratified = plan.versions.filter(state=VersionState.RATIFIED).first()
    found = locks_in(latest, plan.starts_on, lambda row, n, day: row.locked[n] == "1" and day > today)
    if plan.starts_on <= today:
        found |= locks_in(ratified, plan.starts_on, lambda row, n, day: day <= today)
    return [
        engine.Lock(person=who, day=day, home=home)
        for (who, day), home in sorted(found.items())
        if who in ground.placed and day in ground.working and ground.is_here(who, day)
    ]


def locks_in(
    version: PlanVersion | None, starts_on: date, wanted: Callable[[PlanRow, int, date], bool]
) -> dict[tuple[int, date], bool]:
    found: dict[tuple[int, date], bool] = {}
    if version is None:
        return found
    for row in version.rows.all():
        for position, letter in enumerate(row.cells):
            day = starts_on + timedelta(days=position)
            if letter in cells.CHANGEABLE and wanted(row, position, day):
                found[row.person_id, day] = letter == cells.HOME
    return found


def with_locks(problem: engine.Problem, chosen: Iterable[engine.Lock]) -> tuple[engine.Lock, ...]:
    """The problem's own locks and the chosen ones; what eligibility closed cannot be opened by a lock."""
    closed = {(lock.person, lock.day) for lock in problem.locked}
    return (*problem.locked, *(lock for lock in chosen if (lock.person, lock.day) not in closed))


def with_phases(problem: engine.Problem, solved: engine.Plan) -> engine.Problem:
    """The problem with the box 9 phases the engine has chosen, so that later checks ask about the same pattern."""
    phases = dict(solved.box9_phases)
    people = tuple(
        replace(person, box9_phase=phases[person.id]) if person.id in phases else person for person in problem.people
    )
    return replace(problem, people=people)


def store_version(
    plan: Plan,
    ground: Ground,
    problem: engine.Problem,
    solved: engine.Plan,
    fingerprint: str,
    seed: int,
    actor: User | None,
    now: datetime,
) -> PlanVersion:
    """Write the computed month as the next version, all or nothing."""
    holidays = Holiday.objects.filter(day__range=(plan.starts_on, plan.ends_on)).values_list("day", flat=True)
    letters = letters_of(ground, list(holidays), home_letters(solved))
    locked = locked_before(plan)
    carry = {person.id: int(person.carry * 1000) for person in problem.people}
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        refuse_if_submitted(plan)
        plan.versions.filter(state=VersionState.DRAFT).update(state=VersionState.SUPERSEDED)
        version = PlanVersion.objects.create(
            plan=plan,
            number=next_number(plan),
            seed=seed,
            fingerprint=fingerprint,
            method=solved.method,
            problem=problem.to_dict(),
            metrics=metrics_of(solved),
            findings=findings_of(solved),
            created_by=actor,
            created_at=now,
        )
        rows = (
            PlanRow(
                version=version,
                person_id=who,
                unit_id=ground.placed[who].appointment.unit_id,
                cells=text,
                locked=kept_locks(text, locked.get(who, "")),
                carry_thousandths=carry.get(who, 0),
            )
            for who, text in sorted(letters.items())
        )
        for chunk in in_chunks(rows):
            PlanRow.objects.bulk_create(chunk)
        record_audit(
            actor=actor,
            verb="wfh_plan.generate",
            obj=version,
            after={"number": version.number, "people": len(letters), "fingerprint": fingerprint, "seed": seed},
            unit=plan.unit,
            now=now,
        )
    return version


def next_number(plan: Plan) -> int:
    latest = plan.versions.order_by("-number").values_list("number", flat=True).first()
    return (latest or 0) + 1


def home_letters(solved: engine.Plan) -> dict[int, dict[date, str]]:
    found: dict[int, dict[date, str]] = {}
    for (who, day), layer in zip(solved.rows, solved.layers, strict=True):
        found.setdefault(who, {})[day] = cells.FREE_BY_LAYER[layer.value]
    return found


def locked_before(plan: Plan) -> dict[int, str]:
    latest = plan.versions.order_by("-number").first()
    return dict(latest.rows.values_list("person_id", "locked")) if latest else {}


def kept_locks(letters: str, locked: str) -> str:
    """The locks of the version before where the cell can still be chosen; otherwise open."""
    if len(locked) != len(letters):
        return "." * len(letters)
    return "".join(
        "1" if mark == "1" and a in cells.CHANGEABLE else "." for a, mark in zip(letters, locked, strict=True)
    )


def metrics_of(solved: engine.Plan) -> dict[str, Any]:
    """The figures as JSON; a ratio to a bound of nothing has no number."""
    found = {name: getattr(solved.metrics, name) for name in type(solved.metrics).__dataclass_fields__}
    return {name: None if isinstance(value, float) and not isfinite(value) else value for name, value in found.items()}


def findings_of(solved: engine.Plan) -> list[dict[str, Any]]:
    """Conflicts first, then what was exceeded by duty, then box 9 days that had to yield."""
    return [
        *(stored_finding("conflict", found) for found in solved.conflicts),
        *(stored_finding("overrun", found) for found in solved.overruns),
        *(stored_finding("revocation", found) for found in solved.revocations),
    ]


# ---- changing it by hand ----


@transaction.atomic
def change_cell(
    *,
    version: PlanVersion,
    person_id: int,
    day: date,
    home: bool | None = None,
    locked: bool | None = None,
    actor: User | None,
    now: datetime,
) -> list[engine.Violation]:
    """Set one cell of a draft to home or office, or lock it, and answer what the whole month now breaks.

    A change that breaks a rule is kept: the officer may be half-way through an exchange. Submission
    refuses it as long as it stands. Setting what is set already changes nothing.

    Raises:
        NotADraft: the version is not a draft any more.
        CellRefused: the cell is not one in which somebody has a choice, or it is past or locked.
    """
    held = locked_draft(version)
    row = held.rows.select_for_update().filter(person_id=person_id).first()
    position = (day - held.plan.starts_on).days
    if row is None or not 0 <= position < len(row.cells):
        raise CellRefused(_("This cell does not belong to the schedule."), person_id=person_id, day=day.isoformat())
    check_cell(row, position, day, home, timezone.localdate(now))
    before = {"cell": row.cells[position], "locked": row.locked[position]}
    if home is not None:
        row.cells = cells.set_letter(row.cells, position, cells.HOME if home else cells.OFFICE)
    if locked is not None:
        row.locked = row.locked[:position] + ("1" if locked else ".") + row.locked[position + 1 :]
    after = {"cell": row.cells[position], "locked": row.locked[position]}
    if after != before:
        row.save(update_fields=["cells", "locked"])
        record_audit(
            actor=actor, verb="wfh_plan.change_cell", obj=held, before=before,
            after={**after, "person": person_id, "day": day.isoformat()}, unit=held.plan.unit, now=now,
        )  # fmt: skip
    return broken_rules(held)


def locked_draft(version: PlanVersion) -> PlanVersion:
    """The version, locked until the transaction ends, if it is still a draft."""
    held = (
        PlanVersion.objects.select_for_update(of=("self",))
        .defer("problem")
        .select_related("plan__unit")
        .get(pk=version.pk)
    )
    if held.state != VersionState.DRAFT:
        raise NotADraft(_("Version %(number)s is not a draft any more; look at the newest.") % {"number": held.number})
    return held


def check_cell(row: PlanRow, position: int, day: date, home: bool | None, today: date) -> None:
    if row.cells[position] not in cells.CHANGEABLE:
        raise CellRefused(_("There is no choice on this day: it follows from the calendar, an absence or the policy."))
    if day <= today:
        raise CellRefused(_("The past is not changed; corrections begin tomorrow."))
    if home is not None and row.locked[position] == "1":
        raise CellRefused(_("The cell is locked. Unlock it first."))
