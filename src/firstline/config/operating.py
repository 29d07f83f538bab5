"""The operator's commands as one types them: what they take, which installation they work on, what they print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from firstline.operations.access import Access, Installation
    from firstline.operations.manifest import DataManifest


def backup(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="firstline backup", description="Back up the data and, apart from it, the keys."
    )
    _places(parser, "to", "where the backup is put")
    parser.add_argument("--together", action="store_true", help="accept one disk for both; carry one away yourself")
    chosen = parser.parse_args(arguments)
    data, keys = _two(parser, chosen.folder, chosen.data_to, chosen.keys_to)
    from firstline.operations.backup import back_up

    made = back_up(this_installation(), data_to=data, keys_to=keys, together=chosen.together)
    print(f"Data:  {made.data}\nKeys:  {made.keys}")
    print(_summary(made.said))
    if made.data.stat().st_dev == made.keys.stat().st_dev:
        print("Both lie on one disk: carry one of them to another place now.")


def restore(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="firstline restore", description="Restore a backup into an empty installation."
    )
    _places(parser, "from", "the folder firstline-data-... or firstline-keys-...")
    parser.add_argument("--replace", action="store_true", help="also where there is data, which is then lost")
    parser.add_argument("--yes", action="store_true", help="do not ask before replacing")
    chosen = parser.parse_args(arguments)
    data, keys = _two(parser, chosen.folder, chosen.data_from, chosen.keys_from)
    _confirm(parser, replace=chosen.replace, yes=chosen.yes)
    restore_into(this_installation(with_owner=True), data, keys, replace=chosen.replace)


def drill_restore(arguments: list[str]) -> None:
    parser = _parser(
        "drill-restore", "Back up this installation, restore it beside, compare, remove both; says how long it took."
    )
    parser.add_argument("--below", type=Path, help="where there is room (default: the temporary folder)")
    chosen = parser.parse_args(arguments)
    from firstline.operations.drill import drill

    for line in drill(this_installation(), chosen.below):
        print(line, flush=True)


def doctor(arguments: list[str], trouble: str = "") -> None:
    """Print every finding; exit 0 when all is well, 1 with warnings, 2 when something is bad."""
    parser = _parser("doctor", "Look at this set-up and say what to mend. Exit code: 0 well, 1 warnings, 2 bad.")
    parser.add_argument("--json", action="store_true", help="one JSON list of {what, state, said, to_do}")
    chosen = parser.parse_args(arguments)
    import msgspec

    from firstline.operations.doctor import State, visit

    findings = visit(None if trouble else this_installation(), trouble)
    if chosen.json:
        print(msgspec.json.encode(findings).decode())
    else:
        for found in findings:
            print(
                f"{found.state:<4}  {found.what}: {found.said}" + (f"\n      -> {found.to_do}" if found.to_do else "")
            )
    states = {found.state for found in findings}
    raise SystemExit(2 if State.BAD in states else 1 if State.WARN in states else 0)


def restore_into(installation: Installation, data: Path, keys: Path, *, replace: bool) -> None:
    """Restore and verify; what is printed says how many rows came back and how many sealed ones opened."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader

    from firstline.config.migrating import migrate, refuse_unready
    from firstline.operations import restore as operations
    from firstline.operations.verifying import opened, register_origin, underivable

    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    chosen = operations.choose(data, keys, known)

    def bring_up_to_date() -> None:
        connections.close_all()
        migrate(verbosity=0)
        refuse_unready()
        print(f"Opened {opened()} sealed rows.", flush=True)
        register_origin(chosen.said, installation.place)
        for line in underivable():
            print(f"Differs: {line}; mend it by `firstline rebuild-census`.")

    counts = operations.restore(installation, chosen, replace=replace, bring_up_to_date=bring_up_to_date)
    print(f"Restored {sum(counts.values())} rows of {len(counts)} tables, as they were backed up.")
    print(_summary(chosen.said))


def this_installation(*, with_owner: bool = False) -> Installation:
    """What is set in the environment; the embedded database must be running."""
    import socket

    from django.conf import settings

    from firstline.config.installation import backup_database_url
    from firstline.database import roles
    from firstline.operations.access import Access, Installation

    here = settings.DATABASES["default"]
    return Installation(
        reader=_access("FIRSTLINE_BACKUP_DATABASE_URL", backup_database_url(), here, roles.BACKUP),
        owner=Access.of(settings.DATABASES["owner"]) if with_owner else None,
        key_folder=Path(settings.FIRSTLINE_KEY_FOLDER),
        place=f"{settings.FIRSTLINE_KEY_FOLDER} ({socket.gethostname()})",
    )


def _access(name: str, url: str | None, here: dict[str, object], role: str) -> Access:
    from firstline.config.env import SettingsError, database_parts
    from firstline.config.installation import DATABASE_URL
    from firstline.operations.access import Access

    if url:
        return Access.of(database_parts(name, url))
    if DATABASE_URL:
        raise SettingsError(f"{name} is required with DATABASE_URL: the role {role} that may read every row.")
    return Access.of(here | {"USER": role})


def _parser(command: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"firstline {command}", description=description)


def _places(parser: argparse.ArgumentParser, word: str, what: str) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help=f"{what}, for both (holds data/ and keys/)")
    parser.add_argument(f"--data-{word}", type=Path, metavar="FOLDER")
    parser.add_argument(f"--keys-{word}", type=Path, metavar="FOLDER")


def _two(parser: argparse.ArgumentParser, both: Path | None, data: Path | None, keys: Path | None) -> tuple[Path, Path]:
    data, keys = data or (both and both / "data"), keys or (both and both / "keys")
    if data is None or keys is None:
        parser.error("say where the data and where the keys are")
    return data.expanduser().absolute(), keys.expanduser().absolute()


def _confirm(parser: argparse.ArgumentParser, *, replace: bool, yes: bool) -> None:
    if not replace or yes:
        return
    try:
        typed = input("Everything recorded in this installation is lost. Type REPLACE: ")
    except EOFError:
        typed = ""
    if typed != "REPLACE":
        parser.exit(1, "firstline: nothing was changed.\n")


def _summary(said: DataManifest) -> str:
    rows = sum(said.counts.values())
    return (
        f"{rows} rows, {said.size / 1_000_000:.1f} MB, {len(said.keys)} keys, position {said.position} of generation "
        f"{said.generation}, made {said.made_at:%Y-%m-%d %H:%M} UTC by Firstline {said.program}."
    )
