"""How many SQL statements a page may send: `contracts/statement-budget.json`, raised only with a reason."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from firstline.config.installation import ROOT

BUDGET = ROOT / "contracts" / "statement-budget.json"
Budget = Callable[[str], contextlib.AbstractContextManager[list[str]]]


@pytest.fixture
def statement_budget() -> Budget:
    """`with statement_budget("places.compound"): client.get(...)` fails when the page sends more than its budget.

    Counted is everything that goes to the server through a cursor, SAVEPOINT and SET included: a test's savepoint
    stands for the page's BEGIN and COMMIT. Taking the scope back is not: it ends with a page's own transaction.
    """
    return within_budget


@contextlib.contextmanager
def within_budget(page: str) -> Iterator[list[str]]:
    from django.db import connection

    from firstline.kernel.scope import TAKE_BACK

    allowed: dict[str, int] = json.loads(BUDGET.read_text(encoding="utf-8"))
    if page not in allowed:
        pytest.fail(f"{page} has no line in {BUDGET.relative_to(ROOT)}")
    sent: list[str] = []

    def note(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
        if statement != TAKE_BACK:
            sent.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(note):
        yield sent
    if len(sent) > allowed[page]:
        listing = "\n".join(f"{number:3} {statement[:200]}" for number, statement in enumerate(sent, 1))
        pytest.fail(f"{page} sent {len(sent)} statements, its budget is {allowed[page]}:\n{listing}")
