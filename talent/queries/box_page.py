"""One placement laid out for reading: every point with its record, what is missing, what would move it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talent import wording
from talent.models import Evidence, Fact, Placement
from talent.queries.profiles import scheme_of
from talent.rules.evidence import decode
from talent.rules.grid import FOLLOW_UPS
from talent.rules.improvements import Move, Outlook, Step, outlook
from talent.rules.numbers import apportion, exact, round_half_up
from talent.rules.profile import Cuts, Group, Indicator, Labels, Profile, Ratio, Table, label, walk
from talent.rules.stored import StoredLeaf, StoredResult, parse

SHOWN_MOVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """Where a value comes from, in words; `document` is what can be asked for."""

    words: str
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator of an axis. `shown` parts of an axis add up to the shown axis value."""

    label: str
    group: str
    raw: str
    sources: tuple[SourceLine, ...]
    shown: Decimal
    weight: Decimal
    most: Decimal
    missing: str
    is_empty: bool
    next_raw: str
    next_gain: Decimal | None
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One stretch of the axis bar, in per cent of the axis scale, as text for an attribute."""

    start: str
    width: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    """One way into the next category."""

    steps: tuple[tuple[str, str, Decimal], ...]
    gain: Decimal
    value: Decimal | None
    category: str
    box: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisPage:
    name: str
    label: str
    value: Decimal | None
    category: str
    scale: Decimal
    cuts: tuple[tuple[str, Decimal], ...]
    next_cut: Decimal | None
    rows: tuple[Row, ...]
    segments: tuple[Segment, ...]
    moves: tuple[MoveLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    label: str
    reason: str
    passed: bool
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxPage:
    """All that the page of one placement shows."""

    placement: Placement
    axes: tuple[AxisPage, ...]
    gates: tuple[GateLine, ...]
    reasons: tuple[str, ...]
    follow_ups: tuple[str, ...]
    y_words: str
    x_words: str


@dataclass(slots=True)
class _Book:
    """What the lines lean on: the profile in one language, its labels, the facts behind the record ids."""

    scheme: Profile
    language: str
    facts: dict[str, Fact]
    nodes: dict[str, Indicator | Group] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)

    def words(self, labels: Labels) -> str:
        return label(labels, self.language)


def box_page(placement: Placement) -> BoxPage:
    """Three statements: evidence, the facts named in the result, nothing else; period and profile come along."""
    stored = parse(placement.result)
    scheme = scheme_of(placement.period.profile)
    evidence = Evidence.objects.filter(period_id=placement.period_id, person_id=placement.person_id).first()
    ahead = outlook(scheme, decode(evidence.records)) if evidence else {}
    book = _Book(scheme, (get_language() or "id")[:2], _facts(stored))
    for name in ("y", "x"):
        _note_nodes(book, scheme.axis(name).tree)
    labels = {key: book.words(node.labels) for key, node in book.nodes.items()}
    labels |= {gate.key: book.words(gate.reason) for gate in scheme.gates}
    labels |= {name: book.words(scheme.axis(name).labels) for name in ("y", "x")}
    return BoxPage(
        placement=placement,
        axes=tuple(_axis(book, name, placement, stored, ahead.get(name)) for name in ("y", "x")),
        gates=tuple(_gates(book, stored)),
        reasons=tuple(wording.reason_words(reason, labels) for reason in stored.unmapped),
        follow_ups=tuple(str(wording.FOLLOW_UPS[code]) for code in FOLLOW_UPS.get(placement.box or 0, ())),
        y_words=str(wording.CATEGORIES.get(placement.y_category, "")),
        x_words=str(wording.CATEGORIES.get(placement.x_category, "")),
    )


def _facts(stored: StoredResult) -> dict[str, Fact]:
    ids = {name for leaves in stored.leaves.values() for leaf in leaves for name in leaf.record_ids}
    keys = [int(name.removeprefix("fact/")) for name in ids if name.startswith("fact/")]
    return {f"fact/{fact.pk}": fact for fact in Fact.objects.filter(pk__in=keys)}


def _note_nodes(book: _Book, tree: Group) -> None:
    for node, _depth in walk(tree):
        book.nodes[node.key] = node
    for group in tree.children:
        for node, _depth in walk(group):
            book.groups[node.key] = book.words(group.labels) if isinstance(group, Group) else ""


def _gates(book: _Book, stored: StoredResult) -> Iterable[GateLine]:
    failed = {gate.key for gate in stored.gates}
    for gate in book.scheme.gates:
        words = book.words(gate.reason)
        yield GateLine(label=book.words(gate.labels), reason=words, passed=gate.key not in failed, effect=gate.effect)


def _axis(book: _Book, name: str, placement: Placement, stored: StoredResult, ahead: Outlook | None) -> AxisPage:
    axis = book.scheme.axis(name)
    leaves = stored.leaves[name]
    value = placement.y_value if name == "y" else placement.x_value
    category = placement.y_category if name == "y" else placement.x_category
    shown = apportion([leaf.contribution for leaf in leaves], book.scheme.rounding)
    places = book.scheme.rounding
    rows = tuple(
        _row(book, leaf, part, ahead.next_steps.get(leaf.key) if ahead else None)
        for leaf, part in zip(leaves, shown, strict=True)
    )
    cuts = _cuts(axis.category)
    return AxisPage(
        name=name,
        label=book.words(axis.labels),
        value=None if value is None else round(value, places),
        category=str(wording.CATEGORIES.get(category, "")),
        scale=round_half_up(axis.scale, places),
        cuts=tuple((_per_cent(edge / axis.scale), round_half_up(edge, places)) for edge in cuts),
        next_cut=next((round_half_up(edge, places) for edge in cuts if value is not None and edge > value), None),
        rows=rows,
        segments=tuple(_segments(book, leaves, axis.scale)),
        moves=tuple(_moves(book, ahead)) if ahead and placement.box is not None else (),
    )


def _cuts(category: object) -> tuple[Fraction, ...]:
    return (category.middle, category.high) if isinstance(category, Cuts) else ()


def _per_cent(share: Fraction) -> str:
    return f"{round_half_up(share * 100, 3)}%"


def _segments(book: _Book, leaves: Iterable[StoredLeaf], scale: Fraction) -> Iterable[Segment]:
    start = Fraction(0)
    for leaf in leaves:
        if leaf.contribution > 0:
            words = book.words(book.nodes[leaf.key].labels)
            yield Segment(start=_per_cent(start / scale), width=_per_cent(leaf.contribution / scale), label=words)
        start += leaf.contribution


def _row(book: _Book, leaf: StoredLeaf, shown: Decimal, step: Step | None) -> Row:
    node = book.nodes[leaf.key]
    sources = tuple(_source(book, name) for name in leaf.record_ids)
    return Row(
        label=book.words(node.labels),
        group=book.groups.get(leaf.key, ""),
        raw=_raw(book, node, leaf),
        sources=tuple(dict.fromkeys(sources)),
        shown=shown,
        weight=round_half_up(leaf.applied),
        most=max(round_half_up(leaf.applied), shown),
        missing=str(wording.MISSING.get(leaf.missing, leaf.missing)) if leaf.missing else "",
        is_empty=leaf.how == "VERIFIED_EMPTY",
        next_raw=_step_words(book, node, step) if step else "",
        next_gain=round_half_up(step.gain) if step else None,
        remedy=book.words(node.remedy) if isinstance(node, Indicator) else "",
    )


def _raw(book: _Book, node: Indicator | Group, leaf: StoredLeaf) -> str:
    """The raw value as people say it: the word of a category, a share in per cent, a number."""
    if leaf.how == "VERIFIED_EMPTY":
        return _("none, checked")
    if leaf.how == "SCORED_BY_SOURCE" or isinstance(node, Group):
        return _("score %(value)s by the source") % {"value": _number(leaf.raw)}
    mapping = node.mapping
    if isinstance(mapping, Table):
        return _category_words(book, mapping, leaf.raw)
    if isinstance(mapping, Ratio) and leaf.standard and leaf.raw:
        share = round_half_up(exact(leaf.raw) / exact(leaf.standard) * 100, 1)
        return f"{number_format(share)} %"
    return _number_words(book, node, leaf.raw)


def _number_words(book: _Book, node: Indicator, raw: str) -> str:
    words = _number(raw)
    if node.source.pick == "COUNT" and raw:
        return _("%(count)s record(s)") % {"count": words}
    return f"{words} {book.words(node.unit)}".strip() if raw else ""


def _category_words(book: _Book, mapping: Table, raw: str) -> str:
    names = dict(mapping.labels)
    return " · ".join(book.words(names[part]) if part in names else part for part in raw.split(" · ")) if raw else ""


def _number(text: str) -> str:
    try:
        return number_format(round_half_up(exact(text), 2).normalize())
    except ValueError:
        return text


def _source(book: _Book, record_id: str) -> SourceLine:
    kind, *rest = record_id.split("/")
    if kind == "fact":
        fact = book.facts.get(record_id)
        if fact is None:
            return SourceLine(words=_("a record that is no longer here"))
        words = f"{fact.source} · {date_format(fact.observed_on, 'j M Y')}"
        if fact.sample:
            words += " · " + _("%(count)s raters") % {"count": fact.sample}
        return SourceLine(words=words, document=fact.document)
    words = str(wording.SOURCES.get(kind, kind))
    days = [day for part in rest if (day := _day(part))]
    return SourceLine(words=" ".join([words, " – ".join(date_format(day, "j M Y") for day in days)]).strip())


def _day(text: str):
    return parse_date(text) if len(text) == 10 else None


def _step_words(book: _Book, node: Indicator | Group, step: Step) -> str:
    if isinstance(node, Indicator) and isinstance(node.mapping, Table):
        return _category_words(book, node.mapping, step.raw)
    if isinstance(node, Indicator) and isinstance(node.mapping, Ratio):
        return _("%(points)s points") % {"points": number_format(round_half_up(step.mapped).normalize())}
    return _number_words(book, node, step.raw) if isinstance(node, Indicator) else _number(step.raw)


def _moves(book: _Book, ahead: Outlook) -> Iterable[MoveLine]:
    """The nearest single steps, then the nearest pair; at most three lines."""
    for move in [*ahead.moves[: SHOWN_MOVES - 1], *ahead.pairs[:1]]:
        yield _move(book, move)


def _move(book: _Book, move: Move) -> MoveLine:
    steps = tuple(
        (
            book.words(book.nodes[step.key].labels),
            _step_words(book, book.nodes[step.key], step),
            round_half_up(step.gain),
        )
        for step in move.steps
    )
    return MoveLine(
        steps=steps,
        gain=round_half_up(sum((step.gain for step in move.steps), Fraction(0))),
        value=move.value,
        category=str(wording.CATEGORIES[move.category]),
        box=move.box,
    )
