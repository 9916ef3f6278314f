"""Problem to plain values and back, its one canonical order, and its fingerprint.

The fingerprint is what makes "same input, same plan" checkable: sha256 over compact JSON with sorted
keys of the canonical problem without display names, plus the solver's version.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from .model import (
    SOLVER_VERSION,
    Blocked,
    Box9Mode,
    CapBase,
    Group,
    Lock,
    Person,
    PersonKind,
    Problem,
    ProblemError,
    ReplanMode,
    Rules,
    Unit,
    from_thousandths,
    to_thousandths,
)

FORMAT = "kotak9-rotation/1"


def canonical(problem: Problem) -> Problem:
    """Sort everything; drop what lies outside the period; round balances to thousandths."""
    days = tuple(sorted(problem.days))
    known = frozenset(days)
    return replace(
        problem,
        days=days,
        units=tuple(sorted(problem.units, key=lambda unit: unit.id)),
        groups=tuple(
            replace(group, dates=None if group.dates is None else group.dates & known)
            for group in sorted(problem.groups, key=lambda group: group.id)
        ),
        people=tuple(_canonical_person(person, known) for person in sorted(problem.people, key=lambda p: p.id)),
        blocked=tuple(sorted({b for b in problem.blocked if b.day in known}, key=_blocked_key)),
        locked=tuple(sorted({k for k in problem.locked if k.day in known}, key=lambda k: (k.person, k.day, k.home))),
        previous=tuple(sorted({cell for cell in problem.previous if cell[1] in known})),
    )


def _canonical_person(person: Person, known: frozenset[date]) -> Person:
    return replace(
        person,
        absent=person.absent & known,
        mandatory=tuple(sorted({entry for entry in person.mandatory if entry[0] in known})),
        carry=from_thousandths(to_thousandths(person.carry)),
        prefer=person.prefer & known,
        avoid=person.avoid & known,
    )


def _blocked_key(blocked: Blocked) -> tuple[date, int]:
    return blocked.day, -1 if blocked.unit is None else blocked.unit


def fingerprint(problem: Problem) -> str:
    """sha256 in hex; see `Problem.fingerprint`."""
    data = to_dict(canonical(problem))
    for entry in [*data["units"], *data["groups"]]:
        entry.pop("name", None)
    data["solver"] = SOLVER_VERSION
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def to_dict(problem: Problem) -> dict[str, Any]:
    """JSON-ready values; sets become sorted lists, days ISO text, defaults are left out."""
    return {
        "format": FORMAT,
        "days": [day.isoformat() for day in problem.days],
        "rules": _rules_to_dict(problem.rules),
        "units": [_lean(_unit_to_dict(unit)) for unit in problem.units],
        "groups": [_lean(_group_to_dict(group)) for group in problem.groups],
        "people": [_lean(_person_to_dict(person)) for person in problem.people],
        "blocked": [{"day": b.day.isoformat(), "unit": b.unit} for b in problem.blocked],
        "locked": [{"person": k.person, "day": k.day.isoformat(), "home": k.home} for k in problem.locked],
        "previous": [[person, day.isoformat()] for person, day in problem.previous],
        "replan_from": problem.replan_from.isoformat() if problem.replan_from else None,
        "days_after": problem.days_after,
        "seed": problem.seed,
    }


_ZERO_MATTERS = frozenset(
    {"id", "unit", "parent", "cap_pct", "cap_abs", "box9_phase", "min_office", "members", "dates"}
)


def _lean(entry: dict[str, Any]) -> dict[str, Any]:
    """Without fields at their default; for some of them 0 or an empty list says something."""
    return {
        key: value
        for key, value in entry.items()
        if value is not None and (key in _ZERO_MATTERS or value not in (0, "", [], "0"))
    }


def _isos(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


def _rules_to_dict(rules: Rules) -> dict[str, Any]:
    return {
        "max_consecutive": rules.max_consecutive,
        "min_office_per_week": rules.min_office_per_week,
        "max_home_per_week": rules.max_home_per_week,
        "max_home_per_period": rules.max_home_per_period,
        "cap_base": rules.cap_base.value,
        "exempt": sorted(kind.value for kind in rules.exempt),
        "exempt_consecutive": sorted(kind.value for kind in rules.exempt_consecutive),
        "exempt_weekly": sorted(kind.value for kind in rules.exempt_weekly),
        "weekdays": None if rules.weekdays is None else sorted(rules.weekdays),
        "effective": None if rules.effective is None else [day.isoformat() for day in rules.effective],
        "guaranteed_min": rules.guaranteed_min,
        "box9": rules.box9.value,
        "replan": rules.replan.value,
    }


def _unit_to_dict(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "parent": unit.parent,
        "cap_pct": unit.cap_pct,
        "cap_abs": unit.cap_abs,
        "min_office": unit.min_office,
        "min_office_pct": unit.min_office_pct,
        "name": unit.name,
    }


def _group_to_dict(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "unit": group.unit,
        "members": sorted(group.members),
        "min_office": group.min_office,
        "dates": None if group.dates is None else _isos(group.dates),
        "name": group.name,
    }


def _person_to_dict(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "unit": person.unit,
        "kind": person.kind.value,
        "absent": _isos(person.absent),
        "mandatory": [[day.isoformat(), code] for day, code in person.mandatory],
        "carry": str(person.carry.normalize()) if person.carry else "0",
        "prefer": _isos(person.prefer),
        "avoid": _isos(person.avoid),
        "run_before": person.run_before,
        "office_before": person.office_before,
        "home_before": person.home_before,
        "box9_phase": person.box9_phase,
    }


class _Reader:
    """Reads one JSON object, naming the field when a value does not fit."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        if not isinstance(data, Mapping):
            raise ProblemError(f"{where}: an object is expected")
        self.data, self.where = data, where

    def get(self, name: str, read: Callable[[Any], Any], default: Any = ...) -> Any:
        value = self.data.get(name)
        if value is None:
            if default is ...:
                raise ProblemError(f"{self.where}.{name}: a value is needed")
            return default
        try:
            return read(value)
        except (TypeError, ValueError, KeyError, InvalidOperation) as exc:
            raise ProblemError(f"{self.where}.{name}: {value!r} cannot be read") from exc

    def each(self, name: str, read: Callable[[_Reader], Any]) -> tuple[Any, ...]:
        entries = self.data.get(name) or []
        return tuple(read(_Reader(entry, f"{self.where}.{name}[{index}]")) for index, entry in enumerate(entries))


def _days(values: Iterable[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(value) for value in values)


def _kinds(values: Iterable[str]) -> frozenset[PersonKind]:
    return frozenset(PersonKind(value) for value in values)


def _mandatory(values: Iterable[tuple[str, str]]) -> tuple[tuple[date, str], ...]:
    return tuple((date.fromisoformat(day), str(code)) for day, code in values)


def _rules_from(reader: _Reader) -> Rules:
    get = reader.get
    return Rules(
        max_consecutive=get("max_consecutive", int, None),
        min_office_per_week=get("min_office_per_week", int, 0),
        max_home_per_week=get("max_home_per_week", int, None),
        max_home_per_period=get("max_home_per_period", int, None),
        cap_base=get("cap_base", CapBase, CapBase.PRESENT),
        exempt=get("exempt", _kinds, frozenset()),
        exempt_consecutive=get("exempt_consecutive", _kinds, frozenset()),
        exempt_weekly=get("exempt_weekly", _kinds, frozenset()),
        weekdays=get("weekdays", lambda values: frozenset(int(value) for value in values), None),
        effective=get("effective", lambda v: (date.fromisoformat(v[0]), date.fromisoformat(v[1])), None),
        guaranteed_min=get("guaranteed_min", int, 0),
        box9=get("box9", Box9Mode, Box9Mode.NONE),
        replan=get("replan", ReplanMode, ReplanMode.MINIMAL),
    )


def _unit_from(reader: _Reader) -> Unit:
    get = reader.get
    return Unit(
        id=get("id", int),
        parent=get("parent", int, None),
        cap_pct=get("cap_pct", int, None),
        cap_abs=get("cap_abs", int, None),
        min_office=get("min_office", int, 0),
        min_office_pct=get("min_office_pct", int, None),
        name=get("name", str, ""),
    )


def _group_from(reader: _Reader) -> Group:
    get = reader.get
    return Group(
        id=get("id", int),
        unit=get("unit", int),
        members=get("members", lambda values: frozenset(int(value) for value in values)),
        min_office=get("min_office", int, 1),
        dates=get("dates", _days, None),
        name=get("name", str, ""),
    )


def _person_from(reader: _Reader) -> Person:
    get = reader.get
    return Person(
        id=get("id", int),
        unit=get("unit", int),
        kind=get("kind", PersonKind, PersonKind.REGULAR),
        absent=get("absent", _days, frozenset()),
        mandatory=get("mandatory", _mandatory, ()),
        carry=get("carry", Decimal, Decimal(0)),
        prefer=get("prefer", _days, frozenset()),
        avoid=get("avoid", _days, frozenset()),
        run_before=get("run_before", int, 0),
        office_before=get("office_before", int, 0),
        home_before=get("home_before", int, 0),
        box9_phase=get("box9_phase", int, None),
    )


def from_dict(data: Mapping[str, Any]) -> Problem:
    """The problem that `to_dict` wrote; raises ProblemError with the path of the wrong field."""
    reader = _Reader(data, "problem")
    if data.get("format", FORMAT) != FORMAT:
        raise ProblemError(f"problem.format: {data['format']!r} is not {FORMAT}")
    get = reader.get
    return Problem(
        days=get("days", lambda values: tuple(date.fromisoformat(value) for value in values)),
        rules=_rules_from(_Reader(get("rules", dict), "problem.rules")),
        units=reader.each("units", _unit_from),
        people=reader.each("people", _person_from),
        groups=reader.each("groups", _group_from),
        blocked=reader.each(
            "blocked", lambda r: Blocked(day=r.get("day", date.fromisoformat), unit=r.get("unit", int, None))
        ),
        locked=reader.each(
            "locked",
            lambda r: Lock(person=r.get("person", int), day=r.get("day", date.fromisoformat), home=r.get("home", bool)),
        ),
        previous=get("previous", lambda cells: tuple((int(p), date.fromisoformat(d)) for p, d in cells), ()),
        replan_from=get("replan_from", date.fromisoformat, None),
        days_after=get("days_after", int, 0),
        seed=get("seed", int, 0),
    )
