"""What every test may ask for: the cast, a signed-in client, the count of queries."""

import os
from collections.abc import Callable

import hypothesis
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from personnel.models import User
from tests.cast import Cast, build_cast

pytest_plugins = ["tests.rendered"]

# Where a change is judged, the same examples are tried every time; at the desk new ones are.
hypothesis.settings.register_profile("judge", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("judge" if os.environ.get("CI") else "desk")


@pytest.fixture
def cast(db) -> Cast:
    return build_cast()


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """``client_of(cast.staff)``: a browser in which that account is signed in; None is the anonymous one."""

    def sign_in(user: User | None) -> Client:
        browser = Client()
        if user is not None:
            browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return sign_in


@pytest.fixture
def queries_for() -> Callable[[Callable[[], object]], int]:
    """Count the queries of one call: ``queries_for(lambda: client.get(url))``."""

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
