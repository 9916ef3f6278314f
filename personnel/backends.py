"""The one-time code as a way to be recognised, never as a way to be signed in."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from personnel.actions import sign_in
from personnel.models import User


class OneTimeCodeBackend(BaseBackend):
    """Recognises NIP and code where the caller asks for it by `one_time_password`; other doors pass it by.

    `get_user` stays None: a session opened under this backend would be nobody's.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str = "", one_time_password: str = "", **_others: Any
    ) -> User | None:
        if not one_time_password:
            return None
        code = sign_in.code_of(username=username, typed=one_time_password, now=timezone.now())
        if code is None:
            return None
        code.user.presented_code = code
        return code.user
