"""Reading a SIASN "Data Utama" table: rows of cells in, people and refusals out.

Columns are found by name wherever the header stands; stray spaces and case do not matter, missing columns that are
not needed and extra ones are tolerated. Only the columns in `PURPOSES` are ever read: religion, marital status, NIK,
NPWP, BPJS, address, telephone and the rest are dropped at the door (UU 27/2022).

A row that cannot be trusted is refused whole with row number, field, value and reason; a doubt only warns.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from personnel.rules.cells import Cell, Unreadable, date_of, nip_of, text_of
from personnel.rules.nip import NipFinding, NipGender, NipKind, check_nip, parse_nip
from personnel.rules.wording import gettext_noop

HEADER_SEARCH_ROWS = 30
PATH_SEPARATOR = " - "

# Each column taken, and what it is for. A column without a line here is never read.
PURPOSES = {
    "PNS ID": "recognises a person whose NIP was corrected",
    "NIP BARU": "identifies the person and is the account name",
    "NAMA": "names the person on every page and document",
    "GELAR DEPAN": "the name as documents write it",
    "GELAR BELAKANG": "the name as documents write it",
    "TANGGAL LAHIR": "retirement age; cross-check of the NIP",
    "JENIS KELAMIN": "cross-check of the NIP; mandatory categories of WFH",
    "EMAIL GOV": "one-time codes and notices, to the address of the office only",
    "JENIS PEGAWAI NAMA": "PNS, PPPK or part-time PPPK decides hours and discipline rules",
    "KEDUDUKAN HUKUM NAMA": "who is active; PNS, PPPK or part-time PPPK",
    "STATUS CPNS PNS": "PNS, CPNS or PPPK",
    "TMT CPNS": "length of service",
    "GOL AKHIR NAMA": "rank on documents and in talent mapping",
    "TMT GOLONGAN": "the day from which the rank counts",
    "JENIS JABATAN NAMA": "kind of position",
    "JABATAN NAMA": "position; decides workability from home and retirement age",
    "TMT JABATAN": "experience in the position; decides between two rows of one person",
    "TINGKAT PENDIDIKAN NAMA": "education in talent mapping",
    "PENDIDIKAN NAMA": "field of education in talent mapping",
    "TAHUN LULUS": "the day from which the education counts",
    "UNOR ID": "recognises a renamed unit",
    "UNOR NAMA": "the unit the person works in",
}
REQUIRED = ("NIP BARU", "NAMA", "JABATAN NAMA", "UNOR NAMA")
_OTHER_SPELLINGS = {
    "NIP": "NIP BARU",
    "NAMA LENGKAP": "NAMA",
    "NAMA PEGAWAI": "NAMA",
    "TGL LAHIR": "TANGGAL LAHIR",
    "JENIS JABATAN": "JENIS JABATAN NAMA",
    "JABATAN": "JABATAN NAMA",
    "UNIT ORGANISASI": "UNOR NAMA",
    "UNOR": "UNOR NAMA",
}
_DATES = ("TANGGAL LAHIR", "TMT CPNS", "TMT GOLONGAN", "TMT JABATAN")

REASONS = {
    "file_without_header": gettext_noop(
        "No row with the column names NIP BARU, NAMA, JABATAN NAMA and UNOR NAMA was found."
    ),
    "nip_empty": gettext_noop("The NIP is empty."),
    "nip_not_18_digits": gettext_noop("A NIP has 18 digits."),
    "nip_digits_lost": gettext_noop(
        "The NIP was saved as a number and its last digits are lost; export the column as text."
    ),
    "empty": gettext_noop("This cell may not be empty."),
    "not_a_date": gettext_noop("This is not a date; write YYYY-MM-DD, DD-MM-YYYY or a spreadsheet date."),
    "no_such_day": gettext_noop("This day does not exist in the calendar."),
    "birth_in_future": gettext_noop("The birth date lies after the day of the import."),
    "duplicate": gettext_noop("The same person with the same unit stands in an earlier row."),
    "second_unit": gettext_noop("The person stands in two units; the row with the later TMT JABATAN is taken."),
    "repeated_header": gettext_noop("The column names are repeated here; this is not a person."),
}


class EmploymentKind(StrEnum):
    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PARUH_WAKTU = "PPPK_PARUH_WAKTU"


class PositionGroup(StrEnum):
    STRUKTURAL = "STRUKTURAL"
    FUNGSIONAL = "FUNGSIONAL"
    PELAKSANA = "PELAKSANA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row, or (row 0) a file, that was not taken. `row` counts as the spreadsheet shows it, from 1."""

    row: int
    field: str
    value: str
    code: str

    @property
    def reason(self) -> str:
        return REASONS[self.code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that looks wrong in a row that was taken all the same."""

    row: int
    finding: NipFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class SiasnPerson:
    """One row that was taken. `unit_path` goes from the top of the tree to the person's own unit."""

    row: int
    siasn_id: str
    nip: str
    name: str
    email: str
    title_before: str
    title_after: str
    birth_on: date | None
    gender: NipGender | None
    employment: EmploymentKind
    is_active: bool
    employed_on: date | None
    grade: str
    grade_on: date | None
    position_group: PositionGroup | None
    position: str
    position_on: date | None
    education_level: str
    education_field: str
    graduated_year: int | None
    unit_code: str
    unit_path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the column names stand and which cell holds which purpose."""

    row: int
    columns: dict[str, int]
    dropped: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in PURPOSES if name not in self.columns)


@dataclass(slots=True, kw_only=True)
class Reading:
    """The whole file: who was taken, who was refused and why, what looked doubtful."""

    header: Header | None = None
    people: list[SiasnPerson] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_siasn(rows: Iterable[Sequence[Cell]], *, today: date) -> Reading:
    """Read a whole table. People come out in the order of the file, each NIP once.

    `today` bounds birth dates. Of several rows of one person the one with the latest TMT JABATAN is taken
    (the earlier row when equal or unknown); the others are refused.
    """
    numbered = enumerate(rows, start=1)
    header = find_header(numbered)
    reading = Reading(header=header)
    if header is None:
        reading.refusals.append(Refusal(row=0, field="", value="", code="file_without_header"))
        return reading
    taken: dict[str, SiasnPerson] = {}
    for number, cells in numbered:
        if all(text_of(cell) == "" for cell in cells):
            continue
        outcome = read_row(number, cells, header, today=today)
        if isinstance(outcome, Refusal):
            reading.refusals.append(outcome)
        else:
            _take(outcome, taken, reading.refusals)
    reading.people = _with_paths_from_the_top(list(taken.values()))
    reading.refusals.sort(key=lambda refusal: refusal.row)
    reading.doubts = list(_doubts(reading.people))
    return reading


def find_header(numbered: Iterator[tuple[int, Sequence[Cell]]]) -> Header | None:
    """The first row, within the first thirty, that names all required columns; the iterator stands after it.

    Of two columns with one name the first is read.
    """
    for number, cells in numbered:
        header = _header_of(number, cells)
        if all(name in header.columns for name in REQUIRED):
            return header
        if number >= HEADER_SEARCH_ROWS:
            break
    return None


def _header_of(number: int, cells: Sequence[Cell]) -> Header:
    columns: dict[str, int] = {}
    dropped = []
    for index, cell in enumerate(cells):
        name = _column_name(cell)
        if name in PURPOSES and name not in columns:
            columns[name] = index
        elif name:
            dropped.append(name)
    return Header(row=number, columns=columns, dropped=tuple(dropped))


def _column_name(cell: Cell) -> str:
    name = " ".join(text_of(cell).upper().replace("_", " ").strip(" :*.").split())
    return _OTHER_SPELLINGS.get(name, name)


def purposeful(rows: Iterable[Sequence[Cell]], header: Header) -> Iterator[list[Cell]]:
    """The table with every cell emptied that has no purpose; rows keep their numbers.

    Above the header nothing is kept; of the header the names of the columns that are read.
    """
    kept = set(header.columns.values())
    for number, cells in enumerate(rows, start=1):
        if number < header.row:
            yield []
        else:
            yield [cell if index in kept else None for index, cell in enumerate(cells)]


def read_row(number: int, cells: Sequence[Cell], header: Header, *, today: date) -> SiasnPerson | Refusal:
    """One row as a person, or the first reason to refuse it. The unit path is still in the order of the file."""
    raw = {name: cells[index] if index < len(cells) else None for name, index in header.columns.items()}
    if _column_name(raw["NIP BARU"]) == "NIP BARU":
        return Refusal(row=number, field="NIP BARU", value=text_of(raw["NIP BARU"]), code="repeated_header")
    nip = nip_of(raw["NIP BARU"])
    if isinstance(nip, Unreadable):
        return Refusal(row=number, field="NIP BARU", value=_shown(raw["NIP BARU"]), code=nip.code)
    texts = {name: text_of(cell) for name, cell in raw.items() if name not in _DATES}
    for name in REQUIRED:
        if not texts[name]:
            return Refusal(row=number, field=name, value="", code="empty")
    dates: dict[str, date | None] = {}
    for name in _DATES:
        value = date_of(raw.get(name))
        if isinstance(value, Unreadable):
            return Refusal(row=number, field=name, value=_shown(raw[name]), code=value.code)
        dates[name] = value
    if (born := dates["TANGGAL LAHIR"]) is not None and born >= today:
        return Refusal(row=number, field="TANGGAL LAHIR", value=born.isoformat(), code="birth_in_future")
    return _person(number, nip, texts, dates)


def _person(number: int, nip: str, texts: dict[str, str], dates: dict[str, date | None]) -> SiasnPerson:
    inside = parse_nip(nip)
    graduated = texts.get("TAHUN LULUS", "")
    return SiasnPerson(
        row=number,
        siasn_id=texts.get("PNS ID", ""),
        nip=nip,
        name=readable_name(texts["NAMA"]),
        email=texts.get("EMAIL GOV", ""),
        title_before=texts.get("GELAR DEPAN", ""),
        title_after=texts.get("GELAR BELAKANG", ""),
        birth_on=dates["TANGGAL LAHIR"] or (inside.birth_on if inside else None),
        gender=gender_of(texts.get("JENIS KELAMIN", "")) or (inside.gender if inside else None),
        employment=employment_of(texts, nip_kind=inside.kind if inside else None),
        is_active=is_active(texts.get("KEDUDUKAN HUKUM NAMA", "")),
        employed_on=dates["TMT CPNS"] or _first_appointment(nip),
        grade=texts.get("GOL AKHIR NAMA", ""),
        grade_on=dates["TMT GOLONGAN"],
        position_group=position_group_of(texts.get("JENIS JABATAN NAMA", "")),
        position=texts["JABATAN NAMA"],
        position_on=dates["TMT JABATAN"],
        education_level=texts.get("TINGKAT PENDIDIKAN NAMA", ""),
        education_field=texts.get("PENDIDIKAN NAMA", ""),
        graduated_year=int(graduated) if graduated.isdigit() and len(graduated) == 4 else None,
        unit_code=texts.get("UNOR ID", ""),
        unit_path=tuple(part.strip() for part in texts["UNOR NAMA"].split(PATH_SEPARATOR) if part.strip()),
    )


def _first_appointment(nip: str) -> date | None:
    inside = parse_nip(nip)
    if inside is None or not 1950 <= inside.appointed_year <= 2100:
        return None
    return date(inside.appointed_year, inside.appointed_month or 1, 1)


def readable_name(text: str) -> str:
    """A name in capitals as it is written in a letter; a name with any small letter is left as it is.

    What follows a hyphen keeps its capital, what follows an apostrophe does not: `NI'MAH AL-HADAD` → `Ni'mah Al-Hadad`.
    """
    if text != text.upper():
        return text
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in text.split(" "))


def gender_of(text: str) -> NipGender | None:
    """M or L, Pria or Laki-laki; F, P or W, Wanita or Perempuan; 1 or 2. None for anything else."""
    word = text.upper()
    if word in {"1", "M", "L", "PRIA", "LAKI-LAKI", "LAKI LAKI", "MALE"}:
        return NipGender.MALE
    if word in {"2", "F", "P", "W", "WANITA", "PEREMPUAN", "FEMALE"}:
        return NipGender.FEMALE
    return None


def employment_of(texts: dict[str, str], *, nip_kind: NipKind | None) -> EmploymentKind:
    """The kind of employment: what the file says in words comes first, then the grade, then the shape of the NIP."""
    said = " ".join(
        texts.get(name, "") for name in ("JENIS PEGAWAI NAMA", "KEDUDUKAN HUKUM NAMA", "STATUS CPNS PNS")
    ).upper()
    if "PARUH WAKTU" in said:
        return EmploymentKind.PPPK_PARUH_WAKTU
    if "PPPK" in said or "P3K" in said:
        return EmploymentKind.PPPK
    if texts.get("STATUS CPNS PNS", "").upper() in {"C", "CPNS"}:
        return EmploymentKind.CPNS
    if "PNS" in said:
        return EmploymentKind.PNS
    grade = texts.get("GOL AKHIR NAMA", "")
    if grade:
        return EmploymentKind.PNS if "/" in grade else EmploymentKind.PPPK
    return EmploymentKind.PPPK if nip_kind is NipKind.PPPK else EmploymentKind.PNS


def is_active(legal_state: str) -> bool:
    """Whether KEDUDUKAN HUKUM describes someone at work. Empty counts as active: many exports leave it out."""
    state = legal_state.upper()
    ended = (
        "PENSIUN",
        "BERHENTI",
        "DIBERHENTIKAN",
        "MENINGGAL",
        "PINDAH INSTANSI",
        "NONAKTIF",
        "NON AKTIF",
        "TIDAK AKTIF",
    )
    return not any(word in state for word in ended)


def position_group_of(text: str) -> PositionGroup | None:
    """STRUKTURAL, FUNGSIONAL (tertentu) or PELAKSANA (also "fungsional umum", its former name)."""
    word = text.upper()
    if "PELAKSANA" in word or "FUNGSIONAL UMUM" in word:
        return PositionGroup.PELAKSANA
    if "FUNGSIONAL" in word:
        return PositionGroup.FUNGSIONAL
    if "STRUKTURAL" in word:
        return PositionGroup.STRUKTURAL
    return None


def _take(person: SiasnPerson, taken: dict[str, SiasnPerson], refusals: list[Refusal]) -> None:
    held = taken.get(person.nip)
    if held is None:
        taken[person.nip] = person
        return
    if held.unit_path == person.unit_path:
        refusals.append(Refusal(row=person.row, field="NIP BARU", value=person.nip, code="duplicate"))
        return
    loser = person
    if (person.position_on or date.min) > (held.position_on or date.min):
        taken[person.nip], loser = person, held
    refusals.append(
        Refusal(row=loser.row, field="UNOR NAMA", value=PATH_SEPARATOR.join(loser.unit_path), code="second_unit")
    )


def _with_paths_from_the_top(people: list[SiasnPerson]) -> list[SiasnPerson]:
    """The same people with every unit path starting at the top of the tree, in the order of the file.

    Files write paths from the person's unit upwards or from the top downwards. The end of the path that has fewer
    different names over the whole file is the top; when equal, the last name is.
    """
    people.sort(key=lambda person: person.row)
    firsts = {person.unit_path[0].upper() for person in people}
    lasts = {person.unit_path[-1].upper() for person in people}
    if len(firsts) < len(lasts):
        return people
    return [_reversed_path(person) for person in people]


def _reversed_path(person: SiasnPerson) -> SiasnPerson:
    values = {name: getattr(person, name) for name in SiasnPerson.__slots__}
    return SiasnPerson(**{**values, "unit_path": person.unit_path[::-1]})


def _doubts(people: Iterable[SiasnPerson]) -> Iterator[Doubt]:
    for person in people:
        kind = NipKind.PNS if person.employment in (EmploymentKind.PNS, EmploymentKind.CPNS) else NipKind.PPPK
        for finding in check_nip(person.nip, birth_on=person.birth_on, gender=person.gender, kind=kind):
            yield Doubt(row=person.row, finding=finding)


def _shown(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else repr(cell) if isinstance(cell, float) else str(cell)
