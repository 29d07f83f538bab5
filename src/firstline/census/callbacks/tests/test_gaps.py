"""What is missing about calls and sheets: to do before its time, a gap afterwards, one line a cause."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from firstline.census.callbacks.actions import call_back, complete, log_call
from firstline.census.callbacks.gaps import calls_open
from firstline.census.paper.actions import enter, fetch, hand_out
from firstline.census.paper.gaps import sheets_open
from firstline.census.paper.tests.sheets import printed
from firstline.kernel import clock, scope
from firstline.kernel.gap_sources import Stage
from firstline.kernel.paths import subtree
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import COMMUNITY, COUNTY, Cast

NUMBER = "13912345678"
WANG = PersonSaid(name="王建国")


@contextmanager
def later(**gone: float) -> Iterator[None]:
    with patch.object(clock, "now", return_value=clock.now() + timedelta(**gone)):
        yield


def found(cast: Cast, at: str = COMMUNITY) -> dict[str, tuple[Stage, int]]:
    with scope.enter(cast.director):
        within = [subtree(at)]
        return {cause.kind: (cause.stage, cause.count) for cause in (*calls_open(within), *sheets_open(within))}


def test_without_paper_and_calls_nothing_is_missing(cast: Cast) -> None:
    assert found(cast) == {}


def test_a_missed_call_is_to_do_and_after_hours_a_gap(cast: Cast) -> None:
    call = log_call(cast.director, path=COMMUNITY, number=NUMBER, taken=False)
    assert found(cast) == {"calls_missed": (Stage.TO_DO, 1)}

    with later(hours=5):
        assert found(cast) == {"calls_missed_long": (Stage.GAP, 1)}
        call_back(cast.director, callback_id=call.pk, reached=True)
        assert found(cast) == {"calls_unwritten_long": (Stage.GAP, 1)}
        complete(cast.director, callback_id=call.pk, door_id=cast.door.pk, result="registered", people=[WANG])
        assert found(cast) == {}


def test_a_form_is_fetched_in_time_or_a_gap(cast: Cast) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)
    assert found(cast) == {"forms_out": (Stage.TO_DO, 1)}

    with later(days=3):
        assert found(cast) == {"forms_late": (Stage.GAP, 1)}
        fetch(cast.worker, numbers=[number])
        assert found(cast) == {"forms_hand": (Stage.TO_DO, 1)}
    with later(days=5):
        assert found(cast) == {"forms_left": (Stage.GAP, 1)}
        enter(cast.typist, number=number, people=[WANG])
        assert found(cast) == {}


def test_a_notice_nobody_answers_by_its_day_is_a_gap(cast: Cast) -> None:
    (number,) = printed(cast, "notice")
    hand_out(cast.worker, number=number)
    assert found(cast) == {}

    with later(days=5):
        assert found(cast) == {"callbacks_not_kept": (Stage.GAP, 1)}


def test_for_a_county_they_are_summed_by_community(cast: Cast) -> None:
    for number in printed(cast, doors=[cast.door, cast.door_of(cast.compound, "2-1-101")]):
        hand_out(cast.worker, number=number)

    assert found(cast, COUNTY) == {"forms_out": (Stage.TO_DO, 2)}
