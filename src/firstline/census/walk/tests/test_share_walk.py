"""Sharing out on record: who has which door, what moves when somebody is missing, and who may."""

import uuid
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.models import Share, ShareDoor
from firstline.census.next_steps import Slot
from firstline.census.walk.actions import move_stairwell, share_again, share_walk
from firstline.census.walk.errors import MayNotWalk, MinutesNotSaid, NothingToShare, NotOnTheTeam, ShareWithNobody
from firstline.census.walk.selectors import holders
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.paths import subtree
from firstline.places.selectors import doors_of
from firstline.testing.cast import COMMUNITY, OTHER_COMMUNITY, Cast


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Twelve o'clock today: by day, whenever the tests run."""
    moment = timezone.localtime(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def shared(cast: Cast, *people: uuid.UUID, minutes: int = 480, slot: str = "day", path: str = "") -> Share:
    team = people or (cast.worker.person_id, cast.director.person_id)
    return share_walk(
        cast.director, path=path or cast.compound.place.path, slot=slot, people=team, minutes_each=minutes
    )


def held(cast: Cast) -> dict[uuid.UUID, uuid.UUID]:
    with scope.enter(cast.director):
        return holders(cast.campaign.pk, timezone.localdate(clock.now()), Slot.DAY, [subtree(COMMUNITY)])


def test_every_door_has_one_walker_and_buildings_stay_whole(cast: Cast) -> None:
    shared(cast)
    assert sorted(Counter(held(cast).values()).values()) == [12, 12]
    with scope.enter(cast.director):
        buildings = ShareDoor.objects.values_list("person_id", "door__building__label").distinct()
        assert len(set(buildings)) == 2


def test_it_is_on_record(cast: Cast) -> None:
    share = shared(cast)
    with scope.enter(cast.director):
        entry = LedgerEntry.objects.get(action="census.share_walk")
    assert entry.subject_id == share.pk


def test_what_does_not_fit_is_nobodys(cast: Cast) -> None:
    shared(cast, minutes=15)
    assert len(held(cast)) == 6  # two people, a quarter of an hour each: the way, then three minutes a door


def test_shared_anew_the_latest_counts(cast: Cast) -> None:
    shared(cast)
    shared(cast, cast.director.person_id, minutes=30)
    assert Counter(held(cast).values()) == {cast.director.person_id: 6}


def test_who_is_missing_leaves_only_what_is_not_done(cast: Cast, noon: datetime) -> None:
    share = shared(cast, cast.worker.person_id, cast.director.person_id, cast.typist.person_id)
    before = held(cast)
    done = next(door_id for door_id, person in before.items() if person == cast.worker.person_id)
    record_attempt(cast.worker, door_id=done, result="vacant", happened_at=noon)
    share_again(cast.director, share_id=share.pk, missing=cast.worker.person_id)
    after = held(cast)
    others = {door_id: person for door_id, person in before.items() if person != cast.worker.person_id}
    assert others.items() <= after.items()
    assert {door_id for door_id, person in after.items() if person == cast.worker.person_id} == {done}
    counted = Counter(after.values())
    assert abs(counted[cast.director.person_id] - counted[cast.typist.person_id]) <= 2


def test_a_stairwell_moves_at_a_press(cast: Cast) -> None:
    share = shared(cast)
    door = cast.door_of(cast.compound, "1-1-301")
    giver = held(cast)[door.pk]
    (taker,) = [person for person in share.people if person != giver]
    move_stairwell(cast.director, share_id=share.pk, building_id=door.building_id, unit="1", giver=giver, taker=taker)
    assert Counter(held(cast).values()) == {giver: 6, taker: 18}


def test_nobody_is_given_a_door_they_should_not_go_to_again(cast: Cast, noon: datetime) -> None:
    for hours in (2, 1):
        record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", happened_at=noon - timedelta(hours=hours))
    share_walk(
        cast.director,
        path=cast.compound.place.path,
        slot="evening",
        people=[cast.worker.person_id, cast.director.person_id],
        minutes_each=480,
    )
    with scope.enter(cast.director):
        found = ShareDoor.objects.get(door=cast.door, slot="evening")
    assert found.person_id == cast.director.person_id


def test_a_stairwell_does_not_go_to_who_may_not_go_there(cast: Cast) -> None:
    share = shared(cast, cast.director.person_id, cast.worker.person_id, path=COMMUNITY)
    door = cast.door_of(cast.compound_next, "1-1-301")
    with pytest.raises(MayNotWalk):
        move_stairwell(
            cast.director,
            share_id=share.pk,
            building_id=door.building_id,
            unit="1",
            giver=cast.director.person_id,
            taker=cast.worker.person_id,
        )


def test_everybody_walks_only_where_they_belong(cast: Cast) -> None:
    shared(cast, cast.worker.person_id, cast.worker_next.person_id, path=COMMUNITY)
    with scope.enter(cast.director):
        rows = ShareDoor.objects.values_list("person_id", "door__building__compound_id").distinct()
    assert set(rows) == {
        (cast.worker.person_id, cast.compound.pk),
        (cast.worker_next.person_id, cast.compound_next.pk),
    }


def test_what_cannot_be_shared_out_says_why(cast: Cast) -> None:
    with pytest.raises(ShareWithNobody):
        shared(cast, cast.worker_elsewhere.person_id)
    with pytest.raises(MinutesNotSaid):
        shared(cast, minutes=0)
    for door in doors_of(cast.building_of(cast.compound_next)):
        record_attempt(cast.worker_next, door_id=door.pk, result="vacant")
    with pytest.raises(NothingToShare):
        shared(cast, cast.worker_next.person_id, path=cast.compound_next.place.path)


def test_missing_is_only_who_was_on_the_team(cast: Cast) -> None:
    share = shared(cast)
    with pytest.raises(NotOnTheTeam):
        share_again(cast.director, share_id=share.pk, missing=cast.typist.person_id)
    alone = shared(cast, cast.worker.person_id)
    with pytest.raises(ShareWithNobody):
        share_again(cast.director, share_id=alone.pk, missing=cast.worker.person_id)


def test_only_the_director_shares_out_and_only_at_home(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        share_walk(cast.worker, path=cast.compound.place.path, slot="day", people=[], minutes_each=60)
    with pytest.raises(NotFound):
        shared(cast, path=OTHER_COMMUNITY)
    share = shared(cast)
    with pytest.raises(Forbidden):
        share_again(cast.worker, share_id=share.pk, missing=cast.worker.person_id)
    with pytest.raises(NotFound):
        share_again(cast.director, share_id=uuid.uuid4(), missing=cast.worker.person_id)


def test_the_page_shares_out_and_explains(cast: Cast) -> None:
    client = cast.director.client()
    form = {
        "at": cast.compound.place.path,
        "when": "day",
        "minutes": "120",
        "people": [str(cast.worker.person_id), str(cast.director.person_id)],
    }
    page = client.post(reverse("census:share"), form, follow=True)
    assert [hand.doors for hand in page.context["hands"]] == [12, 12]
    assert "每人约" in page.content.decode()
    assert page.context["unshared"] == 0


def test_the_page_keeps_its_budget(cast: Cast, statement_budget: Budget) -> None:
    shared(cast)
    client = cast.director.client()
    with statement_budget("census.share"):
        client.get(reverse("census:share"), {"at": cast.compound.place.path, "when": "day"})
