"""Categories, exceptions, counter groups, and the reward that is asked for."""

from datetime import date, timedelta

import pytest

from personnel.models import AuditEvent
from schedules import actions
from schedules.actions import records
from schedules.actions.records import RecordRefused, RewardRefused
from schedules.models import Box9Choice, CategoryRecord, EligibilityException, ServiceGroup
from schedules.queries.eligibility import judged_person
from schedules.rules.person_facts import Answer
from schedules.rules.verdicts import Rule
from talent.queries import Boxed
from tests.clock import NOW, TODAY
from tests.factories.schedules import make_colleagues, make_group, make_policy

CATEGORY = [{"category": "HEALTH_WATCH", "treatment": "MANDATORY", "entered_by": "OFFICER"}]


def record(cast, **changes):
    given = {"category": "HEALTH_WATCH", "starts_on": TODAY, "ends_on": None}
    return actions.record_category(person=cast.staff.person, **{**given, **changes}, actor=cast.officer, now=NOW)


def grant(cast, **changes):
    given = {"answer": "MAY_NOT", "starts_on": TODAY, "ends_on": None, "reason": "Mendampingi audit"}
    return actions.grant_exception(person=cast.staff.person, **{**given, **changes}, actor=cast.bkd, now=NOW)


class TestCategory:
    def test_it_changes_the_verdict(self, cast):
        make_policy(categories=CATEGORY)
        record(cast)

        assert judged_person(cast.staff.person, TODAY).verdict.answer == Answer.MUST

    def test_the_trail_does_not_name_the_category(self, cast):
        record(cast)

        event = AuditEvent.objects.get(verb="wfh_category.record")
        assert "HEALTH" not in str(event.after)

    def test_the_same_from_the_same_day_is_refused(self, cast):
        record(cast)

        with pytest.raises(RecordRefused):
            record(cast)
        assert CategoryRecord.objects.count() == 1

    def test_a_journey_needs_its_return(self, cast):
        with pytest.raises(RecordRefused):
            record(cast, category="TRAVEL_ABROAD")
        assert CategoryRecord.objects.count() == 0

    def test_withdrawn_it_says_nothing_and_twice_is_once(self, cast):
        make_policy(categories=CATEGORY)
        row = record(cast)

        actions.withdraw_category(record=row, actor=cast.officer, now=NOW)
        actions.withdraw_category(record=row, actor=cast.officer, now=NOW)

        assert judged_person(cast.staff.person, TODAY).verdict.answer == Answer.MAY
        assert AuditEvent.objects.filter(verb="wfh_category.withdraw").count() == 1

    def test_who_may_know_it_exists(self, cast):
        row = record(cast)

        seen = {
            name: CategoryRecord.objects.visible_to(getattr(cast, name)).filter(pk=row.pk).exists()
            for name in ("staff", "superior", "officer", "head", "other_officer", "bkd", "committee", "inspector")
        }
        assert {name for name, sees in seen.items() if sees} == {"staff", "officer", "bkd"}


class TestException:
    def test_it_decides_and_names_who_granted_it(self, cast):
        make_policy()
        grant(cast)

        found = judged_person(cast.staff.person, TODAY).verdict
        assert (found.answer, found.deciding.rule) == (Answer.MAY_NOT, Rule.EXCEPTION)
        assert found.deciding.sentence.values["name"] == "Lilis Suryani"

    def test_without_reason_or_with_days_reversed_nothing_is_granted(self, cast):
        with pytest.raises(RecordRefused):
            grant(cast, reason=" ")
        with pytest.raises(RecordRefused):
            grant(cast, ends_on=TODAY - timedelta(days=1))
        assert EligibilityException.objects.count() == 0

    def test_withdrawing_twice_is_once(self, cast):
        make_policy()
        row = grant(cast)

        actions.withdraw_exception(exception=row, actor=cast.bkd, now=NOW)
        actions.withdraw_exception(exception=row, actor=cast.bkd, now=NOW)

        assert judged_person(cast.staff.person, TODAY).verdict.answer == Answer.MAY
        assert AuditEvent.objects.filter(verb="wfh_exception.withdraw").count() == 1


class TestGroup:
    def test_a_minimum_above_the_members_is_refused(self, cast):
        team = make_colleagues(cast.seksi, 2)

        with pytest.raises(RecordRefused, match="3"):
            make_group(cast.seksi, team, min_office=3)
        assert ServiceGroup.objects.count() == 0

    def test_a_name_is_used_once_in_a_unit(self, cast):
        team = make_colleagues(cast.seksi, 2)
        make_group(cast.seksi, team)

        with pytest.raises(RecordRefused):
            make_group(cast.seksi, team)
        assert ServiceGroup.objects.count() == 1

    def test_closed_it_leaves_its_history(self, cast):
        group = make_group(cast.seksi, make_colleagues(cast.seksi, 2))

        actions.end_group(group=group, ends_on=date(2026, 11, 30), actor=cast.officer, now=NOW)
        actions.end_group(group=group, ends_on=date(2026, 12, 31), actor=cast.officer, now=NOW)

        group.refresh_from_db()
        assert group.ends_on == date(2026, 11, 30)
        assert AuditEvent.objects.filter(verb="wfh_group.end").count() == 1


class TestReward:
    @pytest.fixture
    def boxed(self, cast, monkeypatch):
        """The person stands in box 9 of a published period."""
        from schedules.queries import facts

        def boxes(person_ids, day):
            return {
                who: Boxed(who, 9, True, 1, "2026", "DAERAH v1", "SK 1", NOW - timedelta(days=60))
                for who in person_ids
                if who == cast.staff.person_id
            }

        monkeypatch.setattr(facts, "latest_boxes", boxes)
        monkeypatch.setattr(records, "latest_boxes", boxes)
        make_policy(box9_mode="ROLLING_3_3", max_consecutive=3, max_days_per_week=3)
        return cast

    def choose(self, cast, who="staff", starts_on=TODAY):
        user = getattr(cast, who)
        return actions.choose_reward(person=user.person, starts_on=starts_on, actor=user, now=NOW)

    def test_asked_for_it_opens_the_pattern(self, boxed):
        assert judged_person(boxed.staff.person, TODAY).verdict.deciding.rule == Rule.RATIO

        self.choose(boxed)

        assert judged_person(boxed.staff.person, TODAY).verdict.deciding.rule == Rule.REWARD

    def test_asking_twice_is_once(self, boxed):
        assert self.choose(boxed).pk == self.choose(boxed).pk
        assert AuditEvent.objects.filter(verb="box9.choose").count() == 1

    def test_without_the_box_or_for_the_past_it_is_refused(self, boxed):
        with pytest.raises(RewardRefused):
            self.choose(boxed, who="superior")
        with pytest.raises(RewardRefused):
            self.choose(boxed, starts_on=TODAY - timedelta(days=1))
        assert Box9Choice.objects.count() == 0

    def test_given_up_it_ends_and_the_history_stays(self, boxed):
        self.choose(boxed)

        actions.leave_reward(person=boxed.staff.person, ends_on=TODAY, actor=boxed.staff, now=NOW)
        actions.leave_reward(person=boxed.staff.person, ends_on=TODAY, actor=boxed.staff, now=NOW)

        assert Box9Choice.objects.get().ends_on == TODAY
        tomorrow = TODAY + timedelta(days=1)
        assert judged_person(boxed.staff.person, tomorrow).verdict.deciding.rule == Rule.RATIO
