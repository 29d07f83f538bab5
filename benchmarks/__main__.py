"""``make bench``: make the county once, then measure and print."""

import argparse

import django


def main() -> None:
    """Measure against ``--doors`` doors; ``--runs`` times each."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--doors", type=int, default=100_000)
    arguments.add_argument("--runs", type=int, default=200)
    chosen = arguments.parse_args()
    django.setup()
    from benchmarks import pages, world
    from firstline.places.selectors import place_at

    if place_at("14") is None:
        print(f"Making a county of {chosen.doors:,} doors ...", flush=True)
        world.make(chosen.doors)
    county = world.found()
    print(f"{county.doors:,} doors, {county.mentions:,} mentions, one client, {chosen.runs} runs each, milliseconds\n")
    print(f"{'':<34}{'p50':>8}{'p95':>8}{'limit':>8}{'x limit':>9}{'statements':>12}{'alone p50':>11}{'x alone':>9}")
    for line in pages.run(county, chosen.runs):
        print(_row(line), flush=True)


def _row(line) -> str:  # type: ignore[no-untyped-def]
    cells = f"{line.name:<34}{line.timing.p50:>8.1f}{line.timing.p95:>8.1f}"
    cells += f"{line.limit:>8}{line.timing.p95 / line.limit:>9.2f}" if line.limit else f"{'':>17}"
    if line.alone:
        cells += f"{line.statements:>12}{line.alone.p50:>11.1f}{line.timing.p50 / line.alone.p50:>9.1f}"
    return cells


if __name__ == "__main__":
    main()
