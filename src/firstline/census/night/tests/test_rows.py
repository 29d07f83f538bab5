"""Lines of the night's grid: what each means in the light of those above, and what is said of it."""

import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.night import legend
from firstline.census.night.cells import Cells
from firstline.census.night.doors import Doors, Spot
from firstline.census.night.rows import Light, Line, ReadLine, read_lines, sent_before, standing_before
from firstline.census.results import Channel, Result
from firstline.census.words import WITH_PEOPLE

ID = "110101199003070118"


def _light() -> Light:
    spots = [
        Spot(uuid.uuid5(uuid.NAMESPACE_OID, f"{unit}{room}"), f"3-{unit}-{room}", "3", unit, room)
        for unit in ("1", "2")
        for room in ("501", "502", "503")
    ]
    return Light(
        doors=Doors(spots),
        today=date(2020, 2, 12),
        started_at=datetime(2020, 1, 26, 4, tzinfo=UTC),
        now=datetime(2020, 2, 12, 14, tzinfo=UTC),
    )


def _read(*cells: Cells) -> list[ReadLine]:
    return read_lines([Line(uuid.uuid5(uuid.NAMESPACE_DNS, str(at)), one) for at, one in enumerate(cells)], _light())


def test_a_household_in_one_line() -> None:
    (read,) = _read(Cells(door="3-2-501", outcome="d", people=f"王建国 男 56 h；李秀珍 {ID} p; 王小明 z", time="19:30"))
    assert read.entry
    assert (read.entry.spot.label, read.entry.result, read.entry.channel) == ("3-2-501", "registered", "door")
    first, second, third = read.entry.people
    assert (first.name, first.sex, first.birth_year, first.relation) == ("王建国", "male", 1964, "head")
    assert (second.birth_date, second.sex, second.relation) == ("1990-03-07", "male", "spouse")
    assert (third.name, third.relation) == ("王小明", "child")


def test_what_is_left_out_is_carried_down() -> None:
    above = Cells(door="3-2-501", outcome="w", time="2-11 19:30", channel="d", visitor="高秀兰", paper="17")
    first, second, third = (
        one.entry
        for one in _read(above, Cells(door="502", outcome="j"), Cells(door="=", outcome="w", time="20:00", channel="s"))
    )
    assert first and second and third
    assert (second.spot.label, second.at, second.channel) == ("3-2-502", first.at, "phone")
    assert (second.visitor, second.paper) == ("高秀兰", "17")
    assert (third.spot.label, third.channel, third.moment.day) == ("3-2-502", "door", date(2020, 2, 11))


def test_a_line_stands_alone_as_it_is_kept() -> None:
    above = Cells(door="3-2-501", outcome="w", time="2-11 19:30", channel="d", visitor="高秀兰", paper="17")
    _first, second = _read(above, Cells(door="502", outcome="好像没人"))
    assert second.problems, "a word that is in no legend is said"
    _first, second = _read(above, Cells(door="502", outcome="2"))
    assert second.entry and second.entry.typed() == Cells(
        "3-2-502", "w", "", "", "2020-2-11 19:30", "d", "高秀兰", "17"
    )


def test_lines_without_door_go_on_with_the_household_above() -> None:
    lines = _read(
        Cells(door="3-2-501", outcome="d"),
        Cells(people="王建国"),
        Cells(people="李秀珍；王小明"),
        Cells(door="502", outcome="w"),
    )
    household, *further, following = lines
    assert household.entry and [one.name for one in household.entry.people] == ["王建国", "李秀珍", "王小明"]
    assert all(one.goes_on and one.entry is None and not one.problems for one in further)
    assert following.entry and not following.entry.people


def test_one_person_not_understood_keeps_the_household_back() -> None:
    household, further = _read(Cells(door="3-2-501", outcome="d", people="王建国"), Cells(people="13912345678"))
    assert further.problems and household.problems and household.entry is None


@pytest.mark.parametrize(
    "cells",
    [
        Cells(outcome="w"),
        Cells(door="3-2-501"),
        Cells(door="3-2-501", outcome="v"),
        Cells(door="3-2-999", outcome="w"),
        Cells(door="3-2-501", outcome="d"),
        Cells(door="3-2-501", outcome="w", people="王建国"),
        Cells(door="3-2-501", outcome="w", time="23:59"),
        Cells(door="3-2-501", outcome="w", time="2020-1-1"),
        Cells(door="3-2-501", outcome="w", channel="v"),
        Cells(door="3-2-501", outcome="w", note="长" * 2001),
        Cells(door="3-2-501", outcome="d", people="；".join(["王建国"] * 61)),
        Cells(people="王建国"),
    ],
)
def test_what_is_wrong_is_said_and_kept_back(cells: Cells) -> None:
    (read,) = _read(cells)
    assert read.problems and read.entry is None


def test_the_same_door_time_and_outcome_is_said() -> None:
    twice = Cells(door="3-2-501", outcome="w", time="19:30")
    lines = _read(twice, twice)
    standing_before(lines, {})
    assert lines[0].entry and not lines[1].entry and "1" in lines[1].problems[0]
    by_day = _read(Cells(door="3-2-501", outcome="w"), Cells(door="3-2-501", outcome="w"))
    standing_before(by_day, {})
    assert all(one.entry for one in by_day) and by_day[1].doubts, "two knocks of one day may well be two"
    (recorded,) = _read(twice)
    assert recorded.entry
    standing_before([recorded], {(recorded.entry.spot.id, recorded.entry.at, "no_answer"): "王海燕"})
    assert [recorded.entry] == [None]
    assert "王海燕" in recorded.problems[0]


def test_a_line_that_was_saved_is_known_again_and_never_changed_in_silence() -> None:
    same, other = _read(Cells(door="3-2-501", outcome="w"), Cells(door="3-2-502", outcome="w"))
    assert same.entry and other.entry
    sent_before([same, other], {same.line.id: same.entry.typed(), other.line.id: Cells(door="3-2-503")})
    assert same.saved and not same.problems
    assert not other.saved and other.problems and other.entry is None


def test_what_is_kept_says_its_day() -> None:
    first, second, third = _read(
        Cells(door="3-2-501", outcome="w"),
        Cells(door="502", outcome="w"),
        Cells(door="503", outcome="w", time="昨天 930"),
    )
    assert [one.kept.time for one in (first, second, third)] == ["2020-2-12", "", "2020-2-11 09:30"]
    assert second.kept == second.line.cells, "what is carried down still is"


def test_keys_are_told_apart() -> None:
    for keys in (legend.RESULTS, legend.CHANNELS):
        letters = [key.letter for key in keys]
        assert len(set(letters)) == len(letters)
    assert not {"m", "f"} & set(legend.RELATIONS)
    assert {legend.read_result(key.letter) for key in legend.RESULTS} == {key.value for key in legend.RESULTS}
    with_people, without = legend.quick(with_people=True), legend.quick(with_people=False)
    assert not set(with_people) & set(without)
    assert {legend.read_result(sign) for sign in with_people} == {str(one) for one in WITH_PEOPLE}
    assert all(Channel(legend.read_channel(key.letter)) == key.value for key in legend.CHANNELS)
    assert Result(legend.read_result("Ｗ")) == Result.NO_ANSWER


def test_a_latin_name_keeps_its_letters() -> None:
    assert legend.in_words("John h Smith") == "John h Smith"
    assert legend.in_words("王建国 m 56 H") == "王建国 m 56 户主"


TEXT = st.sampled_from(
    ["", "=", "3-2-501", "502", "d", "w", "王建国", ID, "19:30", "2-11", "；", "x" * 50, "\ufeff", "🙂"]
)


@given(st.lists(st.lists(TEXT, min_size=8, max_size=8).map(Cells.of), max_size=8))
def test_any_lines_are_read_and_none_is_lost(cells: list[Cells]) -> None:
    lines = _read(*cells)
    assert [one.line.cells for one in lines] == cells
    for one in lines:
        said_something = bool(one.entry or one.problems or one.goes_on)
        assert said_something is not one.line.cells.empty
        assert not (one.entry and one.problems)
