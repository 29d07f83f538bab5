"""The database: who may do what in it, that row-level security holds, that nothing blocks it."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from firstline.database.binaries import SUPPORTED_MAJORS
from firstline.database.roles import APPLICATION, BACKUP, READ_ONLY_TABLES
from firstline.kernel.models import AppendOnly
from firstline.kernel.row_security import ScopedTable
from firstline.operations.access import Installation, one, tables_of
from firstline.operations.doctor.finding import Finding, State, judged
from firstline.operations.restore import SET_ASIDE

LONGEST_SECONDS = 60


def version(installation: Installation) -> Iterator[Finding]:
    """PostgreSQL 15 to 18."""
    with installation.reader.connect() as connection:
        major, said = connection.info.server_version // 10_000, str(one(connection, "SHOW server_version"))
        checksums = one(connection, "SHOW data_checksums")
    oldest, newest = min(SUPPORTED_MAJORS), max(SUPPORTED_MAJORS)
    to_do = f"Use PostgreSQL {oldest} to {newest}."
    yield judged("PostgreSQL", said, well=major in SUPPORTED_MAJORS, to_do=to_do)
    to_do = "Turn them on while it is stopped: pg_checksums --enable."
    yield judged("data checksums", str(checksums), well=checksums == "on", to_do=to_do, otherwise=State.WARN)


def roles(installation: Installation) -> Iterator[Finding]:
    """Append-only and scope rest on one role being weak, backups on another seeing everything."""
    with installation.reader.connect() as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper OR rolcreaterole OR rolreplication, rolbypassrls FROM pg_roles "
            "WHERE rolname = ANY(%s)",
            ([APPLICATION, BACKUP],),
        ).fetchall()
        owned = one(connection, "SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = %s", APPLICATION)
        member = one(connection, "SELECT count(*) FROM pg_auth_members WHERE member::regrole::text = %s", APPLICATION)
    found = {name: (strong, bypasses) for name, strong, bypasses in rows}
    strong = APPLICATION not in found or any(found[APPLICATION]) or owned or member
    yield judged(
        APPLICATION,
        "may do more than it should" if strong else "owns nothing, bound by row-level security",
        well=not strong,
        to_do="As an administrator: ALTER ROLE firstline_app NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION; take "
        "from it what it owns and the roles it is a member of.",
    )
    sees_all = found.get(BACKUP) == (False, True)
    said = "reads everything" if sees_all else "does not see every row"
    yield judged(BACKUP, said, well=sees_all, to_do="Create it as docs/deployment.md says; backups would lack rows.")


def rights(installation: Installation) -> Iterator[Finding]:
    """No UPDATE, no DELETE on what is only ever appended."""
    facts = {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)} | READ_ONLY_TABLES
    with installation.reader.connect() as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname = ANY(%s) "
            "AND relnamespace = current_schema()::regnamespace AND (has_table_privilege(%s, oid, 'UPDATE') "
            "OR has_table_privilege(%s, oid, 'DELETE') OR has_table_privilege(%s, oid, 'TRUNCATE')) ORDER BY 1",
            (sorted(facts), *[APPLICATION] * 3),
        ).fetchall()
    wrong = [name for (name,) in rows]
    said = f"can be changed: {', '.join(wrong)}" if wrong else f"{len(facts)} tables only take rows"
    yield judged("facts", said, well=not wrong, to_do="firstline migrate gives the rights anew.")


def row_security(installation: Installation) -> Iterator[Finding]:
    """Forced wherever a migration has laid a policy, and a policy wherever it is forced."""
    with installation.reader.connect() as connection:
        rows = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class AS t "
            "WHERE relnamespace = current_schema()::regnamespace "
            "AND (relrowsecurity OR relforcerowsecurity OR EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid))"
        ).fetchall()
        there = set(tables_of(connection))
    forced = {name for name, whole in rows if whole}
    wanted = {operation.table for operation in _scoped_tables()} & there
    open_ones = sorted((wanted | {name for name, _whole in rows}) - forced)
    said = f"not in force on {', '.join(open_ones)}" if open_ones else f"forced on {len(forced)} tables"
    to_do = (
        "As the owner: ALTER TABLE name ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; find out who took it off."
    )
    yield judged("row-level security", said, well=not open_ones and bool(forced), to_do=to_do)


def long_transactions(installation: Installation) -> Iterator[Finding]:
    """A long one holds back what reports and phones may read."""
    with installation.reader.connect() as connection:
        seconds = one(
            connection,
            "SELECT coalesce(max(extract(epoch FROM now() - xact_start)), 0) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL",
        )
    longest = float(seconds)
    said = f"the longest runs for {longest:.0f} s"
    to_do = "Find it in pg_stat_activity; end it with pg_terminate_backend(pid) when nobody needs it."
    yield judged("transactions", said, well=longest <= LONGEST_SECONDS, to_do=to_do, otherwise=State.WARN)


def leftovers(installation: Installation) -> Iterator[Finding]:
    """What a restore that was killed set aside."""
    with installation.reader.connect() as connection:
        if one(connection, "SELECT 1 FROM pg_namespace WHERE nspname = %s", SET_ASIDE):
            to_do = "Restore again; it puts back what was set aside first."
            yield Finding("restore", State.BAD, "a restore was killed in the middle", to_do)


def migrations() -> Iterator[Finding]:
    """The schema and the program are of one age."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    newer = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations or ())
    ours = sorted(name for app, name in newer if app in {config.label for config in apps.get_app_configs()})
    if ours:
        to_do = "Install the version that made it, or restore the backup from before."
        yield Finding("schema", State.BAD, f"newer than the program: {ours[-1]}", to_do)
    else:
        said = f"{len(plan)} migrations to come" if plan else "up to date"
        yield judged("schema", said, well=not plan, to_do="Stop, back up, then firstline migrate.")


def _scoped_tables() -> list[ScopedTable]:
    loader = MigrationExecutor(connections["default"]).loader
    found = (operation for one_of in loader.disk_migrations.values() for operation in one_of.operations)
    return [operation for operation in found if isinstance(operation, ScopedTable)]
