"""Where the log stands in the rail and on the home page."""

from django.utils.translation import gettext_lazy as _

from common.navigation import HomeCard, NavContext, NavEntry
from worklogs import access, queries


def entries(user, context: NavContext) -> list[NavEntry]:
    found = []
    if access.may_keep_a_log(user):
        found.append(NavEntry("me", _("Work log"), "worklogs:day_list", 20, icon="log", short=_("Log"), phone=1))
        waiting = waiting_count(user, context)
        if waiting or access.may_validate(user, context.day):
            found.append(
                NavEntry(
                    "superior", _("Validation"), "worklogs:validation", 10, count=waiting, icon="validate", phone=2
                )
            )
    if access.may_see_compliance(user, context.day):
        found.append(NavEntry("unit", _("Log compliance"), "worklogs:compliance", 40, icon="monitor"))
    return found


def waiting_count(user, context: NavContext) -> int:
    """Entries that wait for this account today, capped at 999 so that a crest costs no more than a day."""
    people = access.stands_for(user, context.day)
    return queries.waiting_of(people).exclude(person_id=user.person_id)[:999].count()


def home_cards(user) -> list[HomeCard]:
    if not access.may_keep_a_log(user):
        return []
    return [
        HomeCard("worklogs:card_today", 30, "c7 tall", _("Today's log")),
        HomeCard("worklogs:card_waiting", 40, "c5", _("Waiting for you")),
    ]
