"""Any history of a compound's frames, with lines taken back and walks told late, adds up to what buildings keep."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.kernel import clock
from firstline.kernel.paths import subtree
from firstline.kernel.rebuilding import Difference
from firstline.places import actions
from firstline.places.derivation import rebuild_frames
from firstline.places.errors import DoorsInUse
from firstline.places.models import Building, Door, Frame
from firstline.testing.cast import COMMUNITY, Cast

STEP = st.one_of(
    st.tuples(
        st.just("declare"), st.sampled_from(["3号楼 1单元2层每层2户", "1号楼 2单元4层每层2户", "4-5号楼 2层每层2户"])
    ),
    st.tuples(st.just("add"), st.sampled_from(["1-1-901", "1-2-902"])),
    # Told in any order: hours ago.
    st.tuples(st.just("walk"), st.integers(0, 30)),
    st.tuples(st.just("withdraw"), st.integers(0, 5)),
)


def differences(cast: Cast, *, write: bool = False) -> list[Difference]:
    return list(rebuild_frames(cast.director, subtree(COMMUNITY), write=write))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(STEP, max_size=8))
def test_what_buildings_keep_is_what_the_facts_add_up_to(cast: Cast, history: list[tuple[str, str | int]]) -> None:
    with transaction.atomic():
        live_through(cast, history)
        assert differences(cast) == []
        for building in Building.objects.filter(compound=cast.compound):
            assert building.door_count == Door.objects.filter(building=building).count()
        transaction.set_rollback(True)


def live_through(cast: Cast, history: list[tuple[str, str | int]]) -> None:
    declared, counted = [], count(10)
    for kind, what in history:
        if kind == "declare":
            made = actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line=str(what))
            # A line that says nothing new added nothing that could be taken back.
            declared += [made.id] if made.ensured.new else []
        elif kind == "add":
            actions.add_door(cast.worker, building_id=cast.building.pk, text=str(what))
        elif kind == "walk":
            moment = clock.now() - timedelta(hours=int(what))
            actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=moment, doors_found=next(counted))
        elif declared:
            take_back = declared.pop(int(what) % len(declared))
            try:
                with transaction.atomic():
                    actions.withdraw_declaration(cast.director, declaration_id=take_back)
            except DoorsInUse:
                declared.append(take_back)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda building: building.update(door_count=7),
        lambda building: building.update(frame=Frame.LISTED),
        lambda building: building.update(
            frame=Frame.WALKED, walked_at=clock.now(), walked_by_id="0" * 32, walked_doors=3
        ),
    ],
    ids=["count", "frame", "walk"],
)
def test_what_is_wrong_is_found_and_mended(cast: Cast, spoil: Callable[[object], int]) -> None:
    right = Building.objects.filter(pk=cast.building.pk).values().get()
    assert spoil(Building.objects.filter(pk=cast.building.pk)) == 1

    (found,) = differences(cast)
    assert found.path == cast.building.place.path
    assert differences(cast, write=True) == [found]
    assert differences(cast) == []
    assert Building.objects.filter(pk=cast.building.pk).values().get() == right


def test_a_walk_that_was_lost_comes_back(cast: Cast) -> None:
    for hours, doors in ((2, 13), (5, 11)):
        moment = clock.now() - timedelta(hours=hours)
        actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=moment, doors_found=doors)
    Building.objects.filter(pk=cast.building.pk).update(
        frame=Frame.DECLARED, walked_at=None, walked_by_id=None, walked_doors=None
    )

    assert len(differences(cast, write=True)) == 1
    assert (cast.building.frame, cast.building.walked_doors) == (Frame.WALKED, 13)
    assert cast.building.walked_by_id == cast.worker.person_id
