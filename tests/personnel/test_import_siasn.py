"""The SIASN file into the office: works, twice is once, differences are dated, refused rows change nothing."""

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from common.tables import UnreadableTable
from personnel import queries
from personnel.actions.importing import ImportRefused, import_siasn
from personnel.models import (
    Appointment,
    AuditEvent,
    Education,
    Employment,
    Person,
    Position,
    Rank,
    Unit,
    UnitKind,
)
from tests.clock import NOW

pytestmark = pytest.mark.django_db
COLUMNS = [
    "PNS ID", "NIP BARU", "NAMA", "TANGGAL LAHIR", "JENIS KELAMIN", "AGAMA NAMA", "NIK", "NPWP NOMOR", "BPJS", "ALAMAT",
    "JENIS KAWIN NAMA", "STATUS CPNS PNS", "KEDUDUKAN HUKUM NAMA", "TMT CPNS", "GOL AKHIR NAMA", "TMT GOLONGAN",
    "JENIS JABATAN NAMA", "JABATAN NAMA", "TMT JABATAN", "TINGKAT PENDIDIKAN NAMA", "PENDIDIKAN NAMA", "UNOR NAMA",
]  # fmt: skip
ROOT = "Pemerintah Kabupaten Cakrawala"
HEAD = {
    "PNS ID": "A5EB01",
    "NIP BARU": "'197503152000031004",
    "NAMA": "DADANG SURYANA",
    "TANGGAL LAHIR": "15-03-1975",
    "JENIS KELAMIN": "M",
    "AGAMA NAMA": "Kepercayaan-X",
    "NIK": "'3299000000000001",
    "NPWP NOMOR": "99.000111222",
    "BPJS": "0009876543210",
    "ALAMAT": "Jalan Rahasia 17",
    "JENIS KAWIN NAMA": "Cerai-X",
    "STATUS CPNS PNS": "PNS",
    "KEDUDUKAN HUKUM NAMA": "Aktif",
    "TMT CPNS": "2000-03-01",
    "GOL AKHIR NAMA": "IV/b",
    "TMT GOLONGAN": "01-04-2020",
    "JENIS JABATAN NAMA": "STRUKTURAL",
    "JABATAN NAMA": "Kepala Dinas Sosial",
    "TMT JABATAN": "2022-01-03",
    "TINGKAT PENDIDIKAN NAMA": "S-2",
    "PENDIDIKAN NAMA": "S-2 MANAJEMEN",
    "UNOR NAMA": f"Dinas Sosial - {ROOT}",
}
STAFF = {
    **HEAD,
    "PNS ID": "A5EB02",
    "NIP BARU": "199204102023212012",
    "NAMA": "SITI AMINAH",
    "TANGGAL LAHIR": "10-04-1992",
    "JENIS KELAMIN": "F",
    "STATUS CPNS PNS": "-",
    "KEDUDUKAN HUKUM NAMA": "PPPK Aktif",
    "TMT CPNS": "-",
    "GOL AKHIR NAMA": "IX",
    "TMT GOLONGAN": "2023-04-01",
    "JENIS JABATAN NAMA": "FUNGSIONAL",
    "JABATAN NAMA": "Pranata Komputer Ahli Pertama",
    "TMT JABATAN": "2023-04-01",
    "UNOR NAMA": f"Seksi Data - Bidang Rehabilitasi - Dinas Sosial - {ROOT}",
}
FIRST, LATER = date(2026, 9, 1), date(2026, 11, 2)


@pytest.fixture
def load(tmp_path: Path):
    def run(*people, on=FIRST, above=0):
        path = tmp_path / "siasn.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            for _ in range(above):
                writer.writerow(["DATA UTAMA"])
            writer.writerow(COLUMNS)
            writer.writerows([person.get(name, "") for name in COLUMNS] for person in people)
        return import_siasn(path=path, effective_on=on, actor=None, now=NOW)

    return run


def person(row) -> Person:
    return Person.objects.get(nip=row["NIP BARU"].lstrip("'"))


def test_a_first_file_makes_units_people_and_everything_dated(load):
    outcome = load(HEAD, STAFF)

    assert outcome.counts() == {
        "new": 2, "changed": 0, "unchanged": 0, "gone": 0, "opened_units": 4, "doubts": 0, "refused": 0
    }  # fmt: skip
    staff = person(STAFF)
    assert (staff.name, staff.gender, staff.birth_on) == ("Siti Aminah", "F", date(1992, 4, 10))
    unit = queries.unit_of(staff.pk, LATER)
    assert [unit.name, unit.kind, unit.perangkat_daerah.name] == ["Seksi Data", UnitKind.SECTION, "Dinas Sosial"]
    employment = Employment.objects.get(person=staff)
    assert (employment.kind, employment.starts_on) == ("PPPK", date(2023, 1, 1))
    assert Rank.objects.get(person=staff).grade == "IX"
    assert Education.objects.get(person=staff).level == "S2"


def test_a_structural_head_leads_the_unit_and_staff_do_not(load):
    load(HEAD, STAFF)

    heads = Appointment.objects.heads().select_related("person", "unit")
    assert [(row.person.name, row.unit.name) for row in heads] == [("Dadang Suryana", "Dinas Sosial")]
    position = Position.objects.get(name="Kepala Dinas Sosial")
    assert (position.kind, position.echelon, position.retirement_age) == ("JPT", "II.b", 60)
    assert Position.objects.get(name__startswith="Pranata").level == "Ahli Pertama"


def test_the_same_file_twice_changes_nothing(load):
    load(HEAD, STAFF)
    counted = [model.objects.count() for model in (Person, Employment, Appointment, Rank, Education, Unit, Position)]

    outcome = load(HEAD, STAFF, above=3)

    assert (outcome.new, outcome.changed, outcome.unchanged, outcome.opened_units) == (0, 0, 2, 0)
    assert counted == [
        model.objects.count() for model in (Person, Employment, Appointment, Rank, Education, Unit, Position)
    ]


def test_a_person_who_moved_keeps_the_history(load):
    load(HEAD, STAFF)

    outcome = load(HEAD, {**STAFF, "UNOR NAMA": f"Sekretariat - Dinas Sosial - {ROOT}"}, on=LATER)

    assert (outcome.changed, outcome.unchanged) == (1, 1)
    pk = person(STAFF).pk
    assert queries.unit_of(pk, date(2026, 11, 1)).name == "Seksi Data"
    assert queries.unit_of(pk, LATER).name == "Sekretariat"
    event = AuditEvent.objects.get(verb="person.import_change")
    assert event.object_id == pk
    assert event.after["appointment"]["from"] == "2026-11-02"


def test_a_contract_with_a_last_day_is_not_recorded_again(load):
    load(STAFF)
    Employment.objects.update(ends_on=date(2026, 12, 31))

    outcome = load(STAFF, on=LATER)

    assert (outcome.unchanged, Employment.objects.count()) == (1, 1)


def test_employment_and_rank_change_from_a_day(load):
    load(STAFF)
    as_pns = {**STAFF, "STATUS CPNS PNS": "CPNS", "KEDUDUKAN HUKUM NAMA": "Aktif", "GOL AKHIR NAMA": "III/a",
              "TMT GOLONGAN": "2026-10-01"}  # fmt: skip

    load(as_pns, on=LATER)

    kinds = Employment.objects.order_by("starts_on").values_list("kind", "ends_on")
    assert list(kinds) == [("PPPK", date(2026, 11, 1)), ("CPNS", None)]
    ranks = Rank.objects.order_by("starts_on").values_list("grade", "starts_on", "ends_on")
    assert list(ranks) == [("IX", date(2023, 4, 1), date(2026, 9, 30)), ("III/a", date(2026, 10, 1), None)]


def test_a_change_on_or_before_the_day_something_began_is_refused_and_changes_nothing(load):
    load(STAFF)

    outcome = load({**STAFF, "JABATAN NAMA": "Arsiparis Ahli Pertama"}, on=date(2023, 4, 1))

    assert [(row.row, row.field, row.code) for row in outcome.refused] == [(2, "JABATAN NAMA", "begins_later")]
    assert Appointment.objects.get().position.name == "Pranata Komputer Ahli Pertama"


def test_somebody_who_left_ends_the_day_before(load):
    load(HEAD, STAFF)

    load(HEAD, {**STAFF, "KEDUDUKAN HUKUM NAMA": "Pemberhentian dengan hormat"}, on=LATER)

    assert Employment.objects.get(person=person(STAFF)).ends_on == date(2026, 11, 1)
    assert not Person.objects.employed_on(LATER).filter(pk=person(STAFF).pk).exists()


def test_who_stands_no_longer_in_the_file_is_counted_and_left_alone(load):
    load(HEAD, STAFF)

    outcome = load(HEAD, on=LATER)

    assert outcome.gone == 1
    assert Employment.objects.get(person=person(STAFF)).ends_on is None


def test_a_corrected_nip_is_the_same_person(load):
    load(STAFF)
    pk = person(STAFF).pk

    load({**STAFF, "NIP BARU": "199204102023212013"}, on=LATER)

    assert Person.objects.get().pk == pk
    assert Person.objects.get().nip == "199204102023212013"


def test_refused_rows_are_listed_and_the_others_are_taken(load):
    outcome = load({**STAFF, "NIP BARU": "1.99204E+17"}, {**STAFF, "TANGGAL LAHIR": "31-02-1992"}, HEAD, HEAD)

    assert [(row.row, row.field, row.code) for row in outcome.refused] == [
        (2, "NIP BARU", "nip_digits_lost"),
        (3, "TANGGAL LAHIR", "no_such_day"),
        (5, "NIP BARU", "duplicate"),
    ]
    assert [row.name for row in Person.objects.all()] == ["Dadang Suryana"]


def test_near_spellings_of_a_unit_are_one_unit(load):
    load(STAFF, {**HEAD, "UNOR NAMA": f"SEKSI  DATA - Bidang  rehabilitasi - dinas sosial - {ROOT.upper()}"})

    assert Unit.objects.filter(name__iexact="Seksi Data").count() == 1


def test_columns_without_a_purpose_are_nowhere_in_the_database(load):
    from django.apps import apps

    load(HEAD, STAFF)
    load({**HEAD, "JABATAN NAMA": "Kepala Dinas Perhubungan"}, on=LATER)

    stored = "\n".join(
        str(list(model.objects.values())) for model in apps.get_models() if model._meta.app_label == "personnel"
    )
    for secret in ("Kepercayaan-X", "Cerai-X", "3299000000000001", "99.000111222", "0009876543210", "Jalan Rahasia"):
        assert secret not in stored


def test_a_workbook_is_read_with_its_number_cells(tmp_path: Path):
    path = tmp_path / "siasn.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "DATA UTAMA ASN")
    sheet.write_row(2, 0, [f" {name.title()}" for name in COLUMNS])
    sheet.write_row(3, 0, [{**STAFF, "TANGGAL LAHIR": 33704}.get(name, "") for name in COLUMNS])
    sheet.write_row(4, 0, [{**HEAD, "NIP BARU": 197503152000031004}.get(name, "") for name in COLUMNS])
    book.close()

    outcome = import_siasn(path=path, effective_on=FIRST, actor=None, now=NOW)

    assert Person.objects.get().birth_on == date(1992, 4, 10)
    assert [(row.row, row.code) for row in outcome.refused] == [(5, "nip_digits_lost")]


def test_a_file_without_header_and_one_that_is_no_spreadsheet_are_refused_whole(tmp_path: Path):
    (tmp_path / "a.csv").write_text("satu,dua\n1,2\n")
    (tmp_path / "a.xlsx").write_text("not a workbook")

    with pytest.raises(ImportRefused, match="NIP BARU"):
        import_siasn(path=tmp_path / "a.csv", effective_on=FIRST, actor=None, now=NOW)
    with pytest.raises(UnreadableTable, match=r"a\.xlsx"):
        import_siasn(path=tmp_path / "a.xlsx", effective_on=FIRST, actor=None, now=NOW)
    assert not AuditEvent.objects.exists()


def test_the_command_reports_without_personal_data(tmp_path: Path, capsys):
    path, refused = tmp_path / "siasn.csv", tmp_path / "refused.csv"
    rows = [COLUMNS, [STAFF[name] for name in COLUMNS], [{**HEAD, "NIP BARU": "197503"}[name] for name in COLUMNS]]
    path.write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows))

    call_command("import_siasn", str(path), "--from", "2026-09-01", "--refused", str(refused))

    printed = capsys.readouterr()
    assert "new 1" in printed.out
    assert "row 3 NIP BARU" in printed.err
    assert "197503" not in printed.err + printed.out
    assert "197503" in refused.read_text()
    with pytest.raises(CommandError, match=r"missing\.csv"):
        call_command("import_siasn", str(tmp_path / "missing.csv"))
