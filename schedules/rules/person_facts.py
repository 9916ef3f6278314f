"""What is known of a person when eligibility is asked: dated facts, codes instead of reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .policy import Category, EmploymentKind, Predikat


class Answer(StrEnum):
    """The verdict for one day."""

    MAY = "MAY"
    MUST = "MUST"
    MAY_NOT = "MAY_NOT"
    PERMANENT = "PERMANENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from `starts_on` to `ends_on`, both included; None is open."""

    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFact:
    """One unit on the way from the person's own unit up to the institution, flags already inherited."""

    unit_id: int
    kind: str = ""
    direct_service: bool = False
    shift_work: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryFact(Span):
    """A recorded circumstance: the code and its days, never more."""

    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class DisciplineFact(Span):
    """A sanction in force, or a case under way."""

    in_process: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionFact(Span):
    """A dated exception by a named person. The one granted last wins."""

    answer: Answer
    granted_by: str
    granted_on: date
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxChoice(Span):
    """The days on which the person has asked for the box 9 reward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFact:
    """A published placement: box 1 to 9 and the day on which that talent period was published."""

    box: int
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """All that eligibility looks at, as it stood on the day asked about.

    `units` runs from the person's own unit up to the institution; empty means no appointment that day.
    `boxes` are published placements, oldest first. A missing birth date, start of service or predikat is
    None and is never held against the person, unless the policy requires a predikat.
    """

    person_id: int
    units: tuple[UnitFact, ...] = ()
    employment: EmploymentKind | None = None
    born_on: date | None = None
    serving_since: date | None = None
    is_unit_head: bool = False
    position_kind: str = ""
    echelon: str = ""
    workable_anywhere: tuple[Span, ...] = ()
    workable_basis: str = ""
    predikat: Predikat | None = None
    discipline: tuple[DisciplineFact, ...] = ()
    categories: tuple[CategoryFact, ...] = ()
    exceptions: tuple[ExceptionFact, ...] = ()
    boxes: tuple[BoxFact, ...] = ()
    box_choices: tuple[BoxChoice, ...] = ()
