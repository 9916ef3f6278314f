"""Kinds of values in a profile file: how each is read, written and described in the JSON Schema.

Reading never stops at the first fault: each is noted with its path, so that a person mends the file in one pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from fractions import Fraction
from typing import Any

from talent.rules.numbers import as_text, exact


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands (`axes.y.tree.children[0].weight`), its code, and a sentence."""

    path: str
    code: str
    message: str


Problems = list[Problem]
UNREADABLE: Any = object()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value. `read` returns UNREADABLE after noting a problem."""

    read: Callable[[Any, str, Problems], Any]
    write: Callable[[Any], Any]
    schema: Callable[[], dict]


def fault(problems: Problems, path: str, code: str, message: str) -> Any:
    problems.append(Problem(path, code, message))
    return UNREADABLE


def _read_number(value: Any, path: str, problems: Problems) -> Any:
    try:
        return exact(value)
    except ValueError:
        return fault(problems, path, "not_a_number", f"{path}: {value!r} is not a number.")


def _write_number(value: Fraction) -> int | str:
    return value.numerator if value.denominator == 1 else as_text(value)


NUMBER_PATTERN = r"^-?\d+(\.\d+|/[1-9]\d*)?$"
NUMBER = Kind(
    _read_number,
    _write_number,
    lambda: {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_PATTERN}]},
)


def _typed(wanted: type, word: str) -> Callable[[Any, str, Problems], Any]:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if isinstance(value, wanted) and not (wanted is int and isinstance(value, bool)):
            return value
        return fault(problems, path, "wrong_type", f"{path}: {value!r} is not {word}.")

    return read


WHOLE = Kind(_typed(int, "a whole number"), int, lambda: {"type": "integer"})
TEXT = Kind(_typed(str, "a text"), str, lambda: {"type": "string"})
FLAG = Kind(_typed(bool, "true or false"), bool, lambda: {"type": "boolean"})


def choice(*allowed: str) -> Kind:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if value in allowed:
            return value
        return fault(problems, path, "unknown_choice", f"{path}: {value!r} is none of {', '.join(allowed)}.")

    return Kind(read, str, lambda: {"enum": list(allowed)})


def list_of(item: Kind) -> Kind:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, list):
            return fault(problems, path, "wrong_type", f"{path}: a list is expected.")
        found = [item.read(entry, f"{path}[{index}]", problems) for index, entry in enumerate(value)]
        return UNREADABLE if any(entry is UNREADABLE for entry in found) else tuple(found)

    return Kind(
        read, lambda value: [item.write(entry) for entry in value], lambda: {"type": "array", "items": item.schema()}
    )


def table_of(item: Kind) -> Kind:
    """An object whose keys are free words; kept in written order."""

    def read(value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, dict):
            return fault(problems, path, "wrong_type", f"{path}: an object is expected.")
        found = [(name, item.read(entry, f"{path}.{name}", problems)) for name, entry in value.items()]
        return UNREADABLE if any(entry is UNREADABLE for _, entry in found) else tuple(found)

    return Kind(
        read,
        lambda value: {name: item.write(entry) for name, entry in value},
        lambda: {"type": "object", "additionalProperties": item.schema()},
    )


LABELS = table_of(TEXT)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an object: the attribute, its kind, and its name in the file where that differs."""

    attribute: str
    kind: Kind
    name: str = ""

    @property
    def key(self) -> str:
        return self.name or self.attribute


def _defaults(cls: type) -> dict[str, Any]:
    found = {}
    for field in fields(cls):
        if field.default is not MISSING:
            found[field.name] = field.default
        elif field.default_factory is not MISSING:
            found[field.name] = field.default_factory()
    return found


def object_of(cls: type, parts: list[Part], *, tag: tuple[str, str] | None = None) -> Kind:
    """A dataclass as a JSON object. Unknown keys are refused; fields with a default may be left out."""
    form = _Form(cls, {part.key: part for part in parts}, _defaults(cls), tag)
    return Kind(form.read, form.write, form.schema)


@dataclass(frozen=True, slots=True)
class _Form:
    """How one dataclass stands in the file."""

    cls: type
    known: dict[str, Part]
    defaults: dict[str, Any]
    tag: tuple[str, str] | None

    def read(self, value: Any, path: str, problems: Problems) -> Any:
        if not isinstance(value, dict):
            return fault(problems, path, "wrong_type", f"{path}: an object is expected.")
        before = len(problems)
        for key in sorted(set(value) - set(self.known) - ({self.tag[0]} if self.tag else set())):
            fault(problems, f"{path}.{key}", "unknown_key", f"{path}: the key {key!r} is unknown.")
        found = {}
        for key, part in self.known.items():
            if value.get(key) is not None:
                found[part.attribute] = part.kind.read(value[key], f"{path}.{key}", problems)
            elif part.attribute not in self.defaults:
                fault(problems, f"{path}.{key}", "missing_key", f"{path}: {key!r} is required.")
        return UNREADABLE if len(problems) > before else self.cls(**found)

    def write(self, value: Any) -> dict:
        out = {self.tag[0]: self.tag[1]} if self.tag else {}
        for key, part in self.known.items():
            held = getattr(value, part.attribute)
            is_usual = part.attribute in self.defaults and held == self.defaults[part.attribute]
            if held is not None and not is_usual:
                out[key] = part.kind.write(held)
        return out

    def schema(self) -> dict:
        properties = {self.tag[0]: {"const": self.tag[1]}} if self.tag else {}
        properties |= {key: part.kind.schema() for key, part in self.known.items()}
        required = [self.tag[0]] if self.tag else []
        required += [key for key, part in self.known.items() if part.attribute not in self.defaults]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def one_of(tag: str, kinds: dict[str, tuple[type, Kind]]) -> Kind:
    """An object whose `tag` says which of several classes it is."""

    def read(value: Any, path: str, problems: Problems) -> Any:
        chosen = value.get(tag) if isinstance(value, dict) else None
        if chosen not in kinds:
            return fault(
                problems, f"{path}.{tag}", "unknown_choice", f"{path}: {tag!r} must be one of {', '.join(kinds)}."
            )
        return kinds[chosen][1].read(value, path, problems)

    def write(value: Any) -> dict:
        return next(kind.write(value) for cls, kind in kinds.values() if isinstance(value, cls))

    def schema() -> dict:
        return {"oneOf": [kind.schema() for _, kind in kinds.values()]}

    return Kind(read, write, schema)


def later(find: Callable[[], Kind], name: str) -> Kind:
    """A kind that is defined further down (a group holds groups)."""
    return Kind(
        lambda value, path, problems: find().read(value, path, problems),
        lambda value: find().write(value),
        lambda: {"$ref": f"#/$defs/{name}"},
    )
