"""A device as the protocol wants it, simulated: it numbers, keeps, sends, carries for others, and follows the feed."""

from dataclasses import dataclass, field
from typing import Any

from firstline.sync.answering import milliseconds
from firstline.sync.feed.tests.following import Follower
from firstline.sync.tests.commands import URL, batch, command
from firstline.sync.tests.faults.network import Network
from firstline.sync.tests.phones import Phone
from firstline.sync.tests.test_parcels import URL as PARCELS
from firstline.sync.tests.test_parcels import sealed

FACT = {"accepted", "flagged", "duplicate"}
_SEEN_JUMP_MS = 2 * 60 * 1000


@dataclass
class Entry:
    """A command in the outbox, and what the device last heard of it ("": nothing yet)."""

    command: dict[str, Any]
    status: str = ""
    code: str = ""


@dataclass
class Device:
    """``ahead_ms`` is how far its clock is ahead of the truth, ``offset`` what it measured of that and may be None."""

    phone: Phone
    follower: Follower
    place: str
    outbox: list[Entry] = field(default_factory=list)
    carried: list[bytes] = field(default_factory=list)
    ahead_ms: int = 0
    offset: int | None = None
    revoked: bool = False

    @property
    def clock(self) -> int:
        return milliseconds() + self.ahead_ms

    @property
    def waiting(self) -> list[Entry]:
        return [one for one in self.outbox if not one.status]

    def jump(self, by_ms: int) -> None:
        """Its clock is set; a jump of more than two minutes it sees, and measures anew."""
        self.ahead_ms += by_ms
        if abs(by_ms) > _SEEN_JUMP_MS:
            self.offset = None

    def make(self, kind: str, body: dict[str, Any], *after: str) -> str:
        """Record something; the id of the command."""
        numbered = {"seq": len(self.outbox) + 1, "recorded_at": self.clock, "offset": self.offset}
        self.outbox.append(Entry(command(kind, body, after=list(after), **numbered)))
        return str(self.outbox[-1].command["id"])

    def send(self, network: Network, entries: list[Entry]) -> bool:
        """Send entries as one batch; whether an answer came. What once was a fact is heard of as a duplicate ever
        after."""
        commands = [one.command for one in entries]
        said = batch(*commands, waiting=len(self.waiting), sent_at=self.clock)
        answered = self._asked(network, URL, said)
        if answered is None:
            return False
        assert answered.status_code == 200, answered.content
        answers = answered.json()["answers"]
        assert [one["id"] for one in answers] == [one["id"] for one in commands]
        for entry, answer in zip(entries, answers, strict=True):
            assert entry.status not in FACT or answer["status"] == "duplicate", (entry, answer)
            entry.status, entry.code = answer["status"], answer["code"]
        return True

    def hand_over(self, other: "Device") -> None:
        """Give all that waits to another device; it stays here until the server answers it here."""
        waiting = [one.command for one in self.waiting]
        if waiting:
            other.carried.append(sealed(self.phone, *waiting))

    def carry(self, network: Network) -> None:
        """Send what is carried for others; a parcel is kept until the server's answer."""
        for parcel in list(self.carried):
            answered = self._asked(network, PARCELS, parcel)
            if answered is not None:
                assert answered.status_code == 200, answered.content
                self.carried.remove(parcel)

    def follow(self, network: Network) -> bool:
        """Hear what changed, page by page as long as answers come; whether all of it came."""
        if self.offset is None and not self.send(network, []):
            return False
        self.phone.ahead_ms = self.ahead_ms + (self.offset or 0)
        if not network.calm and network.dice.random() < 0.4:
            assert self.follower.ask().status_code == 200  # which it never hears
            return False
        self.follower.follow(wait=network.calm)
        return True

    def _asked(self, network: Network, path: str, said: Any) -> Any:
        """An answer that is no word about clocks: those are measured, and the same is asked again, at most twice."""
        for _try in range(3):
            self.phone.ahead_ms = self.ahead_ms + (self.offset or 0)
            left = self.clock
            answered = network.ask(lambda: self.phone.post(path, said))
            if answered is None:
                return None
            told = answered.json()
            server_time = told["data"]["server_time"] if answered.status_code == 401 else told["server_time"]
            self.offset = round(server_time - (left + self.clock) / 2)
            if answered.status_code != 401:
                return answered
        raise AssertionError("a device whose clock was measured is answered")
