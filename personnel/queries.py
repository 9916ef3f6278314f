"""Who is where, under whom, on a given day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from personnel import access
from personnel.models import (
    AccountState,
    Appointment,
    AppointmentKind,
    AuditEvent,
    FindingKind,
    ImportBatch,
    ImportFinding,
    Person,
    ReportingLine,
    RoleGrant,
    Unit,
    UnitTraits,
    User,
)

DEFAULT_ZONE = "Asia/Jakarta"


# ---- units ----


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """A unit with what it inherits already resolved."""

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    path: str
    perangkat_daerah_id: int | None
    zone: str
    is_direct_service: bool
    is_shift_work: bool


def units_on(day: date) -> dict[int, UnitOnDay]:
    """Every unit that exists on `day`, parents before children, traits inherited; two queries."""
    traits = {row.unit_id: row for row in UnitTraits.objects.on(day).order_by("starts_on")}
    resolved: dict[int, UnitOnDay] = {}
    for unit in sorted(Unit.objects.on(day).order_by("pk"), key=lambda row: row.depth):
        above = resolved.get(unit.parent_id or 0)
        own = traits.get(unit.pk)
        resolved[unit.pk] = UnitOnDay(
            id=unit.pk,
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            parent_id=unit.parent_id,
            path=unit.path,
            perangkat_daerah_id=unit.perangkat_daerah_id,
            zone=(own.time_zone if own else "") or (above.zone if above else DEFAULT_ZONE),
            is_direct_service=_inherited(
                own.is_direct_service if own else None, above.is_direct_service if above else None
            ),
            is_shift_work=_inherited(own.is_shift_work if own else None, above.is_shift_work if above else None),
        )
    return resolved


def _inherited(own: bool | None, above: bool | None) -> bool:
    return bool(above) if own is None else own


def zone_of(unit: Unit, day: date) -> ZoneInfo:
    """The unit's own zone on `day`, else that of the nearest unit above which names one; one query."""
    rows = UnitTraits.objects.on(day).filter(unit_id__in=unit.ancestor_ids).exclude(time_zone="")
    named = dict(rows.order_by("starts_on").values_list("unit_id", "time_zone"))
    for unit_id in reversed(unit.ancestor_ids):
        if unit_id in named:
            return ZoneInfo(named[unit_id])
    return ZoneInfo(DEFAULT_ZONE)


def perangkat_daerah_on(day: date) -> QuerySet[Unit]:
    return Unit.objects.on(day).perangkat_daerah_only().order_by("name", "pk")


# ---- people in units ----


def unit_of(person_id: int, day: date) -> Unit | None:
    """The unit of the substantive appointment on `day`; None for somebody not appointed."""
    held = appointment_of(person_id, day)
    return held.unit if held else None


def appointment_of(person_id: int, day: date) -> Appointment | None:
    """The substantive appointment on `day` with its unit and position."""
    rows = Appointment.objects.substantive().on(day).filter(person_id=person_id)
    return rows.select_related("unit", "unit__perangkat_daerah", "position").order_by("-starts_on", "-pk").first()


def unit_ids_of(person_ids: Collection[int] | QuerySet, day: date) -> dict[int, int]:
    """Unit of each person on `day`; people without an appointment are left out; one query."""
    rows = Appointment.objects.substantive().on(day).filter(person_id__in=person_ids)
    return dict(rows.order_by("starts_on", "pk").values_list("person_id", "unit_id"))


def people_in(unit: Unit, day: date) -> QuerySet[Person]:
    """People of `unit` and of everything below it on `day`."""
    return Person.objects.employed_on(day).in_subtree(unit, day)


# ---- superiors ----


class Because(Enum):
    """Why somebody is the superior on a day."""

    LINE = "LINE"  # the reporting line says so
    ACTING = "ACTING"  # Plt or Plh of the unit the superior leads
    ABOVE = "ABOVE"  # nobody is named or there: the head of the nearest unit above


@dataclass(frozen=True, slots=True)
class SuperiorOnDay:
    person_id: int
    because: Because


def superior_of(person_id: int, day: date) -> SuperiorOnDay | None:
    """Who answers for `person_id` on `day`; None only at the very top. A vacant post never blocks."""
    return superiors_of([person_id], day).get(person_id)


def superiors_of(person_ids: Collection[int], day: date) -> dict[int, SuperiorOnDay]:
    """The superior of each person on `day`, in five queries however many people are asked for."""
    people = set(person_ids)
    lines = dict(ReportingLine.objects.on(day).filter(person_id__in=people).values_list("person_id", "superior_id"))
    heads = _Heads(day)
    present = set(
        Person.objects.employed_on(day).filter(pk__in=set(lines.values()) | heads.everyone).values_list("pk", flat=True)
    )
    units = unit_ids_of(people, day)
    paths = dict(Unit.objects.filter(pk__in=set(units.values())).values_list("pk", "path"))
    found: dict[int, SuperiorOnDay] = {}
    for person_id in people:
        answer = _superior(person_id, lines.get(person_id), paths.get(units.get(person_id, 0), ""), heads, present)
        if answer:
            found[person_id] = answer
    return found


class _Heads:
    """Who leads and who acts for which unit on a day."""

    def __init__(self, day: date) -> None:
        self.led_by: dict[int, int] = {}
        self.acted_by: dict[int, int] = {}
        self.units_led: dict[int, list[int]] = {}
        rows = Appointment.objects.heads().on(day).order_by("starts_on", "pk")
        for unit_id, person_id, kind in rows.values_list("unit_id", "person_id", "kind"):
            if kind == AppointmentKind.SUBSTANTIVE:
                self.led_by[unit_id] = person_id
                self.units_led.setdefault(person_id, []).append(unit_id)
            else:
                self.acted_by[unit_id] = person_id

    @property
    def everyone(self) -> set[int]:
        return set(self.led_by.values()) | set(self.acted_by.values())

    def standing_in_for(self, person_id: int) -> int | None:
        """The Plt or Plh of a unit that `person_id` leads."""
        return next((self.acted_by[unit] for unit in self.units_led.get(person_id, []) if unit in self.acted_by), None)


def _superior(person_id: int, named: int | None, path: str, heads: _Heads, present: set[int]) -> SuperiorOnDay | None:
    if named is not None:
        stand_in = heads.standing_in_for(named)
        if stand_in in present and stand_in != person_id:
            return SuperiorOnDay(stand_in, Because.ACTING)
        if named in present:
            return SuperiorOnDay(named, Because.LINE)
    for key in reversed([int(key) for key in path.split(".") if key]):
        for head, because in ((heads.acted_by.get(key), Because.ACTING), (heads.led_by.get(key), Because.ABOVE)):
            if head is not None and head != person_id and head in present:
                return SuperiorOnDay(head, because)
    return None


def reports_of(person_id: int, day: date) -> QuerySet[Person]:
    """People who answer to `person_id` on `day`: by the reporting line, or because the superior is stood in for."""
    return Person.objects.filter(pk__in=report_ids(person_id, day))


def report_ids(person_id: int, day: date) -> QuerySet:
    """Keys of the direct reports, as a subquery that fits any filter."""
    acting_for = Appointment.objects.acting().heads().on(day).filter(person_id=person_id).values("unit_id")
    replaced = Appointment.objects.substantive().heads().on(day).filter(unit_id__in=acting_for).values("person_id")
    lines = ReportingLine.objects.on(day).filter(Q(superior_id=person_id) | Q(superior_id__in=replaced))
    return lines.exclude(person_id=person_id).values("person_id")


def is_superior_of(user: User, person_id: int, day: date) -> bool:
    """Whether `user` is the direct or acting superior of `person_id` on `day`."""
    if not user.is_authenticated or user.person_id is None:
        return False
    return report_ids(user.person_id, day).filter(person_id=person_id).exists()


def has_reports(person_id: int, day: date) -> bool:
    return report_ids(person_id, day).exists()


# ---- what an account may see of people ----


def people_visible_to(
    user: User, day: date | None = None, *, roles: Iterable[str] = access.READS_PEOPLE
) -> QuerySet[Person]:
    """Oneself, one's reports, and the people of the units over which one holds one of `roles`."""
    if not user.is_authenticated:
        return Person.objects.none()
    day = day or timezone.localdate()
    paths = access.paths_of(user, roles, day)
    if any(path.count(".") == 1 for path in paths):
        return Person.objects.all()
    wanted = Q(pk=user.person_id) if user.person_id else Q(pk__in=[])
    if user.person_id:
        wanted |= Q(pk__in=report_ids(user.person_id, day))
    if paths:
        below = Q()
        for path in paths:
            below |= Q(unit__path__startswith=path)
        held = Appointment.objects.substantive().on(day).filter(below)
        wanted |= Q(pk__in=held.values("person_id"))
    return Person.objects.filter(wanted)


# ---- pages ----

SEARCH_ROWS = 8


def found_for(user: User, text: str, day: date) -> dict[str, list]:
    """People by name (or whole NIP) and units by name, only those `user` may see; three letters at least."""
    if len(text) < 2:
        return {"people": [], "units": []}
    people = people_visible_to(user, day).filter(Q(name__icontains=text) | Q(nip=text)).order_by("name", "pk")
    units = Unit.objects.visible_to(user).on(day).filter(name__icontains=text).order_by("path")
    rows = list(people[:SEARCH_ROWS])
    held = {row.person_id: row for row in appointments_of([person.pk for person in rows], day)}
    return {
        "people": [{"person": person, "appointment": held.get(person.pk)} for person in rows],
        "units": list(units.select_related("parent")[:SEARCH_ROWS]),
    }


def appointments_of(person_ids: Collection[int], day: date) -> QuerySet[Appointment]:
    """Substantive appointments on `day` with unit and position."""
    rows = Appointment.objects.substantive().on(day).filter(person_id__in=person_ids)
    return rows.select_related("unit", "position").order_by("person_id", "starts_on")


def for_person_page(person: Person, day: date) -> dict[str, object]:
    """Everything dated about a person, newest first, and the superior of today with the reason."""
    superior = superior_of(person.pk, day)
    return {
        "person": person,
        "appointment": appointment_of(person.pk, day),
        "employment": person.employments.on(day).order_by("-starts_on").first(),
        "rank": person.ranks.on(day).order_by("-starts_on").first(),
        "superior": Person.objects.get(pk=superior.person_id) if superior else None,
        "because": superior.because.value if superior else "",
        "appointments": person.appointments.select_related("unit", "position").order_by("-starts_on", "-pk"),
        "lines": person.lines_up.select_related("superior").order_by("-starts_on", "-pk"),
    }


def for_unit_page(user: User, unit: Unit, day: date) -> dict[str, object]:
    """A unit with its traits resolved, units below, who leads it, and the visible people of the unit itself."""
    visible = people_visible_to(user, day)
    held = Appointment.objects.substantive().on(day).filter(unit=unit, person__in=visible)
    heads = Appointment.objects.heads().on(day).filter(unit=unit).select_related("person", "position")
    return {
        "unit": unit,
        "traits": units_on(day).get(unit.pk),
        "ancestors": Unit.objects.filter(pk__in=unit.ancestor_ids[:-1]).order_by("path"),
        "children": unit.children.on(day).order_by("name", "pk"),
        "locations": unit.locations.on(day).order_by("name"),
        "heads": heads.order_by("kind", "pk"),
        "appointments": held.select_related("person", "position").order_by("-is_head", "person__name", "pk")[:200],
        "head_count": people_in(unit, day).count(),
    }


def appointments_for_list(user: User, day: date) -> QuerySet[Appointment]:
    """Substantive appointments of the people `user` may see, with person, unit and position; one query."""
    rows = Appointment.objects.substantive().on(day).filter(person__in=people_visible_to(user, day))
    joined = rows.select_related("person", "unit", "unit__perangkat_daerah", "position")
    return joined.order_by("person__name", "person_id", "pk")


def candidates_for_superior(user: User, person: Person, day: date) -> QuerySet[Person]:
    """Heads and acting heads of the units above and beside, whom the officer may place somebody under."""
    unit = unit_of(person.pk, day)
    if unit is None:
        return Person.objects.none()
    within = Q(unit_id__in=unit.ancestor_ids)
    if unit.perangkat_daerah:
        within |= Q(unit__path__startswith=unit.perangkat_daerah.path)
    heads = Appointment.objects.heads().on(day).filter(within).values("person_id")
    return Person.objects.employed_on(day).filter(pk__in=heads).exclude(pk=person.pk).order_by("name", "pk")


def grants_for_list(day: date) -> QuerySet[RoleGrant]:
    """Roles in force or still to come, by role and name."""
    rows = RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    return rows.select_related("user", "unit").order_by("role", "user__display_name", "pk")


def audit_for_list(verb: str, day: date | None) -> QuerySet[AuditEvent]:
    """Deeds, newest first, narrowed to verbs that begin so and to one local day."""
    rows = AuditEvent.objects.select_related("actor", "unit").order_by("-pk")
    if verb:
        rows = rows.filter(verb__startswith=verb)
    return rows.filter(happened_at__date=day) if day else rows


def import_batches() -> QuerySet[ImportBatch]:
    """Received files, newest first; the caller has asked `may_import_people`."""
    return ImportBatch.objects.select_related("created_by").order_by("-pk")


def finding_counts(batch: ImportBatch) -> list[tuple[str, Any, int]]:
    """Value, label and number of each kind of finding, in the order of the choices."""
    counted = dict(batch.findings.values_list("kind").annotate(number=Count("pk")).order_by("kind"))
    return [(value, label, counted.get(value, 0)) for value, label in FindingKind.choices]


def findings_for_page(batch: ImportBatch, kind: str) -> QuerySet[ImportFinding]:
    """Findings in the order of the file, of one kind where one is named."""
    rows = batch.findings.select_related("person").order_by("row", "pk")
    return rows.filter(kind=kind) if kind else rows


# ---- accounts ----


def accounts_in_reach(user: User, day: date, now: datetime) -> QuerySet[Person]:
    """The people whose accounts `user` looks after, each with `state` and `may_receive_code`; one query.

    An officer gives no code to somebody who holds a role, nobody to themselves, and only a superuser to another:
    a code opens the account, and must not open more than its giver may do.
    """
    paths = access.paths_of(user, access.KEEPS_ACCOUNTS, day)
    people = Person.objects.employed_on(day) if paths else Person.objects.none()
    if not any(path.count(".") == 1 for path in paths):
        below = Q(pk__in=[])
        for path in paths:
            below |= Q(unit__path__startswith=path)
        people = people.filter(pk__in=Appointment.objects.substantive().on(day).filter(below).values("person_id"))
    return people.annotate(state=_account_state(now), may_receive_code=_may_receive_code(user, day))


def _account_state(now: datetime) -> Case:
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    tries = AccessAttempt.objects.filter(attempt_time__gte=since).order_by().values("username", "ip_address")
    locked = tries.annotate(failures=Sum("failures_since_start")).filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    return Case(
        When(user__isnull=True, then=Value(AccountState.NONE)),
        When(user__is_active=False, then=Value(AccountState.CLOSED)),
        When(user__username__in=locked.values("username"), then=Value(AccountState.LOCKED)),
        When(user__access_code__expires_at__gt=now, then=Value(AccountState.CODE)),
        When(Q(user__password="") | Q(user__password__startswith="!"), then=Value(AccountState.WAITING)),
        default=Value(AccountState.ACTIVE),
    )


def _may_receive_code(user: User, day: date) -> Case:
    beyond = Q(user__is_active=False) | Q(pk=user.person_id or 0)
    if not user.is_superuser:
        beyond |= Q(user__is_superuser=True)
    if not access.is_bkd(user, day):
        held = RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), user__person=OuterRef("pk"))
        beyond |= Q(user__is_staff=True) | Q(Exists(held))
    return Case(When(beyond, then=Value(False)), default=Value(True))


def narrowed_accounts(
    rows: QuerySet[Person], day: date, *, text: str = "", unit: Unit | None = None, state: str = ""
) -> QuerySet[Person]:
    """The same rows by name, unit and state, in the order of names."""
    if text:
        rows = rows.filter(name__icontains=text)
    if unit:
        rows = rows.in_subtree(unit, day)
    return (rows.filter(state=state) if state else rows).order_by("name", "pk")


def account_counts(rows: QuerySet[Person]) -> list[tuple[str, Any, int]]:
    """Value, label and number of each state, in the order of the choices; one query."""
    counted = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    return [(value, label, counted.get(value, 0)) for value, label in AccountState.choices]


def units_of_accounts(user: User, day: date) -> QuerySet[Unit]:
    """What the list of accounts can be narrowed to: perangkat daerah for BKD, the own subtree for an officer."""
    if access.is_bkd(user, day):
        return perangkat_daerah_on(day)
    below = Q(pk__in=[])
    for path in access.paths_of(user, access.KEEPS_ACCOUNTS, day):
        below |= Q(path__startswith=path)
    return Unit.objects.on(day).filter(below).order_by("path")
