"""The one entry that belongs to no app: *Hari ini*, which collects the cards of all."""

from django.utils.translation import gettext_lazy as _

from common.navigation import NavContext, NavEntry


def entries(user, context: NavContext) -> list[NavEntry]:
    return [NavEntry("me", _("Today"), "home", 0, icon="today", phone=0)]
