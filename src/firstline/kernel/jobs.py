"""Work that outlasts a request, kept in the database until it is done, and run by ``firstline worker``.

    BRING_IN = Job("registry.bring_in")
    BRING_IN.later(actor, file_id)         # in the running transaction: what is rolled back leaves no job

    @BRING_IN.is_done_by(failed=say_why)
    def bring_in(actor, file_id): ...

A job is told two ids and nothing else, for its row lies in clear: who asked, and what it is about. It runs as that
person, judged by the grants they have when it runs. A process may be killed at any moment, so the work must be such
that doing it again changes nothing. Each app does its jobs in ``jobs.py``, where the worker finds them.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from procrastinate import JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as Queued
from procrastinate.retry import BaseRetryStrategy

from firstline.kernel import clock, ports
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError, WorkGivenUp

log = structlog.get_logger("firstline.jobs")

# A job is begun so many times at most, however it ended: by a fault, or because its process was killed.
MOST_ATTEMPTS = 6
_FIRST_PAUSE = 5  # seconds

Work = Callable[[Actor, uuid.UUID], None]
Failed = Callable[[uuid.UUID, FirstlineError, bool], None]

# What this process is working on; the queue says "doing" of the others too, and of those whose process was killed.
in_hand: set[int] = set()


def pause_after(attempts: int) -> timedelta:
    """How long to wait before a job is begun again that was begun ``attempts`` times: 5 s, 15 s, 45 s and so on."""
    return timedelta(seconds=_FIRST_PAUSE * 3 ** max(attempts - 1, 0))


class Retrying(BaseRetryStrategy):
    """Faults pass, refusals do not: a file that is no list is none the second time either."""

    def get_retry_decision(self, *, exception: BaseException, job: Queued) -> RetryDecision | None:
        begun = job.attempts + 1
        if is_refusal(exception) or begun >= MOST_ATTEMPTS:
            return None
        return RetryDecision(retry_at=clock.now() + pause_after(begun))


def is_refusal(problem: BaseException) -> bool:
    """Whether somebody is to be told, and nothing will be different the next time."""
    return isinstance(problem, FirstlineError) and problem.status < 500


class Job:
    """A kind of work about one thing, which several people may ask for and which is done once at a time."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._work: Work | None = None
        self._failed: Failed | None = None
        self._task = app.task(name=name, pass_context=True, retry=Retrying())(self._run)

    def is_done_by(self, *, failed: Failed) -> Callable[[Work], Work]:
        """Mark the function that does the work.

        ``failed`` is called after every attempt that failed, with the error and whether the work will be tried again;
        it makes that visible. Nobody's scope is entered then: whoever asked may have lost the grant meanwhile.
        """

        def mark(work: Work) -> Work:
            self._work, self._failed = work, failed
            return work

        return mark

    def later(self, actor: Actor, subject: uuid.UUID) -> None:
        """Put the work into the queue, on behalf of ``actor``; again while it still waits there changes nothing."""
        waiting = self._task.configure(lock=str(subject), queueing_lock=f"{self.name}:{subject}")
        try:
            with transaction.atomic():
                waiting.defer(person=str(actor.person_id), subject=str(subject))
        except AlreadyEnqueued:
            pass

    def _run(self, context: JobContext, person: str, subject: str) -> None:
        assert self._work and self._failed, f"nobody does {self.name}"  # noqa: S101  # a mistake of ours
        job, about = context.job, uuid.UUID(subject)
        in_hand.add(job.id or 0)
        try:
            _give_up_on_killers(job)
            self._work(ports.actor_of_person(uuid.UUID(person)), about)
        except Exception as problem:
            log.warning("job_failed", job=self.name, attempt=job.attempts + 1, exc_info=problem)
            again = Retrying().get_retry_decision(exception=problem, job=job) is not None
            self._failed(about, problem if isinstance(problem, FirstlineError) else WorkGivenUp(), again)
            raise
        finally:
            in_hand.discard(job.id or 0)


def nightly(name: str, work: Callable[[], object], *, hour_utc: int) -> None:
    """Have the worker do something once a night. Nobody asks for it; what was killed is done the next night."""

    _by_the_clock(name, work, f"17 {hour_utc} * * *")


def every(name: str, work: Callable[[], object], *, seconds: int) -> None:
    """Have the worker do something every so many seconds (a divisor of 60); never twice at once."""
    _by_the_clock(name, work, f"* * * * * */{seconds}")


def _by_the_clock(name: str, work: Callable[[], object], cron: str) -> None:
    def run(timestamp: int) -> None:
        work()

    # One that still waits is enough: after a week without a worker it is done once.
    app.periodic(cron=cron)(app.task(name=name, lock=name, queueing_lock=name)(run))


def every_minute(name: str, work: Callable[[], object]) -> None:
    """Have the worker do something each minute; what is not done yet when the next minute comes is done once."""

    def run(timestamp: int) -> None:
        work()

    app.periodic(cron="* * * * *")(app.task(name=name, queueing_lock=name)(run))


def _give_up_on_killers(job: Queued) -> None:
    """What was killed again and again, perhaps by what it does itself: no fault ever came to be counted."""
    if job.attempts >= MOST_ATTEMPTS:
        raise WorkGivenUp
