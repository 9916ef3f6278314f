"""What the name of a position says: its kind, level, echelon, retirement age, and whether it leads its unit.

Sources: UU 20/2023 (manajerial and nonmanajerial), PP 17/2020 (retirement age of functional levels). The echelon is the
customary equivalent in a regency; offices correct it in the catalogue.
"""

from dataclasses import dataclass

from personnel.rules.siasn import PositionGroup

_FUNCTIONAL_LEVELS = (
    "Ahli Utama", "Ahli Madya", "Ahli Muda", "Ahli Pertama", "Penyelia", "Mahir", "Terampil", "Pemula",
)  # fmt: skip
_RETIREMENT_OF_LEVEL = {"Ahli Utama": 65, "Ahli Madya": 60}
_RETIREMENT_MANAGERS = {"JPT": 60, "ADMINISTRATOR": 58, "PENGAWAS": 58}
_RETIREMENT_DEFAULT, _RETIREMENT_TEACHER = 58, 60
# Longest first words win; each says whose head it is and at which echelon.
_STRUCTURAL = (
    (("SEKRETARIS DAERAH",), "JPT", "II.a"),
    (("KEPALA BAGIAN", "KEPALA BIDANG", "SEKRETARIS", "CAMAT", "INSPEKTUR PEMBANTU"), "ADMINISTRATOR", "III"),
    (
        ("KEPALA SUBBAG", "KEPALA SUB BAG", "KEPALA SEKSI", "KEPALA UPT", "KEPALA SUBBID", "KEPALA SUB BID", "LURAH"),
        "PENGAWAS",
        "IV",
    ),
    (("KEPALA", "INSPEKTUR", "DIREKTUR", "ASISTEN", "STAF AHLI"), "JPT", "II.b"),
)
_LEADS = ("KEPALA", "SEKRETARIS", "CAMAT", "LURAH", "INSPEKTUR", "DIREKTUR", "ASISTEN")


@dataclass(frozen=True, slots=True)
class PositionFacts:
    """`kind` is JPT, ADMINISTRATOR, PENGAWAS, PELAKSANA or FUNGSIONAL; `retirement_age` in years."""

    kind: str
    level: str
    echelon: str
    retirement_age: int


def position_facts(name: str, group: PositionGroup | None) -> PositionFacts:
    """Read a position's name. Without a group, a name that leads or has a functional level decides; else PELAKSANA."""
    if group is PositionGroup.STRUKTURAL or (group is None and leads_unit(name, None)):
        return _structural(name)
    level = functional_level(name)
    if group is PositionGroup.FUNGSIONAL or (group is None and level):
        return PositionFacts("FUNGSIONAL", level, "", _functional_retirement(name, level))
    return PositionFacts("PELAKSANA", "", "", _RETIREMENT_DEFAULT)


def leads_unit(name: str, group: PositionGroup | None) -> bool:
    """Whether the holder of a structural position leads the unit it stands in. Staf Ahli lead nobody."""
    return group in (PositionGroup.STRUKTURAL, None) and name.upper().startswith(_LEADS)


def functional_level(name: str) -> str:
    """The level at the end of a functional position's name, "" when it has none."""
    upper = name.upper().strip()
    return next((level for level in _FUNCTIONAL_LEVELS if upper.endswith(level.upper())), "")


def _structural(name: str) -> PositionFacts:
    upper = name.upper()
    for starts, kind, echelon in _STRUCTURAL:
        if upper.startswith(starts):
            return PositionFacts(kind, "", echelon, _RETIREMENT_MANAGERS[kind])
    return PositionFacts("PENGAWAS", "", "IV", _RETIREMENT_MANAGERS["PENGAWAS"])


def _functional_retirement(name: str, level: str) -> int:
    usual = _RETIREMENT_OF_LEVEL.get(level, _RETIREMENT_DEFAULT)
    return max(usual, _RETIREMENT_TEACHER) if name.upper().startswith("GURU") else usual
