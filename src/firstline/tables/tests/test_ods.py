import datetime

import pytest

from firstline import tables
from firstline.tables import Area, Kind, Limits, errors
from firstline.tables.tests.samples import ods


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", more: str = "", inside: str = "") -> str:
    kind = "" if "value" in more or not text else 'office:value-type="string"'
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {kind} {more}>{inside}{shown}</table:table-cell>"


def valued(kind: str, value: str, text: str = "shown", more: str = "") -> str:
    name = {"date": "date-value", "boolean": "boolean-value", "time": "time-value"}.get(kind, "value")
    return cell(text, f'office:value-type="{kind}" office:{name}="{value}" {more}')


def test_cells_keep_what_was_written() -> None:
    (sheet,) = tables.read(
        ods(
            row(
                cell("刘<text:s text:c='2'/>鹏<text:span>飞</text:span>"),
                valued("float", "13912345678", "1.39E+10"),
                valued("percentage", "0.5"),
                valued("boolean", "true"),
                valued("date", "2020-03-02"),
                valued("date", "2020-03-02T08:30:00"),
                valued("time", "PT20H30M00S"),
                cell(),
                cell("139</text:p><text:p>150"),
            )
        )
    )
    assert [(one.text, one.kind) for one in sheet.rows[0]] == [
        ("刘  鹏飞", Kind.TEXT),
        ("13912345678", Kind.NUMBER),
        ("0.5", Kind.NUMBER),
        ("TRUE", Kind.BOOLEAN),
        ("2020-03-02", Kind.DATE),
        ("2020-03-02 08:30:00", Kind.DATE),
        ("20:30:00", Kind.TEXT),
        ("", Kind.EMPTY),
        ("139\n150", Kind.TEXT),
    ]
    assert sheet.cell(1, 5).date == datetime.date(2020, 3, 2)


def test_what_repeats_is_laid_out_and_what_is_empty_is_not() -> None:
    rows = (
        row(cell(more='table:number-columns-repeated="2"'), cell("x", 'table:number-columns-repeated="2"'))
        + row(cell(), more='table:number-rows-repeated="3"')
        + row(cell("y"), cell(more='table:number-columns-repeated="16000"'), more='table:number-rows-repeated="2"')
        + row(cell(more='table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048000"')
    )
    (sheet,) = tables.read(ods(rows))
    assert [[one.text for one in cells] for cells in sheet.rows] == [["", "", "x", "x"], [], [], [], ["y"], ["y"]]


def test_what_is_hidden_merged_and_commented_is_told() -> None:
    note = "<office:annotation><text:p>已搬走</text:p><text:p>问门卫</text:p></office:annotation>"
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        + row(cell("1号楼", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'), cell("a"), cell("b"))
        + row("<table:covered-table-cell/>", cell("王建国", inside=note), more='table:visibility="filter"')
    )
    (sheet,) = tables.read(ods(rows))
    assert sheet.hidden_columns == {2, 3} and sheet.hidden_rows == {2}
    assert sheet.merges == (Area(1, 1, 2, 1),)
    assert sheet.comments == {(2, 2): "已搬走\n问门卫"} and sheet.cell(2, 2).text == "王建国"


def test_a_hidden_sheet_is_told() -> None:
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    (sheet,) = tables.read(ods(row(cell("x")), styles=style))
    assert sheet.hidden


def test_errors_and_formulas_without_value_are_no_values() -> None:
    (sheet,) = tables.read(
        ods(
            row(
                cell("#REF!", 'table:formula="of:=[.A9]" office:value-type="string" office:string-value=""'),
                cell("Err:502", 'calcext:value-type="error" office:value-type="string"'),
                cell(more='table:formula="of:=1+1"'),
                valued("float", "7", more='table:formula="of:=3+4"'),
                cell("#接龙"),
            )
        )
    )
    assert [(one.text, one.kind) for one in sheet.rows[0]] == [
        ("#REF!", Kind.ERROR),
        ("Err:502", Kind.ERROR),
        ("=1+1", Kind.ERROR),
        ("7", Kind.NUMBER),
        ("#接龙", Kind.TEXT),
    ]


def test_what_was_deleted_and_what_is_drawn_is_no_cell() -> None:
    deleted = f"<table:tracked-changes><table:table-cell>{row(cell('old'))}</table:table-cell></table:tracked-changes>"
    drawn = "<draw:frame><draw:text-box><text:p>印章</text:p></draw:text-box></draw:frame>"
    inner = f"<table:table table:name='in'>{row(cell('in'))}</table:table>"
    (sheet,) = tables.read(ods(row(cell("王建国", inside=drawn + inner)), before=deleted))
    assert [[one.text for one in cells] for cells in sheet.rows] == [["王建国"]]


def test_macros_are_named_and_a_password_is_told() -> None:
    (sheet,) = tables.read(ods(row(cell("x")), more={"Basic/Standard/Module1.xml": b"<x/>"}))
    assert sheet.notes == ("macros_not_run",)
    with pytest.raises(errors.PasswordProtected):
        tables.read(ods(row(cell("x")), more={"META-INF/manifest.xml": b"<manifest:encryption-data/>"}))


def test_a_table_that_unfolds_is_refused() -> None:
    wide = row(cell("x", 'table:number-columns-repeated="16384"'))
    with pytest.raises(errors.TooManyColumns):
        tables.read(ods(wide))
    high = row(cell("x"), more='table:number-rows-repeated="1048576"')
    with pytest.raises(errors.TooManyRows):
        tables.read(ods(high))
    both = row(cell("x", 'table:number-columns-repeated="500"'), more='table:number-rows-repeated="100000"')
    with pytest.raises(errors.TooManyCells):
        tables.read(ods(both))
    long = row(cell("x" * 1000), more='table:number-rows-repeated="1000"')
    with pytest.raises(errors.TooManyCells):
        tables.read(ods(long), limits=Limits(text=100_000))


def test_entities_and_broken_markup_are_damage() -> None:
    for broken in ("<table:table-row>", "&undefined;"):
        with pytest.raises(errors.Damaged):
            tables.read(ods(broken))


def test_spaces_that_are_only_counted_do_not_unfold() -> None:
    many = '<text:s text:c="1000"/>' * 200
    with pytest.raises(errors.TooManyCells):
        tables.read(ods(row(cell(many))), limits=Limits(text=100_000))
