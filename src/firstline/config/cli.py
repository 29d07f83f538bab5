"""`firstline <command>`: our own commands and every management command of the apps."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys

# Nothing heavier may be imported here: a Ctrl-C that comes early must end quietly, not in a stack trace.

DEVELOPMENT_COMMANDS = frozenset({"makemigrations", "create_max_migration_files", "rebase_migration"})
WITHOUT_DATABASE = frozenset(
    {"help", "version", "collectstatic", "check", "question_set", "evaluate_import", "evaluate_frame"}
)
SETTINGS, OWNER_SETTINGS = "firstline.config.settings", "firstline.config.owner_settings"


def main() -> None:
    try:
        from firstline.config.refusals import refusals_as_exit

        command, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("help", [])
        with refusals_as_exit():
            if own := OWN_COMMANDS.get(command):
                own(arguments)
            else:
                _django(command, arguments)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _serve(arguments: list[str]) -> None:
    from firstline.config.serving import serve

    serve(arguments)


def _reset(arguments: list[str]) -> None:
    from firstline.config.resetting import reset

    reset(arguments)


def _migrate(arguments: list[str]) -> None:
    with _database():
        _set_up(OWNER_SETTINGS)
        from firstline.config.migrating import migrate, refuse_unready

        migrate(*arguments)
        if not arguments:
            refuse_unready()


def _ready(arguments: list[str]) -> None:
    """What `serve` does before it serves: look, or migrate first and run the named commands, in one process.

    Each start of Django costs a second, and a second start of everything has eight.
    """
    migrating, commands = "migrate" in arguments, [name for name in arguments if name != "migrate"]
    with _database():
        _set_up(OWNER_SETTINGS if migrating else SETTINGS)
        from django.core.management import CommandError, call_command

        from firstline.config.env import SettingsError
        from firstline.config.migrating import migrate, refuse_unready

        if migrating:
            migrate()
        refuse_unready()
        try:
            for command in commands:
                call_command(*shlex.split(command))
        except CommandError as refusal:
            raise SettingsError(str(refusal)) from None


def _worker(arguments: list[str]) -> None:
    """Work off the queue until stopped; see `working`. `serve` starts one of its own."""
    if arguments:
        raise SystemExit("firstline: worker takes no arguments.")
    with _database():
        _set_up(SETTINGS)
        from firstline.config.working import work

        code = work()
    # A thread that still works on a job cannot be stopped otherwise; what it had under way is undone.
    sys.stderr.flush()
    os._exit(code)


def _backup(arguments: list[str]) -> None:
    _operate("backup", SETTINGS, arguments)


def _restore(arguments: list[str]) -> None:
    _operate("restore", OWNER_SETTINGS, arguments)


def _drill_restore(arguments: list[str]) -> None:
    _operate("drill_restore", SETTINGS, arguments)


def _doctor(arguments: list[str]) -> None:
    """Also when the database does not start: that is what the doctor is asked about most."""
    from firstline.config.operating import doctor
    from firstline.database.errors import DatabaseStartError

    with contextlib.ExitStack() as stack:
        trouble = ""
        try:
            stack.enter_context(_database())
        except DatabaseStartError as problem:
            trouble = str(problem)
        _set_up(SETTINGS)
        doctor(arguments, trouble)


def _operate(name: str, settings: str, arguments: list[str]) -> None:
    from firstline.config import operating

    command = getattr(operating, name)
    if {"-h", "--help"}.intersection(arguments):
        command(arguments)
    with _database():
        _set_up(settings)
        from firstline.kernel.errors import FirstlineError
        from firstline.operations.errors import OperationError

        try:
            command(arguments)
        except FirstlineError as problem:
            raise OperationError(str(problem)) from None


def _rates(arguments: list[str]) -> None:
    """Counts in, rates out: nothing of the program is needed but its words, so nothing else is started."""
    import django
    from django.conf import settings

    from firstline.config.installation import ROOT

    settings.configure(LANGUAGE_CODE="zh-hans", LOCALE_PATHS=[ROOT / "src" / "firstline" / "locale"])
    django.setup()
    from firstline.census.rates.command import answer

    print(answer(arguments))


def _django(command: str, arguments: list[str]) -> None:
    command = command.replace("-", "_")
    development = command in DEVELOPMENT_COMMANDS
    os.environ["DJANGO_SETTINGS_MODULE"] = "firstline.config.development_settings" if development else SETTINGS
    from django.core.management import execute_from_command_line

    # A dry run reads files and nothing else; whoever scores it may have no database at all.
    alone = command in WITHOUT_DATABASE or (command == "import" and "--dry-run" in arguments)
    # It makes an installation of its own, and scores the census inside that.
    alone = alone or (command == "evaluate_census" and "--here" not in arguments)
    with contextlib.nullcontext() if alone else _database():
        from django.db import InterfaceError, OperationalError

        try:
            execute_from_command_line(["firstline", command, *arguments])
        except (InterfaceError, OperationalError) as problem:
            from firstline.config.refusals import refusal_of_database

            raise refusal_of_database(problem) from problem
    if command == "help" and not arguments:
        print(f"\n[firstline]\n    {'  '.join(OWN_COMMANDS)}")


def _database() -> contextlib.AbstractContextManager[None]:
    from firstline.config.installation import embedded_cluster

    cluster = embedded_cluster()
    return cluster.running() if cluster else contextlib.nullcontext()


def _set_up(settings: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    import django

    django.setup()


OWN_COMMANDS = {
    "backup": _backup,
    "doctor": _doctor,
    "drill-restore": _drill_restore,
    "migrate": _migrate,
    "rates": _rates,
    "ready": _ready,
    "reset": _reset,
    "restore": _restore,
    "serve": _serve,
    "worker": _worker,
}

if __name__ == "__main__":
    main()
