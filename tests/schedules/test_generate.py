"""Computing a month: from policy, verdicts, absences and groups to letters; idempotent, cancellable, one at a time."""

from datetime import date

import pytest

from attendance.models import Absence, Holiday
from personnel.actions import JobAlreadyRunning, request_cancel, set_traits
from personnel.models import Job, JobState
from schedules import actions
from schedules.actions.plans import PlanRefused
from schedules.models import Plan, PlanVersion, VersionState
from schedules.queries.stored import broken_rules
from schedules.rules import cells
from schedules.tasks import generate_plan
from tests.clock import LONG_AGO, NOW, TODAY
from tests.factories.schedules import (
    DECEMBER,
    make_colleagues,
    make_group,
    make_plan,
    make_policy,
    make_ratified,
    make_submitted,
    make_version,
)


def letters(version, person):
    return version.rows.get(person=person).cells


@pytest.fixture
def office(cast):
    """The cast with eight more people in the seksi and half of them allowed home."""
    cast.team = make_colleagues(cast.seksi, 8)
    make_policy(ratio_percent=50)
    return cast


def test_everybody_of_the_perangkat_daerah_gets_a_row_and_nobody_else(office):
    version = make_version(office.dinas_a)

    expected = {p.pk for p in office.team} | {
        u.person_id for u in (office.staff, office.superior, office.officer, office.head)
    }
    assert set(version.rows.values_list("person_id", flat=True)) == expected
    assert all(len(text) == 31 for text in version.rows.values_list("cells", flat=True))


def test_the_independent_check_finds_nothing_and_people_alike_are_even(office):
    version = make_version(office.dinas_a)

    counts = {cells.count_home(letters(version, person)) for person in office.team}
    assert broken_rules(version) == []
    assert max(counts) - min(counts) <= 1
    assert min(counts) > 0


def test_the_ratio_is_kept_on_every_day(office):
    version = make_version(office.dinas_a)

    by_day = cells.home_by_day(list(version.rows.values_list("cells", flat=True)))
    assert max(by_day) <= 12 * 50 // 100


def test_weekends_and_holidays_have_their_letters(office):
    Holiday.objects.create(day=date(2026, 12, 25), name="Natal", kind="NATIONAL", decree="SKB")

    text = letters(make_version(office.dinas_a), office.staff.person)

    assert (text[4], text[5], text[24]) == (cells.WEEKEND, cells.WEEKEND, cells.HOLIDAY)


def test_absent_people_are_marked_and_not_sent_home(office):
    for kind, first, last in (("CT", 7, 9), ("DL", 10, 10), ("DK", 11, 11)):
        Absence.objects.create(
            person=office.team[0], kind=kind, starts_on=date(2026, 12, first), ends_on=date(2026, 12, last),
            document="surat", source=kind, recorded_at=NOW,
        )  # fmt: skip

    assert letters(make_version(office.dinas_a), office.team[0])[6:11] == "AAADT"


def test_direct_service_stays_at_the_office(office):
    set_traits(unit=office.seksi, is_direct_service=True, starts_on=LONG_AGO, actor=None, now=NOW)

    version = make_version(office.dinas_a)

    assert set(letters(version, office.staff.person)) <= {cells.CLOSED, cells.WEEKEND}
    assert cells.HOME in letters(version, office.officer.person)


def test_a_duty_to_be_home_is_kept_even_above_the_ratio(office):
    make_policy(
        ratio_percent=50,
        starts_on=DECEMBER,
        categories=[{"category": "PREGNANT", "treatment": "MANDATORY", "entered_by": "OFFICER"}],
    )
    actions.record_category(
        person=office.staff.person, category="PREGNANT", starts_on=TODAY, ends_on=None, actor=office.officer, now=NOW
    )

    version = make_version(office.dinas_a)

    assert set(letters(version, office.staff.person)) == {cells.DUTY, cells.WEEKEND}
    assert "PREGNANT" not in str(version.problem)
    assert broken_rules(version) == []


def test_a_closed_day_keeps_everybody_at_the_office(office):
    make_policy(ratio_percent=50, starts_on=DECEMBER, blocked_dates=[{"day": "2026-12-02", "label": "Pleno"}])

    version = make_version(office.dinas_a)

    assert {text[1] for text in version.rows.values_list("cells", flat=True)} == {cells.CLOSED}


def test_a_counter_group_stays_staffed(office):
    make_group(office.seksi, office.team[:3], min_office=2)

    version = make_version(office.dinas_a)

    rows = [letters(version, person) for person in office.team[:3]]
    assert max(cells.home_by_day(rows)) <= 1


def test_the_same_facts_give_the_same_draft_and_write_nothing(office):
    first = make_version(office.dinas_a)

    assert make_version(office.dinas_a).pk == first.pk
    assert PlanVersion.objects.count() == 1


def test_new_facts_give_the_next_number_and_supersede_the_draft(office):
    first = make_version(office.dinas_a)
    Absence.objects.create(
        person=office.team[0], kind="CT", starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 9),
        document="surat", source="x", recorded_at=NOW,
    )  # fmt: skip

    second = make_version(office.dinas_a)

    first.refresh_from_db()
    assert (first.state, second.number, second.state) == (VersionState.SUPERSEDED, 2, VersionState.DRAFT)


def test_a_locked_cell_stays_when_the_month_is_computed_again(office):
    version = make_version(office.dinas_a)
    text = letters(version, office.staff.person)
    position = text.index(cells.OFFICE)
    day = date(2026, 12, position + 1)
    actions.change_cell(
        version=version, person_id=office.staff.person_id, day=day, locked=True, actor=office.officer, now=NOW
    )

    again = make_version(office.dinas_a)

    assert again.pk != version.pk
    row = again.rows.get(person=office.staff.person)
    assert (row.cells[position], row.locked[position]) == (cells.OFFICE, "1")


def test_the_balance_and_the_runs_come_from_the_month_before(office):
    make_ratified(office.dinas_a)

    january = make_version(office.dinas_a, date(2027, 1, 1))

    totals = {p.pk: 0 for p in office.team}
    for version in (office_version(office.dinas_a, DECEMBER), january):
        for person in office.team:
            totals[person.pk] += cells.count_home(letters(version, person))
    assert max(totals.values()) - min(totals.values()) <= 2
    assert any(person.get("home_before") for person in january.problem["people"])


def office_version(unit, month):
    return PlanVersion.objects.get(plan__unit=unit, plan__starts_on=month, state=VersionState.RATIFIED)


class TestRefused:
    def test_without_a_policy(self, cast):
        with pytest.raises(PlanRefused, match="BKD"):
            make_version(cast.dinas_a)
        assert PlanVersion.objects.count() == 0

    def test_a_unit_that_is_no_perangkat_daerah(self, office):
        with pytest.raises(PlanRefused, match="Seksi Perizinan Usaha"):
            make_plan(office.seksi)
        assert Plan.objects.count() == 0

    def test_a_month_that_is_over(self, office):
        with pytest.raises(PlanRefused):
            make_plan(office.dinas_a, date(2026, 10, 1))
        assert Plan.objects.count() == 0

    def test_while_a_version_waits_at_bkd(self, office):
        make_submitted(office.dinas_a)

        with pytest.raises(PlanRefused, match="BKD"):
            make_plan(office.dinas_a)
        assert Job.objects.filter(state=JobState.QUEUED).count() == 1

    def test_two_at_once(self, office):
        make_plan(office.dinas_a)

        with pytest.raises(JobAlreadyRunning):
            make_plan(office.dinas_a)
        assert (Plan.objects.count(), Job.objects.count()) == (1, 1)


class TestTask:
    def queued(self, office):
        _plan, job = actions.request_generation(unit=office.dinas_a, starts_on=DECEMBER, actor=office.officer, now=NOW)
        return job

    def test_the_job_ends_with_the_version_and_its_address(self, office):
        job = self.queued(office)

        generate_plan(job_id=job.pk)

        job.refresh_from_db()
        version = PlanVersion.objects.get()
        assert (job.state, job.result, version.created_by) == (JobState.DONE, {"version": version.pk}, office.officer)
        assert job.result_url.endswith(f"/{version.pk}/")
        assert job.total > 1

    def test_the_same_message_twice_is_one_version(self, office):
        job = self.queued(office)

        generate_plan(job_id=job.pk)
        generate_plan(job_id=job.pk)

        assert PlanVersion.objects.count() == 1

    def test_a_refusal_ends_the_job_with_its_sentence(self, cast):
        _plan, job = actions.request_generation(unit=cast.dinas_a, starts_on=DECEMBER, actor=cast.officer, now=NOW)

        generate_plan(job_id=job.pk)

        job.refresh_from_db()
        assert job.state == JobState.FAILED
        assert "WFH" in job.message

    def test_cancelling_writes_nothing(self, office, monkeypatch):
        job = self.queued(office)
        from schedules import tasks

        def ask_to_stop(*, plan, on_step, **_):
            request_cancel(job=Job.objects.get(pk=job.pk), actor=office.officer, now=NOW)
            return actions.generate_version(plan=plan, on_step=on_step, actor=None, now=NOW)

        monkeypatch.setattr(tasks, "generate_version", ask_to_stop)
        generate_plan(job_id=job.pk)

        job.refresh_from_db()
        assert (job.state, PlanVersion.objects.count()) == (JobState.CANCELLED, 0)
