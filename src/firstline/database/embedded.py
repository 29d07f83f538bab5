"""A PostgreSQL of our own in a directory: created, started, shared by several processes, stopped by the last.

PostgreSQL refuses to run as root, so as root every program here runs as an unprivileged user; where that user
cannot reach the checkout (a clone below /root), data and a copy of the programs live below /var/lib/firstline.
Nobody listens on TCP; the socket's directory is 0700 and stands in for a password.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from firstline.database import roles
from firstline.database.binaries import Binaries, find_binaries
from firstline.database.errors import DatabaseStartError

PORT = 5432  # only names the socket's file
SOCKET_PATH_LIMIT = 107  # sun_path of Linux less its closing zero
SUPERUSER = "postgres"
UNREACHABLE_HOME = Path("/var/lib/firstline")
START_SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL data directory below `directory`.

    A disposable cluster (tests) does not wait for the disk and lets the bootstrap superuser log in, which the
    canary needs for dumps; a kept one can only be entered as owner, application or for a backup.
    """

    directory: Path
    binaries: Binaries = field(default_factory=find_binaries)
    disposable: bool = False

    @cached_property
    def home(self) -> Path:
        """Where the files really are; a symbolic link says so when the checkout cannot be reached."""
        return self.directory.resolve()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @cached_property
    def socket_directory(self) -> Path:
        preferred = self.home / "socket"
        if len(os.fsencode(preferred)) + len(f"/.s.PGSQL.{PORT}.lock") <= SOCKET_PATH_LIMIT:
            return preferred
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"firstline-{digest}"

    def dsn(self, role: str, database: str = roles.DATABASE) -> str:
        return f"host='{self.socket_directory}' port={PORT} user={role} dbname={database}"

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Run the database while the block runs; the last process to leave stops it.

        Processes hold a shared lock on one file for as long as they need the database, so a command may come and
        go while a server runs, and a killed process leaves no count behind.
        """
        self.directory.parent.mkdir(parents=True, exist_ok=True)
        with self._lock_file("users") as users:
            try:
                with _uninterrupted(), self._transition():
                    fcntl.flock(users, fcntl.LOCK_SH)
                    self._start()
                yield
            finally:
                with _uninterrupted(), self._transition():
                    if _is_last(users):
                        self.stop()

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-s", "-t", str(START_SECONDS))

    def destroy(self) -> None:
        """Remove the data for good. Refused while any process uses the database."""
        with self._lock_file("users") as users, self._transition():
            if not _is_last(users):
                raise DatabaseStartError("The database is in use; stop the running server first.")
            self.stop()
            shutil.rmtree(self.socket_directory, ignore_errors=True)
            shutil.rmtree(self.home, ignore_errors=True)
            if self.directory.is_symlink():
                self.directory.unlink()

    @property
    def is_ready(self) -> bool:
        """Whether the server runs and takes connections, whoever started it."""
        return self._probe() == 0

    def _start(self) -> None:
        self._prepare_directory()
        if not self.data.exists():
            self._create()
        self._check_version()
        self._prepare_socket_directory()
        if self._probe() == 1:  # another process was killed while it started the server
            self._wait_until_ready()
        if self.is_ready:
            return
        _write(self.data / "firstline.conf", self._configuration())
        self._admit_backups()
        self._run(
            "pg_ctl",
            "start",
            "-D",
            str(self.data),
            "-w",
            "-t",
            str(START_SECONDS),
            "-s",
            "-l",
            str(self.home / "start.log"),
        )

    def _prepare_directory(self) -> None:
        if not self.directory.exists():
            if self._account and not _reachable(self.directory.parent, self._account):
                digest = hashlib.sha256(os.fsencode(self.directory)).hexdigest()[:12]
                home = UNREACHABLE_HOME / f"{self.directory.name}-{digest}"
                home.mkdir(parents=True, exist_ok=True)
                self.directory.unlink(missing_ok=True)
                self.directory.symlink_to(home)
            else:
                self.directory.mkdir()
            self.__dict__.pop("home", None)
            self._hand_over(self.home)
            self.home.chmod(0o700)

    def _prepare_socket_directory(self) -> None:
        directory = self.socket_directory
        if len(os.fsencode(directory)) + len(f"/.s.PGSQL.{PORT}.lock") > SOCKET_PATH_LIMIT:
            raise DatabaseStartError(f"The path {directory} is too long for a socket; set TMPDIR to a shorter one.")
        try:
            directory.mkdir(mode=0o700)
        except FileExistsError:
            pass
        else:
            self._hand_over(directory)
        # A directory that somebody else laid out below /tmp could hand our connections to their server.
        owner, mode = directory.lstat().st_uid, directory.lstat().st_mode & 0o7777
        if directory.is_symlink() or owner != self.data.stat().st_uid or mode != 0o700:
            raise DatabaseStartError(f"{directory} belongs to somebody else or is open to others; remove it.")

    def _create(self) -> None:
        """Build the cluster aside and move it into place, so that a crash leaves either nothing or all of it."""
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ["--no-sync"] if self.disposable else []
        self._run(
            "initdb",
            "-D",
            str(unfinished),
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
            *options,
        )
        with (unfinished / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write("include_if_exists = 'firstline.conf'\n")
        self._execute(unfinished, roles.creation_statements())
        self._write_entrance(unfinished)
        unfinished.rename(self.data)

    def _admit_backups(self) -> None:
        """A cluster made before there was a role for backups is given it, while nobody is connected."""
        if not (self.data / "firstline.admitted").exists():
            self._execute(self.data, roles.backup_role_statements())
            self._write_entrance(self.data)

    def _write_entrance(self, data: Path) -> None:
        users = "all" if self.disposable else f"{roles.OWNER},{roles.APPLICATION},{roles.BACKUP}"
        _write(data / "pg_hba.conf", f"local all {users} trust\n")
        _write(data / "firstline.admitted", f"{users}\n")

    def _execute(self, data: Path, statements: list[str]) -> None:
        """As the superuser, whom nobody can log in as: without a server, on a cluster that is not running."""
        script = "".join(f"{statement}\n\n" for statement in statements)
        self._run("postgres", "--single", "-j", "-D", str(data), SUPERUSER, stdin=script)

    def _configuration(self) -> str:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.socket_directory}"',
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "max_connections": "60",
            "shared_buffers": "256MB",
            "jit": "off",  # plans here are short; compiling them costs more than it saves
            "timezone": "UTC",
            "lc_messages": "C",
            # What a failing statement carried may be somebody's name; the log keeps neither text nor values.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "log_parameter_max_length_on_error": "0",
            "logging_collector": "on",
            "log_directory": "log",
            "log_filename": "postgresql-%a.log",
            "log_truncate_on_rotation": "on",
        }
        if self.disposable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return "".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items())

    def _check_version(self) -> None:
        major = int((self.data / "PG_VERSION").read_text().split(".")[0])
        if major != self.binaries.major:
            raise DatabaseStartError(
                f"{self.directory} holds PostgreSQL {major} data and the programs are {self.binaries.major}; "
                f"dump the data with the old version and load it with the new one."
            )

    def _probe(self) -> int:
        """0: answers, 1: starting or stopping, 2: not there."""
        command = [self.binaries.program("pg_isready"), "-q", "-h", str(self.socket_directory), "-p", str(PORT)]
        return subprocess.run(command, env=_clean_environment(), check=False).returncode

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._probe() == 1 and time.monotonic() < deadline:
            time.sleep(0.05)

    @cached_property
    def _account(self) -> pwd.struct_passwd | None:
        """Whom to become when we are root: whoever owns the data already, otherwise nobody."""
        if os.geteuid() != 0:
            return None
        if self.data.exists():
            return pwd.getpwuid(self.data.stat().st_uid)
        return pwd.getpwnam("nobody")

    @cached_property
    def _programs(self) -> Binaries:
        if self._account and not _reachable(self.binaries.root / "bin" / "postgres", self._account):
            # Beside the 0700 home, since the demoted user must be able to pass through.
            return self.binaries.copied_below(self.home.parent)
        return self.binaries

    def _hand_over(self, path: Path) -> None:
        if self._account:
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _run(self, program: str, *arguments: str, stdin: str = "") -> None:
        finished = subprocess.run(
            [self._programs.program(program), *arguments],
            input=stdin,
            text=True,
            capture_output=program != "pg_ctl",  # the server would inherit the pipe and keep it open
            check=False,
            cwd="/",
            env=_clean_environment(),
            start_new_session=True,
            user=_user(self._account),
            group=_group(self._account),
            extra_groups=_groups(self._account),
        )
        if finished.returncode != 0:
            raise DatabaseStartError(f"PostgreSQL's {program} failed: {self._why(finished.stderr)}")

    def _why(self, output: str | None) -> str:
        log = self.home / "start.log"
        text = output or (log.read_text(errors="replace") if log.exists() else "")
        return text.strip()[-2000:] or f"see {self.home}"

    def _lock_file(self, purpose: str) -> IO[str]:
        return self.directory.with_name(f"{self.directory.name}.{purpose}").open("a")

    @contextlib.contextmanager
    def _transition(self) -> Iterator[None]:
        """Only one process at a time decides whether the server starts or stops."""
        with self._lock_file("lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back for the second a start or stop takes: half a start would leave a server behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous)


def _user(account: pwd.struct_passwd | None) -> int | None:
    return account.pw_uid if account else None


def _group(account: pwd.struct_passwd | None) -> int | None:
    return account.pw_gid if account else None


def _groups(account: pwd.struct_passwd | None) -> list[int] | None:
    return [] if account else None


def _reachable(path: Path, account: pwd.struct_passwd) -> bool:
    command = ["test", "-x", str(path)]
    tested = subprocess.run(command, check=False, cwd="/", user=account.pw_uid, group=account.pw_gid, extra_groups=[])
    return tested.returncode == 0


def _clean_environment() -> dict[str, str]:
    """Without the caller's PGHOST, PGOPTIONS and the like, which the programs would obey."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C.UTF-8"}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
