"""Run as a process of its own by `test_killed_worker`: a worker, which may be made to stop dead in a chunk."""

import sys
import time
from pathlib import Path


def main(keys: str, dead_in: str) -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.FIRSTLINE_KEY_FOLDER = Path(keys)
    from firstline.config.working import work
    from firstline.registry import mentions, staging

    store, chunks = mentions.store, 0

    def stop_dead(*args: object, **kwargs: object) -> object:
        nonlocal chunks
        chunks += 1
        done = store(*args, **kwargs)  # type: ignore[arg-type]
        if chunks == int(dead_in):
            sys.stdout.write("in the middle\n")
            sys.stdout.flush()
            time.sleep(60)
        return done

    vars(staging)["store"] = stop_dead
    raise SystemExit(work())


if __name__ == "__main__":
    main(*sys.argv[1:])
