"""Sharing a walk out among a team: nothing lost, nobody sent where they should not go, fair within a stairwell."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.walk.sharing import Stop, fitting, share_out

PEOPLE = [uuid.UUID(int=number) for number in range(1, 13)]


def walk(*stairwells: tuple[str, str, list[float]]) -> list[Stop]:
    """Doors of (building, unit, minutes of each door)."""
    listed = [(building, unit, minutes) for building, unit, doors in stairwells for minutes in doors]
    return [Stop(uuid.UUID(int=number), *stop) for number, stop in enumerate(listed, 100)]


@st.composite
def walks(draw: st.DrawFn, *, barring: bool) -> list[Stop]:
    shapes = draw(
        st.lists(st.tuples(st.sampled_from("123"), st.lists(st.floats(0.5, 45), min_size=1, max_size=6)), max_size=12)
    )
    stops = walk(*((building, str(number), doors) for number, (building, doors) in enumerate(sorted(shapes))))
    if not barring:
        return stops
    barred = st.frozensets(st.sampled_from(PEOPLE[:4]), max_size=4)
    # Some are barred from whole buildings, as who answers for another compound is.
    whole = {building: draw(barred) for building in "123"}
    return [
        stop._replace(barred=draw(barred) | whole[stop.building], area=draw(st.sampled_from(["", stop.building])))
        for stop in stops
    ]


teams = st.integers(1, 7).map(lambda size: PEOPLE[:size])


@given(walks(barring=True), teams)
def test_every_door_is_in_exactly_one_hand(stops: list[Stop], team: list[uuid.UUID]) -> None:
    shared = share_out(stops, team)
    held = [stop for part in shared.parts for stop in part.stops] + list(shared.nobody_may)
    assert sorted(held) == sorted(stops)
    assert [part.person_id for part in shared.parts] == team


@given(walks(barring=True), teams)
def test_nobody_is_sent_where_somebody_else_should_go(stops: list[Stop], team: list[uuid.UUID]) -> None:
    shared = share_out(stops, team)
    assert not [stop for part in shared.parts for stop in part.stops if part.person_id in stop.barred]
    assert all(stop.barred.issuperset(team) for stop in shared.nobody_may)


@given(walks(barring=False), teams)
def test_two_people_differ_by_no_more_than_one_stairwell(stops: list[Stop], team: list[uuid.UUID]) -> None:
    shared = share_out(stops, team)
    assert shared.spread <= shared.longest + 1e-6
    assert shared.moved == 0


@given(walks(barring=False), teams)
def test_everybody_has_one_stretch_of_the_walk(stops: list[Stop], team: list[uuid.UUID]) -> None:
    order = {stop.door_id: rank for rank, stop in enumerate(stops)}
    for part in share_out(stops, team).parts:
        ranks = [order[stop.door_id] for stop in part.stops]
        assert ranks == list(range(ranks[0], ranks[0] + len(ranks))) if ranks else True


@given(walks(barring=True), teams, st.randoms())
def test_the_order_of_the_team_does_not_matter(stops: list[Stop], team: list[uuid.UUID], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(team)
    random.shuffle(shuffled)
    assert share_out(stops, shuffled) == share_out(stops, team)


@given(walks(barring=True), teams, st.integers(0, 6))
def test_what_people_keep_stays_theirs(stops: list[Stop], team: list[uuid.UUID], missing: int) -> None:
    before = share_out(stops, team)
    absent = team[missing % len(team)]
    present = [person for person in team if person != absent]
    kept = {part.person_id: part.stops for part in before.parts if part.person_id != absent}
    left = next(part.stops for part in before.parts if part.person_id == absent)
    after = share_out(left, present, kept)
    for part in after.parts:
        assert part.stops[: len(kept[part.person_id])] == kept[part.person_id]
    held = [stop for part in after.parts for stop in part.stops] + list(after.nobody_may) + list(before.nobody_may)
    assert sorted(held) == sorted(stops)


def test_buildings_stay_whole_where_that_is_fair() -> None:
    stops = walk(("1", "1", [5.0, 5.0]), ("1", "2", [5.0, 5.0]), ("2", "1", [5.0, 5.0]), ("2", "2", [5.0, 6.0]))
    first, second = share_out(stops, PEOPLE[:2]).parts
    assert ({stop.building for stop in first.stops}, {stop.building for stop in second.stops}) == ({"1"}, {"2"})


def test_a_building_is_cut_between_stairwells_not_through_one() -> None:
    stops = walk(*(("1", unit, [10.0, 10.0]) for unit in "1234"))
    parts = share_out(stops, PEOPLE[:2]).parts
    assert [[stop.unit for stop in part.stops] for part in parts] == [["1", "1", "2", "2"], ["3", "3", "4", "4"]]


def test_a_stairwell_longer_than_a_fair_share_is_cut() -> None:
    stops = walk(("1", "1", [10.0] * 9))
    assert sorted(len(part.stops) for part in share_out(stops, PEOPLE[:3]).parts) == [3, 3, 3]


def test_stretches_are_swapped_rather_than_doors_moved() -> None:
    one, two = PEOPLE[:2]
    stops = walk(("1", "1", [5.0, 5.0]), ("2", "1", [5.0, 5.0]))
    stops = [stop._replace(barred=frozenset({one if stop.building == "1" else two})) for stop in stops]
    shared = share_out(stops, [one, two])
    assert shared.moved == 0
    assert {part.person_id: part.stops[0].building for part in shared.parts} == {one: "2", two: "1"}


def test_who_is_missing_leaves_to_those_with_least() -> None:
    stops = walk(("1", "1", [10.0] * 4), ("2", "1", [10.0] * 4), ("3", "1", [10.0] * 4))
    one, two, three = PEOPLE[:3]
    kept = {one: stops[:4], two: stops[4:5]}
    shared = share_out(stops[8:], [one, two], kept)
    assert {part.person_id: part.minutes for part in shared.parts} == {one: 40.0, two: 50.0}
    assert three not in {part.person_id for part in shared.parts}


@pytest.mark.parametrize("size", [1, 12])
def test_large_teams_are_served_too(size: int) -> None:
    stops = walk(*((str(building), "1", [3.0] * 4) for building in range(100, 136)))
    shared = share_out(stops, PEOPLE[:size])
    assert shared.spread <= shared.longest


def test_with_nobody_there_is_nobody_to_go() -> None:
    stops = walk(("1", "1", [3.0]))
    assert share_out(stops, []).nobody_may == tuple(stops)


def test_where_people_answer_for_different_compounds_they_come_out_even() -> None:
    one, two, three = PEOPLE[:3]
    stops = walk(*((compound, str(unit), [10.0] * 2) for compound in "abc" for unit in range(6)))
    barred = {"a": frozenset({two}), "b": frozenset({one}), "c": frozenset({one, two})}
    stops = [stop._replace(area=stop.building, barred=barred[stop.building]) for stop in stops]
    shared = share_out(stops, [one, two, three])
    # The third alone may walk c; a and b are left to the others, and all have the same.
    assert [part.minutes for part in shared.parts] == [120.0, 120.0, 120.0]
    assert {stop.area for stop in shared.parts[2].stops} == {"c"}


def test_who_reaches_little_has_all_of_it() -> None:
    one, two = PEOPLE[:2]
    stops = walk(("a", "1", [10.0] * 2), ("b", "1", [10.0] * 4), ("b", "2", [10.0] * 4))
    barred = {"a": frozenset[uuid.UUID](), "b": frozenset({one})}
    stops = [stop._replace(area=stop.building, barred=barred[stop.building]) for stop in stops]
    assert {part.person_id: part.minutes for part in share_out(stops, [one, two]).parts} == {one: 20.0, two: 80.0}


def test_what_is_agreed_is_fitted_in_first() -> None:
    stops = walk(("1", "1", [30.0, 30.0]), ("2", "1", [30.0, 30.0]))
    agreed = stops[3].door_id
    now, later = fitting(stops, {agreed}, 60.0)
    assert [stop.door_id for stop in now] == [stops[2].door_id, agreed]
    assert [stop.door_id for stop in later] == [stops[0].door_id, stops[1].door_id]
    only, _later = fitting(stops, {agreed}, 45.0)
    assert [stop.door_id for stop in only] == [agreed]


def test_getting_there_takes_time_too() -> None:
    stops = walk(("1", "1", [10.0]), ("2", "1", [10.0]), ("2", "2", [10.0]))
    assert len(fitting(stops, (), 38.0, between=4.0)[0]) == 3
    assert len(fitting(stops, (), 37.0, between=4.0)[0]) == 2


@given(walks(barring=False), st.sets(st.integers(100, 130)), st.floats(0, 300), st.floats(0, 10))
def test_what_fits_fits_and_nothing_is_lost(stops: list[Stop], urgent: set[int], minutes: float, way: float) -> None:
    now, later = fitting(stops, {uuid.UUID(int=number) for number in urgent}, minutes, between=way)
    assert sorted([*now, *later]) == sorted(stops)
    assert sum(stop.minutes for stop in now) + way * len({stop.building for stop in now}) <= minutes + 1e-6
