"""Growing a tree of units: the bare units with their seats, and the usual shape of a dinas or badan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from config.demo import catalogue as posts
from config.demo.catalogue import Post


@dataclass(slots=True, kw_only=True)
class DemoUnit:
    """One unit. `parent` is an index into the list of units; `seats` are (post, leads the unit)."""

    index: int
    code: str
    name: str
    kind: str
    parent: int | None
    is_perangkat_daerah: bool = False
    is_direct_service: bool | None = None
    is_shift_work: bool | None = None
    has_place: bool = False
    seats: list[tuple[Post, bool]] = field(default_factory=list)
    children: int = 0


def words(text: str) -> list[str]:
    return text.split()


class Office:
    """Grows the tree. Every method adds units and seats and returns the unit it made."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.units: list[DemoUnit] = []

    def unit(self, parent: DemoUnit | None, name: str, kind: str, leader: Post | None = None, **more) -> DemoUnit:
        if parent is not None:
            parent.children += 1
        code = f"{parent.code}.{parent.children:02d}" if parent else "1"
        index = parent.index if parent else None
        unit = DemoUnit(index=len(self.units), code=code, name=name, kind=kind, parent=index, **more)
        if leader is not None:
            unit.seats.append((leader, True))
        self.units.append(unit)
        return unit

    def staff(self, units: Sequence[DemoUnit], count: int, choices: Sequence[Post], weights: Sequence[int]) -> None:
        """Spread `count` seats evenly over `units`."""
        for number in range(max(0, count)):
            post = self.rng.choices(choices, weights)[0]
            units[number % len(units)].seats.append((post, False))

    def office_staff(self, units: Sequence[DemoUnit], count: int, *, functional: float = 0.55) -> None:
        experts = round(max(0, count) * functional)
        self.staff(units, experts, posts.OFFICE_EXPERTS, [4, 3, 2, 2, 1, 2, 1, 1, 1, 1])
        self.staff(list(reversed(units)), count - experts, posts.OFFICE_STAFF, posts.STAFF_WEIGHTS)

    def seats_from(self, start: int) -> int:
        """Seats made since the unit with index `start`."""
        return sum(len(unit.seats) for unit in self.units[start:])


def department(
    office: Office,
    root: DemoUnit,
    size: int,
    *,
    name: str,
    short: str,
    fields: Sequence[str],
    kind: str = "DEPARTMENT",
    direct: Sequence[str] = (),
    sections: Sequence[str] = (),
    head: str | None = None,
    staffed_by=None,
) -> DemoUnit:
    """A dinas or badan: head, sekretariat with its subbagian, bidang, and seksi under the first of them."""
    start = len(office.units)
    leader = posts.head(head or f"Kepala {name}", rank="JPT")
    top = office.unit(root, name, kind, leader, is_perangkat_daerah=True, has_place=True)
    secretariat = office.unit(top, "Sekretariat", "FIELD", posts.head(f"Sekretaris {short}", rank="ADMINISTRATOR"))
    desks = [section(office, secretariat, "Subbagian Umum dan Kepegawaian")]
    if size >= 32:
        desks.append(section(office, secretariat, "Subbagian Perencanaan dan Keuangan"))
    lines = []
    for number, bidang in enumerate(fields[: 2 if size < 30 else 3 if size < 60 else len(fields)]):
        flag = True if bidang in direct else None
        made = office.unit(top, bidang, "FIELD", chief(bidang), is_direct_service=flag)
        lines += _teams(office, made, sections) if number == 0 and sections else _split(office, made, size)
    left = size - office.seats_from(start)
    for_desks = min(left, len(desks) * max(2, size // 14))
    office.office_staff(desks, for_desks, functional=0.25)
    if staffed_by:
        office.staff(lines, left - for_desks, *staffed_by)
    else:
        office.office_staff(lines, left - for_desks)
    return top


def chief(bidang: str) -> Post:
    return posts.head(f"Kepala {bidang}", rank="ADMINISTRATOR")


def section(office: Office, parent: DemoUnit, name: str) -> DemoUnit:
    return office.unit(parent, name, "SECTION", posts.head(f"Kepala {name}", rank="PENGAWAS"))


def _teams(office: Office, parent: DemoUnit, names: Sequence[str]) -> list[DemoUnit]:
    """Teams led by a functional expert, as offices have them since the structural posts were cut."""
    return [
        office.unit(parent, name, "TEAM" if name.startswith("Loket") else "SECTION", posts.TEAM_LEADER)
        for name in names
    ]


def _split(office: Office, bidang: DemoUnit, size: int) -> list[DemoUnit]:
    if size < 45:
        return [bidang]
    topic = bidang.name.removeprefix("Bidang ")
    return _teams(office, bidang, [f"Seksi Program {topic}", f"Seksi Pembinaan {topic}"])
