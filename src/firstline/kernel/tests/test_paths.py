"""Paths: their order is the order of the tree, and a subtree is one range."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.kernel.actors import disjoint
from firstline.kernel.paths import Range, ancestors, child, common, community_of, subtree

digits = st.text("0123456789", min_size=3, max_size=3)
townships = st.builds(lambda town: f"141102{town}", digits)
communities = st.builds(lambda town, number: f"{town}{number}", townships, digits)
compounds = st.builds(lambda path, number: child(path, "compound", number), communities, st.integers(1, 9999))
buildings = st.builds(lambda path, number: child(path, "building", number), compounds, st.integers(1, 999))
doors = st.builds(lambda path, number: child(path, "door", number), buildings, st.integers(1, 9999))
anywhere = st.one_of(st.just("14"), st.just("141102"), townships, communities, compounds, buildings, doors)


@given(anywhere)
def test_place_lies_below_each_of_its_ancestors(path: str) -> None:
    assert ancestors(path)[-1] == path
    assert all(path in subtree(above) for above in ancestors(path))


@given(anywhere, anywhere)
def test_subtree_holds_exactly_what_hangs_below(one: str, other: str) -> None:
    assert (other in subtree(one)) == (one in ancestors(other))


@given(anywhere, anywhere)
def test_subtrees_nest_or_do_not_touch(one: str, other: str) -> None:
    first, second = subtree(one), subtree(other)
    apart = first.hi <= second.lo or second.hi <= first.lo
    assert first.holds(second) or second.holds(first) or apart


@given(st.lists(anywhere, max_size=8), anywhere)
def test_disjoint_ranges_cover_the_same_places(granted: list[str], asked: str) -> None:
    ranges = disjoint(subtree(path) for path in granted)
    assert any(asked in one for one in ranges) == any(asked in subtree(path) for path in granted)
    assert all(left.hi <= right.lo for left, right in itertools.pairwise(ranges))


@given(buildings, st.integers(1, 9998))
def test_numbers_keep_their_order_as_text(building: str, number: int) -> None:
    assert child(building, "door", number) < child(building, "door", number + 1)


@given(anywhere)
def test_whole_installation_holds_everything(path: str) -> None:
    assert path in subtree("")


@pytest.mark.parametrize(
    ("kind", "number"), [("compound", 10_000), ("building", 1000), ("door", 10_000), ("door", 0), ("door", -1)]
)
def test_number_that_breaks_the_order_is_refused(kind: str, number: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        child("141102003005", kind, number)


def test_ancestors_top_first() -> None:
    assert ancestors("141102003005/0007/003") == [
        "14",
        "1411",
        "141102",
        "141102003",
        "141102003005",
        "141102003005/0007",
        "141102003005/0007/003",
    ]


def test_what_two_places_share() -> None:
    door, building = "141102003005/0007/003/0014", "141102003005/0007/003"
    assert common(door, door) == door
    assert common(door, building) == building
    assert common(door, "141102003005/0008") == "141102003005"
    assert common(door, "141126100001") == "1411"
    assert common(door, "61") == ""


def test_community_of_a_door() -> None:
    assert community_of("141102003005/0007/003/0014") == "141102003005"
    assert community_of("141102") == "141102"


def test_ranges_hold_text_only() -> None:
    assert 141102 not in Range("", "~")
