"""Take addresses out of a package-lock.json: npm notes where to give money, and locks here carry none."""

import json
import sys
from pathlib import Path

for name in sys.argv[1:]:
    path = Path(name)
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
