"""The ground's addresses."""

import io
from datetime import date

from personnel import actions
from personnel.actions import importing
from tests.architecture.access import row
from tests.clock import NOW


def _job(cast):
    return (actions.start_job(kind="test", scope="x", title="x", actor=cast.bkd, now=NOW).pk,)


def _notice(cast):
    actions.notify(user_ids=[cast.staff.pk], kind="test", text="x", now=NOW)
    return (cast.staff.notices.get().pk,)


def _batch(cast):
    batch = importing.receive_file(
        name="siasn.csv",
        content=io.BytesIO(b"NIP BARU,NAMA,JABATAN NAMA,UNOR NAMA\n"),
        effective_on=date(2026, 11, 1),
        actor=cast.bkd,
        now=NOW,
    )
    return (batch.pk,)


ACCESS = {
    "personnel:sign_in": row("GET", anonymous=200, everyone=302),
    "personnel:sign_in_demo": row("POST", anonymous=404, everyone=404),
    "personnel:sign_out": row("POST", anonymous=302, everyone=302),
    "personnel:first_run": row("GET", anonymous=404, everyone=404),
    "personnel:account": row("GET", anonymous=302, everyone=200),
    "personnel:account_set_language": row("POST", anonymous=302, everyone=302),
    "personnel:account_set_theme": row("POST", anonymous=302, everyone=302),
    "personnel:account_change_password": row("POST", anonymous=302, everyone=422),
    "personnel:first_sign_in": row("GET", anonymous=302, everyone=302),
    "personnel:account_sign_out_everywhere": row("POST", anonymous=302, everyone=302),
    "personnel:account_list": row("GET", anonymous=302, everyone=403, officer=200, other_officer=200, bkd=200),
    "personnel:account_create": row("POST", anonymous=302, everyone=403, officer=302, other_officer=302, bkd=302),
    "personnel:account_issue_codes": row(
        "POST",
        data=lambda cast: {"person": cast.staff.person_id},
        anonymous=302,
        everyone=403,
        officer=200,
        bkd=200,
        other_officer=404,
    ),
    "personnel:account_unlock": row(
        "POST",
        args=lambda cast: (cast.staff.person_id,),
        anonymous=302,
        everyone=403,
        officer=302,
        bkd=302,
        other_officer=404,
    ),
    "personnel:notice_list": row("GET", anonymous=302, everyone=200),
    "personnel:notice_read_all": row("POST", anonymous=302, everyone=302),
    "personnel:notice_open": row("POST", args=_notice, anonymous=302, everyone=404, staff=302),
    "personnel:job_detail": row("GET", args=_job, anonymous=302, everyone=404, bkd=200),
    "personnel:job_cancel": row("POST", args=_job, anonymous=302, everyone=404, bkd=302),
    "personnel:search": row("GET", anonymous=302, everyone=200),
    "personnel:person_detail": row(
        "GET", args=lambda cast: (cast.staff.person_id,), anonymous=302, everyone=200, other_officer=404
    ),
    "personnel:unit_detail": row("GET", args=lambda cast: (cast.seksi.pk,), anonymous=302, everyone=200),
    "personnel:person_list": row("GET", anonymous=302, everyone=200, staff=403, superior=403),
    "personnel:person_export": row("GET", anonymous=302, everyone=200, staff=403, superior=403),
    "personnel:person_set_superior": row(
        "POST",
        args=lambda cast: (cast.staff.person_id,),
        anonymous=302,
        everyone=403,
        officer=422,
        bkd=422,
        other_officer=404,
    ),
    "personnel:role_list": row("GET", anonymous=302, everyone=403, bkd=200),
    "personnel:role_revoke": row(
        "POST", args=lambda cast: (cast.officer.grants.get().pk,), anonymous=302, everyone=403, bkd=302
    ),
    "personnel:audit_list": row("GET", anonymous=302, everyone=403, bkd=200, inspector=200),
    "personnel:my_data": row("GET", anonymous=302, everyone=200),
    "personnel:my_data_export": row("GET", anonymous=302, everyone=200),
    "api_people": row("GET", anonymous=401, everyone=200, staff=403, superior=403),
    "api_units": row("GET", anonymous=401, everyone=200),
    "personnel:import_list": row("GET", anonymous=302, everyone=403, bkd=200),
    "personnel:import_detail": row("GET", args=_batch, anonymous=302, everyone=403, bkd=200),
    "personnel:import_commit": row("POST", args=_batch, anonymous=302, everyone=403, bkd=302),
    "personnel:import_cancel": row("POST", args=_batch, anonymous=302, everyone=403, bkd=302),
    "personnel:import_refused": row("GET", args=_batch, anonymous=302, everyone=403, bkd=200),
}
