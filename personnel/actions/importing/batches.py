"""The import wizard's deeds: receive a file, preview it, take it over in one step, or throw it away."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from common.db import in_chunks
from common.errors import DomainError
from common.tables import rows_of_upload
from personnel.actions.importing.outcome import ImportRefused, Outcome, Progress, silent
from personnel.actions.importing.siasn import RowChange, import_siasn_rows, preview_siasn_rows
from personnel.actions.trace import record_audit
from personnel.models import FindingKind, ImportBatch, ImportFinding, ImportState, Person, User
from personnel.rules.nip import normalise_nip
from personnel.rules.siasn import Doubt, find_header, purposeful

OPEN_STATES = (ImportState.RECEIVED, ImportState.PREVIEWED)


class ImportEnded(DomainError):
    code = "import_ended"


class NotPreviewed(DomainError):
    code = "not_previewed"


def receive_file(*, name: str, content: BinaryIO, effective_on: date, actor: User, now: datetime) -> ImportBatch:
    """Keep a file for its preview, with every cell emptied that has no purpose before anything is stored.

    Raises:
        UnreadableTable: it is neither a workbook nor text.
        ImportRefused: no row names the needed columns.
    """
    rows = list(rows_of_upload(name, content))
    header = find_header(enumerate(rows, start=1))
    if header is None:
        raise ImportRefused(
            _("No row with the column names NIP BARU, NAMA, JABATAN NAMA and UNOR NAMA was found."), field="file"
        )
    lines = "\n".join(json.dumps(cells, default=_plain, ensure_ascii=False) for cells in purposeful(rows, header))
    with transaction.atomic():
        batch = ImportBatch(
            file_name=name[:150],
            effective_on=effective_on,
            header_row=header.row,
            columns=list(header.columns),
            missing=list(header.missing),
            dropped=list(header.dropped),
            created_by=actor,
            created_at=now,
        )
        batch.rows.save("rows.jsonl", ContentFile(lines.encode()), save=False)
        batch.save()
        record_audit(actor=actor, verb="import.receive", obj=batch, after={"rows": len(rows) - header.row}, now=now)
    return batch


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def kept_rows(batch: ImportBatch) -> Iterator[list[Any]]:
    """The rows as they were received, one list of cells each."""
    with batch.rows.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def preview_batch(*, batch: ImportBatch, now: datetime, progress: Progress = silent) -> Outcome:
    """Find what the file would do and write it down as findings; nothing of the file itself is taken over.

    Previewing again replaces what was found before.
    """
    _check_open(batch)
    outcome, changes, doubts = preview_siasn_rows(
        rows=kept_rows(batch),
        effective_on=batch.effective_on,
        actor=batch.created_by,
        now=now,
        progress=progress,
    )
    findings = _findings(batch, outcome, changes, doubts)
    ImportFinding.objects.filter(batch=batch).delete()
    for chunk in in_chunks(findings):
        ImportFinding.objects.bulk_create(chunk)
    ImportBatch.objects.filter(pk=batch.pk, state__in=OPEN_STATES).update(
        state=ImportState.PREVIEWED, counts=outcome.counts()
    )
    return outcome


def _findings(
    batch: ImportBatch, outcome: Outcome, changes: Sequence[RowChange], doubts: Iterable[Doubt]
) -> Iterator[ImportFinding]:
    for change in changes:
        yield ImportFinding(
            batch=batch,
            row=change.row,
            kind=FindingKind.CHANGED if change.person_id else FindingKind.NEW,
            person_id=change.person_id,
            name=change.name[:150],
            changes=[[name, change.before.get(name), value] for name, value in change.after.items()],
        )
    for refused in outcome.refused:
        yield ImportFinding(
            batch=batch,
            row=refused.row,
            kind=FindingKind.REFUSED,
            field=refused.field[:60],
            value=refused.value[:200],
            reason=refused.reason[:300],
        )
    for doubt in doubts:
        yield ImportFinding(batch=batch, row=doubt.row, kind=FindingKind.DOUBT, reason=_(doubt.finding.message)[:300])
    yield from _gone(batch)


def _gone(batch: ImportBatch) -> Iterator[ImportFinding]:
    """People who work here and stand nowhere in the file; they are listed and left alone."""
    header = find_header(enumerate(kept_rows(batch), start=1))
    if header is None:
        return
    place = header.columns["NIP BARU"]
    present = {normalise_nip(str(cells[place])) for cells in kept_rows(batch) if len(cells) > place}
    rows = Person.objects.employed_on(batch.effective_on).order_by("name", "pk")
    for person in rows.iterator(chunk_size=2_000):
        if person.nip not in present:
            yield ImportFinding(batch=batch, row=0, kind=FindingKind.GONE, person=person, name=person.full_name[:150])


def refused_table(batch: ImportBatch) -> tuple[list[str], list[list[Any]]]:
    """Column names, and the refused rows: number, reason, then the cells that were read.

    Once the file has been taken over only the cell that was at fault is still there.
    """
    refused = list(batch.findings.filter(kind=FindingKind.REFUSED).order_by("row", "pk"))
    if not batch.rows:
        return [_("Field"), _("Value")], [[row.row, row.reason, row.field, row.value] for row in refused]
    numbered = dict(enumerate(kept_rows(batch), start=1))
    header = find_header(iter(numbered.items()))
    places = sorted(header.columns.items(), key=lambda item: item[1]) if header else []
    table = []
    for row in refused:
        cells = numbered.get(row.row, [])
        table.append([row.row, row.reason, *(cells[at] if at < len(cells) else None for _name, at in places)])
    return [name for name, _at in places], table


def commit_batch(*, batch: ImportBatch, actor: User | None, now: datetime, progress: Progress = silent) -> Outcome:
    """Take the previewed file over. Stopped half-way it may simply be committed again: what stands is unchanged then.

    Raises:
        NotPreviewed: nobody has seen yet what the file would do.
        ImportEnded: it was taken over or thrown away before.
    """
    _check_open(batch)
    if batch.state != ImportState.PREVIEWED:
        raise NotPreviewed(_("Look at the preview before taking the file over."))
    outcome = import_siasn_rows(
        rows=kept_rows(batch), effective_on=batch.effective_on, actor=actor, now=now, progress=progress
    )
    _end(batch, ImportState.COMMITTED, "import.commit", outcome.counts(), actor, now)
    return outcome


def cancel_batch(*, batch: ImportBatch, actor: User, now: datetime) -> None:
    """Throw a received file away; nothing of it remains but the fact.

    Raises:
        ImportEnded: it was taken over or thrown away before.
    """
    _check_open(batch)
    ImportFinding.objects.filter(batch=batch).delete()
    _end(batch, ImportState.CANCELLED, "import.cancel", batch.counts, actor, now)


def _check_open(batch: ImportBatch) -> None:
    if batch.state not in OPEN_STATES:
        raise ImportEnded(_("This file has been taken over or thrown away already."), state=batch.state)


def _end(
    batch: ImportBatch, state: ImportState, verb: str, counts: dict[str, int], actor: User | None, now: datetime
) -> None:
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state=state, counts=counts, ended_at=now, rows="")
        record_audit(actor=actor, verb=verb, obj=batch, after=counts, now=now)
    batch.rows.delete(save=False)
