"""Data keys on record: one standing key, made once, and a start that stops when a key is missing or another one."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate

from firstline.kernel import clock, crypto, keys
from firstline.kernel.errors import KeyDestroyed, KeyDiffers, KeyMissing
from firstline.kernel.models import DataKey

ORGANISATION = DataKey.Purpose.ORGANISATION


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    keys.forget_standing_key()
    crypto.forget_cached_keys()
    yield
    keys.forget_standing_key()
    crypto.forget_cached_keys()


def file_of(key: DataKey) -> Path:
    return Path(settings.FIRSTLINE_KEY_FOLDER) / f"{key.pk}.key"


def test_standing_key_is_made_once(db: None) -> None:
    assert keys.organisation_key() == keys.organisation_key()
    assert DataKey.objects.filter(purpose=ORGANISATION).count() == 1


def test_key_whose_row_was_rolled_back_is_forgotten(transactional_db: None) -> None:
    with transaction.atomic():
        lost = keys.organisation_key()
        transaction.set_rollback(True)
    assert keys.organisation_key() != lost
    assert DataKey.objects.get(purpose=ORGANISATION).pk == keys.organisation_key()


def test_two_at_once_end_with_one_key(transactional_db: None) -> None:
    start, found = threading.Barrier(2), set()

    def ask() -> None:
        start.wait()
        found.add(keys.organisation_key())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {DataKey.objects.get(purpose=ORGANISATION).pk}


def test_all_keys_at_hand(db: None) -> None:
    keys.make_key(DataKey.Purpose.EMERGENCY)
    keys.organisation_key()
    keys.check_all()


def test_missing_key_stops_the_check_and_names_the_file(db: None) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    file_of(key).unlink()
    crypto.forget_cached_keys()
    with pytest.raises(KeyMissing, match=str(key.pk)):
        keys.check_all()


def test_a_key_destroyed_here_is_destroyed_on_record(db: None) -> None:
    """Older data, restored from before the destruction, believes that the key is in use."""
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    at = clock.now()
    crypto.destroy_key(key.pk, at)
    keys.check_all()
    key.refresh_from_db()
    assert (key.destroyed_at, crypto.file_is_here(key.pk)) == (at, False)


def test_a_destroyed_key_says_when_and_opens_nothing(db: None) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    envelope = crypto.seal(b"a phone", key_id=key.pk, row="x:1")
    content = file_of(key).read_bytes()
    crypto.destroy_key(key.pk, clock.now())
    with pytest.raises(KeyDestroyed, match=localdate(clock.now()).isoformat()):
        crypto.unseal(envelope, row="x:1")
    file_of(key).write_bytes(content)
    with pytest.raises(KeyDestroyed):
        crypto.unseal(envelope, row="x:1")
    with pytest.raises(KeyDestroyed):
        crypto.seal(b"another", key_id=key.pk, row="x:2")


def test_a_key_taken_away_by_another_process_is_noticed_within_seconds(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    crypto.check_value(key.pk)
    file_of(key).unlink()
    later = time.monotonic() + 6
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(KeyMissing):
        crypto.check_value(key.pk)


def test_a_copy_is_the_same_key_and_is_adopted_once(db: None, tmp_path: Path) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    copy = crypto.copy_key(key.pk, tmp_path)
    assert copy.read_bytes() == file_of(key).read_bytes()
    assert crypto.check_value(key.pk, tmp_path) == crypto.check_value(key.pk)
    crypto.adopt_key(key.pk, tmp_path)
    file_of(key).unlink()
    crypto.adopt_key(key.pk, tmp_path)
    assert copy.read_bytes() == file_of(key).read_bytes()


def test_another_key_is_not_adopted_over_ours(db: None, tmp_path: Path) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    before = file_of(key).read_bytes()
    (tmp_path / file_of(key).name).write_bytes(before.replace(b"emergency", b"other"))
    with pytest.raises(KeyDiffers):
        crypto.adopt_key(key.pk, tmp_path)
    assert file_of(key).read_bytes() == before


def test_another_key_under_the_same_name_stops_the_check(db: None) -> None:
    key = keys.make_key(DataKey.Purpose.EMERGENCY)
    file_of(key).unlink()
    crypto.forget_cached_keys()
    crypto.create_key(key.pk, "emergency")
    with pytest.raises(KeyMissing):
        keys.check_all()
