"""The group robots of the common office chats: how each wants to be asked, and what its answers mean.

DingTalk: base64 of HMAC-SHA256 of "timestamp\\nsecret" (milliseconds) under the secret, in the address beside it.
Feishu: base64 of HMAC-SHA256 of nothing under "timestamp\\nsecret" (seconds), in the body beside it.
WeCom: no signature; the key stands in the address. Any other program: hex of HMAC-SHA256 of "timestamp.body" under the
secret, in a header beside the timestamp (seconds), and the parcel's id as ``Idempotency-Key``.
The schemes are those of the vendors' documentation for custom robots.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from firstline.kernel import clock
from firstline.notify.channels import posting
from firstline.notify.channels.letters import Letter, Outcome
from firstline.notify.errors import RobotAddressRefused
from firstline.notify.models import RobotDetails, RobotKind

# Each vendor lets a robot say twenty to a hundred things a minute; who was refused waits until the next.
_NEXT_MINUTE = 60
_LONGEST_WAIT = 3600


@dataclass(frozen=True, slots=True)
class _Asked:
    url: str
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How a kind of robot is asked, where its answer has its code, and which codes mean "later" and "never"."""

    ask: Callable[[RobotDetails, Letter], _Asked]
    codes: tuple[str, ...]
    later: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()


def send(kind: RobotKind, details: RobotDetails, letter: Letter) -> Outcome:
    """Have a robot say a letter in its group."""
    scheme = _SCHEMES[kind]
    asked = scheme.ask(details, letter)
    body = json.dumps(asked.body, ensure_ascii=False).encode()
    headers = asked.headers | (_signed(details.secret, body) if kind == RobotKind.GENERIC else {})
    try:
        posting.refuse_address(kind, details.url)
    except RobotAddressRefused:
        return Outcome("host_not_listed", for_good=True)
    return _judge(scheme, posting.post(asked.url, body, headers))


def _judge(scheme: _Scheme, answer: posting.Answer) -> Outcome:
    if not answer.status:
        return Outcome(answer.problem)
    if answer.status == 429:
        return Outcome("http_429", wait=_wait_of(answer.headers))
    if answer.status >= 500:
        return Outcome(f"http_{answer.status}")
    if not 200 <= answer.status < 300:
        return Outcome(f"http_{answer.status}", for_good=True)
    if not scheme.codes:
        return Outcome()
    code = _code_of(scheme, answer.body)
    if code is None:
        return Outcome("malformed")
    if code == 0:
        return Outcome()
    wait = _NEXT_MINUTE if code in scheme.later else 0
    return Outcome(str(code), for_good=code in scheme.never, wait=wait)


def _code_of(scheme: _Scheme, body: bytes) -> int | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    found = [said[name] for name in scheme.codes if name in said] if isinstance(said, dict) else []
    return found[0] if found and isinstance(found[0], int) else None


def _wait_of(headers: Mapping[str, str]) -> int:
    said = headers.get("retry-after", "")
    return min(int(said), _LONGEST_WAIT) if said.isdecimal() else _NEXT_MINUTE


def _mac(key: str, message: bytes) -> str:
    return base64.b64encode(hmac.digest(key.encode(), message, hashlib.sha256)).decode()


def _dingtalk(details: RobotDetails, letter: Letter) -> _Asked:
    url = details.url
    if details.secret:
        stamp = str(int(clock.now().timestamp() * 1000))
        sign = _mac(details.secret, f"{stamp}\n{details.secret}".encode())
        url += ("&" if "?" in url else "?") + urlencode({"timestamp": stamp, "sign": sign})
    said = "\n\n".join([f"**{letter.title}**", *letter.lines, letter.url])
    return _Asked(url, {"msgtype": "markdown", "markdown": {"title": letter.title, "text": said}})


def _feishu(details: RobotDetails, letter: Letter) -> _Asked:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": _plain(letter)}}
    if details.secret:
        stamp = str(int(clock.now().timestamp()))
        body |= {"timestamp": stamp, "sign": _mac(f"{stamp}\n{details.secret}", b"")}
    return _Asked(details.url, body)


def _wecom(details: RobotDetails, letter: Letter) -> _Asked:
    return _Asked(details.url, {"msgtype": "text", "text": {"content": _plain(letter)}})


def _generic(details: RobotDetails, letter: Letter) -> _Asked:
    body = {"id": str(letter.key), "title": letter.title, "lines": list(letter.lines), "url": letter.url}
    return _Asked(details.url, body, {"Idempotency-Key": str(letter.key)})


def _signed(secret: str, body: bytes) -> dict[str, str]:
    stamp = str(int(clock.now().timestamp()))
    sign = hmac.digest(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hex()
    return {"X-Firstline-Timestamp": stamp, "X-Firstline-Signature": f"sha256={sign}"}


def _plain(letter: Letter) -> str:
    return "\n".join([letter.title, *letter.lines, letter.url])


_SCHEMES: dict[RobotKind, _Scheme] = {
    # 130101: too fast. 300001, 310000: no such token; signature, keyword or address refused.
    RobotKind.DINGTALK: _Scheme(_dingtalk, ("errcode",), frozenset({130101}), frozenset({300001, 310000})),
    # 11232: too fast. 19001, 19021, 19022, 19024: no such robot; signature, address, keyword refused.
    RobotKind.FEISHU: _Scheme(
        _feishu, ("code", "StatusCode"), frozenset({11232}), frozenset({19001, 19021, 19022, 19024})
    ),
    # 45009: too fast. 93000, 93008: no such robot, robot taken out of its group.
    RobotKind.WECOM: _Scheme(_wecom, ("errcode",), frozenset({45009}), frozenset({93000, 93008})),
    RobotKind.GENERIC: _Scheme(_generic, ()),
}
