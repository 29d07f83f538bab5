"""Ordering a measure: what it must have, where it may be, and that a lower level asks more and never less."""

import dataclasses
import uuid
from datetime import timedelta
from typing import Any

import pytest

from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, scope
from firstline.kernel.errors import FirstlineError, Forbidden, NotFound
from firstline.response.actions import declare, end
from firstline.response.errors import EmergencyOver
from firstline.response.measures.actions import lift_measure, order_measure
from firstline.response.measures.errors import (
    MeasureBasisMissing,
    MeasureDatesWrong,
    MeasureEndMissing,
    MeasureEndPast,
    MeasureLaxer,
    MeasureNotUnderstood,
    MeasureOver,
    MeasureRenewerMissing,
)
from firstline.response.measures.in_force import measure_in_force, measures_at
from firstline.response.measures.ordering import Draft
from firstline.response.measures.tests.drafts import LAW, asked, draft, in_days, ordered
from firstline.response.models import Level, MeasureOrdered
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, OTHER_COUNTY, TOWNSHIP, Cast


def test_it_holds_there_and_below_and_nowhere_else(cast: Cast) -> None:
    order = ordered(cast, cast.county_officer, "curfew", TOWNSHIP, spans=["22:00-05:00"])
    found = measure_in_force("curfew", cast.door.path)
    assert found is not None
    assert (found.order.id, found.emergency_id, found.path) == (order.pk, cast.emergency.pk, TOWNSHIP)
    assert (found.until, found.why) == (order.until_at, LAW)
    assert measure_in_force("curfew", COUNTY) is None
    assert measure_in_force("curfew", OTHER_COMMUNITY) is None
    with scope.enter(cast.county_officer):
        assert LedgerEntry.objects.get().action == "response.order_measure"


def test_it_holds_from_its_beginning_to_its_end(cast: Cast) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    given = draft("curfew", cast.county_officer.person_id, spans=["22:00-05:00"])
    order = order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=given, from_at=tomorrow)
    assert order.until_at is not None
    for at, holds in ((clock.now(), False), (tomorrow, True), (order.until_at, False)):
        assert (measure_in_force("curfew", COMMUNITY, at) is not None) is holds


def test_entered_late_it_held_before_it_was_entered(cast: Cast) -> None:
    yesterday = clock.now() - timedelta(days=1)
    given = draft("pass_at_gates", cast.county_officer.person_id)
    order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=given, from_at=yesterday)
    assert measure_in_force("pass_at_gates", COMMUNITY, yesterday + timedelta(hours=1)) is not None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"legal_basis": "  "}, MeasureBasisMissing),
        ({"until": None}, MeasureEndMissing),
        ({"until": in_days(-1)}, MeasureEndPast),
        ({"renewer_id": None}, MeasureRenewerMissing),
        ({"renewer_id": uuid.UUID(int=7)}, MeasureRenewerMissing),
        ({"parameters": {"spans": ["at night"]}}, MeasureNotUnderstood),
        ({"kind": "martial_law"}, MeasureNotUnderstood),
        ({"path": "141102999"}, NotFound),
        ({"path": OTHER_COMMUNITY}, NotFound),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    cast: Cast, wrong: dict[str, Any], error: type[FirstlineError]
) -> None:
    right = draft("curfew", cast.county_officer.person_id, spans=["22:00-05:00"])
    with pytest.raises(error):
        order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=dataclasses.replace(right, **wrong))
    assert not MeasureOrdered.objects.exists()
    assert measures_at(COMMUNITY) == []


def test_who_must_renew_may_renew(cast: Cast) -> None:
    with pytest.raises(MeasureRenewerMissing):
        order_measure(
            cast.county_officer,
            emergency_id=cast.emergency.pk,
            draft=draft("curfew", cast.director.person_id, spans=["22:00-05:00"]),
        )


def test_what_restricts_nobody_needs_neither_basis_nor_end(cast: Cast) -> None:
    order_measure(
        cast.county_officer,
        emergency_id=cast.emergency.pk,
        draft=Draft("disinfection_rhythm", {"every_hours": 12}),
    )
    found = measure_in_force("disinfection_rhythm", COMMUNITY)
    assert found is not None and found.until is None


def test_it_does_not_begin_before_its_emergency(cast: Cast) -> None:
    with pytest.raises(MeasureDatesWrong):
        order_measure(
            cast.county_officer,
            emergency_id=cast.emergency.pk,
            draft=draft("pass_at_gates", cast.county_officer.person_id),
            from_at=cast.emergency.started_at - timedelta(hours=1),
        )


def test_a_township_may_ask_more_and_not_less(cast: Cast) -> None:
    ordered(cast, cast.county_officer, "pass_quota", people=2, days=2)
    with pytest.raises(MeasureLaxer, match="离石区"):
        ordered(cast, cast.clerk, "pass_quota", TOWNSHIP, people=3, days=2)
    with pytest.raises(MeasureLaxer):
        ordered(cast, cast.clerk, "pass_quota", TOWNSHIP, people=1, days=1)
    ordered(cast, cast.clerk, "pass_quota", TOWNSHIP, people=1, days=3)
    found, county = measure_in_force("pass_quota", COMMUNITY), measure_in_force("pass_quota", COUNTY)
    assert found is not None and asked(found) == {"people": 1, "days": 3}
    assert county is not None and asked(county) == {"people": 2, "days": 2}


def test_less_where_it_is_allowed(cast: Cast) -> None:
    given = draft("pass_quota", cast.county_officer.person_id, people=1, days=3)
    allowing = dataclasses.replace(given, laxer_allowed=True)
    order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=allowing)
    ordered(cast, cast.clerk, "pass_quota", TOWNSHIP, people=5, days=1)
    found = measure_in_force("pass_quota", COMMUNITY)
    assert found is not None and asked(found) == {"people": 5, "days": 1}


def test_a_township_allows_nobody_less(cast: Cast) -> None:
    given = draft("pass_quota", cast.clerk.person_id, TOWNSHIP, people=1, days=3)
    allowing = dataclasses.replace(given, laxer_allowed=True)
    order = order_measure(cast.clerk, emergency_id=cast.emergency.pk, draft=allowing)
    assert not order.laxer_allowed


def test_another_in_its_stead_may_ask_less(cast: Cast) -> None:
    first = ordered(cast, cast.county_officer, "observation_days", days=21)
    given = draft("observation_days", cast.county_officer.person_id, days=14)
    with pytest.raises(MeasureLaxer):
        order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=given)
    before = clock.now()
    order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=given, instead_of=first.pk)
    now, then = measure_in_force("observation_days", COMMUNITY), measure_in_force("observation_days", COMMUNITY, before)
    assert now is not None and asked(now) == {"days": 14}
    assert then is not None and asked(then) == {"days": 21}
    with pytest.raises(MeasureOver):
        order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=given, instead_of=first.pk)


def test_a_township_changes_its_own_only(cast: Cast) -> None:
    county = ordered(cast, cast.county_officer, "pass_quota", TOWNSHIP, people=1, days=2)
    own = ordered(cast, cast.clerk, "curfew", TOWNSHIP, spans=["23:00-05:00"])
    with pytest.raises(NotFound):
        lift_measure(cast.clerk, order_id=county.pk)
    with pytest.raises(NotFound):
        order_measure(
            cast.clerk,
            emergency_id=cast.emergency.pk,
            draft=draft("pass_quota", cast.clerk.person_id, TOWNSHIP, people=9, days=1),
            instead_of=county.pk,
        )
    lift_measure(cast.clerk, order_id=own.pk)
    assert measure_in_force("curfew", COMMUNITY) is None
    assert measure_in_force("pass_quota", COMMUNITY) is not None


def test_all_emergencies_in_force_hold_and_end_with_themselves(cast: Cast) -> None:
    flood = declare(cast.county_officer, path=TOWNSHIP, name="洪水", level=Level.III, legal_basis="《防洪法》")
    ordered(cast, cast.county_officer, "curfew", spans=["23:00-05:00"])
    order_measure(
        cast.county_officer,
        emergency_id=flood.pk,
        draft=draft("curfew", cast.county_officer.person_id, TOWNSHIP, spans=["21:00-05:00"]),
    )
    found = measure_in_force("curfew", COMMUNITY)
    assert found is not None and asked(found) == {"spans": ("21:00-05:00",)}
    assert {one.emergency_id for one in found.orders} == {flood.pk, cast.emergency.pk}
    end(cast.county_officer, emergency_id=flood.pk)
    found = measure_in_force("curfew", COMMUNITY)
    assert found is not None and asked(found) == {"spans": ("23:00-05:00",)}
    with pytest.raises(EmergencyOver):
        order_measure(
            cast.county_officer,
            emergency_id=flood.pk,
            draft=draft("curfew", cast.county_officer.person_id, spans=["21:00-05:00"]),
        )


@pytest.mark.parametrize(
    ("who", "path", "error"),
    [
        ("director", COMMUNITY, Forbidden),
        ("worker", COMMUNITY, Forbidden),
        ("lapsed", COMMUNITY, Forbidden),
        ("clerk", COUNTY, NotFound),
        ("clerk", "", NotFound),
        ("other_county_officer", TOWNSHIP, NotFound),
        ("county_officer", OTHER_COUNTY, NotFound),
    ],
)
def test_ordering_is_the_countys_and_the_townships_own(
    cast: Cast, who: str, path: str, error: type[FirstlineError]
) -> None:
    with pytest.raises(error):
        ordered(cast, getattr(cast, who), "pass_at_gates", path)
    assert not MeasureOrdered.objects.exists()
