"""Ten thousand gaps at once: opened, told and closed in sets, whatever their number."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from firstline.gaps.models import Gap, GapEvent, Sweep, What
from firstline.gaps.sweeping import sweep
from firstline.gaps.tests.open import only_late
from firstline.kernel.actors import console
from firstline.kernel.gap_sources import Late
from firstline.notify.models import Message, Receipt
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast
from firstline.testing.time import Clock

MANY = 10_000
# So many statements a sweep may cost, however much there is.
AT_MOST = 45


@pytest.fixture
def storm(cast: Cast, clock_at: Clock, monkeypatch: pytest.MonkeyPatch) -> list[Late]:
    """What every compound of two communities finds late at the same moment; a test takes away what is done."""
    due = clock_at.now() - timedelta(minutes=1)
    late = [
        Late("steps_overdue", f"{community}/{number:04}", 3, due - timedelta(hours=1), due)
        for community in (COMMUNITY, COMMUNITY_ELSEWHERE)
        for number in range(MANY // 2)
    ]
    only_late(monkeypatch, late)
    return late


def test_all_of_it_opens_climbs_and_closes_in_a_few_statements(storm: list[Late], clock_at: Clock) -> None:
    with CaptureQueriesContext(connection) as opening:
        assert sweep(console()).opened == MANY
    clock_at.move(days=1)
    with CaptureQueriesContext(connection) as climbing:
        assert sweep(console()).climbed == MANY
    left = storm.pop()
    storm.clear()
    storm.append(left)
    with CaptureQueriesContext(connection) as closing:
        assert sweep(console()).closed == MANY - 1
    assert max(len(opening), len(climbing), len(closing)) <= AT_MOST
    assert Gap.objects.get(closed_at=None).path == left.path
    told = {what: GapEvent.objects.filter(what=what).count() for what in (What.OPENED, What.CLIMBED, What.CLOSED)}
    assert told == {What.OPENED: MANY, What.CLIMBED: MANY, What.CLOSED: MANY - 1}
    assert Sweep.objects.count() == 3
    by_person = Receipt.objects.values("receiver_id", "message__kind").annotate(messages=Count("message_id"))
    assert {one["messages"] for one in by_person} == {1}, "a person hears of a kind once"
    for happened in ("late", "climbed"):
        said = Message.objects.filter(kind=f"gaps.{happened}.steps_overdue")
        assert sum(int(message.words["count"]) for message in said) == 3 * MANY
