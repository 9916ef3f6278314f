import pytest

from personnel.rules.positions import functional_level, leads_unit, position_facts
from personnel.rules.siasn import PositionGroup

S, F, P = PositionGroup.STRUKTURAL, PositionGroup.FUNGSIONAL, PositionGroup.PELAKSANA


@pytest.mark.parametrize(
    ("name", "group", "kind", "echelon", "retires"),
    [
        pytest.param("Sekretaris Daerah", S, "JPT", "II.a", 60, id="the regional secretary"),
        pytest.param("Kepala Dinas Sosial", S, "JPT", "II.b", 60, id="head of a dinas"),
        pytest.param("Kepala Bidang Mutasi", S, "ADMINISTRATOR", "III", 58, id="head of a bidang"),
        pytest.param("Sekretaris Dinas Sosial", S, "ADMINISTRATOR", "III", 58, id="secretary of a dinas"),
        pytest.param("Camat Mekarsari", S, "ADMINISTRATOR", "III", 58, id="camat"),
        pytest.param("Inspektur Pembantu Wilayah I", S, "ADMINISTRATOR", "III", 58, id="assistant inspector"),
        pytest.param("Inspektur", S, "JPT", "II.b", 60, id="the inspector"),
        pytest.param("Kepala Subbagian Umum", S, "PENGAWAS", "IV", 58, id="head of a subbagian"),
        pytest.param("Kepala Sub Bagian Umum", S, "PENGAWAS", "IV", 58, id="written apart"),
        pytest.param("Lurah Mekarsari Wetan", S, "PENGAWAS", "IV", 58, id="lurah"),
        pytest.param("Penelaah Teknis Kebijakan", P, "PELAKSANA", "", 58, id="pelaksana"),
        pytest.param("Analis Kebijakan Ahli Madya", F, "FUNGSIONAL", "", 60, id="ahli madya retire at 60"),
        pytest.param("Analis Kebijakan Ahli Utama", F, "FUNGSIONAL", "", 65, id="ahli utama at 65"),
        pytest.param("Guru Ahli Pertama", F, "FUNGSIONAL", "", 60, id="teachers at 60"),
        pytest.param("Perawat Terampil", None, "FUNGSIONAL", "", 58, id="without a group the level decides"),
        pytest.param("Operator Layanan", None, "PELAKSANA", "", 58, id="without either, pelaksana"),
    ],
)
def test_position_facts(name, group, kind, echelon, retires):
    facts = position_facts(name, group)

    assert (facts.kind, facts.echelon, facts.retirement_age) == (kind, echelon, retires)


def test_levels_and_leading():
    assert functional_level("PRANATA KOMPUTER AHLI MUDA") == "Ahli Muda"
    assert functional_level("Camat") == ""
    assert leads_unit("Kepala Bidang Mutasi", S)
    assert not leads_unit("Staf Ahli Bupati", S)
    assert not leads_unit("Kepala Sekolah", F)
