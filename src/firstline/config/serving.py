"""`firstline serve`: database, what must be done before, server and worker, as one thing that starts and stops."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from firstline.config.installation import embedded_cluster
from firstline.config.refusals import ServeError
from firstline.config.signals import Stopped, StopRequests

READY_SECONDS = 60
STOP_SECONDS = 10
LOOK_SECONDS = 1
PAUSE_SECONDS = 5


def serve(arguments: list[str]) -> None:
    options = _parse(arguments)
    importlib.import_module("firstline.config.settings")  # a wrong setting is refused here, before anything starts
    requests = StopRequests()
    cluster = embedded_cluster()
    with contextlib.suppress(Stopped), cluster.running() if cluster else contextlib.nullcontext():
        _refuse_taken_port(options.host, options.port)
        _make_ready(options.first, requests)
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:firstline.config.gunicorn"]
        with _child([*gunicorn, "-b", f"{options.host}:{options.port}", "firstline.config.wsgi"], requests) as server:
            _wait_until_ready(server, options.host, options.port)
            print(f"\nFirstline answers at http://{options.host}:{options.port}/ (Ctrl-C stops it)", flush=True)
            raise SystemExit(_with_worker(server, requests))


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="firstline serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument(
        "--first",
        action="append",
        default=[],
        metavar="COMMAND",
        help="a firstline command to run before serving, such as migrate or 'demo --world DIR'; may be repeated",
    )
    return parser.parse_args(arguments)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise ServeError(f"cannot listen on {host}:{port} ({problem.strerror}); choose another PORT.") from None


def _make_ready(commands: list[str], requests: StopRequests) -> None:
    with _child([sys.executable, "-m", "firstline.config.cli", "ready", *commands], requests) as child:
        if child.wait() != 0:
            raise ServeError("nothing is served; the lines above say why.")


@contextlib.contextmanager
def _child(command: list[str], requests: StopRequests) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own: the terminal's Ctrl-C reaches only us, and we stop things in order."""
    requests.hold()
    child = subprocess.Popen(command, start_new_session=True)
    try:
        requests.release()
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _with_worker(server: subprocess.Popen[bytes], requests: StopRequests) -> int:
    """Keep a worker beside the server until the server ends, whose exit code this is; one that dies is followed."""
    while True:
        with _child([sys.executable, "-m", "firstline.config.cli", "worker"], requests) as worker:
            while worker.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    return server.wait(LOOK_SECONDS)
        print("firstline: the worker ended; another one follows.", file=sys.stderr, flush=True)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return server.wait(PAUSE_SECONDS)


def _wait_until_ready(server: subprocess.Popen[bytes], host: str, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServeError("the server stopped while starting; the lines above say why.")
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", "/login/", headers={"Host": "127.0.0.1"})
            if connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise ServeError(f"the server was not ready within {READY_SECONDS} seconds.")
