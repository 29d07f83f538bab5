"""An installation of its own on a small disk: its database can be killed, its disk be full."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from firstline.config.testing.served import cluster_of, command, environment, throw_away
from firstline.database import roles
from firstline.database.embedded import Cluster
from firstline.kernel import keys
from firstline.testing.cast import Cast, make_cast
from firstline.testing.small_disk import small_disk

# A fresh database and its journal take some 90 MB.
_SIZE = "192m"
_PATIENCE = 60


@dataclass
class Installation:
    """What this process asks in place of the suite's database, as long as it stands; ``cast`` lives in it."""

    cluster: Cluster
    cast: Cast

    def kill(self) -> None:
        """Signal 9 to all of PostgreSQL at once."""
        postmaster = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        family = [postmaster, *_children(postmaster)]
        for pid in family:
            os.kill(pid, signal.SIGKILL)
        _until_gone(family)

    def stop_at_once(self) -> None:
        """As when a machine goes down: no checkpoint, no goodbye."""
        postmaster = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        family = [postmaster, *_children(postmaster)]
        os.kill(postmaster, signal.SIGQUIT)
        _until_gone(family)

    def start(self) -> None:
        with self.cluster.running():
            connection.close()

    def fill(self, room: int) -> None:
        """So many bytes are left on the disk."""
        home = os.statvfs(self.cluster.directory)
        with self._ballast.open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, home.f_bavail * home.f_frsize - room)

    def make_room(self) -> None:
        self._ballast.unlink()

    @property
    def _ballast(self) -> Path:
        return self.cluster.directory / "ballast"


@contextmanager
def installed() -> Iterator[Installation]:
    """Made, migrated, peopled and running. Needs leave to mount a disk, as root has."""
    with throw_away() as var, small_disk(cluster_of(var).directory, _SIZE):
        cluster = cluster_of(var)
        with cluster.running():
            subprocess.run(command("migrate"), env=environment(var), check=True, capture_output=True)
            with _asked_instead(cluster, var / "keys"):
                with transaction.atomic():
                    cast = make_cast()
                yield Installation(cluster, cast)


@contextmanager
def _asked_instead(cluster: Cluster, key_folder: Path) -> Iterator[None]:
    connection.close()
    keys.forget_standing_key()
    before, folder = dict(connection.settings_dict), settings.FIRSTLINE_KEY_FOLDER
    connection.settings_dict |= {"HOST": str(cluster.socket_directory), "NAME": roles.DATABASE}
    settings.FIRSTLINE_KEY_FOLDER = key_folder
    try:
        yield
    finally:
        connection.close()
        keys.forget_standing_key()
        connection.settings_dict.update(before)
        settings.FIRSTLINE_KEY_FOLDER = folder


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _until_gone(pids: list[int]) -> None:
    """Also from the list of processes: PostgreSQL does not start beside what still bears its number."""
    ends = time.monotonic() + _PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < ends, "PostgreSQL did not end"
        time.sleep(0.05)
