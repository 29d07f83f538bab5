"""All the checks. One that cannot be made is itself a finding, and the others are made all the same."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from django.db import Error

from firstline.operations.access import Installation
from firstline.operations.doctor import database, machine, operations, settings
from firstline.operations.doctor.finding import Check, Finding, State
from firstline.operations.errors import OperationError


def visit(installation: Installation | None, trouble: str = "") -> list[Finding]:
    """Every finding. Without an installation (the database did not start: ``trouble``) only what needs none."""
    checks: list[Check] = [
        machine.python,
        machine.disk,
        machine.swap,
        machine.clock,
        machine.fonts,
        settings.production,
    ]
    checks += [settings.static_files, operations.key_folder]
    findings = [finding for check in checks for finding in _made(check)]
    if installation is None:
        return [*findings, Finding("database", State.BAD, trouble, "Mend this first; the other checks need it.")]
    for check in (
        lambda: database.version(installation),
        lambda: database.roles(installation),
        lambda: database.rights(installation),
        lambda: database.row_security(installation),
        lambda: database.long_transactions(installation),
        lambda: database.leftovers(installation),
        database.migrations,
        operations.keys_at_hand,
        operations.backups,
    ):
        findings += _made(check)
    return findings


def _made(check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except (OSError, Error, psycopg.Error, OperationError) as problem:
        name = getattr(check, "__name__", "database").strip("<>").replace("_", " ")
        yield Finding(name, State.BAD, f"cannot be looked at: {problem}".strip(), "Mend what the message names.")
