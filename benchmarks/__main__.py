"""``make bench``: make two installations once, each in a database of its own, then measure both side by side.

The first is one county of 100,000 doors; the second a city of 1,500,000, fifteen such counties. The readers stand in
the same place of both, so whatever takes longer in the second grows with the installation and not with their area.
"""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.measure import Line
from benchmarks.servers import Server

# From here on a page would grow with the installation: 15 times the doors may cost half as much again.
_MOST_GROWTH = 1.5


def main() -> None:
    """Measure against ``--doors`` doors and beside them ``--grown`` (0: not); ``--runs`` times each."""
    arguments = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    arguments.add_argument("--doors", type=int, default=100_000)
    arguments.add_argument("--grown", type=int, default=1_500_000)
    arguments.add_argument("--runs", type=int, default=200)
    chosen = arguments.parse_args()
    with ExitStack() as standing:
        servers = [standing.enter_context(Server(doors)) for doors in (chosen.doors, chosen.grown) if doors]
        for server in servers:
            print(server.described(), flush=True)
        print(f"\nOne client, warm, {chosen.runs} runs each; milliseconds. Growth is of CPU; 1.5 is wanted at most.")
        _print_table(servers, chosen.runs)


def _print_table(servers: Sequence[Server], runs: int) -> None:
    head = f"{'':<34}{'cpu':>8}{'p50':>8}{'p95':>8}{'limit':>8}{'x limit':>9}"
    head += f"{'statements':>12}{'alone p50':>11}{'x alone':>9}"
    print(head + (f"{'grown cpu':>11}{'growth':>8}" if servers[1:] else ""))
    for number in range(servers[0].lines()):
        # Line by line in turn: what else the machine does meanwhile burdens both alike.
        print(_row(*(server.line(number, runs) for server in servers)), flush=True)


def _row(line: Line, grown: Line | None = None) -> str:
    cells = f"{line.name:<34}{line.timing.cpu:>8.1f}{line.timing.p50:>8.1f}{line.timing.p95:>8.1f}"
    cells += f"{line.limit:>8}{line.timing.p95 / line.limit:>9.2f}" if line.limit else f"{'':>17}"
    cells += f"{line.statements or '':>12}"
    cells += f"{line.alone.p50:>11.1f}{line.timing.p50 / line.alone.p50:>9.1f}" if line.alone else f"{'':>20}"
    if grown:
        growth = grown.timing.cpu / line.timing.cpu
        cells += f"{grown.timing.cpu:>11.1f}{growth:>8.2f}{' too much' if growth > _MOST_GROWTH else ''}"
    return cells.rstrip()


if __name__ == "__main__":
    main()
