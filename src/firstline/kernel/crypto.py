"""Data keys, sealed envelopes, search tokens. Nothing else in the project touches a data key.

Keys live in files outside the database (``settings.FIRSTLINE_KEY_FOLDER``): one standing key of the
organisation, one per emergency. A stolen database or dump holds only envelopes. Sub-keys for sealing and for
search tokens are derived by HKDF (RFC 5869), so neither use weakens the other.

Envelope: 1 byte version, 16 bytes key id, 12 bytes nonce, AES-256-GCM ciphertext with its tag. The additional
data names table and row, so an envelope moved to another row does not open.
"""

import base64
import functools
import hmac
import json
import os
import secrets
import uuid
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from firstline.kernel.clock import now
from firstline.kernel.errors import KeyMissing, SealBroken

_VERSION = b"\x01"
_NONCE_BYTES = 12
_TOKEN_BYTES = 16
_HEAD_BYTES = 1 + 16 + _NONCE_BYTES


class _SubKeys(NamedTuple):
    sealing: AESGCM
    tokens: bytes
    check: bytes


def create_key(key_id: uuid.UUID, purpose: str) -> bytes:
    """Make a new key file (mode 0600, synced to disk before return) and give its check value (8 bytes).

    Raises FileExistsError rather than ever replacing a key.
    """
    folder = Path(settings.FIRSTLINE_KEY_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = {
        "id": str(key_id),
        "purpose": purpose,
        "created_at": now().isoformat(),
        "key": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    handle = os.open(_file_of(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(body, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return check_value(key_id)


def check_value(key_id: uuid.UUID) -> bytes:
    """Eight bytes that tell whether the file at hand is the key that sealed the data. Raises KeyMissing."""
    return _sub_keys(key_id).check


def forget_cached_keys() -> None:
    """Read key files anew from now on (after a restore, a rotation, or in a test that takes a key away)."""
    _sub_keys.cache_clear()


def seal(clear: bytes, *, key_id: uuid.UUID, row: str) -> bytes:
    """Seal bytes into an envelope bound to ``row`` (table and id). Raises KeyMissing."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    ciphertext = _sub_keys(key_id).sealing.encrypt(nonce, clear, row.encode())
    return _VERSION + key_id.bytes + nonce + ciphertext


def unseal(envelope: bytes | memoryview, *, row: str) -> bytes:
    """Open an envelope. Raises KeyMissing when its key is not here, SealBroken when it was altered or moved."""
    envelope = bytes(envelope)
    if len(envelope) < _HEAD_BYTES or envelope[:1] != _VERSION:
        raise SealBroken(row=row)
    nonce = envelope[17:_HEAD_BYTES]
    try:
        return _sub_keys(key_of(envelope)).sealing.decrypt(nonce, envelope[_HEAD_BYTES:], row.encode())
    except InvalidTag as problem:
        raise SealBroken(row=row) from problem


def key_of(envelope: bytes | memoryview) -> uuid.UUID:
    """The id of the key an envelope was sealed under."""
    return uuid.UUID(bytes=bytes(envelope[1:17]))


def token(kind: str, normalised: str, *, key_id: uuid.UUID) -> bytes:
    """The search token (16 bytes) of an already normalised string; equal strings of one kind give equal tokens."""
    mac = hmac.digest(_sub_keys(key_id).tokens, f"{kind}\x1f{normalised}".encode(), "sha256")
    return mac[:_TOKEN_BYTES]


def _file_of(key_id: uuid.UUID) -> Path:
    return Path(settings.FIRSTLINE_KEY_FOLDER) / f"{key_id}.key"


@functools.lru_cache(maxsize=256)
def _sub_keys(key_id: uuid.UUID) -> _SubKeys:
    try:
        body = json.loads(_file_of(key_id).read_text())
        key = base64.b64decode(body["key"], validate=True)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise KeyMissing(key=f"{key_id}.key") from problem
    if len(key) != 32:
        raise KeyMissing(key=f"{key_id}.key")

    def derive(purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), 32, salt=key_id.bytes, info=b"firstline " + purpose).derive(key)

    return _SubKeys(AESGCM(derive(b"sealing")), derive(b"tokens"), derive(b"check")[:8])
