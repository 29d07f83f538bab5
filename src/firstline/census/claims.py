"""What an attempt was made of, as a keyed hash: whether what comes again under its id says the same."""

import uuid
from collections.abc import Callable, Collection
from typing import NamedTuple

from firstline.census.models import Attempt
from firstline.kernel import bulk, crypto, prepared
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.offline import Says


class _Claim(NamedTuple):
    claim: bytes
    key_id: uuid.UUID

    def says(self, text: str) -> bool:
        """Where the key is gone, nobody can tell otherwise."""
        try:
            return self.claim == claim_of(text, self.key_id)
        except KeyDestroyed:
            return True


def claim_of(text: str, key_id: uuid.UUID) -> bytes:
    """The claim of what a command says, under its emergency's key."""
    return crypto.token("attempt", text, key_id=key_id)


def attempts_known(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Says]:
    """Those of the ids that are attempts, in the running scope, each with whether a text is what it was made of."""
    return ask_known(ids)()


def ask_known(ids: Collection[uuid.UUID]) -> Callable[[], dict[uuid.UUID, Says]]:
    """The same, asked now and answered when it is called for (``kernel.prepared.ask``)."""
    rows = prepared.ask(_CLAIMED, [bulk.array(ids)])
    return lambda: {pk: _Claim(bytes(claim), crypto.key_of(head)).says for pk, claim, head in rows()}


_CLAIMED = (
    f"SELECT id, claim, substring(sealed FROM 1 FOR 17) FROM {Attempt._meta.db_table}"  # noqa: S608  # our own table
    " WHERE id = ANY(%s::uuid[])"
)
