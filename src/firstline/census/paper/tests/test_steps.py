"""Where steps leave a sheet: by a documented precedence, whatever the order in which they arrive."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.paper.steps import StepKind, Stepped, derive

START = datetime(2020, 2, 10, 8, tzinfo=UTC)


def steps(*kinds: str) -> list[Stepped]:
    return [Stepped(START + timedelta(hours=hour), str(hour), kind) for hour, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("happened", "state"),
    [
        (["printed"], "printed"),
        (["printed", "handed_out"], "handed_out"),
        (["printed", "handed_out", "fetched"], "fetched"),
        (["printed", "handed_out", "lost", "fetched"], "fetched"),
        (["printed", "handed_out", "fetched", "entered", "lost"], "entered"),
        (["printed", "posted", "answered", "lost"], "answered"),
        (["printed", "void"], "void"),
    ],
)
def test_the_latest_wins_and_what_was_learnt_stays(happened: list[str], state: str) -> None:
    stood = derive(steps(*happened))
    assert stood is not None
    assert stood.state == state


def test_a_sheet_that_was_never_printed_stands_nowhere() -> None:
    assert derive([]) is None


@given(st.lists(st.sampled_from(list(StepKind)), min_size=1, max_size=8), st.randoms())
def test_the_order_of_arrival_changes_nothing(kinds: list[StepKind], shuffle: st.randoms) -> None:  # type: ignore[valid-type]
    happened = steps(*kinds)
    arrived = list(happened)
    shuffle.shuffle(arrived)  # type: ignore[attr-defined]

    assert derive(arrived) == derive(happened)
