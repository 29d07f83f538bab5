"""`firstline worker`: works off the queue, one process an installation, and may be killed at any moment.

One works, further ones wait until it is gone: a lock says so that the database lets go of when the process dies. So
whoever holds it knows that jobs which are marked as under way and are not in its own hands were left by a process that
was killed, and takes them up at once, without waiting for a heartbeat to run out.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import Any

import psycopg
import structlog
from django.conf import settings
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from firstline.kernel import clock, jobs

LOOK_SECONDS = 5
TURN_SECONDS = 2
FINISH_SECONDS = 3
_LOCK = "firstline worker"

log = structlog.get_logger("firstline.jobs")


def work() -> int:
    """Work until asked to stop: 0, or until the database is gone: 1. Threads may be left at work: leave at once."""
    try:
        # Not asyncio.run, which would wait for those threads.
        asyncio.new_event_loop().run_until_complete(_until_stopped())
    except Exception:
        log.exception("worker_ended")
        return 1
    return 0


async def _until_stopped() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    parameters = connector_params()
    async with await psycopg.AsyncConnection.connect(**parameters | {"autocommit": True}) as alone:
        if await _our_turn(alone, stop):
            queue = app.with_connector(PsycopgConnector(kwargs=parameters, min_size=1, max_size=2))
            async with queue.open_async():
                await _take_up(queue, seen=None)
                await _work_off(queue, alone, stop)


async def _our_turn(alone: psycopg.AsyncConnection[Any], stop: asyncio.Event) -> bool:
    """Wait until no other worker holds the lock; False when we were stopped before."""
    while not stop.is_set():
        # Asked again and again: a statement that waits would hold back the clearing up of old rows.
        taken = await alone.execute("SELECT pg_try_advisory_lock(hashtext(%s), hashtext(current_schema()))", [_LOCK])
        if (row := await taken.fetchone()) and row[0]:
            return True
        await _either(stop, TURN_SECONDS)
    return False


async def _work_off(queue: App, alone: psycopg.AsyncConnection[Any], stop: asyncio.Event) -> None:
    working = asyncio.create_task(
        queue.run_worker_async(
            concurrency=settings.FIRSTLINE_JOBS, delete_jobs="successful", install_signal_handlers=False
        )
    )
    seen: set[int] = set()
    while not stop.is_set() and not working.done():
        await _either(stop, LOOK_SECONDS)
        await alone.execute("SELECT 1")  # without this connection the lock is gone: stop, and be started anew
        seen = await _take_up(queue, seen)
    # Let what is nearly done be finished; what is not is taken up by the next worker, as after a power cut.
    working.cancel()
    done, _pending = await asyncio.wait([working], timeout=FINISH_SECONDS)
    if done and not working.cancelled():
        working.result()


async def _take_up(queue: App, seen: set[int] | None) -> set[int]:
    """Give jobs back to the queue that are under way in nobody's hands; seen twice, since one is fetched in between."""
    doing = {job.id for job in await queue.job_manager.list_jobs_async(status="doing") if job.id}
    left = doing - jobs.in_hand
    for job_id in sorted(left if seen is None else left & seen):
        log.warning("job_taken_up", job=job_id)
        await queue.job_manager.retry_job_by_id_async(job_id, retry_at=clock.now())
    return left


async def _either(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
