"""The figures of a re-check: worked by hand, at their edges, and true in simulation."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.recheck.estimates import Counted, Rate, figures, student
from firstline.census.recheck.sampling import Cluster, draw

POPULATION = {"company": 10, "nobody": 6}
counted = st.builds(Counted, st.sampled_from(sorted(POPULATION)), *[st.integers(0, 40)] * 3)
surveys = st.lists(counted, max_size=16).filter(
    lambda done: all(sum(one.stratum == name for one in done) <= most for name, most in POPULATION.items())
)


def buildings(*pairs: tuple[int, int], stratum: str = "company") -> list[Counted]:
    """Buildings with so many missed of so many units."""
    return [Counted(stratum, units - missed, missed, 0) for missed, units in pairs]


def omission(population: dict[str, int], done: list[Counted], design_effect: float = 1.0) -> Rate:
    return figures(population, done, design_effect=design_effect).total.omission


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [
        (1, 12.7062),
        (2, 4.30265),
        (3, 3.18245),
        (4, 2.77645),
        (5, 2.57058),
        (10, 2.22814),
        (30, 2.04227),
        (120, 1.97993),
    ],
)
def test_students_t_is_that_of_the_tables(freedom: int, quantile: float) -> None:
    assert student(0.975, freedom) == pytest.approx(quantile, abs=6e-5)


def test_one_stratum_by_hand() -> None:
    """4 of 10 buildings; R = 4/40; d = 3, -0.8, -1.2, -1; s2 = 12.08/3; var = 100 x 0.6 x s2 / 4 / 100^2."""
    found = omission({"company": 10}, buildings((4, 10), (0, 8), (0, 12), (0, 10)))
    assert (found.errors, found.units, found.value) == (4, 40, 0.1)
    assert found.total == 100
    assert found.error == pytest.approx(math.sqrt(0.00604))
    # Effective sample 0.09 / 0.00604 = 14.90; Wilson with t(3) = 3.18245.
    n, t = 0.09 / 0.00604, 3.182446
    middle, half = 0.1 + t * t / (2 * n), t * math.sqrt(0.09 / n + t * t / (4 * n * n))
    assert found.low == pytest.approx((middle - half) / (1 + t * t / n), abs=1e-6)
    assert found.high == pytest.approx((middle + half) / (1 + t * t / n), abs=1e-6)
    assert found.design_effect == pytest.approx(0.00604 / (0.09 / 40))


def test_errors_spread_evenly_are_no_better_than_doors_drawn_singly() -> None:
    """d = 0, -0.8, 0.8, 0 would give 6.4; forty doors drawn singly give 0.6 x 0.09 x 40 / 0.16 = 13.5."""
    found = omission({"company": 10}, buildings((1, 10), (0, 8), (2, 12), (1, 10)))
    assert found.error == pytest.approx(math.sqrt(13.5) / 100)


def test_two_strata_by_hand() -> None:
    """Company 2 of 10: 5 x (0 + 4) = 20 of 5 x (10 + 10) = 100; nobody 3 of 6: 2 x 6 = 12 of 2 x 30 = 60."""
    done = buildings((0, 10), (4, 10)) + buildings((6, 10), (0, 10), (0, 10), stratum="nobody")
    rate = omission(POPULATION, done)
    assert rate.value == pytest.approx(32 / 160)
    # d: -2, 2 -> s2 8; 100 x 0.8 x 8 / 2 = 320.  d: 4, -2, -2 -> s2 12; 36 x 0.5 x 12 / 3 = 72.
    assert rate.error == pytest.approx(math.sqrt(392) / 160)


def test_a_stratum_taken_whole_is_known_and_not_estimated() -> None:
    found = figures({"company": 2}, buildings((1, 10), (0, 10)))
    assert found.total.omission.whole
    assert found.total.omission.low == found.total.omission.high == 0.05


def test_a_stratum_taken_whole_adds_no_variance() -> None:
    part = buildings((4, 10), (0, 8), (0, 12), (0, 10))
    alone = omission({"company": 10}, part)
    both = omission({"company": 10, "nobody": 2}, part + buildings((1, 10), (0, 10), stratum="nobody"))
    assert both.error * 120 == pytest.approx(alone.error * 100, rel=0.05)


def test_no_error_found_is_a_bound_and_never_nothing() -> None:
    """500 doors in 5 of 500 buildings: the rule of three says 3/500 = 0.6 %."""
    found = omission({"company": 500}, buildings(*[(0, 100)] * 5))
    assert (found.value, found.low, found.at_most) == (0.0, 0.0, True)
    assert found.high == pytest.approx(3 / 500, rel=0.01)


def test_the_bound_without_errors_grows_with_the_design_effect_and_ends_at_what_was_not_taken() -> None:
    done = buildings(*[(0, 100)] * 5)
    assert omission({"company": 500}, done, 2.0).high == pytest.approx(6 / 500, rel=0.01)
    assert omission({"company": 6}, buildings(*[(0, 1)] * 5), 1.0).high == pytest.approx(1 / 6)
    assert omission({"company": 5}, done, 2.0).high == 0


def test_the_bound_holds_for_the_stratum_least_taken() -> None:
    """Half of one stratum, a hundredth of the other: all errors may stand in the other."""
    done = buildings(*[(0, 10)] * 5) + buildings(*[(0, 10)] * 2, stratum="nobody")
    found = omission({"company": 10, "nobody": 200}, done)
    assert found.high == pytest.approx(-math.log(0.05) / -math.log(0.99) / 2100)


def test_where_every_unit_was_missed_there_is_still_an_interval() -> None:
    found = omission({"company": 10}, buildings((5, 5), (3, 3)))
    assert found.value == 1
    assert 0 < found.low < 1


def test_one_building_of_several_uses_the_plans_design_effect() -> None:
    one, two = (omission({"company": 10}, buildings((2, 20)), effect) for effect in (1.0, 4.0))
    assert two.error == pytest.approx(2 * one.error)


def test_what_has_no_building_done_is_named_and_left_out() -> None:
    found = figures(POPULATION, buildings((1, 10), (0, 10)))
    assert found.silent == ("nobody",)
    assert (found.total.buildings, found.total.done) == (10, 2)


def test_nothing_done_or_nobody_there_is_no_rate() -> None:
    assert figures(POPULATION, []).total.omission.value is None
    empty = figures(POPULATION, buildings((0, 0), (0, 0))).total.omission
    assert (empty.value, empty.coverage, empty.design_effect) == (None, None, None)


def test_erroneous_inclusion_is_of_what_the_census_had() -> None:
    found = figures({"company": 2}, [Counted("company", 9, 6, 1), Counted("company", 9, 0, 1)])
    assert found.total.erroneous.value == pytest.approx(2 / 20)
    assert found.total.omission.value == pytest.approx(6 / 24)


def test_more_done_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="3 buildings done"):
        figures({"company": 2}, buildings((0, 1), (0, 1), (0, 1)))


@given(surveys, st.floats(1, 10))
def test_every_interval_holds_its_rate_and_lies_in_the_possible(done: list[Counted], effect: float) -> None:
    found = figures(POPULATION, done, design_effect=effect)
    for one in (*found.strata, found.total):
        for rate in (one.omission, one.erroneous):
            if rate.value is not None:
                assert 0 <= rate.low <= rate.value + 1e-9
                assert rate.value <= rate.high + 1e-9 <= 1 + 2e-9


@given(surveys)
def test_the_order_of_buildings_never_matters(done: list[Counted]) -> None:
    first, other = figures(POPULATION, done), figures(POPULATION, done[::-1])
    assert first.total.omission.high == pytest.approx(other.total.omission.high)
    assert first.total.omission.error == pytest.approx(other.total.omission.error)


@pytest.mark.parametrize("missed", [0.02, 0.08, 0.25])
def test_the_interval_holds_the_truth_in_95_of_100_samples(missed: float) -> None:
    """A community of 150 buildings whose doors are missed together (beta-binomial); 500 samples of it."""
    chance = Random(f"community {missed}")
    truth = [_building(chance, missed * (0.5 if at < 90 else 1.75)) for at in range(150)]
    clusters = [Cluster(f"{at:03}", "company" if at < 90 else "nobody", 20) for at in range(150)]
    rate = sum(one for one, _units in truth) / sum(units for _one, units in truth)
    held = 0
    for seed in range(500):
        drawn = [int(one) for one in draw(clusters, {"company": 24, "nobody": 16}, seed)]
        done = [Counted(clusters[at].stratum, truth[at][1] - truth[at][0], truth[at][0], 0) for at in drawn]
        found = omission({"company": 90, "nobody": 60}, done, 2.0)
        held += found.low <= rate <= found.high
    assert 0.90 <= held / 500 <= 0.99


def _building(chance: Random, missed: float) -> tuple[int, int]:
    units, here = chance.randint(6, 40), chance.betavariate(missed * 20, (1 - missed) * 20)
    return sum(chance.random() < here for _ in range(units)), units
