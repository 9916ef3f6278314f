"""What attendance adds to the rail and to the home page."""

from django.utils.translation import gettext_lazy as _

from attendance import access
from attendance.queries.requests import waiting_count
from common.navigation import HomeCard, NavContext, NavEntry


def entries(user, context: NavContext) -> list[NavEntry]:
    found = []
    if access.may_clock(user):
        mine = "attendance:my_attendance"
        found.append(NavEntry("me", _("My attendance"), mine, 20, icon="clock", short=_("Attendance"), phone=3))
        found.append(NavEntry("me", _("Leave and corrections"), "attendance:request_list", 25, icon="leaf"))
    if access.leads_people(user, context.day):
        found.append(NavEntry("superior", _("My team"), "attendance:team_today", 20, icon="team"))
        waiting = waiting_count(user.person_id, context.day)
        inbox = "attendance:request_inbox"
        found.append(NavEntry("superior", _("Requests of the team"), inbox, 15, count=waiting, icon="inbox"))
    if access.reads_units(user):
        found.append(NavEntry("unit", _("Attendance of the unit"), "attendance:unit_days", 10, icon="unit"))
    if access.may_relieve(user):
        found.append(NavEntry("unit", _("Outages and dispensations"), "attendance:relief", 30, icon="shield"))
    if access.may_edit_calendar(user):
        found.append(NavEntry("bkd", _("Calendar"), "attendance:holiday_list", 60, icon="schedule"))
    return found


def home_cards(user) -> list[HomeCard]:
    if not access.may_clock(user):
        return []
    return [
        HomeCard("attendance:clock_card", 10, "c5 tall", _("Clock")),
        HomeCard("attendance:week_card", 20, "c7 tall", _("This week")),
        HomeCard("attendance:upcoming_card", 50, "c7", _("Next days away from the office")),
    ]
