"""The SIASN personnel file into people, employments, appointments, ranks and education."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from common.db import in_chunks
from common.tables import rows_of
from personnel.actions.importing.outcome import ROWS_PER_STEP, ImportRefused, Outcome, Progress, silent
from personnel.actions.importing.places import Positions, Units
from personnel.actions.trace import record_audit
from personnel.models import Appointment, Education, EducationLevel, Employment, Person, Rank, User
from personnel.rules.positions import leads_unit
from personnel.rules.siasn import Doubt, Reading, SiasnPerson, read_siasn

_LEVEL_WORDS = (
    ("S-3", "S3"), ("S3", "S3"), ("S-2", "S2"), ("S2", "S2"), ("S-1", "S1"), ("S1", "S1"), ("SARJANA MUDA", "D3"),
    ("DIPLOMA IV", "D4"), ("D-IV", "D4"), ("DIPLOMA III", "D3"), ("D-III", "D3"), ("DIPLOMA II", "D2"), ("D-II", "D2"),
    ("DIPLOMA I", "D1"), ("D-I", "D1"), ("SLTA", "SLTA"), ("SMA", "SLTA"), ("SMK", "SLTA"), ("SLTP", "SMP"),
    ("SMP", "SMP"), ("SEKOLAH DASAR", "SD"), ("SD", "SD"),
)  # fmt: skip
_ENDED = "SIASN"
REASON_LATER = gettext_noop("Something that begins on the day of the change or later stands already.")
REASON_INCOMPLETE = gettext_noop("The birth date or the gender is missing, and the NIP does not tell it.")


def import_siasn(
    *, path: Path, effective_on: date, actor: User | None, now: datetime, progress: Progress = silent
) -> Outcome:
    """Take over a SIASN "Data Utama" file, `.xlsx` or `.csv`.

    Who is new begins on the dates of the file. What differs for a known person begins on `effective_on`, and what
    stood before ends the day before; names and birth dates are corrected in place. People who stand no longer in the
    file are counted and left alone. Written in steps of 1,000 rows: an import that was stopped may simply be
    started again, and the same file twice changes nothing.

    Raises:
        UnreadableTable: the file is no spreadsheet.
        ImportRefused: it has no header with the needed columns.
    """
    return import_siasn_rows(rows=rows_of(path), effective_on=effective_on, actor=actor, now=now, progress=progress)


def import_siasn_rows(
    *, rows: Iterable[Sequence[Any]], effective_on: date, actor: User | None, now: datetime, progress: Progress = silent
) -> Outcome:
    """The same from rows of cells; see `import_siasn`."""
    reading, outcome = _read(rows, now)
    with transaction.atomic():
        units = Units(people=reading.people, effective_on=effective_on, actor=actor, now=now)
        places = _places(reading.people, units)
    done = 0
    for people in in_chunks(reading.people, ROWS_PER_STEP):
        with transaction.atomic():
            _Step(people, places, effective_on, actor, now, outcome).write()
        done += len(people)
        progress(done, len(reading.people))
    outcome.opened_units = units.opened
    outcome.gone = _gone({person.nip for person in reading.people}, effective_on)
    with transaction.atomic():
        record_audit(actor=actor, verb="people.import", obj=None, after=outcome.counts(), now=now)
    return outcome


def preview_siasn_rows(
    *, rows: Iterable[Sequence[Any]], effective_on: date, actor: User | None, now: datetime, progress: Progress = silent
) -> "tuple[Outcome, list[RowChange], list[Doubt]]":
    """What `import_siasn_rows` would do, found by doing it and rolling every step back: nothing is written.

    The rows come unit by unit, so that a unit that would be opened is opened (and rolled back) about once.
    """
    reading, outcome = _read(rows, now)
    people = sorted(reading.people, key=lambda person: person.unit_path)
    changes: list[RowChange] = []
    opened: set[tuple[str, ...]] = set()
    done = 0
    for chunk in in_chunks(people, ROWS_PER_STEP):
        with transaction.atomic():
            units = Units(people=list(chunk), effective_on=effective_on, actor=actor, now=now)
            step = _Step(list(chunk), _places(list(chunk), units), effective_on, actor, now, outcome)
            step.write()
            changes += step.changes
            opened |= units.opened_paths
            transaction.set_rollback(True)
        done += len(chunk)
        progress(done, len(people))
    outcome.opened_units = len(opened)
    outcome.gone = _gone({person.nip for person in reading.people}, effective_on)
    return outcome, sorted(changes, key=lambda change: change.row), reading.doubts


def _read(rows: Iterable[Sequence[Any]], now: datetime) -> tuple[Reading, Outcome]:
    reading = read_siasn(rows, today=now.date())
    if reading.header is None:
        raise ImportRefused(_(reading.refusals[0].reason), code="file_without_header")
    outcome = Outcome(doubts=len(reading.doubts))
    for refusal in reading.refusals:
        outcome.refuse(refusal.row, refusal.field, refusal.value, refusal.code, refusal.reason)
    return reading, outcome


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that would make somebody new (`person_id` None) or change somebody, and what of them."""

    row: int
    person_id: int | None
    name: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(slots=True)
class _Places:
    """Keys of the unit and of the position of every person in the file."""

    units: dict[tuple[str, ...], int] = field(default_factory=dict)
    positions: dict[tuple[str, Any], int] = field(default_factory=dict)


def _places(people: list[SiasnPerson], units: Units) -> _Places:
    places, positions = _Places(), Positions()
    for person in people:
        if person.unit_path not in places.units:
            places.units[person.unit_path] = units.of(person.unit_path).pk
        key = (person.position, person.position_group)
        if key not in places.positions:
            places.positions[key] = positions.of(*key).pk
    return places


def _gone(nips: set[str], day: date) -> int:
    still_here = Person.objects.employed_on(day).values_list("nip", flat=True)
    return sum(nip not in nips for nip in still_here.iterator())


class _Step:
    """One transaction's worth of rows: what stands is read in six queries, what differs is written in bulk."""

    def __init__(
        self, people: Sequence[SiasnPerson], places: _Places, effective_on: date, actor: User | None, now: datetime,
        outcome: Outcome,
    ) -> None:  # fmt: skip
        self.people, self.places, self.effective_on = people, places, effective_on
        self.actor, self.now, self.outcome = actor, now, outcome
        self.yesterday = effective_on - timedelta(days=1)
        rows = Person.objects.filter(nip__in=[person.nip for person in people])
        self.known = {row.nip: row for row in rows}
        self._recognise_corrected_nips()
        ids = [row.pk for row in self.known.values()]
        self.employments = self._open_rows(Employment.objects.filter(person_id__in=ids))
        self.appointments = self._open_rows(
            Appointment.objects.substantive().filter(person_id__in=ids).select_related("unit", "position")
        )
        self.ranks = self._open_rows(Rank.objects.filter(person_id__in=ids))
        self.educations = set(Education.objects.filter(person_id__in=ids).values_list("person_id", "level", "field"))
        self.to_add: dict[Any, list[Any]] = {Employment: [], Appointment: [], Rank: [], Education: []}
        self.to_end: dict[Any, list[Any]] = {Employment: [], Appointment: [], Rank: []}
        self.changes: list[RowChange] = []

    def _open_rows(self, rows: Any) -> dict[int, Any]:
        """What stands on the day of the change, a contract with a later end included; the latest of each person."""
        standing = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.effective_on))
        return {row.person_id: row for row in standing.order_by("starts_on", "pk")}

    def _recognise_corrected_nips(self) -> None:
        """Somebody whose NIP was corrected at BKN is found by the key of SIASN; the account name follows."""
        unknown = {
            person.siasn_id: person.nip for person in self.people if person.siasn_id and person.nip not in self.known
        }
        for row in Person.objects.filter(siasn_id__in=list(unknown)):
            Person.objects.filter(pk=row.pk).update(nip=unknown[row.siasn_id])
            User.objects.filter(person=row, username=row.nip).update(username=unknown[row.siasn_id])
            row.nip = unknown[row.siasn_id]
            self.known[row.nip] = row
            record_audit(actor=self.actor, verb="person.correct_nip", obj=row, now=self.now)

    def write(self) -> None:
        self._add_people([person for person in self.people if person.nip not in self.known and person.is_active])
        for person in self.people:
            row = self.known.get(person.nip)
            if row is not None and row.pk not in self.added:
                self._compare(person, row)
        for model, rows in self.to_end.items():
            model.objects.bulk_update(rows, ["ends_on"], batch_size=500)
        for model, rows in self.to_add.items():
            model.objects.bulk_create(rows, batch_size=500)

    def _add_people(self, people: list[SiasnPerson]) -> None:
        complete = [person for person in people if person.birth_on and person.gender]
        for person in people:
            if not (person.birth_on and person.gender):
                self.outcome.refuse(person.row, "TANGGAL LAHIR", "", "incomplete", REASON_INCOMPLETE)
        made = Person.objects.bulk_create([Person(nip=person.nip, **_own_fields(person)) for person in complete])
        if any(row.pk is None for row in made):
            keys = dict(Person.objects.filter(nip__in=[row.nip for row in made]).values_list("nip", "pk"))
            for row in made:
                row.pk = keys[row.nip]
        self.added = {row.pk for row in made}
        for person, row in zip(complete, made, strict=True):
            begins = person.employed_on or person.position_on or self.effective_on
            self.to_add[Employment].append(Employment(person=row, kind=person.employment, starts_on=begins))
            self._add_appointment(row.pk, person, person.position_on or begins)
            self._add_rank(row.pk, person, person.grade_on or begins)
            self._add_education(row.pk, person)
            after = {"position": person.position, "unit": person.unit_path[-1], "employment": str(person.employment)}
            self.changes.append(RowChange(person.row, None, row.full_name, {}, after))
        self.outcome.new += len(made)

    def _compare(self, person: SiasnPerson, row: Person) -> None:
        before, after = self._differences(person, row)
        if after:
            self.outcome.changed += 1
            self.changes.append(RowChange(person.row, row.pk, row.full_name, before, after))
            record_audit(
                actor=self.actor, verb="person.import_change", obj=row, before=before, after=after, now=self.now
            )
        else:
            self.outcome.unchanged += 1

    def _differences(self, person: SiasnPerson, row: Person) -> tuple[dict[str, Any], dict[str, Any]]:
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        own = {name: value for name, value in _own_fields(person).items() if value and getattr(row, name) != value}
        if own:
            before |= {name: str(getattr(row, name)) for name in own}
            after |= {name: str(value) for name, value in own.items()}
            Person.objects.filter(pk=row.pk).update(**own)
        if not person.is_active:
            self._end_service(row, before, after)
        else:
            self._change_employment(person, row, before, after)
            self._change_appointment(person, row, before, after)
            self._change_rank(person, row, before, after)
        if self._add_education(row.pk, person):
            after["education"] = f"{person.education_level} {person.education_field}"
        return before, after

    def _end_service(self, row: Person, before: dict[str, Any], after: dict[str, Any]) -> None:
        for held in (self.employments.get(row.pk), self.appointments.get(row.pk)):
            if held is not None and held.starts_on < self.effective_on:
                self._end(held)
                after["left"] = str(self.effective_on)
                before["left"] = None

    def _change_employment(
        self, person: SiasnPerson, row: Person, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        held = self.employments.get(row.pk)
        if held is not None and held.kind == person.employment:
            return
        if held is not None and not self._may_follow(held, person, "STATUS CPNS PNS", person.employment):
            return
        self.to_add[Employment].append(
            Employment(person_id=row.pk, kind=person.employment, starts_on=self.effective_on)
        )
        before["employment"], after["employment"] = (held.kind if held else None), str(person.employment)

    def _change_appointment(
        self, person: SiasnPerson, row: Person, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        held = self.appointments.get(row.pk)
        unit_id = self.places.units[person.unit_path]
        position_id = self.places.positions[(person.position, person.position_group)]
        if held is not None:
            if (held.unit_id, held.position_id) == (unit_id, position_id):
                return
            if not self._may_follow(held, person, "JABATAN NAMA", person.position):
                return
        self._add_appointment(row.pk, person, self.effective_on)
        before["appointment"] = {"unit": held.unit.name, "position": held.position.name} if held else None
        after["appointment"] = {
            "unit": person.unit_path[-1], "position": person.position, "from": str(self.effective_on)
        }  # fmt: skip

    def _change_rank(self, person: SiasnPerson, row: Person, before: dict[str, Any], after: dict[str, Any]) -> None:
        held = self.ranks.get(row.pk)
        if not person.grade or (held is not None and held.grade == person.grade):
            return
        begins = person.grade_on if person.grade_on and held and person.grade_on > held.starts_on else self.effective_on
        if held is not None and held.starts_on >= begins:
            self.outcome.refuse(person.row, "GOL AKHIR NAMA", person.grade, "begins_later", REASON_LATER)
            return
        if held is not None:
            held.ends_on = begins - timedelta(days=1)
            self.to_end[Rank].append(held)
        self._add_rank(row.pk, person, begins)
        before["grade"], after["grade"] = (held.grade if held else None), person.grade

    def _may_follow(self, held: Any, person: SiasnPerson, name: str, value: str) -> bool:
        """End what stands the day before; a row that began on the day of the change or later cannot be followed."""
        if held.starts_on >= self.effective_on:
            self.outcome.refuse(person.row, name, str(value), "begins_later", REASON_LATER)
            return False
        self._end(held)
        return True

    def _end(self, held: Any) -> None:
        held.ends_on = self.yesterday
        self.to_end[type(held)].append(held)

    def _add_appointment(self, person_id: int, person: SiasnPerson, starts_on: date) -> None:
        self.to_add[Appointment].append(
            Appointment(
                person_id=person_id,
                unit_id=self.places.units[person.unit_path],
                position_id=self.places.positions[(person.position, person.position_group)],
                is_head=person.position_group is not None and leads_unit(person.position, person.position_group),
                starts_on=starts_on,
            )
        )

    def _add_rank(self, person_id: int, person: SiasnPerson, starts_on: date) -> None:
        if person.grade:
            self.to_add[Rank].append(Rank(person_id=person_id, grade=person.grade[:8], starts_on=starts_on))

    def _add_education(self, person_id: int, person: SiasnPerson) -> bool:
        level = education_level_of(person.education_level)
        if not level or (person_id, level, person.education_field) in self.educations:
            return False
        self.educations.add((person_id, level, person.education_field))
        self.to_add[Education].append(
            Education(
                person_id=person_id, level=level, field=person.education_field, graduated_year=person.graduated_year
            )
        )
        return True


def education_level_of(text: str) -> str:
    """The level of TINGKAT PENDIDIKAN NAMA, however an export writes it; "" when it is not known."""
    upper = text.upper().strip()
    if upper in EducationLevel.values:
        return upper
    return next((level for word, level in _LEVEL_WORDS if word in upper), "")


def _own_fields(person: SiasnPerson) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": person.name[:150],
        "title_before": person.title_before[:40],
        "title_after": person.title_after[:80],
        "email": person.email if "@" in person.email else "",
        "siasn_id": person.siasn_id[:40],
    }
    if person.birth_on and person.gender:
        fields |= {"gender": str(person.gender), "birth_on": person.birth_on}
    return fields
