"""Identifiers: time-ordered ones for facts, derived ones for what two people may add at once."""

import uuid

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> uuid.UUID:
    """A new RFC 9562 version 7 id; made where the fact is made, so it is known before any server is asked."""
    return _uuid7()


def numbered(first: str) -> str:
    """The expression of SQL that numbers rows from a version 7 id on, given as ``%(first)s``: the last 32 bits count.

    For statements that make many rows out of others: ids in the order of the rows go into an index at its end, and
    random ones cost more than all the rest of a row.
    """
    counted = "int4send((row_number() OVER ())::integer)"
    return f"encode(overlay(uuid_send(%({first})s::uuid) PLACING {counted} FROM 13), 'hex')::uuid"


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
