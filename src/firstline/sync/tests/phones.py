"""A phone as the server sees it: a key pair and signed requests; what a client in the browser does, done here."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.test import Client

from firstline.sync.answering import milliseconds
from firstline.sync.signed import signed_text


@dataclass
class Phone:
    """Signs what it asks as ``device_id``; ``ahead_ms`` is how wrong its idea of the server's time is."""

    device_id: UUID = field(default_factory=uuid4)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    ahead_ms: int = 0

    @property
    def public_key(self) -> bytes:
        """SPKI in DER."""
        public = self.key.public_key()
        return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)

    def sign(self, text: bytes) -> bytes:
        """64 bytes, r and s."""
        r, s = decode_dss_signature(self.key.sign(text, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def headers(self, method: str, path: str, body: bytes = b"") -> dict[str, str]:
        at = str(milliseconds() + self.ahead_ms)
        signature = base64.b64encode(self.sign(signed_text(method, path, at, body))).decode()
        return {"Firstline-Device": str(self.device_id), "Firstline-At": at, "Firstline-Signature": signature}

    def get(self, path: str) -> Any:
        return Client().get(path, headers=self.headers("GET", path))

    def post(self, path: str, said: Any) -> Any:
        """Send a body: bytes as they are, anything else as JSON."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        kind = "application/octet-stream" if isinstance(said, bytes) else "application/json"
        return Client().post(path, body, content_type=kind, headers=self.headers("POST", path, body))


def phone_of(person_id: UUID, path: str, *, hats: tuple[str, ...] = ("doors",), **given: Any) -> Phone:
    """An enrolled phone of somebody, its rows written as enrolment would; ``given`` are the dates of its grant."""
    from firstline.accounts.models import Device, DeviceGrant

    phone = Phone()
    device = Device.objects.create(person_id=person_id, path=path, public_key=phone.public_key, client="0.1.0")
    DeviceGrant.objects.create(device=device, path=path, hats=list(hats), given_by_id=person_id, **given)
    phone.device_id = device.pk
    return phone
