"""The rail's entry of monitoring."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.navigation import NavEntry
from evaluation import access
from personnel import access as personnel
from personnel.models import User


def entries(user: User, context: Any) -> list[NavEntry]:
    if not access.may_watch(user):
        return []
    group = "bkd" if personnel.is_bkd(user) or personnel.is_inspector(user) else "unit"
    return [NavEntry(group, _("Monitoring"), "evaluation:day_board", order=90, icon="monitor")]
