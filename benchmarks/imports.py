"""``make bench``, second part: long lists from the upload to what counts, beside python-calamine reading the same file.

A list is kept, read and stored by the very functions that page and worker call, in one process, whose peak memory is
taken; then its review is asked for as a page, and it is accepted. Each measurement has a process of its own.
"""

import argparse
import io
import json
import logging
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[1]
_VAR = _ROOT / "var" / "bench-imports"
COMMUNITY, PASSWORD = "141102003005", "benchmark-only-2020"


class Size(NamedTuple):
    """A list to bring in; seconds until it can be looked at, from there until it counts, MiB (0: no limit)."""

    rows: int
    shown: float
    accepted: float
    memory: float
    runs: int


SIZES = (Size(10_000, 6, 6, 400, 3), Size(100_000, 90, 0, 0, 1))


def main() -> None:
    """Measure every size, or with ``--rows`` one; inside, a process of its own measures one import."""
    arguments = argparse.ArgumentParser(prog="benchmarks.imports", description=__doc__)
    arguments.add_argument("--rows", type=int, help="this size only")
    arguments.add_argument("--one", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.one:
        what, file = chosen.one
        print(json.dumps(_MEASURED[what](Path(file).read_bytes())))
        return
    _VAR.mkdir(parents=True, exist_ok=True)
    os.environ |= {"FIRSTLINE_VAR": str(_VAR), "DJANGO_SETTINGS_MODULE": "firstline.config.settings"}
    from firstline.config.installation import embedded_cluster

    cluster = embedded_cluster()
    if cluster is None:
        raise SystemExit("Benchmarks run on the embedded database; take DATABASE_URL away.")
    with cluster.running():
        program = Path(sys.executable).with_name("firstline")
        subprocess.run([program, "migrate"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([program, "collectstatic", "--noinput"], check=True, stdout=subprocess.DEVNULL)
        _print_table([size for size in SIZES if chosen.rows in {None, size.rows}])


def _print_table(sizes: Sequence[Size]) -> None:
    from benchmarks import ugly

    print(f"\n{'':<44}{'seconds':>9}{'limit':>7}{'x limit':>9}{'cpu':>7}{'MiB':>7}{'calamine':>10}{'x bare':>8}")
    for size in sizes:
        file = _VAR / f"ugly-{size.rows}.xlsx"
        if not file.exists():
            ugly.write(file, size.rows)
        bare = min(_apart("bare", file)["seconds"] for _run in range(3))
        runs = [_apart("imported", file) for _run in range(size.runs)]
        _print_row(f"{size.rows:,} rows, upload to review", runs, "shown", size.shown, _beside(size, runs, bare))
        for part in ("kept", "read", "stored", "page"):
            _print_row(f"  of it {part}", runs, part, 0)
        _print_row(f"{size.rows:,} rows, accepted", runs, "accepted", size.accepted)


def _print_row(name: str, runs: Sequence[dict[str, float]], part: str, limit: float, beside: str = "") -> None:
    took = median(run[part] for run in runs)
    cells = f"{name:<44}{took:>9.2f}"
    cells += f"{limit:>7.0f}{took / limit:>9.2f}" if limit else f"{'':>16}"
    print(f"{cells}{median(run[f'{part}_cpu'] for run in runs):>7.2f}{beside}", flush=True)


def _beside(size: Size, runs: Sequence[dict[str, float]], bare: float) -> str:
    """Peak memory of the importing process, and how long calamine alone takes."""
    memory, took = max(run["memory"] for run in runs), median(run["shown"] for run in runs)
    too_much = " too much" if 0 < size.memory < memory else ""
    return f"{memory:>7.0f}{bare:>10.2f}{took / bare:>8.0f}{too_much}"


def _apart(what: str, file: Path) -> dict[str, float]:
    """A measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.imports", "--one", what, str(file)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=_ROOT)
    return dict(json.loads(answer.stdout))


class _Clock:
    """Seconds by the wall and of this process's CPU, by the names of parts."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}

    def time(self, part: str, work: Callable[[], T]) -> T:
        wall, cpu = time.perf_counter(), time.process_time()
        done = work()
        self.parts[part] = time.perf_counter() - wall
        self.parts[f"{part}_cpu"] = time.process_time() - cpu
        return done


def _bare(content: bytes) -> dict[str, float]:
    """What nobody can be faster than: the cells of all sheets, and nothing made of them."""
    from python_calamine import CalamineWorkbook

    started = time.perf_counter()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return {"seconds": time.perf_counter() - started}


def _imported(content: bytes) -> dict[str, float]:
    import django

    django.setup()
    logging.disable(logging.INFO)
    from django.test import Client
    from django.urls import reverse

    from firstline.accounts.models import Login
    from firstline.accounts.selectors import actor_of_person
    from firstline.kernel.actors import console
    from firstline.places import actions as places
    from firstline.places.models import Compound
    from firstline.registry import actions, background, jobs, staging

    _ensure_world()
    compound = places.create_compound(console(), community_path=COMMUNITY, name=f"院{time.time_ns()}")
    compound = Compound.objects.select_related("place").get(pk=compound.pk)
    login = Login.objects.get(username="director")
    director, client = actor_of_person(login.person_id), Client(SERVER_NAME="127.0.0.1")
    client.force_login(login)
    clock, read = _Clock(), staging.read
    setattr(staging, "read", lambda data, **how: clock.time("read", lambda: read(data, **how)))  # noqa: B010
    list_id = clock.time(
        "kept", lambda: background.hand_in(director, name="住户.xlsx", content=content, compound=compound).file_id
    )
    clock.time("stored", lambda: jobs.bring_in(director, list_id))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    review = reverse("registry:review", args=[list_id])
    if (status := clock.time("page", lambda: client.get(review)).status_code) != 200:
        raise SystemExit(f"the review answered {status}")
    clock.time("accepted", lambda: actions.accept_file(director, file_id=list_id))
    parts = clock.parts
    for kind in ("", "_cpu"):
        parts[f"shown{kind}"] = sum(parts[f"{part}{kind}"] for part in ("kept", "stored", "page"))
        parts[f"stored{kind}"] -= parts[f"read{kind}"]
    return {**parts, "memory": memory}


def _ensure_world() -> None:
    """One community with its director, made once."""
    from firstline.accounts import actions as accounts
    from firstline.accounts.roles import Role
    from firstline.kernel import clock
    from firstline.kernel.actors import console
    from firstline.places import actions as places
    from firstline.places.models import PlaceKind
    from firstline.places.selectors import place_at
    from firstline.response import actions as response
    from firstline.response.models import Level

    if place_at(COMMUNITY) is not None:
        return
    operator = console()
    for code, name, kind in (
        ("14", "山西省", PlaceKind.PROVINCE),
        ("1411", "吕梁市", PlaceKind.CITY),
        ("141102", "离石区", PlaceKind.COUNTY),
        ("141102003", "莲花池街道", PlaceKind.TOWNSHIP),
        (COMMUNITY, "丽景街社区", PlaceKind.COMMUNITY),
    ):
        places.create_place(operator, kind=kind, code=code, name=name)
    response.declare(
        operator,
        path="141102",
        name="Benchmark",
        level=Level.I,
        legal_basis="-",
        document_number="-",
        started_at=clock.now() - timedelta(days=17),
    )
    person = accounts.enrol_person(
        operator, name="director", phone="", post="", home_path=COMMUNITY, username="director", password=PASSWORD
    )
    accounts.grant_role(operator, person_id=person.pk, role=Role.COMMUNITY_DIRECTOR, path=COMMUNITY)


_MEASURED = {"bare": _bare, "imported": _imported}

if __name__ == "__main__":
    main()
