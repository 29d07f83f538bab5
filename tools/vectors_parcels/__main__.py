"""Write contracts/vectors/parcels.json: outboxes handed over, sealed by section 10 of docs/protocol/sync.md.

Put together here from the protocol's own words, not by the server's code, so that neither side is tested by itself.
Keys are fixed and signatures deterministic (RFC 6979), so the file is the same each time.
"""

import base64
import gzip
import hashlib
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

TARGET = Path(__file__).resolve().parents[2] / "contracts" / "vectors" / "parcels.json"
_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_FRAME_BYTES = 300
_DEVICE = "01a22000-0000-7000-8000-00000000000a"
_DOOR = "56441496-5855-5c4c-ba46-acde4f3c5587"


def _key(name: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hashlib.sha256(f"firstline test vector {name}".encode()).digest(), "big")
    order = int("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16)
    return ec.derive_private_key(number % (order - 1) + 1, ec.SECP256R1())


def _scalar(key: ec.EllipticCurvePrivateKey) -> str:
    return f"{key.private_numbers().private_value:064x}"


def _spki(key: ec.EllipticCurvePrivateKey) -> str:
    return _text(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _attempt(number: int, note: str) -> dict[str, object]:
    return {
        "id": f"01a22000-0000-7000-8000-{number:012x}",
        "kind": "census.record_attempt",
        "version": 1,
        "seq": number,
        "recorded_at": 1_580_000_000_000 + number * 60_000,
        "offset": -1_500,
        "after": [],
        "body": {"door_id": _DOOR, "result": "no_answer", "channel": "door", "note": note},
    }


def _parcel(name: str, commands: list[dict[str, object]]) -> dict[str, object]:
    server, device, ephemeral = _key("server"), _key("device"), _key(f"ephemeral {name}")
    key_id = bytes.fromhex("01a2200000007000800000000000f1f1")
    said = {"protocol": 1, "device_id": _DEVICE, "made_at": 1_580_003_600_000, "waiting": len(commands)}
    content = json.dumps(said | {"client": "0.1.0", "commands": commands}, ensure_ascii=False).encode()
    signing = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    r, s = decode_dss_signature(device.sign(b"firstline-parcel-1\n" + content, signing))
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    point = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = ephemeral.exchange(ec.ECDH(), server.public_key())
    key = HKDF(hashes.SHA256(), 32, salt=point, info=b"firstline-parcel-1").derive(secret)
    sealed = AESGCM(key).encrypt(bytes(12), signature + gzip.compress(content, mtime=0), key_id)
    parcel = b"FLP1" + key_id + point + sealed
    return {
        "name": name,
        "server": {"id": key_id.hex(), "private": _scalar(server), "public": _spki(server)},
        "device": {"id": _DEVICE, "private": _scalar(device), "public": _spki(device)},
        "ephemeral": {"private": _scalar(ephemeral), "point": point.hex()},
        "content": content.decode(),
        "signature": signature.hex(),
        "key": key.hex(),
        "parcel": _text(parcel),
        "frames": _frames(parcel),
    }


def _frames(parcel: bytes) -> list[str]:
    parts = [parcel[first : first + _FRAME_BYTES] for first in range(0, len(parcel), _FRAME_BYTES)]
    head = f"FLQ1/{hashlib.sha256(parcel).hexdigest()[:8]}"
    return [f"{head}/{number}/{len(parts)}/{_base45(part)}" for number, part in enumerate(parts)]


def _base45(content: bytes) -> str:
    """RFC 9285: two bytes are three characters, a last single one two."""
    said = ""
    for first in range(0, len(content), 2):
        pair = content[first : first + 2]
        value = int.from_bytes(pair, "big")
        for _digit in range(len(pair) + 1):
            value, digit = divmod(value, 45)
            said += _BASE45[digit]
    return said


def written() -> str:
    """The whole file."""
    parcels = [
        _parcel("one attempt", [_attempt(1, "")]),
        _parcel("forty attempts, Chinese notes", [_attempt(number, f"门口有狗 {number}") for number in range(1, 41)]),
        _parcel("nothing", []),
    ]
    return json.dumps({"version": 1, "parcels": parcels}, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_text() == written() else f"{TARGET.name} is not what this writes")
    TARGET.write_text(written())
