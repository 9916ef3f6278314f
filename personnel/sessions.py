"""The session of a browser: opened at every door in one way, kept alive by use, closed."""

from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.utils import timezone

from personnel.actions import sign_in
from personnel.models import AccessCode, User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
ROW, SEEN, CODE = "kotak9_session", "kotak9_seen", "kotak9_first_sign_in"
# Use is written down at most this often, so that a page costs no write.
TOUCH_SECONDS = 300
# From typing the code to having chosen a password.
CHOICE_SECONDS = 1_800


def enter(request: HttpRequest, user: User) -> None:
    """Sign in, and note where."""
    now = timezone.now()
    login(request, user, backend=MODEL_BACKEND)
    request.session.pop(CODE, None)
    row = sign_in.open_session(
        user=user,
        agent=request.headers.get("User-Agent", ""),
        address=request.META.get("REMOTE_ADDR") or None,
        now=now,
    )
    request.session[ROW], request.session[SEEN] = row.pk, int(now.timestamp())


def leave(request: HttpRequest) -> None:
    if row_of(request):
        sign_in.close_session(session_id=row_of(request))
    logout(request)


def row_of(request: HttpRequest) -> int:
    """Key of the row of this session; 0 for one that has none."""
    return int(request.session.get(ROW, 0))


def touch(request: HttpRequest) -> None:
    """Push the idle limit of a session in use further away; saving it renews its end and its cookie."""
    now = timezone.now()
    if row_of(request) and now.timestamp() - request.session.get(SEEN, 0) >= TOUCH_SECONDS:
        sign_in.touch_session(session_id=row_of(request), now=now)
        request.session[SEEN] = int(now.timestamp())


def await_password(request: HttpRequest, code: AccessCode) -> None:
    """Remember, signed out as before, that this browser has shown a valid code."""
    request.session.cycle_key()
    request.session[CODE] = {"pk": code.pk, "hash": code.code_hash, "at": int(timezone.now().timestamp())}


def awaited_code(request: HttpRequest) -> AccessCode | None:
    """The code this browser has shown within the last half hour, if it is still the live one of its account."""
    shown, now = request.session.get(CODE), timezone.now()
    if not shown or now.timestamp() - shown["at"] >= CHOICE_SECONDS:
        return None
    live = AccessCode.objects.live(now).filter(pk=shown["pk"], code_hash=shown["hash"], user__is_active=True)
    return live.select_related("user").first()


def forget_code(request: HttpRequest) -> None:
    request.session.pop(CODE, None)
