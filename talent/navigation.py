"""What talent adds to the rail and to the home page."""

from django.utils.translation import gettext_lazy as _

from common.navigation import HomeCard, NavContext, NavEntry
from talent import access


def entries(user, context: NavContext) -> list[NavEntry]:
    found = []
    if user.person_id:
        found.append(NavEntry("me", _("My box"), "talent:my_box", 30, icon="box9", short=_("Box"), phone=5))
    if access.may_open_map(user):
        found.append(NavEntry("bkd", _("Talent map"), "talent:talent_map", 30, icon="map"))
        found.append(NavEntry("bkd", _("Talent periods"), "talent:period_list", 31, icon="target"))
    return found


def home_cards(user) -> list[HomeCard]:
    return [HomeCard("talent:my_box_card", 70, "c5", _("My box"))] if user.person_id else []
