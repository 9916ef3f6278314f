"""Who may do what: roles of an account on a day, and the predicates built on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from personnel.models import Job, Role, RoleGrant, Unit, User

# Roles that look at the whole institution they are granted for, by the nature of their work.
READS_PEOPLE = (Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.BKD_ADMIN, Role.INSPECTOR, Role.TALENT_COMMITTEE)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in force: `path` is the prefix of the units it covers."""

    role: str
    unit_id: int
    path: str


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`."""
    if not allowed:
        raise PermissionDenied


def roles_of(user: User, day: date | None = None) -> tuple[Grant, ...]:
    """The roles of `user` on `day` (today by default), read once per account object, so once per request."""
    if not getattr(user, "is_authenticated", False):
        return ()
    day = day or timezone.localdate()
    cache: dict[date, tuple[Grant, ...]] = user.__dict__.setdefault("_grants_by_day", {})
    if day not in cache:
        rows = RoleGrant.objects.filter(user_id=user.pk).on(day).order_by("pk")
        cache[day] = tuple(Grant(*row) for row in rows.values_list("role", "unit_id", "unit__path"))
    return cache[day]


def has_role(user: User, role: str, unit: Unit | None = None, day: date | None = None) -> bool:
    """Whether `user` holds `role` on `day`, over `unit` where one is named."""
    return any(
        grant.role == role and (unit is None or unit.path.startswith(grant.path)) for grant in roles_of(user, day)
    )


def has_any_role(user: User, roles: Iterable[str], unit: Unit | None = None, day: date | None = None) -> bool:
    return any(has_role(user, role, unit, day) for role in roles)


def paths_of(user: User, roles: Iterable[str], day: date | None = None) -> list[str]:
    """Path prefixes of the units over which `user` holds one of `roles`; empty means none."""
    wanted = set(roles)
    return sorted({grant.path for grant in roles_of(user, day) if grant.role in wanted})


def is_bkd(user: User, day: date | None = None) -> bool:
    return has_role(user, Role.BKD_ADMIN, day=day)


def is_inspector(user: User, day: date | None = None) -> bool:
    return has_role(user, Role.INSPECTOR, day=day)


def is_committee(user: User, day: date | None = None) -> bool:
    return has_role(user, Role.TALENT_COMMITTEE, day=day)


def is_officer(user: User, unit: Unit | None = None, day: date | None = None) -> bool:
    return has_role(user, Role.UNIT_OFFICER, unit, day)


def is_unit_head(user: User, unit: Unit | None = None, day: date | None = None) -> bool:
    return has_role(user, Role.UNIT_HEAD, unit, day)


def may_cancel_job(user: User, job: Job) -> bool:
    return job.created_by_id == user.pk or user.is_staff


def may_see_design(user: User) -> bool:
    """The living page of components is for those who look after the product."""
    return user.is_staff


def may_list_people(user: User) -> bool:
    """Lists of people are for those who look after a unit or the institution."""
    return has_any_role(user, READS_PEOPLE)


def may_set_superior(user: User, unit: Unit | None) -> bool:
    """The officer of the person's unit, and BKD."""
    return is_bkd(user) or (unit is not None and is_officer(user, unit))


def may_grant_roles(user: User) -> bool:
    return is_bkd(user)


def may_read_audit(user: User) -> bool:
    """Inspectors and BKD answer for what was done."""
    return is_bkd(user) or is_inspector(user)


def may_import_people(user: User) -> bool:
    """Personnel files are BKD's."""
    return is_bkd(user)


# Accounts are opened and unlocked by whoever looks after the people.
KEEPS_ACCOUNTS = (Role.UNIT_OFFICER, Role.BKD_ADMIN)


def may_keep_accounts(user: User) -> bool:
    return has_any_role(user, KEEPS_ACCOUNTS)
