"""The import wizard: upload, preview that writes nothing, take over, throw away, refused rows back as a workbook."""

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from personnel import actions, tasks
from personnel.actions import importing
from personnel.models import AuditEvent, FindingKind, ImportBatch, ImportState, Job, JobState, Person, Unit
from tests.clock import NOW
from tests.personnel.test_import_siasn import COLUMNS, HEAD, ROOT, STAFF

pytestmark = pytest.mark.django_db
FROM = date(2026, 11, 2)
LIST = reverse("personnel:import_list")
SECRETS = [
    str(HEAD[name]).strip("'") for name in ("AGAMA NAMA", "NIK", "NPWP NOMOR", "BPJS", "ALAMAT", "JENIS KAWIN NAMA")
]


def _row(number: int, **changes):
    nip = f"19850312201001{2}{number:03d}"
    return {**STAFF, "PNS ID": f"X{number}", "NIP BARU": f"'{nip}", "NAMA": f"PEGAWAI {number}", **changes}


# Every flaw that the page of formats names; the key says what must come of the row (counted from 1 in the sheet).
FLAWED = {
    3: ("NEW", HEAD),
    4: ("NEW", _row(4, **{"TANGGAL LAHIR": 31118})),  # a date as a serial number
    5: ("NEW", _row(5, **{"TANGGAL LAHIR": "1985-03-12"})),
    6: ("NEW", _row(6, **{"TANGGAL LAHIR": "12-03-1985"})),
    7: ("REFUSED", _row(7, **{"NIP BARU": 198503122010012007.0})),  # digits lost to a float
    8: ("REFUSED", _row(8, **{"TANGGAL LAHIR": "31-02-1985"})),  # a day that is none
    9: ("REFUSED", _row(9, **{"NAMA": ""})),
    10: ("REFUSED", _row(4)),  # the same person again
    11: ("REFUSED", _row(5, **{"UNOR NAMA": f"Bagian Lain - {ROOT}", "TMT JABATAN": "2019-01-01"})),  # two units
    12: ("NEW", _row(12, **{"NIP BARU": "'198503122021212012", "TMT CPNS": "-", "GOL AKHIR NAMA": "IX"})),  # PPPK
}
EXTRA = ["KOLOM TAMBAHAN"]


@pytest.fixture
def flawed_file() -> bytes:
    """A title above the header, stray case and spaces in it, one column too many and one missing."""
    place = io.BytesIO()
    book = xlsxwriter.Workbook(place)
    sheet = book.add_worksheet()
    columns = [name for name in COLUMNS if name != "PENDIDIKAN NAMA"]
    sheet.write_row(0, 0, ["DATA UTAMA ASN, dicetak 2 November 2026"])
    sheet.write_row(1, 0, [f" {name.title()} " for name in columns] + EXTRA)
    for line, (_kind, row) in FLAWED.items():
        sheet.write_row(line - 1, 0, [row.get(name, "") for name in columns] + ["x"])
    book.close()
    return place.getvalue()


def _upload(browser, content: bytes, name: str = "siasn.xlsx"):
    return browser.post(LIST, {"file": SimpleUploadedFile(name, content), "effective_on": FROM.isoformat()})


def _run(task) -> Job:
    """What a worker does with the newest job."""
    job = Job.objects.latest("pk")
    task(job_id=job.pk)
    job.refresh_from_db()
    return job


def _previewed(browser, content: bytes) -> ImportBatch:
    assert _upload(browser, content).status_code == 302
    assert _run(tasks.preview_import).state == JobState.DONE
    return ImportBatch.objects.latest("pk")


def _committed(browser, content: bytes) -> ImportBatch:
    batch = _previewed(browser, content)
    browser.post(reverse("personnel:import_commit", args=[batch.pk]))
    assert _run(tasks.commit_import).state == JobState.DONE
    batch.refresh_from_db()
    return batch


def test_the_preview_says_of_every_row_what_would_come_of_it_and_writes_nothing(cast, client_of, flawed_file):
    people, units = Person.objects.count(), Unit.objects.count()

    batch = _previewed(client_of(cast.bkd), flawed_file)

    found = {finding.row: finding.kind for finding in batch.findings.exclude(kind__in=["GONE", "DOUBT"])}
    assert found == {line: kind for line, (kind, _row) in FLAWED.items()}
    assert (Person.objects.count(), Unit.objects.count()) == (people, units)
    assert batch.state == ImportState.PREVIEWED
    assert batch.header_row == 2
    assert "PENDIDIKAN NAMA" in batch.missing
    assert {"NIK", "AGAMA NAMA", "KOLOM TAMBAHAN"} <= set(batch.dropped)


def test_those_who_stand_no_longer_in_the_file_are_listed_and_left_alone(cast, client_of, flawed_file):
    batch = _committed(client_of(cast.bkd), flawed_file)

    gone = batch.findings.filter(kind=FindingKind.GONE)
    assert {finding.person for finding in gone} == set(
        Person.objects.filter(user__in=[cast.staff, cast.superior, cast.officer, cast.head])
        | Person.objects.filter(user__in=[cast.other_officer, cast.bkd, cast.committee, cast.inspector])
    )
    assert Person.objects.employed_on(FROM).filter(pk=cast.staff.person_id).exists()


def test_taking_over_does_what_the_preview_said(cast, client_of, flawed_file):
    before = Person.objects.count()

    batch = _committed(client_of(cast.bkd), flawed_file)

    new = [line for line, (kind, _row) in FLAWED.items() if kind == "NEW"]
    assert Person.objects.count() - before == len(new) == batch.counts["new"]
    assert batch.state == ImportState.COMMITTED
    assert AuditEvent.objects.filter(verb="import.commit", object_id=batch.pk, actor=cast.bkd).count() == 1


def test_the_same_file_again_changes_nothing(cast, client_of, flawed_file):
    browser = client_of(cast.bkd)
    _committed(browser, flawed_file)

    again = _previewed(browser, flawed_file)

    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
    assert again.counts["unchanged"] == sum(kind == "NEW" for kind, _row in FLAWED.values())


def test_a_newer_file_shows_each_changed_field_before_and_after(cast, client_of, flawed_file):
    browser = client_of(cast.bkd)
    _committed(browser, flawed_file)
    place = io.BytesIO()
    book = xlsxwriter.Workbook(place)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    moved = {**HEAD, "JABATAN NAMA": "Kepala Badan Keuangan", "UNOR NAMA": f"Badan Keuangan - {ROOT}"}
    sheet.write_row(1, 0, [moved[name] for name in COLUMNS])
    book.close()

    batch = _previewed(browser, place.getvalue())

    changes = {label: (before, after) for label, before, after in batch.findings.get(kind="CHANGED").shown_changes}
    before, after = next(value for value in changes.values() if "Badan Keuangan" in value[1])
    assert "Dinas Sosial" in before
    assert "Kepala Badan Keuangan" in after


def test_columns_without_a_purpose_are_nowhere_afterwards(cast, client_of, flawed_file, settings, tmp_path, caplog):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    batch = _previewed(client_of(cast.bkd), flawed_file)

    kept = default_storage.open(batch.rows.name).read().decode()
    stored = "\n".join(
        str(row) for model in apps.get_models() if model._meta.managed for row in model._default_manager.values()
    )

    for secret in SECRETS:
        assert secret not in kept
        assert secret not in stored
        assert secret not in caplog.text
    assert [path for path in Path(tmp_path).rglob("*") if path.is_file()] == []


def test_the_refused_rows_come_back_with_their_cells_and_the_reason(cast, client_of, flawed_file):
    browser = client_of(cast.bkd)
    batch = _previewed(browser, flawed_file)

    response = browser.get(reverse("personnel:import_refused", args=[batch.pk]))

    content = io.BytesIO(b"".join(response.streaming_content))
    rows = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0).to_python()
    assert [int(row[0]) for row in rows[1:]] == [line for line, (kind, _row) in FLAWED.items() if kind == "REFUSED"]
    assert all(row[1] for row in rows[1:])
    assert "PEGAWAI 7" in rows[1]


def test_a_file_thrown_away_leaves_nothing_but_the_fact(cast, client_of, flawed_file):
    browser = client_of(cast.bkd)
    batch = _previewed(browser, flawed_file)
    name = batch.rows.name

    browser.post(reverse("personnel:import_cancel", args=[batch.pk]))

    batch.refresh_from_db()
    assert batch.state == ImportState.CANCELLED
    assert not batch.findings.exists()
    assert not default_storage.exists(name)


def test_nothing_is_taken_over_before_the_preview(cast, client_of, flawed_file):
    browser = client_of(cast.bkd)
    _upload(browser, flawed_file)
    Job.objects.update(state=JobState.DONE)
    batch = ImportBatch.objects.get()

    browser.post(reverse("personnel:import_commit", args=[batch.pk]))
    job = _run(tasks.commit_import)

    assert job.state == JobState.FAILED
    batch.refresh_from_db()
    assert batch.state == ImportState.RECEIVED


def test_a_file_is_taken_over_once(cast, client_of, flawed_file):
    batch = _committed(client_of(cast.bkd), flawed_file)

    with pytest.raises(importing.ImportEnded):
        importing.commit_batch(batch=batch, actor=cast.bkd, now=NOW)


def test_a_takeover_stopped_half_way_is_finished_by_starting_it_again(cast, client_of, flawed_file):
    browser = client_of(cast.bkd)
    batch = _previewed(browser, flawed_file)
    browser.post(reverse("personnel:import_commit", args=[batch.pk]))
    job = Job.objects.latest("pk")
    actions.request_cancel(job=job, actor=cast.bkd, now=NOW)
    assert not Person.objects.filter(name="Dadang Suryana").exists()

    browser.post(reverse("personnel:import_commit", args=[batch.pk]))
    assert _run(tasks.commit_import).state == JobState.DONE

    assert Person.objects.filter(name="Dadang Suryana").count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("siasn.xlsx", b"this is no workbook", id="a workbook that is none"),
        pytest.param("siasn.csv", b"A,B,C\n1,2,3\n", id="a table without the needed columns"),
        pytest.param("siasn.csv", b"", id="an empty file"),
    ],
)
def test_a_file_that_is_none_comes_back_with_a_sentence_and_leaves_nothing(cast, client_of, name, content):
    response = _upload(client_of(cast.bkd), content, name)

    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert not ImportBatch.objects.exists()


def test_the_pages_show_the_wizard(cast, client_of, flawed_file):
    browser = client_of(cast.bkd)
    batch = _previewed(browser, flawed_file)

    assert "siasn.xlsx" in browser.get(LIST).content.decode()
    page = browser.get(reverse("personnel:import_detail", args=[batch.pk]), {"jenis": "REFUSED"})
    assert {finding.kind for finding in page.context["page"]} == {"REFUSED"}
