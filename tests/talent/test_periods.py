"""Periods: opened, computed, published, closed; each refused where it must be, each twice the same."""

from datetime import date, timedelta

import pytest

from personnel.models import AuditEvent, Employment, Job, JobState, Notice
from talent import actions
from talent.actions.placing import Placer, place_people
from talent.models import Evidence, PeriodState, Placement
from talent.queries import facts_of, latest_boxes
from talent.queries.box_page import box_page
from talent.rules.evidence import decode
from talent.rules.scoring import score
from talent.rules.stored import parse, to_text
from talent.tasks import compute_period
from tests.clock import NOW, TODAY
from tests.factories.talent import compute, give, give_all, make_period, make_published, profile_of

UNTIL = date(2026, 11, 30)


def placed(period, user):
    return Placement.objects.get(period=period, person_id=user.person_id)


def test_opening_binds_the_profile_for_good(cast):
    period = make_period()

    assert period.state == PeriodState.OPEN
    assert profile_of().used_at == NOW
    assert AuditEvent.objects.get(verb="period.open").after["profile"] == "DAERAH v1"


def test_a_period_of_tomorrow_or_of_the_same_name_is_refused(cast):
    make_period(name="2026")

    with pytest.raises(actions.PeriodRefused, match="belum tiba"):
        make_period(name="2027", reckoning_on=TODAY + timedelta(days=1))
    with pytest.raises(actions.PeriodRefused, match="sudah ada"):
        make_period(name="2026")


def test_everyone_gets_a_box_or_a_reason(cast):
    give_all(cast.staff.person)

    period = make_period()
    compute(period)

    mine, other = placed(period, cast.staff), placed(period, cast.superior)
    assert (mine.box, str(mine.y_value), mine.y_category, mine.is_rewarded) == (9, "94.000000", "DIATAS", True)
    assert (other.box, other.unmapped, other.y_value) == (None, "MANDATORY_MISSING", None)
    assert Placement.objects.filter(period=period).count() == 8
    assert period.state == PeriodState.COMPUTED


def test_the_stored_points_are_those_of_the_engine_and_lead_to_the_records(cast):
    give_all(cast.staff.person)
    period = make_period()
    compute(period)

    stored = placed(period, cast.staff)
    evidence = Evidence.objects.get(period=period, person=cast.staff.person)
    result = score(Placer(period).scheme, decode(evidence.records))

    assert stored.result == to_text(result)
    leaf = next(leaf for leaf in parse(stored.result).leaves["y"] if leaf.key == "predikat_tahunan")
    fact = cast.staff.person.talent_facts.get(key="predikat_tahunan")
    assert (leaf.record_ids, leaf.raw, leaf.contribution) == ((f"fact/{fact.pk}",), "SANGAT_BAIK", 60)


def test_computing_again_writes_nothing_and_one_new_fact_moves_one_person(cast):
    for user in (cast.staff, cast.superior):
        give_all(user.person)
    period = make_period()
    compute(period)
    placer, people = Placer(period), list(Employment.objects.values_list("person_id", flat=True))

    assert place_people(placer=placer, person_ids=people) == 0

    give(cast.staff.person, "penghargaan", "INTERNASIONAL", source="MyASN")
    assert place_people(placer=placer, person_ids=people) == 1
    assert str(placed(period, cast.staff).y_value) == "96.500000"


def test_a_job_runs_once_and_ends_done(cast):
    period = make_period()
    job = actions.start_compute(period_id=period.pk, actor=cast.bkd, now=NOW)

    compute_period(job_id=job.pk)
    compute_period(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == (JobState.DONE, 8, 8, {"people": 8, "unmapped": 8})
    assert AuditEvent.objects.filter(verb="period.computed").count() == 1


def test_a_cancelled_job_leaves_the_period_open(cast):
    period = make_period()
    job = actions.start_compute(period_id=period.pk, actor=cast.bkd, now=NOW)
    Job.objects.filter(pk=job.pk).update(is_cancel_requested=True)

    compute_period(job_id=job.pk)

    job.refresh_from_db()
    period.refresh_from_db()
    assert (job.state, period.state) == (JobState.CANCELLED, PeriodState.OPEN)


def test_who_has_left_is_dropped_at_the_next_computation(cast):
    period = make_period()
    compute(period)
    Employment.objects.filter(person=cast.staff.person).update(ends_on=TODAY - timedelta(days=1))

    compute(period)

    assert not Placement.objects.filter(period=period, person=cast.staff.person).exists()
    assert not Evidence.objects.filter(period=period, person=cast.staff.person).exists()


def test_publishing_tells_everyone_once(cast):
    period = make_published()
    actions.publish_period(period_id=period.pk, objections_until=UNTIL, actor=None, now=NOW)

    assert period.state == PeriodState.PUBLISHED
    assert Notice.objects.filter(kind="talent.published").count() == 8
    assert AuditEvent.objects.filter(verb="period.publish").count() == 1


def test_only_a_computed_period_with_time_to_object_is_published(cast):
    period = make_period()
    with pytest.raises(actions.PeriodRefused, match="sudah dihitung"):
        actions.publish_period(period_id=period.pk, objections_until=UNTIL, actor=None, now=NOW)
    compute(period)
    with pytest.raises(actions.PeriodRefused, match="sebelum hari ini"):
        actions.publish_period(period_id=period.pk, objections_until=TODAY - timedelta(days=1), actor=None, now=NOW)

    period.refresh_from_db()
    assert (period.state, Notice.objects.count()) == (PeriodState.COMPUTED, 0)


def test_published_boxes_stand(cast):
    period = make_published()

    with pytest.raises(actions.PeriodRefused, match="tidak berubah"):
        actions.start_compute(period_id=period.pk, actor=None, now=NOW)


def test_closing_waits_for_the_objections_and_twice_is_once(cast):
    period = make_published()
    with pytest.raises(actions.PeriodRefused, match="Keberatan masih"):
        actions.close_period(period_id=period.pk, actor=cast.bkd, now=NOW)

    later = NOW + timedelta(days=13)
    for _ in range(2):
        closed = actions.close_period(period_id=period.pk, actor=cast.bkd, now=later)

    assert closed.state == PeriodState.CLOSED
    assert AuditEvent.objects.filter(verb="period.close").count() == 1


def test_only_published_periods_are_closed(cast):
    with pytest.raises(actions.PeriodRefused, match="sudah terbit"):
        actions.close_period(period_id=make_period().pk, actor=cast.bkd, now=NOW)


def test_latest_boxes_are_the_published_ones_of_the_day(cast):
    give_all(cast.staff.person)
    hidden = make_period(name="rahasia")
    compute(hidden)
    assert latest_boxes([cast.staff.person_id], TODAY) == {}

    make_published(name="terbit")

    boxed = latest_boxes([cast.staff.person_id], TODAY)[cast.staff.person_id]
    assert (boxed.box, boxed.is_rewarded, boxed.period, boxed.profile, boxed.sk_number) == (
        9,
        True,
        "terbit",
        "DAERAH v1",
        "800/77/2026",
    )
    assert latest_boxes([cast.staff.person_id], TODAY - timedelta(days=1)) == {}


def test_registers_speak_where_no_fact_does(cast):
    facts = facts_of([cast.superior.person_id], TODAY)[cast.superior.person_id]
    known = {record.key: record for record in facts.records}

    assert known["status_kepegawaian"].value == "PNS"
    assert float(known["lama_jabatan"].value) == pytest.approx(6 + 10 / 12)
    assert known["keragaman"].value == "SATU_UNIT"
    assert known["nondefinitif"].is_empty is True
    assert facts.traits["unit"] == cast.seksi.pk

    give(cast.superior.person, "keragaman", "LINTAS_INSTANSI")
    again = facts_of([cast.superior.person_id], TODAY)[cast.superior.person_id]
    assert [record.value for record in again.records if record.key == "keragaman"] == ["LINTAS_INSTANSI"]


def test_gathering_costs_the_same_for_one_and_for_all(cast, queries_for):
    people = list(Employment.objects.values_list("person_id", flat=True))

    assert queries_for(lambda: facts_of(people, TODAY)) == queries_for(lambda: facts_of(people[:1], TODAY))


def test_a_sanction_in_force_keeps_a_person_outside_and_says_so(cast):
    give_all(cast.staff.person, hukdis="RINGAN")
    period = make_period()
    compute(period)

    mine = placed(period, cast.staff)

    assert (mine.box, mine.unmapped) == (None, "GATE")
    assert "Sedang menjalani hukuman disiplin." in box_page(mine).reasons


def test_a_low_predikat_is_boxed_and_not_rewarded(cast):
    give_all(cast.staff.person, predikat_tahunan="BUTUH_PERBAIKAN")
    period = make_period()
    compute(period)

    assert (placed(period, cast.staff).box, placed(period, cast.staff).is_rewarded) == (8, False)
