"""Who may look at the figures of which units."""

from personnel import access as personnel
from personnel.models import Role, User

WATCHERS = (Role.BKD_ADMIN, Role.INSPECTOR, Role.UNIT_OFFICER, Role.UNIT_HEAD)


def may_watch(user: User) -> bool:
    """BKD and inspectors watch the institution, officers and heads their own perangkat daerah."""
    return personnel.has_any_role(user, WATCHERS)


def watched_paths(user: User) -> list[str]:
    return personnel.paths_of(user, WATCHERS)
