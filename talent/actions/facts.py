"""Recording facts about people, one by one or by the thousand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from common.db import in_chunks, is_violation_of
from common.errors import DomainError
from common.tables import rows_of
from personnel.actions import record_audit
from personnel.models import Person, User
from talent.models import Fact, FactState
from talent.rules.fact_files import FactLine, read_facts
from talent.rules.numbers import exact

# Why a line of a facts file is not taken, by the code of `talent.rules.fact_files`.
REASONS = {
    "no_header": _lazy("The columns NIP, INDIKATOR, NILAI, TANGGAL and SUMBER are needed."),
    "no_nip": _lazy("A NIP of 18 digits is needed."),
    "no_key": _lazy("An indicator is named in lower-case letters, digits and underscores."),
    "no_date": _lazy("A date is needed."),
    "bad_date": _lazy("This is not a date."),
    "no_source": _lazy("A source is needed."),
    "bad_number": _lazy("A whole number is needed."),
}


class FactRefused(DomainError):
    code = "fact_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One record as a source gives it. Without `reference` the day of the record stands for it."""

    person_id: int
    key: str
    observed_on: date
    value: str | int | float | None = None
    ends_on: date | None = None
    valid_until: date | None = None
    standard: str = ""
    sample: int | None = None
    scored: str = ""
    is_empty: bool = False
    document: str = ""
    reference: str = ""


@dataclass(slots=True)
class Loaded:
    """What a load did; `refused` holds (row, field, reason) and only a file has any."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": len(self.refused),
        }


_TAKEN = [name.name for name in fields(FactRow) if name.name not in ("person_id", "key", "reference")]


def check_row(row: FactRow) -> None:
    """Raises FactRefused for what the table would refuse, in words."""
    if row.ends_on is not None and row.ends_on < row.observed_on:
        message = _("The end %(end)s lies before the date %(start)s.") % {"end": row.ends_on, "start": row.observed_on}
        raise FactRefused(message, field="ends_on")
    if row.is_empty and (row.value is not None or row.scored):
        raise FactRefused(_("A checked emptiness has no value."), field="value")
    if not row.is_empty and row.value in (None, "") and not row.scored:
        raise FactRefused(_("A value is missing; say so if the matter was checked and found empty."), field="value")
    for name in ("standard", "scored"):
        text = getattr(row, name)
        try:
            if text:
                exact(text)
        except ValueError as cause:
            raise FactRefused(_("%(value)s is not a number.") % {"value": text}, field=name) from cause


@transaction.atomic
def record_fact(*, row: FactRow, source: str, actor: User, now: datetime) -> Fact:
    """Enter one fact; it counts once somebody else has verified it.

    Raises:
        FactRefused: it cannot be so, or the same record of this source stands already.
    """
    check_row(row)
    fact = _fact(row, source, now)
    fact.recorded_by = actor
    try:
        with transaction.atomic():
            fact.save()
    except IntegrityError as clash:
        if not is_violation_of(clash, "talent_fact_once_per_source"):
            raise
        raise FactRefused(_("This record of this source is here already."), reference=fact.reference) from clash
    record_audit(actor=actor, verb="fact.record", obj=fact, after={"key": fact.key}, now=now)
    return fact


@transaction.atomic
def verify_fact(*, fact_id: int, accept: bool, actor: User, now: datetime) -> Fact:
    """Accept or reject a waiting fact. Nobody verifies a fact about oneself or of one's own hand.

    Raises:
        FactRefused: it is decided otherwise already, or it is the verifier's own.
    """
    fact = Fact.objects.select_for_update().get(pk=fact_id)
    wanted = FactState.ACCEPTED if accept else FactState.REJECTED
    if fact.state == wanted:
        return fact
    if fact.state != FactState.PENDING:
        raise FactRefused(_("This fact is decided already: %(state)s.") % {"state": fact.get_state_display()})
    if actor.pk == fact.recorded_by_id or actor.person_id == fact.person_id:
        raise FactRefused(_("Somebody else has to verify this fact."), field="verified_by")
    fact.state, fact.verified_by, fact.verified_at = wanted, actor, now
    fact.save(update_fields=["state", "verified_by", "verified_at"])
    verb = "fact.accept" if accept else "fact.reject"
    record_audit(actor=actor, verb=verb, obj=fact, before={"state": "PENDING"}, after={"state": wanted}, now=now)
    return fact


def load_facts(*, rows: Iterable[FactRow], source: str, actor: User | None, now: datetime) -> Loaded:
    """Take verified records of an official source. The same rows twice change nothing; a changed record is corrected.

    One transaction for each 1,000 rows; one audit event for the whole load.
    """
    loaded = Loaded()
    for chunk in in_chunks(rows):
        with transaction.atomic():
            _load_chunk(chunk, source, actor, now, loaded)
    with transaction.atomic():
        record_audit(actor=actor, verb="facts.load", obj=None, after={"source": source, **loaded.counts()}, now=now)
    return loaded


def _load_chunk(chunk: Sequence[FactRow], source: str, actor: User | None, now: datetime, loaded: Loaded) -> None:
    wanted: dict[tuple[int, str, str], Fact] = {}
    for row in chunk:
        check_row(row)
        fact = _fact(row, source, now)
        fact.state, fact.verified_by, fact.verified_at, fact.recorded_by = FactState.ACCEPTED, actor, now, actor
        wanted[(fact.person_id, fact.key, fact.reference)] = fact
    people = {person_id for person_id, _key, _reference in wanted}
    held = {
        (fact.person_id, fact.key, fact.reference): fact
        for fact in Fact.objects.filter(person_id__in=people, source=source).order_by("pk")
    }
    new, changed = [], []
    for name, fact in wanted.items():
        known = held.get(name)
        if known is None:
            new.append(fact)
        elif any(getattr(known, part) != getattr(fact, part) for part in _TAKEN):
            fact.pk = known.pk
            changed.append(fact)
    Fact.objects.bulk_create(new, batch_size=1_000)
    if changed:
        Fact.objects.bulk_update(changed, [*_TAKEN, "state", "verified_by", "verified_at"], batch_size=500)
    loaded.created += len(new)
    loaded.changed += len(changed)
    loaded.unchanged += len(wanted) - len(new) - len(changed)


def _fact(row: FactRow, source: str, now: datetime) -> Fact:
    taken = {name: getattr(row, name) for name in _TAKEN}
    reference = row.reference or row.observed_on.isoformat()
    return Fact(person_id=row.person_id, key=row.key, source=source, reference=reference, recorded_at=now, **taken)


def import_facts(*, path: Path, actor: User | None, now: datetime) -> Loaded:
    """Take a facts file (CSV or XLSX, columns in `talent.rules.fact_files`). The same file twice changes nothing.

    A row that cannot be taken is listed with its reason; the others are taken.
    """
    lines, refusals = read_facts(rows_of(path))
    total = Loaded(refused=[(row, name, str(REASONS[code])) for row, name, code in refusals])
    people = dict(Person.objects.filter(nip__in={line.nip for line in lines}).values_list("nip", "pk"))
    by_source: dict[str, list[FactRow]] = {}
    for line in lines:
        row = _row_of(line, people, total)
        if row is not None:
            by_source.setdefault(line.source, []).append(row)
    for source, rows in sorted(by_source.items()):
        loaded = load_facts(rows=rows, source=source, actor=actor, now=now)
        total.created += loaded.created
        total.changed += loaded.changed
        total.unchanged += loaded.unchanged
    return total


def _row_of(line: FactLine, people: dict[str, int], total: Loaded) -> FactRow | None:
    person_id = people.get(line.nip)
    if person_id is None:
        total.refused.append((line.row, "NIP", _("There is nobody with this NIP.")))
        return None
    row = FactRow(person_id=person_id, **line.taken())
    try:
        check_row(row)
    except FactRefused as refusal:
        total.refused.append((line.row, str(refusal.details.get("field", "")), refusal.message))
        return None
    return row
