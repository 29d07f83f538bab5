"""The outbox of one device, carried by another: opened here, and taken as if its own device had sent it (section 10).

A parcel is "FLP1", the id of the server's key (16 bytes), an ephemeral public key (65), and what is sealed: a signature
(64) and gzipped JSON. The carrier cannot read it; whose it is, its signature tells.
"""

import uuid
import zlib
from typing import Annotated, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from firstline.accounts.devices.selectors import device_with_terms
from firstline.kernel import crypto
from firstline.kernel.errors import Invalid, KeyDestroyed, KeyMissing
from firstline.sync.errors import ParcelBroken, TooLarge
from firstline.sync.intake.envelopes import MOST_BYTES, MOST_COMMANDS, Broken, Envelope, command_of, measure
from firstline.sync.intake.taking import take
from firstline.sync.signed import signs

MAGIC, INFO = b"FLP1", b"firstline-parcel-1"
KEY_ID, POINT, SIGNATURE, NONCE = 16, 65, 64, bytes(12)
_HEAD = len(MAGIC) + KEY_ID + POINT
# Nobody makes more in a week; without a limit a parcel could name as many as its gzip unfolds.
MOST_IN_PARCEL, MOST_UNFOLDED = 20_000, 4 * MOST_BYTES


class Content(msgspec.Struct, frozen=True):
    """What a device says in a parcel."""

    protocol: int
    device_id: uuid.UUID
    made_at: int
    commands: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MOST_IN_PARCEL)]
    waiting: int = 0
    client: str = ""


class Opened(NamedTuple):
    """A parcel without its seal: who signed what."""

    signature: bytes
    content: bytes


def take_parcel(parcel: bytes) -> int:
    """Carry out the commands of a parcel by the grants of the device that made it; how many there are.

    Raises ParcelBroken for what was altered, cut short, or sealed for another server, TooLarge for what unfolds to more
    than is taken at once. The maker hears of each when it sends it itself: it was a fact before.
    """
    opened = open_parcel(parcel)
    measure(opened.content, MOST_UNFOLDED)
    try:
        content = msgspec.json.decode(opened.content, type=Content)
        commands = [command_of(raw) for raw in content.commands]
    except (msgspec.DecodeError, Invalid) as problem:
        raise ParcelBroken from problem
    device = device_with_terms(content.device_id)
    if device is None or not signs(bytes(device.public_key), opened.signature, signed_content(opened.content)):
        raise ParcelBroken
    for part in _parts(commands):
        take(device, part)
    return len(commands)


def open_parcel(parcel: bytes) -> Opened:
    """Take the seal off, by the key the parcel names. Raises ParcelBroken, TooLarge."""
    key_id, point, sealed = parcel[4 : 4 + KEY_ID], parcel[4 + KEY_ID : _HEAD], parcel[_HEAD:]
    if parcel[:4] != MAGIC or len(sealed) <= SIGNATURE:
        raise ParcelBroken
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        private = crypto.parcel_key(uuid.UUID(bytes=key_id))
        clear = AESGCM(shared_key(private, theirs, point)).decrypt(NONCE, sealed, key_id)
    except (ValueError, InvalidTag, KeyMissing, KeyDestroyed) as problem:
        raise ParcelBroken from problem
    return Opened(clear[:SIGNATURE], _unfolded(clear[SIGNATURE:]))


def shared_key(private: ec.EllipticCurvePrivateKey, public: ec.EllipticCurvePublicKey, ephemeral: bytes) -> bytes:
    """The key (32 bytes) of one parcel: HKDF-SHA-256 (RFC 5869) of ECDH, salted with the ephemeral public key."""
    return HKDF(hashes.SHA256(), 32, salt=ephemeral, info=INFO).derive(private.exchange(ec.ECDH(), public))


def point_of(public: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes, uncompressed (SEC 1, 2.3.3)."""
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def signed_content(content: bytes) -> bytes:
    """What the maker signs of a parcel."""
    return INFO + b"\n" + content


def _unfolded(folded: bytes) -> bytes:
    unfolding = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = unfolding.decompress(folded, MOST_UNFOLDED)
    except zlib.error as problem:
        raise ParcelBroken from problem
    if unfolding.unconsumed_tail:
        raise TooLarge
    if not unfolding.eof:
        raise ParcelBroken
    return content


def _parts(commands: list[Envelope | Broken]) -> list[list[Envelope | Broken]]:
    return [commands[first : first + MOST_COMMANDS] for first in range(0, len(commands), MOST_COMMANDS)]
