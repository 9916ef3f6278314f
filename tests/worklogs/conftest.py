"""Pages of the log happen at the one moment of the tests."""

import pytest
from django.utils import timezone

from tests.clock import NOW


@pytest.fixture
def frozen(monkeypatch):
    """`timezone.now()` is NOW; change the moment with ``frozen(later)``."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(NOW)
    return at
