"""The clock of the pages stands still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from tests.clock import NOW


@pytest.fixture
def at_time(monkeypatch) -> Callable[[datetime], None]:
    """``at_time(at("16:02"))``: what the server's clock says from here on."""

    def stand(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return stand


@pytest.fixture
def wednesday(at_time) -> datetime:
    """Wednesday 18 November 2026, 09:00 WIB, for everything that asks the server."""
    at_time(NOW)
    return NOW
