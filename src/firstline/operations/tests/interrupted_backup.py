"""Run as a process of its own by `test_backup`: it stops dead with a piece of the dump written and the keys to come."""

import os
import sys
import time
from pathlib import Path
from typing import IO


def main() -> None:
    from firstline.config import cli

    os.environ["DJANGO_SETTINGS_MODULE"] = cli.SETTINGS
    import django

    django.setup()
    from firstline.operations import backup

    def stop_in_the_middle(source: IO[bytes], target: Path) -> tuple[int, str]:
        target.write_bytes(source.read(1000))
        sys.stdout.write("in the middle\n")
        sys.stdout.flush()
        time.sleep(60)
        return 0, ""

    vars(backup)["_keep"] = stop_in_the_middle
    cli.main()


if __name__ == "__main__":
    main()
