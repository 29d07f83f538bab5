"""The review: what is folded, what adds up, what is told by cause."""

import uuid

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from firstline.kernel import scope
from firstline.registry import actions
from firstline.registry.review.accounts import Equation, as_read, doors_of, equation_of, mentions_equation
from firstline.registry.review.rows import Fold, RowHead, Unfolded, folded, heads_of
from firstline.registry.review.table import letter
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import Cast

KINDS = st.sampled_from(
    [("record", "", ()), ("record", "", ("id_problem",)), ("parked", "door_missing", ()), ("no_data", "blank", ())]
)
ASKED = st.builds(Unfolded, st.integers(0, 90), st.integers(0, 90), st.sampled_from(["", "id_problem", "door_missing"]))


@given(st.lists(KINDS, max_size=90), ASKED)
def test_every_row_is_shown_or_folded_once_and_in_order(
    kinds: list[tuple[str, str, tuple[str, ...]]], asked: Unfolded
) -> None:
    rows = [
        RowHead(uuid.uuid4(), at, kind, reason, doubts, "", "") for at, (kind, reason, doubts) in enumerate(kinds, 1)
    ]
    told = [row for part in folded(rows, asked) for row in (part.rows if isinstance(part, Fold) else [part])]
    assert told == rows
    shown = [part for part in folded(rows, asked) if not isinstance(part, Fold)]
    assert {row.number for row in rows if asked.wants(row)} <= {row.number for row in shown}


def _adds_up(equation: Equation) -> bool:
    return equation.total == sum(term.count for term in equation.terms)


def _counts(equation: Equation) -> list[int]:
    return [term.count for term in equation.terms]


def test_the_three_accounts_of_a_first_list(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    with scope.enter(cast.director):
        doors = doors_of(file, heads_of(file), set())
        equations = [equation_of(as_read(file), ""), doors.equation, mentions_equation(file)]
    assert all(map(_adds_up, equations))
    # 24 doors in buildings 1 and 2, of which 4 are listed; building 3 is new.
    assert [_counts(equation) for equation in equations] == [[5, 1, 3], [4, 1, 20], [4, 0]]


def test_after_acceptance_nothing_is_new(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    actions.accept_file(cast.director, file_id=file.pk)
    with scope.enter(cast.director):
        assert _counts(doors_of(file, heads_of(file), set()).equation) == [5, 0, 20]


def test_doors_in_rows_set_aside_are_not_called_forgotten(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    with scope.enter(cast.director):
        doors = doors_of(file, heads_of(file), {"1-2-101", "1-1-101", "nowhere"})
    assert _adds_up(doors.equation)
    assert _counts(doors.equation) == [4, 1, 1, 19]


def test_a_later_list_tells_which_names_were_there_already(cast: Cast) -> None:
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound).pk)
    newer = encoded("房号,姓名,电话\n1-1-101,王 建国,13912345678\n1-1-102,李秀英,\n")
    with scope.enter(cast.director):
        file = staged(cast.director, cast.compound, newer)
        equation = mentions_equation(file)
    assert _adds_up(equation)
    assert _counts(equation) == [1, 1]


def test_buildings_the_list_leaves_out_are_named(cast: Cast) -> None:
    file = staged(cast.director, cast.compound, encoded("房号,姓名\n1-1-101,王建国\n1-1-102,李秀珍\n"))
    with scope.enter(cast.director):
        assert doors_of(file, heads_of(file), set()).buildings_unlisted == ["2"]


def test_a_row_of_two_doors_shows_its_cells_once(cast: Cast) -> None:
    blocks = "房号,姓名,房号,姓名\n" + "".join(f"1-1-{at}01,王建国,1-2-{at}01,李秀珍\n" for at in range(1, 4))
    file = staged(cast.director, cast.compound, encoded(blocks), "两块.csv")
    page = cast.director.client().get(reverse("registry:review", args=[file.pk])).content.decode()
    assert page.count('id="row-2"') == 1
    assert [label in page for label in ("1-1-101", "1-2-101")] == [True, True]
    assert page.count("王建国") > page.count('<td class="is-cell" colspan="4"></td>') >= 3


def test_columns_are_lettered_as_in_spreadsheets() -> None:
    assert [letter(index) for index in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
