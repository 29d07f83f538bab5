"""What a process keeps of leading campaigns is never older than the scope that asks, whoever changed what in them."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from firstline.census.actions import change_rules, lead_with, open_campaign
from firstline.census.campaigns import finder_at_the_beginning
from firstline.census.models import Campaign
from firstline.kernel import clock, scope
from firstline.kernel.models import DataKey
from firstline.response.models import Emergency
from firstline.testing.cast import COMMUNITY, Cast
from firstline.testing.time import Clock


def leads(cast: Cast) -> Campaign | None:
    with scope.enter(cast.worker):
        return finder_at_the_beginning()(COMMUNITY)


def test_it_costs_a_scope_no_statement(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    known = leads(cast)
    assert known is not None
    with scope.enter(cast.worker), django_assert_num_queries(0):
        found = finder_at_the_beginning()(COMMUNITY)
    assert found == known


def _another_leads(cast: Cast) -> uuid.UUID:
    second = open_campaign(cast.director, path=COMMUNITY, name="第二轮")
    lead_with(cast.director, campaign_id=second.pk)
    return second.pk


def _its_rules(cast: Cast) -> uuid.UUID:
    known = leads(cast)
    assert known is not None
    change_rules(cast.county_officer, campaign_id=known.pk, rules={"knocks_before_notice": 5})
    return known.pk


def _by_hand(cast: Cast) -> uuid.UUID:
    known = leads(cast)
    Campaign.objects.filter(leads=True).update(name="第三轮")
    assert known is not None
    return known.pk


@pytest.mark.parametrize("change", [_another_leads, _its_rules, _by_hand])
def test_the_next_scope_has_what_stands(cast: Cast, change: Callable[[Cast], uuid.UUID]) -> None:
    before = leads(cast)
    pk = change(cast)
    after = leads(cast)
    assert after is not before
    assert after is not None
    assert after.pk == pk
    stored = Campaign.objects.get(pk=pk)
    assert (after.name, after.rules_changed, after.leads) == (stored.name, stored.rules_changed, stored.leads)


def test_what_was_undone_has_not_been(cast: Cast) -> None:
    before = leads(cast)
    with transaction.atomic():
        _another_leads(cast)
        assert leads(cast) != before
        transaction.set_rollback(True)
    assert leads(cast) == before


def test_a_key_that_is_gone_is_known_to_be(cast: Cast) -> None:
    known = leads(cast)
    assert known is not None
    DataKey.objects.filter(pk=known.emergency.key_id).update(retired_at=clock.now())
    after = leads(cast)
    assert after is not None
    assert after.emergency.key.retired_at is not None


def test_an_emergency_begins_and_ends_by_the_clock_alone(cast: Cast, clock_at: Clock) -> None:
    known = leads(cast)
    assert known is not None
    Emergency.objects.filter(pk=known.emergency_id).update(ended_at=clock.now() + timedelta(hours=1))
    assert leads(cast) == known
    clock_at.move(hours=1)
    assert leads(cast) is None
    clock_at.move(hours=-0.5)
    assert leads(cast) == known
