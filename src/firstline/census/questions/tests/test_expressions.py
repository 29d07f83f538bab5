"""Conditions: whatever is typed is parsed or refused, and what is parsed keeps to the rules of comparing."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from firstline.census.questions.definition import Expression, Kind
from firstline.census.questions.expressions import ExpressionRefused, Known, Surroundings, Value, holds, names_in, parse

KNOWN = {
    "n": Known(Kind.INTEGER),
    "m": Known(Kind.DECIMAL),
    "t": Known(Kind.TEXT),
    "d": Known(Kind.DATE),
    "one": Known(Kind.SELECT_ONE, frozenset({"yes", "no"})),
    "many": Known(Kind.SELECT_MULTIPLE, frozenset({"yes", "no"})),
}
AROUND = Surroundings(KNOWN, this=Known(Kind.INTEGER))
PIECES = (
    *(f"${{{name}}}" for name in (*KNOWN, "nobody")),
    *"().,=<>-+*",
    *(
        "!=",
        "<=",
        ">=",
        " and ",
        " or ",
        "not(",
        "selected(",
        "'yes'",
        "'2020-01-23'",
        "''",
        "3",
        "4.5",
        "today()",
        "中",
        "“no”",
    ),
)
numbers = st.integers(-999, 999).map(str) | st.just("")
answers = st.fixed_dictionaries(
    {
        "n": numbers,
        "m": numbers,
        "t": st.sampled_from(["", "x", "y"]),
        "d": st.dates().map(str) | st.just(""),
        "one": st.sampled_from(["", "yes", "no"]),
        "many": st.lists(st.sampled_from(["yes", "no"]), unique=True),
    }
)


def parsed(text: str) -> Expression:
    return parse(text, AROUND)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40), answers)
def test_whatever_is_typed_is_parsed_or_refused(text: str, values: dict[str, Value]) -> None:
    condition = None
    with suppress(ExpressionRefused):
        condition = parsed(text)
    if condition is not None:
        assert holds(condition, values, "5") in {True, False}
        assert names_in(condition) <= {*KNOWN, "."}


@given(answers)
def test_unequal_is_the_opposite_of_equal_and_nothing_is_below_an_empty_answer(values: dict[str, Value]) -> None:
    for pair in ("${n}|${m}", "${n}|3", "${t}|'x'", "${d}|'2020-01-23'", "${one}|'yes'", "${n}|''"):
        left, right = pair.split("|")
        assert holds(parsed(f"{left} = {right}"), values) != holds(parsed(f"{left} != {right}"), values)
    for sign in ("<", "<=", ">", ">="):
        if not values["n"] or not values["m"]:
            assert not holds(parsed(f"${{n}} {sign} ${{m}}"), values)


@given(answers)
def test_exactly_one_of_below_equal_above_holds_between_two_answers(values: dict[str, Value]) -> None:
    if values["n"] and values["m"]:
        assert sum(holds(parsed(f"${{n}} {sign} ${{m}}"), values) for sign in ("<", "=", ">")) == 1


@given(answers)
def test_not_and_and_or_are_what_they_are_called(values: dict[str, Value]) -> None:
    one, two = "${n} > 3", "selected(${many}, 'yes')"
    first, second = holds(parsed(one), values), holds(parsed(two), values)
    assert holds(parsed(f"{one} and {two}"), values) == (first and second)
    assert holds(parsed(f"not({one} or {two})"), values) == (not first and not second)
    # "and" binds closer than "or", as in XPath.
    assert holds(parsed(f"{one} or {two} and {one}"), values) == (first or (second and first))
