"""What an installation loses: its database stops under the server and comes back; its key file is not there."""

import http.client
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from firstline.config.testing.served import (
    cluster_of,
    command,
    environment,
    free_port,
    kept_down,
    serving,
    throw_away,
)

pytestmark = pytest.mark.fault
# Whoever brings a session makes every page ask the database.
LOGGED_IN = {"Cookie": f"sessionid={'a' * 32}"}


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """Served as on the day itself, not for debugging; the static files are those of this checkout."""
    with throw_away() as folder:
        (folder / "static").symlink_to(settings.STATIC_ROOT)
        subprocess.run(command("migrate"), env=environment(folder), check=True, capture_output=True)
        yield folder


def ask(port: int, path: str) -> tuple[int, str, str]:
    """Status, body, and when to try again."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=LOGGED_IN)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Retry-After", "")
    finally:
        connection.close()


def test_without_its_database_the_server_says_so_and_goes_on_when_it_is_back(var: Path) -> None:
    port, cluster = free_port(), cluster_of(var)
    with serving(var, port, first=(), debug=False) as server:
        assert server.stdout
        assert any("answers at" in line for line in server.stdout)
        assert ask(port, "/")[0] == 302

        with kept_down(cluster):
            for path in ("/", "/login/", "/compounds/"):
                status, page, again = ask(port, path)
                assert (status, again) == (503, "30"), path
                assert "database_gone" in page
                assert "Traceback" not in page
            assert ask(port, "/ping/")[0] == 200

        with cluster.running():
            assert [ask(port, "/")[0] for _thread in range(8)] == [302] * 8
        assert cluster.is_ready, "the server still uses it"
    assert not cluster.is_ready


def test_without_its_key_file_it_is_not_served_and_the_file_is_named(var: Path, tmp_path: Path) -> None:
    # The first act on record makes the organisation's key.
    subprocess.run(command("enter-places", "14=山西省"), env=environment(var), check=True, capture_output=True)
    (key,) = (var / "keys").glob("*.key")
    put_away = key.rename(tmp_path / key.name)

    with serving(var, free_port(), first=()) as server:
        said, _nothing = server.communicate(timeout=60)
    assert server.returncode == 1
    assert key.name in said
    assert "Traceback" not in said

    put_away.rename(key)
    with serving(var, free_port(), first=()) as server:
        assert server.stdout
        assert any("answers at" in line for line in server.stdout)
