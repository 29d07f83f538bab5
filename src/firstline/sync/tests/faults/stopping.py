"""The application of a real server that stops dead once, where ``FAULT`` says, in the middle of a batch.

``gunicorn firstline.sync.tests.faults.stopping:application``; it says on its output which process stands where, and
waits there, for a minute, to be killed or to be told to go on. ``FAULT_KEYS`` and ``FAULT_DATABASE`` are the keys and
the database of whoever started it; the file ``FAULT_ONCE`` is there once it stopped, and beside it one that ends in
``.go`` when it is to go on.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler

from firstline.config import wsgi

# Phones in a browser fetch the client from it, as it was built here.
application = StaticFilesHandler(wsgi.program)


def _stops(act: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        done = act(*given, **named) if after else None
        try:
            Path(os.environ["FAULT_ONCE"]).touch(exist_ok=False)
        except FileExistsError:
            return done if after else act(*given, **named)
        sys.stdout.write(f"stands {os.getpid()}\n")
        sys.stdout.flush()
        _until(Path(os.environ["FAULT_ONCE"]).with_suffix(".go"))
        return done if after else act(*given, **named)

    return run


def _until(told: Path) -> None:
    for _tenth in range(600):
        if told.exists():
            return
        time.sleep(0.1)


def _prepare() -> None:
    from django.conf import settings
    from django.db import connections

    from firstline.sync.intake import releasing, taking, views

    settings.FIRSTLINE_KEY_FOLDER = Path(os.environ["FAULT_KEYS"])
    connections.settings["default"] |= json.loads(os.environ["FAULT_DATABASE"])
    match os.environ["FAULT"]:
        case "before":
            vars(views)["take"] = _stops(taking.take, after=False)
        case "during":
            vars(views)["contact"] = _stops(vars(views)["contact"], after=True)
        case "after":
            vars(releasing)["release"] = _stops(releasing.release, after=False)
        case "answered":
            vars(views)["wipe_due"] = _stops(vars(views)["wipe_due"], after=True)


_prepare()
