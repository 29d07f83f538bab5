"""Who acts when a household reports: nobody who is logged in, but an actor of the house with a few narrow grants.

The page has no session and no cookie, so there is no authority that another site's form could borrow. What the page
carries is a signed mark of its own: it makes a repeat known as one, and tells a form of ours from a script's.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils.dateparse import parse_datetime
from django.utils.timezone import make_aware

from firstline.kernel import clock
from firstline.kernel.actors import KNOW_RESIDENTS, Actor, Grant
from firstline.kernel.ids import derived, read_id, uuid7

INTAKE_ID = uuid.UUID("00000000-0000-7000-8000-000000000001")
_GRANTED = frozenset(
    {
        KNOW_RESIDENTS,
        "census.take_report",
        "census.record_attempt",
        # A correction takes back the attempt of what it corrects, whoever placed it.
        "census.void_attempt",
        "census.void_others_attempt",
        # A door on no list is evidence for itself; whether it is believed is not decided by who sends it.
        "places.propose_doors",
    }
)
_PLACING = frozenset(
    {
        KNOW_RESIDENTS,
        "census.place_report",
        "census.record_attempt",
        "census.void_attempt",
        "census.void_others_attempt",
        "places.settle_proposals",
    }
)
_MARKS, _ROOTS = signing.Signer(salt="census.online.form"), signing.Signer(salt="census.online.root")


@dataclass(frozen=True, slots=True)
class Form:
    """The identity of one opened page: what it sends first is the report ``root_id``; ``signed``: it is ours."""

    root_id: uuid.UUID
    signed: bool


def intake(path: str) -> Actor:
    """The actor that takes reports at a place and below, and may do nothing else anywhere."""
    return _actor(path, _GRANTED)


def placing(path: str) -> Actor:
    """The actor that places reports, after they were taken, whose door has come on record."""
    return _actor(path, _PLACING)


def new_token(code: str) -> str:
    """The mark of a page just opened under a link."""
    return _MARKS.sign(f"{uuid7().hex}.{code}")


def token_of(root_id: uuid.UUID) -> str:
    """The mark of a page that corrects a report, for whoever gave its code."""
    return _ROOTS.sign(root_id.hex)


def form_of(token: str, root: str, *, code: str, link_id: uuid.UUID, body: bytes) -> Form:
    """The form that was posted. Without a mark of ours it is known by its body: the same again is the same report."""
    if (corrected := _unsigned(_ROOTS, root)) and (root_id := read_id(corrected)):
        return Form(root_id, signed=True)
    hexadecimal, _dot, of_link = (_unsigned(_MARKS, token) or "").partition(".")
    if of_link == code and (opened := read_id(hexadecimal)):
        return Form(opened, signed=True)
    return Form(derived(link_id, body.hex()), signed=False)


def moment_of(filled_at: str) -> datetime | None:
    """The device's time as it said it (ISO 8601, or local time without a zone); None where it is none."""
    try:
        moment = parse_datetime(filled_at) if filled_at else None
    except ValueError:
        return None
    return make_aware(moment) if moment is not None and moment.tzinfo is None else moment


def _actor(path: str, granted: frozenset[str]) -> Actor:
    always = datetime.min.replace(tzinfo=clock.now().tzinfo)
    return Actor(INTAKE_ID, "online", (Grant("intake", path, granted, always),))


def _unsigned(signer: signing.Signer, text: str) -> str | None:
    try:
        return signer.unsign(text) if text else None
    except signing.BadSignature:
        return None
