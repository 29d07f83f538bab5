"""Phones that follow the protocol in plain Python, and what can go wrong between them and the server."""

import random
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError

from firstline.sync.feed.tests.following import Follower
from firstline.sync.intake import keeping, releasing, views
from firstline.sync.tests.commands import URL, attempt, batch, command
from firstline.sync.tests.test_parcels import URL as PARCELS
from firstline.sync.tests.test_parcels import sealed

FAILURES = ("", "", "before", "during", "after", "dropped", "dropped")


@dataclass
class Walker:
    """One phone: what it did that is unanswered, and what it heard. It deletes nothing without an answer."""

    follower: Follower
    dice: random.Random
    seq: int = 0
    skew_ms: int = 0
    offset: int | None = 0
    waiting: list[dict[str, Any]] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)
    heard: dict[str, str] = field(default_factory=dict)

    def does(self, made: dict[str, Any]) -> dict[str, Any]:
        """Something done at a door, by this phone's own clock and numbers."""
        self.seq += 1
        made |= {"seq": self.seq, "recorded_at": made["recorded_at"] + self.skew_ms, "offset": self.offset}
        self.waiting.append(made)
        self.made.append(made)
        return made

    def visits(self, door_id: UUID, result: str, people: int, after: list[str]) -> dict[str, Any]:
        names = [{"name": f"王建{part}"} for part in range(people)]
        return self.does(attempt(door_id, result, after=after, body={"people": names}))

    def takes_back(self, visit: dict[str, Any]) -> None:
        self.does(command("census.void_attempt", {"attempt_id": visit["id"]}, after=[visit["id"]]))

    def sends(self, failures: "Failures", *, all_of_it: bool = False) -> None:
        """A part of the outbox, or some of it twice and shuffled; only what is answered leaves it."""
        part = list(self.waiting)
        if not all_of_it and part:
            part = self.dice.sample(part, self.dice.randint(1, len(part)))
            part += self.dice.choices(part, k=self.dice.randint(0, 2))
        answered = self.follower.phone.post(URL, batch(*part, waiting=len(self.waiting)))
        if answered.status_code != 200 or failures.drops():
            assert answered.status_code in {200, 503}, answered.content
            return
        for sent, one in zip(part, answered.json()["answers"], strict=True):
            assert one["id"] == sent["id"]
            self.hears(one["id"], one["status"])
        self.offset = -self.skew_ms

    def hears(self, command_id: str, status: str) -> None:
        self.heard[command_id] = status
        self.waiting = [one for one in self.waiting if one["id"] != command_id]

    def hands_over(self, carrier: "Walker", failures: "Failures") -> None:
        """The whole outbox by way of another phone; this one goes on keeping it."""
        answered = carrier.follower.phone.post(PARCELS, sealed(self.follower.phone, *self.waiting))
        assert answered.status_code in {200, 503}, answered.content
        failures.drops()

    def clock_jumps(self) -> None:
        self.skew_ms = self.dice.choice([-86_400_000, -3_600_000, 0, 7_200_000, 86_400_000])
        self.offset = None


@dataclass
class Failures:
    """What the server fails at next: each thing once, where it says."""

    next: str = ""

    def install(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(views, "take", self._fails("before", vars(views)["take"], after=False))
        patch.setattr(views, "take_parcel", self._fails("before", vars(views)["take_parcel"], after=False))
        patch.setattr(views, "contact", self._fails("during", vars(views)["contact"], after=True))
        patch.setattr(keeping, "keep", self._fails("during", keeping.keep, after=True))
        patch.setattr(releasing, "release", self._fails("after", releasing.release, after=False))

    def drops(self) -> bool:
        """Whether an answer that came is lost on its way."""
        lost, self.next = self.next == "dropped", ""
        return lost

    def _fails(self, where: str, act: Any, *, after: bool) -> Any:
        def run(*given: Any, **named: Any) -> Any:
            done = act(*given, **named) if after else None
            if self.next == where:
                self.next = ""
                raise OperationalError("injected")
            return done if after else act(*given, **named)

        return run
