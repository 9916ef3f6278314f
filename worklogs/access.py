"""Who may do what with entries of the log."""

from datetime import date

from personnel.access import has_any_role
from personnel.models import Role, User
from personnel.queries import has_reports
from worklogs.models import EntryState, LogEntry
from worklogs.models.entries import heads_replaced_by

READS_COMPLIANCE = (Role.UNIT_OFFICER, Role.UNIT_HEAD, Role.BKD_ADMIN, Role.INSPECTOR)


def may_keep_a_log(user: User) -> bool:
    """Whoever is a person of the office; an administrator's account without a person has no log."""
    return user.is_authenticated and user.person_id is not None


def is_writer(user: User, entry: LogEntry) -> bool:
    return user.person_id is not None and entry.person_id == user.person_id


def may_change(user: User, entry: LogEntry) -> bool:
    """Only the writer; a superior never touches the words of another."""
    return is_writer(user, entry)


def stands_for(user: User, day: date) -> frozenset[int]:
    """People for whom `user` validates on `day`: oneself, and the heads of units led as Plt or Plh.

    Read once per account object, so once per request.
    """
    if not user.is_authenticated or user.person_id is None:
        return frozenset()
    cache: dict[date, frozenset[int]] = user.__dict__.setdefault("_stands_for_by_day", {})
    if day not in cache:
        replaced = heads_replaced_by(user.person_id, day).values_list("person_id", flat=True)
        cache[day] = frozenset({user.person_id, *replaced})
    return cache[day]


def may_decide(user: User, entry: LogEntry, day: date) -> bool:
    """The validator, who acts for the validator on `day`, or whom the entry was passed up to; never the writer."""
    if is_writer(user, entry) or entry.state == EntryState.DRAFT:
        return False
    people = stands_for(user, day)
    return entry.validator_id in people or entry.escalated_to_id in people


def may_validate(user: User, day: date) -> bool:
    """Whether validation concerns this account at all: somebody reports to it, or it acts for somebody."""
    if not user.is_authenticated or user.person_id is None:
        return False
    return len(stands_for(user, day)) > 1 or has_reports(user.person_id, day)


def may_see_compliance(user: User, day: date) -> bool:
    """Counts without texts, for those who look after a unit, the institution or its discipline."""
    return has_any_role(user, READS_COMPLIANCE, day=day)


def may_set_policy(user: User) -> bool:
    return has_any_role(user, (Role.BKD_ADMIN,))
