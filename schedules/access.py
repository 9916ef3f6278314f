"""Who may do what about working from home."""

from personnel.access import has_any_role, has_role, is_bkd, is_inspector, is_officer
from personnel.models import Role, Unit, User
from schedules.models import Plan, PlanVersion, VersionState

PLANNERS = (Role.UNIT_OFFICER, Role.UNIT_HEAD)


def may_see_policies(user: User) -> bool:
    """The page with everything about the documents; decrees in force are quoted to everybody where they act."""
    return is_bkd(user) or is_inspector(user) or plans_somewhere(user)


def may_set_policy(user: User) -> bool:
    return is_bkd(user)


def plans_somewhere(user: User) -> bool:
    return has_any_role(user, PLANNERS)


def may_see_plans(user: User) -> bool:
    return plans_somewhere(user) or is_bkd(user) or is_inspector(user)


def may_plan(user: User, unit: Unit) -> bool:
    """Generating, changing and submitting is for the officer or head of the whole perangkat daerah."""
    return has_any_role(user, PLANNERS, unit)


def may_change(user: User, version: PlanVersion) -> bool:
    return version.state == VersionState.DRAFT and may_plan(user, version.plan.unit)


def may_see_board(user: User) -> bool:
    return is_bkd(user) or is_inspector(user)


def may_ratify(user: User) -> bool:
    return is_bkd(user)


def may_see_eligibility(user: User) -> bool:
    return may_see_plans(user)


def may_see_health_reasons(user: User, unit: Unit) -> bool:
    """The purpose: whoever plans around a personal circumstance, not heads, inspectors or colleagues."""
    return is_bkd(user) or is_officer(user, unit)


def may_enter_category(user: User, unit: Unit, *, by_bkd_only: bool) -> bool:
    return is_bkd(user) or (not by_bkd_only and is_officer(user, unit))


def may_grant_exception(user: User, unit: Unit) -> bool:
    return is_bkd(user) or has_role(user, Role.UNIT_HEAD, unit)


def may_keep_groups(user: User, unit: Unit) -> bool:
    return has_any_role(user, PLANNERS, unit) or is_bkd(user)


def is_own_plan(user: User, plan: Plan) -> bool:
    return may_plan(user, plan.unit)
