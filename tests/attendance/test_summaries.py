"""Stored days and weeks follow from their facts: recomputing, marking, checking."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from attendance import actions, tasks
from attendance.actions import summaries
from attendance.models import (
    DayMark,
    DaySummary,
    Dispensation,
    HoursPolicyDocument,
    Punch,
    RosterDay,
    Shift,
    WeekSummary,
    WorkSchedule,
)
from attendance.queries import moment_of
from attendance.queries.checks import differences
from attendance.queries.facts import STORED_VALUES, PeopleFacts
from attendance.rules import hours
from personnel.actions import JobAlreadyRunning, start_job
from personnel.models import AuditEvent, EmploymentKind, Job, JobState, UnitTraits
from tests.clock import FRIDAY, LONG_AGO, MONDAY, NOW, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY, WIB, WITA, at
from tests.factories.attendance import arrange, make_absence, press
from tests.factories.personnel import make_person, make_unit

SUNDAY = MONDAY + timedelta(days=6)
AFTER = at("12:00", MONDAY + timedelta(days=7))


def punch(person, at_moment, direction="NONE", *, day=None, source="TERMINAL"):
    local = at_moment.astimezone(WIB).date()
    return Punch.objects.create(
        person=person,
        day=day or local,
        instant=at_moment,
        zone="Asia/Jakarta",
        direction=direction,
        source=source,
        client_key=f"{at_moment.isoformat()}",
        receipt="R",
        recorded_at=at_moment,
        verdict="",
    )


def workday(person, day, start="07:30", end="16:00"):
    punch(person, at(start, day), "IN", source="WEB")
    punch(person, at(end, day), "OUT", source="WEB")


def recompute(*people, now=AFTER, starts_on=MONDAY, ends_on=SUNDAY):
    return summaries.recompute_range(starts_on=starts_on, ends_on=ends_on, now=now, person_ids=[p.pk for p in people])


def stored(person):
    return {row.day: row for row in DaySummary.objects.filter(person=person)}


# ---- recomputing ----


def test_a_week_of_punches_becomes_seven_days_and_a_week(cast):
    person = cast.staff.person
    for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY):
        workday(person, day)
    workday(person, FRIDAY, "07:40", "16:30")

    done = recompute(person)

    assert (done.computed, done.written, done.removed) == (7, 7, 0)
    days = stored(person)
    assert [days[MONDAY + timedelta(days=n)].worked_minutes for n in range(7)] == [450] * 4 + [440, 0, 0]
    assert (days[FRIDAY].status, days[FRIDAY].late_code, days[SATURDAY].status) == ("LATE", "TL1", "OFF")
    week = WeekSummary.objects.get()
    assert (week.monday, week.target_minutes, week.worked_minutes, week.late_minutes, week.days) == (
        MONDAY, 2250, 2240, 10, 7,
    )  # fmt: skip


def test_a_repeat_writes_nothing(cast):
    workday(cast.staff.person, MONDAY)
    recompute(cast.staff.person)
    before = list(DaySummary.objects.values().order_by("pk")), list(WeekSummary.objects.values().order_by("pk"))

    done = recompute(cast.staff.person, now=AFTER + timedelta(hours=1))

    assert (done.computed, done.written, done.removed) == (7, 0, 0)
    assert (
        list(DaySummary.objects.values().order_by("pk")),
        list(WeekSummary.objects.values().order_by("pk")),
    ) == before


def test_only_the_changed_day_and_its_week_are_written(cast):
    for day in (MONDAY, TUESDAY):
        workday(cast.staff.person, day)
    recompute(cast.staff.person)
    punch(cast.staff.person, at("18:00", TUESDAY), "OUT", source="WEB")

    done = recompute(cast.staff.person, now=AFTER + timedelta(hours=1))

    assert done.written == 1
    assert DaySummary.objects.filter(computed_at=AFTER + timedelta(hours=1)).get().day == TUESDAY
    assert WeekSummary.objects.get().worked_minutes == 450 + 570


def test_a_day_without_punches_is_absent_when_it_is_over(cast):
    recompute(cast.staff.person)

    row = stored(cast.staff.person)[MONDAY]
    assert (row.status, row.absent_days, row.cut_points, row.target_minutes) == ("ABSENT", 1, 400, 450)
    assert WeekSummary.objects.get().absent_days == 5


def test_days_to_come_are_not_stored(cast):
    done = recompute(cast.staff.person, now=NOW)

    assert sorted(stored(cast.staff.person)) == [MONDAY, TUESDAY, WEDNESDAY]
    assert stored(cast.staff.person)[WEDNESDAY].status == "UPCOMING"
    assert done.computed == 3


def test_a_forgotten_out_is_closed_by_rule_and_marked(cast):
    press(cast.staff, at("07:30", MONDAY))
    assert DaySummary.objects.get().status == "OPEN"

    recompute(cast.staff.person)

    row = stored(cast.staff.person)[MONDAY]
    assert (row.status, row.auto_closed, row.missing_out, row.worked_minutes) == ("INCOMPLETE", True, True, 450)
    assert (row.early_code, row.open_since) == ("PSW4", None)


def test_a_recomputed_day_is_the_day_the_clock_wrote(cast):
    for clock in ("07:31", "12:02", "12:55", "16:20"):
        press(cast.staff, at(clock, TUESDAY))
    written = DaySummary.objects.values(*STORED_VALUES).get()

    recompute(cast.staff.person, starts_on=TUESDAY, ends_on=TUESDAY)

    assert DaySummary.objects.values(*STORED_VALUES).get() == written


def test_days_outside_an_appointment_are_removed(cast):
    person = cast.staff.person
    recompute(person)
    person.appointments.update(ends_on=WEDNESDAY)

    done = recompute(person)

    assert done.removed == 4
    assert max(stored(person)) == WEDNESDAY
    assert WeekSummary.objects.get().days == 3


def test_a_week_without_any_day_is_removed(cast):
    recompute(cast.staff.person)
    cast.staff.person.appointments.update(ends_on=MONDAY - timedelta(days=1))

    recompute(cast.staff.person)

    assert not WeekSummary.objects.exists()


def test_everybody_with_a_position_is_taken_when_nobody_is_named(cast):
    summaries.recompute_range(starts_on=MONDAY, ends_on=MONDAY, now=AFTER)

    assert DaySummary.objects.filter(day=MONDAY).count() == 8


def test_a_period_over_two_months_is_whole(cast):
    done = recompute(cast.staff.person, starts_on=date(2026, 10, 26), ends_on=date(2026, 11, 8))

    assert done.computed == 14
    assert {w.monday: w.days for w in WeekSummary.objects.all()} == {date(2026, 10, 26): 7, date(2026, 11, 2): 7}


def test_the_statements_do_not_grow_with_the_people(cast, queries_for):
    def cost(*people):
        return queries_for(lambda: recompute(*people))

    recompute(cast.staff.person, cast.superior.person, cast.officer.person, cast.head.person)
    one = cost(cast.staff.person)

    assert cost(cast.staff.person, cast.superior.person, cast.officer.person, cast.head.person) == one
    # hold people, seven kinds of facts, stored days, and the shared hours of the office
    assert one <= 18


def test_the_step_can_stop_the_work_between_two_chunks(cast, monkeypatch):
    monkeypatch.setattr(summaries, "PERSON_DAYS_PER_CHUNK", 7)

    class Stop(Exception):
        pass

    def step(done, total):
        assert total == 14
        raise Stop

    people = sorted([cast.staff.person_id, cast.superior.person_id])
    with pytest.raises(Stop):
        summaries.recompute_range(starts_on=MONDAY, ends_on=SUNDAY, now=AFTER, person_ids=people, step=step)

    assert set(DaySummary.objects.values_list("person_id", flat=True)) == {people[0]}


# ---- nights ----


@pytest.fixture
def nurse(cast):
    person = make_person(unit=cast.seksi, name="Nurse")
    night = Shift.objects.create(
        unit=cast.seksi, code="M", name="Malam", start_minute=1260, end_minute=1860, starts_on=LONG_AGO
    )
    RosterDay.objects.create(person=person, day=MONDAY, shift=night)
    RosterDay.objects.create(person=person, day=TUESDAY, shift=None)
    return person


def test_a_night_is_summed_on_the_day_it_starts_and_its_morning_filed_there(nurse):
    punch(nurse, at("20:55", MONDAY))
    morning = punch(nurse, at("07:03", TUESDAY))

    recompute(nurse, starts_on=MONDAY, ends_on=TUESDAY)

    days = stored(nurse)
    assert (days[MONDAY].worked_minutes, days[MONDAY].scheduled_minutes, days[MONDAY].status) == (603, 600, "PRESENT")
    assert (days[TUESDAY].status, days[TUESDAY].presence_minutes) == ("OFF", 0)
    morning.refresh_from_db()
    assert morning.day == MONDAY


def test_marking_the_morning_recomputes_the_night_before(nurse):
    punch(nurse, at("20:55", MONDAY))
    punch(nurse, at("07:03", TUESDAY))

    summaries.recompute_days(days=[(nurse.pk, TUESDAY)], now=AFTER)

    assert stored(nurse)[MONDAY].worked_minutes == 603


# ---- the same answer as the one-person reading ----


def test_many_people_are_read_as_one_is(cast, nurse):
    """Everything that changes a day, in one office: bulk and one-person reading agree to the last value."""
    wita = make_unit(parent=cast.dinas_b, name="Perwakilan Makassar")
    UnitTraits.objects.create(unit=wita, time_zone="Asia/Makassar", starts_on=LONG_AGO)
    far = make_person(unit=wita, name="Far")
    part = make_person(unit=cast.seksi, name="Part", employment=EmploymentKind.PPPK_PARUH_WAKTU, weekly_minutes=1200)
    moved = make_person(unit=cast.dinas_b, name="Moved")
    flexible = hours.flexible(hours.DEFAULT_POLICY)
    WorkSchedule.objects.create(
        unit=cast.bkd_unit, name="Fleksibel", legal_basis="SK", parameters=flexible.to_dict(), starts_on=LONG_AGO
    )
    HoursPolicyDocument.objects.create(
        unit=cast.dinas_b, legal_basis="SK", parameters={"tolerance_minutes": 15}, starts_on=TUESDAY
    )
    Dispensation.objects.create(
        unit=cast.dinas_a, day=WEDNESDAY, from_minute=420, to_minute=540, reason="r", decree="d", granted_at=NOW
    )
    people = [cast.staff.person, cast.bkd.person, cast.officer.person, cast.head.person, far, part, moved, nurse]
    make_absence(cast.officer.person, starts_on=TUESDAY, ends_on=THURSDAY)
    make_absence(cast.head.person, kind="DL", starts_on=MONDAY, from_minute=450, to_minute=600)
    make_absence(moved, kind="CLTN", starts_on=FRIDAY, source="leave/2")
    arrange(cast.staff.person, THURSDAY, FRIDAY)
    for number, person in enumerate(people):
        punch(person, at(f"07:{20 + number * 3}", MONDAY), "IN", source="WEB")
        punch(person, at("16:10", MONDAY), "OUT", source="WEB")
        punch(person, at("07:50", TUESDAY, WITA))
        punch(person, at("16:05", TUESDAY))
        punch(person, at("08:40", WEDNESDAY))
        punch(person, at("08:40:20", WEDNESDAY))
        punch(person, at("00:40", FRIDAY), "OUT", source="WEB", day=THURSDAY)
        punch(person, at("09:00", SATURDAY), "IN", source="WEB")
        punch(person, at("12:00", SATURDAY), "OUT", source="WEB")
    facts = PeopleFacts([p.pk for p in people], MONDAY, SUNDAY)

    for person in people:
        one = moment_of(person.pk, MONDAY, SUNDAY)
        for day in hours.days_between(MONDAY, SUNDAY):
            found = facts.computed(person.pk, day, now=AFTER)
            assert found.result == one.result(day, now=AFTER), (person.name, day)
            assert found.place == one.place_on(day).place, (person.name, day)
            assert found.unit_id == one.unit_on(day)["unit_id"]


# ---- marks ----


def test_a_mark_is_worked_off(cast):
    workday(cast.staff.person, MONDAY)
    actions.mark_days(days=[(cast.staff.person_id, MONDAY)], reason="test", now=NOW)

    assert tasks.recompute_marked() == 1

    assert DaySummary.objects.get().worked_minutes == 450
    assert WeekSummary.objects.get().worked_minutes == 450
    assert not DayMark.objects.exists()


def test_a_day_marked_while_it_is_computed_keeps_a_mark(cast, monkeypatch):
    """The mark is taken before the facts are read, so whatever is marked from then on stands for the next run."""
    person_id = cast.staff.person_id
    actions.mark_days(days=[(person_id, MONDAY)], reason="first", now=NOW)

    class FactsReadWhileSomebodyMarks(PeopleFacts):
        def __init__(self, *given):
            super().__init__(*given)
            assert not DayMark.objects.exists()
            actions.mark_days(days=[(person_id, MONDAY)], reason="second", now=NOW)

    monkeypatch.setattr(summaries, "PeopleFacts", FactsReadWhileSomebodyMarks)
    summaries.recompute_marked_batch(now=AFTER)

    assert DayMark.objects.get().reason == "second"


def test_a_recomputed_period_needs_no_marks_any_more(cast):
    actions.mark_days(
        days=[(cast.staff.person_id, MONDAY), (cast.staff.person_id, TUESDAY), (cast.head.person_id, MONDAY)],
        reason="test",
        now=AFTER + timedelta(days=1),
    )

    recompute(cast.staff.person, ends_on=MONDAY)

    assert set(DayMark.objects.values_list("person_id", "day")) == {
        (cast.staff.person_id, TUESDAY),
        (cast.head.person_id, MONDAY),
    }


def test_days_that_cannot_be_computed_keep_their_marks_and_hold_nobody_up(cast, monkeypatch, caplog):
    monkeypatch.setattr(summaries, "PERSON_DAYS_PER_CHUNK", 1)
    HoursPolicyDocument.objects.create(
        unit=cast.dinas_b, legal_basis="SK", parameters={"leave_effect": "MAYBE"}, starts_on=LONG_AGO
    )
    broken, sound = cast.other_officer.person_id, cast.staff.person_id
    actions.mark_days(days=[(broken, MONDAY), (sound, MONDAY)], reason="test", now=NOW)

    assert summaries.recompute_marked_batch(now=AFTER) == 1

    assert DaySummary.objects.get().person_id == sound
    assert DayMark.objects.values_list("person_id", "marked_at").get() == (broken, AFTER)
    assert "could not be recomputed" in caplog.text


def test_leave_recorded_later_reaches_day_and_week(cast):
    recompute(cast.staff.person)
    assert stored(cast.staff.person)[TUESDAY].status == "ABSENT"

    make_absence(cast.staff.person, starts_on=TUESDAY)
    tasks.recompute_marked()

    row = stored(cast.staff.person)[TUESDAY]
    assert (row.status, row.credited_minutes, row.place, row.absence_code) == ("EXCUSED", 450, "LEAVE", "CT")
    assert WeekSummary.objects.get().credited_minutes == 450


def test_a_holiday_declared_later_takes_the_day_from_the_target(cast):
    recompute(cast.staff.person)

    actions.record_holiday(day=WEDNESDAY, name="Pilkada", kind="REGIONAL", decree="Kepgub 1", actor=cast.bkd, now=AFTER)
    tasks.recompute_marked()

    assert WeekSummary.objects.get(person=cast.staff.person).target_minutes == 1800
    assert stored(cast.staff.person)[WEDNESDAY].status == "HOLIDAY"


def test_nothing_marked_is_nothing_done(db):
    assert tasks.recompute_marked() == 0


# ---- tasks and the check ----


def test_the_day_is_closed_for_everybody(cast):
    tasks.close_days()

    yesterday = timezone.localdate() - timedelta(days=1)
    assert DaySummary.objects.filter(day=yesterday).count() == 8
    assert WeekSummary.objects.filter(monday=hours.monday_of(yesterday)).count() == 8


def test_a_period_is_recomputed_as_a_job(cast):
    job = summaries.start_recompute(starts_on=MONDAY, ends_on=TUESDAY, actor=cast.bkd, now=NOW)

    tasks.recompute_period(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 16, 16)
    assert AuditEvent.objects.get(verb="attendance.recompute").after == {
        "starts_on": "2026-11-16",
        "ends_on": "2026-11-17",
    }


def test_a_period_the_wrong_way_round_is_refused(cast):
    with pytest.raises(summaries.PeriodReversed, match="2026-11-16"):
        summaries.start_recompute(starts_on=TUESDAY, ends_on=MONDAY, actor=cast.bkd, now=NOW)

    assert not Job.objects.exists()


def test_the_same_period_is_not_recomputed_twice_at_once(cast):
    summaries.start_recompute(starts_on=MONDAY, ends_on=TUESDAY, actor=cast.bkd, now=NOW)

    with pytest.raises(JobAlreadyRunning):
        summaries.start_recompute(starts_on=MONDAY, ends_on=TUESDAY, actor=cast.bkd, now=NOW)

    assert AuditEvent.objects.filter(verb="attendance.recompute").count() == 1


def test_a_job_somebody_else_has_is_left_alone(cast):
    job = start_job(kind="attendance.recompute", scope="x", title="x", params={}, actor=cast.bkd, now=NOW)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)

    tasks.recompute_period(job_id=job.pk)

    assert not DaySummary.objects.exists()


def test_the_check_finds_nothing_after_a_recomputation(cast):
    workday(cast.staff.person, MONDAY)
    recompute(cast.staff.person)

    assert list(differences([cast.staff.person_id], MONDAY, SUNDAY, now=AFTER)) == []


def test_the_check_names_every_value_that_differs(cast):
    workday(cast.staff.person, MONDAY)
    recompute(cast.staff.person)
    DaySummary.objects.filter(day=MONDAY).update(worked_minutes=500)
    DaySummary.objects.filter(day=SUNDAY).delete()

    found = list(differences([cast.staff.person_id], MONDAY, SUNDAY, now=AFTER))

    assert [(d.what, d.day, d.field, d.stored, d.computed) for d in found] == [
        ("day", MONDAY, "worked_minutes", 500, 450),
        ("day", SUNDAY, "row", False, True),
        ("week", MONDAY, "worked_minutes", 450, 500),
        ("week", MONDAY, "days", 7, 6),
    ]


def test_the_check_leaves_running_days_alone(cast):
    press(cast.staff, NOW)

    assert list(differences([cast.staff.person_id], WEDNESDAY, WEDNESDAY, now=NOW + timedelta(hours=1))) == []


def test_the_command_fails_on_a_difference_and_repairs_it(cast):
    period = ["--from", "2026-11-02", "--to", "2026-11-08"]
    with pytest.raises(CommandError, match="values differ"):
        call_command("check_summaries", *period, stdout=StringIO())

    told = StringIO()
    call_command("check_summaries", *period, "--repair", stdout=told)

    assert "every stored value follows from the facts" in told.getvalue()
    call_command("check_summaries", *period, stdout=StringIO())


def test_the_command_refuses_a_period_the_wrong_way_round(db):
    with pytest.raises(CommandError, match="is after"):
        call_command("check_summaries", "--from", "2026-11-08", "--to", "2026-11-02")
