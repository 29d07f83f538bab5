"""What is missing about calls and sheets: to do before its time, a gap afterwards, one line a cause."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from firstline.census.callbacks import gaps as calls
from firstline.census.callbacks.actions import call_back, complete, hand_over, log_call
from firstline.census.paper import gaps as paper
from firstline.census.paper.actions import enter, fetch, hand_out
from firstline.census.paper.tests.sheets import printed
from firstline.kernel import clock, scope
from firstline.kernel.gap_sources import Stage, causes
from firstline.kernel.paths import subtree
from firstline.places.selectors import names_at
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import COMMUNITY, COUNTY, Cast

NUMBER = "13912345678"
_OURS = {one.kind for one in (*paper.WAITING, *calls.WAITING)}
WANG = PersonSaid(name="王建国")


@contextmanager
def later(**gone: float) -> Iterator[None]:
    with patch.object(clock, "now", return_value=clock.now() + timedelta(**gone)):
        yield


def found(cast: Cast, at: str = COMMUNITY) -> dict[str, tuple[Stage, int]]:
    with scope.enter(cast.director):
        listed = causes([subtree(at)], names_at)
    return {cause.kind: (cause.stage, cause.count) for cause in listed if cause.kind in _OURS}


def test_without_paper_and_calls_nothing_is_missing(cast: Cast) -> None:
    assert found(cast) == {}


def test_a_missed_call_is_to_do_and_after_hours_a_gap(cast: Cast) -> None:
    call = log_call(cast.director, path=COMMUNITY, number=NUMBER, taken=False)
    assert found(cast) == {"calls_missed": (Stage.TO_DO, 1)}

    with later(hours=5):
        assert found(cast) == {"calls_missed": (Stage.GAP, 1)}
        call_back(cast.director, callback_id=call.pk, reached=True)
        assert found(cast) == {"calls_unwritten": (Stage.GAP, 1)}
        complete(cast.director, callback_id=call.pk, door_id=cast.door.pk, result="registered", people=[WANG])
        assert found(cast) == {}


def test_a_form_is_fetched_in_time_or_a_gap(cast: Cast) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)
    assert found(cast) == {"forms_out": (Stage.TO_DO, 1)}

    with later(days=3):
        assert found(cast) == {"forms_out": (Stage.GAP, 1)}
        fetch(cast.worker, numbers=[number])
        assert found(cast) == {"forms_in_hand": (Stage.TO_DO, 1)}
    with later(days=5):
        assert found(cast) == {"forms_in_hand": (Stage.GAP, 1)}
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


def test_the_phone_stands_on_the_first_page_of_whoever_has_it_now(cast: Cast) -> None:
    hand_over(cast.director, path=COMMUNITY, person_id=cast.director.person_id)
    assert found(cast) == {"phone_here": (Stage.TO_DO, 1)}

    hand_over(cast.director, path=COMMUNITY, person_id=cast.typist.person_id)

    assert found(cast) == {}


def test_what_is_told_here_is_not_told_as_an_overdue_step_as_well(cast: Cast) -> None:
    form, notice = printed(cast)[0], printed(cast, "notice", [cast.door_of(cast.compound, "1-1-102")])[0]
    for number in (form, notice):
        hand_out(cast.worker, number=number)

    with later(days=5), scope.enter(cast.director):
        kinds = [cause.kind for cause in causes([subtree(COMMUNITY)], names_at)]
    assert "steps_overdue" not in kinds
    assert {"forms_out", "callbacks_not_kept"} <= set(kinds)
