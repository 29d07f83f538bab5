"""What stands in pages by the hundred: cells, bars, the order of terms."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import translation

from firstline.web import drawing
from firstline.web.templatetags import firstline as tags


@dataclass
class Cell:
    id: str = "d1"
    url: str = "/doors/d1"
    room: str = "501"
    name: str = "3-2-501"
    outcome: str = "knocked1"
    dim: bool = False
    walk: int | None = None
    record_url: str = ""


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def widths(drawn: str) -> list[float]:
    return [float(width) for width in re.findall(r'width="([\d.]+)%" height="100%"', drawn)]


def test_a_door_says_in_words_what_its_colour_says() -> None:
    drawn = drawing.door_cell(Cell())

    assert 'aria-label="3-2-501, Not at home once"' in drawn
    assert 'class="fl-door s-knocked1"' in drawn and '<use href="#m-knocked1"/>' in drawn


def test_a_mapping_draws_the_same_door_as_an_object() -> None:
    assert drawing.door_cell(vars(Cell())) == drawing.door_cell(Cell())


def test_what_comes_from_outside_cannot_leave_its_attribute() -> None:
    drawn = drawing.door_cell(Cell(id='"><b>', room="<i>", name='" onclick="x', url='/"><script>'))

    assert "<b>" not in drawn and "<i>" not in drawn and "<script>" not in drawn and 'onclick="' not in drawn


def test_a_door_in_tonights_walk_carries_its_number() -> None:
    drawn = drawing.door_cell(Cell(walk=3))

    assert '<span class="fl-walk">3</span>' in drawn and "stop 3 of the walk" in drawn


def test_a_planned_door_cannot_be_pressed_and_has_no_state() -> None:
    drawn = drawing.door_cell(Cell(url="", outcome=""))

    assert drawn.startswith("<span") and "s-planned" in drawn and "<use" not in drawn


def test_a_floor_keeps_its_holes_and_its_stairwells_apart() -> None:
    drawn = drawing.floor_doors({"units": [[Cell(), None], [Cell(room="502")]]})

    assert drawn.count("<td>") == 3 and "<td></td>" in drawn and drawn.count("fl-stair") == 1


def test_the_selected_door_is_the_current_one() -> None:
    assert 'aria-current="true"' in drawing.door_cell(Cell(), selected="d1")
    assert "aria-current" not in drawing.door_cell(Cell(), selected="d2")


def test_terms_keep_the_one_order_and_leave_out_nothing_counted() -> None:
    shuffled = [
        {"outcome": o, "count": n} for o, n in [("tonight", 1), ("registered", 5), ("untried", 0), ("vacant", 2)]
    ]

    assert [term["outcome"] for term in drawing.in_order(shuffled)] == ["registered", "vacant", "tonight"]
    assert [term["outcome"] for term in drawing.in_order(shuffled, only_left=True)] == ["tonight"]


def test_a_bar_is_as_long_as_its_count_on_the_scale() -> None:
    drawn = drawing.bar([{"outcome": "refused", "count": 10}, {"outcome": "form", "count": 30}], scale=80)

    assert widths(drawn) == [12.5, 37.5]


def test_one_door_among_thousands_is_still_seen_and_the_bar_stays_whole() -> None:
    drawn = widths(
        drawing.bar([{"outcome": "registered", "count": 9999}, {"outcome": "untried", "count": 1}], scale=10000)
    )

    assert drawn[1] > 0.9 and sum(drawn) == pytest.approx(100, abs=0.01)


def test_a_bar_that_stands_alone_is_said_in_words() -> None:
    assert 'aria-label="Refused 2"' in drawing.bar([{"outcome": "refused", "count": 2}], scale=2, say=True)
    assert 'aria-hidden="true"' in drawing.bar([{"outcome": "refused", "count": 2}], scale=2)


def test_no_drawing_carries_a_style() -> None:
    drawn = [
        drawing.door_cell(Cell(walk=1)),
        drawing.bar([{"outcome": "vacant", "count": 1}], scale=1),
        drawing.day_bars([{"day": date(2020, 2, 12), "count": 3}]),
        drawing.swatch("vacant"),
    ]

    assert not any("style=" in part for part in drawn)


def test_todays_bar_stands_out_and_an_empty_day_has_no_figure() -> None:
    drawn = drawing.day_bars([{"day": date(2020, 2, 11), "count": 0}, {"day": date(2020, 2, 12), "count": 186}])

    assert drawn.count('class="is-today"') == 1 and ">186<" in drawn and ">0<" not in drawn


def test_the_number_of_a_second_dwelling_may_go_on_in_a_second_line() -> None:
    assert '<span class="fl-room">501<wbr>/2</span>' in drawing.door_cell(Cell(room="501/2"))


def test_where_room_is_short_every_fourth_day_is_dated_counted_from_today() -> None:
    drawn = drawing.day_bars([{"day": date(2020, 2, day), "count": 0} for day in range(8, 13)])

    between = drawn.split('<text class="is-between"')[1:]
    assert [text.split(">")[1].split("<")[0] for text in between] == ["2/9", "2/10", "2/11"]


@pytest.mark.parametrize(("doors", "size"), [(72, "is-large"), (120, "is-medium"), (324, "is-small")])
def test_more_doors_are_drawn_smaller(doors: int, size: str) -> None:
    houses = [{"doors": doors / 2, "floors": []}, {"doors": doors / 2, "floors": []}]

    assert tags.houses_size(houses) == size


def test_a_house_alone_is_no_wider_than_its_doors_need() -> None:
    narrow = {"doors": 12, "floors": [{"units": [["a", "b"]]}] * 6}
    broad = {"doors": 80, "floors": [{"units": [["a"] * 10]}] * 8}

    assert tags.houses_size([narrow]) == "is-large is-one is-slim"
    assert tags.houses_size([broad]) == "is-medium is-one"


def test_stairwells_keep_their_width_and_may_have_no_name() -> None:
    house = {"units": ["1"], "floors": [{"units": [["a", "b"], ["c", None, "d"]]}]}

    assert tags.unit_spans(house) == [("1", 2), ("", 3)]
