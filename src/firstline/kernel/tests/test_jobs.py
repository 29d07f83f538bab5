"""Work in the background: asked for in the transaction, run as whoever asked, tried again, and never silently lost."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction

from firstline.accounts import actions as accounts
from firstline.accounts.models import RoleGrant
from firstline.kernel import clock, jobs
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import FirstlineError, Forbidden, Invalid, WorkGivenUp
from firstline.testing.cast import Cast
from firstline.testing.queue import Ended, waiting, work_off

SUBJECT = uuid.UUID("01890000-0000-7000-8000-000000000001")
NAME = "kernel.tests.note"


@dataclass
class Notes:
    """What the job saw; ``problem`` is what it runs into."""

    by: list[Actor] = field(default_factory=list)
    about: list[uuid.UUID] = field(default_factory=list)
    told: list[FirstlineError] = field(default_factory=list)
    again: list[bool] = field(default_factory=list)
    problem: Exception | None = None


NOTES = Notes()


def _told(_subject: uuid.UUID, problem: FirstlineError, again: bool) -> None:
    NOTES.told.append(problem)
    NOTES.again.append(again)


NOTE = jobs.Job(NAME)


@NOTE.is_done_by(failed=_told)
def _work(actor: Actor, subject: uuid.UUID) -> None:
    actor.require("registry.stage_file")
    NOTES.by.append(actor)
    NOTES.about.append(subject)
    if NOTES.problem:
        raise NOTES.problem


@pytest.fixture(autouse=True)
def notes() -> Iterator[Notes]:
    NOTES.__init__()  # type: ignore[misc]
    yield NOTES
    assert jobs.in_hand == set()


def test_it_runs_as_whoever_asked_and_as_the_application(cast: Cast, notes: Notes) -> None:
    NOTE.later(cast.director, SUBJECT)
    assert work_off() == [Ended(NAME, "succeeded")]
    assert ([actor.person_id for actor in notes.by], notes.about) == ([cast.director.person_id], [SUBJECT])
    assert connection.settings_dict["USER"] == "firstline_app"
    assert waiting() == []


def test_the_queue_holds_two_ids_and_nothing_else(cast: Cast) -> None:
    NOTE.later(cast.director, SUBJECT)
    [job] = waiting()
    assert job["args"] == {"person": str(cast.director.person_id), "subject": str(SUBJECT)}
    assert (job["lock"], job["queueing_lock"]) == (str(SUBJECT), f"{NAME}:{SUBJECT}")


def test_what_is_rolled_back_leaves_no_job(cast: Cast) -> None:
    with transaction.atomic():
        NOTE.later(cast.director, SUBJECT)
        assert len(waiting()) == 1
        transaction.set_rollback(True)
    assert waiting() == []


def test_asked_for_twice_it_waits_once(cast: Cast) -> None:
    NOTE.later(cast.director, SUBJECT)
    NOTE.later(cast.typist, SUBJECT)
    assert len(waiting()) == 1


def test_grants_are_judged_when_it_runs(cast: Cast, notes: Notes) -> None:
    NOTE.later(cast.director, SUBJECT)
    grant = RoleGrant.objects.get(person_id=cast.director.person_id)
    accounts.end_grant(console(), grant_id=grant.pk)
    assert work_off() == [Ended(NAME, "failed")]
    assert [type(problem) for problem in notes.told] == [Forbidden]


def test_a_refusal_is_told_and_not_tried_again(cast: Cast, notes: Notes) -> None:
    notes.problem = Invalid(problem="no list")
    NOTE.later(cast.director, SUBJECT)
    assert work_off() == [Ended(NAME, "failed")]
    assert notes.told == [notes.problem]


def test_a_fault_is_tried_again_after_longer_and_longer_pauses(cast: Cast, notes: Notes) -> None:
    notes.problem = RuntimeError("pulled the plug")
    NOTE.later(cast.director, SUBJECT)
    pauses = []
    for _attempt in range(jobs.MOST_ATTEMPTS - 1):
        assert work_off() == [Ended(NAME, "todo")]
        pauses.append(waiting()[0]["scheduled_at"] - clock.now())
    assert pauses == sorted(pauses)
    assert notes.again == [True] * (jobs.MOST_ATTEMPTS - 1)
    assert work_off() == [Ended(NAME, "failed")]
    assert {type(problem) for problem in notes.told} == {WorkGivenUp}
    assert notes.again[-1] is False
    assert len(notes.by) == jobs.MOST_ATTEMPTS


def test_a_fault_that_passes_leaves_nothing(cast: Cast, notes: Notes) -> None:
    notes.problem = RuntimeError("pulled the plug")
    NOTE.later(cast.director, SUBJECT)
    work_off()
    notes.problem = None
    assert work_off() == [Ended(NAME, "succeeded")]
    assert notes.again == [True]


def test_what_kills_its_process_again_and_again_is_given_up(cast: Cast, notes: Notes) -> None:
    NOTE.later(cast.director, SUBJECT)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [jobs.MOST_ATTEMPTS])
    assert work_off() == [Ended(NAME, "failed")]
    assert notes.by == []
    assert [type(problem) for problem in notes.told] == [WorkGivenUp]
