"""The audit trail: sealed in order, and its command notices a changed, a removed and an inserted row."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from personnel import actions
from personnel.models import AuditEvent, ReadEvent
from tests.clock import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def _write(count: int) -> None:
    for number in range(count):
        actions.record_audit(actor=None, verb=f"deed.{number}", obj=None, after={"n": number}, now=NOW)


def _verify() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    return out.getvalue()


def test_a_sealed_trail_holds():
    _write(5)

    assert actions.seal_events(now=LATER) == 5
    assert actions.seal_events(now=LATER) == 0
    assert _verify() == "5 events hold; 0 wait for sealing.\n"


def test_an_event_of_this_moment_waits_for_the_next_sealing():
    _write(1)

    assert actions.seal_events(now=NOW + timedelta(seconds=5)) == 0


def test_sealing_goes_on_where_it_stopped():
    _write(2)
    actions.seal_events(now=LATER)
    _write(2)
    actions.seal_events(now=LATER)

    assert list(AuditEvent.objects.order_by("pk").values_list("seal_number", flat=True)) == [1, 2, 3, 4]
    assert _verify().startswith("4 events hold")


def _change():
    AuditEvent.objects.filter(seal_number=2).update(after={"n": 99})


def _remove():
    AuditEvent.objects.filter(seal_number=3).delete()


def _insert():
    AuditEvent.objects.create(happened_at=NOW, verb="forged", object_type="", seal_number=4, seal="0" * 64)


@pytest.mark.parametrize("touch", [_change, _remove, _insert])
def test_a_touched_row_is_noticed(touch):
    _write(3)
    actions.seal_events(now=LATER)
    touch()

    with pytest.raises(CommandError, match="does not hold at 1 place"):
        _verify()


def test_reading_others_leaves_a_trace_and_reading_oneself_does_not(cast):
    actions.record_read(
        reader=cast.bkd,
        person_ids=[cast.staff.person_id, cast.bkd.person_id],
        what="talent.placement",
        purpose="calibration",
        now=NOW,
    )

    assert [(row.person_id, row.reader) for row in ReadEvent.objects.all()] == [(cast.staff.person_id, cast.bkd)]
