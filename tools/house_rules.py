"""What no linter of others knows: rules of this house, each with the reason a newcomer will want.

views.py, api.py   never touch rows themselves: one selector reads, one action writes
actions.py         every public function carries @action: permission, transaction and ledger are not optional
any source         at most 400 lines; no module named utils or helpers
lock files         no addresses: what was locked must not say from where
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 400
SOURCES = {".py", ".html", ".css", ".js", ".ts", ".tsx", ".sh"}
UNMEASURED = {"migrations", "vectors"}
ROW_METHODS = {"save", "create", "bulk_create", "get_or_create", "update_or_create"}
ADDRESS = re.compile(r"https?://")


def tracked() -> Iterator[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return (ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file())


def faults_in(path: Path, text: str) -> Iterator[str]:
    lines = text.count("\n")
    if path.suffix in SOURCES and lines > MOST_LINES and not UNMEASURED.intersection(path.parts):
        yield f"{lines} lines; a file past {MOST_LINES} becomes a folder of the same name"
    if path.stem in {"utils", "helpers"}:
        yield "a name that says nothing; name the module after what it knows"
    if "lock" in path.name and path.suffix in {".lock", ".json", ".yaml", ".txt"}:
        yield from (f"line {number}: an address" for number in matches(ADDRESS, text))
    if path.suffix == ".py" and "tests" not in path.parts:
        if room(path) in {"views", "api"}:
            yield from faults_in_view(ast.parse(text))
        if room(path) == "actions" and "kernel" not in path.parts:  # where @action itself is made
            yield from faults_in_actions(ast.parse(text))


def room(path: Path) -> str:
    """`places/views.py` and `places/views/board.py` are the same room."""
    return path.stem if path.stem in {"views", "api", "actions"} else path.parent.name


def matches(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    return (number for number, line in enumerate(text.splitlines(), 1) if pattern.search(line))


def faults_in_view(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield f"line {node.lineno}: .objects in a view; ask a selector"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ROW_METHODS:
            yield f"line {node.lineno}: .{node.func.attr}( in a view; call an action"


def faults_in_actions(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not carries_action(node):
            yield f"line {node.lineno}: {node.name} without @action"


def carries_action(function: ast.FunctionDef) -> bool:
    called = (mark.func for mark in function.decorator_list if isinstance(mark, ast.Call))
    return any((getattr(mark, "id", None) or getattr(mark, "attr", None)) == "action" for mark in called)


def main() -> None:
    faults = []
    for path in tracked():
        if path.suffix in SOURCES or "lock" in path.name:
            text = path.read_text(encoding="utf-8")
            faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in faults_in(path.relative_to(ROOT), text)]
    if faults:
        sys.exit("\n".join([*faults, f"{len(faults)} house rules broken; tools/house_rules.py gives the reasons"]))


if __name__ == "__main__":
    main()
