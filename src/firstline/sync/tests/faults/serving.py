"""A real server over the suite's database, and a phone that talks to it over a socket, as phones do."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from firstline.config.testing.served import free_port
from firstline.sync.tests.commands import URL, batch
from firstline.sync.tests.phones import Phone

_PATIENCE = 60


@dataclass
class Server:
    """A served application: ``process`` is the one that watches over the workers."""

    process: "subprocess.Popen[str]"
    port: int
    once: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def standing(self) -> int:
        """Wait until a worker stands in the middle of a batch; its process id."""
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("stands "):
                return int(line.split()[1])
        raise AssertionError("the server ended before it stood anywhere")

    def kill_all(self) -> None:
        """Signal 9 to the whole of it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(_PATIENCE)

    def go_on(self) -> None:
        """Whoever stands in the middle of a batch."""
        self.once.with_suffix(".go").touch()

    def kill_worker(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def served(fault: str, once: Path) -> Iterator[Server]:
    """The server with one fault in it; ended with all its workers when the block is left."""
    port = free_port()
    arguments = ["-m", "gunicorn", "-c", "python:firstline.config.gunicorn", "--no-sendfile"]
    process = subprocess.Popen(
        [sys.executable, *arguments, "-b", f"127.0.0.1:{port}", "firstline.sync.tests.faults.stopping:application"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "firstline.config.test_settings",
            "FAULT": fault,
            "FAULT_ONCE": str(once),
            "FAULT_KEYS": str(settings.FIRSTLINE_KEY_FOLDER),
            "FAULT_DATABASE": json.dumps({name: str(connection.settings_dict[name]) for name in ("HOST", "NAME")}),
        },
    )
    try:
        _until_open(process, port)
        yield Server(process, port, once)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def asked(phone: Phone, port: int, *commands: dict[str, Any], **more: Any) -> http.client.HTTPConnection:
    """A batch on its way: sent, its answer not read."""
    return raw(phone, port, "POST", URL, json.dumps(batch(*commands, **more)).encode())


def raw(phone: Phone, port: int, method: str, path: str, body: bytes = b"") -> http.client.HTTPConnection:
    way = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    headers = {**phone.headers(method, path, body), "Content-Type": "application/json"}
    try:
        way.request(method, path, body or None, headers)
    except OSError:
        way.close()
        raise
    return way


def heard(way: http.client.HTTPConnection) -> tuple[int, dict[str, Any]]:
    """Status and answer of what was asked."""
    with contextlib.closing(way):
        answer = way.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")


def statuses(way: http.client.HTTPConnection) -> list[str]:
    status, said = heard(way)
    assert status == 200, said
    return [one["status"] for one in said["answers"]]


def _until_open(process: "subprocess.Popen[str]", port: int) -> None:
    ends = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < ends:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")
