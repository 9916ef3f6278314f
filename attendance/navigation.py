"""What attendance adds to the rail and to the home page."""

from django.utils.translation import gettext_lazy as _

from attendance import access
from common.navigation import HomeCard, NavContext, NavEntry


def entries(user, context: NavContext) -> list[NavEntry]:
    found = []
    if access.may_clock(user):
        mine = "attendance:my_attendance"
        found.append(NavEntry("me", _("My attendance"), mine, 20, icon="clock", short=_("Attendance"), phone=3))
    if access.leads_people(user, context.day):
        found.append(NavEntry("superior", _("My team"), "attendance:team_today", 20, icon="team"))
    if access.reads_units(user):
        found.append(NavEntry("unit", _("Attendance of the unit"), "attendance:unit_days", 10, icon="unit"))
    if access.may_edit_calendar(user):
        found.append(NavEntry("bkd", _("Calendar"), "attendance:holiday_list", 60, icon="schedule"))
    return found


def home_cards(user) -> list[HomeCard]:
    if not access.may_clock(user):
        return []
    return [
        HomeCard("attendance:clock_card", 10, "c5 tall", _("Clock")),
        HomeCard("attendance:week_card", 20, "c7 tall", _("This week")),
        HomeCard("attendance:upcoming_card", 50, "c4", _("Next days away from the office")),
    ]
