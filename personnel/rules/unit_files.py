"""The small file of units (SIASN knows only their names) and the file of their heads, Plt and Plh included."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from personnel.rules.cells import Cell, Unreadable, date_of, nip_of, text_of
from personnel.rules.records import Records, Refused, read_records
from personnel.rules.wording import gettext_noop

REASONS = {
    "file_without_header": gettext_noop("No row with the needed column names was found."),
    "empty": gettext_noop("This cell may not be empty."),
    "unknown_kind": gettext_noop("This kind of unit is not known."),
    "unknown_zone": gettext_noop("The zone must be WIB, WITA or WIT."),
    "not_yes_or_no": gettext_noop("Write YA or TIDAK, or leave it empty to inherit from the unit above."),
    "not_a_number": gettext_noop("This is not a number."),
    "place_incomplete": gettext_noop("Latitude and longitude belong together."),
    "not_a_date": gettext_noop("This is not a date; write YYYY-MM-DD, DD-MM-YYYY or a spreadsheet date."),
    "no_such_day": gettext_noop("This day does not exist in the calendar."),
    "nip_empty": gettext_noop("The NIP is empty."),
    "nip_not_18_digits": gettext_noop("A NIP has 18 digits."),
    "nip_digits_lost": gettext_noop(
        "The NIP was saved as a number and its last digits are lost; export the column as text."
    ),
    "unknown_state": gettext_noop("Write DEFINITIF, PLT or PLH."),
    "end_missing": gettext_noop("A Plt or Plh needs a last day."),
}
# The word of the file, and of a unit's name, for each kind. The first word that a name starts with decides.
KIND_WORDS = (
    ("PEMERINTAH", "INSTITUTION"), ("SEKRETARIAT DAERAH", "SECRETARIAT"), ("SEKRETARIAT DPRD", "SECRETARIAT"),
    ("INSPEKTORAT", "INSPECTORATE"), ("BADAN", "AGENCY"), ("DINAS", "DEPARTMENT"), ("SATUAN", "OFFICE"),
    ("KANTOR", "OFFICE"), ("BAGIAN", "BUREAU"), ("BIRO", "BUREAU"), ("KECAMATAN", "DISTRICT"),
    ("KELURAHAN", "VILLAGE"), ("RUMAH SAKIT", "HOSPITAL"), ("RSUD", "HOSPITAL"), ("RS ", "HOSPITAL"),
    ("UPTD PUSKESMAS", "HEALTH_CENTRE"), ("PUSKESMAS", "HEALTH_CENTRE"), ("SEKOLAH", "SCHOOL"), ("TK ", "SCHOOL"),
    ("SD ", "SCHOOL"), ("SMP ", "SCHOOL"), ("SMA ", "SCHOOL"), ("SMK ", "SCHOOL"), ("UPT", "TECHNICAL_UNIT"),
    ("BIDANG", "FIELD"), ("SEKRETARIAT", "FIELD"), ("SEKSI", "SECTION"), ("SUBBAG", "SECTION"), ("SUB BAG", "SECTION"),
    ("SUBBID", "SECTION"), ("INSTALASI", "SECTION"), ("TIM", "TEAM"), ("LOKET", "TEAM"),
)  # fmt: skip
_KINDS = {kind for _word, kind in KIND_WORDS}
_ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura", "": ""}
_YES, _NO = {"YA", "Y", "1", "TRUE"}, {"TIDAK", "T", "0", "FALSE"}
UNIT_COLUMNS = (
    "KODE", "NAMA", "JENIS", "KODE INDUK", "PERANGKAT DAERAH", "ZONA WAKTU", "LAYANAN LANGSUNG", "KERJA SIF", "LOKASI",
    "LINTANG", "BUJUR", "RADIUS METER", "BERLAKU MULAI",
)  # fmt: skip
HEAD_COLUMNS = ("KODE UNIT", "NIP", "STATUS", "MULAI", "SAMPAI", "DASAR")
_DEFAULT_RADIUS_METRES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit. Flags are None where they are inherited; `starts_on` None means the day of the import."""

    row: int
    code: str
    name: str
    kind: str
    parent_code: str
    is_perangkat_daerah: bool
    time_zone: str
    is_direct_service: bool | None
    is_shift_work: bool | None
    place: str
    latitude: str
    longitude: str
    radius_metres: int
    starts_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRow:
    """Who leads a unit: `kind` SUBSTANTIVE, PLT or PLH."""

    row: int
    unit_code: str
    nip: str
    kind: str
    starts_on: date | None
    ends_on: date | None
    decree: str


def read_units(rows: Iterable[Sequence[Cell]]) -> Records[UnitRow]:
    return read_records(rows, columns=UNIT_COLUMNS, required=("KODE", "NAMA"), build=_unit)


def read_heads(rows: Iterable[Sequence[Cell]]) -> Records[HeadRow]:
    return read_records(rows, columns=HEAD_COLUMNS, required=("KODE UNIT", "NIP"), build=_head)


def kind_of_name(name: str) -> str:
    """The kind that a unit's name speaks of; SECTION when it speaks of none."""
    upper = name.upper().strip() + " "
    return next((kind for word, kind in KIND_WORDS if upper.startswith(word)), "SECTION")


def _unit(number: int, cells: Mapping[str, Cell]) -> UnitRow:
    texts = {name: text_of(cell) for name, cell in cells.items()}
    latitude, longitude = _degrees(texts, "LINTANG"), _degrees(texts, "BUJUR")
    if bool(latitude) != bool(longitude):
        raise Refused("BUJUR", longitude, "place_incomplete")
    zone = texts.get("ZONA WAKTU", "").upper()
    if zone not in _ZONES:
        raise Refused("ZONA WAKTU", zone, "unknown_zone")
    return UnitRow(
        row=number,
        code=texts["KODE"],
        name=texts["NAMA"],
        kind=_kind(texts),
        parent_code=texts.get("KODE INDUK", ""),
        is_perangkat_daerah=bool(_yes_or_no(texts, "PERANGKAT DAERAH")),
        time_zone=_ZONES[zone],
        is_direct_service=_yes_or_no(texts, "LAYANAN LANGSUNG"),
        is_shift_work=_yes_or_no(texts, "KERJA SIF"),
        place=texts.get("LOKASI", ""),
        latitude=latitude,
        longitude=longitude,
        radius_metres=_metres(texts),
        starts_on=_day(cells, "BERLAKU MULAI"),
    )


def _kind(texts: Mapping[str, str]) -> str:
    said = texts.get("JENIS", "").upper()
    if not said:
        return kind_of_name(texts["NAMA"])
    if said in _KINDS:
        return said
    for word, kind in KIND_WORDS:
        if said == word.strip():
            return kind
    raise Refused("JENIS", texts["JENIS"], "unknown_kind")


def _yes_or_no(texts: Mapping[str, str], name: str) -> bool | None:
    said = texts.get(name, "").upper()
    if said in _YES:
        return True
    if said in _NO:
        return False
    if said:
        raise Refused(name, texts[name], "not_yes_or_no")
    return None


def _degrees(texts: Mapping[str, str], name: str) -> str:
    text = texts.get(name, "").replace(",", ".")
    try:
        return f"{float(text):.6f}" if text else ""
    except ValueError:
        raise Refused(name, text, "not_a_number") from None


def _metres(texts: Mapping[str, str]) -> int:
    text = texts.get("RADIUS METER", "")
    if text and not text.isdigit():
        raise Refused("RADIUS METER", text, "not_a_number")
    return int(text) if text else _DEFAULT_RADIUS_METRES


def _day(cells: Mapping[str, Cell], name: str) -> date | None:
    value = date_of(cells.get(name))
    if isinstance(value, Unreadable):
        raise Refused(name, text_of(cells[name]), value.code)
    return value


def _head(number: int, cells: Mapping[str, Cell]) -> HeadRow:
    nip = nip_of(cells["NIP"])
    if isinstance(nip, Unreadable):
        raise Refused("NIP", text_of(cells["NIP"]), nip.code)
    said = text_of(cells.get("STATUS")).upper().rstrip(".") or "DEFINITIF"
    kinds = {"DEFINITIF": "SUBSTANTIVE", "PLT": "PLT", "PLH": "PLH"}
    if said not in kinds:
        raise Refused("STATUS", said, "unknown_state")
    ends_on = _day(cells, "SAMPAI")
    if kinds[said] != "SUBSTANTIVE" and ends_on is None:
        raise Refused("SAMPAI", "", "end_missing")
    return HeadRow(
        row=number,
        unit_code=text_of(cells["KODE UNIT"]),
        nip=nip,
        kind=kinds[said],
        starts_on=_day(cells, "MULAI"),
        ends_on=ends_on,
        decree=text_of(cells.get("DASAR")),
    )
