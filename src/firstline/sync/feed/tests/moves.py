"""Everything people do that a door's document shows: one move each, for a walk in any order."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from firstline.census import actions as census
from firstline.census.callbacks import actions as calls
from firstline.census.giving import Given
from firstline.census.models import Campaign
from firstline.census.paper import actions as paper
from firstline.census.paper.tests.sheets import printed
from firstline.census.results import Result
from firstline.census.walk import actions as walk
from firstline.census.walk.errors import MayNotWalk
from firstline.kernel import clock, scope
from firstline.kernel.ids import uuid7
from firstline.places import actions as places
from firstline.places.frames import DoorProposal
from firstline.places.models import Door
from firstline.registry import actions as lists
from firstline.registry.actions import PutRight
from firstline.registry.models import RowKind
from firstline.registry.person_line import PersonSaid
from firstline.registry.tests.lists import encoded, staged
from firstline.response import actions as response
from firstline.response.models import Level
from firstline.testing.cast import COMMUNITY, COUNTY, Cast
from firstline.testing.queue import work_off

_LINE = "3号楼 1单元2层每层2户"
_RESULTS = (Result.NO_ANSWER, Result.REGISTERED, Result.REFUSED, Result.COME_BACK, Result.VACANT, Result.PARTIAL)


@dataclass
class Moves:
    """A community at work. A move that has nothing to move, or is refused, leaves everything as it was."""

    cast: Cast
    dice: random.Random
    attempts: list[UUID] = field(default_factory=list)
    many: list[UUID] = field(default_factory=list)
    declared: list[UUID] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    steps: list[UUID] = field(default_factory=list)
    shares: list[UUID] = field(default_factory=list)
    lists: int = 0

    def of(self, name: str) -> Callable[[], object]:
        return getattr(self, name)  # type: ignore[no-any-return]

    def record(self) -> None:
        result = self.dice.choice(_RESULTS)
        people = [self.person()] if result in {Result.REGISTERED, Result.PARTIAL} else []
        made = census.record_attempt(self.cast.worker, door_id=self.door().pk, result=result, people=people)
        self.attempts.append(made.pk)

    def void(self) -> None:
        census.void_attempt(self.cast.director, attempt_id=self.taken(self.attempts))

    def record_many(self) -> None:
        given = [
            Given(
                door_id=self.door().pk,
                result=Result.REGISTERED,
                channel="phone",
                happened_at=clock.now(),
                attempt_id=uuid7(),
                people=[self.person()],
            )
            for _attempt in range(3)
        ]
        self.many += census.record_many(self.cast.worker, compound_id=self.cast.compound.pk, attempts=given)

    def void_many(self) -> None:
        census.void_many(self.cast.director, compound_id=self.cast.compound.pk, attempt_ids=self.many)

    def add_door(self) -> None:
        text = f"1-1-{self.dice.randrange(1, 5)}0{self.dice.randrange(1, 6)}"
        places.add_door(self.cast.worker, building_id=self.cast.building.pk, text=text)

    def merge(self) -> None:
        one = self.door()
        other = self.dice.choice([door for door in self.doors() if door.building_id == one.building_id])
        places.merge_doors(self.cast.worker, door_ids=[one.pk, other.pk], into=one.label)

    def split(self) -> None:
        door = self.door()
        parts = [f"{door.label}A", f"{door.label}B"] if self.dice.random() < 0.5 else [door.label, f"{door.label}B"]
        places.split_door(self.cast.worker, door_id=door.pk, into=parts)

    def declare(self) -> None:
        made = places.declare_buildings(self.cast.director, compound_id=self.cast.compound.pk, line=_LINE)
        self.declared.append(made.id)

    def withdraw(self) -> None:
        places.withdraw_declaration(self.cast.director, declaration_id=self.taken(self.declared))

    def accept_list(self) -> None:
        self.lists += 1
        rows = f"1-1-10{self.dice.randrange(1, 3)},王建国,\n9-1-10{self.lists},陈志博,\n看不清,张无门{self.lists},\n"
        file = staged(self.cast.director, self.cast.compound, encoded(f"房号,姓名,备注\n{rows}"))
        lists.accept_file(self.cast.director, file_id=file.pk)
        self.files.append(file)

    def void_list(self) -> None:
        lists.void_file(self.cast.director, file_id=self.dice.choice(self.files).pk)

    def put_right(self) -> None:
        file, row = self.row()
        door = DoorProposal("1", "1", "202", "1-1-202", 2)
        lists.put_right(self.cast.typist, file_id=file.pk, rows=[PutRight(row, door, (self.person(),))])

    def take_back_row(self) -> None:
        file, row = self.row()
        lists.take_back(self.cast.typist, file_id=file.pk, row_ids=[row])

    def hand_out(self) -> None:
        kind = self.dice.choice(["form", "notice"])
        if self.dice.random() < 0.5:
            (number,) = printed(self.cast, kind, [self.door()])
            attempt = paper.hand_out(self.cast.worker, number=number)
        else:
            (number,) = printed(self.cast, kind, blank=1)
            attempt = paper.hand_out(self.cast.worker, number=number, door_id=self.door().pk)
        self.numbers.append(number)
        self.attempts.append(attempt.pk)

    def fetch(self) -> None:
        self.steps += [step.pk for step in paper.fetch(self.cast.worker, numbers=[self.dice.choice(self.numbers)])]

    def lose(self) -> None:
        self.steps += [step.pk for step in paper.lose(self.cast.worker, numbers=[self.dice.choice(self.numbers)])]

    def enter_sheet(self) -> None:
        entered = paper.enter(self.cast.typist, number=self.dice.choice(self.numbers), people=[self.person()])
        self.attempts.append(entered.pk)

    def take_back_step(self) -> None:
        paper.take_back(self.cast.director, step_id=self.taken(self.steps))

    def call(self) -> None:
        call = calls.log_call(self.cast.director, path=COMMUNITY, number="13812344321", taken=True)
        made = calls.complete(
            self.cast.director,
            callback_id=call.pk,
            door_id=self.door().pk,
            result=Result.REGISTERED,
            people=[self.person()],
        )
        self.attempts.append(made.pk)

    def share(self) -> None:
        people = [self.cast.worker.person_id, self.cast.director.person_id]
        slot = self.dice.choice(["day", "evening"])
        made = walk.share_walk(
            self.cast.director, path=self.cast.compound.place.path, slot=slot, people=people, minutes_each=60
        )
        self.shares.append(made.pk)

    def share_again(self) -> None:
        missing = self.cast.worker.person_id
        walk.share_again(self.cast.director, share_id=self.dice.choice(self.shares), missing=missing)

    def move_stairwell(self) -> None:
        giver, taker = self.cast.worker.person_id, self.cast.director.person_id
        share_id = self.dice.choice(self.shares)
        for unit in ("1", "2"):
            for building in ("1", "2"):
                building_id = self.cast.building_of(self.cast.compound, building).pk
                with suppress(MayNotWalk):  # they have none of this stairwell
                    walk.move_stairwell(
                        self.cast.director,
                        share_id=share_id,
                        building_id=building_id,
                        unit=unit,
                        giver=giver,
                        taker=taker,
                    )

    def lead(self) -> None:
        census.open_campaign(self.cast.director, path=COMMUNITY, name=f"{self.dice.random()}", leads=True)

    def lead_with_the_first(self) -> None:
        census.lead_with(self.cast.county_officer, campaign_id=self.cast.campaign.pk)

    def change_rules(self) -> None:
        with scope.enter(self.cast.director):
            campaign = Campaign.objects.filter(leads=True, path__in=[COMMUNITY, COUNTY]).latest("started_at")
        rules = {"knocks_before_notice": self.dice.randrange(1, 4), "refusal_days": self.dice.randrange(1, 5)}
        census.change_rules(self.cast.county_officer, campaign_id=campaign.pk, rules=rules)
        work_off()

    def freeze(self) -> None:
        census.freeze_frame(self.cast.county_officer, campaign_id=self.cast.campaign.pk)
        work_off()

    def end_emergency(self) -> None:
        response.end(self.cast.county_officer, emergency_id=self.cast.emergency.pk, ended_at=clock.now())

    def declare_emergency(self) -> None:
        response.declare(self.cast.county_officer, path=COUNTY, name="再次", level=Level.II, legal_basis="传染病防治法")

    def destroy_keys(self) -> None:
        """Two people, after the time for keeping is over."""
        ended = clock.now() - timedelta(minutes=1)
        response.end(self.cast.county_officer, emergency_id=self.cast.emergency.pk, ended_at=ended, keep_days=0)
        response.propose_destruction(self.cast.county_officer, emergency_id=self.cast.emergency.pk)
        response.confirm_destruction(self.cast.second_officer, emergency_id=self.cast.emergency.pk)

    def doors(self) -> list[Door]:
        return list(Door.objects.standing().filter(building__compound=self.cast.compound).order_by("path"))

    def door(self) -> Door:
        return self.dice.choice(self.doors())

    def person(self) -> PersonSaid:
        return PersonSaid(
            self.dice.choice(["王建国", "李梅", "赵小军"]), phones=(f"139{self.dice.randrange(10**8):08d}",)
        )

    def row(self) -> tuple[Any, UUID]:
        file = self.dice.choice(self.files)
        with scope.enter(self.cast.director):
            return file, file.rows.get(kind=RowKind.PARKED).pk

    def taken(self, ids: list[UUID]) -> UUID:
        return ids.pop(self.dice.choice(range(len(ids))))


# What must come before, so that a move has something to move.
BEFORE: dict[str, tuple[str, ...]] = {
    "record": (),
    "void": ("record",),
    "record_many": (),
    "void_many": ("record_many",),
    "add_door": (),
    "merge": ("record", "record", "record"),
    "split": ("record",),
    "declare": (),
    "withdraw": ("declare",),
    "accept_list": (),
    "void_list": ("accept_list",),
    "put_right": ("accept_list",),
    "take_back_row": ("accept_list", "put_right"),
    "hand_out": (),
    "fetch": ("hand_out", "hand_out", "hand_out"),
    "lose": ("hand_out",),
    "enter_sheet": ("hand_out",) * 6,
    "take_back_step": ("hand_out", "lose"),
    "call": (),
    "share": (),
    "share_again": ("share",),
    "move_stairwell": ("share",),
    "lead": ("record",),
    "lead_with_the_first": ("record", "lead"),
    "change_rules": ("record", "record", "record", "record", "record"),
    "freeze": ("accept_list",),
    "end_emergency": ("record",),
    "declare_emergency": ("record", "end_emergency"),
    "destroy_keys": ("record_many",),
}
# What these change shows at no door by itself.
UNSEEN = {"freeze", "declare_emergency"}
# Nobody works on after these.
LAST = {"end_emergency", "declare_emergency", "destroy_keys"}
