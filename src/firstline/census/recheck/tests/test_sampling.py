"""How many buildings are drawn and which: worked by hand, and for any community."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.recheck.sampling import Cluster, Wanted, design, design_effect, draw

clusters = st.lists(
    st.tuples(st.sampled_from(["company", "gatehouse", "nobody"]), st.integers(0, 264)), min_size=1, max_size=80
).map(lambda listed: [Cluster(f"{at:03}", stratum, doors) for at, (stratum, doors) in enumerate(listed)])
wanted = st.builds(Wanted, half_width=st.floats(0.005, 0.2), expected=st.floats(0.01, 0.3), rho=st.floats(0, 0.5))


def community() -> list[Cluster]:
    """100 buildings of 20 doors: 60 with a company, 40 with nobody."""
    return [Cluster(f"{at:03}", "company" if at < 60 else "nobody", 20) for at in range(100)]


def test_a_worked_example() -> None:
    """n0 = 1.96^2 x 0.05 x 0.95 / 0.03^2 = 202.7; x (1 + 19 x 0.05 = 1.95) = 395.4; / (1 + 395.4 / 2000) = 330.1."""
    found = design(community(), Wanted(half_width=0.03, expected=0.05, rho=0.05))
    assert found.design_effect == pytest.approx(1.95)
    assert found.doors_needed == 331
    assert [(one.stratum, one.buildings, one.doors, one.taken) for one in found.shares] == [
        ("company", 60, 1200, 10),
        ("nobody", 40, 800, 7),
    ]


def test_the_size_of_a_building_is_the_one_its_doors_see() -> None:
    assert design_effect([10, 30], 0.1) == pytest.approx(1 + (1000 / 40 - 1) * 0.1)
    assert design_effect([20, 20], 0.0) == 1


def test_nothing_to_draw_from() -> None:
    assert design([], Wanted()).taken == 0


@pytest.mark.parametrize("change", [{"half_width": 0}, {"expected": 1}, {"rho": -0.1}, {"confidence": 1}])
def test_what_is_no_precision_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"half_width|rho"):
        Wanted(**change)


@given(clusters, wanted)
def test_every_stratum_has_two_or_all_and_never_more_than_it_has(listed: list[Cluster], asked: Wanted) -> None:
    for share in design(listed, asked).shares:
        assert min(2, share.buildings) <= share.taken <= share.buildings


@given(clusters, wanted)
def test_wanting_more_precision_never_takes_fewer(listed: list[Cluster], asked: Wanted) -> None:
    finer = Wanted(asked.half_width / 2, asked.expected, asked.rho)
    assert design(listed, finer).taken >= design(listed, asked).taken


@given(clusters, wanted, st.integers(0, 2**63 - 1))
def test_anybody_can_draw_the_same_again(listed: list[Cluster], asked: Wanted, seed: int) -> None:
    taken = {share.stratum: share.taken for share in design(listed, asked).shares}
    drawn = draw(listed, taken, seed)
    assert drawn == draw(reversed(listed), taken, seed)
    assert len(drawn) == len(set(drawn)) == sum(taken.values())
    at = {cluster.id: cluster.stratum for cluster in listed}
    assert {name: sum(at[one] == name for one in drawn) for name in taken} == taken


def test_a_larger_sample_of_the_same_seed_holds_the_smaller() -> None:
    small = draw(community(), {"company": 5, "nobody": 2}, 7)
    assert set(small) < set(draw(community(), {"company": 9, "nobody": 2}, 7))


def test_a_recorded_draw_stays_what_it_was() -> None:
    """The very ids that a seed drew when this was written: another Python, or a change here, must not move them."""
    assert draw(community(), {"company": 3, "nobody": 2}, 20200212) == ["035", "038", "058", "072", "082"]


def test_every_building_has_the_same_chance() -> None:
    times = dict.fromkeys((one.id for one in community()), 0)
    for seed in range(2000):
        for one in draw(community(), {"company": 12, "nobody": 8}, seed):
            times[one] += 1
    # 2000 draws at 1 in 5: 400 each, with a standard deviation of 18; five of them either way.
    assert all(abs(count - 400) < 5 * math.sqrt(2000 * 0.2 * 0.8) for count in times.values())
