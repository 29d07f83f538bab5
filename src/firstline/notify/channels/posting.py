"""Posting to an address that somebody typed: to hosts of the list only, by https, with limits on everything.

A robot's address must not become a way into the network the server stands in: no redirect is followed, no other port,
no name that is not on the list (the vendors', and those of FIRSTLINE_ROBOT_HOSTS).
"""

import ssl
import time
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

import urllib3
from django.conf import settings

from firstline.notify.errors import RobotAddressRefused
from firstline.notify.models import RobotKind

VENDORS: dict[RobotKind, frozenset[str]] = {
    RobotKind.DINGTALK: frozenset({"oapi.dingtalk.com"}),
    RobotKind.FEISHU: frozenset({"open.feishu.cn", "open.larksuite.com"}),
    RobotKind.WECOM: frozenset({"qyapi.weixin.qq.com"}),
    RobotKind.GENERIC: frozenset(),
}
MOST_BYTES = 64 * 1024
CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 5, 10, 15
_CHUNK = 8 * 1024


class Answer(NamedTuple):
    """What was answered: ``status`` 0 when nothing was, then ``problem`` says why."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    problem: str = ""


def refuse_address(kind: RobotKind, url: str) -> None:
    """Raise RobotAddressRefused unless ``url`` is https and its host is one that robots of this kind may have."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RobotAddressRefused from None
    host = (parts.hostname or "").lower()
    named = host if port in {None, 443} else f"{host}:{port}"
    allowed = VENDORS[kind] | set(settings.FIRSTLINE_ROBOT_HOSTS)
    if parts.scheme != "https" or parts.username or parts.password or named not in allowed or not url.isascii():
        raise RobotAddressRefused


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post a JSON body, and read no more of the answer than its limit. Raises nothing: no answer is an answer too."""
    sent = {"Content-Type": "application/json; charset=utf-8", "Accept-Encoding": "identity", **headers}
    ends = time.monotonic() + WHOLE_SECONDS
    try:
        answer = _pool().request(
            "POST", url, body=body, headers=sent, redirect=False, retries=False, preload_content=False
        )
        try:
            return _read(answer, ends)
        finally:
            # Not given back to the pool: what is left unread of it is nobody's.
            answer.close()
    except urllib3.exceptions.SSLError:
        return Answer(0, b"", {}, "tls")
    except urllib3.exceptions.TimeoutError:
        return Answer(0, b"", {}, "timeout")
    except (urllib3.exceptions.HTTPError, OSError):
        return Answer(0, b"", {}, "unreachable")


def _read(answer: urllib3.BaseHTTPResponse, ends: float) -> Answer:
    taken = b""
    for chunk in answer.stream(_CHUNK, decode_content=False):
        taken += chunk
        if len(taken) > MOST_BYTES:
            return Answer(0, b"", {}, "too_long")
        if time.monotonic() > ends:
            return Answer(0, b"", {}, "timeout")
    return Answer(answer.status, taken, {name.lower(): value for name, value in answer.headers.items()})


@cache
def _pool() -> urllib3.PoolManager:
    # Certificates of the machine; an office's own authority is added by SSL_CERT_FILE, which Python knows.
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    return urllib3.PoolManager(num_pools=8, timeout=timeout, ssl_context=trusted())


def trusted() -> ssl.SSLContext:
    """Whose certificates are believed."""
    return ssl.create_default_context()
