"""How acts and looks get into the ledger: from inside an action, with the scope checked once more."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from firstline.kernel import clock, ports
from firstline.kernel.actions import running_action
from firstline.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class _Change:
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    key_id: uuid.UUID | None = None


def record(
    *,
    path: str,
    subject: models.Model,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    key_id: uuid.UUID | None = None,
) -> None:
    """Record what the running action did to ``subject`` at ``path``.

    Raises Forbidden or NotFound when the actor's grant for this very action does not cover the path: an act
    that may not be written down does not happen. ``key_id`` seals before/after under an emergency's key;
    without it the organisation's key is used.
    """
    running = running_action()
    running.actor.require(running.name, path, running.at)
    running.recorded += 1
    change = _Change(before, after, key_id)
    ports.write_ledger([_entry(running.name, running.actor, path, subject, change, look=False)])


def repeated(*, path: str) -> None:
    """Say that the running action changes nothing, because this very command was carried out and recorded before.

    Raises as ``record`` does. A repeat is answered as the first time, and leaves no second entry.
    """
    running = running_action()
    running.actor.require(running.name, path, running.at)
    running.recorded += 1


def look(
    actor: Actor,
    action: str,
    *,
    path: str,
    subject: models.Model,
    fields: list[str],
    details: dict[str, Any] | None = None,
    key_id: uuid.UUID | None = None,
) -> None:
    """Record that ``actor`` saw personal data of ``subject``: which fields, never their values.

    ``details`` say how they came to be seen (what was searched for); they may be personal, so ``key_id`` seals them.
    """
    change = _Change(after={"fields": fields, **(details or {})}, key_id=key_id)
    ports.write_ledger([_entry(action, actor, path, subject, change, look=True)])


def look_at_each(actor: Actor, action: str, seen: Sequence[tuple[str, models.Model]], *, fields: list[str]) -> None:
    """The same for several subjects, each with its path, on one page: an entry each, one statement for all."""
    change = _Change(after={"fields": fields})
    ports.write_ledger([_entry(action, actor, path, subject, change, look=True) for path, subject in seen])


def _entry(
    action: str,
    actor: Actor,
    path: str,
    subject: models.Model,
    change: _Change,
    *,
    look: bool,
) -> ports.Entry:
    about = ports.Subject(subject._meta.label_lower, subject.pk)
    return ports.Entry(
        action, actor, path, about, change.before, change.after, change.key_id, look=look, at=clock.now()
    )
