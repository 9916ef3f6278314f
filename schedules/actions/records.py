"""What is recorded about people and counters: categories, exceptions, groups, the choice of the reward."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.db import is_violation_of
from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import Person, Unit, User
from personnel.queries import appointment_of
from schedules.models import (
    Box9Choice,
    CategoryChoice,
    CategoryRecord,
    EligibilityException,
    GroupMember,
    ServiceGroup,
)
from schedules.queries.policies import policy_book
from talent.queries import latest_boxes


class RecordRefused(DomainError):
    code = "record_refused"


class RewardRefused(DomainError):
    code = "reward_refused"


def check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise RecordRefused(_("The last day must not be before the first day."), field="ends_on")


def record_category(
    *, person: Person, category: str, starts_on: date, ends_on: date | None, actor: User | None, now: datetime
) -> CategoryRecord:
    """Record a personal circumstance by its code. The trail names the person and the days, not the category.

    Raises:
        RecordRefused: the days are the wrong way round, or the same category stands from that day.
    """
    check_days(starts_on, ends_on)
    if category == CategoryChoice.TRAVEL_ABROAD and ends_on is None:
        raise RecordRefused(_("A journey needs the day of return."), field="ends_on")
    try:
        with transaction.atomic():
            row = CategoryRecord.objects.create(
                person=person, category=category, starts_on=starts_on, ends_on=ends_on, entered_by=actor, entered_at=now
            )
            record_audit(
                actor=actor, verb="wfh_category.record", obj=row,
                after={"person": person.pk, "starts_on": str(starts_on), "ends_on": str(ends_on or "")}, now=now,
            )  # fmt: skip
    except IntegrityError as clash:
        if not is_violation_of(clash, "schedules_categoryrecord_once"):
            raise
        raise RecordRefused(_("This category is recorded already from that day."), field="starts_on") from clash
    return row


@transaction.atomic
def withdraw_category(*, record: CategoryRecord, actor: User | None, now: datetime) -> None:
    """Take a record back as entered in error; twice is once."""
    changed = CategoryRecord.objects.filter(pk=record.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if changed:
        record_audit(actor=actor, verb="wfh_category.withdraw", obj=record, now=now)


@transaction.atomic
def grant_exception(
    *,
    person: Person,
    answer: str,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    legal_basis: str = "",
    actor: User,
    now: datetime,
) -> EligibilityException:
    """A dated exception in the name of `actor`. The one granted last counts, so no older one need be ended.

    Raises:
        RecordRefused: no reason, or the days are the wrong way round.
    """
    check_days(starts_on, ends_on)
    if not reason.strip():
        raise RecordRefused(_("An exception needs a reason."), field="reason")
    row = EligibilityException.objects.create(
        person=person, answer=answer, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(),
        legal_basis=legal_basis.strip(), granted_by=actor, granted_at=now,
    )  # fmt: skip
    record_audit(
        actor=actor, verb="wfh_exception.grant", obj=row,
        after={"person": person.pk, "answer": answer, "starts_on": str(starts_on), "ends_on": str(ends_on or "")},
        now=now,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_exception(*, exception: EligibilityException, actor: User | None, now: datetime) -> None:
    """Take an exception back; twice is once."""
    changed = EligibilityException.objects.filter(pk=exception.pk, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if changed:
        record_audit(actor=actor, verb="wfh_exception.withdraw", obj=exception, now=now)


def create_group(
    *,
    unit: Unit,
    name: str,
    min_office: int,
    person_ids: Collection[int],
    starts_on: date,
    actor: User | None,
    now: datetime,
) -> ServiceGroup:
    """Open a counter group with its members.

    Raises:
        RecordRefused: no member, a minimum above the members, or the name is taken in this unit.
    """
    members = sorted(set(person_ids))
    if not 1 <= min_office <= len(members):
        raise RecordRefused(
            _("%(min)s must stay at the office, but the group has %(count)s members.")
            % {"min": min_office, "count": len(members)},
            field="min_office",
        )
    try:
        with transaction.atomic():
            group = ServiceGroup.objects.create(
                unit=unit, name=name.strip(), min_office=min_office, starts_on=starts_on
            )
            GroupMember.objects.bulk_create(
                [GroupMember(group=group, person_id=who, starts_on=starts_on) for who in members]
            )
            record_audit(
                actor=actor, verb="wfh_group.create", obj=group,
                after={"name": group.name, "min_office": min_office, "people": members}, unit=unit, now=now,
            )  # fmt: skip
    except IntegrityError as clash:
        if not is_violation_of(clash, "schedules_servicegroup_one_open_per_name"):
            raise
        raise RecordRefused(_("This unit already has a group of that name."), field="name") from clash
    return group


@transaction.atomic
def end_group(*, group: ServiceGroup, ends_on: date, actor: User | None, now: datetime) -> None:
    """Close a group after `ends_on`; schedules made before keep what they were made with.

    Raises:
        RecordRefused: the last day lies before the first.
    """
    check_days(group.starts_on, ends_on)
    changed = ServiceGroup.objects.filter(pk=group.pk, ends_on__isnull=True).update(ends_on=ends_on)
    if changed:
        record_audit(
            actor=actor, verb="wfh_group.end", obj=group, after={"ends_on": str(ends_on)}, unit=group.unit, now=now
        )


# ---- the reward ----


def reward_state(person_id: int, day: date) -> tuple[bool, Box9Choice | None]:
    """Whether somebody may ask for the reward on `day`, and the choice that stands."""
    held = appointment_of(person_id, day)
    choice = Box9Choice.objects.on(day).filter(person_id=person_id).order_by("-starts_on").first()
    policy = policy_book(day, day).policy_for(held.unit.ancestor_ids, day) if held else None
    if policy is None or policy.rules.box9_mode == "NONE":
        return False, choice
    box = latest_boxes([person_id], day).get(person_id)
    return bool(box and box.is_rewarded and box.box in policy.rules.box9_boxes), choice


def choose_reward(*, person: Person, starts_on: date, actor: User | None, now: datetime) -> Box9Choice:
    """Ask for the box 9 reward from a day on; asking twice is asking once.

    Raises:
        RewardRefused: the day is past, the policy has no reward, or the box does not carry it.
    """
    if starts_on < timezone.localdate(now):
        raise RewardRefused(_("The reward can be asked for from today on."), field="starts_on")
    entitled, _choice = reward_state(person.pk, starts_on)
    if not entitled:
        raise RewardRefused(_("The reward is open to people in a rewarded box where the policy names it."))
    try:
        with transaction.atomic():
            row = Box9Choice.objects.create(person=person, starts_on=starts_on, chosen_at=now)
            record_audit(actor=actor, verb="box9.choose", obj=row, after={"starts_on": str(starts_on)}, now=now)
            return row
    except IntegrityError as clash:
        if not is_violation_of(clash, "schedules_box9choice_one_open"):
            raise
        return Box9Choice.objects.get(person=person, ends_on__isnull=True)


@transaction.atomic
def leave_reward(*, person: Person, ends_on: date, actor: User | None, now: datetime) -> None:
    """Give the reward up after `ends_on`; a choice that had not begun disappears. Twice is once."""
    for row in Box9Choice.objects.select_for_update().filter(person=person, ends_on__isnull=True):
        last = max(ends_on, timezone.localdate(now) - timedelta(days=1))
        if last < row.starts_on:
            row.delete()
        else:
            row.ends_on, row.left_at = last, now
            row.save(update_fields=["ends_on", "left_at"])
        record_audit(
            actor=actor, verb="box9.leave", obj=None, after={"person": person.pk, "ends_on": str(last)}, now=now
        )
