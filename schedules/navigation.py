"""What stands in the rail about working from home."""

from django.utils.translation import gettext_lazy as _

from common.navigation import NavContext, NavEntry
from personnel.access import is_bkd
from schedules import access
from schedules.models import PlanVersion, VersionState


def entries(user, context: NavContext) -> list[NavEntry]:
    found = []
    if user.person_id is not None:
        found.append(NavEntry("me", _("My WFH days"), "schedules:my_days", 45, icon="house", short=_("WFH")))
    if access.may_see_plans(user):
        group = "unit" if access.plans_somewhere(user) else "bkd"
        found += [
            NavEntry(group, _("WFH schedule"), "schedules:plan_list", 10, icon="schedule", short=_("Schedule")),
            NavEntry(group, _("WFH eligibility"), "schedules:eligibility_list", 20, icon="shield"),
            NavEntry(group, _("Counter groups"), "schedules:group_list", 30, icon="team"),
        ]
    if access.may_see_board(user):
        waiting = PlanVersion.objects.filter(state=VersionState.SUBMITTED).count() if is_bkd(user) else None
        found.append(NavEntry("bkd", _("Submissions to BKD"), "schedules:board", 5, count=waiting, icon="send"))
    if access.may_see_policies(user):
        group = "bkd" if access.may_see_board(user) else "unit"
        found.append(NavEntry(group, _("WFH policy"), "schedules:policy_list", 40, icon="policy"))
    return found
