"""Screens in front of a county's board: so many sessions, each asking for the part that changes as ``board.js`` does.

They come on a few connections that are kept, as through the proxy before a server. What one waits is counted from the
moment it was due, so that a queue shows. ``cpu_of`` is what the server and its database computed meanwhile.
"""

import http.client
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

_CONNECTIONS = 16
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Viewer:
    """One screen: its session, and what it brings back to the server."""

    cookie: str
    tag: str
    proof: str


class Poll(NamedTuple):
    """When one was due by the machine's clock, how many milliseconds later it was answered, and with what."""

    due: float
    took: float
    status: int


def look(port: int, path: str, viewers: list[Viewer], seconds: float) -> tuple[list[Viewer], list[Poll]]:
    """Let every viewer ask once, evenly spread over so long; how they stand then. In a process without Django."""
    due: SimpleQueue[tuple[float, Viewer] | None] = SimpleQueue()
    polls: list[Poll] = []
    threads = [threading.Thread(target=_ask, args=(port, path, due, polls)) for _ in range(_CONNECTIONS)]
    for thread in threads:
        thread.start()
    begun = time.monotonic()
    for number, viewer in enumerate(viewers):
        moment = begun + number * seconds / len(viewers)
        time.sleep(max(0.0, moment - time.monotonic()))
        due.put((moment, viewer))
    for _thread in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return viewers, polls


def _ask(port: int, path: str, due: "SimpleQueue[tuple[float, Viewer] | None]", polls: list[Poll]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while (one := due.get()) is not None:
        moment, viewer = one
        headers = {"Cookie": viewer.cookie, "If-None-Match": viewer.tag, "Firstline-Proof": viewer.proof}
        connection.request("GET", path, headers=headers | {"HX-Request": "true"})
        answer = connection.getresponse()
        answer.read()
        polls.append(Poll(moment, (time.monotonic() - moment) * 1000, answer.status))
        viewer.tag = answer.headers.get("ETag") or viewer.tag
        viewer.proof = answer.headers.get("Firstline-Proof") or viewer.proof


def cpu_of(server: int, postmaster: int) -> float:
    """Seconds that a server's processes and its database's have computed so far."""
    return _family(server) + _family(postmaster)


def postmaster_of(var: Path) -> int:
    """The process of an installation's embedded database."""
    return int((var / "pg" / "data" / "postmaster.pid").read_text().split()[0])


def _family(parent: int) -> float:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return (sum(_ticks(parent)) + sum(sum(_ticks(int(pid))[:2]) for pid in children)) / _TICKS


def _ticks(pid: int) -> list[int]:
    """User, system, and both of children that ended; nothing of a process that has just ended itself."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return [0, 0, 0, 0]
    return [int(part) for part in fields[11:15]]


# --- In the process that knows the installation


def sessions(count: int, login: str) -> list[Viewer]:
    """So many sessions of one login, both factors given, none of which has asked for anything yet."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client

    from firstline.accounts.models import Login
    from firstline.testing.logins import log_in_whole

    client = Client(SERVER_NAME="127.0.0.1")
    whose = Login.objects.get(username=login)
    log_in_whole(client, whose)
    said: dict[str, Any] = dict(client.session.items())
    made = []
    for _number in range(count):
        session = SessionStore()
        session.update(said)
        session.create()
        made.append(Viewer(f"{settings.SESSION_COOKIE_NAME}={session.session_key}", "", whose.pk.hex))
    return made


def change(path: str) -> None:
    """As a sweep that found something in this county."""
    from firstline.gaps.models import CountyState
    from firstline.kernel import clock

    CountyState.objects.filter(path=path).update(swept_at=clock.now(), changed_at=clock.now())


def forget_sessions(viewers: Sequence[Viewer]) -> None:
    """Take them away again."""
    from django.contrib.sessions.models import Session

    Session.objects.filter(session_key__in=[viewer.cookie.partition("=")[2] for viewer in viewers]).delete()
