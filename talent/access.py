"""Who may do what with profiles, facts, periods and placements."""

from datetime import date

from personnel.access import is_bkd
from personnel.models import User
from talent.models import Period, PeriodState
from talent.models.periods import reads_everything


def may_open_map(user: User) -> bool:
    """Lists of boxes are for BKD, the talent committee and the inspector only (UU 27/2022)."""
    return reads_everything(user)


def may_read_dossier(user: User) -> bool:
    return reads_everything(user)


def may_manage_periods(user: User) -> bool:
    """Opening, computing and publishing belong to BKD."""
    return is_bkd(user)


def may_compute(user: User, period: Period) -> bool:
    return is_bkd(user) and period.state in (PeriodState.OPEN, PeriodState.COMPUTED)


def may_publish(user: User, period: Period) -> bool:
    return is_bkd(user) and period.state == PeriodState.COMPUTED


def may_close(user: User, period: Period, day: date) -> bool:
    """Not before the last day for objections has passed."""
    due = period.objections_until is None or period.objections_until < day
    return is_bkd(user) and period.state == PeriodState.PUBLISHED and due
