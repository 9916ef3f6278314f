"""Facts: recorded by one, verified by another; loaded by the thousand, the same load once."""

from datetime import date

import pytest

from personnel.models import AuditEvent
from talent import actions
from talent.models import Fact, FactState
from tests.clock import NOW
from tests.factories.talent import give

ROW = {"key": "penghargaan", "value": "NASIONAL", "observed_on": date(2026, 6, 1)}


def record(user, person_id, **other):
    row = actions.FactRow(**{"person_id": person_id, **ROW, **other})
    return actions.record_fact(row=row, source="Satyalancana", actor=user, now=NOW)


def test_a_recorded_fact_waits_and_counts_for_nothing(cast):
    fact = record(cast.staff, cast.staff.person_id)

    assert (fact.state, fact.recorded_by, fact.reference) == (FactState.PENDING, cast.staff, "2026-06-01")
    assert Fact.objects.accepted().count() == 0
    assert AuditEvent.objects.filter(verb="fact.record", object_id=fact.pk).count() == 1


def test_the_same_record_twice_is_refused_and_stands_once(cast):
    record(cast.staff, cast.staff.person_id)

    with pytest.raises(actions.FactRefused, match="sudah ada"):
        record(cast.staff, cast.staff.person_id)

    assert Fact.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        pytest.param({"value": None}, "Nilainya belum diisi", id="nothing said"),
        pytest.param({"is_empty": True}, "tidak berisi nilai", id="empty and yet a value"),
        pytest.param({"ends_on": date(2026, 5, 1)}, "lebih awal", id="ends before it begins"),
        pytest.param({"standard": "banyak"}, "bukan angka", id="a standard in words"),
    ],
)
def test_what_cannot_be_is_refused(cast, other, sentence):
    with pytest.raises(actions.FactRefused, match=sentence):
        record(cast.staff, cast.staff.person_id, **other)

    assert Fact.objects.count() == 0


def test_somebody_else_accepts_and_twice_is_once(cast):
    fact = record(cast.staff, cast.staff.person_id)

    for _ in range(2):
        fact = actions.verify_fact(fact_id=fact.pk, accept=True, actor=cast.bkd, now=NOW)

    assert (fact.state, fact.verified_by, fact.verified_at) == (FactState.ACCEPTED, cast.bkd, NOW)
    assert AuditEvent.objects.filter(verb="fact.accept").count() == 1


def test_nobody_verifies_about_oneself_or_of_ones_own_hand(cast):
    own = record(cast.bkd, cast.bkd.person_id)
    entered = record(cast.bkd, cast.staff.person_id)

    for fact in (own, entered):
        with pytest.raises(actions.FactRefused, match="orang lain"):
            actions.verify_fact(fact_id=fact.pk, accept=True, actor=cast.bkd, now=NOW)

    assert set(Fact.objects.values_list("state", flat=True)) == {FactState.PENDING}


def test_a_decided_fact_is_not_decided_otherwise(cast):
    fact = record(cast.staff, cast.staff.person_id)
    actions.verify_fact(fact_id=fact.pk, accept=False, actor=cast.bkd, now=NOW)

    with pytest.raises(actions.FactRefused, match="sudah diputuskan"):
        actions.verify_fact(fact_id=fact.pk, accept=True, actor=cast.bkd, now=NOW)


def rows(cast, value="85"):
    return [
        actions.FactRow(person_id=user.person_id, key="kompetensi_jpm", value=value, observed_on=date(2026, 2, 1))
        for user in (cast.staff, cast.superior)
    ]


def load(cast, value="85"):
    return actions.load_facts(rows=rows(cast, value), source="CACT", actor=cast.bkd, now=NOW).counts()


def test_a_load_is_verified_and_the_same_load_changes_nothing(cast):
    first, second = load(cast), load(cast)

    assert first == {"created": 2, "changed": 0, "unchanged": 0, "refused": 0}
    assert second == {"created": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert Fact.objects.accepted().count() == 2


def test_a_corrected_record_is_taken_over(cast):
    load(cast)

    assert load(cast, "90")["changed"] == 2
    assert set(Fact.objects.values_list("value", flat=True)) == {"90"}


def test_more_rows_cost_no_more_queries(cast, queries_for):
    few = queries_for(lambda: load(cast))
    more = [
        actions.FactRow(person_id=cast.staff.person_id, key="pengembangan", value="x", observed_on=date(2026, 1, day))
        for day in range(1, 29)
    ]

    many = queries_for(lambda: actions.load_facts(rows=more, source="CACT", actor=cast.bkd, now=NOW))

    assert many == few


def write(path, *lines):
    head = "NIP,INDIKATOR,NILAI,TANGGAL,BERAKHIR,BERLAKU SAMPAI,STANDAR,JUMLAH,SUMBER,DOKUMEN,NOMOR"
    path.write_text("\n".join([head, *lines]))
    return path


def test_a_file_is_taken_row_by_row_and_twice_is_once(cast, tmp_path):
    nip = cast.staff.person.nip
    path = write(
        tmp_path / "fakta.csv",
        f"{nip},predikat_tahunan,BAIK,2025-12-31,,,,,e-Kinerja,,",
        f"{nip},penghargaan,KOSONG,2026-10-01,,,,,MyASN,,",
        f"{nip},umpan_balik_360,BAIK,2026-03-01,,,,6,e-Kinerja,,",
        "199001012015011001,penghargaan,NASIONAL,2026-10-01,,,,,MyASN,,",
        f"{nip},Penghargaan Hebat,NASIONAL,2026-10-01,,,,,MyASN,,",
        f"{nip},penghargaan,NASIONAL,kemarin,,,,,MyASN,,",
        f"{nip},hukdis,RINGAN,2026-03-01,2026-02-01,,,,BKPSDM,SK 1,",
    )

    loaded = actions.import_facts(path=path, actor=None, now=NOW)
    again = actions.import_facts(path=path, actor=None, now=NOW)

    assert (loaded.created, again.created, again.unchanged) == (3, 0, 3)
    assert [(row, column) for row, column, _reason in loaded.refused] == [
        (6, "INDIKATOR"),
        (7, "TANGGAL"),
        (5, "NIP"),
        (8, "ends_on"),
    ]
    assert Fact.objects.get(key="penghargaan").is_empty is True
    assert Fact.objects.get(key="umpan_balik_360").sample == 6


def test_a_file_without_the_columns_is_refused_as_a_whole(cast, tmp_path):
    path = tmp_path / "fakta.csv"
    path.write_text("NIP,NILAI\n1,2\n")

    loaded = actions.import_facts(path=path, actor=None, now=NOW)

    assert [(row, column) for row, column, _reason in loaded.refused] == [(1, "INDIKATOR")]


def test_who_sees_facts(cast):
    give(cast.staff.person, "hukdis", "RINGAN")

    seen = {name: Fact.objects.visible_to(getattr(cast, name)).count() for name in ("staff", "superior", "head", "bkd")}

    assert seen == {"staff": 1, "superior": 0, "head": 0, "bkd": 1}
