"""How gunicorn runs: threads, since the work waits for the database; see docs/decisions on the choice."""

import gc
from typing import Any

from firstline.config.env import Environment

_environment = Environment()

worker_class = "gthread"
workers = _environment.integer("FIRSTLINE_WORKERS", 2, least=1, most=64)
threads = _environment.integer("FIRSTLINE_THREADS", 4, least=1, most=64)
timeout = 60
preload_app = True  # importing once instead of in every worker halves the start
graceful_timeout = 5
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None  # the request log is ours and has no addresses in it
loglevel = "warning"
worker_tmp_dir = "/dev/shm"  # noqa: S108  # a slow disk must not make a healthy worker look dead
_ALLOCATED_BETWEEN_COLLECTIONS = 20_000


def when_ready(_arbiter: Any) -> None:
    """Leave what was imported out of garbage collection, before the workers are forked: they go on sharing its memory.

    A batch of a phone makes more objects than Python's default allows between two collections, and each of these would
    look at all of Django again (Python Library Reference, ``gc.freeze``).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATED_BETWEEN_COLLECTIONS, 10, 10)
