"""Attendance's addresses."""

from attendance import actions
from tests.architecture.access import row
from tests.clock import FRIDAY, NOW


def _holiday(cast):
    holiday = actions.record_holiday(
        day=FRIDAY, name="Hari jadi", kind="REGIONAL", decree="Perbup 1/2026", actor=cast.bkd, now=NOW
    )
    return (holiday.pk,)


HOLIDAY = {"day": "2026-11-20", "name": "Hari jadi", "kind": "REGIONAL", "decree": "Perbup 1/2026"}

ACCESS = {
    "attendance:today": row("GET", anonymous=302, everyone=200),
    "attendance:clock_press": row("POST", anonymous=302, everyone=302),
    # Cards are fragments; a plain request is led to the page.
    "attendance:clock_card": row("GET", anonymous=302, everyone=302),
    "attendance:week_card": row("GET", anonymous=302, everyone=302),
    "attendance:upcoming_card": row("GET", anonymous=302, everyone=302),
    "attendance:my_attendance": row("GET", anonymous=302, everyone=200),
    "attendance:team_today": row("GET", anonymous=302, everyone=403, superior=200, head=200),
    "attendance:unit_days": row(
        "GET",
        anonymous=302,
        everyone=200,
        staff=403,
        superior=403,
        committee=403,
    ),
    "attendance:person_day": row(
        "GET",
        args=lambda cast: (cast.staff.person_id, "2026-11-18"),
        anonymous=302,
        everyone=200,
        other_officer=404,
        committee=404,
    ),
    "attendance:holiday_list": row("GET", anonymous=302, everyone=200),
    "attendance:holiday_record": row("POST", data=lambda cast: HOLIDAY, anonymous=302, everyone=403, bkd=302),
    "attendance:holiday_withdraw": row("POST", args=_holiday, anonymous=302, everyone=403, bkd=302),
    "api_attendance_punches": row("POST", anonymous=401, everyone=201),
    "api_attendance_my_day": row("GET", anonymous=401, everyone=200),
}
