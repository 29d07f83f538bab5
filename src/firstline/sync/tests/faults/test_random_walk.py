"""Devices, network and server fail at random for a day; in the evening everything is there, and each thing once.

Each walk is a seed; a failing one is played again by its number.
"""

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.utils import timezone

from firstline.accounts.devices.actions import move_device, revoke_device
from firstline.accounts.models import Device as Enrolled
from firstline.census.models import Attempt, AttemptVoid
from firstline.census.rebuild import rebuild
from firstline.kernel import clock, scope
from firstline.kernel.paths import subtree
from firstline.places.models import Building, Compound, Door
from firstline.registry.models import Mention
from firstline.sync.feed import documents
from firstline.sync.feed.tests.following import Follower
from firstline.sync.feed.tests.test_nothing_untouched import anew
from firstline.sync.intake.keeping import in_force
from firstline.sync.jobs import try_all_held
from firstline.sync.kept.actions import leave_theirs
from firstline.sync.kept.admitting import admit
from firstline.sync.models import OPEN, Kept, KeptState
from firstline.sync.tests.faults.devices import Device
from firstline.sync.tests.faults.network import COMMITTED, FAULTS, UNCOMMITTED, Network, failing
from firstline.sync.tests.phones import phone_of
from firstline.testing.cast import COMMUNITY, Cast

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

STEPS, SEEDS = 90, 24
DECIDE = "/devices/kept/decide/"
RESULTS = ("no_answer", "registered", "come_back", "refused_safety", "vacant", "partial")
MINUTE_MS, DAY_MS = 60_000, 86_400_000
# How often each happens beside the others.
STEP = {"record": 9, "send": 8, "follow": 3, "hand_over": 2, "carry": 3, "jump": 1, "move": 1, "decide": 1, "revoke": 1}


@dataclass
class Walk:
    """A community's devices for a day. ``visits`` is what was really done, by whom; ``voided`` what was taken back."""

    cast: Cast
    dice: random.Random
    devices: list[Device]
    network: Network
    visits: dict[str, Device] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    found: dict[str, list[str]] = field(default_factory=dict)
    people: int = 0
    edits: int = 0
    known: dict[str, str] = field(default_factory=dict)

    def step(self) -> None:
        name = self.dice.choices(list(STEP), list(STEP.values()))[0]
        getattr(self, name)(self.dice.choice(self.devices))

    def record(self, device: Device) -> None:
        act: Callable[[Device], None] = self.dice.choices(
            [self.visit, self.void, self.find, self.describe], [6, 2, 1, 1]
        )[0]
        act(device)

    def visit(self, device: Device) -> None:
        """At a door of its place, one that somebody found on the spot, or, now and then, one that is not its own."""
        compound = self.compound(device)
        if self.dice.random() < 0.1:
            compound = self.dice.choice([self.cast.compound, self.cast.compound_next])
        door_id, after = str(self.dice.choice(self.doors(compound)).pk), list[str]()
        if self.found and self.dice.random() < 0.2:
            door_id = self.dice.choice(sorted(self.found))
            after = [self.dice.choice(self.found[door_id])]
        result = self.dice.choice(RESULTS)
        people = (
            [{"name": f"王建{number}"} for number in range(self.dice.randrange(3))] if result == "registered" else []
        )
        made = device.make("census.record_attempt", {"door_id": door_id, "result": result, "people": people}, *after)
        self.visits[made] = device
        self.people += len(people)

    def void(self, device: Device) -> None:
        """Any visit of its own, which may have been taken back before."""
        mine = [one for one, maker in self.visits.items() if maker is device]
        if mine:
            taken_back = self.dice.choice(mine)
            self.voided.add(taken_back)
            device.make("census.void_attempt", {"attempt_id": taken_back}, taken_back)

    def find(self, device: Device) -> None:
        """A door that is on no record; two devices may find the same one."""
        compound, room = self.compound(device), f"90{self.dice.randrange(1, 4)}"
        door_id = str(Door.id_for(compound.pk, f"1-1-{room}"))
        building = Building.objects.get(compound=compound, label="1")
        body = {"door_id": door_id, "building_id": str(building.pk), "unit": "1", "room": room}
        self.found.setdefault(door_id, []).append(device.make("places.add_door", body))

    def describe(self, device: Device) -> None:
        """An edit of what the device believes to stand there, which may be long past, or what others said too."""
        compound_id = str(self.compound(device).pk)
        self.edits += 1
        new = self.dice.choice(["北门", "东门", f"{self.edits}号门"])
        base = self.dice.choice(["", self.known.get(compound_id, "")])
        self.known[compound_id] = new
        said = {"compound_id": compound_id, "base": {"address": base}, "fields": {"address": new}}
        device.make("places.describe_compound", said)

    def send(self, device: Device) -> None:
        """The first that wait, as many as it likes, or any of them; now and then some twice, or such as were answered
        before, in any order."""
        entries = device.waiting[: self.dice.randrange(1, 12)]
        if entries and self.dice.random() < 0.3:
            entries = self.dice.sample(device.waiting, self.dice.randint(1, len(device.waiting)))
            entries += self.dice.choices(entries, k=self.dice.randint(0, 2))
        if device.outbox and self.dice.random() < 0.3:
            entries = [*entries, *self.dice.choices(device.outbox, k=3)]
            self.dice.shuffle(entries)
        device.send(self.network, entries)

    def follow(self, device: Device) -> None:
        if not device.revoked:
            device.follow(self.network)

    def hand_over(self, device: Device) -> None:
        device.hand_over(self.dice.choice([one for one in self.devices if one is not device]))

    def carry(self, device: Device) -> None:
        device.carry(self.network)

    def jump(self, device: Device) -> None:
        device.jump(self.dice.choice([-DAY_MS, -MINUTE_MS, MINUTE_MS, 11 * MINUTE_MS, DAY_MS]))

    def move(self, _device: Device) -> None:
        """Devices of the director, whose role holds in both compounds."""
        device = self.dice.choice([one for one in self.devices[1:3] if not one.revoked])
        place = self.dice.choice([COMMUNITY, self.cast.compound.place.path, self.cast.compound_next.place.path])
        if place != device.place:
            device.place = place
            move_device(self.cast.director, device_id=device.phone.device_id, path=place)

    def revoke(self, _device: Device) -> None:
        """The first of the director's or the last of the worker's, each once, late in the day."""
        device = self.dice.choice([self.devices[1], self.devices[4]])
        if not device.revoked and len(self.visits) > 15:
            revoke_device(self.cast.director, device_id=device.phone.device_id)
            device.revoked = True

    def decide(self, _device: Device | None = None) -> None:
        """A person admits some of what is kept, and between edits that met takes one or the other."""
        with scope.enter(self.cast.director):
            kept = list(Kept.objects.filter(state__in=OPEN).exclude(state=KeptState.HELD).values_list("pk", "state"))
        for pk, state in kept:
            fault = "" if self.network.calm else self.dice.choice(["", UNCOMMITTED, COMMITTED])
            with suppress(OperationalError), failing(fault):
                if state == KeptState.CONFLICT and self.dice.random() < 0.5:
                    leave_theirs(self.cast.director, kept_ids=[pk])
                else:
                    admit(self.cast.director, kept_ids=[pk], take=state == KeptState.CONFLICT)

    def evening(self) -> None:
        """Everybody comes home, and the supervisor goes through the lists."""
        self.network.calm = True
        for device in self.devices:
            device.carry(self.network)
            while device.waiting:
                assert device.send(self.network, device.waiting[:7])
        for device in self.devices:
            self.admit_revoked(device)
        # Deciding about one may let another be decided: what was done at a door that was found, after the door.
        for _round in range(4):
            self.decide()
            try_all_held()

    def admit_revoked(self, device: Device) -> None:
        """All of what a device sent after it was revoked, by one key of the supervisor's page."""
        if device.revoked:
            one_line = {"state": "quarantined", "code": "device_revoked", "how": "admit"}
            self.cast.director.client().post(DECIDE, {"device": str(device.phone.device_id), **one_line})

    def compound(self, device: Device) -> Compound:
        if device.place == COMMUNITY:
            return self.dice.choice([self.cast.compound, self.cast.compound_next])
        here = device.place == self.cast.compound.place.path
        return self.cast.compound if here else self.cast.compound_next

    def doors(self, compound: Compound) -> list[Door]:
        return list(Door.objects.filter(building__compound=compound, ended_at=None).order_by("path")[:5])


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents say what holds at one moment, however long the walk takes."""
    noon = timezone.localtime(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(documents, "clock", SimpleNamespace(now=lambda: noon))


@pytest.fixture
def devices(cast: Cast) -> list[Device]:
    here, there = cast.compound.place.path, cast.compound_next.place.path
    since = clock.now() - timedelta(days=1)

    def enrolled(person_id: UUID, path: str) -> Device:
        phone = phone_of(person_id, path, valid_from=since)
        Enrolled.objects.filter(pk=phone.device_id).update(enrolled_at=since)
        return Device(phone, Follower(phone), path)

    return [
        enrolled(cast.worker.person_id, here),
        enrolled(cast.director.person_id, here),
        enrolled(cast.director.person_id, there),
        enrolled(cast.worker_next.person_id, there),
        enrolled(cast.worker.person_id, here),
    ]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_in_the_evening_everything_is_there_once(cast: Cast, devices: list[Device], seed: int) -> None:
    dice = random.Random(seed)
    walk = Walk(cast, dice, devices, Network(dice))
    for _step in range(STEPS):
        walk.step()
    walk.evening()
    made: dict[str, Any] = {one.command["id"]: one for device in devices for one in device.outbox}

    with scope.enter(cast.director):
        facts = {str(pk) for pk in in_force([UUID(one) for one in made])}
        kept = {str(pk): (state, code) for pk, state, code in Kept.objects.values_list("pk", "state", "code")}
        # Every command is a fact or was set aside by a person; nothing is both, and nothing waits.
        aside = {one for one, (state, _code) in kept.items() if state == KeptState.SET_ASIDE}
        assert {one: how for one, how in kept.items() if how[0] in OPEN} == {}
        assert facts | aside == made.keys()
        assert not facts & aside
        assert {made[one].command["kind"] for one in aside} <= {"places.describe_compound"}
        # Each visit once, by the device that made it, with whoever was met there; each taken back once.
        visits = {str(one.pk): one.by_device_id for one in Attempt.objects.all()}
        assert visits == {one: device.phone.device_id for one, device in walk.visits.items()}
        assert Mention.objects.count() == walk.people
        assert Counter(str(one.attempt_id) for one in AttemptVoid.objects.all()) == Counter(walk.voided)
    assert Door.objects.filter(pk__in=walk.found).count() == len(walk.found)
    assert not list(rebuild(cast.director, cast.campaign.pk, subtree(COMMUNITY), write=False))

    for device in devices:
        # What comes again is a duplicate, or what a person set aside; what is followed is what there is.
        assert device.send(walk.network, device.outbox)
        assert {one.status for one in device.outbox if one.command["id"] in facts} <= {"duplicate"}
        if not device.revoked:
            assert device.follow(walk.network)
            assert device.follower.doors == anew(device.follower)
    assert sum(walk.network.met[fault] for fault in FAULTS)
