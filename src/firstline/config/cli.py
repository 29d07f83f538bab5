"""`firstline <command>`: our own commands and every management command of the apps."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable

from firstline.config.env import SettingsError
from firstline.config.installation import embedded_cluster
from firstline.database.errors import DatabaseStartError

# Commands that change the schema or read migrations; all others run as the application.
OWNER_COMMANDS = frozenset({"migrate"})
DEVELOPMENT_COMMANDS = frozenset({"makemigrations", "create_max_migration_files", "rebase_migration"})
WITHOUT_DATABASE = frozenset({"help", "version", "collectstatic", "check"})


def main() -> None:
    command, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("help", [])
    try:
        _own_commands().get(command, lambda rest: _django(command, rest))(arguments)
    except (SettingsError, DatabaseStartError) as problem:
        raise SystemExit(f"firstline: {problem}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _own_commands() -> dict[str, Callable[[list[str]], None]]:
    return {"serve": _serve, "migrate": _migrate, "reset": _reset}


def _serve(arguments: list[str]) -> None:
    from firstline.config.serving import serve

    serve(arguments)


def _migrate(arguments: list[str]) -> None:
    with _database():
        _set_up("firstline.config.owner_settings")
        from firstline.config.migrating import migrate

        migrate(*arguments)


def _reset(arguments: list[str]) -> None:
    """Throw away the embedded database with everything in it, and the keys that belong to it."""
    from firstline.config.serving import reset

    reset(arguments)


def _django(command: str, arguments: list[str]) -> None:
    module = "development_settings" if command in DEVELOPMENT_COMMANDS else "settings"
    os.environ["DJANGO_SETTINGS_MODULE"] = f"firstline.config.{module}"
    from django.core.management import execute_from_command_line

    with contextlib.nullcontext() if command in WITHOUT_DATABASE else _database():
        execute_from_command_line(["firstline", command, *arguments])


def _database() -> contextlib.AbstractContextManager[None]:
    cluster = embedded_cluster()
    return cluster.running() if cluster else contextlib.nullcontext()


def _set_up(settings: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()


if __name__ == "__main__":
    main()
