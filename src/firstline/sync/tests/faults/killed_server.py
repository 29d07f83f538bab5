"""Run as a process of its own by `test_killed_server`: serves devices, and stops dead at one moment of a batch."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: what this process says is read by the test."""


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def _stop_dead() -> None:
    _say("in the middle")
    time.sleep(60)


def _hook(moment: str) -> None:
    from django.db import connections

    from firstline.sync.intake import keeping, taking

    connection: Any = connections["default"]
    work, commit = taking._Taking.all, connection._commit
    worked: list[bool] = []

    def all_of_it(self: Any, commands: Any) -> Any:
        answers = work(self, commands)
        worked.append(True)
        return answers

    def committing() -> None:
        if not worked:
            commit()
            return
        if moment == "during":
            # Sent, and its answer never read: whether it holds only the database knows.
            sent = connection.connection.pgconn
            sent.send_query(b"COMMIT")
            while sent.flush():
                pass
        elif moment == "after":
            commit()
        _stop_dead()

    if moment == "working":
        vars(keeping)["keep"] = _stopping
        return
    setattr(taking._Taking, "all", all_of_it)  # noqa: B010  # replaced on purpose
    vars(connection)["_commit"] = committing


def _stopping(*_args: object, **_given: object) -> None:
    _stop_dead()


def main(keys: str, moment: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.FIRSTLINE_KEY_FOLDER = Path(keys)
    application: Callable[..., Any] = get_wsgi_application()
    _hook(moment)
    with make_server("127.0.0.1", 0, application, handler_class=_Quiet) as server:
        _say(server.server_port)
        server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
