"""Finding, and where needed opening, the unit and the position that a row names."""

from collections.abc import Iterable
from datetime import date, datetime

from personnel.actions.units import create_unit
from personnel.models import Position, Unit, User
from personnel.rules.positions import position_facts
from personnel.rules.siasn import PositionGroup, SiasnPerson
from personnel.rules.unit_files import kind_of_name

Path = tuple[str, ...]


def _key(path: Iterable[str]) -> Path:
    return tuple(" ".join(name.upper().split()) for name in path)


class Units:
    """Units by the path of their names below the institution; spaces and case do not matter."""

    def __init__(self, *, people: list[SiasnPerson], effective_on: date, actor: User | None, now: datetime) -> None:
        self.effective_on, self.actor, self.now = effective_on, actor, now
        self.opened_paths: set[Path] = set()
        self._by_path: dict[Path, Unit] = {}
        self._root: Unit | None = None
        self._first_on: dict[Path, date] = {}
        self._numbers: dict[int, int] = {}
        self._load()
        self._note_first_days(people)

    @property
    def opened(self) -> int:
        return len(self.opened_paths)

    def _load(self) -> None:
        paths: dict[int, Path] = {}
        for unit in sorted(Unit.objects.on(self.effective_on).order_by("pk"), key=lambda row: row.depth):
            if unit.parent_id is None:
                self._root = self._root or unit
                paths[unit.pk] = ()
            elif unit.parent_id in paths:
                paths[unit.pk] = paths[unit.parent_id] + _key([unit.name])
                self._by_path.setdefault(paths[unit.pk], unit)
                self._numbers[unit.parent_id] = self._numbers.get(unit.parent_id, 0) + 1

    def _note_first_days(self, people: list[SiasnPerson]) -> None:
        """A unit that an import opens begins when the first of its present people came to it."""
        for person in people:
            path = _key(person.unit_path)
            day = person.position_on or person.employed_on or self.effective_on
            for end in range(len(path) + 1):
                held = self._first_on.get(path[:end], self.effective_on)
                self._first_on[path[:end]] = min(held, day)

    def of(self, path: Path) -> Unit:
        """The unit at `path`; what is missing of the path is opened."""
        names = self._below_root(path)
        unit = self._root_unit(path[0])
        for end in range(1, len(names) + 1):
            found = self._by_path.get(_key(names[:end]))
            unit = found or self._open(names[:end], unit, first_on=self._first_day(path, names[:end]))
        return unit

    def _below_root(self, path: Path) -> Path:
        root_name = self._root.name if self._root else path[0]
        return path[1:] if _key(path[:1]) == _key([root_name]) else path

    def _first_day(self, path: Path, names: Path) -> date:
        whole = path[: len(path) - len(self._below_root(path)) + len(names)]
        return self._first_on.get(_key(whole), self.effective_on)

    def _root_unit(self, name: str) -> Unit:
        if self._root is None:
            first_on = self._first_on.get((), self.effective_on)
            self._root = create_unit(
                code="1", name=name, kind="INSTITUTION", parent=None, starts_on=first_on, actor=self.actor, now=self.now
            )
            self.opened_paths.add(())
        return self._root

    def _open(self, names: Path, parent: Unit, *, first_on: date) -> Unit:
        number = self._numbers.get(parent.pk, 0) + 1
        self._numbers[parent.pk] = number
        unit = create_unit(
            code=f"{parent.code}.{number:02d}",
            name=names[-1],
            kind=kind_of_name(names[-1]),
            parent=parent,
            starts_on=first_on,
            is_perangkat_daerah=len(names) == 1,
            actor=self.actor,
            now=self.now,
        )
        self.opened_paths.add(_key(names))
        self._by_path[_key(names)] = unit
        return unit


class Positions:
    """Entries of the catalogue by name; a name that is not there yet is added with what the name says."""

    def __init__(self) -> None:
        self._held = {(row.name.upper(), row.kind): row for row in Position.objects.all().order_by("-pk")}

    def of(self, name: str, group: PositionGroup | None) -> Position:
        facts = position_facts(name, group)
        key = (name.upper(), facts.kind)
        if key not in self._held:
            self._held[key] = Position.objects.create(
                name=name,
                kind=facts.kind,
                level=facts.level,
                echelon=facts.echelon,
                retirement_age=facts.retirement_age,
            )
        return self._held[key]
