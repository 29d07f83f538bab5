"""Data keys, sealed envelopes, search tokens. Nothing else in the project touches a data key.

Keys live in files outside the database (``settings.FIRSTLINE_KEY_FOLDER``): one standing key of the
organisation, one per emergency. A stolen database or dump holds only envelopes. Sub-keys for sealing, for search
tokens and for parcels are derived by HKDF (RFC 5869), so no use weakens another.

Envelope: 1 byte version, 16 bytes key id, 12 bytes nonce, AES-256-GCM ciphertext with its tag. The additional
data names table and row, so an envelope moved to another row does not open.
"""

import base64
import hmac
import json
import os
import secrets
import time
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate

from firstline.kernel import clock
from firstline.kernel.errors import KeyDestroyed, KeyDiffers, KeyMissing, SealBroken

_VERSION = b"\x01"
_NONCE_BYTES = 12
_TOKEN_BYTES = 16
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_HEAD_BYTES = 1 + 16 + _NONCE_BYTES


class _SubKeys(NamedTuple):
    sealing: AESGCM
    tokens: bytes
    check: bytes
    parcels: ec.EllipticCurvePrivateKey


class _Held(NamedTuple):
    keys: _SubKeys
    seen: float


# A key destroyed by another process is forgotten by this one within so many seconds.
_TRUSTED_SECONDS = 5.0
_held: dict[uuid.UUID, _Held] = {}


def create_key(key_id: uuid.UUID, purpose: str) -> bytes:
    """Make a new key file (mode 0600, synced to disk before return) and give its check value (8 bytes).

    Raises FileExistsError rather than ever replacing a key.
    """
    folder = Path(settings.FIRSTLINE_KEY_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    body = {
        "id": str(key_id),
        "purpose": purpose,
        "created_at": clock.now().isoformat(),
        "key": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    _write_once(_file_of(key_id), json.dumps(body, indent=1).encode())
    return check_value(key_id)


def check_value(key_id: uuid.UUID, folder: Path | None = None) -> bytes:
    """Eight bytes that tell whether the file at hand is the key that sealed the data.

    ``folder`` asks about a copy elsewhere. Raises KeyMissing, KeyDestroyed.
    """
    return _sub_keys(key_id).check if folder is None else _read(folder / f"{key_id}.key", key_id).check


def forget_cached_keys() -> None:
    """Read key files anew from now on (after a restore, a rotation, or in a test that takes a key away)."""
    _held.clear()


def copy_key(key_id: uuid.UUID, folder: Path) -> Path:
    """Put a copy of a key's file into ``folder`` (mode 0600, synced). Whoever calls has put it on the register."""
    check_value(key_id)
    copy = folder / f"{key_id}.key"
    _write_once(copy, _file_of(key_id).read_bytes())
    return copy


def adopt_key(key_id: uuid.UUID, folder: Path) -> None:
    """Take a key from a copy in ``folder`` into the key folder; the same key again is harmless.

    Raises KeyDiffers when another one stands there under its name, KeyDestroyed when it was destroyed here.
    """
    copy = (folder / f"{key_id}.key").read_bytes()
    target = _file_of(key_id)
    if (at := destroyed_at(key_id)) is not None:
        raise KeyDestroyed(date=_day_of(at))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _write_once(target, copy)
    except FileExistsError as problem:
        if target.read_bytes() != copy:
            raise KeyDiffers(key=target.name) from problem
    _held.pop(key_id, None)


def destroy_key(key_id: uuid.UUID, at: datetime) -> None:
    """Destroy the key's file here for good; a stone that says when is left in its place. Again is harmless.

    The stone comes first: from then on the key opens nothing, also when the process dies before the file is gone.
    """
    stone, file = _stone_of(key_id), _file_of(key_id)
    stone.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not stone.exists():
        _write_once(stone, json.dumps({"id": str(key_id), "destroyed_at": at.isoformat()}).encode())
    _held.pop(key_id, None)
    if file.exists():
        # Overwritten as well as the disk allows; that copies may survive below a file system is in the threat model.
        with file.open("r+b") as handle:
            handle.write(secrets.token_bytes(file.stat().st_size))
            handle.flush()
            os.fsync(handle.fileno())
        file.unlink()
        _sync_folder(file.parent)


def destroyed_at(key_id: uuid.UUID) -> str | None:
    """When the key was destroyed here (ISO 8601), or None."""
    try:
        stone: dict[str, Any] = json.loads(_stone_of(key_id).read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return ""
    return str(stone.get("destroyed_at", ""))


def file_is_here(key_id: uuid.UUID) -> bool:
    """Whether there is a file of this key, whatever is in it."""
    return _file_of(key_id).exists()


def seal(clear: bytes, *, key_id: uuid.UUID, row: str) -> bytes:
    """Seal bytes into an envelope bound to ``row`` (table and id). Raises KeyMissing."""
    nonce = os.urandom(_NONCE_BYTES)
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


def parcel_key(key_id: uuid.UUID) -> ec.EllipticCurvePrivateKey:
    """The server's own key pair (P-256) for parcels that phones seal for it, derived from a data key.

    Derived, so that it is backed up and destroyed with that key. Raises KeyMissing, KeyDestroyed.
    """
    return _sub_keys(key_id).parcels


def _day_of(at: str) -> str:
    """The day as people there count it; what cannot be read is said as it is."""
    moment = parse_datetime(at) if at else None
    return localdate(moment).isoformat() if moment else at


def _file_of(key_id: uuid.UUID) -> Path:
    return Path(settings.FIRSTLINE_KEY_FOLDER) / f"{key_id}.key"


def _stone_of(key_id: uuid.UUID) -> Path:
    return Path(settings.FIRSTLINE_KEY_FOLDER) / f"{key_id}.destroyed"


def _write_once(path: Path, content: bytes) -> None:
    """A new file of mode 0600, on the disk before return. Raises FileExistsError rather than replacing one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sub_keys(key_id: uuid.UUID) -> _SubKeys:
    held = _held.get(key_id)
    if held is not None and time.monotonic() - held.seen < _TRUSTED_SECONDS:
        return held.keys
    _held.pop(key_id, None)
    if (at := destroyed_at(key_id)) is not None:
        raise KeyDestroyed(date=_day_of(at))
    keys = _read(_file_of(key_id), key_id)
    _held[key_id] = _Held(keys, time.monotonic())
    return keys


def _read(path: Path, key_id: uuid.UUID) -> _SubKeys:
    try:
        body = json.loads(path.read_text())
        key = base64.b64decode(body["key"], validate=True)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise KeyMissing(key=f"{key_id}.key") from problem
    if len(key) != 32:
        raise KeyMissing(key=f"{key_id}.key")

    def derive(purpose: bytes, length: int = 32) -> bytes:
        return HKDF(hashes.SHA256(), length, salt=key_id.bytes, info=b"firstline " + purpose).derive(key)

    # 384 bits modulo the order less one, plus one: even to 2^-128 (FIPS 186-5, A.2.1).
    number = int.from_bytes(derive(b"parcels", 48), "big") % (_P256_ORDER - 1) + 1
    parcels = ec.derive_private_key(number, ec.SECP256R1())
    return _SubKeys(AESGCM(derive(b"sealing")), derive(b"tokens"), derive(b"check")[:8], parcels)
