"""Getting people in: one-time codes, the first password, unlocking, and where somebody is signed in."""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as forget_failures
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.db import in_chunks
from common.errors import DomainError
from personnel import queries
from personnel.actions.accounts import create_accounts
from personnel.actions.notices import notify
from personnel.actions.trace import record_audit
from personnel.models import AccessCode, Person, User, UserSession
from personnel.rules import codes

CODE_LIFETIME = timedelta(days=14)
# One sheet: what is printed in one go, and what one transaction can write while others wait.
CODES_AT_ONCE = 500


class CodeRefused(DomainError):
    code = "code_refused"


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """The only moment at which a code can be read."""

    user: User
    code: str
    expires_at: datetime


def open_accounts(
    *, person_ids: Sequence[int], actor: User | None, now: datetime, progress: Callable[[int, int], object]
) -> int:
    """Accounts for many, 1,000 a transaction; stopped and run again it makes what is missing. Returns how many."""
    made = done = 0
    for chunk in in_chunks(person_ids):
        made += create_accounts(people=Person.objects.filter(pk__in=chunk), actor=actor, now=now)
        done += len(chunk)
        progress(done, len(person_ids))
    return made


@transaction.atomic
def issue_codes(*, person_ids: Collection[int], actor: User, now: datetime) -> list[IssuedCode]:
    """A new one-time code for each, by name; an older one of the same account is dead. Missing accounts are opened.

    Raises:
        CodeRefused: too many at once, or somebody is not in the actor's reach or stands above it.
    """
    wanted = set(person_ids)
    if len(wanted) > CODES_AT_ONCE:
        raise CodeRefused(
            _("%(number)d codes at once are too many; a sheet holds %(limit)d.")
            % {"number": len(wanted), "limit": CODES_AT_ONCE}
        )
    reach = queries.accounts_in_reach(actor, timezone.localdate(now), now)
    people = list(reach.filter(pk__in=wanted, may_receive_code=True).order_by("name", "pk"))
    if len(people) != len(wanted):
        raise CodeRefused(
            _("%(number)d of those chosen hold a role or are outside your units; BKD issues their code.")
            % {"number": len(wanted) - len(people)}
        )
    create_accounts(people=people, actor=actor, now=now)
    users = list(User.objects.filter(person__in=people).select_related("person").order_by("person__name", "pk"))
    issued = [_issue(user, actor, now) for user in users]
    _tell_owners(users, now)
    return issued


def _issue(user: User, actor: User, now: datetime) -> IssuedCode:
    code = codes.new_code(secrets.randbelow)
    kept, _created = AccessCode.objects.update_or_create(
        user=user,
        defaults={
            "code_hash": codes.fingerprint(code, owner=user.pk, secret=settings.SECRET_KEY),
            "issued_at": now,
            "expires_at": now + CODE_LIFETIME,
            "issued_by": actor,
        },
    )
    after = {"until": kept.expires_at.isoformat()}
    record_audit(actor=actor, verb="account.issue_code", obj=user, after=after, now=now)
    return IssuedCode(user, codes.shown(code), kept.expires_at)


def _tell_owners(users: Sequence[User], now: datetime) -> None:
    """Somebody who has a password learns that a code for their account exists."""
    notify(
        user_ids=[user.pk for user in users if user.has_usable_password()],
        kind="account.code",
        text=gettext_noop("A one-time code for your account has been issued. If you did not ask for it, tell BKD."),
        now=now,
    )


def code_of(*, username: str, typed: str, now: datetime) -> AccessCode | None:
    """The live code of the account if `typed` is it; whatever is wrong gives the same None."""
    kept = AccessCode.objects.live(now).filter(user__username=username, user__is_active=True)
    row = kept.select_related("user").first()
    expected, owner = (row.code_hash, row.user_id) if row else ("", 0)
    right = codes.matches(codes.normalised(typed), expected, owner=owner, secret=settings.SECRET_KEY)
    return row if right else None


@transaction.atomic
def choose_first_password(*, code: AccessCode, password: str, now: datetime) -> User:
    """Spend the code for a password. Two browsers with one code: the first one has it.

    Raises:
        CodeRefused: the code has been used, replaced or has expired meanwhile.
    """
    same = AccessCode.objects.live(now).filter(pk=code.pk, code_hash=code.code_hash, user__is_active=True)
    spent, _by_table = same.delete()
    if not spent:
        raise CodeRefused(_("This code is no longer valid. Ask your unit personnel officer for a new one."))
    user = code.user
    user.set_password(password)
    user.save(update_fields=["password"])
    UserSession.objects.filter(user=user).delete()
    record_audit(actor=user, verb="account.first_password", obj=user, now=now)
    return user


def remove_expired_access(*, now: datetime) -> int:
    """Codes nobody used in time and sessions idle too long; returns how many of both. Safe at any time."""
    unused, _by_table = AccessCode.objects.filter(expires_at__lte=now).delete()
    idle, _by_table = UserSession.objects.filter(seen_at__lt=now - idle_limit()).delete()
    SessionStore.clear_expired()
    return unused + idle


@transaction.atomic
def unlock_account(*, user: User, actor: User, now: datetime) -> None:
    """Forget the failed tries of an account, from every address."""
    failures = forget_failures(username=user.username)
    record_audit(actor=actor, verb="account.unlock", obj=user, after={"forgotten": failures}, now=now)


# ---- where somebody is signed in ----


def idle_limit() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


@transaction.atomic
def open_session(*, user: User, agent: str, address: str | None, now: datetime) -> UserSession:
    """Note a place where somebody signed in; what has been idle too long leaves the list."""
    UserSession.objects.filter(user=user, seen_at__lt=now - idle_limit()).delete()
    return UserSession.objects.create(
        user=user, device=codes.device_name(agent), address=address, started_at=now, seen_at=now
    )


def touch_session(*, session_id: int, now: datetime) -> None:
    UserSession.objects.filter(pk=session_id).update(seen_at=now)


def close_session(*, session_id: int) -> None:
    UserSession.objects.filter(pk=session_id).delete()


@transaction.atomic
def password_changed(*, user: User, session_id: int, now: datetime) -> None:
    """After a change by the owner: the other sessions are over, and a code still lying somewhere is dead."""
    AccessCode.objects.filter(user=user).delete()
    UserSession.objects.filter(user=user).exclude(pk=session_id).delete()
    record_audit(actor=user, verb="account.change_password", obj=user, now=now)


@transaction.atomic
def sign_out_everywhere(*, user: User, session_id: int, now: datetime) -> None:
    """End every session opened so far; the caller renews the one that asks, whose row is `session_id`."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    UserSession.objects.filter(user=user).exclude(pk=session_id).delete()
    record_audit(actor=user, verb="account.sign_out_everywhere", obj=user, now=now)
