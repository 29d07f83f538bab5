"""Web pages and XML that are called .xls."""

import pytest

from firstline import tables
from firstline.tables import Area, Kind, Limits, errors

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}"><title>导出</title>
<style>td {{mso-number-format:"\\@"}}</style></head><body><table border=1>
<tr><th colspan=4>丽景苑业主表</th></tr>
<tr><td>楼号<td>房号<td>姓名<td>电话</tr>
<tr><td rowspan="2">1号楼</td><td>101</td><td>王 &nbsp;建国</td><td x:num="13912345678">1.39E+10</td></tr>
<tr style="display:none"><td>102</td><td>李秀英<br>刘海龙</td><td><table><tr><td>150</td></tr></table></td></tr>
</table><p>outside</p><table><tr><td>合计</td><td>#REF!</td></tr></table></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("x", "utf-16")])
def test_a_page_gives_its_tables_one_below_the_other(charset: str, encoding: str) -> None:
    (sheet,) = tables.read(PAGE.format(charset=charset).encode(encoding))
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["丽景苑业主表"],
        ["楼号", "房号", "姓名", "电话"],
        ["1号楼", "101", "王 \xa0建国", "13912345678"],
        ["", "102", "李秀英\n刘海龙", "150"],
        ["合计", "#REF!"],
    ]
    assert sheet.merges == (Area(1, 1, 1, 4), Area(3, 1, 4, 1)) and sheet.hidden_rows == {4}
    assert sheet.cell(3, 4).kind is Kind.NUMBER and sheet.cell(5, 2).kind is Kind.ERROR


def test_a_cell_that_spans_the_whole_world_does_not_unfold() -> None:
    (sheet,) = tables.read(b"<table><tr><td rowspan=9999999 colspan=9999999>x</td></tr></table>")
    assert len(sheet.rows) == 1
    with pytest.raises(errors.TooManyColumns):
        tables.read(b"<table><tr><td colspan=9999>x</td><td>y</td></tr></table>")
    with pytest.raises(errors.TooManyRows):
        tables.read(b"<table>" + b"<tr>" * 300, limits=Limits(rows=100))


WORKBOOK = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">
<Worksheet ss:Name="1号楼"><Table><Column/><Column ss:Index="3" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">业主表</Data></Cell>
<Cell><Data ss:Type="String">x</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">13912345678</Data>
<Comment><ss:Data><html:B>旧</html:B>号</ss:Data></Comment></Cell>
<Cell><Data ss:Type="DateTime">2020-03-02T00:00:00.000</Data></Cell><Cell ss:Formula="=RC[-1]"/>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_workbook_in_one_xml_text(encoding: str) -> None:
    (sheet,) = tables.read(WORKBOOK.format(encoding=encoding).encode(encoding))
    assert sheet.name == "1号楼" and sheet.hidden and sheet.hidden_rows == {4} and sheet.hidden_columns == {3}
    assert sheet.merges == (Area(1, 1, 1, 3),) and sheet.comments == {(4, 2): "旧号"}
    assert [cell.text for cell in sheet.rows[0]] == ["业主表", "", "", "x"]
    assert [(cell.text, cell.kind) for cell in sheet.rows[3]] == [
        ("", Kind.EMPTY),
        ("13912345678", Kind.NUMBER),
        ("2020-03-02", Kind.DATE),
        ("=RC[-1]", Kind.ERROR),
        ("#N/A", Kind.ERROR),
        ("TRUE", Kind.BOOLEAN),
    ]


def test_entities_in_xml_are_damage() -> None:
    poison = WORKBOOK.format(encoding="utf-8").replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "bbb">]><Workbook', 1)
    with pytest.raises(errors.Damaged):
        tables.read(poison.encode())
