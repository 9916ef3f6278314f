"""Two presses of one person at the same moment, in two real connections."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from attendance.models import DaySummary, Punch
from tests.cast import build_cast
from tests.clock import at
from tests.factories.attendance import press

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one connection and one writer"),
]


def _at_once(*calls):
    start, failures = Barrier(len(calls)), []

    def run(call):
        try:
            start.wait(5)
            call()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return failures


def test_the_same_key_sent_twice_at_once_is_one_punch():
    cast = build_cast()

    failures = _at_once(*[lambda: press(cast.staff, at("07:24"), key="same")] * 4)

    assert failures == []
    assert Punch.objects.count() == 1
    assert DaySummary.objects.get().first_in_at == at("07:24")


def test_two_different_presses_at_once_leave_a_day_that_knows_both():
    """Whichever is written last, it has waited for the other and counts it."""
    cast = build_cast()
    press(cast.staff, at("07:24"))

    failures = _at_once(lambda: press(cast.staff, at("16:00")), lambda: press(cast.staff, at("16:30")))

    assert failures == []
    assert Punch.objects.count() == 3
    assert DaySummary.objects.get().last_out_at == at("16:30")
