"""The one way to write: ``@action`` opens the transaction, checks the grant, and fails without a ledger entry."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.db import IntegrityError, transaction

from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import from_integrity

P = ParamSpec("P")
R = TypeVar("R")

# Every action by name: roles grant these names, and a test asks that each is granted to somebody.
NAMES: set[str] = set()


class NothingRecordedError(RuntimeError):
    """An action ended without a ledger entry; its work is rolled back."""


@dataclass
class Running:
    """The action in progress in this context."""

    name: str
    actor: Actor
    at: datetime
    recorded: int = 0


_running: ContextVar[Running | None] = ContextVar("running_action", default=None)


def running_action() -> Running:
    """The innermost action in progress. Raises RuntimeError outside of one."""
    if (running := _running.get()) is None:
        raise RuntimeError("only an action writes to the ledger as an act")
    return running


def action(name: str) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an action called ``name``, which is also the permission it needs.

    The function takes the actor first and the rest by keyword. It runs in one transaction in the actor's scope
    (a savepoint inside a request's), and whatever it raises undoes all of it. A violated database
    constraint is raised as the error that explains it.
    """
    NAMES.add(name)

    def decorate(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(function)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            running = Running(name, actor, clock.now())
            actor.require(name, at=running.at)
            token = _running.set(running)
            try:
                with scope.enter(actor):
                    result = function(actor, *args, **kwargs)
                    if not running.recorded:
                        raise NothingRecordedError(name)
                    # What was read before this action may no longer be so.
                    scope.memo().clear()
                    return result
            except IntegrityError as problem:
                if (known := from_integrity(problem)) is not None:
                    raise known from problem
                raise
            finally:
                _running.reset(token)

        return cast("Callable[Concatenate[Actor, P], R]", run)

    return decorate


def on_commit(effect: Callable[[], None]) -> None:
    """Do something once the transaction is durable: a signal, a message; never when it was rolled back."""
    transaction.on_commit(effect)
