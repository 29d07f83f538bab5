"""The cursor: where a device stands in the feed. Opaque to it, and of no use to anybody: whatever it says, a device is
only ever sent what its own scope holds, so it needs no signature.

The feed goes in *passes*. A pass covers what was touched from ``since`` (0: everything there is) to ``until``, in the
order of paths, page by page; what is touched meanwhile lies above ``until`` and belongs to the next pass. Since the
transactions below ``until`` had all ended when it was taken, a pass is the same set however often it is asked for.
"""

import base64
from datetime import datetime
from typing import Self

import msgspec

from firstline.kernel import clock
from firstline.kernel.changes import READABLE, Position

_FORM = 1
_LONGEST = 400


class Cursor(msgspec.Struct, array_like=True, frozen=True):
    """``until`` is None between two passes; ``at`` is when ``until`` (else ``since``) was taken, in seconds.

    ``scope`` tells whose eyes it was made for (``page.scope_of``); ``after`` is the path up to which its pass was sent.
    """

    form: int
    scope: str
    generation: int
    since: int
    until: int | None
    at: int
    after: str = ""

    @classmethod
    def everything(cls, scope: str, until: Position) -> Self:
        """The first pass: all doors of a scope."""
        return cls(_FORM, scope, until.generation, 0, until.txid, _seconds(clock.now()))

    def pass_until(self, until: Position) -> "Cursor":
        """The pass this cursor is in; between two passes a new one, up to ``until``."""
        if self.until is not None:
            return self
        return msgspec.structs.replace(self, until=until.txid, at=_seconds(clock.now()))

    def sent_to(self, path: str) -> "Cursor":
        """The same pass, sent up to a path."""
        return msgspec.structs.replace(self, after=path)

    def passed(self) -> "Cursor":
        """After the last page of a pass."""
        return msgspec.structs.replace(self, since=self.until or self.since, until=None, after="")

    @property
    def covers_everything(self) -> bool:
        return self.since == 0

    def stands(self, scope: str, now: Position) -> bool:
        """Whether the feed can go on from here: the same scope and life of the database, nothing pruned, not ahead."""
        young = self.at > _seconds(clock.now() - READABLE)
        return (
            (self.form, self.scope, self.generation) == (_FORM, scope, now.generation)
            and young
            and 0 <= self.since <= (self.until or self.since) <= now.txid
            and "\0" not in self.after  # which no path has, and the database refuses
        )


def written(cursor: Cursor) -> str:
    """The cursor as it is sent, safe in an address."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(cursor)).decode().rstrip("=")


def read(text: str) -> Cursor | None:
    """A cursor as it came back, or None where it is none of ours: then the feed begins anew."""
    if not text or len(text) > _LONGEST:
        return None
    try:
        return msgspec.msgpack.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Cursor)
    except (ValueError, msgspec.MsgspecError):
        return None


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
