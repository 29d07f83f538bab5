"""A workbook is read, or refused with sheet, row and reason; what is accepted is an XLSForm by pyxform's word."""

import pytest
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from firstline.census.questions.definition import Compare, Kind, QuestionSet, Selected, decoded, encoded
from firstline.census.questions.expressions import names_in
from firstline.census.questions.sets import read_set
from firstline.census.questions.tests.sheets import SURVEY, YES_NO, a_set, refusals, sheets, xlsx
from firstline.tables.apart import read_apart

EVERYTHING = (
    ("note", "hello", "您好"),
    ("select_one yn", "back", "是否从外地回来", "yes"),
    ("begin_group", "trip", "回来的路", "", "${back} = 'yes'"),
    ("date", "day", "哪天到的", "true()", "", ". >= '2019-12-01' and . <= '2020-06-30'", "日子不对"),
    ("text", "train", "车次", "", "${day} > '2020-01-10' or ${day} = '2020-01-01'"),
    ("end_group",),
    ("select_multiple yn", "signs", "症状", "no", "not(selected(${back}, 'no'))"),
    ("integer", "people", "几口人", "yes", "", ". > 0 and . <= 40"),
    ("decimal", "warm", "体温", "", "${people} >= 1", ". >= 34.5 and . < 43"),
    ("image", "paper", "拍一张证明", "", "selected(${signs}, 'yes')"),
)


def test_a_workbook_of_every_kind_becomes_a_set() -> None:
    said = read_set(read_apart(xlsx(EVERYTHING, settings=(("form_title", "form_id", "version"), ("返乡", "back", 3)))))

    assert (said.name, said.title, said.version) == ("back", "返乡", "3")
    assert [one.kind for one in said.questions] == [
        Kind.NOTE,
        Kind.SELECT_ONE,
        Kind.DATE,
        Kind.TEXT,
        Kind.SELECT_MULTIPLE,
        Kind.INTEGER,
        Kind.DECIMAL,
        Kind.PHOTO,
    ]
    day, train = said.question("day"), said.question("train")
    assert day is not None and day.required and day.group == "trip" and said.text(day.message) == "日子不对"
    assert train is not None and train.relevant is not None and names_in(train.relevant) == {"day"}
    group = said.group("trip")
    assert group is not None and isinstance(group.relevant, Compare) and group.relevant.kind == "text"
    paper = said.question("paper")
    assert paper is not None and paper.relevant == Selected("signs", "yes")


def test_a_set_survives_its_json() -> None:
    said = a_set(*EVERYTHING)

    assert decoded(encoded(said)) == said


def test_texts_stand_in_their_languages() -> None:
    headings = ("type", "name", "label::中文 (zh)", "label::English (en)", "hint::中文 (zh)")
    said = read_set(sheets([("text", "who", "谁", "Who", "写全名")], headings=headings))

    who = said.questions[0]
    assert (said.text(who.label, "zh-hans"), said.text(who.label, "en"), said.text(who.hint, "en")) == (
        "谁",
        "Who",
        "写全名",
    )
    assert said.languages == ["zh", "en"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("begin_repeat", "r", "每人"), "repeat_not_read"),
        (("calculate", "c", "算"), "calculate_not_read"),
        (("geopoint", "g", "哪儿"), "type_not_read"),
        (("select_one_from_file x.csv", "g", "哪儿"), "type_not_read"),
        (("select_one nowhere", "s", "选"), "list_missing"),
        (("select_one yn or_other", "s", "选"), "or_other_not_read"),
        (("text", "a", ""), "label_missing"),
        (("text", "a", "${first}多大"), "answer_in_text"),
        (("text", "", "没名字"), "name_missing"),
        (("text", "9a", "名字不对"), "name_badly_written"),
        (("text", "first", "重复"), "name_twice"),
        (("", "a", "没类型"), "type_missing"),
        (("text", "a", "A", "${first} = 'x'"), "required_not_read"),
        (("note", "a", "A", "yes"), "note_asks_nothing"),
        (("note", "a", "A", "", "", ". != ''"), "note_asks_nothing"),
        (("text", "a", "A", "", "${nobody} = 'x'"), "name_unknown"),
        (("text", "a", "A", "", "${last} = 'x'"), "later_question"),
        (("text", "a", "A", "", ". = 'x'"), "self_in_relevant"),
        (("text", "a", "A", "", "${first}"), "no_comparison"),
        (("text", "a", "A", "", "count-selected(${many}) > 1"), "function_unknown"),
        (("text", "a", "A", "", "${n} + 1 > 3"), "arithmetic"),
        (("text", "a", "A", "", "${n} div 2 > 3"), "arithmetic"),
        (("text", "a", "A", "", "${n} > '3'"), "compares_unlike"),
        (("text", "a", "A", "", "${first} > 'x'"), "orders_text"),
        (("text", "a", "A", "", "${one} = 'maybe'"), "choice_unknown"),
        (("text", "a", "A", "", "selected(${many}, 'maybe')"), "choice_unknown"),
        (("text", "a", "A", "", "selected(${n}, 'yes')"), "selected_of_no_choice"),
        (("text", "a", "A", "", "selected(${many} 'yes')"), "not_understood"),
        (("text", "a", "A", "", "${many} = 'yes'"), "use_selected"),
        (("text", "a", "A", "", "${when} > '20-1-1'"), "day_badly_written"),
        (("text", "a", "A", "", "(${n} > 1) = (${n} < 3)"), "compares_conditions"),
        (("text", "a", "A", "", "1 < ${n} < 3"), "compares_conditions"),
        (("text", "a", "A", "", "${n} > 1 and"), "ends_early"),
        (("text", "a", "A", "", "${n} > 1 ${n}"), "not_understood"),
        (("text", "a", "A", "", "${n} > 12345678901"), "number_too_long"),
        (("text", "a", "A", "", "(" * 40 + "${n} > 1" + ")" * 40), "condition_too_deep"),
        (("text", "a", "A", "", "${n} > 1 or " * 200), "condition_too_long"),
        (("text", "a", "A", "", "", "today() > ."), "function_unknown"),
        (("end_group",), "group_not_begun"),
    ],
)
def test_what_is_outside_the_part_is_refused_by_its_row(row: tuple[str, ...], code: str) -> None:
    before = (
        ("text", "first", "一"),
        ("integer", "n", "二"),
        ("select_one yn", "one", "三"),
        ("select_multiple yn", "many", "四"),
        ("date", "when", "五"),
    )

    assert refusals(*before, row, ("text", "last", "末")) == [("survey", 7, code)]


def test_blank_rows_keep_the_numbers_of_those_below() -> None:
    assert refusals(("text", "a", "A"), (), ("", "", ""), ("geopoint", "g", "G")) == [("survey", 5, "type_not_read")]
    assert [one.name for one in a_set(("text", "a", "A"), (), ("text", "b", "B")).questions] == ["a", "b"]


def test_a_group_in_a_group_is_refused_once_and_one_left_open_too() -> None:
    begin, end = ("begin_group", "a", "A"), ("end_group",)

    assert refusals(begin, ("begin_group", "b", "B"), ("text", "t", "T"), end, end) == [("survey", 3, "group_in_group")]
    assert refusals(begin, ("text", "t", "T")) == [("survey", 2, "group_not_ended")]


@pytest.mark.parametrize(
    ("column", "text", "refused"),
    [
        ("appearance", "multiline", False),
        ("appearance", "month-year", True),
        ("parameters", "max-pixels=1024", False),
        ("parameters", "randomize=true", True),
        ("choice_filter", "a = b", True),
        ("calculation", "1 + 1", True),
        ("default", "x", True),
        ("relevent", "${a} = 1", True),
        ("备注", "问清楚", False),
        ("choice_filter", "", False),
    ],
)
def test_a_column_that_is_not_read_is_refused_where_it_says_something(column: str, text: str, refused: bool) -> None:
    found = refusals(("image", "p", "照片", text), headings=("type", "name", "label", column))

    assert found == ([("survey", 2, "column_not_read")] if refused else [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("yn", "yes", "又一个"), "choice_twice"),
        (("yn", "two words", "两个词"), "choice_with_space"),
        (("yn", "", "没名字"), "choice_incomplete"),
    ],
)
def test_a_choice_is_refused_by_its_row(row: tuple[str, ...], code: str) -> None:
    assert refusals(("select_one yn", "a", "A"), choices=(*YES_NO, row)) == [("choices", 4, code)]


def test_sheets_that_change_the_meaning_are_refused_and_a_missing_survey_too() -> None:
    from firstline.census.questions.tests.sheets import sheet
    from firstline.census.questions.workbook import SetRefused

    entities = sheet("entities", [("list_name", "label"), ("doors", "x")])
    with pytest.raises(SetRefused) as refused:
        read_set([*sheets([("text", "a", "A")]), entities])
    assert [(one.sheet, one.code) for one in refused.value.refusals] == [("entities", "sheet_not_read")]
    with pytest.raises(SetRefused) as refused:
        read_set([sheet("登记表", [("姓名", "电话")])])
    assert [one.code for one in refused.value.refusals] == ["survey_missing"]


def test_all_reasons_are_told_at_once() -> None:
    found = refusals(("geopoint", "g", "G"), ("text", "t", ""), ("text", "u", "U", "", "${x} = 1"))

    assert found == [("survey", 2, "type_not_read"), ("survey", 3, "label_missing"), ("survey", 4, "name_unknown")]


def test_what_pyxform_refuses_is_refused_in_its_words() -> None:
    # Two choices sheets' worth of trouble that our own reading lets pass: a name XML does not take.
    assert refusals(("text", "a²", "A")) == [("survey", 0, "xlsform_refused")]


def test_a_workbook_we_take_pyxform_takes_from_its_own_reading_of_the_file() -> None:
    """The oracle is given our cells; here it opens the file itself, and says the same of both halves of this pair."""
    good = xlsx(EVERYTHING)
    bad = xlsx([*EVERYTHING, ("text", "late", "L", "", "${nobody} = 'x'")])

    assert "/data/trip/train" in convert(good, form_name="data").xform
    with pytest.raises(PyXFormError):
        convert(bad, form_name="data")
    assert isinstance(read_set(read_apart(good)), QuestionSet)
    assert refusals(*EVERYTHING, ("text", "late", "L", "", "${nobody} = 'x'"))


def test_numbers_and_truth_as_a_spreadsheet_keeps_them() -> None:
    survey = [("select_one n", "a", "A", True), ("text", "b", "B", False, "${a} = 1")]
    choices = (("list_name", "name", "label"), ("n", 1.0, "一个"), ("n", 2, "两个"))
    said = read_set(read_apart(xlsx(survey, choices)))

    assert [choice.name for choice in said.choices["n"]] == ["1", "2"]
    assert (said.questions[0].required, said.questions[1].required) == (True, False)
    assert SURVEY[3] == "required"
