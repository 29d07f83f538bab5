"""`firstline <command>`: our own commands and every management command of the apps."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable

from firstline.config.env import SettingsError
from firstline.config.installation import embedded_cluster
from firstline.config.resetting import reset
from firstline.config.serving import ServeError, serve
from firstline.database.errors import DatabaseStartError
from firstline.kernel.errors import KeyMissing

REFUSALS = (SettingsError, DatabaseStartError, ServeError, KeyMissing)
DEVELOPMENT_COMMANDS = frozenset({"makemigrations", "create_max_migration_files", "rebase_migration"})
WITHOUT_DATABASE = frozenset({"help", "version", "collectstatic", "check"})


def main() -> None:
    command, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("help", [])
    try:
        OWN_COMMANDS.get(command, lambda rest: _django(command, rest))(arguments)
    except REFUSALS as problem:
        raise SystemExit(f"firstline: {problem}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _migrate(arguments: list[str]) -> None:
    with _database():
        _set_up("firstline.config.owner_settings")
        from firstline.config.migrating import migrate, refuse_unready

        migrate(*arguments)
        if not arguments:
            refuse_unready()


def _ready(_arguments: list[str]) -> None:
    with _database():
        _set_up("firstline.config.settings")
        from firstline.config.migrating import refuse_unready

        refuse_unready()


def _django(command: str, arguments: list[str]) -> None:
    module = "development_settings" if command in DEVELOPMENT_COMMANDS else "settings"
    os.environ["DJANGO_SETTINGS_MODULE"] = f"firstline.config.{module}"
    from django.core.management import execute_from_command_line

    with contextlib.nullcontext() if command in WITHOUT_DATABASE else _database():
        execute_from_command_line(["firstline", command, *arguments])
    if command == "help" and not arguments:
        print(f"\n[firstline]\n    {'  '.join(OWN_COMMANDS)}")


def _database() -> contextlib.AbstractContextManager[None]:
    cluster = embedded_cluster()
    return cluster.running() if cluster else contextlib.nullcontext()


def _set_up(settings: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()  # type: ignore[no-untyped-call]


OWN_COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "migrate": _migrate,
    "ready": _ready,
    "reset": reset,
    "serve": serve,
}

if __name__ == "__main__":
    main()
