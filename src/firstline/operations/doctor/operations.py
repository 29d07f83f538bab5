"""Keys and backups: that they are there, that only their owner reads them, that they do not lie together."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from firstline.kernel import clock, crypto
from firstline.kernel.errors import FirstlineError
from firstline.kernel.models import DataKey
from firstline.operations.doctor.finding import Finding, State, judged
from firstline.response.models import KeyCopy

OLDEST_BACKUP = timedelta(days=2)


def key_folder() -> Iterator[Finding]:
    """Readable by nobody else, and on another disk than the data, where there is one."""
    folder = Path(settings.FIRSTLINE_KEY_FOLDER)
    if not folder.exists():
        return
    paths = [folder, *folder.glob("*.key")]
    wide = [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]
    said = f"others can read {wide[0]}" if wide else f"{len(paths) - 1} files, for their owner only"
    to_do = f"chmod 700 {folder} && chmod 600 {folder}/*.key"
    yield judged("key files", said, well=not wide, to_do=to_do)
    if not str(settings.DATABASES["default"]["HOST"]).startswith("/"):
        return  # the data lie on a server of the operator's own
    beside = folder.stat().st_dev == Path(settings.STATIC_ROOT).parent.stat().st_dev
    said = "on the disk of the embedded database" if beside else "on a disk of their own"
    to_do = "Move them to another disk and set FIRSTLINE_KEY_FOLDER: whoever takes one disk then has half."
    yield judged("key folder", said, well=not beside, to_do=to_do, otherwise=State.WARN)


def keys_at_hand() -> Iterator[Finding]:
    """Each key on record is here and is the right one; a destroyed one is not."""
    wrong, back = [], []
    for key in DataKey.objects.order_by("created_at"):
        if key.destroyed_at is not None:
            back += [f"{key.pk}.key"] if crypto.file_is_here(key.pk) else []
            continue
        try:
            wrong += [] if crypto.check_value(key.pk) == bytes(key.check_value) else [f"{key.pk}.key"]
        except FirstlineError:
            wrong.append(f"{key.pk}.key")
    said = f"missing or another one: {', '.join(wrong)}" if wrong else "all at hand"
    yield judged(
        "keys", said, well=not wrong, to_do="Put them back from the key backup; without them rows stay closed."
    )
    if back:
        to_do = "Start Firstline: it destroys them again. Then find the copy they came from, and the register."
        yield Finding("destroyed keys", State.BAD, f"here again: {', '.join(back)}", to_do)


def backups() -> Iterator[Finding]:
    """When keys were last backed up: every backup of the data goes with one of the keys, and that is on record."""
    newest = KeyCopy.objects.filter(backup_id__isnull=False, gone=None).order_by("-made_at").first()
    if newest is None:
        yield Finding("backup", State.BAD, "none on record", "firstline backup --data-to ... --keys-to ...")
        return
    age = clock.now() - newest.made_at
    said = f"{age.days} days and {age.seconds // 3600} hours old"
    to_do = "firstline backup, and see why the timer did not run."
    yield judged("backup", said, well=age <= OLDEST_BACKUP, to_do=to_do, otherwise=State.WARN)
    unsaved = DataKey.objects.filter(destroyed_at=None).exclude(pk__in=KeyCopy.objects.filter(gone=None).values("key"))
    missing = [f"{key.pk}.key" for key in unsaved]
    said = f"not backed up: {', '.join(missing)}" if missing else "each has a copy"
    yield judged(
        "copies of keys", said, well=not missing, to_do="firstline backup, now: a lost key cannot be replaced."
    )
