"""A building line becomes doors: all of them, once, whatever the order; what is not understood becomes none."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.kernel.errors import Forbidden, NotFound
from firstline.places import actions
from firstline.places.errors import LineChanged, LineNotUnderstood
from firstline.places.models import Building, Door, Frame, FrameFact
from firstline.places.plans import plan_of
from firstline.places.selectors import buildings_of, doors_of
from firstline.testing.cast import Cast

LINE = "3-4号楼 各2单元3层每层2户；东街1-2排 每排5户"


def test_a_line_becomes_buildings_and_doors_in_walking_order(cast: Cast) -> None:
    declared = actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line=LINE)

    assert (len(declared.ensured.new), declared.ensured.buildings_new) == (34, 4)
    buildings = buildings_of(cast.compound)
    assert [building.label for building in buildings] == ["1", "2", "3", "4", "东街1排", "东街2排"]
    assert (buildings[2].plan, buildings[4].plan, buildings[2].frame) == ("2单元3层每层2户", "每排5户", Frame.DECLARED)
    assert [door.label for door in doors_of(buildings[2])][:3] == ["3-1-101", "3-1-102", "3-1-201"]


def test_doors_known_already_are_counted_and_not_doubled(cast: Cast) -> None:
    plan = plan_of(cast.compound, "1号楼 2单元4层每层2户")
    assert (plan.doors, plan.known, plan.new) == (16, 12, 4)

    declared = actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line=plan.line, token=plan.token)

    assert (len(declared.ensured.new), declared.ensured.known, declared.ensured.buildings_new) == (4, 12, 0)
    assert cast.building.door_count == 16


def test_a_line_with_one_part_not_understood_adds_nothing_at_all(cast: Cast) -> None:
    with pytest.raises(LineNotUnderstood):
        actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 3层每层2户；七扭八歪")
    assert not Building.objects.filter(compound=cast.compound, label="3").exists()


def test_what_is_confirmed_is_what_was_shown(cast: Cast) -> None:
    token = plan_of(cast.compound, "3号楼 3层每层2户").token
    with pytest.raises(LineChanged):
        actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 3层每层3户", token=token)
    actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 1层每层2户")
    with pytest.raises(LineChanged):
        actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 3层每层2户", token=token)


def test_others_cannot_declare_here(cast: Cast) -> None:
    for nobody, refusal in ((cast.worker, Forbidden), (cast.other_county_officer, Forbidden)):
        with pytest.raises(refusal):
            actions.declare_buildings(nobody, compound_id=cast.compound.pk, line=LINE)
    with pytest.raises(NotFound):
        actions.declare_buildings(cast.director, compound_id=cast.compound_elsewhere.pk, line=LINE)


PIECES = st.one_of(
    st.builds(
        "{}号楼 {}单元{}层每层{}户".format,
        st.integers(1, 4),
        st.integers(1, 2),
        st.integers(1, 3),
        st.integers(1, 3),
    ),
    st.builds("{}座 {}层每层{}户".format, st.sampled_from("AB"), st.integers(1, 3), st.integers(1, 3)),
    st.builds("东街{}排 每排{}户".format, st.integers(1, 3), st.integers(1, 4)),
)


@given(lines=st.lists(PIECES, min_size=1, max_size=4), data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_in_any_order_and_twice_give_the_same_doors_and_counts(
    cast: Cast, lines: list[str], data: st.DataObject
) -> None:
    again = data.draw(st.permutations(lines + lines))

    assert _declared(cast, lines) == _declared(cast, again)


def _declared(cast: Cast, lines: list[str]) -> tuple[set[str], dict[str, int], dict[str, list[str]]]:
    """Doors, counts and walking order after declaring lines, taken back before the answer is given."""
    compound = cast.compound_next
    with transaction.atomic():
        for line in lines:
            actions.declare_buildings(cast.director, compound_id=compound.pk, line=line)
        buildings = buildings_of(compound)
        counts = {building.label: building.door_count for building in buildings}
        order = {building.label: [door.label for door in doors_of(building)] for building in buildings}
        doors = set(Door.objects.filter(building__compound=compound).values_list("label", flat=True))
        paths = set(Door.objects.filter(building__compound=compound).values_list("path", flat=True))
        transaction.set_rollback(True)
    assert list(counts) == list(order) and sum(counts.values()) == len(doors) == len(paths)
    return doors, counts, order


def test_a_repeated_line_leaves_no_second_fact(cast: Cast) -> None:
    for _ in range(2):
        actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 3层每层2户")
    assert FrameFact.objects.filter(building__label="3").count() == 1
