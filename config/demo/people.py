"""Invented people for every seat: employment, service, education and a NIP in which all of it agrees."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from config.demo.catalogue import FUNGSIONAL, STRUKTURAL, Post
from config.demo.names import FEMALE, MALE, invented_name
from config.demo.parameters import Parameters
from config.demo.structure import grow_office
from config.demo.tree import DemoUnit

PNS, CPNS, PPPK, PPPK_PARUH_WAKTU = "PNS", "CPNS", "PPPK", "PPPK_PARUH_WAKTU"
# Published shares of November 2025: PPPK 36 %, women 56 %. Part-time PPPK are a share of the PPPK.
_PPPK_SHARE, _PART_TIME_SHARE, _WOMEN_SHARE = 0.30, 0.06, 0.56
_PART_TIME_WEEKLY_MINUTES = 1_200  # four hours on five days, as most contracts have it
_FIRST_GRADE = {
    "SD": "I/a",
    "SLTP": "I/c",
    "SLTA": "II/a",
    "Dipl": "II/c",
    "S-1": "III/a",
    "S-2": "III/b",
    "S-3": "III/c",
}
_PPPK_GRADE = {"SD": "I", "SLTP": "IV", "SLTA": "V", "Dipl": "VII", "S-1": "IX", "S-2": "X", "S-3": "XI"}
_LADDER = [f"{roman}/{letter}" for roman in ("I", "II", "III", "IV") for letter in "abcd"] + ["IV/e"]
_TOP_GRADE = {
    "SD": "II/a",
    "SLTP": "II/c",
    "SLTA": "III/b",
    "Dipl": "III/c",
    "S-1": "III/d",
    "S-2": "IV/a",
    "S-3": "IV/b",
}
_TITLES = {
    "Administrasi Publik": "S.A.P.", "Ilmu Pemerintahan": "S.I.P.", "Manajemen": "S.E.", "Ilmu Hukum": "S.H.",
    "Akuntansi": "S.Ak.",
    "Ekonomi Pembangunan": "S.E.", "Psikologi": "S.Psi.", "Teknik Informatika": "S.Kom.",
    "Sistem Informasi": "S.Kom.",
    "Perencanaan Wilayah dan Kota": "S.T.",
    "Statistika": "S.Stat.", "Matematika": "S.Si.", "Ilmu Komunikasi": "S.I.Kom.",
    "Keperawatan": "S.Kep.", "Farmasi": "S.Farm.", "Pendidikan Profesi Dokter": "", "Kesehatan Masyarakat": "S.K.M.",
    "Ilmu Perpustakaan": "S.I.Pust.", "Ilmu Sejarah": "S.Hum.", "Manajemen Pendidikan": "S.Pd.",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class DemoPerson:
    """One person; `superior` and `unit` are indexes, `superior` None only at the very top."""

    index: int
    unit: int
    is_head: bool
    post: Post
    position: str
    employment: str
    weekly_minutes: int | None
    gender: str
    name: str
    title_before: str
    title_after: str
    birth_on: date
    employed_on: date
    nip: str
    grade: str
    grade_on: date
    position_on: date
    education: str
    field: str
    graduated: int
    superior: int | None = None


@dataclass(slots=True, kw_only=True)
class DemoOffice:
    units: list[DemoUnit]
    people: list[DemoPerson]
    # The vacant post and who acts for it; the head who is away and who stands in.
    plt: tuple[int, int]
    plh: tuple[int, int]

    def perangkat_daerah_of(self, unit: int) -> int:
        """Index of the perangkat daerah a unit belongs to."""
        while not self.units[unit].is_perangkat_daerah:
            parent = self.units[unit].parent
            if parent is None:
                return unit
            unit = parent
        return unit

    def chain_of(self, unit: int) -> list[DemoUnit]:
        """The unit and everything above it, nearest first."""
        chain = [self.units[unit]]
        while chain[-1].parent is not None:
            chain.append(self.units[chain[-1].parent])
        return chain


def invent_office(parameters: Parameters) -> DemoOffice:
    """Units, people, superiors, one Plt and one Plh; the same parameters give the same office."""
    units = grow_office(parameters.people, parameters.rng("structure"))
    rng = parameters.rng("people")
    seats = [(unit.index, post, leads) for unit in units for post, leads in unit.seats]
    kinds = _employments(seats, rng)
    serials: Counter[str] = Counter()
    people = [
        _person(index, unit, post, leads, kinds[index], parameters.today, rng, serials)
        for index, (unit, post, leads) in enumerate(seats)
    ]
    plt, plh = _acting(units, people)
    office = DemoOffice(units=units, people=people, plt=plt, plh=plh)
    _place_superiors(office)
    return office


def _employments(seats: list[tuple[int, Post, bool]], rng: Random) -> list[str]:
    """Kinds of employment in the published shares; heads and structural posts are PNS."""
    kinds = [PNS] * len(seats)
    open_seats = [i for i, (_unit, post, leads) in enumerate(seats) if not leads and not post.pns_only]
    rng.shuffle(open_seats)
    pppk, part_time = round(len(seats) * _PPPK_SHARE), round(len(seats) * _PART_TIME_SHARE)
    for seat in open_seats[:pppk]:
        kinds[seat] = PPPK
    for seat in open_seats[pppk : pppk + part_time]:
        kinds[seat] = PPPK_PARUH_WAKTU
    for seat in open_seats[pppk + part_time :][: max(1, len(seats) // 80)]:
        kinds[seat] = CPNS
    return kinds


def _person(
    index: int, unit: int, post: Post, leads: bool, kind: str, today: date, rng: Random, serials: Counter[str]
) -> DemoPerson:  # fmt: skip
    women = 0.36 if post.group == STRUKTURAL else _WOMEN_SHARE + 0.015
    gender = FEMALE if rng.random() < women else MALE
    birth_on, employed_on = _years(post, kind, today, rng)
    years = today.year - employed_on.year if kind == PNS else 0
    education = rng.choices([name for name, _w in post.education], [weight for _n, weight in post.education])[0]
    field = rng.choice(post.fields)
    before, after = _titles(post, education, field, rng)
    grade, grade_on = _grade(education, kind, employed_on, today, rng)
    return DemoPerson(
        index=index,
        unit=unit,
        is_head=leads,
        post=post,
        position=_position(post, leads, years, kind, education),
        employment=kind,
        weekly_minutes=_PART_TIME_WEEKLY_MINUTES if kind == PPPK_PARUH_WAKTU else None,
        gender=gender,
        name=invented_name(rng, gender),
        title_before=before,
        title_after=after,
        birth_on=birth_on,
        employed_on=employed_on,
        nip=_nip(birth_on, employed_on, gender, kind, serials),
        grade=grade,
        grade_on=grade_on,
        position_on=_position_on(employed_on, kind, today, rng),
        education=education,
        field=field,
        graduated=min(max(birth_on.year + 22, employed_on.year - rng.randint(0, 3)), today.year - 1),
    )


def _years(post: Post, kind: str, today: date, rng: Random) -> tuple[date, date]:
    """Birth date and first day of service; PPPK began in 2021-2025, CPNS this or last year."""
    youngest, oldest = post.ages
    if kind == PNS:
        youngest = max(youngest, 23)
    else:
        oldest = min(oldest, 35 if kind == CPNS else 52)
    age = round(rng.triangular(youngest, oldest, youngest + (oldest - youngest) * 0.55))
    birth_on = date(today.year - age, 1, 1) + timedelta(days=rng.randint(0, 364))
    if kind == PNS:
        begin_age = rng.randint(20, max(20, min(33, age - (12 if post.group == STRUKTURAL else 2))))
        year = min(birth_on.year + begin_age, today.year - 2)
        return birth_on, date(year, rng.choice((1, 3, 4, 12)), 1)
    if kind == CPNS:
        return birth_on, date(today.year - 1, rng.choice((6, 10)), 1)
    year = today.year - 1 if kind == PPPK_PARUH_WAKTU else rng.randint(today.year - 5, today.year - 1)
    year = max(year, birth_on.year + 19)
    return birth_on, date(year, 11 if kind == PPPK_PARUH_WAKTU else rng.choice((2, 4, 7)), 1)


def _position(post: Post, leads: bool, years: int, kind: str, education: str) -> str:
    if leads and post.group == FUNGSIONAL:
        years = max(years, 12)
    if post.ladder and post.ladder[0][1] == "Ahli Pertama" and education.startswith("Dipl"):
        return f"{post.name} Terampil"
    return post.name_after(years)


def _titles(post: Post, education: str, field: str, rng: Random) -> tuple[str, str]:
    before = "dr." if post.name == "Dokter" else ""
    bachelor = _TITLES.get(field, "S.Pd." if field.startswith("Pendidikan") else "S.Sos.")
    if education.startswith(("SD", "Sekolah", "SLT")):
        return "", ""
    if education.startswith("Dipl"):
        return "", "A.Md."
    if education.startswith("S-1"):
        return before, bachelor
    master = rng.choice(("M.Si.", "M.A.P.", "M.M.")) if post.name != "Dokter" else "M.Kes."
    after = f"{bachelor}, {master}".strip(", ")
    return ("Dr.", after) if education.startswith("S-3") else (before, after)


def _grade(education: str, kind: str, employed_on: date, today: date, rng: Random) -> tuple[str, date]:
    """PNS rise one step about every four years up to the top of their education; PPPK stay where they began."""
    key = "SD" if education.startswith("Sekolah") else education[:4] if education[:4] in _FIRST_GRADE else education[:3]
    if kind in (PPPK, PPPK_PARUH_WAKTU):
        return _PPPK_GRADE[key], employed_on
    first = _LADDER.index(_FIRST_GRADE[key])
    steps = max(0, today.year - employed_on.year) // 4
    grade = _LADDER[max(first, min(first + steps, _LADDER.index(_TOP_GRADE[key])))]
    if grade == _LADDER[first]:
        return grade, employed_on
    year = max(employed_on.year + 1, today.year - rng.randint(1, 5))
    return grade, date(year, rng.choice((4, 10)), 1)


def _position_on(employed_on: date, kind: str, today: date, rng: Random) -> date:
    if kind != PNS:
        return employed_on
    first = max(employed_on, date(2017, 1, 2))
    return first + timedelta(days=rng.randint(0, max(0, (today - first).days - 420)))


def _nip(birth_on: date, employed_on: date, gender: str, kind: str, serials: Counter[str]) -> str:
    month = 21 if kind in (PPPK, PPPK_PARUH_WAKTU) else employed_on.month
    stem = f"{birth_on:%Y%m%d}{employed_on.year}{month:02d}{1 if gender == MALE else 2}"
    serials[stem] += 1
    return f"{stem}{serials[stem]:03d}"


def _acting(units: list[DemoUnit], people: list[DemoPerson]) -> tuple[tuple[int, int], tuple[int, int]]:
    """(unit, acting person) of the Plt and of the Plh: bidang of the licensing office and of another one.

    The Plt's post is vacant: its holder is moved to an ordinary seat of the same unit.
    """
    led = [person for person in people if person.is_head and units[person.unit].name.startswith("Bidang")]
    vacant, absent = led[3 % len(led)], led[-1]
    vacant.is_head = False
    vacant.position, vacant.post = "Analis Kebijakan Ahli Muda", _expert_post(people)
    neighbour = _neighbour(units, people, vacant)
    return (vacant.unit, neighbour.index), (absent.unit, _neighbour(units, people, absent).index)


def _expert_post(people: list[DemoPerson]) -> Post:
    return next(person.post for person in people if person.post.name == "Analis Kebijakan")


def _neighbour(units: list[DemoUnit], people: list[DemoPerson], person: DemoPerson) -> DemoPerson:
    """The head of a neighbouring bidang, else the head above."""
    parent = units[person.unit].parent
    heads = {other.unit: other for other in people if other.is_head and other.index != person.index}
    for unit in units:
        if unit.parent == parent and unit.index in heads and unit.name.startswith("Bidang"):
            return heads[unit.index]
    return heads[parent] if parent in heads else next(iter(heads.values()))


def _place_superiors(office: DemoOffice) -> None:
    """Everyone under the head of the nearest unit that they do not lead themselves; vacant posts are passed over."""
    heads = {person.unit: person for person in office.people if person.is_head}
    heads[office.plt[0]] = office.people[office.plt[1]]
    top = next(person for person in office.people if person.position == "Sekretaris Daerah")
    for person in office.people:
        for unit in office.chain_of(person.unit):
            leader = heads.get(unit.index)
            if leader is not None and leader is not person:
                person.superior = leader.index
                break
        else:
            person.superior = None if person is top else top.index
