"""A second opinion: pyxform, the reference reader of XLSForm, is asked whether a workbook is one. Pure.

It is given cells that our own reader took out of the file, never the file: it opens workbooks unguarded. Nothing is
validated by Java, nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from firstline.census.questions.workbook import READ, Line, Refusal, SetRefused


def agree(sheets: Mapping[str, Sequence[Line]]) -> str:
    """The XForm that pyxform makes of the sheets. Raises SetRefused with what it says, in its own words."""
    from pyxform.errors import PyXFormError  # half a second, and only an upload needs it
    from pyxform.xls2xform import convert

    # pyxform counts rows from where a dictionary begins; blank ones keep the numbers those of the spreadsheet.
    given = {name: _rows(sheets[name]) for name in READ if sheets.get(name)}
    try:
        return str(convert(given, form_name="data").xform)
    except PyXFormError as problem:
        said = " ".join(str(problem).split())
        raise SetRefused([Refusal("survey", 0, "", "xlsform_refused", {"problem": said})]) from problem


def _rows(lines: Sequence[Line]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = [{} for _ in range(lines[-1].row - 1)]
    for line in lines:
        rows[line.row - 2] = {heading: text for heading, text in line.cells.items() if text}
    return rows
