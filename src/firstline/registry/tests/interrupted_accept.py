"""Run as its own process by `test_interrupted_accept`: it accepts a list and stops dead once the doors are written."""

import sys
import time
import uuid
from pathlib import Path


def main(person_id: str, file_id: str, keys: str) -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.FIRSTLINE_KEY_FOLDER = Path(keys)
    from firstline.accounts.selectors import actor_of_person
    from firstline.places import frames
    from firstline.registry import actions

    write = frames.ensure_doors

    def stop_when_written(*args: object, **kwargs: object) -> object:
        done = write(*args, **kwargs)  # type: ignore[arg-type]
        sys.stdout.write(f"{len(done.new)} doors written\n")
        sys.stdout.flush()
        time.sleep(60)
        return done

    vars(frames)["ensure_doors"] = stop_when_written
    actions.accept_file(actor_of_person(uuid.UUID(person_id)), file_id=uuid.UUID(file_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
