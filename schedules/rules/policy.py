"""What a WFH policy says: one frozen record of parameters, its JSON form and how documents override each other.

The parameters of a perangkat daerah come from several dated documents: the institution's first, then the
perangkat daerah's own, then any unit's below it. Each document stores only what it changes. `merge` lays
them over each other and remembers which document decided which field, because an explanation must name it.

Defaults follow the PermenPANRB 4/2025 reading in `docs/regulations.md`: at most two days a week, half of
those present, direct services at the office.
"""

# ruff: noqa: RUF009 (`part` is dataclasses.field with a kind)

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from .findings import Finding, Severity, gettext_noop, say
from .policy_kinds import Day, Flag, Kind, ManyOf, Numbers, OneOf, Rows, Text, Unreadable, WholeNumber, Words


class Base(StrEnum):
    """Whom the ratio is taken of: those not absent that day, or everybody on the roster."""

    PRESENT = "PRESENT"
    ROSTER = "ROSTER"


class Scope(StrEnum):
    """Where the ratio is counted: the perangkat daerah as a whole, or also each of its smallest units."""

    PERANGKAT_DAERAH = "PERANGKAT_DAERAH"
    EVERY_UNIT = "EVERY_UNIT"


class Category(StrEnum):
    """Personal circumstances that a decree may name. Only the code is stored, never a diagnosis."""

    AGE = "AGE"
    PREGNANT = "PREGNANT"
    BREASTFEEDING = "BREASTFEEDING"
    HEALTH_WATCH = "HEALTH_WATCH"
    TRAVEL_ABROAD = "TRAVEL_ABROAD"


class Treatment(StrEnum):
    """What a category does: home is a duty, comes first when days are short, or is weighed by the head."""

    MANDATORY = "MANDATORY"
    PRIORITY = "PRIORITY"
    CONSIDER = "CONSIDER"


class EnteredBy(StrEnum):
    """Who may enter a category record."""

    OFFICER = "OFFICER"
    BKD = "BKD"


class Predikat(StrEnum):
    """Yearly performance predicate, from best to worst (PermenPANRB 6/2022)."""

    SANGAT_BAIK = "SANGAT_BAIK"
    BAIK = "BAIK"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN"
    KURANG = "KURANG"
    SANGAT_KURANG = "SANGAT_KURANG"


class DisciplineBar(StrEnum):
    """Which disciplinary state bars WFH: none, a sanction in force, or also a case under way."""

    NONE = "NONE"
    IN_FORCE = "IN_FORCE"
    IN_FORCE_OR_PROCESS = "IN_FORCE_OR_PROCESS"


class EmploymentKind(StrEnum):
    """Kinds of civil servants, as personnel stores them."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PARUH_WAKTU = "PPPK_PARUH_WAKTU"


class Box9Mode(StrEnum):
    """How the reward of box 9 is worked off, where it exists.

    ROLLING_3_3 is three working days at the office and three at home, over the weeks' borders.
    WEEKS_IN_TURN is 3 home + 2 office days one week and 2 + 3 the next. FIXED_3_2 is 3 office + 2 home.
    """

    NONE = "NONE"
    ROLLING_3_3 = "ROLLING_3_3"
    WEEKS_IN_TURN = "WEEKS_IN_TURN"
    FIXED_3_2 = "FIXED_3_2"


class Box9After(StrEnum):
    """What becomes of the reward when a newer talent period is published."""

    ENDS = "ENDS"
    KEPT_WHILE_IN_BOX = "KEPT_WHILE_IN_BOX"
    KEPT_UNTIL_MONTH_END = "KEPT_UNTIL_MONTH_END"


class ReportDuty(StrEnum):
    """How often the perangkat daerah reports on its WFH days."""

    NONE = "NONE"
    DAILY = "DAILY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockedDate:
    """A day on which everybody comes to the office, and why (apel, pleno)."""

    day: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRule:
    """How one category is treated and who may enter it."""

    category: Category
    treatment: Treatment
    entered_by: EnteredBy = EnteredBy.OFFICER


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision about a conflict between decrees, by the conflict's code."""

    code: str
    note: str
    decided_by: str
    decided_on: date


BLOCKED_DATES = Rows(BlockedDate, (("day", Day()), ("label", Text(120))), key="day")
CATEGORIES = Rows(
    CategoryRule,
    (("category", OneOf(Category)), ("treatment", OneOf(Treatment)), ("entered_by", OneOf(EnteredBy))),
    key="category",
)
DECISIONS = Rows(
    Decision,
    (("code", Text(60)), ("note", Text(500)), ("decided_by", Text(120)), ("decided_on", Day())),
    key="code",
)


def part(default: Any, kind: Kind, *, adds_up: bool = False) -> Any:
    """One parameter: its default, its kind, and whether documents below add to it instead of replacing it."""
    return field(default=default, metadata={"kind": kind, "adds_up": adds_up})


@dataclass(frozen=True, slots=True, kw_only=True)
class WfhRules:
    """Every parameter of a WFH policy. Percentages are whole; shares round down (half of 5 is 2)."""

    # The ratio
    ratio_percent: int = part(50, WholeNumber(0, 100))
    ratio_base: Base = part(Base.PRESENT, OneOf(Base))
    ratio_scope: Scope = part(Scope.EVERY_UNIT, OneOf(Scope))
    # The days
    fixed_weekdays: tuple[int, ...] = part((), Numbers(1, 7))
    fixed_days_for_everyone: bool = part(False, Flag())
    blocked_weekdays: tuple[int, ...] = part((), Numbers(1, 7))
    blocked_dates: tuple[BlockedDate, ...] = part((), BLOCKED_DATES, adds_up=True)
    # Limits per person
    max_days_per_week: int = part(2, WholeNumber(0, 7))
    max_consecutive: int | None = part(2, WholeNumber(1, 31, optional=True))
    min_office_days_per_week: int = part(2, WholeNumber(0, 7))
    guaranteed_days_per_month: int = part(0, WholeNumber(0, 23))
    # Coverage of each unit
    min_office_heads: int = part(0, WholeNumber(0, 1000))
    min_office_percent: int = part(0, WholeNumber(0, 100))
    # Who is left out
    exclude_direct_service: bool = part(True, Flag())
    exclude_shift_work: bool = part(True, Flag())
    exclude_unit_heads: bool = part(False, Flag())
    excluded_units: tuple[int, ...] = part((), Numbers(1, 2**31 - 1), adds_up=True)
    excluded_unit_kinds: tuple[str, ...] = part((), Words())
    excluded_echelons: tuple[str, ...] = part((), Words(4))
    excluded_position_kinds: tuple[str, ...] = part((), Words())
    employment_kinds: tuple[EmploymentKind, ...] = part(tuple(EmploymentKind), ManyOf(EmploymentKind))
    min_tenure_months: int = part(12, WholeNumber(0, 480))
    min_predikat: Predikat | None = part(Predikat.BAIK, OneOf(Predikat, optional=True))
    predikat_required: bool = part(False, Flag())
    discipline: DisciplineBar = part(DisciplineBar.IN_FORCE_OR_PROCESS, OneOf(DisciplineBar))
    # Personal circumstances
    categories: tuple[CategoryRule, ...] = part((), CATEGORIES)
    age_over: int = part(50, WholeNumber(18, 70))
    travel_days: int = part(14, WholeNumber(1, 60))
    mandatory_before_exclusions: bool = part(True, Flag())
    # Permanent work from anywhere, and the reward of box 9
    permanent_wfa: bool = part(False, Flag())
    permanent_counts_in_ratio: bool = part(False, Flag())
    box9_mode: Box9Mode = part(Box9Mode.NONE, OneOf(Box9Mode))
    box9_boxes: tuple[int, ...] = part((9,), Numbers(1, 9))
    box9_exempt_from_limits: bool = part(False, Flag())
    box9_after: Box9After = part(Box9After.ENDS, OneOf(Box9After))
    only_reward: bool = part(False, Flag())
    # Duties
    report_duty: ReportDuty = part(ReportDuty.MONTHLY, OneOf(ReportDuty))
    daily_target_before: bool = part(False, Flag())
    response_minutes: int | None = part(None, WholeNumber(1, 480, optional=True))
    submission_days_before: int = part(7, WholeNumber(0, 60))
    # What a person decided about conflicts
    decisions: tuple[Decision, ...] = part((), DECISIONS, adds_up=True)


FIELDS = {f.name: f for f in fields(WfhRules)}
ADDING_FIELDS = frozenset(name for name, f in FIELDS.items() if f.metadata["adds_up"])


def write_parameters(rules: WfhRules) -> dict[str, Any]:
    """The full JSON form of `rules`; reading it back gives an equal record."""
    return {name: f.metadata["kind"].write(getattr(rules, name)) for name, f in FIELDS.items()}


def write_overrides(values: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON form of the domain values that one document sets."""
    return {name: FIELDS[name].metadata["kind"].write(value) for name, value in values.items()}


def read_parameters(stored: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Domain values of the parameters that `stored` names, and one finding per value that does not fit.

    A finding names the field, the value and the limit. Unknown names are findings, not ignored: a
    misspelled limit that silently does nothing would be worse than a refusal.
    """
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for name in sorted(stored):
        if name not in FIELDS:
            message = say(gettext_noop("%(field)s is not a parameter of a WFH policy."), field=name)
            findings.append(Finding(code="unknown_field", severity=Severity.BLOCKS, message=message, field=name))
            continue
        try:
            values[name] = FIELDS[name].metadata["kind"].read(stored[name])
        except Unreadable as unfit:
            findings.append(Finding(code="unfit_value", severity=Severity.BLOCKS, message=unfit.sentence, field=name))
    return values, findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One document in force: where it holds, what it is called, and what it sets.

    `depth` is 0 for the institution, 1 for a perangkat daerah, more for units below. `ends_on` is the
    last day; None is open. `values` are domain values as `read_parameters` gives them.
    """

    depth: int
    place: str
    number: str
    legal_basis: str
    starts_on: date
    ends_on: date | None = None
    unit_id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def basis(self) -> str:
        """Number and legal basis in one line, as an explanation quotes them."""
        return " · ".join(text for text in (self.number, self.legal_basis) if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules that hold for one unit on one day, and the document behind each field.

    A field that no document sets has no origin; its default then rests on the lowest document.
    """

    rules: WfhRules
    layers: tuple[Layer, ...]
    origins: Mapping[str, Layer]

    def origin(self, name: str) -> Layer:
        return self.origins.get(name, self.layers[0])

    def basis(self, name: str) -> str:
        """The legal basis of one parameter."""
        return self.origin(name).basis


def merge(layers: Iterable[Layer], day: date) -> Policy | None:
    """The policy of `day`: documents in force, the deeper over the shallower; None when no document holds.

    Lists of dates, units and decisions add up on the way down; everything else is replaced. Two
    documents of the same depth and day: the later start wins.
    """
    held = sorted((layer for layer in layers if layer.holds_on(day)), key=lambda layer: (layer.depth, layer.starts_on))
    if not held:
        return None
    values: dict[str, Any] = {}
    origins: dict[str, Layer] = {}
    for layer in held:
        for name, value in layer.values.items():
            values[name] = joined(name, values.get(name, ()), value) if name in ADDING_FIELDS else value
            origins[name] = layer
    return Policy(rules=WfhRules(**values), layers=tuple(held), origins=origins)


def joined(name: str, above: Sequence[Any], below: Sequence[Any]) -> tuple[Any, ...]:
    """What two documents say about an adding field, the deeper one speaking last, each entry once."""
    kind = FIELDS[name].metadata["kind"]
    return kind.read(kind.write(above) + kind.write(below))


def with_decision(rules: WfhRules, decision: Decision) -> WfhRules:
    """`rules` with one more decision recorded; a later decision on the same code replaces the earlier."""
    return replace(rules, decisions=joined("decisions", rules.decisions, (decision,)))
