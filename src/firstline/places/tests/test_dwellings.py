"""Two flats become one, one becomes two: the old door keeps its history, names its successors, is counted no more."""

import pytest
from django.db import transaction

from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.actions import add_door, add_home, create_compound, merge_doors, split_door
from firstline.places.errors import DoorElsewhere, DoorEnded, DoorNotUnderstood, DoorsNotTogether, NotScattered
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Compound, Door, DoorSuccession, Frame
from firstline.places.selectors import doors_of, find_doors, lineage
from firstline.testing.cast import COMMUNITY, Cast


def ids(cast: Cast, *labels: str) -> list:  # type: ignore[type-arg]
    return [Door.id_for(cast.compound.pk, label) for label in labels]


def labels(doors: list[Door]) -> list[str]:
    return [door.label for door in doors]


def test_two_flats_knocked_into_one_are_one_dwelling(cast: Cast) -> None:
    one = merge_doors(cast.worker, door_ids=ids(cast, "1-1-101", "1-1-102"), into="101")

    assert one.label == "1-1-101"
    building = cast.building
    assert (building.door_count, len(doors_of(building))) == (11, 11)
    gone = cast.door_of(cast.compound, "1-1-102")
    assert gone.ended_at is not None
    assert lineage(gone) == ([], [one])
    assert lineage(one) == ([gone], [])
    assert labels(find_doors(cast.worker, "1-1-102", 5)) == ["1-1-102"], "who looks for the old door finds it"


def test_a_merged_dwelling_may_have_a_label_of_its_own(cast: Cast) -> None:
    one = merge_doors(cast.worker, door_ids=ids(cast, "1-1-101", "1-1-102"), into="101A")

    assert (one.label, one.floor) == ("1-1-101A", 1)
    assert cast.building.door_count == 11
    assert DoorSuccession.objects.filter(successor=one, how="merged").count() == 2


def test_a_second_household_behind_one_door_has_a_label(cast: Cast) -> None:
    made = split_door(cast.worker, door_id=cast.door.pk, into=["101", "101/2"])

    assert labels(made) == ["1-1-101", "1-1-101/2"]
    assert cast.door.ended_at is None
    assert labels(doors_of(cast.building))[:3] == ["1-1-101", "1-1-101/2", "1-1-102"]
    assert cast.building.door_count == 13


def test_a_flat_made_two_ends_and_names_both(cast: Cast) -> None:
    made = split_door(cast.worker, door_id=cast.door.pk, into=["101A", "101B"])

    assert cast.door.ended_at is not None
    assert lineage(cast.door) == ([], made)
    assert cast.building.door_count == 13


def test_a_door_that_ended_cannot_end_again(cast: Cast) -> None:
    merge_doors(cast.worker, door_ids=ids(cast, "1-1-101", "1-1-102"), into="101")
    with pytest.raises(DoorEnded):
        split_door(cast.worker, door_id=ids(cast, "1-1-102")[0], into=["102", "102/2"])
    with pytest.raises(DoorEnded):
        merge_doors(cast.worker, door_ids=ids(cast, "1-1-201", "1-1-202"), into="102")
    assert cast.building.door_count == 11


@pytest.mark.parametrize("into", [[], ["101"], ["101", " "], ["101", "101"]])
def test_one_into_one_is_no_split(cast: Cast, into: list[str]) -> None:
    with pytest.raises(DoorsNotTogether):
        split_door(cast.worker, door_id=cast.door.pk, into=into)


def test_doors_of_two_buildings_do_not_become_one(cast: Cast) -> None:
    with pytest.raises(DoorsNotTogether):
        merge_doors(cast.worker, door_ids=ids(cast, "1-1-101", "2-1-101"), into="101")
    with pytest.raises(DoorsNotTogether):
        merge_doors(cast.worker, door_ids=ids(cast, "1-1-101", "1-1-101"), into="101")
    with pytest.raises(DoorElsewhere):
        merge_doors(cast.worker, door_ids=ids(cast, "1-1-101", "1-1-102"), into="2号楼1单元101")
    with pytest.raises(DoorNotUnderstood):
        split_door(cast.worker, door_id=cast.door.pk, into=["101", "不知道"])


def test_only_whose_doors_they_are(cast: Cast) -> None:
    with pytest.raises(NotFound):
        merge_doors(cast.worker_next, door_ids=ids(cast, "1-1-101", "1-1-102"), into="101")
    with pytest.raises(Forbidden):
        split_door(cast.clerk, door_id=cast.door.pk, into=["101", "101/2"])


def test_a_list_that_still_has_the_old_door_does_not_bring_it_back(cast: Cast) -> None:
    merge_doors(cast.worker, door_ids=ids(cast, "1-1-101", "1-1-102"), into="101")
    with transaction.atomic():
        ensured = ensure_doors(
            cast.compound, [DoorProposal("1", "1", "102", "1-1-102")], how=Frame.LISTED, by=cast.director
        )
    assert (ensured.new, ensured.known) == ([], 1)
    assert cast.building.door_count == 11


def test_a_courtyard_with_two_households(cast: Cast) -> None:
    with transaction.atomic():
        yard = DoorProposal("东街3排", "", "5号", "东街3排5号")
        ensure_doors(cast.compound, [yard], how=Frame.DECLARED, by=cast.director)
    made = split_door(
        cast.worker, door_id=Door.id_for(cast.compound.pk, "东街3排5号"), into=["5号", "东街3排5号/2", "5号/3"]
    )
    assert labels(made) == ["东街3排5号", "东街3排5号/2", "东街3排5号/3"]


def test_a_second_dwelling_is_added_on_the_spot(cast: Cast) -> None:
    assert add_door(cast.worker, building_id=cast.building.pk, text="1-1-101/2").label == "1-1-101/2"


@pytest.fixture
def homes(cast: Cast) -> Compound:
    return create_compound(cast.director, community_path=COMMUNITY, name="散居", scattered=True)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("山西省吕梁市离石区莲花池街道学院路103号院内东房", "学院路103号院内东房"),
        ("北川路 88号", "北川路88号"),
        ("北川路88号/2", "北川路88号/2"),
        ("后柳村口小卖部东边平房", "后柳村口小卖部东边平房"),
    ],
)
def test_a_home_of_no_compound_is_its_address(cast: Cast, homes: Compound, said: str, label: str) -> None:
    door = add_home(cast.director, compound_id=homes.pk, address=said)
    assert (door.label, door.building.label) == (label, "")
    assert add_home(cast.director, compound_id=homes.pk, address=said) == door
    assert labels(find_doors(cast.director, label, 5)) == [label]


@pytest.mark.parametrize("said", ["", "路", "13912345678", "打13912345678问", "x" * 61])
def test_what_names_no_place_is_no_home(cast: Cast, homes: Compound, said: str) -> None:
    with pytest.raises(DoorNotUnderstood):
        add_home(cast.director, compound_id=homes.pk, address=said)


def test_a_compound_takes_no_free_addresses(cast: Cast) -> None:
    with pytest.raises(NotScattered):
        add_home(cast.director, compound_id=cast.compound.pk, address="北川路88号")


def test_a_home_with_two_households(cast: Cast, homes: Compound) -> None:
    door = add_home(cast.director, compound_id=homes.pk, address="北川路88号")
    made = split_door(cast.director, door_id=door.pk, into=["北川路88号", "北川路88号/2"])
    assert labels(made) == ["北川路88号", "北川路88号/2"]
