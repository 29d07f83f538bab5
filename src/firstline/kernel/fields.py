"""Column types that the whole project shares."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
    _Any = models.Field[Any, Any]
else:
    _Text = models.TextField
    _Any = models.Field


class PathField(_Text):
    """A scope path (see ``kernel.paths``), in C collation so that a subtree is a range."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_collation"] = "C"
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["db_collation"]
        return name, path, args, kwargs


class _FilledByDatabase(_Any):
    """A column whose value only the database knows; it is not asked back on insert."""

    # Asking back (RETURNING) would need the row to be readable under row-level security,
    # which a ledger entry of somebody without a place is not.
    db_returning = False
    filled_by: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_default"] = RawSQL(self.filled_by, [])  # noqa: S611  # one of the constants below
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_default", None)
        kwargs.pop("editable", None)
        return name, path, args, kwargs


class TransactionIdField(_FilledByDatabase):
    """The id of the transaction that wrote the row: the commit-safe position of stack.md 9."""

    filled_by = "pg_current_xact_id()"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "xid8"


class GenerationField(_FilledByDatabase):
    """Which life of the database wrote the row; a restore advances it, since transaction ids then start anew."""

    filled_by = "coalesce(nullif(current_setting('firstline.generation', true), ''), '1')::integer"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "integer"


class ReceivedAtField(_FilledByDatabase):
    """When the server took the row in, by the database's clock; the third of the three times."""

    filled_by = "statement_timestamp()"

    def get_internal_type(self) -> str:
        return "DateTimeField"
