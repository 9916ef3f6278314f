"""Pages of this app ask for the clock; in these tests it stands still."""

import pytest
from django.utils import timezone

from tests.clock import NOW


@pytest.fixture
def still_clock(monkeypatch):
    """Wednesday 18 November 2026, 09:00 WIB, for views too."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
