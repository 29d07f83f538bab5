"""Run as a process of its own by `test_interrupted_import`: it stages a list and stops dead inside the second chunk."""

import sys
import time
import uuid
from pathlib import Path


def main(person_id: str, compound_id: str, file: str, keys: str) -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.FIRSTLINE_KEY_FOLDER = Path(keys)
    from firstline.accounts.selectors import actor_of_person
    from firstline.places.models import Compound
    from firstline.registry import actions, mentions, staging

    store, chunks = mentions.store, 0

    def stop_in_the_second(*args: object, **kwargs: object) -> object:
        nonlocal chunks
        chunks += 1
        done = store(*args, **kwargs)  # type: ignore[arg-type]
        if chunks == 2:
            sys.stdout.write("in the middle\n")
            sys.stdout.flush()
            time.sleep(60)
        return done

    vars(staging)["store"] = stop_in_the_second
    content = Path(file).read_bytes()
    compound = Compound.objects.select_related("place").get(pk=uuid.UUID(compound_id))
    reading = staging.read(content)
    actor = actor_of_person(uuid.UUID(person_id))
    staging.stage(actor, compound=compound, named=actions.Named("长.csv"), content=content, reading=reading)


if __name__ == "__main__":
    main(*sys.argv[1:])
