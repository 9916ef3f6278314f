"""Attendance's addresses."""

from attendance import actions
from tests.architecture.access import row
from tests.clock import FRIDAY, NOW
from tests.factories.attendance import ask_absence, ask_correction


def _holiday(cast):
    holiday = actions.record_holiday(
        day=FRIDAY, name="Hari jadi", kind="REGIONAL", decree="Perbup 1/2026", actor=cast.bkd, now=NOW
    )
    return (holiday.pk,)


HOLIDAY = {"day": "2026-11-20", "name": "Hari jadi", "kind": "REGIONAL", "decree": "Perbup 1/2026"}
WANTED = {"kind": "CAP", "starts_on": "2026-12-01", "ends_on": "2026-12-02", "reason": "Menikah"}


def _relief(cast):
    return {
        "units": [cast.seksi.pk], "day": "2026-11-18", "starts": "07:30", "ends": "09:00", "reason": "Server padam",
        "decree": "ND 800/1/2026",
    }  # fmt: skip


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
    "attendance:request_list": row("GET", anonymous=302, everyone=200),
    "attendance:request_form": row("GET", anonymous=302, everyone=200),
    "attendance:request_inbox": row("GET", anonymous=302, everyone=403, superior=200, head=200),
    # Nobody answers for the committee, BKD and the inspector of this small office: a sentence on the form.
    "attendance:absence_request": row(
        "POST",
        data=lambda cast: WANTED,
        anonymous=302,
        everyone=302,
        head=409,
        other_officer=409,
        bkd=409,
        committee=409,
        inspector=409,
    ),
    # An empty form is answered on the page; what it takes is tested with the actions.
    "attendance:correction_request": row("POST", anonymous=302, everyone=422),
    "attendance:absence_request_withdraw": row(
        "POST",
        args=lambda cast: (ask_absence(cast.staff).pk,),
        anonymous=302,
        everyone=403,
        staff=302,
        other_officer=404,
        committee=404,
    ),
    "attendance:correction_request_withdraw": row(
        "POST",
        args=lambda cast: (ask_correction(cast.staff).pk,),
        anonymous=302,
        everyone=403,
        staff=302,
        other_officer=404,
        committee=404,
    ),
    "attendance:absence_request_decide": row(
        "POST",
        args=lambda cast: (ask_absence(cast.staff).pk,),
        data=lambda cast: {"deed": "APPROVE"},
        anonymous=302,
        everyone=403,
        superior=302,
        other_officer=404,
        committee=404,
    ),
    "attendance:correction_request_decide": row(
        "POST",
        args=lambda cast: (ask_correction(cast.staff).pk,),
        data=lambda cast: {"deed": "APPROVE"},
        anonymous=302,
        everyone=403,
        superior=302,
        other_officer=404,
        committee=404,
    ),
    "attendance:relief": row("GET", anonymous=302, everyone=403, officer=200, other_officer=200, bkd=200),
    "attendance:relief_record": row(
        "POST", data=_relief, anonymous=302, everyone=403, officer=302, other_officer=404, bkd=302
    ),
}
