"""Setting the norms of the log."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.db import is_violation_of
from personnel.actions import record_audit
from personnel.models import Unit, User
from worklogs.actions.refusals import PolicyRefused
from worklogs.models import LogPolicyDocument
from worklogs.rules.policy import policy_from


@transaction.atomic
def set_log_policy(
    *,
    unit: Unit | None,
    starts_on: date,
    parameters: dict[str, object],
    legal_basis: str,
    actor: User | None,
    now: datetime,
) -> LogPolicyDocument:
    """Decree norms and deadlines for a unit (None: the institution) from a day on.

    What stood before ends the day before.

    Raises:
        PolicyRefused: an unknown parameter, a value outside its range, no legal basis, or a policy from that very day.
    """
    if not legal_basis.strip():
        raise PolicyRefused(_("A policy names its legal basis."))
    try:
        policy_from(parameters)
    except ValueError as wrong:
        raise PolicyRefused(str(wrong)) from wrong
    standing = LogPolicyDocument.objects.filter(unit=unit, starts_on__lt=starts_on).on(starts_on)
    standing.update(ends_on=starts_on - timedelta(days=1))
    document = LogPolicyDocument(unit=unit, starts_on=starts_on, legal_basis=legal_basis, parameters=parameters)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError as clash:
        names = ("worklogs_logpolicydocument_one_start_per_unit", "worklogs_logpolicydocument_one_start_for_all")
        if not any(is_violation_of(clash, name) for name in names):
            raise
        message = _("A log policy already starts on %(day)s; choose another day.")
        raise PolicyRefused(message % {"day": starts_on.isoformat()}) from clash
    record_audit(actor=actor, verb="worklogs.set_log_policy", obj=document, after=parameters, unit=unit, now=now)
    return document
