"""Small words for tables of scoring cases."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from talent.rules.facts import Facts, Record
from talent.rules.profile import (
    AsIs,
    Axis,
    Band,
    Bands,
    Cuts,
    Group,
    Indicator,
    Profile,
    Source,
    Table,
)
from talent.rules.profile_json import from_text

DAY = date(2026, 11, 18)
PROFILES = Path(__file__).parents[3] / "talent" / "data" / "profiles"


@cache
def shipped(code: str) -> Profile:
    return from_text((PROFILES / f"{code}.json").read_text())


def rec(key, value=None, on=date(2026, 1, 15), **more):
    return Record(key=key, value=value, on=on, record_id=more.pop("record_id", f"{key}-{on}-{value}"), **more)


def scored(**points):
    """Scores that the source itself gave, one per node key."""
    return [Record(key=key, on=date(2025, 12, 31), record_id=f"s-{key}", scored=str(p)) for key, p in points.items()]


def facts(*records, day=DAY, **traits):
    return Facts(reckoning_on=day, records=tuple(records), traits=traits)


def empty(key, on=date(2026, 11, 1)):
    return Record(key=key, on=on, record_id=f"e-{key}", is_empty=True)


def bands(*edges_and_values, closed="LOW"):
    """bands(0, 60, 2, 80, 5, 100, None): from 0 to 2 gives 60, from 2 to 5 gives 80, from 5 gives 100."""
    edges, values = edges_and_values[::2], edges_and_values[1::2]
    return Bands(
        closed=closed,
        bands=tuple(
            Band(low=_number(low), high=_number(high), value=Fraction(value))
            for low, value, high in zip(edges, values, edges[1:], strict=False)
        ),
    )


def _number(value):
    return None if value is None else Fraction(str(value))


def leaf(key, weight=None, mapping=None, scale=100, pick="LATEST", window=None, **more):
    source = Source(
        fact=more.pop("fact", key),
        pick=pick,
        window=window,
        min_sample=more.pop("min_sample", None),
        running_value=more.pop("running_value", None),
    )
    return Indicator(
        key=key,
        labels=(("id", key),),
        source=source,
        mapping=mapping or AsIs(),
        weight=_number(weight),
        scale=Fraction(scale),
        empty=_number(more.pop("empty", None)),
        **more,
    )


def group(key, combine, *children, weight=None, scale=100, total=100):
    return Group(
        key=key,
        labels=(("id", key),),
        combine=combine,
        children=children,
        weight=_number(weight),
        scale=Fraction(scale),
        total=Fraction(total),
    )


def table(**entries):
    return Table(entries=tuple((name, Fraction(str(points))) for name, points in entries.items()))


def axis(tree, *, scale=100, coverage="0.8", stretch="AXIS", category=None):
    return Axis(
        labels=(("id", tree.key),),
        tree=tree,
        scale=Fraction(scale),
        min_coverage=Fraction(coverage),
        stretch=stretch,
        category=category or Cuts(middle=Fraction(60), high=Fraction(80)),
    )


def profile(y=None, x=None, **more):
    plain = axis(group("x_axis", "WEIGHTED", leaf("x_value", 100)))
    return Profile(
        code="TEST",
        version=1,
        labels=(("id", "Uji"),),
        sk_number="SK uji",
        y=y or axis(group("y_axis", "WEIGHTED", leaf("y_value", 100))),
        x=x or plain,
        **more,
    )
