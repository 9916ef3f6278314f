"""The way to BKD and back: submit, return, ratify, withdraw, correct. Ratified is what attendance expects."""

from datetime import date

import pytest

from attendance.models import Absence, Arrangement
from attendance.queries import expected_place
from personnel.models import AuditEvent, Notice
from schedules import actions
from schedules.actions.plans import NotADraft, PlanRefused
from schedules.actions.versions import DecreeMissing, NotSubmitted, ReasonMissing, SubmissionRefused
from schedules.models import PlanVersion, VersionState
from schedules.rules import cells
from tests.clock import NOW
from tests.factories.personnel import make_person
from tests.factories.schedules import (
    make_colleagues,
    make_plan,
    make_policy,
    make_ratified,
    make_submitted,
    make_version,
)

DECREE = "Kep. 800/412/2026"


@pytest.fixture
def office(cast):
    cast.team = make_colleagues(cast.seksi, 6)
    make_policy(ratio_percent=50)
    return cast


def home_rows(version):
    rows = version.rows.values_list("person_id", "cells")
    return set(cells.home_cells(rows, version.plan.starts_on))


def arranged():
    return set(Arrangement.objects.values_list("person_id", "day"))


def ratify(version, cast, decree=DECREE, now=NOW):
    return actions.ratify_version(version=version, decree_number=decree, actor=cast.bkd, now=now)


class TestSubmit:
    def test_it_waits_at_bkd_and_says_who_sent_it_when(self, office):
        version = make_submitted(office.dinas_a, actor=office.officer)

        version.refresh_from_db()
        assert (version.state, version.submitted_by, version.submitted_at) == (
            VersionState.SUBMITTED, office.officer, NOW,
        )  # fmt: skip
        assert Notice.objects.filter(recipient=office.bkd, kind="wfh_plan.submitted").count() == 1
        assert AuditEvent.objects.filter(verb="wfh_plan.submit", actor=office.officer).count() == 1

    def test_a_broken_rule_is_refused_in_words(self, office):
        version = make_version(office.dinas_a)
        for row in version.rows.all():
            row.cells = cells.set_letter(row.cells, 1, cells.HOME)
            row.save()

        with pytest.raises(SubmissionRefused) as refusal:
            actions.submit_version(version=version, actor=office.officer, now=NOW)

        version.refresh_from_db()
        assert version.state == VersionState.DRAFT
        findings = refusal.value.details["findings"]
        assert any("Dinas Perizinan" in text for text in findings)
        assert refusal.value.message.startswith(findings[0])

    def test_leave_entered_after_the_computation_is_found(self, office):
        version = make_version(office.dinas_a)
        row = version.rows.get(person=office.team[0])
        day = date(2026, 12, row.cells.index(cells.HOME) + 1)
        Absence.objects.create(
            person=office.team[0], kind="CT", starts_on=day, ends_on=day, document="s", source="s", recorded_at=NOW
        )

        with pytest.raises(SubmissionRefused, match="Rekan 01"):
            actions.submit_version(version=version, actor=office.officer, now=NOW)

    def test_somebody_new_is_missing(self, office):
        version = make_version(office.dinas_a)
        make_person(unit=office.seksi, name="Baru Sekali")

        with pytest.raises(SubmissionRefused, match="Baru Sekali"):
            actions.submit_version(version=version, actor=office.officer, now=NOW)

    def test_twice_is_refused_and_once(self, office):
        version = make_submitted(office.dinas_a)

        with pytest.raises(NotADraft):
            actions.submit_version(version=version, actor=office.officer, now=NOW)
        assert AuditEvent.objects.filter(verb="wfh_plan.submit").count() == 1


class TestReturn:
    def test_it_goes_back_with_a_reason_and_the_officer_is_told(self, office):
        version = make_submitted(office.dinas_a)

        actions.return_version(version=version, reason="Loket kurang", actor=office.bkd, now=NOW)

        version.refresh_from_db()
        assert (version.state, version.decision_reason) == (VersionState.RETURNED, "Loket kurang")
        notice = Notice.objects.get(recipient=office.officer, kind="wfh_plan.returned")
        assert notice.params["reason"] == "Loket kurang"

    def test_without_a_reason_nothing_happens(self, office):
        version = make_submitted(office.dinas_a)

        with pytest.raises(ReasonMissing):
            actions.return_version(version=version, reason="  ", actor=office.bkd, now=NOW)

        version.refresh_from_db()
        assert version.state == VersionState.SUBMITTED

    def test_a_draft_cannot_be_returned(self, office):
        version = make_version(office.dinas_a)

        with pytest.raises(NotSubmitted):
            actions.return_version(version=version, reason="x", actor=office.bkd, now=NOW)

    def test_the_unit_corrects_it_in_the_next_number(self, office):
        version = make_submitted(office.dinas_a)
        actions.return_version(version=version, reason="Loket kurang", actor=office.bkd, now=NOW)

        draft = actions.revise_version(version=version, actor=office.officer, now=NOW)

        version.refresh_from_db()
        assert (draft.number, draft.state, version.state) == (2, VersionState.DRAFT, VersionState.RETURNED)
        assert home_rows(draft) == home_rows(version)
        assert actions.submit_version(version=draft, actor=office.officer, now=NOW).state == VersionState.SUBMITTED


class TestRatify:
    def test_attendance_expects_exactly_the_home_days_of_the_version(self, office):
        version = make_ratified(office.dinas_a)

        assert arranged() == home_rows(version)
        assert len(arranged()) > 20

    def test_the_day_says_which_version_and_decree_it_comes_from(self, office):
        version = make_ratified(office.dinas_a)
        person_id, day = sorted(home_rows(version))[0]

        place = expected_place(person_id, day)

        assert (place.place, place.source, place.version) == ("HOME", f"wfh-plan/{version.plan_id}", 1)
        assert "Desember 2026 v1" in place.label
        assert DECREE in place.label

    def test_the_people_and_the_unit_are_told(self, office):
        make_ratified(office.dinas_a)

        assert Notice.objects.filter(kind="wfh_plan.my_days", recipient=office.staff).count() == 1
        assert Notice.objects.filter(kind="wfh_plan.ratified", recipient=office.officer).count() == 1

    def test_twice_is_once(self, office):
        version = make_submitted(office.dinas_a)
        ratify(version, office)

        ratify(version, office)

        assert AuditEvent.objects.filter(verb="wfh_plan.ratify").count() == 1

    def test_without_a_decree_nothing_happens(self, office):
        version = make_submitted(office.dinas_a)

        with pytest.raises(DecreeMissing):
            ratify(version, office, decree=" ")

        assert arranged() == set()

    def test_a_draft_cannot_be_ratified(self, office):
        version = make_version(office.dinas_a)

        with pytest.raises(NotSubmitted, match="draf"):
            ratify(version, office)

        assert arranged() == set()

    def test_facts_that_changed_since_submission_stop_it(self, office):
        version = make_submitted(office.dinas_a)
        person_id, day = sorted(home_rows(version))[0]
        Absence.objects.create(
            person_id=person_id, kind="CT", starts_on=day, ends_on=day, document="s", source="s", recorded_at=NOW
        )

        with pytest.raises(SubmissionRefused):
            ratify(version, office)

        version.refresh_from_db()
        assert version.state == VersionState.SUBMITTED
        assert arranged() == set()

    def test_a_correction_supersedes_and_only_the_changed_are_told(self, office):
        first = make_ratified(office.dinas_a)
        draft = actions.revise_version(version=first, actor=office.officer, now=NOW)
        row = draft.rows.get(person=office.staff.person)
        day = date(2026, 12, row.cells.index(cells.HOME) + 1)
        actions.change_cell(
            version=draft, person_id=office.staff.person_id, day=day, home=False, actor=office.officer, now=NOW
        )
        assert arranged() == home_rows(first)
        Notice.objects.all().delete()

        actions.submit_version(version=draft, actor=office.officer, now=NOW)
        ratify(draft, office, decree="Kep. 2")

        first.refresh_from_db()
        assert first.state == VersionState.SUPERSEDED
        assert arranged() == home_rows(draft) == home_rows(first) - {(office.staff.person_id, day)}
        assert expected_place(office.staff.person_id, day).place == "OFFICE"
        told = set(Notice.objects.filter(kind="wfh_plan.my_days").values_list("recipient_id", flat=True))
        assert told == {office.staff.pk}

    def test_a_failure_in_publication_leaves_the_old_version_standing(self, office, monkeypatch):
        first = make_ratified(office.dinas_a)
        draft = actions.revise_version(version=first, actor=office.officer, now=NOW)
        actions.submit_version(version=draft, actor=office.officer, now=NOW)
        from schedules.actions import versions

        def lost(**_):
            raise ConnectionError

        monkeypatch.setattr(versions, "replace_arrangements", lost)
        with pytest.raises(ConnectionError):
            ratify(draft, office, decree="Kep. 2")

        assert list(PlanVersion.objects.order_by("number").values_list("state", flat=True)) == ["RATIFIED", "SUBMITTED"]
        assert arranged() == home_rows(first)


class TestWithdraw:
    MIDDLE = NOW.replace(month=12, day=15)

    def test_days_from_tomorrow_fall_away_and_the_past_stays(self, office):
        version = make_ratified(office.dinas_a)
        before = home_rows(version)

        actions.withdraw_version(version=version, reason="Keadaan darurat", actor=office.bkd, now=self.MIDDLE)

        assert arranged() == {(who, day) for who, day in before if day <= date(2026, 12, 15)}
        assert 0 < len(arranged()) < len(before)

    def test_it_is_the_next_number_with_its_reason(self, office):
        version = make_ratified(office.dinas_a)

        empty = actions.withdraw_version(version=version, reason="Keadaan darurat", actor=office.bkd, now=self.MIDDLE)

        version.refresh_from_db()
        assert (empty.number, empty.state, empty.decision_reason) == (2, VersionState.WITHDRAWN, "Keadaan darurat")
        assert version.state == VersionState.SUPERSEDED

    def test_without_a_reason_or_twice_nothing_happens(self, office):
        version = make_ratified(office.dinas_a)
        with pytest.raises(ReasonMissing):
            actions.withdraw_version(version=version, reason="", actor=office.bkd, now=NOW)
        actions.withdraw_version(version=version, reason="x", actor=office.bkd, now=NOW)

        with pytest.raises(NotSubmitted):
            actions.withdraw_version(version=version, reason="x", actor=office.bkd, now=NOW)
        assert PlanVersion.objects.count() == 2

    def test_a_new_schedule_can_follow(self, office):
        version = make_ratified(office.dinas_a)
        actions.withdraw_version(version=version, reason="x", actor=office.bkd, now=NOW)

        again = make_version(office.dinas_a)
        actions.submit_version(version=again, actor=office.officer, now=NOW)
        ratify(again, office, decree="Kep. 3")

        assert again.number == 3
        assert arranged() == home_rows(again)


class TestRevise:
    def test_while_another_is_open_it_is_refused(self, office):
        version = make_ratified(office.dinas_a)
        actions.revise_version(version=version, actor=office.officer, now=NOW)

        with pytest.raises(NotADraft):
            actions.revise_version(version=version, actor=office.officer, now=NOW)
        assert PlanVersion.objects.count() == 2

    def test_a_draft_is_edited_not_copied(self, office):
        version = make_version(office.dinas_a)

        with pytest.raises(NotADraft):
            actions.revise_version(version=version, actor=office.officer, now=NOW)

    def test_computing_anew_waits_while_bkd_decides(self, office):
        make_submitted(office.dinas_a)

        with pytest.raises(PlanRefused):
            make_plan(office.dinas_a)
