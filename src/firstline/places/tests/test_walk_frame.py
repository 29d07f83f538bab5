"""A building was walked: by whom, when, how many doors; a difference is said, and no number is adjusted."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places import actions
from firstline.places.errors import MomentInvalid
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Frame, FrameFact
from firstline.testing.cast import Cast


def test_a_walk_is_a_fact_and_the_frame_is_walked(cast: Cast) -> None:
    moment = clock.now() - timedelta(hours=2)
    walk = actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=moment, doors_found=12)

    assert walk.difference == 0
    building = cast.building
    assert (building.frame, building.walked_at, building.walked_by_id) == (Frame.WALKED, moment, cast.worker.person_id)
    fact = FrameFact.objects.get(how=Frame.WALKED)
    assert (fact.doors_found, fact.by_person_id, fact.path) == (12, cast.worker.person_id, building.place.path)


def test_a_difference_is_kept_beside_the_doors_known(cast: Cast) -> None:
    walk = actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=clock.now(), doors_found=14)

    assert walk.difference == 2
    assert (cast.building.door_count, cast.building.walked_doors) == (12, 14)


def test_a_walk_told_late_does_not_undo_a_later_one(cast: Cast) -> None:
    now = clock.now()
    actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=now, doors_found=12)
    actions.walk_frame(cast.director, building_id=cast.building.pk, happened_at=now - timedelta(days=1), doors_found=9)

    assert (cast.building.walked_at, cast.building.walked_doors) == (now, 12)
    assert FrameFact.objects.filter(how=Frame.WALKED).count() == 2


def test_a_list_does_not_make_a_walked_frame_weaker(cast: Cast) -> None:
    actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=clock.now(), doors_found=12)
    ensure_doors(cast.compound, [DoorProposal("1", "2", "401", "1-2-401", 4)], how=Frame.LISTED, by=cast.director)

    assert (cast.building.frame, cast.building.door_count, cast.building.walked_doors) == (Frame.WALKED, 13, 12)


def test_a_walk_cannot_lie_ahead(cast: Cast) -> None:
    with pytest.raises(MomentInvalid):
        actions.walk_frame(
            cast.worker, building_id=cast.building.pk, happened_at=clock.now() + timedelta(hours=1), doors_found=12
        )


def test_others_cannot_say_they_walked_it(cast: Cast) -> None:
    for nobody, refusal in (
        (cast.worker_elsewhere, NotFound),
        (cast.worker_next, NotFound),
        (cast.other_county_officer, Forbidden),
        (cast.lapsed, Forbidden),
    ):
        with pytest.raises(refusal):
            actions.walk_frame(nobody, building_id=cast.building.pk, happened_at=clock.now(), doors_found=12)
    assert cast.building.frame == Frame.DECLARED


@pytest.mark.django_db(transaction=True)
def test_a_list_accepted_meanwhile_does_not_undo_a_walk(cast: Cast) -> None:
    walked = threading.Event()

    def walk() -> None:
        actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=clock.now(), doors_found=12)
        connection.close()
        walked.set()

    with scope.enter(cast.director):
        ensure_doors(cast.compound, [DoorProposal("1", "9", "901", "1-9-901", 9)], how=Frame.LISTED, by=cast.director)
        walker = threading.Thread(target=walk)
        walker.start()
        assert not walked.wait(0.5), "the walk waits until the list is in"
    walker.join(10)
    assert cast.building.frame == Frame.WALKED


def test_a_year_nobody_meant_is_refused(cast: Cast) -> None:
    moment = datetime(1, 1, 1, tzinfo=UTC)
    with pytest.raises(MomentInvalid):
        actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=moment, doors_found=12)
