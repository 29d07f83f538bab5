"""Which device sends a request: its signature, its clock, and what it was given (section 3 of the protocol)."""

import base64
import binascii
import functools
import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.http import HttpRequest, HttpResponse

from firstline.accounts.devices.selectors import device_with_terms
from firstline.accounts.models import Device
from firstline.kernel import clock
from firstline.sync.answering import MOST_BYTES, View, answering, body_of, milliseconds
from firstline.sync.errors import (
    ClientTooOld,
    ClockDiffers,
    DeviceRevoked,
    DeviceUnknown,
    GrantsEnded,
    HatMissing,
)
from firstline.sync.hats import HANDED_IN, may_read

_MOST_OFF = 10 * 60 * 1000
_SIGNATURE_BYTES, _HALF = 64, 32
# The oldest protocol whose clients can read what is sent now; what they hold is taken for ever.
LEAST_READ = 1
_LONGEST_NUMBER = 5


class SignedRequest(HttpRequest):
    """A request as views of devices see it: with the device that signed it and its whole body."""

    device: Device
    signed_body: bytes


def signed(*, most_bytes: int = MOST_BYTES) -> Callable[[View], View]:
    """Make a function a route of enrolled devices; ``request.device`` is the one that signed.

    What is handed in (``hats.HANDED_IN``) is taken from every device; what is read, only while a hat that lists the
    route is given and in force. Raises, as answers: DeviceUnknown, ClockDiffers, DeviceRevoked, GrantsEnded,
    HatMissing, ClientTooOld, TooLarge. One statement reads the device with all it was given.
    """

    def decorate(view: View) -> View:
        @answering
        @functools.wraps(view)
        def run(plain: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request = cast("SignedRequest", plain)
            request.device = _known(request)
            request.signed_body = body_of(request, most_bytes)
            _require_signature(request)
            _require_time(request)
            _require_route(request)
            return view(request, *args, **kwargs)

        return run

    return decorate


def signs(public_key: bytes, signature: bytes, text: bytes) -> bool:
    """Whether ``signature`` (64 bytes, r and s) is of ``text``, by the key (SPKI in DER, P-256)."""
    if len(signature) != _SIGNATURE_BYTES:
        return False
    r, s = (int.from_bytes(part, "big") for part in (signature[:_HALF], signature[_HALF:]))
    try:
        _key(public_key).verify(encode_dss_signature(r, s), text, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def signed_text(method: str, path: str, at: str, body: bytes) -> bytes:
    """What a device signs of a request: its method, path with query, moment and the digest of its body."""
    lines = ("firstline-sync-1", method, path, at, hashlib.sha256(body).hexdigest())
    return "".join(f"{line}\n" for line in lines).encode()


def _known(request: HttpRequest) -> Device:
    try:
        device_id = uuid.UUID(request.headers.get("Firstline-Device", ""))
    except ValueError as problem:
        raise DeviceUnknown from problem
    if (device := device_with_terms(device_id)) is None:
        raise DeviceUnknown
    return device


def _require_signature(request: SignedRequest) -> None:
    at = request.headers.get("Firstline-At", "")
    text = signed_text(request.method or "", request.get_full_path(), at, request.signed_body)
    try:
        signature = base64.b64decode(request.headers.get("Firstline-Signature", ""), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise DeviceUnknown from problem
    if not signs(bytes(request.device.public_key), signature, text):
        raise DeviceUnknown


def _require_time(request: SignedRequest) -> None:
    at, now = request.headers.get("Firstline-At", ""), milliseconds()
    # Sixteen digits are years enough; of thousands Python would refuse to make a number.
    if not re.fullmatch(r"[0-9]{1,16}", at) or abs(int(at) - now) > _MOST_OFF:
        raise ClockDiffers(server_time=now)


def _require_route(request: SignedRequest) -> None:
    route = request.resolver_match.view_name if request.resolver_match else ""
    if route in HANDED_IN:
        return
    device, now = request.device, clock.now()
    if device.revoked_at is not None:
        raise DeviceRevoked
    terms = device.terms
    if terms is None or not terms.grants(now):
        raise GrantsEnded
    if not may_read(route, [hat for given in terms.in_force(now) for hat in given.hats]):
        raise HatMissing
    if _protocol(request) < LEAST_READ:
        raise ClientTooOld(least=LEAST_READ)


def _protocol(request: HttpRequest) -> int:
    """What a client says that it reads; the first ones did not say."""
    said = request.headers.get("Firstline-Protocol", "1")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _LONGEST_NUMBER else 1


@functools.lru_cache(maxsize=4096)
def _key(public_key: bytes) -> ec.EllipticCurvePublicKey:
    return cast("ec.EllipticCurvePublicKey", load_der_public_key(public_key))
