"""Commands as a phone makes them, for tests."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from firstline.kernel.ids import uuid7
from firstline.sync.answering import milliseconds
from firstline.sync.tests.phones import Phone

URL = "/sync/v1/commands"
_numbers = count(1)


def command(kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An envelope made just now by a clock that is right; ``more`` replaces any part of it."""
    made = {
        "id": str(uuid7()),
        "kind": kind,
        "version": 1,
        "seq": next(_numbers),
        "recorded_at": milliseconds() - 1_000,
        "offset": 0,
        "after": [],
        "body": body,
    }
    return made | more


def attempt(door_id: UUID, result: str = "no_answer", **more: Any) -> dict[str, Any]:
    body = {"door_id": str(door_id), "result": result} | more.pop("body", {})
    return command("census.record_attempt", body, **more)


def batch(*commands: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What is sent."""
    head = {"protocol": 1, "sent_at": milliseconds(), "client": "0.1.0", "waiting": len(commands), "oldest": None}
    storage = {"used": 1_000, "quota": 1_000_000, "persistent": True}
    return head | {"storage": storage, "commands": list(commands)} | more


@dataclass
class Answers:
    """The answers of a batch by the commands' ids."""

    found: list[dict[str, Any]] = field(default_factory=list)

    def __getitem__(self, command: dict[str, Any]) -> dict[str, Any]:
        return next(one for one in self.found if one["id"] == command["id"])

    @property
    def statuses(self) -> list[str]:
        return [one["status"] for one in self.found]


def send(phone: Phone, *commands: dict[str, Any], **more: Any) -> Answers:
    """Send a batch and read its answers."""
    answered = phone.post(URL, batch(*commands, **more))
    assert answered.status_code == 200, answered.content
    return Answers(answered.json()["answers"])
