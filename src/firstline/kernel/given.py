"""Statements that are put together once: what differs from question to question stands in them as a value to be given.

What a page asks a dozen times over would cost the ORM more, put together anew each time, than the database takes to
answer it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateTimeField, Expression, Field, Q, QuerySet, TextField

from firstline.kernel import clock
from firstline.kernel.paths import Range


class Given(Expression):
    """A value in a query that is compiled once: ``of`` says it at each question, for the ranges asked about.

    A moment or a reader written into such a query without it would be the first one's for ever.
    """

    def __init__(self, of: Callable[[Sequence[Range]], Any], output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.of = of

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """A parameter that is this expression itself until ``Written.given`` puts its value there."""
        return "%s", [self]


NOW = Given(lambda _within: clock.now(), DateTimeField())


def in_given(ranges: int, field: str) -> Q:
    """The condition that ``field`` lies in one of so many ranges, whichever they are."""
    condition = Q(pk__in=[])
    for number in range(ranges):
        lo, hi = Given(partial(_bound, number, "lo"), TextField()), Given(partial(_bound, number, "hi"), TextField())
        condition |= Q(**{f"{field}__gte": lo, f"{field}__lt": hi})
    return condition


def _bound(number: int, end: str, within: Sequence[Range]) -> str:
    return str(getattr(within[number], end))


class Written(NamedTuple):
    """A query as text, with its parameters; some of them wait for a value."""

    text: str
    parameters: Sequence[Any]

    def given(self, within: Sequence[Range]) -> list[Any]:
        """The parameters of one question."""
        return [
            one.output_field.get_db_prep_value(one.of(within), connection) if isinstance(one, Given) else one
            for one in self.parameters
        ]

    def rows(self, within: Sequence[Range]) -> list[tuple[Any, ...]]:
        """What the database answers to one question, as its columns stand."""
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.given(within))
            return list(cursor.fetchall())


def written(rows: "QuerySet[Any, Any]") -> Written:
    """A query as it is sent, each time the same."""
    return Written(*rows.query.sql_with_params())
