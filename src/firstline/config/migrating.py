"""Bring the schema up to date as its owner, then give the application exactly its rights."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from firstline.config.env import SettingsError
from firstline.database.roles import grant_application_rights
from firstline.kernel import keys
from firstline.kernel.errors import KeyMissing
from firstline.kernel.models import AppendOnly


def append_only_tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]


def migrate(*arguments: str, alias: str = "owner", verbosity: int = 1) -> None:
    """`migrate`, the cache table, the rights. `arguments` are those of Django's command: an app, a migration."""
    call_command("migrate", *arguments, database=alias, interactive=False, verbosity=verbosity)
    call_command("createcachetable", database=alias, verbosity=0)
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        present = set(connections[alias].introspection.table_names(cursor))
        grant_application_rights(cursor, present.intersection(append_only_tables()))


def refuse_unready() -> None:
    """Stop a start that would show broken pages: an older schema, or a key file that is not at hand."""
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SettingsError("the database is older than the program; run `firstline migrate`.")
    try:
        keys.check_all()
    except KeyMissing as missing:
        raise SettingsError(str(missing)) from None
