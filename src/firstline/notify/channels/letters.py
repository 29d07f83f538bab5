"""What is said outside of our pages: titles, places down to the community, counts and a link; never what is told."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """One parcel in words. ``key`` is its idempotency key, the same at each attempt; ``url`` is absolute."""

    key: uuid.UUID
    title: str
    lines: tuple[str, ...]
    url: str

    @property
    def text(self) -> str:
        """The whole as plain text."""
        return "\n".join([*self.lines, self.url])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: the receiver's own ``code``, "" when it was taken.

    ``for_good``: the next attempt would end the same; ``wait`` says for how many seconds it wants to be left alone.
    """

    code: str = ""
    for_good: bool = False
    wait: int = 0

    @property
    def sent(self) -> bool:
        return not self.code
