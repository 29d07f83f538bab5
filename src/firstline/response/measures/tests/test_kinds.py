"""Which measure is stricter: an order in part with a join, for every kind; and what is no parameter."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.response.measures.kinds import (
    CATEGORIES,
    FREE,
    KINDS,
    Curfew,
    Parameters,
    as_strict,
    minutes_of,
    read,
    restricts,
    stricter_of,
)

_MINUTE = st.integers(0, 1439)
_SPAN = st.tuples(_MINUTE, _MINUTE).filter(lambda span: span[0] != span[1])
_GIVEN: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "pass_at_gates": st.fixed_dictionaries({"vehicles": st.booleans(), "temperature": st.booleans()}),
    "outsiders_held_back": st.fixed_dictionaries({"vehicles": st.booleans(), "couriers": st.booleans()}),
    "observation_days": st.fixed_dictionaries({"days": st.integers(1, 60)}),
    "close_businesses": st.fixed_dictionaries({"categories": st.lists(st.sampled_from(CATEGORIES), min_size=1)}),
    "live_poultry_stop": st.just({}),
    "reporting_hours": st.fixed_dictionaries({"hours": st.lists(st.integers(0, 23), min_size=1)}),
    "disinfection_rhythm": st.fixed_dictionaries({"every_hours": st.integers(1, 336)}),
    "curfew": st.fixed_dictionaries(
        {"spans": st.lists(_SPAN.map(lambda span: f"{_clock(span[0])}-{_clock(span[1])}"), min_size=1, max_size=3)}
    ),
    "pass_quota": st.fixed_dictionaries({"people": st.integers(0, 20), "days": st.integers(1, 30)}),
}


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def alike(draw: st.DrawFn, number: int) -> tuple[str, list[Parameters]]:
    """So many parameters of one kind."""
    kind = draw(st.sampled_from(sorted(_GIVEN)))
    return kind, [read(kind, draw(_GIVEN[kind])) for _ in range(number)]


def test_every_kind_is_drawn_and_every_parameter_has_its_way() -> None:
    assert set(_GIVEN) == set(KINDS) - {FREE}
    for kind in KINDS.values():
        if kind.name != FREE:
            assert set(kind.ways) == set(kind.parameters.__struct_fields__)


@given(alike(3))
def test_as_strict_is_an_order(those: tuple[str, list[Parameters]]) -> None:
    kind, (one, other, third) = those
    assert as_strict(kind, one, one)
    if as_strict(kind, one, other) and as_strict(kind, other, one):
        assert one == other
    if as_strict(kind, one, other) and as_strict(kind, other, third):
        assert as_strict(kind, one, third)


@given(alike(3))
def test_the_stricter_of_two_is_their_join(those: tuple[str, list[Parameters]]) -> None:
    kind, (one, other, third) = those
    both = stricter_of(kind, one, other)
    assert as_strict(kind, both, one) and as_strict(kind, both, other)
    assert both == stricter_of(kind, other, one)
    assert stricter_of(kind, one, one) == one
    assert stricter_of(kind, both, third) == stricter_of(kind, one, stricter_of(kind, other, third))
    # The least: what is as strict as both is as strict as the join.
    if as_strict(kind, third, one) and as_strict(kind, third, other):
        assert as_strict(kind, third, both)


@given(st.lists(_SPAN, min_size=1, max_size=4))
def test_spans_are_kept_in_one_form_and_mean_the_same(spans: list[tuple[int, int]]) -> None:
    written = [f"{_clock(begin)}-{_clock(end)}" for begin, end in spans]
    kept = Curfew(tuple(written))
    assert minutes_of(kept.spans) == minutes_of(written)
    assert Curfew(kept.spans) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (("22:00-05:00",), ("22:00-05:00",)),
        (("22:00-24:00", "00:00-05:00"), ("22:00-05:00",)),
        (("12:00-14:00", "13:00-15:00"), ("12:00-15:00",)),
        (("18:00-24:00",), ("18:00-24:00",)),
        (("00:00-12:00", "12:00-24:00"), ("00:00-24:00",)),
    ],
)
def test_curfew_spans(written: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert Curfew(written).spans == kept


@pytest.mark.parametrize(("clock", "inside"), [("21:59", False), ("22:00", True), ("04:59", True), ("05:00", False)])
def test_curfew_over_midnight(clock: str, inside: bool) -> None:
    hour, minute = clock.split(":")
    assert Curfew(("22:00-05:00",)).holds_at(int(hour) * 60 + int(minute)) is inside


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("curfew", {"spans": ["22:00"]}),
        ("curfew", {"spans": ["22:00-22:00"]}),
        ("curfew", {"spans": ["24:00-05:00"]}),
        ("curfew", {"spans": ["22:60-05:00"]}),
        ("curfew", {"spans": []}),
        ("close_businesses", {"categories": ["school of magic"]}),
        ("close_businesses", {"categories": []}),
        ("observation_days", {"days": 0}),
        ("observation_days", {"days": "14"}),
        ("observation_days", {"weeks": 2}),
        ("reporting_hours", {"hours": [24]}),
        ("free", {"title": " ", "text": "x"}),
        ("martial_law", {}),
    ],
)
def test_what_is_no_parameter(kind: str, written: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # of msgspec, of ours: the caller asks for no more
        read(kind, written)


def test_free_words_say_themselves_whether_they_restrict() -> None:
    assert restricts(FREE, read(FREE, {"title": "戴口罩", "text": "出门戴口罩。"}))
    assert not restricts(FREE, read(FREE, {"title": "通风", "text": "每天开窗。", "restricts": False}))
    assert not restricts("reporting_hours", read("reporting_hours", {}))
