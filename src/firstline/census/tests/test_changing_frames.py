"""Whatever happens to a frame of doors while it is being visited, every dwelling is counted once.

Declared, listed, walked, added, merged, split and taken back in any order, with attempts between: what is stored is
what the facts add up to, the account closes, and the pictures show the doors that are counted.
"""

import contextlib
from collections import Counter
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.census.actions import (
    change_rules,
    freeze_frame,
    record_attempt,
    record_many,
    void_attempt,
    void_many,
)
from firstline.census.coverage import coverage
from firstline.census.giving import Given
from firstline.census.jobs import rederive
from firstline.census.models import Attempt, DoorState
from firstline.census.rebuild import rebuild
from firstline.census.results import Channel, Outcome, Result
from firstline.census.selectors import next_door, standings
from firstline.kernel import clock, scope
from firstline.kernel.errors import FirstlineError
from firstline.kernel.paths import subtree
from firstline.places import actions
from firstline.places.derivation import rebuild_frames
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Door, Frame
from firstline.testing.cast import Cast

ROOMS = ("101", "102", "201", "202", "101/2", "102A", "301")
LINES = ("1号楼 2单元3层每层2户", "3号楼 1单元2层每层2户", "4号楼 2层每层3户")
STEPS = [
    "visit",
    "void",
    "many",
    "void_many",
    "freeze",
    "rules",
    "merge",
    "split",
    "add",
    "walk",
    "list",
    "declare",
    "withdraw",
]
STEP = st.tuples(st.sampled_from(STEPS), st.integers(0, 40), st.integers(0, 40))


class Life:
    """One history of a compound; each step picks by numbers from what there is."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.declared: list = []  # type: ignore[type-arg]

    def step(self, what: str, one: int, other: int) -> None:
        # What cannot be done is refused whole; that too must leave the counts right.
        with contextlib.suppress(FirstlineError):
            getattr(self, what)(one, other)

    def doors(self) -> list[Door]:
        found = Door.objects.filter(building__compound=self.cast.compound).select_related("building")
        return list(found.order_by("path"))

    def pick(self, number: int) -> Door:
        doors = self.doors()
        return doors[number % len(doors)]

    def visit(self, one: int, other: int) -> None:
        result = Result.values[other % len(Result.values)]
        at = clock.now() - timedelta(hours=other)
        channel = Channel.values[one % len(Channel.values)]
        record_attempt(self.cast.director, door_id=self.pick(one).pk, result=result, channel=channel, happened_at=at)

    def many(self, one: int, other: int) -> None:
        results = [Result.values[(other + more) % len(Result.values)] for more in range(3)]
        attempts = [Given(self.pick(one + at // 2).pk, result) for at, result in enumerate(results)]
        record_many(self.cast.director, compound_id=self.cast.compound.pk, attempts=attempts)

    def void_many(self, one: int, other: int) -> None:
        with scope.enter(self.cast.director):
            tried = list(Attempt.objects.order_by("id").values_list("pk", flat=True))
        void_many(
            self.cast.director, compound_id=self.cast.compound.pk, attempt_ids=tried[one % 7 : one % 7 + other % 5]
        )

    def freeze(self, _one: int, _other: int) -> None:
        freeze_frame(self.cast.county_officer, campaign_id=self.cast.campaign.pk)

    def rules(self, one: int, other: int) -> None:
        rules = {"lists_complete": one % 2 == 0, "knocks_before_notice": 1 + other % 3}
        change_rules(self.cast.county_officer, campaign_id=self.cast.campaign.pk, rules=rules)
        # What the worker does soon after.
        rederive(self.cast.county_officer, self.cast.campaign.pk)

    def void(self, one: int, _other: int) -> None:
        with scope.enter(self.cast.director):
            tried = list(Attempt.objects.order_by("id"))
        if tried:
            void_attempt(self.cast.director, attempt_id=tried[one % len(tried)].pk)

    def merge(self, one: int, other: int) -> None:
        ids = [self.pick(one).pk, self.pick(one + 1 + other % 3).pk]
        actions.merge_doors(self.cast.director, door_ids=ids, into=ROOMS[other % len(ROOMS)])

    def split(self, one: int, other: int) -> None:
        door = self.pick(one)
        into = [door.room, f"{door.room}/2"] if other % 2 else [f"{door.room}A", f"{door.room}B"]
        actions.split_door(self.cast.director, door_id=door.pk, into=into)

    def add(self, one: int, other: int) -> None:
        building = self.pick(one).building
        actions.add_door(self.cast.director, building_id=building.pk, text=f"{building.label}-1-{ROOMS[other % 7]}")

    def walk(self, one: int, other: int) -> None:
        building_id = self.pick(one).building_id
        actions.walk_frame(self.cast.director, building_id=building_id, happened_at=clock.now(), doors_found=other)

    def list(self, one: int, other: int) -> None:
        building = self.pick(one).building
        room = ROOMS[other % 4]
        proposal = DoorProposal(building.label, "1", room, f"{building.label}-1-{room}", int(room[0]))
        ensure_doors(self.cast.compound, [proposal], how=Frame.LISTED, by=self.cast.director)

    def declare(self, one: int, _other: int) -> None:
        line = LINES[one % len(LINES)]
        made = actions.declare_buildings(self.cast.director, compound_id=self.cast.compound.pk, line=line)
        self.declared.append(made.id)

    def withdraw(self, one: int, _other: int) -> None:
        if self.declared:
            declaration_id = self.declared[one % len(self.declared)]
            actions.withdraw_declaration(self.cast.director, declaration_id=declaration_id)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(STEP, min_size=1, max_size=14))
def test_every_dwelling_is_counted_once(cast: Cast, history: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        life = Life(cast)
        for step in history:
            life.step(*step)

        within = subtree(cast.compound.place.path)
        assert list(rebuild_frames(cast.director, within, write=False)) == []
        assert list(rebuild(cast.director, cast.campaign.pk, within, write=False)) == []
        total = coverage(within).total
        dwellings = Door.objects.standing().filter(building__compound=cast.compound)
        assert total.doors == dwellings.count()
        assert min(total.counts.values()) >= 0
        assert total.closes
        with scope.enter(cast.director):
            drawn = standings(cast.campaign.pk, within)
            assert not DoorState.objects.exclude(door__ended_at=None).exists()
        assert {standing.id for standing in drawn} == set(dwellings.values_list("pk", flat=True))
        counted = {outcome.value: count for outcome, count in total.counts.items() if count}
        assert counted == Counter(standing.outcome for standing in drawn)
        transaction.set_rollback(True)


def test_what_was_tried_at_a_door_that_ended_stays_and_counts_no_more(cast: Cast) -> None:
    gone = Door.id_for(cast.compound.pk, "1-1-102")
    record_attempt(cast.worker, door_id=gone, result=Result.REGISTERED)
    actions.merge_doors(cast.worker, door_ids=[cast.door.pk, gone], into="101")

    account = coverage(subtree(cast.compound.place.path)).total
    assert (account.doors, account.counts[Outcome.REGISTERED], account.counts[Outcome.UNTRIED]) == (23, 0, 23)
    with scope.enter(cast.worker):
        assert Attempt.objects.filter(door_id=gone).count() == 1
        following = next_door(cast.campaign.pk, cast.building, 1)
    assert following is not None
    assert following.label == "1-1-201"


def test_a_late_attempt_at_a_door_that_ended_is_taken_and_changes_no_count(cast: Cast) -> None:
    gone = Door.id_for(cast.compound.pk, "1-1-102")
    actions.merge_doors(cast.worker, door_ids=[cast.door.pk, gone], into="101")

    attempt = record_attempt(cast.worker, door_id=gone, result=Result.NO_ANSWER)
    within = subtree(cast.compound.place.path)
    assert coverage(within).total.counts[Outcome.UNTRIED] == 23
    void_attempt(cast.worker, attempt_id=attempt.pk)
    assert list(rebuild(cast.director, cast.campaign.pk, within, write=False)) == []
