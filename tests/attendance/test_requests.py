"""Asking for leave, travel, training and corrections, deciding, and the pages."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from attendance import actions, queries
from attendance.models import Absence, AbsenceRequest, CorrectionRequest, DayMark, Dispensation, Outage, Punch
from attendance.queries.requests import annual_leaves, waiting_count
from personnel.models import Appointment, AuditEvent, Notice
from tests.cast import build_cast
from tests.clock import FRIDAY, MONDAY, NOW, SATURDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY, at
from tests.factories.attendance import ask_absence, ask_correction, make_absence, press
from tests.factories.personnel import make_person, make_user


def _approve(cast, request, **fields):
    return actions.approve_absence(request_id=request.pk, **{"actor": cast.superior, "now": NOW} | fields)


# ---- leave ----


def test_a_request_goes_to_the_superior_of_its_first_day(cast):
    request = ask_absence(cast.staff)

    assert (request.state, request.superior_id) == ("REQUESTED", cast.superior.person_id)
    notice = Notice.objects.get(recipient=cast.superior)
    assert notice.params["name"] == "Rina Marlina"
    assert "Keperluan" not in str(notice.params)
    assert AuditEvent.objects.get(verb="leave.request").after["kind"] == "CT"
    assert Absence.objects.count() == 0


def test_approval_records_the_absence_and_place_and_target_follow(cast):
    request = ask_absence(cast.staff, starts_on=WEDNESDAY, ends_on=THURSDAY)

    _approve(cast, request)

    request.refresh_from_db()
    absence = Absence.objects.get()
    assert (request.state, request.absence_id) == ("APPROVED", absence.pk)
    assert (absence.source, absence.document) == (f"request/{request.pk}", f"Permohonan {request.pk}")
    assert queries.expected_place(cast.staff.person_id, THURSDAY).place == "LEAVE"
    assert DayMark.objects.filter(person=cast.staff.person, day=WEDNESDAY).exists()
    assert Notice.objects.filter(recipient=cast.staff, kind="leave.approve").count() == 1


def test_the_letter_of_a_journey_stands_on_the_day(cast):
    request = ask_absence(cast.staff, kind="PD", document="SPT 090/77")

    _approve(cast, request)

    found = queries.expected_place(cast.staff.person_id, FRIDAY)
    assert (found.place, "SPT 090/77" in found.label) == ("TRAVEL", True)


def test_sick_leave_keeps_no_reason_and_shows_no_document(cast):
    request = ask_absence(cast.staff, kind="CS", ends_on=SATURDAY, document="SKD 12/RS", reason="Tifus")

    _approve(cast, request)

    assert AbsenceRequest.objects.get().reason == ""
    assert "SKD" not in Absence.objects.get().document
    traces = str(list(AuditEvent.objects.values_list("before", "after"))) + str(list(Notice.objects.values("params")))
    assert "Tifus" not in traces
    assert "SKD" not in traces


def test_the_table_itself_refuses_a_reason_for_sick_leave(cast):
    request = ask_absence(cast.staff, kind="CS")

    with pytest.raises(IntegrityError, match="sick_says_no_reason"), transaction.atomic():
        AbsenceRequest.objects.filter(pk=request.pk).update(reason="Tifus")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"kind": "DL"}, "DOCUMENT_MISSING", id="duty without a letter"),
        pytest.param({"ends_on": MONDAY}, "DATES_REVERSED", id="an end before the start"),
        pytest.param({"kind": "CLTN"}, "PPK_DECIDES", id="unpaid leave"),
        pytest.param({"starts_on": SATURDAY, "ends_on": SATURDAY}, "NO_WORKING_DAY", id="a Saturday"),
        pytest.param({"ends_on": date(2026, 12, 18)}, "QUOTA_EXCEEDED", id="more than is left"),
    ],
)
def test_conditions_refuse_with_a_sentence(cast, fields, code):
    with pytest.raises(actions.RequestRefused) as refusal:
        ask_absence(cast.staff, **fields)

    assert refusal.value.details["codes"] == [code]
    assert "%(" not in refusal.value.message
    assert AbsenceRequest.objects.count() == 0


def test_a_kind_outside_the_table_is_refused(cast):
    with pytest.raises(actions.RequestRefused):
        ask_absence(cast.staff, kind="CBER")


def test_the_quota_counts_what_is_taken_and_what_waits(cast):
    make_absence(cast.staff.person, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 6))
    ask_absence(cast.staff)

    account = annual_leaves([cast.staff.person_id], [2026])[cast.staff.person_id, 2026]

    assert (account.entitled, account.used, account.waiting, account.left) == (12, 5, 1, 6)


def test_leave_used_up_meanwhile_cannot_be_approved(cast):
    request = ask_absence(cast.staff)
    make_absence(cast.staff.person, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 16))

    with pytest.raises(actions.RequestRefused):
        _approve(cast, request)

    request.refresh_from_db()
    assert (request.state, Absence.objects.count()) == ("REQUESTED", 1)


def test_days_that_are_claimed_already_are_refused(cast):
    ask_absence(cast.staff, starts_on=THURSDAY, ends_on=FRIDAY)

    with pytest.raises(actions.AlreadyAsked):
        ask_absence(cast.staff)
    make_absence(cast.staff.person, starts_on=MONDAY)
    with pytest.raises(actions.AlreadyAsked):
        ask_absence(cast.staff, starts_on=MONDAY, ends_on=MONDAY)

    assert AbsenceRequest.objects.count() == 1


def test_whoever_has_no_superior_is_told_so(cast):
    with pytest.raises(actions.NoSuperior):
        ask_absence(cast.head)

    assert AbsenceRequest.objects.count() == 0


def test_a_rejection_needs_a_reason_and_says_it(cast):
    request = ask_absence(cast.staff)
    with pytest.raises(actions.RejectionNeedsReason):
        actions.reject_absence(request_id=request.pk, reason="  ", actor=cast.superior, now=NOW)

    actions.reject_absence(request_id=request.pk, reason="Pekan audit", actor=cast.superior, now=NOW)

    request.refresh_from_db()
    assert (request.state, request.decision_reason, Absence.objects.count()) == ("REJECTED", "Pekan audit", 0)
    assert Notice.objects.get(recipient=cast.staff).params["reason"] == "Pekan audit"


def test_a_decision_is_made_once(cast):
    request = ask_absence(cast.staff)
    _approve(cast, request)

    _approve(cast, request)
    with pytest.raises(actions.AlreadyDecided):
        actions.reject_absence(request_id=request.pk, reason="Terlambat", actor=cast.head, now=NOW)
    with pytest.raises(actions.AlreadyDecided):
        actions.withdraw_absence_request(request_id=request.pk, actor=cast.staff, now=NOW)

    assert AuditEvent.objects.filter(verb="leave.approve").count() == 1
    assert Absence.objects.count() == 1


def test_an_open_request_can_be_withdrawn_and_asked_again(cast):
    request = ask_absence(cast.staff)

    actions.withdraw_absence_request(request_id=request.pk, actor=cast.staff, now=NOW)
    actions.withdraw_absence_request(request_id=request.pk, actor=cast.staff, now=NOW)
    ask_absence(cast.staff)

    assert sorted(AbsenceRequest.objects.values_list("state", flat=True)) == ["REQUESTED", "WITHDRAWN"]
    assert AuditEvent.objects.filter(verb="leave.withdraw").count() == 1
    with pytest.raises(actions.AlreadyDecided):
        _approve(cast, request)


def test_who_stands_in_for_the_superior_decides_too(cast):
    ask_absence(cast.staff)
    assert waiting_count(cast.officer.person_id, TODAY) == 0

    Appointment.objects.create(
        person=cast.officer.person, unit=cast.seksi, position=cast.superior.person.appointments.get().position,
        kind="PLH", is_head=True, starts_on=TODAY,
    )  # fmt: skip

    assert waiting_count(cast.officer.person_id, TODAY) == 1
    assert waiting_count(cast.superior.person_id, TODAY) == 1


# ---- corrections ----


def test_an_approved_correction_is_a_punch_and_the_day_is_computed_again(cast):
    press(cast.staff, at("16:05", TUESDAY))
    request = ask_correction(cast.staff)

    actions.approve_correction(request_id=request.pk, actor=cast.superior, now=NOW)
    actions.approve_correction(request_id=request.pk, actor=cast.superior, now=NOW)

    punch = Punch.objects.get(source="CORRECTION")
    assert (punch.instant, punch.direction, punch.day) == (at("07:30", TUESDAY), "IN", TUESDAY)
    assert DayMark.objects.filter(person=cast.staff.person, day=TUESDAY).exists()
    actions.recompute_days(days=[(cast.staff.person_id, TUESDAY)], now=NOW)
    day = queries.day_summaries([cast.staff.person_id], TUESDAY, TUESDAY).get()
    assert (day.first_in_at, day.missing_in, day.worked_minutes >= 450) == (at("07:30", TUESDAY), False, True)


def test_a_fourth_correction_of_the_month_is_refused_and_a_rejected_one_does_not_count(cast):
    requests = [ask_correction(cast.staff, day=TUESDAY - timedelta(days=n)) for n in (0, 1, 4)]
    with pytest.raises(actions.RequestRefused, match="3"):
        ask_correction(cast.staff, day=TUESDAY - timedelta(days=5))

    actions.reject_correction(request_id=requests[0].pk, reason="Ada di mesin", actor=cast.superior, now=NOW)
    ask_correction(cast.staff, day=TUESDAY - timedelta(days=5))

    assert CorrectionRequest.objects.standing().count() == 3


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"day": TODAY - timedelta(days=15)}, "DAY_TOO_OLD", id="too old"),
        pytest.param({"day": TODAY, "minute": 600}, "FUTURE", id="an hour ahead"),
    ],
)
def test_a_correction_out_of_time_is_refused(cast, fields, code):
    with pytest.raises(actions.RequestRefused) as refusal:
        ask_correction(cast.staff, **fields)

    assert refusal.value.details["codes"] == [code]


def test_what_is_there_is_not_corrected(cast):
    press(cast.staff, at("07:20", TUESDAY))
    press(cast.staff, at("16:05", TUESDAY))

    for direction, minute in (("IN", 430), ("OUT", 1000)):
        with pytest.raises(actions.RequestRefused) as refusal:
            ask_correction(cast.staff, direction=direction, minute=minute)
        assert refusal.value.details["codes"] == ["PRESS_IS_KNOWN"]


def test_a_forgotten_clock_out_can_be_asked_for(cast):
    press(cast.staff, at("07:20", TUESDAY))

    request = ask_correction(cast.staff, direction="OUT", minute=965)

    assert request.instant == at("16:05", TUESDAY)


def test_the_same_clocking_waits_once(cast):
    ask_correction(cast.staff)

    with pytest.raises(actions.AlreadyAsked):
        ask_correction(cast.staff, minute=440)

    assert CorrectionRequest.objects.count() == 1


# ---- relief ----


def _relieve(cast, **fields):
    values = {
        "units": [cast.dinas_a, cast.seksi, cast.dinas_b], "day": TUESDAY, "from_minute": 450, "to_minute": 540,
        "reason": "Server padam", "decree": "ND 1", "is_outage": True, "actor": cast.bkd, "now": NOW,
    } | fields  # fmt: skip
    return actions.relieve_units(**values)


def test_units_are_dispensed_in_one_step_and_a_lower_one_is_covered(cast):
    _relieve(cast)

    assert set(Dispensation.objects.values_list("unit_id", flat=True)) == {cast.dinas_a.pk, cast.dinas_b.pk}
    outage = Outage.objects.get()
    assert (outage.started_at, outage.ended_at) == (at("07:30", TUESDAY), at("09:00", TUESDAY))
    assert Dispensation.objects.filter(outage=outage).count() == 2


def test_all_units_or_none(cast):
    _relieve(cast, units=[cast.dinas_b], is_outage=False)

    with pytest.raises(actions.AlreadyDispensed):
        _relieve(cast)
    with pytest.raises(actions.DispensationRefused):
        _relieve(cast, units=[])

    assert (Dispensation.objects.count(), Outage.objects.count()) == (1, 0)


# ---- pages ----


def test_the_whole_way_through_the_pages(cast, client_of, wednesday):
    mine, theirs = client_of(cast.staff), client_of(cast.superior)
    wanted = {"kind": "CT", "starts_on": "2026-11-20", "ends_on": "2026-11-20", "reason": "Keluarga", "document": ""}
    mine.post(reverse("attendance:absence_request"), wanted)
    request = AbsenceRequest.objects.get()
    assert "Keluarga" in theirs.get(reverse("attendance:request_inbox")).content.decode()

    theirs.post(reverse("attendance:absence_request_decide", args=[request.pk]), {"deed": "REJECT", "reason": ""})
    assert AbsenceRequest.objects.get().state == "REQUESTED"
    theirs.post(reverse("attendance:absence_request_decide", args=[request.pk]), {"deed": "APPROVE"})

    page = mine.get(reverse("attendance:request_list"))
    assert page.context["account"].left == 11
    assert AbsenceRequest.objects.get().state == "APPROVED"


def test_a_refusal_keeps_what_was_typed(cast, client_of, wednesday):
    typed = {"kind": "DL", "starts_on": "2026-11-20", "ends_on": "2026-11-20", "reason": "Rapat provinsi"}

    page = client_of(cast.staff).post(reverse("attendance:absence_request"), typed)

    assert page.status_code == 409
    assert "Rapat provinsi" in page.content.decode()


def test_a_correction_through_the_pages(cast, client_of, wednesday):
    typed = {"day": "2026-11-17", "direction": "IN", "clock": "07:30", "reason": "Lupa"}

    first = client_of(cast.staff).post(reverse("attendance:correction_request"), typed)
    again = client_of(cast.staff).post(reverse("attendance:correction_request"), typed)

    assert (first.status_code, again.status_code) == (302, 409)
    row = CorrectionRequest.objects.get()
    client_of(cast.superior).post(reverse("attendance:correction_request_decide", args=[row.pk]), {"deed": "APPROVE"})
    assert Punch.objects.get().source == "CORRECTION"


def test_a_day_with_a_gap_leads_to_the_form_with_its_day(cast, client_of, wednesday):
    press(cast.staff, at("07:20", TUESDAY))
    link = reverse("attendance:request_form") + "?hari=2026-11-17"

    pages = [
        client_of(user).get(reverse("attendance:person_day", args=[cast.staff.person_id, "2026-11-17"]))
        for user in (cast.staff, cast.superior)
    ]
    form = client_of(cast.staff).get(link)

    assert [link in page.content.decode() for page in pages] == [True, False]
    assert 'value="2026-11-17"' in form.content.decode()


def test_the_superior_sees_no_document_of_sick_leave(cast, client_of, wednesday):
    ask_absence(cast.staff, kind="CS", ends_on=SATURDAY, document="SKD 12/RS")

    inbox = client_of(cast.superior).get(reverse("attendance:request_inbox")).content.decode()
    own = client_of(cast.staff).get(reverse("attendance:request_list")).content.decode()

    assert ("Rina Marlina" in inbox, "SKD 12/RS" in inbox, "SKD 12/RS" in own) == (True, False, True)


def test_the_inbox_says_who_else_is_away(cast, client_of, wednesday):
    colleague = make_person(unit=cast.seksi, name="Asep Hidayat", superior=cast.superior.person)
    make_absence(colleague, starts_on=FRIDAY)
    ask_absence(cast.staff)

    page = client_of(cast.superior).get(reverse("attendance:request_inbox"))

    assert page.context["absences"][0].away == ("Asep Hidayat",)


def test_the_rail_counts_what_waits(cast, client_of, wednesday):
    ask_absence(cast.staff)
    ask_correction(cast.staff)

    assert waiting_count(cast.superior.person_id, TODAY) == 2
    assert (
        reverse("attendance:request_inbox")
        in client_of(cast.superior).get(reverse("attendance:request_list")).content.decode()
    )


def test_lists_take_the_same_queries_however_long_they_are(cast, client_of, queries_for, wednesday):
    colleagues = [make_user(make_person(unit=cast.seksi, superior=cast.superior.person)) for _ in range(6)]
    mine, theirs = client_of(cast.staff), client_of(cast.superior)
    inbox, own = reverse("attendance:request_inbox"), reverse("attendance:request_list")

    def ask(user, *days):
        for day in days:
            ask_absence(user, starts_on=day, ends_on=day)
        ask_correction(user)

    ask(cast.staff, FRIDAY)
    ask(colleagues[0], FRIDAY)
    theirs.get(inbox), mine.get(own)
    few = queries_for(lambda: theirs.get(inbox)), queries_for(lambda: mine.get(own))
    for user in colleagues[1:]:
        ask(user, THURSDAY, FRIDAY)
    ask_absence(cast.staff, starts_on=THURSDAY, ends_on=THURSDAY)
    ask_correction(cast.staff, day=MONDAY)

    assert (queries_for(lambda: theirs.get(inbox)), queries_for(lambda: mine.get(own))) == few


def test_relief_lists_only_the_own_units(cast, client_of, queries_for, wednesday):
    _relieve(cast, units=[cast.dinas_b])
    url = reverse("attendance:relief")

    officer, other = client_of(cast.officer).get(url), client_of(cast.other_officer).get(url)

    assert (len(officer.context["page"]), len(other.context["page"])) == (0, 1)
    browser = client_of(cast.bkd)
    browser.get(url)
    few = queries_for(lambda: browser.get(url))
    _relieve(cast, units=[cast.dinas_a, cast.bkd_unit], day=MONDAY)
    assert queries_for(lambda: browser.get(url)) == few


# ---- two at once ----


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time by nature")
def test_two_decisions_at_once_come_to_one_outcome():
    cast = build_cast()
    request = ask_absence(cast.staff)
    gate = Barrier(2)

    def run(deed) -> str:
        try:
            gate.wait(timeout=10)
            deed()
            return "done"
        except actions.AlreadyDecided as refusal:
            return refusal.code
        finally:
            connection.close()

    deeds = [
        lambda: actions.approve_absence(request_id=request.pk, actor=cast.superior, now=NOW),
        lambda: actions.reject_absence(request_id=request.pk, reason="Audit", actor=cast.head, now=NOW),
    ]
    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(run, deeds))

    assert outcome == ["already_decided", "done"]
    request.refresh_from_db()
    assert Absence.objects.count() == (request.state == "APPROVED")
