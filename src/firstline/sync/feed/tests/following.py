"""A device that follows the feed: keeps documents as the protocol says, and nothing else."""

import gzip
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from firstline.kernel.tests.positions import settled
from firstline.sync.tests.phones import Phone


@dataclass
class Follower:
    """What a phone holds after each answer; ``doors`` by id."""

    phone: Phone
    doors: dict[str, Any] = field(default_factory=dict)
    area: dict[str, Any] | None = None
    cursor: str = ""
    pages: int = 0
    resets: int = 0
    told: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def ask(self, *, area: str | None = None) -> Any:
        known = (self.area or {}).get("hash", "") if area is None else area
        return self.phone.get(f"/sync/v1/changes?{urlencode({'cursor': self.cursor, 'area': known})}")

    def page(self) -> dict[str, Any]:
        """Ask once and keep what came."""
        response = self.ask()
        assert response.status_code == 200, response.content
        body = response.content
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        said: dict[str, Any] = json.loads(body)
        if said["reset"]:
            self.doors, self.resets = {}, self.resets + 1
        self.area = said["area"] or self.area
        self.doors |= {door["id"]: door for door in said["doors"]}
        for door_id in said["gone"]:
            self.doors.pop(door_id, None)
        self.told += [door["id"] for door in said["doors"]]
        self.gone += said["gone"]
        self.cursor, self.pages = said["cursor"], self.pages + 1
        return said

    def follow(self, *, wait: bool = True) -> "Follower":
        """Ask until there is no more; ``told`` and ``gone`` are what came this time.

        ``wait``: until all transactions have ended, so that whatever was done until now comes.
        """
        if wait:
            settled()
        self.told, self.gone = [], []
        while self.page()["more"]:
            pass
        return self
