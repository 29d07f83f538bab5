"""House, container and Breteau index."""

from hypothesis import given
from hypothesis import strategies as st

from firstline.census.questions import shipped, validation
from firstline.census.questions.indices import Found, indices, types_in

TYPES = types_in(shipped.read("mosquito-inspection"))
counts = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: (max(pair), min(pair)))
houses = st.lists(st.fixed_dictionaries(dict.fromkeys(TYPES[:3], counts)), max_size=8)


def answers_of(house: dict[str, tuple[int, int]]) -> dict[str, str]:
    return {
        f"{one}_{word}": str(count)
        for one, pair in house.items()
        for word, count in zip(("seen", "positive"), pair, strict=True)
    }


def test_the_shipped_inspection_counts_seven_types() -> None:
    assert TYPES == ["jars", "vases", "trays", "tyres", "waste", "drains", "other"]
    assert types_in(shipped.read("epidemic-2020")) == []


def test_a_worked_example() -> None:
    # 100 houses, 20 of them with one positive container each and one of these with a second; 300 containers in all.
    made = [{"jars_seen": "3", "jars_positive": str((at < 20) + (at == 0))} for at in range(100)]
    found = indices(TYPES, made)

    assert (found.house_index, found.container_index, found.breteau_index) == (20.0, 7.0, 21.0)
    assert found.by_type["jars"] == Found(300, 21)


def test_nothing_inspected_has_no_index() -> None:
    found = indices(TYPES, [])

    assert (found.house_index, found.container_index, found.breteau_index) == (None, None, None)
    assert indices(TYPES, [{}]).breteau_index == 0.0 and indices(TYPES, [{}]).container_index is None


@given(houses)
def test_what_the_definitions_imply(made: list[dict[str, tuple[int, int]]]) -> None:
    found = indices(TYPES, [answers_of(house) for house in made])

    assert found.containers.positive <= found.containers.seen
    assert found.houses_positive <= min(found.houses, found.containers.positive)
    if found.house_index is not None and found.breteau_index is not None:
        assert found.house_index <= found.breteau_index and found.house_index <= 100
    if found.container_index is not None:
        assert 0 <= found.container_index <= 100


@given(houses)
def test_the_set_takes_every_count_that_can_be(made: list[dict[str, tuple[int, int]]]) -> None:
    said = shipped.read("mosquito-inspection")

    assert [one for house in made for one in validation.problems(said, answers_of(house))] == []
