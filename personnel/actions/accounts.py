"""Accounts and roles."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from common.db import in_chunks
from common.errors import DomainError
from personnel.actions.trace import record_audit
from personnel.actions.units import create_unit
from personnel.models import AccessCode, Person, Role, RoleGrant, Unit, UnitKind, User


class SetupRefused(DomainError):
    code = "setup_refused"


@transaction.atomic
def create_accounts(*, people: Iterable[Person], actor: User | None, now: datetime) -> int:
    """An account without a usable password for everyone who has none; returns how many were made.

    An account that stands under somebody's NIP without a person (the first administrator's) becomes theirs.
    """
    made = 0
    for chunk in in_chunks(people):
        _adopt(chunk)
        known = set(User.objects.filter(person__in=chunk).values_list("person_id", flat=True))
        rows = [
            User(
                username=person.nip,
                person=person,
                display_name=person.full_name[:150],
                email=person.email,
                password=make_password(None),
            )
            for person in chunk
            if person.pk not in known
        ]
        # Two officers at once make each account once.
        User.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
        made += User.objects.filter(person__in=chunk).count() - len(known)
    if made:
        record_audit(actor=actor, verb="accounts.create", obj=None, after={"count": made}, now=now)
    return made


def _adopt(people: Sequence[Person]) -> None:
    by_nip = {person.nip: person for person in people}
    found = list(User.objects.filter(username__in=by_nip, person__isnull=True))
    for user in found:
        user.person = by_nip[user.username]
    User.objects.bulk_update(found, ["person"])


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    unit: Unit,
    starts_on: date,
    ends_on: date | None = None,
    actor: User | None,
    now: datetime,
) -> RoleGrant:
    """Give a role over `unit` and everything below it. Granting the same again changes its end only."""
    grant, _created = RoleGrant.objects.update_or_create(
        user=user, role=role, unit=unit, starts_on=starts_on, defaults={"ends_on": ends_on, "granted_by": actor}
    )
    after = {"user": user.pk, "role": role, "from": str(starts_on), "until": str(ends_on) if ends_on else None}
    record_audit(actor=actor, verb="role.grant", obj=grant, after=after, unit=unit, now=now)
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, ends_on: date, actor: User | None, now: datetime) -> None:
    """End a role on its last day."""
    RoleGrant.objects.filter(pk=grant.pk).update(ends_on=ends_on)
    record_audit(actor=actor, verb="role.revoke", obj=grant, after={"until": str(ends_on)}, unit=grant.unit, now=now)


@transaction.atomic
def set_password(*, user: User, password: str, actor: User | None, now: datetime) -> None:
    """Give an account a password; the trace tells that it happened, never what it is."""
    user.set_password(password)
    user.save(update_fields=["password"])
    AccessCode.objects.filter(user=user).delete()
    record_audit(actor=actor, verb="account.set_password", obj=user, now=now)


@transaction.atomic
def set_language(*, user: User, language: str, now: datetime) -> None:
    User.objects.filter(pk=user.pk).update(language=language)
    record_audit(
        actor=user, verb="account.set_language", obj=user, before={"language": user.language},
        after={"language": language}, now=now,
    )  # fmt: skip


@transaction.atomic
def set_theme(*, user: User, theme: str, now: datetime) -> None:
    User.objects.filter(pk=user.pk).update(theme=theme)
    record_audit(
        actor=user, verb="account.set_theme", obj=user, before={"theme": user.theme}, after={"theme": theme}, now=now
    )


def code_file(home: Path) -> Path:
    """Where the hash of the one-time code lies while an office waits for its first administrator."""
    return home / "first_run_code"


def remember_code(*, home: Path, code: str) -> None:
    """Keep only the hash of the code that `manage.py start` prints."""
    path = code_file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(hashlib.sha256(code.encode()).hexdigest())


@transaction.atomic
def create_first_administrator(
    *, home: Path, code: str, username: str, name: str, password: str, institution: str, now: datetime
) -> User:
    """Open an empty office: its institution and the account that may set up everything else.

    Raises:
        SetupRefused: an account exists already, or the code is not the one printed in the terminal.
    """
    if User.objects.exists():
        raise SetupRefused(_("This office has its administrator already. Sign in."))
    path = code_file(home)
    printed = path.read_text().strip() if path.exists() else ""
    if not hmac.compare_digest(printed, hashlib.sha256(code.strip().encode()).hexdigest()):
        raise SetupRefused(_("The code is not the one printed in the terminal."), field="code")
    user = User(username=username, display_name=name, is_staff=True, is_superuser=True)
    user.set_password(password)
    user.save()
    root = create_unit(
        code="1", name=institution, kind=UnitKind.INSTITUTION, parent=None, starts_on=now.date(), actor=user, now=now
    )
    grant_role(user=user, role=Role.BKD_ADMIN, unit=root, starts_on=now.date(), actor=user, now=now)
    record_audit(actor=user, verb="office.open", obj=user, after={"name": institution}, unit=root, now=now)
    path.unlink()
    return user
