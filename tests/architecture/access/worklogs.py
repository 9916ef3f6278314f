"""Addresses of the log."""

from datetime import timedelta

from django.utils import timezone

from tests.architecture.access import row
from tests.factories.worklogs import make_entry
from worklogs.models import Favourite

FORM = {"start": "07.00", "end": "07.01", "activity": "Rapat", "kind": "MAIN", "from_home": "yes"}


def _yesterday():
    return timezone.localdate() - timedelta(days=1)


def _draft(cast):
    return (make_entry(person=cast.staff.person, day=_yesterday(), written_at=timezone.now()).pk,)


def _sent(cast):
    return (make_entry(person=cast.staff.person, day=_yesterday(), state="SUBMITTED", written_at=timezone.now()).pk,)


def _closed(cast):
    by = {"state": "APPROVED", "decided_by": cast.superior, "written_at": timezone.now()}
    return (make_entry(person=cast.staff.person, day=_yesterday(), **by).pk,)


def _favourite(cast):
    made = Favourite.objects.create(person=cast.staff.person, activity="Rapat", created_at=timezone.now())
    return (made.pk,)


def _chosen(cast):
    return {"entry": f"{_sent(cast)[0]}:1", "deed": "APPROVE"}


def _decided(cast):
    return {"entry": str(_closed(cast)[0])}


DAY = {"data": lambda cast: {"tanggal": _yesterday().isoformat()}}
OWN_DRAFT = {"anonymous": 302, "everyone": 404, "staff": 302}
DECIDES = {"anonymous": 302, "everyone": 404, "staff": 403, "superior": 302, "bkd": 403, "inspector": 403}

ACCESS = {
    "worklogs:day_list": row("GET", anonymous=302, everyone=200),
    "worklogs:day_copy": row("POST", **DAY, anonymous=302, everyone=302),
    "worklogs:day_submit": row("POST", **DAY, anonymous=302, everyone=302),
    "worklogs:week_submit": row("POST", **DAY, anonymous=302, everyone=302),
    "worklogs:entry_write": row(
        "POST", data=lambda cast: {**FORM, "tanggal": _yesterday().isoformat()}, anonymous=302, everyone=302
    ),
    "worklogs:entry_change": row("POST", args=_draft, data=lambda cast: {**FORM, "version": "1"}, **OWN_DRAFT),
    "worklogs:entry_delete": row("POST", args=_draft, **OWN_DRAFT),
    "worklogs:entry_duplicate": row("POST", args=_draft, **OWN_DRAFT),
    "worklogs:favourite_keep": row("POST", args=_draft, **OWN_DRAFT),
    "worklogs:favourite_drop": row("POST", args=_favourite, **OWN_DRAFT),
    "worklogs:entry_history": row(
        "GET", args=_sent, anonymous=302, everyone=404, staff=200, superior=200, bkd=200, inspector=200
    ),
    "worklogs:validation": row("GET", anonymous=302, everyone=200),
    "worklogs:validation_decide": row("POST", data=_chosen, **DECIDES),
    "worklogs:validation_undo": row("POST", data=_decided, **DECIDES),
    "worklogs:entry_reopen": row("POST", args=_closed, data=lambda cast: {"version": "1", "reason": "x"}, **DECIDES),
    "worklogs:compliance": row(
        "GET", anonymous=302, everyone=403, officer=200, head=200, other_officer=200, bkd=200, inspector=200
    ),
    "worklogs:card_today": row("GET", anonymous=302, everyone=302),
    "worklogs:card_waiting": row("GET", anonymous=302, everyone=302),
    "api_log_entries": row(
        "GET", data=lambda cast: {"starts_on": "2026-11-02", "ends_on": "2026-11-06"}, anonymous=401, everyone=200
    ),
    "api_log_day_submit": row("POST", data=lambda cast: {"day": "2026-11-02"}, anonymous=401, everyone=409),
    "api_log_entry_decide": row(
        "POST", args=_sent, data=lambda cast: {"deed": "APPROVE", "version": 1},
        **{**DECIDES, "anonymous": 401, "superior": 200},
    ),
}  # fmt: skip
