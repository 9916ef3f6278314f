"""What is wrong with a profile: gaps and overlaps, weights that do not add up, names that meet nothing."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from talent.rules.grid import LEVELS
from talent.rules.numbers import ONE, ZERO, as_text
from talent.rules.profile import (
    BEST,
    MEAN,
    POINTS,
    SUM,
    WEIGHTED,
    AsIs,
    Axis,
    Bands,
    ByTable,
    Cuts,
    Gate,
    Group,
    Indicator,
    Linear,
    Mapping,
    Node,
    Profile,
    Quota,
    Ratio,
    Source,
    Table,
    indicators,
    walk,
)
from talent.rules.profile_fields import Problem


def check_profile(profile: Profile) -> list[Problem]:
    """Every fault of sense, in reading order; an empty list means the profile can be used."""
    problems = [*_check_keys(profile)]
    for name in ("y", "x"):
        problems += _check_axis(profile.axis(name), name)
    for index, gate in enumerate(profile.gates):
        problems += _check_gate(gate, f"gates[{index}]")
    for index, tie in enumerate(profile.ties):
        if (tie.by == "TRAIT") != bool(tie.trait):
            problems.append(
                _problem(f"ties[{index}]", "tie_trait", "a trait is named if and only if the tie is by TRAIT")
            )
    if profile.talent_y + profile.talent_x != ONE or min(profile.talent_y, profile.talent_x) < ZERO:
        problems.append(_problem("talent_y", "talent_weights", "talent_y and talent_x must add up to 1"))
    if not 0 <= profile.rounding <= 6:
        problems.append(_problem("rounding", "rounding", "rounding must be 0 to 6 decimals"))
    return problems


def _problem(path: str, code: str, sentence: str) -> Problem:
    return Problem(path, code, f"{path}: {sentence}.")


def _check_keys(profile: Profile) -> list[Problem]:
    nodes = [node.key for name in ("y", "x") for node, _ in walk(profile.axis(name).tree)]
    counted = Counter(nodes) + Counter(gate.key for gate in profile.gates)
    return [
        _problem(key, "double_key", "this key stands more than once") for key, count in counted.items() if count > 1
    ]


def _check_axis(axis: Axis, name: str) -> list[Problem]:
    path = f"axes.{name}"
    problems = _check_category(axis, name, path)
    if axis.scale <= 0:
        problems.append(_problem(f"{path}.scale", "scale", "the scale must be above 0"))
    if not ZERO < axis.min_coverage <= ONE:
        problems.append(
            _problem(f"{path}.min_coverage", "coverage", "the least coverage must be above 0 and at most 1")
        )
    return problems + _check_node(axis.tree, f"{path}.tree")


def _check_category(axis: Axis, name: str, path: str) -> list[Problem]:
    rule = axis.category
    if isinstance(rule, Cuts):
        return _check_cuts(rule, f"{path}.category")
    if isinstance(rule, Quota):
        return _check_quota(rule, f"{path}.category")
    return _check_by_table(rule, axis, name, f"{path}.category")


def _check_cuts(cuts: Cuts, path: str) -> list[Problem]:
    return [] if cuts.middle < cuts.high else [_problem(path, "cuts", "the middle cut must lie below the high one")]


def _check_quota(quota: Quota, path: str) -> list[Problem]:
    problems = _check_cuts(quota.small, f"{path}.small")
    if min(quota.top, quota.bottom) < ZERO or quota.top + quota.bottom > ONE:
        problems.append(_problem(path, "quota", "top and bottom are shares that together do not exceed 1"))
    return problems


def _check_by_table(rule: ByTable, axis: Axis, name: str, path: str) -> list[Problem]:
    problems = [
        _problem(f"{path}.entries.{word}", "category", f"{category!r} is none of {', '.join(LEVELS[name])}")
        for word, category in rule.entries
        if category not in LEVELS[name]
    ]
    leaf = next((leaf for leaf in indicators(axis.tree) if leaf.key == rule.indicator), None)
    if leaf is None:
        return [*problems, _problem(path, "unknown_indicator", f"no indicator {rule.indicator!r} on this axis")]
    if not isinstance(leaf.mapping, Table):
        return [*problems, _problem(path, "not_a_table", f"{rule.indicator!r} has no category table")]
    unnamed = {word for word, _ in leaf.mapping.entries} - {word for word, _ in rule.entries}
    if unnamed:
        problems.append(_problem(path, "category_gap", f"no category for {', '.join(sorted(unnamed))}"))
    return problems


def _check_node(node: Node, path: str) -> list[Problem]:
    problems = []
    if node.scale <= 0:
        problems.append(_problem(f"{path}.scale", "scale", "the scale must be above 0"))
    if isinstance(node, Indicator):
        return problems + _check_source(node.source, f"{path}.source") + _check_mapping(node.mapping, f"{path}.mapping")
    problems += _check_weights(node, path)
    for index, child in enumerate(node.children):
        problems += _check_node(child, f"{path}.children[{index}]")
    return problems


def _check_weights(group: Group, path: str) -> list[Problem]:
    if not group.children:
        return [_problem(path, "no_children", "a group needs at least one child")]
    weights = [child.weight for child in group.children]
    if group.combine in (MEAN, SUM, BEST):
        if any(weight is not None for weight in weights):
            return [_problem(path, "idle_weight", f"the children of a {group.combine} group have no weight")]
        return []
    if any(weight is None or weight <= 0 for weight in weights):
        return [_problem(path, "no_weight", "every child needs a weight above 0")]
    wanted, word = (group.total, "total") if group.combine == WEIGHTED else (group.scale, "scale")
    total = sum((weight for weight in weights if weight is not None), ZERO)
    problems = []
    if total != wanted:
        problems.append(
            _problem(path, "weight_sum", f"the weights add up to {as_text(total)}, the {word} is {as_text(wanted)}")
        )
    if group.combine == POINTS and group.total != group.scale:
        problems.append(_problem(path, "points_total", "with POINTS, total and scale are the same number"))
    return problems


def _check_source(source: Source, path: str) -> list[Problem]:
    window = source.window
    if window is None:
        return []
    lengths = [length for length in (window.months, window.calendar_years) if length is not None]
    if len(lengths) != 1 or lengths[0] < 1:
        return [_problem(f"{path}.window", "window", "either months or calendar_years, at least 1")]
    return []


def _check_mapping(mapping: Mapping, path: str) -> list[Problem]:
    if isinstance(mapping, Bands):
        return _check_bands(mapping, path)
    if isinstance(mapping, Table):
        names = {word for word, _ in mapping.labels} - {word for word, _ in mapping.entries}
        problems = [] if mapping.entries else [_problem(path, "empty_table", "a table needs at least one entry")]
        return problems + [_problem(path, "idle_label", f"the label {name!r} has no entry") for name in sorted(names)]
    if isinstance(mapping, Linear):
        return [_problem(path, "flat_line", "the two ends must differ")] if mapping.low == mapping.high else []
    if isinstance(mapping, Ratio):
        problems = [] if mapping.times > 0 else [_problem(path, "times", "times must be above 0")]
        return problems + (_check_mapping(mapping.then, f"{path}.then") if mapping.then else [])
    return _check_as_is(mapping, path)


def _check_as_is(mapping: AsIs, path: str) -> list[Problem]:
    if mapping.cap is not None and mapping.floor is not None and mapping.floor >= mapping.cap:
        return [_problem(path, "cap", "the floor must lie below the cap")]
    return []


def _check_bands(mapping: Bands, path: str) -> list[Problem]:
    """Bands must rise and touch: no gap in which 60.5 falls, no value that two bands claim."""
    if not mapping.bands:
        return [_problem(path, "no_bands", "at least one band is needed")]
    problems = []
    for index, band in enumerate(mapping.bands):
        if band.low is not None and band.high is not None and band.low >= band.high:
            problems.append(_problem(f"{path}.bands[{index}]", "band_order", "'from' must lie below 'to'"))
    for index, (below, above) in enumerate(zip(mapping.bands, mapping.bands[1:], strict=False), start=1):
        problems += _check_seam(below.high, above.low, f"{path}.bands[{index}]")
    return problems


def _check_seam(end: Fraction | None, start: Fraction | None, path: str) -> list[Problem]:
    if end is None or start is None:
        return [_problem(path, "band_overlap", "only the outermost edges may be open")]
    if start > end:
        return [_problem(path, "band_gap", f"values from {as_text(end)} to {as_text(start)} are in no band")]
    if start < end:
        return [_problem(path, "band_overlap", f"values from {as_text(start)} to {as_text(end)} are in two bands")]
    return []


def _check_gate(gate: Gate, path: str) -> list[Problem]:
    test = gate.test
    asked = [bool(test.one_of), bool(test.none_of)]
    asked += [number is not None for number in (test.at_least, test.at_most, test.share_at_least)]
    problems = _check_source(gate.source, f"{path}.source")
    if sum(asked) != 1:
        problems.append(_problem(f"{path}.test", "gate_test", "a gate asks exactly one question"))
    if not gate.reason:
        problems.append(_problem(f"{path}.reason", "gate_reason", "a gate needs a reason in words"))
    return problems
