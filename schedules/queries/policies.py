"""Which WFH rules hold where and when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from personnel.models import Unit, User
from personnel.queries import perangkat_daerah_on
from schedules.models import PolicyState, WfhPolicy
from schedules.rules.policy import Layer, Policy, WfhRules, merge, read_parameters, write_parameters


def layer_of(row: WfhPolicy) -> Layer:
    """A stored document as the rules take it; `row.unit` must be loaded.

    What is stored was checked when it was set; a value that a later release no longer reads is left out.
    """
    values, _findings = read_parameters(row.parameters)
    return Layer(
        depth=0 if row.unit is None else row.unit.depth + 1,
        place="" if row.unit is None else row.unit.name,
        number=row.number,
        legal_basis=row.legal_basis,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        unit_id=row.unit_id,
        values=values,
    )


class PolicyBook:
    """All documents that touch a stretch of days, read once; answers per unit and day without a query."""

    def __init__(self, rows: Iterable[WfhPolicy]) -> None:
        self._by_unit: dict[int | None, list[Layer]] = {}
        for row in rows:
            self._by_unit.setdefault(row.unit_id, []).append(layer_of(row))
        self._merged: dict[tuple[int, ...], Policy | None] = {}

    def layers_for(self, ancestor_ids: Iterable[int]) -> list[Layer]:
        """The institution's documents and those of the units named."""
        found = list(self._by_unit.get(None, []))
        for unit_id in ancestor_ids:
            found.extend(self._by_unit.get(unit_id, []))
        return found

    def policy_for(self, ancestor_ids: Iterable[int], day: date) -> Policy | None:
        """The rules of a unit on a day; `ancestor_ids` run from the root down to the unit itself."""
        held = [layer for layer in self.layers_for(ancestor_ids) if layer.holds_on(day)]
        key = tuple(id(layer) for layer in held)
        if key not in self._merged:
            self._merged[key] = merge(held, day)
        return self._merged[key]


def policy_book(starts_on: date, ends_on: date) -> PolicyBook:
    """Every document in force on at least one of these days; one query."""
    rows = WfhPolicy.objects.in_force().within(starts_on, ends_on).select_related("unit").order_by("starts_on", "pk")
    return PolicyBook(rows)


def parameters_above(unit: Unit | None, day: date, *, including_own: bool = False) -> dict[str, Any]:
    """The stored form of the rules that `unit` inherits on `day`; with `including_own`, of those it has."""
    ancestors = unit.ancestor_ids if unit else []
    layers = [
        layer
        for layer in policy_book(day, day).layers_for(ancestors)
        if including_own or (unit is not None and layer.unit_id != unit.pk)
    ]
    policy = merge(layers, day)
    return write_parameters(policy.rules if policy else WfhRules())


def policies_for_list(user: User, day: date) -> dict[str, Any]:
    """The policy page: the institution's documents, and for each perangkat daerah whether it has its own."""
    rows = list(WfhPolicy.objects.visible_to(user).select_related("unit", "created_by").order_by("-starts_on", "-pk"))
    book = PolicyBook([row for row in rows if row.state == PolicyState.IN_FORCE])
    own: dict[int | None, list[WfhPolicy]] = {}
    for row in rows:
        own.setdefault(row.unit_id, []).append(row)
    units = [
        {
            "unit": unit,
            "policy": book.policy_for(unit.ancestor_ids, day),
            "documents": own.get(unit.pk, []),
            "is_own": any(row.holds(day) for row in own.get(unit.pk, [])),
        }
        for unit in perangkat_daerah_on(day)
    ]
    below = [row for row in rows if row.unit is not None and not row.unit.is_perangkat_daerah]
    return {"institution": own.get(None, []), "units": units, "below": below, "current": book.policy_for([], day)}
