"""Two results of one building: what is the same, what differs, and what counts once somebody has decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.recheck.comparing import (
    Compared,
    Difference,
    First,
    Kind,
    Living,
    Second,
    compare,
    counted,
    distinct,
)
from firstline.census.recheck.estimates import Counted
from firstline.census.results import Outcome

AT = "1-1-101"
FAMILY = ("王建国", "李秀英", "王小明")
names = st.lists(st.sampled_from([*FAMILY, "闫红", "阎红", "赵六"]), max_size=5, unique=True).map(tuple)
firsts = st.dictionaries(
    st.sampled_from("abcdef"), st.builds(First, st.sampled_from([one.value for one in Outcome]), names)
)
seconds = st.dictionaries(
    st.sampled_from("abcdefgh"), st.builds(Second, st.sampled_from(Living.values), st.integers(0, 6), names)
)


def one(first: First | None, second: Second | None) -> Compared:
    return compare({AT: first} if first else {}, {AT: second} if second else {})


def kinds(found: Compared) -> list[tuple[str, str, int]]:
    return [(difference.kind.value, difference.name, difference.number) for difference in found.differences]


def test_the_same_people_are_no_difference() -> None:
    found = one(First("registered", FAMILY), Second("lived_in", 3, FAMILY))
    assert found == Compared(doors=1, persons=3)


@pytest.mark.parametrize(
    ("census", "again"), [("闫红", "阎红"), ("肖军", "萧军"), ("王红", "王宏"), (" 王 红", "王红")]
)
def test_one_name_written_two_ways_is_one_person(census: str, again: str) -> None:
    assert one(First("registered", (census,)), Second("lived_in", 1, (again,))) == Compared(doors=1, persons=1)


def test_equal_names_pair_before_names_that_only_sound_alike() -> None:
    assert one(First("registered", ("王宏", "王红")), Second("lived_in", 1, ("王红",))).differences == (
        Difference(Kind.PERSON_GONE, AT, "王宏"),
    )


def test_somebody_more_and_somebody_less() -> None:
    found = one(First("partial", FAMILY), Second("lived_in", 3, ("王建国", "李秀英", "赵六")))
    assert kinds(found) == [("person_missed", "赵六", 1), ("person_gone", "王小明", 1)]
    assert (found.doors, found.persons) == (1, 2)


@pytest.mark.parametrize(
    ("counted_again", "expected"),
    [(3, []), (5, [("person_missed", "", 2)]), (2, [("person_gone", "", 1)]), (0, [])],
)
def test_people_only_counted_may_be_any_of_those_named(
    counted_again: int, expected: list[tuple[str, str, int]]
) -> None:
    found = one(First("registered", FAMILY), Second("lived_in", counted_again))
    if counted_again == 0:
        assert [difference.name for difference in found.differences] == list(FAMILY)
    else:
        assert kinds(found) == expected


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (None, Second("lived_in", 2), "not_listed"),
        (First("vacant"), Second("lived_in", 2), "held_empty"),
        (First("not_a_home"), Second("lived_in", 2), "held_empty"),
        (First("registered", FAMILY), Second("vacant"), "found_empty"),
        (First("registered", FAMILY), Second("not_a_home"), "found_empty"),
        (First("registered", FAMILY), None, "not_found"),
        (First("registered", FAMILY), Second("struck"), "not_found"),
    ],
)
def test_doors_that_differ(first: First | None, second: Second | None, kind: str) -> None:
    (difference,) = one(first, second).differences
    assert difference.kind == kind
    assert difference.persons == (3 if first and first.names else 2)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (First("vacant"), Second("vacant")),
        (First("vacant"), Second("not_a_home")),
        (First("vacant"), None),
        (None, Second("vacant")),
        (None, Second("struck")),
        (First("untried"), None),
    ],
)
def test_what_is_no_home_either_way_is_no_difference(first: First | None, second: Second | None) -> None:
    assert one(first, second) == Compared()


@pytest.mark.parametrize("outcome", ["untried", "refused", "knocked1", "notice", "form", "tonight", "unknown"])
def test_what_the_census_calls_open_itself_is_counted_beside(outcome: str) -> None:
    assert one(First(outcome), Second("lived_in", 2)) == Compared(still_open=1)


def test_where_nobody_was_met_nothing_is_said() -> None:
    assert one(First("vacant"), Second("nobody_met")) == Compared(unresolved=1)


def test_undecided_counts_against_the_census_and_each_decision_moves_it() -> None:
    found = one(First("registered", FAMILY), Second("lived_in", 3, ("王建国", "李秀英", "赵六")))
    missed, gone = (difference.key for difference in found.differences)

    undecided = counted("company", found, {})
    assert (undecided.persons, undecided.undecided) == (Counted("company", 2, 1, 1), 2)
    assert counted("company", found, {missed: "recheck", gone: "census"}).persons == Counted("company", 3, 1, 0)
    assert counted("company", found, {missed: "census", gone: "recheck"}).persons == Counted("company", 2, 0, 1)
    left_out = counted("company", found, {missed: "neither", gone: "neither"})
    assert (left_out.persons, left_out.unsettled) == (Counted("company", 2, 0, 0), 2)


def test_with_a_door_its_people_are_missed_or_wrongly_there() -> None:
    missed = counted("nobody", one(None, Second("lived_in", 4)), {})
    assert (missed.doors.missed, missed.persons.missed) == (1, 4)
    wrong = counted("nobody", one(First("registered", FAMILY), Second("vacant")), {})
    assert (wrong.doors.erroneous, wrong.persons.erroneous) == (1, 3)


@given(firsts, seconds)
def test_every_door_the_census_holds_lived_in_is_somewhere(first: dict[str, First], second: dict[str, Second]) -> None:
    outturn = counted("", compare(first, second), {})
    silent = sum(found.living == "nobody_met" and at in first for at, found in second.items())
    lived = sum(door.outcome in {"registered", "partial"} for door in first.values())
    assert outturn.doors.matched + outturn.doors.erroneous <= lived
    assert outturn.doors.matched + outturn.doors.erroneous + silent >= lived


@given(firsts, seconds)
def test_a_census_that_was_right_everywhere_missed_nobody(first: dict[str, First], second: dict[str, Second]) -> None:
    found = compare(first, second)
    right = counted("", found, {difference.key: "census" for difference in found.differences})
    assert (right.doors.missed, right.doors.erroneous, right.persons.missed, right.persons.erroneous) == (0, 0, 0, 0)


def test_a_name_of_two_sources_is_one() -> None:
    assert distinct(["阎红", "闫红", " 王 红 ", "王红"]) == ("阎红", " 王 红 ")
