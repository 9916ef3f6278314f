"""All that is known about many people on a day: accepted facts, and what the registers of the lower apps say."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Min

from attendance import queries as attendance
from personnel.models import Appointment, AppointmentKind, Education, Employment, Person
from personnel.queries import unit_ids_of
from talent.models import Fact
from talent.rules.careers import Post, acting_posts, variety, years_at_level
from talent.rules.facts import Facts, Record, months_before
from worklogs import queries as worklogs
from worklogs.models import LogEntry

Records = dict[int, list[Record]]


def facts_of(person_ids: Collection[int], day: date) -> dict[int, Facts]:
    """Everything the scoring may look at, one entry a person; a fixed number of statements, at most 1,000 people.

    A register speaks only where no accepted fact of that key stands: a decree beats a derivation.
    """
    records = _accepted(person_ids)
    for source in (_attendance, _logs, _employment, _careers, _education):
        _fill(records, source(person_ids, day))
    traits = _traits(person_ids, day)
    return {
        person_id: Facts(reckoning_on=day, records=tuple(records.get(person_id, ())), traits=traits.get(person_id, {}))
        for person_id in person_ids
    }


def _fill(records: Records, derived: Iterator[tuple[int, Record]]) -> None:
    given = {person_id: {record.key for record in known} for person_id, known in records.items()}
    for person_id, record in derived:
        if record.key not in given.get(person_id, ()):
            records[person_id].append(record)


def _accepted(person_ids: Collection[int]) -> Records:
    found: Records = defaultdict(list)
    columns = (
        "pk", "person_id", "key", "value", "standard", "sample", "scored",
        "is_empty", "observed_on", "ends_on", "valid_until",
    )  # fmt: skip
    for row in Fact.objects.accepted().filter(person_id__in=person_ids).order_by("pk").values_list(*columns):
        pk, person_id, key, value, standard, sample, scored, is_empty, on, ends_on, valid_until = row
        found[person_id].append(
            Record(
                key=key,
                on=on,
                record_id=f"fact/{pk}",
                value=value,
                ends_on=ends_on,
                valid_until=valid_until,
                standard=standard or None,
                sample=sample,
                scored=scored or None,
                is_empty=is_empty,
            )
        )
    return found


def year_before(day: date) -> date:
    """First day of the twelve months that end with `day`."""
    return months_before(day, 12) + timedelta(days=1)


def _attendance(person_ids: Collection[int], day: date) -> Iterator[tuple[int, Record]]:
    first = year_before(day)
    for person_id, share in attendance.attendance_share(person_ids, first, day).items():
        if share.required:
            record_id = f"attendance/{first.isoformat()}/{day.isoformat()}"
            yield (
                person_id,
                Record(key="pemenuhan_jam", on=day, record_id=record_id, value=share.worked, standard=share.required),
            )


def _logs(person_ids: Collection[int], day: date) -> Iterator[tuple[int, Record]]:
    """Days with a sent log of the working days; counted from the office's first log where that is later."""
    began = LogEntry.objects.aggregate(first=Min("day"))["first"]
    if began is None or began > day:
        return
    first = max(year_before(day), began)
    for person_id, logs in worklogs.log_compliance(person_ids, first, day).items():
        if logs.working_days:
            yield (
                person_id,
                Record(
                    key="kepatuhan_log",
                    on=day,
                    record_id=f"worklogs/{first.isoformat()}/{day.isoformat()}",
                    value=logs.sent_days,
                    standard=logs.working_days,
                ),
            )


def _employment(person_ids: Collection[int], day: date) -> Iterator[tuple[int, Record]]:
    rows = Employment.objects.on(day).filter(person_id__in=person_ids).order_by("starts_on", "pk")
    for pk, person_id, kind, starts_on in rows.values_list("pk", "person_id", "kind", "starts_on"):
        yield person_id, Record(key="status_kepegawaian", on=starts_on, record_id=f"employment/{pk}", value=kind)


def _careers(person_ids: Collection[int], day: date) -> Iterator[tuple[int, Record]]:
    rows = Appointment.objects.filter(person_id__in=person_ids, starts_on__lte=day).order_by("starts_on", "pk")
    posts: dict[int, list[Post]] = defaultdict(list)
    columns = ("pk", "person_id", "kind", "position__kind", "position__level", "unit_id", "starts_on", "ends_on")
    for pk, person_id, kind, position_kind, level, unit_id, starts_on, ends_on in rows.values_list(*columns):
        posts[person_id].append(
            Post(
                record_id=f"appointment/{pk}",
                kind="SUBSTANTIVE" if kind == AppointmentKind.SUBSTANTIVE else kind,
                position_kind=position_kind,
                level=level,
                unit_id=unit_id,
                starts_on=starts_on,
                ends_on=ends_on,
            )
        )
    for person_id, held in posts.items():
        for record in _career(held, day):
            yield person_id, record


def _career(posts: list[Post], day: date) -> Iterator[Record]:
    years = years_at_level(posts, day)
    if years is not None:
        yield Record(key="lama_jabatan", on=day, record_id=years[1], value=years[0])
    kinds = variety(posts, day)
    if kinds is not None:
        yield Record(key="keragaman", on=day, record_id=posts[-1].record_id, value=kinds)
    acting = acting_posts(posts, day)
    for post, category in acting:
        yield Record(
            key="nondefinitif", on=post.starts_on, ends_on=post.ends_on, record_id=post.record_id, value=category
        )
    if not acting:
        # The register of appointments is complete, so an empty one is a checked emptiness.
        yield Record(key="nondefinitif", on=day, record_id="appointments", is_empty=True)


def _education(person_ids: Collection[int], day: date) -> Iterator[tuple[int, Record]]:
    rows = Education.objects.filter(person_id__in=person_ids).order_by("pk")
    for pk, person_id, level, year in rows.values_list("pk", "person_id", "level", "graduated_year"):
        on = min(date(year, 12, 31), day) if year and year <= day.year else date(1900, 1, 1)
        yield person_id, Record(key="pendidikan", on=on, record_id=f"education/{pk}", value=level)


def _traits(person_ids: Collection[int], day: date) -> dict[int, dict[str, object]]:
    """What the tie order and the peer groups lean on: unit, months of service, NIP."""
    units = unit_ids_of(person_ids, day)
    rows = Person.objects.filter(pk__in=person_ids).annotate(since=Min("employments__starts_on"))
    found: dict[int, dict[str, object]] = {}
    for pk, nip, since in rows.values_list("pk", "nip", "since"):
        months = (day.year - since.year) * 12 + day.month - since.month if since else 0
        found[pk] = {"nip": nip, "service_months": months, "unit": units.get(pk, 0)}
    return found
