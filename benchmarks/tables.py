"""``python -m benchmarks.tables``: reading files into cells, beside bare python-calamine in the same run.

Each reading runs in a process of its own, so that its memory is its own; the interpreter's is taken off.
"""

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from openpyxl import Workbook

RUNS = 3
MOST_MIB = 400
MOST_TIMES = 2.0
LARGE, UGLY = "100,000 rows x 12", "10,000 ugly rows"
HEADINGS = ("序号", "楼号", "单元", "房号", "姓名", "电话", "身份证号", "人数", "备注", "面积", "入住时间", "车位")


def main() -> None:
    """Make the files, read each with either reader, print a line for each."""
    arguments = argparse.ArgumentParser(prog="benchmarks.tables", description=__doc__)
    arguments.add_argument("--one", nargs=2, metavar=("READER", "PATH"), help="read once and tell as JSON")
    chosen = arguments.parse_args()
    if chosen.one:
        print(json.dumps(_one(*chosen.one)))
        return
    print(f"{'':<22}{'reader':<12}{'seconds':>9}{'x calamine':>12}{'MiB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in ((LARGE, _rows(100_000)), (UGLY, _ugly(10_000))):
            path = Path(folder) / "list.xlsx"
            _write(path, rows)
            bare = _line(name, "calamine", path, None)
            for reader in ("tables", "apart"):
                _line(name, reader, path, bare)
    print(f"\nwanted for {LARGE}, reader tables: {MOST_TIMES:g} x calamine, {MOST_MIB} MiB at most")


def _line(name: str, reader: str, path: Path, beside: float | None) -> float:
    runs = [_measured(reader, path) for _ in range(RUNS)]
    seconds, mebibytes = median(run["seconds"] for run in runs), max(run["mebibytes"] for run in runs)
    times = f"{seconds / beside:>12.2f}" if beside else f"{'':>12}"
    print(f"{name:<22}{reader:<12}{seconds:>9.2f}{times}{mebibytes:>7.0f}", flush=True)
    return seconds


def _measured(reader: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.tables", "--one", reader, str(path)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _one(reader: str, path: str) -> dict[str, float]:
    read = READERS[reader]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = _computed()
    kept = read(Path(path).read_bytes())
    seconds = _computed() - start
    # Of two processes the larger: they hold the cells one after the other.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mebibytes = (max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) - before) / 1024
    assert kept
    return {"seconds": seconds, "mebibytes": mebibytes}


def _computed() -> float:
    """Seconds of computing, children included: what else the machine does does not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _calamine() -> Callable[[bytes], object]:
    from python_calamine import CalamineWorkbook

    return lambda data: [
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ]


def _tables() -> Callable[[bytes], object]:
    from firstline import tables

    return tables.read


def _apart() -> Callable[[bytes], object]:
    from firstline.tables.apart import read_apart

    return read_apart


READERS = {"calamine": _calamine, "tables": _tables, "apart": _apart}


def _write(path: Path, rows: Iterator[list[object]]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("名单")
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    workbook.save(path)


def _rows(count: int) -> Iterator[list[object]]:
    for number in range(count):
        yield [
            number + 1,
            f"{number % 40 + 1}号楼",
            number % 4 + 1,
            f"{number % 18 + 1}0{number % 3 + 1}",
            f"王建国{number % 5000}",
            13_900_000_000 + number,
            f"142327{number:012d}",
            number % 6,
            "有车" if number % 3 else None,
            88.5 + number % 40,
            "2019.7.26",
            None,
        ]


def _ugly(count: int) -> Iterator[list[object]]:
    """Titles again and again, formulas nobody saved, numbers in words, remarks as long as letters."""
    for number, row in enumerate(_rows(count)):
        if number % 50 == 0:
            yield [f"{number // 50 + 1}号楼住户登记表（盖章）"]
        row[0] = "=ROW()-1"
        row[5] = f"电话 {row[5]}、０３５８-８２２{number % 10000:04d}" if number % 2 else row[5]
        row[8] = "户主常年在外，房子租给亲戚住，过年才回来，" * (number % 8)
        row[11] = "=[1]车位!A1"
        yield row


if __name__ == "__main__":
    main()
