"""Working the queue in a test: in its own transaction and connection, so as the application's role, without waiting."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status


@dataclass(frozen=True, slots=True)
class Ended:
    """How one attempt at a job ended: ``succeeded``, ``failed``, or ``todo`` when it will be tried again."""

    task: str
    status: str


def waiting() -> list[dict[str, Any]]:
    """What lies in the queue, as a thief of the database would see it: task, arguments, locks, attempts."""
    return _rows("SELECT * FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")


def work_off() -> list[Ended]:
    """Do every job that waits, each once, those included that wait for their next attempt; how each ended."""
    ended: list[Ended] = []
    seen: set[int | None] = set()
    while job := _fetch(seen):
        seen.add(job.id)
        ended.append(Ended(job.task_name, _attempt(job)))
    return ended


def _fetch(seen: set[int | None]) -> Job | None:
    """The next job, also one that is to wait for its next attempt."""
    again = "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND NOT id = ANY(%s)"
    _say(again, list(seen))
    [row] = _rows("SELECT * FROM procrastinate_fetch_job_v2(NULL, NULL)")
    return Job.from_row(row) if row["id"] else None


def _attempt(job: Job) -> str:
    task = app.tasks[job.task_name]
    context = JobContext(app=app, job=job, start_timestamp=0.0, abort_reason=lambda: None)
    try:
        task(context, **job.task_kwargs)
    except Exception as problem:  # noqa: BLE001  # as the worker does
        if again := task.get_retry_exception(exception=problem, job=job):
            _say("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", job.id, again.retry_decision.retry_at)
            return str(Status.TODO.value)
        _say("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", job.id)
        return str(Status.FAILED.value)
    _say("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", job.id)
    return str(Status.SUCCEEDED.value)


def _say(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _rows(statement: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"args": json.loads(row["args"] or "{}")} for row in rows]
