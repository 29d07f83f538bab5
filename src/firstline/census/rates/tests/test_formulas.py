"""Rates against published worked examples, and what must hold for any counts.

Examples seen and cited: the R package outcomerate (rOpenSci): its README, its vignette "Intro to outcomerate" and
tests/testthat/test-rate.R, test-e.R; the R package responserates (Leeper): its README. Both implement the AAPOR
Standard Definitions, 9th edition, 2016.
"""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.rates.formulas import (
    FORMULAS,
    LETTERS,
    Counts,
    UnusableCounts,
    estimate_e,
    rates_of,
    read_share,
)

UNDEFINED_WHEN_NOBODY_IS_KNOWN = {"RR5", "RR6", "COOP1", "COOP2", "COOP3", "COOP4", "REF3", "CON3"}


def exact(**told: str) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in told.items()}


def test_the_example_of_outcomerate_with_e_of_a_half() -> None:
    """test-rate.R, ``res1``: 16 cases; exact fractions."""
    found = rates_of(Counts(i=5, p=3, r=2, nc=1, o=2, uh=1, uo=1, ne=1), Fraction(1, 2))
    assert {rate.name: rate.value for rate in found.all} == exact(
        RR1="1/3",
        RR2="8/15",
        RR3="5/14",
        RR4="4/7",
        RR5="5/13",
        RR6="8/13",
        COOP1="5/12",
        COOP2="2/3",
        COOP3="1/2",
        COOP4="4/5",
        REF1="2/15",
        REF2="1/7",
        REF3="2/13",
        CON1="4/5",
        CON2="6/7",
        CON3="12/13",
    )


def test_the_twelve_people_of_outcomerates_readme() -> None:
    """README of outcomerate: e by its ``eligibility_rate``, printed to three digits."""
    found = rates_of(Counts(i=4, p=2, r=1, nc=1, o=1, uh=1, uo=1, ne=1))
    assert (found.e, found.estimated) == (Fraction(9, 10), True)
    assert {name: round(value or 0, 3) for name, value in found.as_floats().items()} == {
        "RR1": 0.364,
        "RR2": 0.545,
        "RR3": 0.370,
        "RR4": 0.556,
        "RR5": 0.444,
        "RR6": 0.667,
        "COOP1": 0.500,
        "COOP2": 0.750,
        "COOP3": 0.571,
        "COOP4": 0.857,
        "REF1": 0.091,
        "REF2": 0.093,
        "REF3": 0.111,
        "CON1": 0.727,
        "CON2": 0.741,
        "CON3": 0.889,
    }


def test_middleearth() -> None:
    """Vignette "Intro to outcomerate": 1691 cases, 71 of them not eligible; eight digits."""
    found = rates_of(Counts(i=760, p=339, r=59, nc=288, o=1, uo=173, ne=71)).as_floats()
    assert found == {
        name: pytest.approx(value, abs=5e-9)
        for name, value in {
            "RR1": 0.46913580,
            "RR2": 0.67839506,
            "RR3": 0.47149080,
            "RR4": 0.68180052,
            "RR5": 0.52522460,
            "RR6": 0.75950242,
            "COOP1": 0.65573770,
            "COOP2": 0.94823123,
            "COOP3": 0.65630397,
            "COOP4": 0.94905009,
            "REF1": 0.03641975,
            "REF2": 0.03660258,
            "REF3": 0.04077402,
            "CON1": 0.71543210,
            "CON2": 0.71902347,
            "CON3": 0.80096752,
        }.items()
    }


def test_only_interviews_and_non_contacts() -> None:
    """README of responserates: 100 complete, 20 not contacted; 83.3 %, and nobody refused."""
    found = rates_of(Counts(i=100, nc=20))
    assert found["RR1"] == found["RR6"] == found["CON2"] == Fraction(5, 6)
    assert found["COOP1"] == found["COOP4"] == 1
    assert found["REF1"] == found["REF3"] == 0


def test_without_unknown_cases_e_makes_no_difference() -> None:
    """test-e.R of outcomerate: "e is unnecessary when all unknown contributions are zero"."""
    found = rates_of(Counts(i=4, p=1, r=2, nc=3, o=1))
    assert (found["RR3"], found["RR4"], found["REF2"], found["CON2"]) == (
        Fraction(4, 11),
        Fraction(5, 11),
        Fraction(2, 11),
        Fraction(8, 11),
    )


@pytest.mark.parametrize("e", ["0.3", None])
def test_one_case_of_which_nothing_is_known_is_neither_nothing_nor_everything(e: str | None) -> None:
    """test-rate.R: "Low-count outcome cases should return 0's and NaNs"; undefined is None here."""
    found = rates_of(Counts(uo=1), e).as_floats()
    assert {name for name, value in found.items() if value is None} == UNDEFINED_WHEN_NOBODY_IS_KNOWN
    assert {value for value in found.values() if value is not None} == {0.0}


def test_no_case_has_no_rate() -> None:
    assert set(rates_of(Counts()).as_floats().values()) == {None}
    assert set(rates_of(Counts(ne=7)).as_floats().values()) == {None}


def test_e_is_estimated_from_what_was_found_out() -> None:
    assert estimate_e(Counts(i=3, nc=5, uh=100, ne=2)) == Fraction(4, 5)
    assert estimate_e(Counts(uh=100)) is None


@pytest.mark.parametrize(
    ("typed", "share"), [("0.5", "1/2"), (".25", "1/4"), ("1/3", "1/3"), ("50%", "1/2"), ("1", "1"), ("0", "0")]
)
def test_a_share_as_it_is_typed(typed: str, share: str) -> None:
    assert read_share(typed) == Fraction(share)


@pytest.mark.parametrize("typed", ["-0.1", "1.01", "half", "", "1/0", "nan", "1e-999999999", "110%"])
def test_what_is_no_share_says_what_to_give(typed: str) -> None:
    with pytest.raises(UnusableCounts, match=r"from 0 to 1|0 到 1"):
        rates_of(Counts(i=1), typed)


@pytest.mark.parametrize("count", [-1, 1.5, True])
def test_what_is_no_count_is_refused(count: int) -> None:
    with pytest.raises(UnusableCounts, match="I="):
        Counts(i=count)


@pytest.mark.parametrize("given", [{"X": 1}, {"I": 1, "i": 2}])
def test_letters_nobody_knows_and_letters_given_twice(given: dict[str, int]) -> None:
    with pytest.raises(UnusableCounts):
        Counts.of(given)


some_counts = st.builds(Counts, **{letter.lower(): st.integers(0, 10**6) for letter in LETTERS})
some_share = st.none() | st.fractions(0, 1)
# Where both sides are defined, the left one is never the greater.
NEVER_GREATER = (
    ("RR1", "RR2", "RR4", "RR6"),
    ("RR1", "RR3", "RR5", "RR6"),
    ("RR3", "RR4"),
    ("COOP1", "COOP2", "COOP4"),
    ("COOP1", "COOP3", "COOP4"),
    ("RR5", "COOP1"),
    ("REF1", "REF2", "REF3"),
    ("CON1", "CON2", "CON3"),
    ("RR2", "CON1"),
)


@given(some_counts, some_share)
def test_rates_are_shares_and_stand_in_order(counts: Counts, e: Fraction | None) -> None:
    found = rates_of(counts, e)
    assert all(rate.value is None or 0 <= rate.value <= 1 for rate in found.all)
    for names in NEVER_GREATER:
        defined = [value for name in names if (value := found[name]) is not None]
        assert all(less <= more for less, more in pairwise(defined)), names


@given(some_counts, some_share)
def test_a_rate_is_what_stands_above_over_what_stands_below(counts: Counts, e: Fraction | None) -> None:
    for rate in rates_of(counts, e).all:
        if rate.below:
            assert rate.value == Fraction(rate.above) / rate.below
        elif rate.below == 0:
            assert rate.value is None and rate.above == 0


@given(some_counts, some_share, st.integers(1, 1000))
def test_equal_weights_change_no_rate(counts: Counts, e: Fraction | None, weight: int) -> None:
    weighted = Counts(**{letter.lower(): counts[letter] * weight for letter in LETTERS})
    assert rates_of(weighted, e).as_floats() == rates_of(counts, e).as_floats()
    assert estimate_e(weighted) == estimate_e(counts)


@given(
    st.lists(st.sampled_from(LETTERS), max_size=40).flatmap(
        lambda cases: st.tuples(st.just(cases), st.permutations(cases))
    )
)
def test_the_order_of_cases_changes_no_rate(cases: tuple[list[str], list[str]]) -> None:
    listed, shuffled = ({letter: order.count(letter) for letter in order} for order in cases)
    assert rates_of(Counts.of(listed)).as_floats() == rates_of(Counts.of(shuffled)).as_floats()


@given(some_counts, some_share)
def test_e_lies_between_leaving_the_unknown_out_and_taking_all_of_them(counts: Counts, e: Fraction | None) -> None:
    assert [rate.value for rate in rates_of(counts, 1).all if rate.name == "RR3"] == [rates_of(counts)["RR1"]]
    assert rates_of(counts, 0)["RR3"] == rates_of(counts)["RR5"]
    found = rates_of(counts, e)
    if found["RR1"] is not None and found["RR3"] is not None and found["RR5"] is not None:
        assert found["RR1"] <= found["RR3"] <= found["RR5"]


def test_every_formula_has_its_own_name() -> None:
    assert len({formula.name for formula in FORMULAS}) == len(FORMULAS) == 16
