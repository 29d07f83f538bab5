"""What several orders add up to: never less than a wider place asked, unless it allowed that."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from firstline.kernel.ids import uuid7
from firstline.response.measures.combining import Order, binding, held, held_in_free_words, laxer_than
from firstline.response.measures.kinds import FREE, as_strict, read

AT = datetime(2020, 1, 26, 18, tzinfo=UTC)
LINE = ("141102", "141102003", "141102003005")
COUNTY_WIDE, OTHER = uuid7(), uuid7()


def order(path: str, kind: str = "pass_quota", **parameters: Any) -> Order:
    given_ = {
        name: parameters.pop(name) for name in ("laxer_allowed", "emergency_id", "until_at") if name in parameters
    }
    return Order(
        id=uuid7(),
        emergency_id=given_.get("emergency_id", COUNTY_WIDE),
        level_id=None,
        path=path,
        authority=path,
        kind=kind,
        parameters=read(kind, parameters),
        from_at=AT,
        until_at=given_.get("until_at"),
        lifted_at=None,
        legal_basis="《传染病防治法》",
        document_number="1号",
        renewer_id=None,
        laxer_allowed=given_.get("laxer_allowed", False),
        restricts=True,
        by_id=uuid7(),
        recorded_at=AT,
    )


_ORDERS = st.lists(
    st.builds(
        lambda path, people, days, free, emergency: order(
            path, people=people, days=days, laxer_allowed=free, emergency_id=emergency
        ),
        st.sampled_from(LINE),
        st.integers(0, 3),
        st.integers(1, 4),
        st.booleans(),
        st.sampled_from((COUNTY_WIDE, OTHER)),
    ),
    min_size=1,
    max_size=6,
)


@given(_ORDERS)
def test_never_less_than_what_binds(orders: list[Order]) -> None:
    found = held("pass_quota", orders)
    assert found is not None
    for one in orders:
        gives_way = one.laxer_allowed and any(
            len(other.path) > len(one.path) and other.emergency_id == one.emergency_id for other in orders
        )
        assert gives_way or as_strict("pass_quota", found.parameters, one.parameters)
    assert found.order in orders


@given(_ORDERS, st.randoms())
def test_the_order_of_reading_does_not_matter(orders: list[Order], chance: Any) -> None:
    mixed = orders.copy()
    chance.shuffle(mixed)
    assert held("pass_quota", mixed) == held("pass_quota", orders)


@given(_ORDERS)
def test_the_deepest_always_binds(orders: list[Order]) -> None:
    deepest = max(orders, key=lambda one: len(one.path))
    assert deepest in binding(orders)


def test_a_township_asks_more_and_the_county_is_named_for_the_rest() -> None:
    county, township = order("141102", people=2, days=1), order("141102003", people=1, days=2)
    found = held("pass_quota", [county, township])
    assert found is not None
    assert (found.parameters, found.path, found.why) == (township.parameters, "141102003", "《传染病防治法》 1号")


def test_where_less_is_allowed_the_smaller_place_decides() -> None:
    county, township = order("141102", people=1, laxer_allowed=True), order("141102003", people=5, days=1)
    found = held("pass_quota", [county, township])
    assert found is not None and found.parameters == township.parameters
    assert laxer_than("pass_quota", township.parameters, [county], COUNTY_WIDE) is None
    # What another emergency asks holds all the same.
    assert laxer_than("pass_quota", township.parameters, [county], OTHER) == county


def test_until_is_the_last_end_and_unchanged_until_the_first() -> None:
    soon, late = AT + timedelta(days=3), AT + timedelta(days=9)
    both = [order("141102", until_at=late), order("141102003", until_at=soon, people=0)]
    found = held("pass_quota", both)
    assert found is not None and (found.until, found.unchanged_until) == (late, soon)
    opened = held("pass_quota", [*both, order("141102003005")])
    assert opened is not None and (opened.until, opened.unchanged_until) == (None, soon)


def test_nothing_adds_up_to_nothing() -> None:
    assert held("curfew", []) is None


def test_free_words_stand_beside_each_other() -> None:
    words = {"title": "戴口罩", "text": "出门戴口罩。"}
    same, again = order("141102", FREE, **words), order("141102003", FREE, **words)
    other = order("141102003", FREE, title="通风", text="每天开窗。")
    found = held_in_free_words([other, again, same])
    assert [(one.order.parameters, len(one.orders)) for one in found] == [(same.parameters, 2), (other.parameters, 1)]
    assert laxer_than(FREE, other.parameters, [same], COUNTY_WIDE) is None


def test_begin_and_end_are_judged_at_the_moment() -> None:
    one = order("141102", until_at=AT + timedelta(days=1))
    assert [one.holds(AT + timedelta(hours=hours)) for hours in (-1, 0, 23, 24)] == [False, True, True, False]
    assert uuid.UUID(str(one.id)).version == 7
