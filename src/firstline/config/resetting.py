"""`firstline reset`: start over with nothing. For a demo and for training, never a step of real work."""

from __future__ import annotations

import argparse
import shutil

from firstline.config.env import SettingsError
from firstline.config.installation import DEMONSTRATION, VAR, embedded_cluster


def reset(arguments: list[str]) -> None:
    """Remove the embedded database and the keys that open its rows. Cannot be undone."""
    parser = argparse.ArgumentParser(prog="firstline reset", description=reset.__doc__)
    parser.add_argument("--yes", action="store_true", required=True, help="I know that every record is lost for good")
    parser.add_argument("--real-data", action="store_true", help="also when this is no demonstration")
    chosen = parser.parse_args(arguments)
    cluster = embedded_cluster()
    if cluster is None:
        raise SettingsError("DATABASE_URL names a server of yours; remove its database there.")
    if cluster.data.exists() and not DEMONSTRATION.exists() and not chosen.real_data:
        raise SettingsError(f"{VAR} holds no demonstration but data of yours; nothing was removed.")
    cluster.destroy()
    for made in (DEMONSTRATION, VAR / "keys"):
        shutil.rmtree(made, ignore_errors=True)
