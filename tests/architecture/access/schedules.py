"""Addresses of working from home."""

from tests.architecture.access import row
from tests.clock import NOW, TODAY
from tests.factories.schedules import make_group, make_policy, make_ratified, make_version


def _draft(cast):
    make_policy()
    return (make_version(cast.dinas_a).pk,)


def _ratified(cast):
    make_policy()
    return (make_ratified(cast.dinas_a).pk,)


def _person(cast):
    return (cast.staff.person_id,)


def _group(cast):
    return (make_group(cast.seksi, [cast.staff.person, cast.superior.person]).pk,)


def _exception(cast):
    from schedules import actions

    row_ = actions.grant_exception(
        person=cast.staff.person, answer="MAY", starts_on=TODAY, ends_on=None, reason="uji", actor=cast.bkd, now=NOW
    )
    return (row_.pk,)


def _category(cast):
    from schedules import actions

    row_ = actions.record_category(
        person=cast.staff.person, category="HEALTH_WATCH", starts_on=TODAY, ends_on=None, actor=cast.bkd, now=NOW
    )
    return (row_.pk,)


PLANNING = {"anonymous": 302, "staff": 403, "superior": 403, "committee": 403}
READING = {**PLANNING, "officer": 200, "head": 200, "other_officer": 200, "bkd": 200, "inspector": 200}
# A plan of another perangkat daerah does not exist for those who do not read it.
OF_A_PLAN = {
    "anonymous": 302, "staff": 404, "superior": 404, "committee": 404, "other_officer": 404, "inspector": 403,
}  # fmt: skip

ACCESS = {
    "schedules:policy_list": row("GET", **READING),
    "schedules:policy_new": row("GET", anonymous=302, everyone=403, bkd=200),
    "schedules:policy_set": row("POST", anonymous=302, everyone=403, bkd=422),
    "schedules:plan_list": row("GET", **READING),
    "schedules:plan_generate": row(
        "POST", **{**PLANNING, "bkd": 403, "inspector": 403, "officer": 302, "head": 302, "other_officer": 302}
    ),
    "schedules:version_detail": row(
        "GET", args=_draft, **{**OF_A_PLAN, "inspector": 200, "officer": 200, "head": 200, "bkd": 200}
    ),
    "schedules:cell_change": row("POST", args=_draft, **{**OF_A_PLAN, "officer": 204, "head": 204, "bkd": 403}),
    "schedules:version_submit": row("POST", args=_draft, **{**OF_A_PLAN, "officer": 302, "head": 302, "bkd": 403}),
    "schedules:version_revise": row("POST", args=_ratified, **{**OF_A_PLAN, "officer": 302, "head": 302, "bkd": 403}),
    "schedules:version_withdraw": row("POST", args=_ratified, **{**OF_A_PLAN, "officer": 403, "head": 403, "bkd": 302}),
    "schedules:board": row("GET", anonymous=302, everyone=403, bkd=200, inspector=200),
    "schedules:board_decide": row("POST", anonymous=302, everyone=403, bkd=302),
    "schedules:my_days": row("GET", anonymous=302, everyone=200),
    "schedules:reward_choose": row("POST", anonymous=302, everyone=302),
    "schedules:reward_leave": row("POST", anonymous=302, everyone=302),
    "schedules:eligibility_list": row("GET", **READING),
    "schedules:eligibility_person": row(
        "GET",
        args=_person,
        anonymous=302,
        everyone=403,
        staff=200,
        officer=200,
        head=200,
        bkd=200,
        inspector=200,
        other_officer=404,
    ),
    "schedules:exception_grant": row(
        "POST",
        args=_person,
        anonymous=302,
        everyone=403,
        committee=403,
        superior=403,
        other_officer=404,
        head=302,
        bkd=302,
    ),
    "schedules:exception_withdraw": row(
        "POST", args=_exception, anonymous=302, everyone=403, other_officer=404, head=302, bkd=302
    ),
    "schedules:category_record": row(
        "POST", args=_person, anonymous=302, everyone=403, other_officer=404, officer=302, bkd=302
    ),
    "schedules:category_withdraw": row(
        "POST", args=_category, anonymous=302, everyone=404, staff=403, officer=302, bkd=302
    ),
    "schedules:group_list": row("GET", **READING),
    "schedules:group_create": row(
        "POST", **{**PLANNING, "officer": 422, "head": 422, "other_officer": 422, "bkd": 422, "inspector": 403}
    ),
    "schedules:group_end": row(
        "POST", args=_group, anonymous=302, everyone=404, officer=302, head=302, bkd=302, inspector=403
    ),
    "api_schedules_mine": row("GET", anonymous=401, everyone=200),
    "api_schedules_plans": row("GET", anonymous=401, everyone=200),
}
