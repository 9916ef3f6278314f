"""The ground's entries of the rail."""

from django.utils.translation import gettext_lazy as _

from common.navigation import NavContext, NavEntry
from personnel import access
from personnel.models import User


def entries(user: User, context: NavContext) -> list[NavEntry]:
    shown: list[NavEntry] = []
    watches_all = access.is_bkd(user) or access.is_inspector(user) or access.is_committee(user)
    if access.may_list_people(user):
        group = "bkd" if watches_all else "unit"
        shown.append(NavEntry(group, _("People"), "personnel:person_list", 80, icon="team"))
    if access.may_keep_accounts(user):
        group = "bkd" if access.is_bkd(user) else "unit"
        shown.append(NavEntry(group, _("Accounts"), "personnel:account_list", 82, icon="shield"))
    if access.may_import_people(user):
        shown.append(NavEntry("bkd", _("Import"), "personnel:import_list", 85, icon="import"))
    if access.may_grant_roles(user):
        shown.append(NavEntry("bkd", _("Roles"), "personnel:role_list", 95, icon="lock"))
    if access.may_read_audit(user):
        shown.append(NavEntry("bkd", _("Audit trail"), "personnel:audit_list", 96, icon="history"))
    return shown
