"""Identifiers: time-ordered ones for facts, derived ones for what two people may add at once."""

import uuid

from uuid_utils.compat import uuid7 as _uuid7

# What ``uuid7`` makes, as an expression of SQL: for rows that a statement makes out of others.
NEW_ID = """
encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
    substring(int8send((extract(epoch FROM statement_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
    52, 1), 53, 1), 'hex')::uuid
"""


def uuid7() -> uuid.UUID:
    """A new RFC 9562 version 7 id; made where the fact is made, so it is known before any server is asked."""
    return _uuid7()


def read_id(text: str) -> uuid.UUID | None:
    """An id from outside, or None where it is none: what is said about that is the reader's business."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def derived(parent: uuid.UUID, *parts: str | int) -> uuid.UUID:
    """The id (RFC 9562 version 5) that follows from a parent and what names the child under it.

    The same door added by two lists, two phones or a repeated chunk gets the same id,
    so "nothing twice" needs no look-up before the insert.
    """
    return uuid.uuid5(parent, "\x1f".join(str(part) for part in parts))
