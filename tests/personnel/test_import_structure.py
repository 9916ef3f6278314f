"""Units, superiors, heads and contracts from the small files beside SIASN."""

from datetime import date
from pathlib import Path

import pytest

from personnel import queries
from personnel.actions import importing
from personnel.models import Appointment, Employment, EmploymentKind, ReportingLine, Unit, UnitTraits, WorkLocation
from tests.clock import NOW
from tests.factories.personnel import make_person, make_unit

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 9, 1), date(2026, 11, 2)
HEADER = "Kode,Nama,Jenis,Kode Induk,Perangkat Daerah,Zona Waktu,Layanan Langsung,Kerja Sif,Lokasi,Lintang,Bujur"
UNITS = f"""{HEADER},Radius Meter
1,Pemerintah Kabupaten Cakrawala,,,,WIB,,,,,,
1.01,RSUD Cakra Husada,,1,Ya,,Ya,,Gedung Utama,"-6,835",108.215,150
1.01.01,Instalasi Gawat Darurat,,1.01,,,,Ya,,,,
1.02,Dinas Baru,Dinas,9.99,Ya,,,,,,,
1.03,Kantor Aneh,Istana,1,Ya,,,,,,,
"""


@pytest.fixture
def write(tmp_path: Path):
    def to(text: str) -> Path:
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return to


def run(deed, path, on=FIRST):
    return deed(path=path, effective_on=on, actor=None, now=NOW)


def test_units_come_with_inherited_traits_and_places(write):
    outcome = run(importing.import_units, write(UNITS))

    assert (outcome.new, len(outcome.refused)) == (3, 2)
    assert [(row.row, row.code) for row in outcome.refused] == [(6, "unknown_kind"), (5, "no_parent")]
    ward = queries.units_on(FIRST)[Unit.objects.get(code="1.01.01").pk]
    assert (ward.kind, ward.is_direct_service, ward.is_shift_work, ward.zone) == ("SECTION", True, True, "Asia/Jakarta")
    place = WorkLocation.objects.get()
    assert (place.name, str(place.latitude), place.radius_metres) == ("Gedung Utama", "-6.835000", 150)


def test_units_twice_change_nothing_and_a_new_flag_is_dated(write):
    run(importing.import_units, write(UNITS))
    again = run(importing.import_units, write(UNITS))
    later = run(
        importing.import_units,
        write(UNITS.replace("Gawat Darurat,,1.01,,,,Ya", "Gawat Darurat,,1.01,,,,Tidak")),
        on=LATER,
    )

    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    assert later.changed == 1
    rows = UnitTraits.objects.filter(unit__code="1.01.01").order_by("starts_on")
    assert [(row.is_shift_work, row.ends_on) for row in rows] == [(True, date(2026, 11, 1)), (False, None)]


@pytest.fixture
def three(db):
    dinas = make_unit(name="Dinas", pd=True)
    return [make_person(unit=dinas, name=name) for name in ("Ani", "Budi", "Citra")]


def lines(*rows) -> str:
    return "\n".join(["NIP,NIP ATASAN,BERLAKU MULAI", *(",".join(row) for row in rows)])


def test_superiors_are_placed_from_their_day_and_twice_is_once(write, three):
    ani, budi, citra = three
    path = write(lines(("'" + ani.nip, budi.nip, "01-10-2026"), (budi.nip, citra.nip, "")))

    first, second = run(importing.import_superiors, path), run(importing.import_superiors, path)

    assert (first.new, second.new, second.unchanged) == (2, 0, 2)
    assert set(ReportingLine.objects.values_list("person__name", "superior__name", "starts_on")) == {
        ("Ani", "Budi", date(2026, 10, 1)),
        ("Budi", "Citra", FIRST),
    }


def test_a_new_superior_ends_the_line_before(write, three):
    ani, budi, citra = three
    run(importing.import_superiors, write(lines((ani.nip, budi.nip, ""))))

    outcome = run(importing.import_superiors, write(lines((ani.nip, citra.nip, ""))), on=LATER)

    assert outcome.changed == 1
    assert queries.superior_of(ani.pk, date(2026, 11, 1)).person_id == budi.pk
    assert queries.superior_of(ani.pk, LATER).person_id == citra.pk


def test_a_ring_with_lines_that_stand_is_refused_and_nothing_changes(write, three):
    ani, budi, _citra = three
    run(importing.import_superiors, write(lines((ani.nip, budi.nip, ""))))

    outcome = run(importing.import_superiors, write(lines((budi.nip, ani.nip, ""))), on=LATER)

    assert [(row.row, row.code) for row in outcome.refused] == [(2, "ring")]
    assert ReportingLine.objects.count() == 1


def test_unknown_people_are_refused_by_row(write, three):
    outcome = run(importing.import_superiors, write(lines((three[0].nip, "197503152000031999", ""))))

    assert [(row.row, row.field, row.code) for row in outcome.refused] == [(2, "NIP ATASAN", "no_person")]


def test_heads_are_marked_and_a_plt_stands_beside_them(write, three):
    ani, budi, citra = three
    dinas = Unit.objects.get(name="Dinas")
    text = f"""Kode Unit,NIP,Status,Mulai,Sampai,Dasar
{dinas.code},{ani.nip},DEFINITIF,,,
{dinas.code},{budi.nip},Plt.,2026-10-01,2026-12-31,SP 1/2026
{dinas.code},{citra.nip},Plh,2026-10-01,,
X9,{citra.nip},,,,
"""
    outcome, again = (
        run(importing.import_heads, write(text), on=LATER),
        run(importing.import_heads, write(text), on=LATER),
    )

    assert [(row.row, row.code) for row in outcome.refused] == [(4, "end_missing"), (5, "no_unit")]
    assert (outcome.changed, outcome.new, again.unchanged) == (1, 1, 2)
    heads = Appointment.objects.heads().order_by("pk").values_list("person__name", "kind", "ends_on")
    assert list(heads) == [("Ani", "SUBSTANTIVE", None), ("Budi", "PLT", date(2026, 12, 31))]


def test_contracts_state_weekly_minutes(write):
    person = make_person(employment=EmploymentKind.PPPK_PARUH_WAKTU)
    path = write(f"NIP,MENIT PER PEKAN,BERAKHIR\n{person.nip},1200,2026-12-31\n{person.nip[:-1]}9,9000,\n")

    outcome = importing.import_contracts(path=path, actor=None, now=NOW)
    again = importing.import_contracts(path=path, actor=None, now=NOW)

    assert (outcome.changed, again.changed) == (1, 0)
    employment = Employment.objects.get()
    assert (employment.weekly_minutes, employment.ends_on) == (1200, date(2026, 12, 31))
    assert [(row.row, row.code) for row in outcome.refused] == [(3, "minutes_out_of_range")]
