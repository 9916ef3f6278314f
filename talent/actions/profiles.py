"""Taking scoring profiles in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import DomainError
from personnel.actions import record_audit
from personnel.models import User
from talent.models import Profile
from talent.rules.profile import label
from talent.rules.profile_json import ProfileError, from_text, to_json


class ProfileRefused(DomainError):
    code = "profile_refused"


@transaction.atomic
def save_profile(*, text: str, actor: User | None, now: datetime) -> Profile:
    """Keep the profile in the text of a profile file. The same file twice is kept once.

    Raises:
        ProfileRefused: the file has faults (all are in the details), or this version is in use and differs.
    """
    try:
        scheme = from_text(text)
    except ProfileError as faults:
        listed = [{"path": p.path, "code": p.code, "message": p.message} for p in faults.problems]
        message = _("The profile has %(count)s fault(s): %(first)s") % {
            "count": len(listed),
            "first": faults.problems[0].message,
        }
        raise ProfileRefused(message, problems=listed) from faults
    definition = to_json(scheme)
    held = Profile.objects.select_for_update().filter(code=scheme.code, version=scheme.version).first()
    if held is not None and held.definition == definition:
        return held
    if held is not None and held.used_at is not None:
        message = _("%(profile)s is in use and never changes; give the new one version %(next)s.") % {
            "profile": held,
            "next": scheme.version + 1,
        }
        raise ProfileRefused(message, code=scheme.code, version=scheme.version)
    profile = held or Profile(code=scheme.code, version=scheme.version)
    before = {"definition": held.definition} if held is not None else None
    profile.name, profile.sk_number, profile.definition = label(scheme.labels), scheme.sk_number, definition
    profile.save()
    record_audit(
        actor=actor, verb="profile.save", obj=profile, before=before, after={"definition": definition}, now=now
    )
    return profile
