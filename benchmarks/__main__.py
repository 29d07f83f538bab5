"""``make bench``: make a county once in a database of its own, then measure and print."""

import argparse
import logging
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure against ``--doors`` doors; ``--runs`` times each."""
    arguments = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    arguments.add_argument("--doors", type=int, default=100_000)
    arguments.add_argument("--runs", type=int, default=200)
    chosen = arguments.parse_args()
    # A database and keys of its own: a benchmark never touches what serves.
    os.environ["FIRSTLINE_VAR"] = str(_ROOT / "var" / f"bench-{chosen.doors}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "firstline.config.settings"
    from firstline.config.installation import embedded_cluster

    cluster = embedded_cluster()
    if cluster is None:
        raise SystemExit("Benchmarks run on the embedded database; take DATABASE_URL away.")
    with cluster.running():
        program = Path(sys.executable).with_name("firstline")
        subprocess.run([program, "migrate"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([program, "collectstatic", "--noinput"], check=True, stdout=subprocess.DEVNULL)
        _measure(chosen.doors, chosen.runs)


def _measure(doors: int, runs: int) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    from benchmarks import pages, world
    from firstline.places.selectors import place_at

    if place_at("14") is None:
        print(f"Making a county of {doors:,} doors ...", flush=True)
        world.make(doors)
    county = world.found()
    print(f"{county.doors:,} doors, {county.mentions:,} mentions, one client, {runs} runs each; milliseconds\n")
    print(f"{'':<34}{'p50':>8}{'p95':>8}{'limit':>8}{'x limit':>9}{'statements':>12}{'alone p50':>11}{'x alone':>9}")
    for line in pages.run(county, runs):
        print(_row(line), flush=True)


def _row(line) -> str:  # type: ignore[no-untyped-def]
    cells = f"{line.name:<34}{line.timing.p50:>8.1f}{line.timing.p95:>8.1f}"
    cells += f"{line.limit:>8}{line.timing.p95 / line.limit:>9.2f}" if line.limit else f"{'':>17}"
    if line.alone:
        cells += f"{line.statements:>12}{line.alone.p50:>11.1f}{line.timing.p50 / line.alone.p50:>9.1f}"
    return cells


if __name__ == "__main__":
    main()
