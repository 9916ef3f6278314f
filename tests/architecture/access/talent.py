"""Addresses of talent."""

from tests.architecture.access import row
from tests.factories.talent import make_period, make_published

READERS = {"bkd": 200, "committee": 200, "inspector": 200}


def _period(cast):
    return (make_period().pk,)


def _published(cast):
    return (make_published().pk,)


def _placement(cast):
    return (make_published().placements.get(person_id=cast.staff.person_id).pk,)


ACCESS = {
    "talent:my_box": row("GET", anonymous=302, everyone=200),
    "talent:my_box_card": row("GET", anonymous=302, everyone=302),
    "talent:talent_map": row("GET", anonymous=302, everyone=403, **READERS),
    "talent:cell": row("GET", args=lambda cast: (*_published(cast), 9), anonymous=302, everyone=403, **READERS),
    "talent:outside": row("GET", args=_published, anonymous=302, everyone=403, **READERS),
    "talent:dossier": row("GET", args=_placement, anonymous=302, everyone=403, **READERS),
    "talent:period_list": row("GET", anonymous=302, everyone=403, **READERS),
    "talent:period_open": row("POST", anonymous=302, everyone=403, bkd=422),
    "talent:period_detail": row("GET", args=_period, anonymous=302, everyone=403, **READERS),
    "talent:period_compute": row(
        "POST", args=_period, anonymous=302, everyone=404, committee=403, inspector=403, bkd=302
    ),
    "talent:period_publish": row(
        "POST", args=_period, anonymous=302, everyone=404, committee=403, inspector=403, bkd=302
    ),
    "talent:period_close": row(
        "POST", args=_period, anonymous=302, everyone=404, committee=403, inspector=403, bkd=302
    ),
    "api_my_box": row("GET", anonymous=401, everyone=404),
}
