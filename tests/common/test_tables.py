"""Tables come out as they stand in the file, whoever saved it."""

import pytest
import xlsxwriter

from common.tables import UnreadableTable, rows_of


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param(b"NIP,NAMA\n1,Ani\n", [["NIP", "NAMA"], ["1", "Ani"]], id="commas"),
        pytest.param(b"NIP;NAMA\r\n1;Ani, S.H.\r\n", [["NIP", "NAMA"], ["1", "Ani, S.H."]], id="semicolons and commas"),
        pytest.param(b"NIP\tNAMA\n1\tAni\n", [["NIP", "NAMA"], ["1", "Ani"]], id="tabs"),
        pytest.param("\ufeffNIP,NAMA\n".encode(), [["NIP", "NAMA"]], id="the mark of UTF-8 goes"),
        pytest.param("NIP,NAMA\n1,André\n".encode("cp1252"), [["NIP", "NAMA"], ["1", "André"]], id="saved by Windows"),
        pytest.param(b'NIP,NAMA\n\n1,"Ani\nSari"\n', [["NIP", "NAMA"], [], ["1", "Ani\nSari"]], id="blank rows count"),
    ],
)
def test_text_tables(tmp_path, content, rows):
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    assert list(rows_of(path)) == rows


def test_a_workbook_keeps_blank_rows_above_and_the_types_of_its_cells(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_row(2, 0, ["x", 1.5, True])
    book.close()

    assert list(rows_of(path)) == [["", "", ""], ["", "", ""], ["x", 1.5, True]]


@pytest.mark.parametrize("name", ["missing.xlsx", "text.xlsx"], ids=["no file", "no workbook"])
def test_what_cannot_be_opened_is_refused_by_name(tmp_path, name):
    (tmp_path / "text.xlsx").write_text("plain")

    with pytest.raises(UnreadableTable, match=name.replace(".", r"\.")):
        list(rows_of(tmp_path / name))
