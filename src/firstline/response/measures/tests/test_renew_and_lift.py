"""Renewing and lifting: before it lapses, to a later day, by the office that ordered it."""

from datetime import timedelta

import pytest

from firstline.kernel import clock
from firstline.kernel.errors import Forbidden, NotFound
from firstline.response.measures.actions import lift_measure, renew_measure
from firstline.response.measures.days import end_of
from firstline.response.measures.errors import MeasureOver, MeasureRenewerMissing, NothingToRenew
from firstline.response.measures.in_force import measure_in_force
from firstline.response.measures.tests.drafts import in_days, ordered
from firstline.response.models import MeasureOrdered, MeasureRenewed
from firstline.testing.cast import COMMUNITY, TOWNSHIP, Cast


@pytest.fixture
def order(cast: Cast) -> MeasureOrdered:
    return ordered(cast, cast.county_officer, "pass_at_gates")


def lapse(cast: Cast) -> MeasureOrdered:
    """A measure that nobody renewed: its end is over."""
    now = clock.now()
    made = ordered(cast, cast.county_officer, "pass_at_gates")
    late = MeasureOrdered(
        **{field.attname: getattr(made, field.attname) for field in made._meta.fields if not field.has_db_default()}
    )
    late.pk, late.from_at, late.until_at = MeasureOrdered().pk, now - timedelta(days=1), now - timedelta(hours=1)
    late.save(force_insert=True)
    lift_measure(cast.county_officer, order_id=made.pk)
    return late


def test_renewed_it_goes_on(cast: Cast, order: MeasureOrdered) -> None:
    assert order.until_at is not None
    renew_measure(cast.county_officer, order_id=order.pk, until=in_days(20), renewer_id=cast.second_officer.person_id)
    found = measure_in_force("pass_at_gates", COMMUNITY, order.until_at + timedelta(days=1))
    assert found is not None and found.until == end_of(in_days(20))


def test_the_one_named_or_somebody_of_the_same_office(cast: Cast, order: MeasureOrdered) -> None:
    renew_measure(cast.second_officer, order_id=order.pk, until=in_days(12))
    assert MeasureRenewed.objects.get().renewer_id == cast.county_officer.person_id


@pytest.mark.parametrize("days", [10, 3, -1])
def test_a_renewal_is_to_a_later_day(cast: Cast, order: MeasureOrdered, days: int) -> None:
    with pytest.raises(NothingToRenew):
        renew_measure(cast.county_officer, order_id=order.pk, until=in_days(days))


def test_what_lapsed_is_ordered_anew(cast: Cast) -> None:
    late = lapse(cast)
    assert measure_in_force("pass_at_gates", COMMUNITY) is None
    with pytest.raises(MeasureOver):
        renew_measure(cast.county_officer, order_id=late.pk, until=in_days(5))
    lift_measure(cast.county_officer, order_id=late.pk)
    with pytest.raises(MeasureOver):
        lift_measure(cast.county_officer, order_id=late.pk)


def test_the_next_one_who_must_renew_may(cast: Cast, order: MeasureOrdered) -> None:
    with pytest.raises(MeasureRenewerMissing):
        renew_measure(cast.county_officer, order_id=order.pk, until=in_days(20), renewer_id=cast.worker.person_id)


def test_lifted_it_ends(cast: Cast, order: MeasureOrdered) -> None:
    before = clock.now()
    lift_measure(cast.county_officer, order_id=order.pk)
    assert measure_in_force("pass_at_gates", COMMUNITY) is None
    assert measure_in_force("pass_at_gates", COMMUNITY, before) is not None
    with pytest.raises(MeasureOver):
        renew_measure(cast.county_officer, order_id=order.pk, until=in_days(20))
    with pytest.raises(MeasureOver):
        lift_measure(cast.county_officer, order_id=order.pk)


def test_lifted_from_a_moment_to_come_it_holds_until_then(cast: Cast, order: MeasureOrdered) -> None:
    then = clock.now() + timedelta(days=2)
    lift_measure(cast.county_officer, order_id=order.pk, from_at=then)
    found = measure_in_force("pass_at_gates", COMMUNITY)
    assert found is not None and found.until == then
    assert measure_in_force("pass_at_gates", COMMUNITY, then) is None


@pytest.mark.parametrize(
    ("who", "error"),
    [("director", Forbidden), ("lapsed", Forbidden), ("other_county_officer", NotFound), ("clerk", NotFound)],
)
def test_only_the_office_that_ordered(cast: Cast, who: str, error: type[Exception]) -> None:
    order = ordered(cast, cast.county_officer, "pass_at_gates", TOWNSHIP)
    with pytest.raises(error):
        lift_measure(getattr(cast, who), order_id=order.pk)
    with pytest.raises(error):
        renew_measure(getattr(cast, who), order_id=order.pk, until=in_days(20))
    assert measure_in_force("pass_at_gates", COMMUNITY) is not None
