"""A profile as one JSON file: read with every fault named, written in one form, described by a JSON Schema."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from talent.rules import profile as p
from talent.rules.profile_check import check_profile
from talent.rules.profile_fields import (
    FLAG,
    LABELS,
    NUMBER,
    TEXT,
    UNREADABLE,
    WHOLE,
    Kind,
    Part,
    Problem,
    choice,
    later,
    list_of,
    object_of,
    one_of,
    table_of,
)

FORMAT = "kotak9/profile/1"

BAND = object_of(p.Band, [Part("low", NUMBER, "from"), Part("high", NUMBER, "to"), Part("value", NUMBER)])
BANDS = object_of(p.Bands, [Part("closed", choice("LOW", "HIGH")), Part("bands", list_of(BAND))], tag=("type", "BANDS"))
TABLE = object_of(p.Table, [Part("entries", table_of(NUMBER)), Part("labels", table_of(LABELS))], tag=("type", "TABLE"))
LINEAR = object_of(
    p.Linear,
    [
        Part("low", NUMBER, "from"),
        Part("high", NUMBER, "to"),
        Part("gives_low", NUMBER, "from_gives"),
        Part("gives_high", NUMBER, "to_gives"),
        Part("clamp", FLAG),
    ],
    tag=("type", "LINEAR"),
)
AS_IS = object_of(p.AsIs, [Part("cap", NUMBER), Part("floor", NUMBER)], tag=("type", "AS_IS"))
PLAIN_MAPPING = one_of("type", {"BANDS": (p.Bands, BANDS), "LINEAR": (p.Linear, LINEAR), "AS_IS": (p.AsIs, AS_IS)})
RATIO = object_of(
    p.Ratio, [Part("times", NUMBER), Part("cap", NUMBER), Part("then", PLAIN_MAPPING)], tag=("type", "RATIO")
)
MAPPING = one_of(
    "type",
    {
        "BANDS": (p.Bands, BANDS),
        "TABLE": (p.Table, TABLE),
        "RATIO": (p.Ratio, RATIO),
        "LINEAR": (p.Linear, LINEAR),
        "AS_IS": (p.AsIs, AS_IS),
    },
)
WINDOW = object_of(
    p.Window,
    [Part("months", WHOLE), Part("calendar_years", WHOLE), Part("counts_from", choice("EVENT", "END"))],
)


def _source(picks: tuple[str, ...]) -> Kind:
    return object_of(
        p.Source,
        [
            Part("fact", TEXT),
            Part("pick", choice(*picks)),
            Part("window", WINDOW),
            Part("min_sample", WHOLE),
            Part("running_value", TEXT),
        ],
    )


INDICATOR = object_of(
    p.Indicator,
    [
        Part("key", TEXT),
        Part("labels", LABELS, "label"),
        Part("weight", NUMBER),
        Part("scale", NUMBER),
        Part("mandatory", FLAG),
        Part("source", _source(p.PICKS)),
        Part("empty", NUMBER),
        Part("mapping", MAPPING),
        Part("unit", LABELS),
        Part("remedy", LABELS),
        Part("is_goal", FLAG),
    ],
    tag=("node", "INDICATOR"),
)
NODE = later(lambda: _NODE, "node")
GROUP = object_of(
    p.Group,
    [
        Part("key", TEXT),
        Part("labels", LABELS, "label"),
        Part("combine", choice(*p.COMBINATIONS)),
        Part("weight", NUMBER),
        Part("scale", NUMBER),
        Part("total", NUMBER),
        Part("children", list_of(NODE)),
    ],
    tag=("node", "GROUP"),
)
_NODE: Kind = one_of("node", {"INDICATOR": (p.Indicator, INDICATOR), "GROUP": (p.Group, GROUP)})
CUTS_PARTS = [Part("middle", NUMBER), Part("high", NUMBER), Part("strict", FLAG)]
CATEGORY = one_of(
    "method",
    {
        "CUTS": (p.Cuts, object_of(p.Cuts, CUTS_PARTS, tag=("method", "CUTS"))),
        "BY_TABLE": (
            p.ByTable,
            object_of(
                p.ByTable, [Part("indicator", TEXT), Part("entries", table_of(TEXT))], tag=("method", "BY_TABLE")
            ),
        ),
        "QUOTA": (
            p.Quota,
            object_of(
                p.Quota,
                [
                    Part("peer_trait", TEXT),
                    Part("top", NUMBER),
                    Part("bottom", NUMBER),
                    Part("min_group", WHOLE),
                    Part("small", object_of(p.Cuts, CUTS_PARTS)),
                ],
                tag=("method", "QUOTA"),
            ),
        ),
    },
)
AXIS = object_of(
    p.Axis,
    [
        Part("labels", LABELS, "label"),
        Part("scale", NUMBER),
        Part("min_coverage", NUMBER),
        Part("stretch", choice("AXIS", "GROUP")),
        Part("category", CATEGORY),
        Part("tree", GROUP),
    ],
)
TEST = object_of(
    p.Question,
    [
        Part("one_of", list_of(TEXT)),
        Part("none_of", list_of(TEXT)),
        Part("at_least", NUMBER),
        Part("at_most", NUMBER),
        Part("share_at_least", NUMBER),
    ],
)
GATE = object_of(
    p.Gate,
    [
        Part("key", TEXT),
        Part("labels", LABELS, "label"),
        Part("reason", LABELS),
        Part("source", _source(p.GATE_PICKS)),
        Part("test", TEST),
        Part("effect", choice("UNMAPPED", "NO_REWARD")),
        Part("when_missing", choice("PASS", "FAIL")),
    ],
)
TIE = object_of(
    p.Tie,
    [Part("by", choice("BOX", "TALENT", "Y", "X", "TRAIT")), Part("trait", TEXT), Part("descending", FLAG)],
)
PROFILE = object_of(
    p.Profile,
    [
        Part("code", TEXT),
        Part("version", WHOLE),
        Part("labels", LABELS, "name"),
        Part("sk_number", TEXT),
        Part("rounding", WHOLE),
        Part("talent_y", NUMBER),
        Part("talent_x", NUMBER),
        Part("y", AXIS),
        Part("x", AXIS),
        Part("gates", list_of(GATE)),
        Part("ties", list_of(TIE)),
    ],
    tag=("format", FORMAT),
)


class ProfileError(ValueError):
    """The profile cannot be used; `problems` lists every fault with its path."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def from_json(data: Any) -> p.Profile:
    """The profile in `data` (parsed JSON). Raises ProfileError with every fault of form, or else of sense."""
    problems: list[Problem] = []
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ProfileError([Problem("format", "unknown_format", f"format: {FORMAT!r} is expected.")])
    profile = PROFILE.read(data, "profile", problems)
    if profile is not UNREADABLE:
        problems = check_profile(profile)
    if problems:
        raise ProfileError(problems)
    return profile


def from_text(text: str) -> p.Profile:
    """The profile in a JSON file's text; decimals are read exactly. Raises ProfileError also for broken JSON."""
    try:
        data = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as cause:
        message = f"line {cause.lineno}, column {cause.colno}: {cause.msg}."
        raise ProfileError([Problem("", "broken_json", message)]) from cause
    return from_json(data)


def to_json(profile: p.Profile) -> dict:
    """The profile as JSON data; whole numbers as numbers, others as exact text. Defaults are left out."""
    return PROFILE.write(profile)


def to_text(profile: p.Profile) -> str:
    return json.dumps(to_json(profile), ensure_ascii=False, indent=1) + "\n"


def fingerprint(profile: p.Profile) -> str:
    """SHA-256 of the canonical form: equal profiles have equal fingerprints, whatever their file looked like."""
    canonical = json.dumps(to_json(profile), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def json_schema() -> dict:
    """The published JSON Schema (draft 2020-12) of a profile file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kotak9 scoring profile",
        "$defs": {"node": _NODE.schema()},
        **PROFILE.schema(),
    }
