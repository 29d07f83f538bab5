"""A chat's server on this machine, by https: it checks signatures as the vendors document them, and answers as told."""

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SECRET = "SEC-of-the-stub"
TOKEN = "token-of-the-group"


@dataclass
class Heard:
    """One post as it came."""

    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: dict[str, Any]
    raw: bytes


@dataclass
class Stub:
    """What was heard, and what is answered: ``status`` with ``answer``, unless the signature does not fit."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    status: int = 200
    answer: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    certificate: Path | None = None

    @property
    def host(self) -> str:
        return f"localhost:{self.port}"

    def url(self, kind: str) -> str:
        query = {"dingtalk": f"?access_token={TOKEN}", "wecom": f"?key={TOKEN}"}.get(kind, "")
        return f"https://{self.host}/{kind}{query}"

    def reply(self, heard: Heard) -> bytes:
        if self.answer is not None:
            return self.answer
        checks = {"dingtalk": _dingtalk, "feishu": _feishu, "wecom": _wecom, "generic": _generic}
        return json.dumps(checks[heard.path.strip("/")](heard)).encode()


def _mac(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def _dingtalk(heard: Heard) -> dict[str, Any]:
    stamp, sign = heard.query.get("timestamp", [""])[0], heard.query.get("sign", [""])[0]
    if heard.query.get("access_token") != [TOKEN]:
        return {"errcode": 300001, "errmsg": "token is not exist"}
    if len(stamp) != 13 or sign != _mac(SECRET, f"{stamp}\n{SECRET}"):
        return {"errcode": 310000, "errmsg": "sign not match"}
    return {"errcode": 0, "errmsg": "ok"} if heard.body["markdown"]["text"] else {"errcode": 40035}


def _feishu(heard: Heard) -> dict[str, Any]:
    stamp = str(heard.body.get("timestamp", ""))
    if len(stamp) != 10 or heard.body.get("sign") != _mac(f"{stamp}\n{SECRET}", ""):
        return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
    return {"code": 0, "msg": "success", "data": {}} if heard.body["content"]["text"] else {"code": 9499}


def _wecom(heard: Heard) -> dict[str, Any]:
    if heard.query.get("key") != [TOKEN]:
        return {"errcode": 93000, "errmsg": "invalid webhook url"}
    return {"errcode": 0, "errmsg": "ok"} if heard.body["text"]["content"] else {"errcode": 44004}


def _generic(heard: Heard) -> dict[str, Any]:
    stamp = heard.headers["x-firstline-timestamp"]
    expected = hmac.new(SECRET.encode(), stamp.encode() + b"." + heard.raw, hashlib.sha256).hexdigest()
    assert heard.headers["x-firstline-signature"] == f"sha256={expected}"
    return {}


@contextmanager
def running(folder: Path) -> Iterator[Stub]:
    """A stub that listens for the length of the block."""
    stub = Stub()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            heard = Heard(parts.path, parse_qs(parts.query), headers, json.loads(raw), raw)
            stub.heard.append(heard)
            body = stub.reply(heard)
            self.send_response(stub.status)
            for name, value in stub.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    stub.port = server.server_address[1]
    stub.certificate = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(stub.certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "stub.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file
