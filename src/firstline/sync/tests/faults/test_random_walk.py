"""Several phones, a server that fails and a network that drops: in the end every fact is there exactly once.

Each walk is a seed; a failing one is played again by its number.
"""

import random
from typing import Any

import pytest

from firstline.accounts.devices.actions import move_device, revoke_device
from firstline.accounts.models import Device
from firstline.census.models import Attempt, AttemptVoid
from firstline.census.rebuild import rebuild
from firstline.kernel import scope
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.sync.feed.tests.following import Follower
from firstline.sync.jobs import try_all_held
from firstline.sync.models import Kept, KeptState, Receipt
from firstline.sync.tests.commands import command
from firstline.sync.tests.faults.walking import FAILURES, Failures, Walker
from firstline.sync.tests.phones import phone_of
from firstline.testing.cast import COMMUNITY, Cast

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

RESULTS = ["no_answer", "registered", "come_back", "refused_safety", "vacant", "partial"]
STEPS, WALKS = 60, 30
DECIDE = "/devices/kept/decide/"


class Walk:
    """A community's phones, and what may happen next."""

    def __init__(self, cast: Cast, seed: int, patch: pytest.MonkeyPatch) -> None:
        self.cast, self.dice, self.failures = cast, random.Random(seed), Failures()
        self.failures.install(patch)
        self.doors = [door.pk for door in cast.building.doors.order_by("position")[:4]]
        self.found = Door.id_for(cast.compound.pk, "1-1-901")
        self.phones = [self._phone(cast.worker, cast.compound.place.path) for _number in range(2)]
        self.phones.append(self._phone(cast.director, COMMUNITY))
        self.added: list[str] = []
        self.revoked: set[int] = set()

    def _phone(self, member: Any, path: str) -> Walker:
        return Walker(Follower(phone_of(member.person_id, path)), self.dice)

    def step(self) -> None:
        number = self.dice.randrange(len(self.phones))
        phone = self.phones[number]
        self.failures.next = self.dice.choice(FAILURES)
        match self.dice.choice(
            ["visit"] * 6 + ["void", "add", "send", "send", "send", "hand", "jump", "read", "rare", "describe"]
        ):
            case "visit":
                phone.visits(self.dice.choice(self.doors), self.dice.choice(RESULTS), self.dice.randint(0, 2), [])
            case "void":
                self._void(phone)
            case "add":
                self._add(phone)
            case "send":
                phone.sends(self.failures)
            case "hand":
                phone.hands_over(self.phones[number - 1], self.failures)
            case "jump":
                phone.clock_jumps()
            case "read" if number not in self.revoked:
                phone.follower.follow(wait=False)
            case "describe":
                self._describe(phone)
            case "rare":
                self._rare(number)
        self.failures.next = ""

    def _void(self, phone: Walker) -> None:
        visits = [one for one in phone.made if one["kind"] == "census.record_attempt"]
        if visits:
            phone.takes_back(self.dice.choice(visits))

    def _add(self, phone: Walker) -> None:
        body = {"door_id": str(self.found), "building_id": str(self.cast.building.pk), "unit": "1", "room": "901"}
        self.added.append(phone.does(command("places.add_door", body))["id"])
        # Named by whichever phone added it: the other phone's addition may have come, or not.
        phone.visits(self.found, "no_answer", 0, [self.dice.choice(self.added)])

    def _describe(self, phone: Walker) -> None:
        """An edit by what this phone saw last, which others may have changed since."""
        base, said = self.dice.choice(["", "北门", "东门"]), self.dice.choice(["北门", "东门", "南门"])
        body = {"compound_id": str(self.cast.compound.pk), "base": {"address": base}, "fields": {"address": said}}
        phone.does(command("places.describe_compound", body))

    def _rare(self, number: int) -> None:
        device_id = self.phones[number].follower.phone.device_id
        if number == 0 and number not in self.revoked:
            revoke_device(self.cast.director, device_id=device_id)
            self.revoked.add(number)
        elif number == 2:
            place = self.dice.choice([COMMUNITY, self.cast.compound.place.path])
            if Device.objects.get(pk=device_id).path != place:
                move_device(self.cast.director, device_id=device_id, path=place)

    def all_sync(self) -> None:
        """The network is back, and the server well: everybody sends all there is, and a person decides."""
        for phone in self.phones:
            phone.sends(self.failures, all_of_it=True)
            assert phone.waiting == []
        client = self.cast.director.client()
        for number in sorted(self.revoked):
            device = str(self.phones[number].follower.phone.device_id)
            data = {"device": device, "state": "quarantined", "code": "device_revoked", "how": "admit"}
            client.post(DECIDE, data)
        try_all_held()

    @property
    def made(self) -> list[dict[str, Any]]:
        return [one for phone in self.phones for one in phone.made]


@pytest.mark.parametrize("seed", range(WALKS))
def test_every_fact_is_there_once(cast: Cast, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    walk = Walk(cast, seed, monkeypatch)
    for _step in range(STEPS):
        walk.step()
    walk.all_sync()
    _require_all_listed_once(cast, walk)
    # Sent once more, whatever it is: nothing changes.
    before = _counted(cast)
    for phone in walk.phones:
        phone.waiting = list(phone.made)
        phone.sends(walk.failures, all_of_it=True)
    assert _counted(cast) == before
    assert not list(rebuild(cast.director, cast.campaign.pk, subtree(COMMUNITY), write=False))
    for number, phone in enumerate(walk.phones):
        if number not in walk.revoked:
            fresh = Follower(phone.follower.phone).follow()
            assert phone.follower.follow().doors == fresh.doors


def _require_all_listed_once(cast: Cast, walk: Walk) -> None:
    """Each command is a fact, or open before a person; never neither, never both."""
    with scope.enter(cast.director):
        attempts = {str(pk) for pk in Attempt.objects.values_list("pk", flat=True)}
        receipts = {str(pk) for pk in Receipt.objects.values_list("pk", flat=True)}
        kept = {str(pk): state for pk, state in Kept.objects.values_list("pk", "state")}
    made = {one["id"]: one for one in walk.made}
    assert attempts <= made.keys()
    for command_id, said in made.items():
        is_fact = command_id in attempts | receipts
        is_open = kept.get(command_id, KeptState.CARRIED_OUT) != KeptState.CARRIED_OUT
        assert is_fact is not is_open, (said, kept.get(command_id))
    states = {state for state in kept.values() if state != KeptState.CARRIED_OUT}
    assert KeptState.HELD not in states or _waits_for_refused(made, kept)


def _waits_for_refused(made: dict[str, Any], kept: dict[str, str]) -> bool:
    """What is still held waits for something that is itself before a person."""
    held = [one for command_id, one in made.items() if kept.get(command_id) == KeptState.HELD]
    return all(any(kept.get(need, "carried_out") != "carried_out" for need in one["after"]) for one in held)


def _counted(cast: Cast) -> tuple[int, ...]:
    with scope.enter(cast.director):
        return tuple(model.objects.count() for model in (Attempt, AttemptVoid, Kept, Receipt, Door))
