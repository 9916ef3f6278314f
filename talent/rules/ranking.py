"""Order among people: the tie order of a profile, and categories by quota within a peer group."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from talent.rules.facts import Facts
from talent.rules.grid import LEVELS
from talent.rules.profile import Profile, Quota, Tie
from talent.rules.scoring import AWAITS_PEERS, Result, cut, scorer_of, with_category

_LOWEST = Fraction(-1)


def score_all(profile: Profile, population: Sequence[Facts]) -> list[Result]:
    """Score a whole population in its order, quotas within peer groups included."""
    scorer = scorer_of(profile)
    return settle_quotas(profile, population, [scorer.score(facts) for facts in population])


def rank(profile: Profile, population: Sequence[Facts], results: Sequence[Result]) -> list[int]:
    """Positions in `results`, best first, by the profile's tie order.

    People outside the grid come last. What the order leaves equal keeps the order of the traits' text,
    so that two runs agree however the people were handed in.
    """
    keys = [
        (*(_key(tie, facts, result) for tie in profile.ties), _traits(facts))
        for facts, result in zip(population, results, strict=True)
    ]
    return sorted(range(len(results)), key=keys.__getitem__)


def _key(tie: Tie, facts: Facts, result: Result) -> tuple:
    if tie.by == "TRAIT":
        return _trait_key(facts.traits.get(tie.trait), tie.descending)
    values = {"BOX": result.box, "TALENT": result.talent, "Y": result.y.value, "X": result.x.value}
    value = values[tie.by]
    number = _LOWEST if value is None else Fraction(value)
    return (0, -number if tie.descending else number, "")


def _trait_key(value: object, descending: bool) -> tuple:
    if isinstance(value, int):
        return (0, -value if descending else value, "")
    text = "" if value is None else str(value)
    if descending:
        return (1, 0, "".join(chr(0x10FFFF - ord(letter)) for letter in text) + chr(0x10FFFF))
    return (1, 0, text)


def _traits(facts: Facts) -> str:
    return repr(sorted((name, str(value)) for name, value in facts.traits.items()))


def settle_quotas(profile: Profile, population: Sequence[Facts], results: Sequence[Result]) -> list[Result]:
    """Fill in the categories that hang on rank among peers; other results are returned as they are."""
    settled = list(results)
    for name in ("y", "x"):
        quota = profile.axis(name).category
        if isinstance(quota, Quota):
            for members in _peer_groups(quota, population, settled, name).values():
                _settle_group(profile, quota, name, members, population, settled)
    return settled


def _peer_groups(
    quota: Quota, population: Sequence[Facts], results: Sequence[Result], name: str
) -> dict[object, list[int]]:
    groups: dict[object, list[int]] = {}
    for index, result in enumerate(results):
        if any(reason.code == AWAITS_PEERS for reason in result.axis(name).reasons):
            groups.setdefault(population[index].traits.get(quota.peer_trait), []).append(index)
    return groups


def _settle_group(
    profile: Profile,
    quota: Quota,
    name: str,
    members: list[int],
    population: Sequence[Facts],
    settled: list[Result],
) -> None:
    levels = LEVELS[name]
    if len(members) < quota.min_group:
        for index in members:
            settled[index] = with_category(
                profile, settled[index], name, cut(quota.small, name, settled[index].axis(name).value)
            )
        return
    order = ranked_by_axis(profile, name, members, population, settled)
    top, bottom = int(len(order) * quota.top), int(len(order) * quota.bottom)
    for place, index in enumerate(order):
        level = 2 if place < top else 0 if place >= len(order) - bottom else 1
        settled[index] = with_category(profile, settled[index], name, levels[level])


def ranked_by_axis(
    profile: Profile, name: str, members: Sequence[int], population: Sequence[Facts], results: Sequence[Result]
) -> list[int]:
    """`members` best first on one axis; the rest of the tie order decides between equal values."""
    later = [tie for tie in profile.ties if tie.by not in ("BOX", name.upper())]
    return sorted(
        members,
        key=lambda i: (
            -(results[i].axis(name).exact or 0),
            tuple(_key(tie, population[i], results[i]) for tie in later),
            _traits(population[i]),
        ),
    )
