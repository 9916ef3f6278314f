"""Requests, the leave that is left, and what a correction may claim; constant queries however many people."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from attendance.models import Absence, AbsenceKind, AbsenceRequest, CorrectionRequest, RosterDay
from attendance.queries.moment import Moment, moment_of
from attendance.queries.places import OfficeDays
from attendance.rules import corrections, leave
from attendance.rules.kinds import Finding
from personnel.models import Appointment, Employment, Gender, Person
from personnel.queries import report_ids

POLICY = leave.LeavePolicy()
CORRECTIONS = corrections.CorrectionPolicy()
ONE_DAY = timedelta(days=1)
# Further back nothing is carried over.
YEARS_BACK = 2
Span = tuple[date, date]


def said(finding: Finding) -> str:
    """The sentence of a finding in the reader's language, with the words for the kind."""
    values = dict(finding.values)
    if values.get("kind") in AbsenceKind.values:
        values["kind"] = str(AbsenceKind(str(values["kind"])).label)
    if "employment" in values:
        values["employment"] = str(values["employment"]).replace("_", " ")
    return _(finding.message) % values


# ---- working days of people ----


class WorkingDays:
    """Days on which people owe minutes over a period, by their unit's hours or their roster; six queries at most."""

    def __init__(self, person_ids: Collection[int], starts_on: date, ends_on: date) -> None:
        self.office = OfficeDays(starts_on, ends_on)
        self.paths: dict[int, str] = dict(
            Appointment.objects.substantive()
            .within(starts_on, ends_on)
            .filter(person_id__in=person_ids)
            .order_by("starts_on", "pk")
            .values_list("person_id", "unit__path")
        )
        rows = RosterDay.objects.between(starts_on, ends_on).filter(person_id__in=person_ids)
        self.rosters = {(key, day): shift for key, day, shift in rows.values_list("person_id", "day", "shift_id")}

    def count(self, person_id: int, span: Span) -> dict[int, int]:
        """Working days of the span in each calendar year it touches."""
        found: dict[int, int] = {}
        day = max(span[0], self.office.starts_on)
        while day <= min(span[1], self.office.ends_on):
            found[day.year] = found.get(day.year, 0) + (not self._is_free(person_id, day))
            day += ONE_DAY
        return found

    def _is_free(self, person_id: int, day: date) -> bool:
        if (person_id, day) in self.rosters:
            return self.rosters[person_id, day] is None
        return self.office.is_free(self.paths.get(person_id, ""), day)


# ---- annual leave ----


def applicants(person_ids: Collection[int], day: date) -> dict[int, leave.Applicant]:
    """What leave asks of each person on `day`; two queries. The first employment ever begins the service."""
    rows = Employment.objects.filter(person_id__in=person_ids).order_by("starts_on", "pk")
    held: dict[int, str] = {}
    since: dict[int, date] = {}
    for row in rows:
        since.setdefault(row.person_id, row.starts_on)
        if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on):
            held[row.person_id] = row.kind
    women = set(Person.objects.filter(pk__in=person_ids, gender=Gender.FEMALE).values_list("pk", flat=True))
    return {
        key: leave.Applicant(employment=held.get(key, ""), serves_since=since.get(key), is_woman=key in women)
        for key in person_ids
    }


def annual_leaves(
    person_ids: Collection[int], years: Iterable[int], *, but_request: int | None = None
) -> dict[tuple[int, int], leave.AnnualLeave]:
    """Annual leave of each person in each year: recorded absences count as used, open requests as waiting.

    `but_request` leaves one open request out, so that it does not stand against itself.
    """
    people, asked = list(dict.fromkeys(person_ids)), sorted(set(years))
    if not people or not asked:
        return {}
    first, last = date(asked[0] - YEARS_BACK, 1, 1), date(asked[-1], 12, 31)
    days = WorkingDays(people, first, last)
    taken = _taken(people, first, last)
    waiting = _waiting(people, first, last, but_request)
    who = applicants(people, last)
    begun = Absence.objects.aggregate(first=Min("starts_on"))["first"]
    found = {}
    for key in people:
        used = _sum(days, key, taken.get((key, AbsenceKind.CT), []))
        open_days = _sum(days, key, waiting.get(key, []))
        long_years = {y for a, b in taken.get((key, AbsenceKind.CB), []) for y in range(a.year, b.year + 1)}
        for year in asked:
            found[key, year] = leave.annual_leave(
                POLICY,
                year=year,
                applicant=who[key],
                used=used,
                long_leave_years=long_years,
                first_recorded_year=begun.year if begun else year,
                waiting=open_days.get(year, 0),
            )
    return found


def _taken(people: list[int], first: date, last: date) -> dict[tuple[int, str], list[Span]]:
    rows = Absence.objects.standing().within(first, last).filter(
        person_id__in=people, kind__in=(AbsenceKind.CT, AbsenceKind.CB), from_minute__isnull=True
    )  # fmt: skip
    found: dict[tuple[int, str], list[Span]] = {}
    for key, kind, start, end in rows.values_list("person_id", "kind", "starts_on", "ends_on"):
        found.setdefault((key, kind), []).append((start, end))
    return found


def _waiting(people: list[int], first: date, last: date, but_request: int | None) -> dict[int, list[Span]]:
    rows = AbsenceRequest.objects.open().within(first, last).filter(person_id__in=people, kind=AbsenceKind.CT)
    found: dict[int, list[Span]] = {}
    for key, start, end in rows.exclude(pk=but_request).values_list("person_id", "starts_on", "ends_on"):
        found.setdefault(key, []).append((start, end))
    return found


def _sum(days: WorkingDays, person_id: int, spans: Iterable[Span]) -> dict[int, int]:
    total: dict[int, int] = {}
    for span in spans:
        for year, count in days.count(person_id, span).items():
            total[year] = total.get(year, 0) + count
    return total


def findings_of(
    *, person_id: int, kind: str, starts_on: date, ends_on: date, document: str, but_request: int | None = None
) -> list[Finding]:
    """What the rules say of a request for absence as things stand."""
    person = applicants([person_id], starts_on)[person_id]
    wish = leave.Wish(kind=kind, starts_on=starts_on, ends_on=ends_on, document=document)
    if ends_on < starts_on or not leave.TYPES[kind].takes_annual_quota or (ends_on - starts_on).days > 366:
        return leave.check_wish(wish, person, _nothing_left(wish))
    by_year = WorkingDays([person_id], starts_on, ends_on).count(person_id, (starts_on, ends_on))
    accounts = annual_leaves([person_id], by_year, but_request=but_request)
    wish = leave.Wish(kind=kind, starts_on=starts_on, ends_on=ends_on, document=document, days_by_year=by_year)
    return leave.check_wish(wish, person, {year: accounts[person_id, year] for year in by_year})


def _nothing_left(wish: leave.Wish) -> Mapping[int, leave.AnnualLeave]:
    years = range(wish.starts_on.year, wish.ends_on.year + 1)
    return {year: leave.AnnualLeave(year=year, entitled=0, carried=0, used=0) for year in years}


# ---- corrections ----


def corrections_taken(person_id: int, day: date) -> int:
    """Corrections of the calendar month of `day`, open or granted."""
    rows = CorrectionRequest.objects.standing().filter(person_id=person_id)
    return rows.filter(day__year=day.year, day__month=day.month).count()


def correction_moment(person_id: int, day: date) -> Moment:
    """The facts a correction of `day` is judged by. Raises NotAppointed."""
    return moment_of(person_id, day - ONE_DAY, day + ONE_DAY)


def correction_instant(moment: Moment, day: date, direction: str, minute: int) -> datetime:
    """The moment meant by a local time on a duty day; a clock-out before the start of a night shift is next morning."""
    expected = moment.expected(day)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(moment.zone_on(day)))
    is_next_morning = direction == "OUT" and (expected.ends or 0) > 1440 and minute < (expected.starts or 0)
    clock = midnight + (ONE_DAY if is_next_morning else timedelta(0))
    return clock.replace(hour=minute // 60, minute=minute % 60)


def press_is_known(moment: Moment, day: date, direction: str, now: datetime) -> bool:
    """Whether the day shows that clock-in or clock-out already."""
    result = moment.result(day, now=now)
    if direction == "IN":
        return result.first_in_at is not None and not result.missing_in
    return result.last_out_at is not None and not (result.missing_out or result.auto_closed)


# ---- lists ----


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open request in the inbox with what helps to decide it."""

    request: AbsenceRequest | CorrectionRequest
    working_days: int = 0
    account: leave.AnnualLeave | None = None
    warnings: tuple[str, ...] = ()
    away: tuple[str, ...] = ()

    @property
    def is_absence(self) -> bool:
        return isinstance(self.request, AbsenceRequest)


def my_absence_requests(person_id: int) -> QuerySet[AbsenceRequest]:
    """One's own, the latest first."""
    rows = AbsenceRequest.objects.filter(person_id=person_id).select_related("superior", "decided_by__person")
    return rows.order_by("-starts_on", "-pk")


def my_correction_requests(person_id: int) -> QuerySet[CorrectionRequest]:
    rows = CorrectionRequest.objects.filter(person_id=person_id).select_related("superior", "decided_by__person")
    return rows.order_by("-day", "-pk")


def waiting_count(person_id: int, day: date) -> int:
    """Requests this person decides on `day`, capped at 999 so that a crest costs no more than a day."""
    kinds = (AbsenceRequest, CorrectionRequest)
    return sum(kind.objects.waiting_for(person_id, day)[:999].count() for kind in kinds)


def absence_inbox(rows: Iterable[AbsenceRequest], superior_person_id: int, day: date) -> list[Waiting]:
    """Each request with its working days, the annual leave left, warnings, and who of the team is away then."""
    listed = list(rows)
    if not listed:
        return []
    people = {row.person_id for row in listed}
    first, last = min(row.starts_on for row in listed), max(row.ends_on for row in listed)
    days = WorkingDays(people, first, last)
    quota = [row for row in listed if row.kind == AbsenceKind.CT]
    accounts = annual_leaves({row.person_id for row in quota}, {row.starts_on.year for row in quota})
    who = applicants(people, first)
    away = _away(listed, superior_person_id, day, first, last)
    return [
        Waiting(
            request=row,
            working_days=sum(days.count(row.person_id, (row.starts_on, row.ends_on)).values()),
            account=accounts.get((row.person_id, row.starts_on.year)) if row.kind == AbsenceKind.CT else None,
            warnings=_warnings(row, who[row.person_id]),
            away=tuple(name for key, start, end, name in away
                       if key != row.person_id and start <= row.ends_on and row.starts_on <= end),
        )
        for row in listed
    ]  # fmt: skip


def _warnings(row: AbsenceRequest, person: leave.Applicant) -> tuple[str, ...]:
    wish = leave.Wish(kind=row.kind, starts_on=row.starts_on, ends_on=row.ends_on, document=row.document)
    found = leave.check_wish(wish, person, _nothing_left(wish))
    return tuple(said(finding) for finding in found if finding.severity == leave.WARNS)


def _away(
    rows: list[AbsenceRequest], superior_person_id: int, day: date, first: date, last: date
) -> list[tuple[int, date, date, str]]:
    """Approved absences of those who answer to this superior, over the period of the requests."""
    absent = Absence.objects.standing().within(first, last).filter(
        Q(person_id__in={row.person_id for row in rows})
        | Q(person__in=report_ids(superior_person_id, day)),
        from_minute__isnull=True,
    )  # fmt: skip
    named = absent.order_by("person__name", "pk")
    return list(named.values_list("person_id", "starts_on", "ends_on", "person__name"))


def open_requests(kind: type, user, day: date) -> QuerySet:
    """Open requests this account decides, oldest first."""
    rows = kind.objects.waiting_for(user.person_id, day).select_related("person", "superior")
    return rows.order_by("asked_at", "pk")


# ---- the form ----


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of absence somebody may ask for, with its conditions in words."""

    code: str
    label: str
    conditions: tuple[str, ...]


def offers(person: leave.Applicant) -> list[Offer]:
    """Kinds open to this employment that a superior can approve, in the order of the table."""
    return [
        Offer(row.code, str(AbsenceKind(row.code).label), tuple(_conditions(row, person)))
        for row in leave.TYPES.values()
        if person.employment in row.open_to and not row.decided_by_ppk and (person.is_woman or not row.for_women_only)
    ]


def _conditions(row: leave.LeaveType, person: leave.Applicant) -> Iterable[str]:
    if row.takes_annual_quota:
        yield _("%(days)s working days a year") % {"days": POLICY.days_of(person.employment)}
    if row.min_service_months:
        yield _("after %(years)s years of service") % {"years": row.min_service_months // 12}
    if row.longest_months:
        yield _("%(months)s months at most") % {"months": row.longest_months}
    if row.document_after_days == 0:
        yield _("with the number of the letter")
    elif row.document_after_days:
        yield _("longer than a day: with a doctor's note")
