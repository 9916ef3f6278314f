"""Who may do what with attendance."""

from datetime import date

from attendance.models import AbsenceRequest, CorrectionRequest
from attendance.models.visibility import READS_PRESENCE
from personnel.access import has_any_role, is_bkd, paths_of
from personnel.models import Role, Unit
from personnel.queries import has_reports, is_superior_of


def may_clock(user) -> bool:
    """Every account of a person has a clock; a position is asked for by the action."""
    return user.person_id is not None


def may_see_unit_days(user, unit: Unit | None = None) -> bool:
    """Officers and heads of the unit, BKD, inspectors."""
    return has_any_role(user, READS_PRESENCE, unit)


def reads_units(user) -> bool:
    return bool(paths_of(user, READS_PRESENCE))


def may_review_positions(user, path: str) -> bool:
    """Where people of the unit at `path` clocked is for its officer and for BKD, and each look is written down."""
    return any(path.startswith(above) for above in paths_of(user, (Role.UNIT_OFFICER, Role.BKD_ADMIN)))


def may_edit_calendar(user) -> bool:
    """The calendar of the institution is BKD's."""
    return is_bkd(user)


def leads_people(user, day: date) -> bool:
    """Whether somebody answers to this account's person; asked once per account object, so once per request."""
    if user.person_id is None:
        return False
    cache: dict[date, bool] = user.__dict__.setdefault("_leads_by_day", {})
    if day not in cache:
        cache[day] = has_reports(user.person_id, day)
    return cache[day]


def may_ask(user) -> bool:
    """Whoever is a person of the office may ask for absence and corrections."""
    return user.person_id is not None


def is_asker(user, request: AbsenceRequest | CorrectionRequest) -> bool:
    return user.person_id is not None and request.person_id == user.person_id


def may_decide_request(user, request: AbsenceRequest | CorrectionRequest, day: date) -> bool:
    """The superior of the first day, or who is the direct or acting superior on `day`; never the person itself."""
    if user.person_id is None or is_asker(user, request):
        return False
    return request.superior_id == user.person_id or is_superior_of(user, request.person_id, day)


RELIEVES = (Role.UNIT_OFFICER, Role.BKD_ADMIN)


def may_relieve(user, unit: Unit | None = None) -> bool:
    """Outages and dispensations are written down by the unit's officer for the own units, by BKD for all."""
    return has_any_role(user, RELIEVES, unit)
