"""The small files beside SIASN: units with their traits and places, who reports to whom, who leads which unit."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.db import in_chunks
from common.tables import rows_of
from personnel.actions.importing.outcome import ROWS_PER_STEP, ImportRefused, Outcome, Progress, silent
from personnel.actions.people import appoint
from personnel.actions.trace import record_audit
from personnel.actions.units import add_location, create_unit, set_traits
from personnel.models import (
    Appointment,
    AppointmentKind,
    Employment,
    Person,
    ReportingLine,
    Unit,
    UnitTraits,
    User,
    WorkLocation,
)
from personnel.rules import contracts as contract_rules
from personnel.rules import superiors as superior_rules
from personnel.rules import unit_files
from personnel.rules.contracts import read_contracts
from personnel.rules.superiors import SuperiorRow, people_in_rings, read_superiors
from personnel.rules.unit_files import HeadRow, UnitRow, read_heads, read_units

REASON_NO_PARENT = gettext_noop("There is no unit with this code above it.")
REASON_NO_UNIT = gettext_noop("There is no unit with this code.")
REASON_NO_PERSON = gettext_noop("There is nobody with this NIP.")
REASON_NO_POST = gettext_noop("This person holds no position on that day.")
REASON_LATER = gettext_noop("Something that begins on the day of the change or later stands already.")
REASON_RING = gettext_noop("Following superiors from this person leads back to the person.")
SOURCE = "file"


# ---- units ----


def import_units(
    *, path: Path, effective_on: date, actor: User | None, now: datetime, progress: Progress = silent
) -> Outcome:
    """Open the units of the file, parents first, with their traits and their first work location.

    A unit is known by its code. A new name or kind corrects the unit; traits that differ begin on the day of the row
    or on `effective_on`.
    """
    records = read_units(rows_of(path))
    outcome = _started(records.refusals, unit_files.REASONS)
    known = {unit.code: unit for unit in Unit.objects.all().order_by("pk")}
    traits = {row.unit_id: row for row in UnitTraits.objects.on(effective_on).order_by("starts_on")}
    placed = set(WorkLocation.objects.on(effective_on).values_list("unit_id", "name"))
    for number, rows in enumerate(in_chunks(records.rows, 250), start=1):
        with transaction.atomic():
            for row in rows:
                _take_unit(row, known, traits, placed, effective_on, actor, now, outcome)
        progress(min(number * 250, len(records.rows)), len(records.rows))
    with transaction.atomic():
        record_audit(actor=actor, verb="units.import", obj=None, after=outcome.counts(), now=now)
    return outcome


def _take_unit(
    row: UnitRow, known: dict[str, Unit], traits: dict[int, UnitTraits], placed: set[tuple[int, str]],
    effective_on: date, actor: User | None, now: datetime, outcome: Outcome,
) -> None:  # fmt: skip
    parent = known.get(row.parent_code)
    if row.parent_code and parent is None:
        outcome.refuse(row.row, "KODE INDUK", row.parent_code, "no_parent", REASON_NO_PARENT)
        return
    starts_on = row.starts_on or effective_on
    unit = known.get(row.code)
    is_new, is_changed = unit is None, False
    if unit is None:
        unit = known[row.code] = create_unit(
            code=row.code, name=row.name, kind=row.kind, parent=parent, starts_on=starts_on,
            is_perangkat_daerah=row.is_perangkat_daerah, actor=actor, now=now,
        )  # fmt: skip
    elif (unit.name, unit.kind) != (row.name, row.kind):
        before = {"name": unit.name, "kind": unit.kind}
        unit.name, unit.kind, is_changed = row.name, row.kind, True
        Unit.objects.filter(pk=unit.pk).update(name=row.name, kind=row.kind)
        record_audit(actor=actor, verb="unit.correct", obj=unit, before=before, unit=unit, now=now)
    is_changed |= _take_traits(row, unit, traits, starts_on if is_new else effective_on, actor, now)
    if row.latitude and (unit.pk, row.place or row.name) not in placed:
        placed.add((unit.pk, row.place or row.name))
        add_location(
            unit=unit, name=row.place or row.name, latitude=Decimal(row.latitude), longitude=Decimal(row.longitude),
            radius_metres=row.radius_metres, starts_on=starts_on if is_new else effective_on, actor=actor, now=now,
        )  # fmt: skip
        is_changed = True
    outcome.new += is_new
    outcome.changed += is_changed and not is_new
    outcome.unchanged += not is_changed and not is_new


def _take_traits(
    row: UnitRow, unit: Unit, traits: dict[int, UnitTraits], starts_on: date, actor: User | None, now: datetime
) -> bool:  # fmt: skip
    said = {
        "time_zone": row.time_zone,
        "is_direct_service": row.is_direct_service,
        "is_shift_work": row.is_shift_work,
    }
    held = traits.get(unit.pk)
    stands = {name: getattr(held, name) for name in said} if held else dict.fromkeys(said)
    if all((stands[name] or None) == (value or None) or stands[name] == value for name, value in said.items()):
        return False
    traits[unit.pk] = set_traits(unit=unit, starts_on=starts_on, actor=actor, now=now, **said)
    return True


# ---- superiors ----


def import_superiors(
    *, path: Path, effective_on: date, actor: User | None, now: datetime, progress: Progress = silent
) -> Outcome:
    """Place people under the superiors of the file from its days, or from `effective_on` where it names none.

    A line that stands already is left alone; a different one ends the day before. A row that would close a ring with
    the lines that stand is refused.
    """
    reading = read_superiors(rows_of(path))
    outcome = _started(reading.refusals, superior_rules.REASONS)
    ids = dict(Person.objects.values_list("nip", "pk"))
    rows = [row for row in reading.rows if _both_known(row, ids, outcome)]
    rows = _without_rings(rows, ids, effective_on, outcome)
    done = 0
    for chunk in in_chunks(rows, ROWS_PER_STEP):
        with transaction.atomic():
            _take_lines(chunk, ids, effective_on, outcome)
        done += len(chunk)
        progress(done, len(rows))
    with transaction.atomic():
        record_audit(actor=actor, verb="superiors.import", obj=None, after=outcome.counts(), now=now)
    return outcome


def _both_known(row: SuperiorRow, ids: dict[str, int], outcome: Outcome) -> bool:
    for name, nip in (("NIP", row.nip), ("NIP ATASAN", row.superior_nip)):
        if nip not in ids:
            outcome.refuse(row.row, name, nip, "no_person", REASON_NO_PERSON)
            return False
    return True


def _without_rings(
    rows: list[SuperiorRow], ids: dict[str, int], effective_on: date, outcome: Outcome
) -> list[SuperiorRow]:
    lines: dict[str, str] = dict(
        ReportingLine.objects.on(effective_on).values_list("person__nip", "superior__nip").iterator()
    )
    lines |= {row.nip: row.superior_nip for row in rows}
    in_ring = people_in_rings(lines)
    for row in rows:
        if row.nip in in_ring:
            outcome.refuse(row.row, "NIP ATASAN", row.superior_nip, "ring", REASON_RING)
    return [row for row in rows if row.nip not in in_ring]


def _take_lines(rows: Sequence[SuperiorRow], ids: dict[str, int], effective_on: date, outcome: Outcome) -> None:
    people = [ids[row.nip] for row in rows]
    held = {line.person_id: line for line in ReportingLine.objects.filter(person_id__in=people, ends_on__isnull=True)}
    recorded = set(
        ReportingLine.objects.filter(person_id__in=people).values_list("person_id", "superior_id", "starts_on")
    )
    new, ended = [], []
    for row in sorted(rows, key=lambda row: row.starts_on or effective_on):
        person_id, superior_id = ids[row.nip], ids[row.superior_nip]
        starts_on = row.starts_on or effective_on
        line = held.get(person_id)
        if (line and line.superior_id == superior_id) or (person_id, superior_id, starts_on) in recorded:
            outcome.unchanged += 1
            continue
        if line and line.starts_on >= starts_on:
            outcome.refuse(row.row, "BERLAKU MULAI", starts_on.isoformat(), "begins_later", REASON_LATER)
            continue
        if line:
            line.ends_on = starts_on - timedelta(days=1)
            if line.pk:
                ended.append(line)
        outcome.changed += line is not None
        outcome.new += line is None
        fresh = ReportingLine(person_id=person_id, superior_id=superior_id, starts_on=starts_on, source=SOURCE)
        held[person_id] = fresh
        new.append(fresh)
    ReportingLine.objects.bulk_update(ended, ["ends_on"], batch_size=500)
    ReportingLine.objects.bulk_create(new, batch_size=500)


# ---- heads ----


def import_heads(*, path: Path, effective_on: date, actor: User | None, now: datetime) -> Outcome:
    """Say who leads which unit: functional heads whom SIASN does not mark, and Plt and Plh with their days."""
    records = read_heads(rows_of(path))
    outcome = _started(records.refusals, unit_files.REASONS)
    units = {unit.code: unit for unit in Unit.objects.on(effective_on).order_by("pk")}
    people = {row.nip: row for row in Person.objects.filter(nip__in=[row.nip for row in records.rows])}
    with transaction.atomic():
        for row in records.rows:
            unit, person = units.get(row.unit_code), people.get(row.nip)
            if unit is None:
                outcome.refuse(row.row, "KODE UNIT", row.unit_code, "no_unit", REASON_NO_UNIT)
            elif person is None:
                outcome.refuse(row.row, "NIP", row.nip, "no_person", REASON_NO_PERSON)
            else:
                _take_head(row, unit, person, effective_on, actor, now, outcome)
        record_audit(actor=actor, verb="heads.import", obj=None, after=outcome.counts(), now=now)
    return outcome


def _take_head(
    row: HeadRow, unit: Unit, person: Person, effective_on: date, actor: User | None, now: datetime, outcome: Outcome
) -> None:  # fmt: skip
    starts_on = row.starts_on or effective_on
    posts: QuerySet[Appointment] = Appointment.objects.substantive().on(effective_on).filter(person=person)
    held = posts.select_related("position").order_by("-starts_on", "-pk").first()
    if held is None:
        outcome.refuse(row.row, "NIP", row.nip, "no_post", REASON_NO_POST)
    elif row.kind == AppointmentKind.SUBSTANTIVE:
        changed = posts.filter(unit=unit, is_head=False).update(is_head=True)
        if changed:
            record_audit(actor=actor, verb="person.lead", obj=held, after={"unit": unit.pk}, unit=unit, now=now)
        outcome.changed += bool(changed)
        outcome.unchanged += not changed
    elif Appointment.objects.acting().filter(person=person, unit=unit, kind=row.kind, starts_on=starts_on).exists():
        outcome.unchanged += 1
    else:
        appoint(
            person=person, unit=unit, position=held.position, kind=row.kind, is_head=True, starts_on=starts_on,
            ends_on=row.ends_on, decree=row.decree, actor=actor, now=now,
        )  # fmt: skip
        outcome.new += 1


# ---- contracts ----


def import_contracts(*, path: Path, actor: User | None, now: datetime) -> Outcome:
    """State weekly minutes and last day of the employments of the day that the file names."""
    records = read_contracts(rows_of(path))
    outcome = _started(records.refusals, contract_rules.REASONS)
    for chunk in in_chunks(records.rows, ROWS_PER_STEP):
        with transaction.atomic():
            open_rows = Employment.objects.on(now.date()).filter(person__nip__in=[row.nip for row in chunk])
            held = {row.person.nip: row for row in open_rows.select_related("person")}
            changed = []
            for row in chunk:
                employment = held.get(row.nip)
                if employment is None:
                    outcome.refuse(row.row, "NIP", row.nip, "no_person", REASON_NO_PERSON)
                elif (employment.weekly_minutes, employment.ends_on) != (row.weekly_minutes, row.ends_on):
                    employment.weekly_minutes, employment.ends_on = row.weekly_minutes, row.ends_on
                    changed.append(employment)
            Employment.objects.bulk_update(changed, ["weekly_minutes", "ends_on"], batch_size=500)
            outcome.changed += len(changed)
    with transaction.atomic():
        record_audit(actor=actor, verb="contracts.import", obj=None, after=outcome.counts(), now=now)
    return outcome


def _started(refusals: list, reasons: dict[str, str]) -> Outcome:
    outcome = Outcome()
    for refusal in refusals:
        if refusal.row == 0:
            raise ImportRefused(_(reasons[refusal.code]), code=refusal.code)
        outcome.refuse(refusal.row, refusal.field, refusal.value, refusal.code, reasons[refusal.code])
    return outcome
