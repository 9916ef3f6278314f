"""A scoring profile: everything that one region decides, as data.

A profile is a tree of groups and indicators per axis, with weights, mappings, windows, cuts and gates.
It is read from JSON by `profile_json`, checked by `profile_check`, and never changed once used.
Numbers are exact fractions. Labels are (language, text) pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from talent.rules.numbers import ONE

Labels = tuple[tuple[str, str], ...]

WEIGHTED, POINTS, MEAN, SUM, BEST = "WEIGHTED", "POINTS", "MEAN", "SUM", "BEST"
COMBINATIONS = (WEIGHTED, POINTS, MEAN, SUM, BEST)

PICKS = ("LATEST", "BEST", "WORST", "MEAN", "SUM", "COUNT")
GATE_PICKS = ("LATEST", "EVERY", "SUM", "COUNT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Values from `low` to `high` give `value`; a None edge is open. Which edge belongs is the mapping's word."""

    low: Fraction | None = None
    high: Fraction | None = None
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Contiguous bands in rising order. `closed` LOW: low <= v < high; HIGH: low < v <= high.

    The outermost stated edges belong to their bands in both cases.
    """

    bands: tuple[Band, ...]
    closed: str = "LOW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One score per category; an unlisted category is no score, not zero."""

    entries: tuple[tuple[str, Fraction], ...]
    labels: tuple[tuple[str, Labels], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Value divided by the standard that stands beside it, times `times`; `cap` bounds the result."""

    times: Fraction = Fraction(100)
    cap: Fraction | None = None
    then: Mapping | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """The line through (low, gives_low) and (high, gives_high); `clamp` holds it between the two ends."""

    low: Fraction
    high: Fraction
    gives_low: Fraction
    gives_high: Fraction
    clamp: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AsIs:
    """The value itself, held below `cap` and above `floor` where these are stated; the raw value is kept."""

    cap: Fraction | None = None
    floor: Fraction | None = None


Mapping = Bands | Table | Ratio | Linear | AsIs


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which records still count on the day of reckoning.

    `months`: the last n months, the day n months ago itself no longer counted.
    `calendar_years`: the n whole calendar years before the year of reckoning.
    `counts_from` EVENT uses the day of the event, END its end (an open end counts).
    """

    months: int | None = None
    calendar_years: int | None = None
    counts_from: str = "EVENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Which records feed a node, and how many of them become one value.

    `running_value` replaces the value of a record that still runs on the day of reckoning.
    """

    fact: str
    pick: str = "LATEST"
    window: Window | None = None
    min_sample: int | None = None
    running_value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A leaf: its records, mapping and scale (the mapped value that earns the whole weight).

    `empty`: the mapped value when the window was checked and found empty; None: that proves nothing.
    `unit` stands behind the raw value, `remedy` says what a person can do. `is_goal` False: a better value is
    nothing to strive for (a lighter sanction), so it is never named as a step.
    """

    key: str
    labels: Labels
    source: Source
    mapping: Mapping
    weight: Fraction | None = None
    scale: Fraction = Fraction(100)
    mandatory: bool = False
    empty: Fraction | None = None
    unit: Labels = ()
    remedy: Labels = ()
    is_goal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A node over others. `total` is what the children's weights must add up to."""

    key: str
    labels: Labels
    combine: str
    children: tuple[Node, ...]
    weight: Fraction | None = None
    scale: Fraction = Fraction(100)
    total: Fraction = Fraction(100)


Node = Indicator | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """Category by the rounded axis value: below `middle`, from `middle`, from `high`. `strict`: above, not from."""

    middle: Fraction
    high: Fraction
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ByTable:
    """Category directly from the raw category of one indicator (predikat), whatever the axis value is."""

    indicator: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Category by rank within the peer group named by a trait.

    At most the share `top` of the group is above, at most `bottom` below (whole people, rounded down).
    A group with fewer than `min_group` people is cut by `small` instead.
    """

    peer_trait: str
    top: Fraction
    bottom: Fraction
    min_group: int
    small: Cuts


Category = Cuts | ByTable | Quota


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis. `stretch` AXIS: missing weight is spread over the whole axis; GROUP: within its own group."""

    labels: Labels
    tree: Group
    category: Category
    scale: Fraction = Fraction(100)
    min_coverage: Fraction = ONE
    stretch: str = "AXIS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a gate asks of the value. Exactly one of the questions is set."""

    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    share_at_least: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A condition beside the score. Effect UNMAPPED: outside the grid; NO_REWARD: boxed, but earns nothing by it.

    `when_missing` says whether no record passes or fails; a checked emptiness always passes.
    """

    key: str
    labels: Labels
    reason: Labels
    source: Source
    test: Question
    effect: str = "UNMAPPED"
    when_missing: str = "PASS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One step of the tie order: BOX, TALENT, Y, X, or TRAIT with its name."""

    by: str
    trait: str = ""
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The whole scheme, signed with an SK number."""

    code: str
    version: int
    labels: Labels
    sk_number: str
    y: Axis
    x: Axis
    talent_y: Fraction = Fraction(1, 2)
    talent_x: Fraction = Fraction(1, 2)
    rounding: int = 2
    gates: tuple[Gate, ...] = ()
    ties: tuple[Tie, ...] = field(default=())

    def axis(self, name: str) -> Axis:
        return self.y if name == "y" else self.x


def label(labels: Labels, language: str = "id") -> str:
    """The text in `language`, else the first one given."""
    texts = dict(labels)
    return texts.get(language) or (labels[0][1] if labels else "")


def walk(node: Node, depth: int = 0) -> Iterator[tuple[Node, int]]:
    """Every node of the tree with its depth, parents before children, in written order."""
    yield node, depth
    if isinstance(node, Group):
        for child in node.children:
            yield from walk(child, depth + 1)


def indicators(node: Node) -> list[Indicator]:
    """The leaves below `node`, in written order."""
    return [found for found, _ in walk(node) if isinstance(found, Indicator)]
