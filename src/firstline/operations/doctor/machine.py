"""The machine: Python, room on the disk, swap, the clock, fonts for what is printed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from firstline.operations.doctor.finding import Finding, State, judged

LEAST_FREE, LITTLE_FREE = 1 << 30, 5 << 30
MOST_DRIFT_SECONDS = 60
_SWAPS = Path("/proc/swaps")
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def python() -> Iterator[Finding]:
    """The version that runs this very check."""
    said = ".".join(map(str, sys.version_info[:3]))
    yield judged("Python", said, well=sys.version_info >= (3, 11), to_do="Install Python 3.11 or newer.")


def disk() -> Iterator[Finding]:
    """Room where the data and the keys lie: a full disk stops the recording of visits."""
    places = {Path(settings.FIRSTLINE_KEY_FOLDER), Path(settings.STATIC_ROOT).parent}
    for place in sorted(places):
        there = next(folder for folder in (place, *place.parents) if folder.exists())
        free = shutil.disk_usage(there).free
        state = State.BAD if free < LEAST_FREE else State.WARN
        said = f"{free / (1 << 30):.1f} GB free at {place}"
        yield judged("disk", said, well=free >= LITTLE_FREE, to_do="Make room.", otherwise=state)


def swap() -> Iterator[Finding]:
    """Names and keys in memory must not be written to a disk in clear."""
    if not _SWAPS.exists():
        return
    devices = [line.split()[0] for line in _SWAPS.read_text().splitlines()[1:]]
    open_ones = [device for device in devices if not _is_encrypted(device)]
    yield judged(
        "swap",
        f"in clear on {', '.join(open_ones)}" if open_ones else "off, or encrypted",
        well=not open_ones,
        to_do="Turn swap off (swapoff -a, and its line in /etc/fstab) or encrypt it.",
        otherwise=State.WARN,
    )


def clock() -> Iterator[Finding]:
    """Whether a time service keeps this clock, and whether the database has the same."""
    drift = _drift()
    said = "the database cannot be asked" if drift is None else f"{drift:.0f} s from the database's"
    well = drift is not None and drift <= MOST_DRIFT_SECONDS
    yield judged("clock", said, well=well, to_do="Set both clocks by one time service.", otherwise=State.WARN)
    kept = _is_kept()
    if kept is not None:
        told = "kept by a time service" if kept else "kept by nobody"
        to_do = "Turn it on: timedatectl set-ntp true."
        yield judged("time service", told, well=kept, to_do=to_do, otherwise=State.WARN)


def fonts() -> Iterator[Finding]:
    """What is printed needs Chinese letters."""
    found = any(_has_font(Path(folder).expanduser()) for folder in _FONTS)
    said = "Noto CJK is there" if found else "no Noto CJK"
    yield judged("fonts", said, well=found, to_do="apt-get install fonts-noto-cjk", otherwise=State.WARN)


def _has_font(folder: Path) -> bool:
    return folder.is_dir() and next(folder.rglob("Noto*CJK*"), None) is not None


def _is_encrypted(device: str) -> bool:
    # zram never reaches a disk; a mapped device is taken for encrypted when device mapper says crypt.
    name = Path(os.path.realpath(device)).name
    kind = Path(f"/sys/block/{name}/dm/uuid")
    return name.startswith("zram") or (kind.exists() and kind.read_text().startswith("CRYPT"))


def _drift() -> float | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            return abs(float(cursor.fetchone()[0]) - time.time())
    except Error:
        return None


def _is_kept() -> bool | None:
    program = shutil.which("timedatectl")
    if program is None:
        return None
    done = subprocess.run(
        [program, "show", "-p", "NTPSynchronized", "--value"], check=False, capture_output=True, text=True
    )
    return done.stdout.strip() == "yes" if done.returncode == 0 else None
